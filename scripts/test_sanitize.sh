#!/bin/sh
# test_sanitize.sh JOBS: unit tests under ASan+UBSan and under TSan, then each fuzz target for FUZZ_SECONDS (60).
set -eu
cd "$(dirname "$0")/.."
jobs="${1:-2}"
seconds="${FUZZ_SECONDS:-60}"

export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=$PWD/cmake/tsan.supp

for preset in asan tsan; do
  echo "==> $preset"
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" -j "$jobs"
  ctest --preset "$preset" -L unit -j 2 --timeout 900
done

echo "==> fuzz targets, $seconds s each"
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz -j "$jobs"
for target in build/fuzz/fuzz/*_fuzz; do
  name=$(basename "$target")
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus"
  seeds=tests/fuzz/seeds/$name
  [ -d "$seeds" ] || seeds=""
  echo "--> $name"
  # shellcheck disable=SC2086
  "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -print_final_stats=0 -verbosity=0 \
    -artifact_prefix="build/fuzz/$name-" "$corpus" $seeds
done
echo "==> Sanitizers and fuzz targets are clean"
