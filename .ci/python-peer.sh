#!/usr/bin/env bash
# Compares with independent programs in Python, a peer and one that checks the vectors of key distribution:
# bash .ci/python-peer.sh TEMPORARY_FOLDER. Installs their packages from PyPI, all pinned, into a virtual environment in the
# folder; the tests start the programs themselves, which end with them. What cannot be installed is left out with a loud
# word; with CI=true that is a failure.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$1
mkdir -p "$work"
export PATH="$root/node_modules/.bin:$PATH"

install_python() {
  python3 -m venv "$work/venv" > "$work/install" 2>&1 &&
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: \
      --requirement "$root/test/python/requirements.txt" >> "$work/install" 2>&1
}

if ! install_python; then
  echo "!! THE PYTHON PEER IS LEFT OUT: $(tail -n 1 "$work/install")" >&2
  [ "${CI:-}" != true ]
  exit
fi

export PYTHON_PEER="$work/venv/bin/python"
export PYTHONDONTWRITEBYTECODE=1
export KEY_VECTOR_CHANGES=${KEY_VECTOR_CHANGES:-500}
cd "$root" && mocha --exit --forbid-only --forbid-pending test/python/*.test.ts
