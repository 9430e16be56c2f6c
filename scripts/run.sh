#!/bin/sh
# Starts the server with its dashboard on http://localhost:3000. As long as neither a PBX nor NinjaOne is configured,
# simulators play the sample calls (DEMO). NINJA_CONFIG=FILE starts with that configuration, never with the DEMO.
# Ctrl+C ends everything that was started here.
set -eu
cd "$(dirname "$0")/.."
bin="${NINJA_BIN:-build/release/bin}"
data="${NINJA_DATA:-data}"
config="${NINJA_CONFIG:-}"
port="${SERVER_PORT:-3000}"
umask 077
mkdir -p "$data"

# What the server will find for a variable: the environment wins, then the .env nearest to the configuration.
setting() {
  if eval "[ -n \"\${$1+is set}\" ]"; then
    eval "printf %s \"\$$1\""
    return
  fi
  for file in ${config:+"$(dirname "$config")/.env"} server/.env; do
    [ -f "$file" ] || continue
    line=$(grep -E "^[[:space:]]*(export[[:space:]]+)?$1[[:space:]]*=" "$file" | tail -n 1)
    [ -n "$line" ] || continue
    printf %s "${line#*=}" | tr -d "\"' \t\r"
    return
  done
}
# `pbx.url` of the configuration files: a line that is a comment sets nothing.
has_pbx_url() {
  for file in ${config:+"$config"} server/config/default.json; do
    [ -f "$file" ] || continue
    found=$(sed 's:^[[:space:]]*//.*::' "$file" | tr '\n' ' ' |
      sed -n 's/.*"pbx"[[:space:]]*:[[:space:]]*{[^}]*"url"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/(\1)/p')
    [ -n "$found" ] || continue  # the next file says it
    [ "$found" != "()" ]
    return
  done
  return 1
}

pbx="" ninja=""
if [ -n "$(setting PBX_URL)" ] || has_pbx_url; then pbx=yes; fi
if [ -n "$(setting NINJA_CLIENT_ID)" ] && [ -n "$(setting NINJA_CLIENT_SECRET)" ]; then ninja=yes; fi

if [ -n "$config$pbx$ninja" ]; then
  echo "==> Nothing is simulated (no DEMO):"
  if [ -n "$pbx" ]; then
    echo "    3CX       the configured PBX: REAL calls"
  else
    echo "    3CX       not configured, so no calls come in: set PBX_URL, PBX_CLIENT_ID and PBX_CLIENT_SECRET in server/.env"
  fi
  if [ -n "$ninja" ]; then
    echo "    NinjaOne  the configured tenant: REAL tickets"
  else
    echo "    NinjaOne  not configured, so confirmed tickets wait here: set NINJA_CLIENT_ID and NINJA_CLIENT_SECRET in server/.env"
  fi
  exec "$bin/3cx-ninja-server" serve ${config:+--config "$config"} --data "$data" --print-link
fi

echo "==> DEMO, as neither a PBX nor NinjaOne is configured:"
echo "    3CX, NinjaOne, the technicians' PCs   SIMULATED on this machine; the calls are samples, the tickets go nowhere"
echo "    server, transcription, dashboard      real; the demo model knows the samples' synthetic voices only"
echo "    its data is in $data/demo; for your own systems set PBX_URL, PBX_CLIENT_ID, PBX_CLIENT_SECRET,"
echo "    NINJA_CLIENT_ID and NINJA_CLIENT_SECRET in server/.env (docs/CONFIGURATION.md)"

children=""
stop() {
  trap - EXIT INT TERM
  # shellcheck disable=SC2086
  [ -z "$children" ] || kill $children 2>/dev/null || true
  wait 2>/dev/null || true
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

demo="$data/demo"
mkdir -p "$demo"
exec 9> "$demo/lock"  # held by everything that is started here
if ! flock -n 9; then
  echo "The DEMO runs already, with its data in $demo: end it first, or set NINJA_DATA to another folder." >&2
  exit 1
fi
# The simulators begin anew each time: calls and tickets of an earlier run are not theirs.
rm -rf "$demo/simulators.json" "$demo/data" "$demo"/agent-*
"$bin/3cx-ninja-sim" demo > "$demo/simulators.json" 2> "$demo/simulators.log" &
simulators=$!
children="$simulators"
tries=0
until [ -s "$demo/simulators.json" ]; do
  tries=$((tries + 1))
  if ! kill -0 "$simulators" 2>/dev/null || [ "$tries" -gt 100 ]; then
    echo "The simulators did not start:" >&2
    cat "$demo/simulators.log" >&2
    exit 1
  fi
  sleep 0.1
done
value() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$demo/simulators.json"; }
pbx_port=$(value pbxPort)
ninja_port=$(value ninjaPort)

[ -s "$demo/key" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' > "$demo/key"
API_KEY=$(cat "$demo/key")
export API_KEY

PBX_URL="http://127.0.0.1:$pbx_port" PBX_CLIENT_ID=900 PBX_CLIENT_SECRET=sim-key \
NINJA_API_URL="http://127.0.0.1:$ninja_port/api/v2" NINJA_CLIENT_ID=sim-client NINJA_CLIENT_SECRET=sim-secret \
NINJA_REFRESH_TOKEN=sim-refresh-token SERVER_PORT="$port" WHISPER_MODEL=models/ggml-demo-fr-q8_0.bin \
  "$bin/3cx-ninja-server" serve --demo --print-link --config simulators/demo.json --data "$demo/data" &
server=$!
children="$children $server"

number=201
for call in samples/calls/*.flac; do
  XDG_CONFIG_HOME="$demo/agent-$number" NINJA_AGENT_KEY="$API_KEY" \
    "$bin/3cx-ninja-agent" --headless --server "http://127.0.0.1:$port" --extension "$number" --play "$call" \
    > "$demo/agent-$number.log" 2>&1 < /dev/null &
  children="$children $!"
  number=$((number + 1))
done

wait "$server"
