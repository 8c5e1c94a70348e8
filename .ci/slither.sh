#!/usr/bin/env bash
# Slither over the sources that Hardhat compiled: bash .ci/slither.sh TEMPORARY_FOLDER, after `hardhat build`.
# Slither wants a program `solc`; the compiler from npm is JavaScript, so a wrapper gives it that face. Nothing but
# Slither itself, from PyPI, is downloaded.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$1
mkdir -p "$work/sources"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check slither-analyzer==0.11.6

cat > "$work/solc" <<EOF
#!/usr/bin/env bash
[ "\$1" = --version ] && { echo "Version: $(node -p "require('$root/node_modules/solc/package.json').version")"; exit; }
exec node "$work/solc.cjs"
EOF
chmod +x "$work/solc"
cat > "$work/solc.cjs" <<EOF
const wrap = require("$root/node_modules/solc/wrapper.js")
const compiler = (wrap.default ?? wrap)(require("$root/node_modules/solc/soljson.js"))
process.stdout.write(compiler.compile(require("node:fs").readFileSync(0, "utf8")))
EOF

# The compiler input of the newest build with the realm registry, its sources laid out under the names they have in it.
cd "$work/sources"
node - "$root/artifacts/build-info" <<'EOF'
const { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } = require("node:fs")
const { dirname, join } = require("node:path")
const folder = process.argv[2]
const newest = readdirSync(folder)
  .filter((name) => name.endsWith(".json") && !name.endsWith(".output.json"))
  .map((name) => join(folder, name))
  .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  .map((path) => JSON.parse(readFileSync(path, "utf8")).input)
  .find(({ sources }) => "project/contracts/RealmRegistry.sol" in sources)
if (newest === undefined) throw new Error(`no build of RealmRegistry.sol in ${folder}; run hardhat build first`)
for (const [name, { content }] of Object.entries(newest.sources)) {
  mkdirSync(dirname(name), { recursive: true })
  writeFileSync(name, content)
}
writeFileSync("input.json", JSON.stringify(newest))
EOF

# Left out, with the reasons in docs/development.md: findings that these contracts mean to have.
"$work/venv/bin/slither" input.json --compile-force-framework solc-json --solc "$work/solc" --filter-paths '^npm/|/npm/|test/contracts/' \
  --exclude incorrect-shift,uninitialized-local,unused-return,calls-loop,timestamp \
  --exclude-informational --exclude-optimization --fail-low
