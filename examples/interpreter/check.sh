#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh MINNOW: runs every script and compares what it prints; a script that stops with an error says so below.
minnow=$1
here=$(dirname "$0")/scripts
status=0
for script in "$here"/*.lisp; do
    case $script in
    */errors.lisp | */recursion.lisp) expected=1 ;;
    *) expected=0 ;;
    esac
    "$minnow" --stats "$script" >"$minnow.out" 2>"$minnow.err"
    got=$?
    if [ $got -ne $expected ] || ! diff -u "${script%.lisp}.expected" "$minnow.out"; then
        echo "$script: failed (exit status $got)"
        cat "$minnow.err"
        status=1
    fi
done
rm -f "$minnow.out" "$minnow.err"
[ $status -eq 0 ] && echo "all scripts print what they should"
exit $status
