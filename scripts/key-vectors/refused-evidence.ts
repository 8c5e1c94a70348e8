// Evidence that proves nothing.
import { chainToJson } from "../../src/certificate/issue.ts"
import { toHex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { encodeForkEvidence } from "../../src/session/messages/evidence.ts"
import { selfOf } from "../../test/keys/parties.ts"
import { named, NOW, party } from "../../test/trust/chains.ts"
import { bytesOf, fieldsOf, flipped, type Fields, type Refused } from "./edit.ts"
import { evidenceOf, FORKED, FORKED_TICK, LATER } from "./evidence.ts"
import { fixed, SIG, tickOf } from "./scene.ts"

const callee = selfOf("callee")
const ANN = SIG.announcement.bytes
const TICK = tickOf(SIG, 2).bytes

const proof = (name: string, code: ErrorCode, bytes: Uint8Array): Refused => ({
  name: `evidence: ${name}`,
  what: "evidence",
  code,
  bytes: toHex(bytes),
})
const EVIDENCE = evidenceOf("sig call")
const changed = (change: (fields: Fields) => void): Uint8Array => {
  const fields = fieldsOf(EVIDENCE)
  change(fields)
  return encodeCbor(fields)
}
export const evidence: Refused[] = [
  proof(
    "another announcement",
    "keys.evidence",
    changed((f) => void (f[2] = fixed("a"))),
  ),
  proof(
    "another realm",
    "trust.realm",
    changed((f) => void (f[3] = bytesOf(named("other realm")))),
  ),
  proof(
    "another generation",
    "keys.evidence",
    changed((f) => void (f[4] = NOW + 1)),
  ),
  proof(
    "another epoch",
    "keys.evidence",
    changed((f) => void (f[5] = 2)),
  ),
  proof(
    "another kind",
    "keys.evidence",
    changed((f) => void (f[6] = 1)),
  ),
  proof(
    "another URI",
    "keys.evidence",
    changed((f) => void (f[7] = "com.example.valve")),
  ),
  proof(
    "another writer",
    "keys.evidence",
    changed((f) => void (f[8] = bytesOf(party("other").csPubKey))),
  ),
  proof(
    "another key id",
    "keys.evidence",
    changed((f) => void (f[9] = named("key"))),
  ),
  proof(
    "another nonce",
    "keys.evidence",
    changed((f) => void (f[10] = fixed("n", 24))),
  ),
  proof(
    "another argument",
    "keys.evidence",
    changed((f) => void (f[13] = flipped(f[13] as Uint8Array, -6))),
  ),
  proof(
    "another's chain",
    "keys.evidence",
    changed((f) => void (f[1] = chainToJson(callee.chain))),
  ),
  proof(
    "a chain with white space",
    "keys.evidence",
    changed((f) => void (f[1] = `${f[1] as string} `)),
  ),
  proof(
    "an unknown kind of evidence",
    "keys.evidence",
    changed((f) => void (f[0] = 4)),
  ),
  proof("one announcement twice", "keys.evidence", encodeForkEvidence(ANN, [ANN])),
  proof("announcements of two generations", "keys.evidence", encodeForkEvidence(ANN, [LATER.announcement.bytes])),
  proof("one tick twice", "keys.evidence", encodeForkEvidence(ANN, [TICK, TICK])),
  proof("ticks of two epochs", "keys.evidence", encodeForkEvidence(ANN, [TICK, FORKED_TICK.bytes])),
  proof("a tick of another announcement", "keys.tick", encodeForkEvidence(ANN, [TICK, tickOf(FORKED, 2).bytes])),
]
