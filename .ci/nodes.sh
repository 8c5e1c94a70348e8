#!/usr/bin/env bash
# Plays one story on EDR, anvil and geth, and reorganises anvil: bash .ci/nodes.sh TEMPORARY_FOLDER. Installs both nodes
# into the folder (anvil from npm, geth as a Go module), starts them on loopback, and stops them by their process ids.
# What cannot be installed is left out with a loud word; with CI=true that is a failure.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$1
mkdir -p "$work"
export PATH="$root/node_modules/.bin:$PATH"
anvil_version=1.7.1
geth_version=v1.17.10
pids=()
missing=0

stop_nodes() {
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2> /dev/null; done
  for pid in "${pids[@]}"; do wait "$pid" 2> /dev/null; done
}
trap stop_nodes EXIT

left_out() {
  missing=$((missing + 1))
  echo "!! $1 IS LEFT OUT: $2" >&2
}

# The platform's own package: its binary is the node itself, which the package @foundry-rs/anvil merely starts.
install_anvil() {
  local platform
  platform=$(node -p '`${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`')
  npm install --loglevel error --no-audit --no-fund --ignore-scripts --prefix "$work/anvil" \
    "@foundry-rs/anvil-$platform@$anvil_version" > "$work/anvil.install" 2>&1 || return 1
  anvil="$work/anvil/node_modules/@foundry-rs/anvil-$platform/bin/anvil"
  [ -x "$anvil" ]
}

install_geth() {
  GOBIN="$work/bin" go install "github.com/ethereum/go-ethereum/cmd/geth@$geth_version" \
    > "$work/geth.install" 2>&1 || return 1
  geth="$work/bin/geth"
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

answers() { # URL: until the node answers, at most a minute
  timeout 60 node -e '
    const ask = { method: "POST", headers: { "content-type": "application/json" }, body: `{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}` }
    const again = () => fetch(process.argv[1], ask).then((r) => r.json()).catch(() => setTimeout(again, 200))
    again()' "$1"
}

if install_anvil; then
  port=$(free_port)
  # The states of the last 200 blocks in memory: from disk this version fetches the wrong ones when it reorganises.
  "$anvil" --host 127.0.0.1 --port "$port" --silent --prune-history 200 > "$work/anvil.log" 2>&1 &
  pids+=($!)
  if answers "http://127.0.0.1:$port"; then export ANVIL="http://127.0.0.1:$port"; else left_out anvil "it does not answer"; fi
else
  left_out anvil "$(head -n 2 "$work/anvil.install" | tr "\n" " ")"
fi

if install_geth; then
  port=$(free_port)
  "$geth" --dev --http --http.addr 127.0.0.1 --http.port "$port" --http.api eth,net,web3 --ipcdisable --verbosity 1 \
    --authrpc.port "$(free_port)" --port 0 --nodiscover --maxpeers 0 > "$work/geth.log" 2>&1 &
  pids+=($!)
  if answers "http://127.0.0.1:$port"; then export GETH="http://127.0.0.1:$port"; else left_out geth "it does not answer"; fi
else
  left_out geth "$(tail -n 1 "$work/geth.install")"
fi

(cd "$root" && mocha --exit --forbid-only --forbid-pending test/nodes/*.test.ts) || exit 1
[ "$missing" -eq 0 ] || [ "${CI:-}" != true ]
