#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh RECOUNT: builds the units together, with both compilers at both levels, and compares what they print.
recount=$1
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
for compiler in gcc clang; do
    for level in 0 1; do
        RECOUNT_ARC_OPT=$level "$recount" cc $compiler -std=c11 -g -O1 -Wall -Wextra -Werror \
            -fsanitize=address,undefined -fno-sanitize-recover=undefined "$here"/*.c -o program || exit 1
        ./program >printed 2>&1 || exit 1
        diff -u "$here/expected" printed || exit 1
    done
done
