#!/bin/sh
# dev.sh JOBS: runs what run.sh runs, and beside it the dashboard from its sources on http://localhost:4173. A changed
# source or configuration is built; when that changed a program, everything is started again. A build that fails is
# shown and ends nothing. Ctrl+C ends all.
set -eu
cd "$(dirname "$0")/.."
jobs="${1:-2}"
release=build/release
stamp=build/dev.stamp
site=""
page=""

end() {
  [ -n "$1" ] || return 0
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
stop() {
  trap - EXIT INT TERM
  end "$site"
  end "$page"
  rm -f "$stamp" "$stamp.next"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

start_site() {
  scripts/run.sh &
  site=$!
}
settings_changed() {
  [ server/.env -nt "$stamp" ] || [ "${NINJA_CONFIG:-}" -nt "$stamp" ]
}
changed_sources() {
  find CMakeLists.txt CMakePresets.json cmake shared server agent simulators bench \
    \( -path server/logs -o -path '*/tests' \) -prune -o \
    -type f \( -name '*.[ch]pp' -o -name '*.in' -o -name '*.cmake' -o -name '*.json' -o -name CMakeLists.txt \) \
    -newer "$stamp" -print
  ! settings_changed || echo "settings"
}

touch "$stamp"
start_site
# Not through npm, so that the process to end is vite itself.
(cd dashboard && NINJA3CX_SERVER="http://localhost:${SERVER_PORT:-3000}" exec node_modules/.bin/vite) &
page=$!
echo "==> The dashboard from its sources: http://localhost:4173"

while :; do
  sleep 1
  if [ -n "$page" ] && ! kill -0 "$page" 2>/dev/null; then
    echo "==> The dashboard's development server ended; the server's own page remains"
    page=""
  fi
  if [ -n "$site" ] && ! kill -0 "$site" 2>/dev/null; then
    echo "==> The server ended; the next change starts it again"
    site=""
  fi
  changes=$(changed_sources)
  [ -n "$changes" ] || continue
  echo "==> Changed: $(echo "$changes" | head -n 3 | tr '\n' ' ')"
  touch "$stamp.next"  # what changes during the build is built next time
  if cmake --build --preset release -j "$jobs" --target programs; then
    if [ -z "$site" ] || settings_changed || [ -n "$(find "$release/bin" -type f -newer "$stamp")" ]; then
      echo "==> Starting again"
      end "$site"
      start_site
    fi
  else
    echo "==> This does not build; what runs is the last version that did"
  fi
  mv "$stamp.next" "$stamp"
done
