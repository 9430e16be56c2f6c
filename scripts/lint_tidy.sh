#!/bin/sh
# lint_tidy.sh BUILD_FOLDER FILE: clang-tidy on one source file; fails on what it finds in our own files. clang-tidy 16 always
# runs the analyzer's core checks, whatever .clang-tidy says, and they see faults inside Boost's coroutine frames.
# The compile commands are g++'s: clang knows some of their warnings by no name.
set -eu
status=0
found=$(clang-tidy-16 -p "$1" --quiet --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option "$2" 2>&1) || status=$?
[ "$status" -eq 0 ] && exit 0
case "$(printf '%s\n' "$found" | grep -E '^/[^ ]+:[0-9]+:[0-9]+: (warning|error):' | grep -vc '^/usr/')" in
  0) # in Boost: only what the analyzer believes, never a compiler's error or a crash
     inBoost=$(printf '%s\n' "$found" | grep -E '^/usr/[^ ]+: (warning|error):|(^|[^a-z])(fatal )?error:|Stack dump|PLEASE submit' || :)
     [ -n "$inBoost" ] && ! printf '%s\n' "$inBoost" | grep -vq '\[clang-analyzer-core\.' && exit 0 ;;
esac
printf '%s\n' "$found"
exit 1
