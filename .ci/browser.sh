#!/usr/bin/env bash
# Runs the library in a browser: bash .ci/browser.sh. Debian's chromium is installed where there is none and apt may; where
# it cannot be had this is left out with a loud word, and with CI=true that is a failure. Ends within 60 seconds of its start.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export PATH="$root/node_modules/.bin:$PATH"

if ! command -v chromium > /dev/null; then
  (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium) > /dev/null 2>&1
fi
if ! command -v chromium > /dev/null; then
  echo "!! THE BROWSER IS LEFT OUT: there is no chromium, and apt-get did not install it" >&2
  [ "${CI:-}" != true ]
  exit
fi
cd "$root" && exec timeout --kill-after=5 60 node test/browser/chromium.ts
