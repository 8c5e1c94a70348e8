#!/usr/bin/env bash
# Plays machines and attackers against simulated TPMs: bash .ci/swtpm.sh. Installs Debian's swtpm (0.4 MB) where it is
# missing; without it the tests fail here, while `npm test` leaves them out with a loud word.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export PATH="$root/node_modules/.bin:$PATH"

if ! command -v swtpm > /dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends swtpm > /dev/null
fi
swtpm --version

cd "$root"
SWTPM_REQUIRED=1 ATTESTATION_MUTATIONS="${ATTESTATION_MUTATIONS:-100000}" exec mocha --exit --forbid-only --forbid-pending --timeout 60000 \
  'test/device/*.test.ts' 'test/attestation/**/*.test.ts' test/cli/attest-device.test.ts \
  test/scripts/attested-demo.test.ts test/wamp/attested-login.test.ts test/cli/cryptosign.test.ts
