// Answers where platforms have to be shown that have to be refused.
import { toHex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { answerGrant, readRequest } from "../../src/keys/grant.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { selfOf } from "../../test/keys/parties.ts"
import { pendingOf, secondAnswer, session, SHOWING } from "./attested.ts"
import { fieldsOf, flipped, type Fields, type Refused } from "./edit.ts"
import { grantOf, placeOf, recorded } from "./grants.ts"

const { first } = await session()
const { shown, answer } = await secondAnswer()
const changed = (bytes: Uint8Array, change: (fields: Fields) => void): Uint8Array => {
  const fields = fieldsOf(bytes)
  change(fields)
  return encodeCbor(fields)
}
const flippedAt = (item: number) => (fields: Fields) => void (fields[item] = flipped(fields[item] as Uint8Array, 5))
const one = (what: string, name: string, code: ErrorCode, bytes: Uint8Array): Refused => ({
  name: `${what}: ${name}`,
  what,
  code,
  bytes: toHex(bytes),
})
/** An agent that grants at once, though it was asked for its own evidence. */
const atOnce = answerGrant(
  readRequest(pendingOf(SHOWING).bytes, placeOf(SHOWING.made), selfOf("agent").x, recorded("at once").random),
  grantOf(SHOWING),
)

export const attested: readonly Refused[] = [
  one("reply", "keys without evidence", "attestation.absent", atOnce),
  one("reply", "its evidence is changed", "keys.agreement", changed(first, flippedAt(2))),
  one(
    "reply",
    "its evidence is missing",
    "keys.grant_malformed",
    changed(first, (fields) => void fields.pop()),
  ),
  one("shown", "evidence is changed", "keys.agreement", changed(shown, flippedAt(2))),
  one(
    "shown",
    "evidence is missing",
    "keys.grant_malformed",
    changed(shown, (fields) => void fields.pop()),
  ),
  one("second answer", "its verdict is changed", "keys.agreement", changed(answer, flippedAt(1))),
  one("second answer", "its grant is changed", "keys.agreement", changed(answer, flippedAt(2))),
  one(
    "second answer",
    "without its verdict",
    "keys.agreement",
    changed(answer, (fields) => void fields.splice(1, 1)),
  ),
  one(
    "second answer",
    "version 1",
    "keys.grant_malformed",
    changed(answer, (fields) => void (fields[0] = 1)),
  ),
  one("second answer", "a denial", "attestation.measurement", (await secondAnswer("attestation.measurement")).answer),
  one(
    "second answer",
    "a denial for a reason that is not told",
    "keys.grant_refused",
    (await secondAnswer("chain.unreachable")).answer,
  ),
]
