#!/bin/sh
# Style and static analysis of everything; changes nothing. LINT_JOBS: processes at a time (default: one for each core).
set -eu
cd "$(dirname "$0")/.."
jobs="${LINT_JOBS:-$(nproc)}"
build="${LINT_BUILD:-build/release}"
failed=0

echo "==> npm scripts forward to targets that exist"
for file in package.json server/package.json agent/package.json; do
  for target in $(grep -o 'make \(-C \.\. \)\?[a-z-]*' "$file" | sed 's/.* //'); do
    grep -q "^$target:" Makefile || { echo "$file: the Makefile has no target '$target'"; failed=1; }
  done
done

echo "==> clang-format"
git ls-files '*.cpp' '*.hpp' | xargs clang-format-16 --dry-run -Werror || failed=1

[ -f "$build/compile_commands.json" ] || cmake --preset "$(basename "$build")" >/dev/null

echo "==> Headers compile by themselves"
LINT_JOBS="$jobs" node scripts/check_headers.mjs "$build" || failed=1

echo "==> What is for Windows alone compiles"
scripts/check_windows.sh || failed=1

echo "==> clang-tidy"
git ls-files 'shared/*.cpp' 'server/*.cpp' 'agent/*.cpp' 'simulators/*.cpp' 'bench/*.cpp' | grep -Ev '/(tests|windows)/' \
  | xargs -P "$jobs" -n 1 scripts/lint_tidy.sh "$build" || failed=1

for folder in dashboard tests/end_to_end; do
  echo "==> $folder"
  (cd "$folder" && npm run --silent lint) || failed=1
done
[ "$failed" -eq 0 ] && echo "==> Lint is clean"
exit "$failed"
