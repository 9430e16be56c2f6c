#!/bin/sh
# agent.sh [OPTION…]: the agent against the local server. Beside the DEMO of `make run`, and as long as this account has no
# agent configuration, it takes the demo's key and sits at extension 201 (another one: --extension NUMBER).
set -eu
cd "$(dirname "$0")/.."
bin="${NINJA_BIN:-build/release/bin}"
demo="${NINJA_DATA:-data}/demo"
config="${XDG_CONFIG_HOME:-$HOME/.config}/3cx-ninja-agent/config.json"

if [ -z "${NINJA_AGENT_KEY:-}" ] && [ ! -e "$config" ] && [ -s "$demo/key" ]; then
  NINJA_AGENT_KEY=$(cat "$demo/key")
  export NINJA_AGENT_KEY
  case " $* " in
    *" --extension"*) ;;
    *) set -- --extension 201 "$@" ;;
  esac
fi
exec "$bin/3cx-ninja-agent" --headless "$@"
