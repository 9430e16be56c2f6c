#!/bin/sh
# check_windows.sh: compiles what exists for Windows alone, with the cross compiler of Debian's g++-mingw-w64-x86-64-posix; no
# object file is written. Says so and succeeds where that compiler is not installed.
set -eu
cd "$(dirname "$0")/.."
compiler=x86_64-w64-mingw32-g++-posix
if ! command -v "$compiler" >/dev/null 2>&1; then
  echo "check_windows: $compiler is not installed (apt-get install g++-mingw-w64-x86-64-posix); nothing was checked"
  exit 0
fi
failed=0
for file in agent/platform/windows/*.cpp; do
  "$compiler" -std=c++20 -fsyntax-only -I. -D_WIN32_WINNT=0x0A00 -Wall -Wextra -Wconversion -Werror "$file" || failed=1
done
exit "$failed"
