# SPDX-License-Identifier: MIT
#
# Collector workloads on Nim's ORC: what graph.h does, as an ordinary Nim program would write it. A full collection of a
# live graph has no counterpart: ORC looks at what lost a reference, and there nothing did.
import std/[monotimes, os]

type Node = ref object
  to: array[2, Node]

const
  Objects = 1_000_000
  Depth = 18

var root: Node

proc seconds(): float = float(getMonoTime().ticks) * 1e-9

proc report(workload, unit: string, value: float) = echo workload, " ", unit, " ", value

proc grow(depth: int): Node =
  result = Node()
  if depth > 0:
    result.to[0] = grow(depth - 1)
    result.to[1] = grow(depth - 1)

proc rings(name: string, n: int) =
  for _ in 1 .. Objects div n:
    let first = Node()
    var last = first
    for _ in 1 ..< n:
      let next = Node()
      next.to[1] = first
      last.to[0] = next
      last = next
    last.to[0] = first
  let start = seconds()
  GC_fullCollect()
  report(name, "ns/object", (seconds() - start) * 1e9 / Objects)

proc binaryTrees(name: string) =
  GC_enableOrc()
  let start = seconds()
  root = grow(Depth)
  for depth in countup(4, Depth, 2):
    for _ in 1 .. (1 shl (Depth - depth)):
      discard grow(depth)
  report(name, "ms", (seconds() - start) * 1e3)

GC_disableOrc()
case paramStr(1)
of "garbage-self": rings("garbage-self", 1)
of "garbage-pairs": rings("garbage-pairs", 2)
of "garbage-rings-of-10": rings("garbage-rings-of-10", 10)
of "binary-trees": binaryTrees("binary-trees")
else: discard
