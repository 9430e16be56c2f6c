#!/bin/sh
# Starts the server with its dashboard on http://localhost:3000 and, as long as no PBX or NinjaOne is configured,
# simulators that play the sample calls (DEMO). Ctrl+C ends everything that was started here.
set -eu
cd "$(dirname "$0")/.."
bin=build/release/bin
data="${NINJA_DATA:-data}"
config="${NINJA_CONFIG:-}"
port="${SERVER_PORT:-3000}"
umask 077
mkdir -p "$data"

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

if [ -n "$config" ]; then
  exec "$bin/3cx-ninja-server" serve --config "$config" --data "$data"
fi
if [ -f server/.env ] && grep -q '^NINJA_CLIENT_ID=.' server/.env; then
  exec "$bin/3cx-ninja-server" serve --data "$data" --print-link
fi

echo "==> No PBX and no NinjaOne are configured: starting a DEMO with simulators and sample calls"
demo="$data/demo"
mkdir -p "$demo"
rm -f "$demo/simulators.json"  # the ports of an earlier run
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
