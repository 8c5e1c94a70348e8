#!/usr/bin/env bash
# Runs a command beside real WAMP routers: bash .ci/routers.sh TEMPORARY_FOLDER [COMMAND…]. Installs nexus (a Go module),
# Crossbar.io (PyPI) and fox-wamp (npm) into the folder, starts each on a free port of the loopback, tells the command by
# NEXUS, CROSSBAR and FOX_WAMP where they are, and stops them by their process ids. Realm realm1, anonymous. Without a
# command the probes run. What cannot be had is left out with a loud word; with CI=true that is a failure.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)
shift
[ "$#" -gt 0 ] || set -- mocha --exit --forbid-only --forbid-pending "$root"/test/routers/*.test.ts
export PATH="$root/node_modules/.bin:$PATH"
pids=()
missing=0

stop_routers() {
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2> /dev/null; done
  for pid in "${pids[@]}"; do wait "$pid" 2> /dev/null; done
}
trap stop_routers EXIT

left_out() {
  missing=$((missing + 1))
  echo "!! $1 IS LEFT OUT: $2" >&2
}

# By its exact version: not every module proxy lists the versions of this module, which `go install …@latest` asks for.
install_nexus() {
  (cd "$root/.ci/routers/nexus" && timeout 600 go build -buildvcs=false -o "$work/nexusd" github.com/gammazero/nexus/v3/nexusd)
}

install_crossbar() {
  python3 -m venv "$work/crossbar/venv" &&
    timeout 600 "$work/crossbar/venv/bin/pip" install --quiet --disable-pip-version-check \
      --requirement "$root/.ci/routers/crossbar/requirements.txt"
}

install_fox_wamp() {
  cp -R "$root/.ci/routers/fox-wamp" "$work/" &&
    timeout 300 npm ci --prefix "$work/fox-wamp" --loglevel error --no-audit --no-fund --ignore-scripts
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

answers() { # URL: until a WebSocket for WAMP opens there, at most a minute
  timeout 60 node -e '
    const again = () => {
      const socket = new WebSocket(process.argv[1], "wamp.2.json")
      socket.onopen = () => process.exit(0)
      socket.onerror = () => setTimeout(again, 200)
    }
    again()' "$1"
}

begin() { # NAME VERSION COMMAND…: a router of its own process, in $url; its words go to a file
  local name=$1 version=$2
  shift 2
  "$@" > "$work/$name.log" 2>&1 &
  pids+=($!)
  if answers "$url"; then
    echo "$name $version: $url" >&2
  else
    left_out "$name" "it does not answer: $(tail -n 1 "$work/$name.log")"
    return 1
  fi
}

installing=()
for name in nexus crossbar fox_wamp; do
  "install_$name" > "$work/$name.install" 2>&1 &
  installing+=($!)
done
installed() { # INDEX NAME
  wait "${installing[$1]}" && return
  left_out "$2" "$(tail -n 1 "$work/$2.install")"
  return 1
}

if installed 0 nexus; then
  url="ws://127.0.0.1:$(free_port)/"
  version=$(go version -m "$work/nexusd" | awk '$1 == "mod" { print $3 }')
  address=${url#ws://}
  begin nexus "$version" "$work/nexusd" -realm realm1 -ws "${address%/}" && export NEXUS="$url"
fi

if installed 1 crossbar; then
  port=$(free_port)
  url="ws://127.0.0.1:$port/"
  version=$("$work/crossbar/venv/bin/python" -c 'from importlib.metadata import version; print(version("crossbar"))')
  mkdir -p "$work/crossbar/node"
  sed "s/\"port\": 0/\"port\": $port/" "$root/.ci/routers/crossbar/config.json" > "$work/crossbar/node/config.json"
  begin crossbar "$version" "$work/crossbar/venv/bin/crossbar" start --cbdir "$work/crossbar/node" --loglevel warn &&
    export CROSSBAR="$url"
fi

if installed 2 fox_wamp; then
  port=$(free_port)
  url="ws://127.0.0.1:$port/"
  version=$(node -p "require('$work/fox-wamp/node_modules/fox-wamp/package.json').version")
  begin fox_wamp "$version" node "$work/fox-wamp/start.cjs" "$port" && export FOX_WAMP="$url"
fi

"$@" || exit 1
[ "$missing" -eq 0 ] || [ "${CI:-}" != true ]
