#!/bin/sh
# SPDX-License-Identifier: MIT
# interface.sh SOURCE LIBRARY FLAG...: compiles and runs interface.c in every language the header is for.
set -eu
source=$1 library=$2
shift 2
program=$(mktemp)
trap 'rm -f "$program"' EXIT
for mode in 'gcc -xc -std=c11' 'clang -xc -std=c11' 'gcc -xc -std=c17' 'clang -xc -std=c2x' \
            'g++ -xc++ -std=c++11' 'clang++ -xc++ -std=c++11' 'g++ -xc++ -std=c++20' 'clang++ -xc++ -std=c++20'; do
  command -v "${mode%% *}" >/dev/null || continue
  for sites in '' -DRECOUNT_NO_SITES; do
    # shellcheck disable=SC2086
    $mode $sites -Wall -Wextra -Wpedantic -Werror "$@" "$source" -xnone "$library" -lpthread -o "$program"
    "$program" || { echo "$mode $sites: the program failed" >&2; exit 1; }
  done
done
