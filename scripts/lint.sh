#!/bin/sh
# Style and static analysis of everything; changes nothing.
set -eu
cd "$(dirname "$0")/.."
failed=0

echo "==> clang-format"
git ls-files '*.cpp' '*.hpp' | xargs clang-format-16 --dry-run -Werror || failed=1

echo "==> clang-tidy"
cmake --preset release >/dev/null
git ls-files 'shared/*.cpp' 'server/*.cpp' 'agent/*.cpp' 'simulators/*.cpp' 'bench/*.cpp' | grep -v '/tests/' \
  | xargs -P "$(nproc)" -n 4 clang-tidy-16 -p build/release --quiet --warnings-as-errors='*' 2>/dev/null || failed=1

for folder in dashboard tests/end_to_end; do
  echo "==> $folder"
  (cd "$folder" && npm run --silent lint) || failed=1
done
[ "$failed" -eq 0 ] && echo "==> Lint is clean"
exit "$failed"
