#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh COMMAND...: runs every script with the command and compares what it prints; some have to end with an error.
output=$(mktemp -d)
here=$(dirname "$0")/scripts
status=0
for script in "$here"/*.lisp; do
    case $script in
    */errors.lisp | */recursion.lisp) expected=1 ;;
    *) expected=0 ;;
    esac
    "$@" --stats "$script" >"$output/out" 2>"$output/err"
    got=$?
    if [ $got -ne $expected ] || ! diff -u "${script%.lisp}.expected" "$output/out"; then
        echo "$script: failed (exit status $got)"
        cat "$output/err"
        status=1
    fi
done
rm -rf "$output"
[ $status -eq 0 ] && echo "all scripts print what they should"
exit $status
