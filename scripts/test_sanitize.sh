#!/bin/sh
# test_sanitize.sh [JOBS]: unit tests under ASan+UBSan and under TSan, then each fuzz target for FUZZ_SECONDS (60; 0 runs
# the kept inputs alone). SANITIZE chooses among "asan tsan fuzz"; FUZZ_TARGETS among the fuzz targets. A failure does
# not stop the rest: all of them are listed at the end, and inputs that break a target lie in build/fuzz/findings.
set -eu
cd "$(dirname "$0")/.."
jobs="${1:-2}"
seconds="${FUZZ_SECONDS:-60}"
parts="${SANITIZE:-asan tsan fuzz}"
failed=""

export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=cmake/tsan.supp

# build PRESET TARGET: this target and what it needs; no programs.
build() {
  echo "==> $1: building $2"
  cmake --preset "$1" >"build/$1.configure.log" || { cat "build/$1.configure.log"; return 1; }
  cmake --build --preset "$1" -j "$jobs" --target "$2"
}

unit_tests() {
  started=$(date +%s)
  build "$1" unit_tests || { failed="$failed $1(build)"; return 0; }
  echo "==> $1: unit tests"
  ctest --preset "$1" -L unit -j "$jobs" --timeout 1800 || failed="$failed $1(tests)"
  echo "==> $1: done after $(($(date +%s) - started)) s"
}

fuzz_one() {
  name=$(basename "$1")
  corpus=build/fuzz/corpus/$name
  log=build/fuzz/$name.log
  mkdir -p "$corpus" build/fuzz/findings
  seeds=tests/fuzz/seeds/$name
  [ -d "$seeds" ] || seeds=""
  budget="-max_total_time=$seconds"
  [ "$seconds" -gt 0 ] || budget="-runs=0"
  verdict=clean
  # shellcheck disable=SC2086
  "$1" $budget -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/findings/$name-" "$corpus" $seeds >"$log" 2>&1 || verdict=FAILED
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  printf '  %-24s %-7s %10s inputs\n' "$name" "$verdict" "${inputs:-?}"
  if [ "$verdict" = FAILED ]; then
    touch "build/fuzz/findings/$name.failed"
    tail -n 60 "$log"
  fi
}

fuzz() {
  build fuzz fuzz_targets || { failed="$failed fuzz(build)"; return 0; }
  echo "==> fuzz: each target for $seconds s, $jobs at a time"
  rm -f build/fuzz/findings/*.failed
  running=0
  for target in ${FUZZ_TARGETS:-$(cd build/fuzz/fuzz && ls -- *_fuzz)}; do
    fuzz_one "build/fuzz/fuzz/$target" &
    running=$((running + 1))
    # All of them run for about as long: waiting for the whole row costs next to nothing.
    if [ "$running" -ge "$jobs" ]; then wait; running=0; fi
  done
  wait
  for mark in build/fuzz/findings/*.failed; do
    if [ -e "$mark" ]; then failed="$failed $(basename "$mark" .failed)"; fi
  done
}

mkdir -p build
for part in $parts; do
  case "$part" in
    asan | tsan) unit_tests "$part" ;;
    fuzz) fuzz ;;
    *) echo "test_sanitize: no part '$part'; use asan, tsan or fuzz" >&2; exit 2 ;;
  esac
done

if [ -n "$failed" ]; then
  echo "==> Not clean:$failed" >&2
  exit 1
fi
echo "==> Clean: $parts"
