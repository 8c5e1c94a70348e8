// Requests, answers and grants that have to be refused.
import { concatBytes, toHex, utf8ToBytes } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import type { Secret } from "../../src/core/secret.ts"
import { x25519PublicKey } from "../../src/core/x25519.ts"
import { HandshakeState } from "../../src/keys/noise.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { ownKeyPackage } from "../../src/session/context.ts"
import { contextOf, selfOf } from "../../test/keys/parties.ts"
import { NOW, REALM } from "../../test/trust/chains.ts"
import { bytesOf, fieldsOf, flipped, longer, type Fields, type Refused } from "./edit.ts"
import {
  answer,
  DENIAL,
  HYBRID_GRANT,
  LONG,
  placeOf,
  READER,
  recorded,
  request,
  WRITER,
  type GrantCase,
} from "./grants.ts"
import { fixed, SIG, tickOf, type Made } from "./scene.ts"

const callee = selfOf("callee")
const PACKAGE = ownKeyPackage(contextOf("callee"))

/** A request with a payload of one's own. */
function crafted(change: (fields: Fields) => void, made: Made = SIG): Uint8Array {
  const { random } = recorded("crafted")
  const prologue = concatBytes(utf8ToBytes("wek1"), bytesOf(REALM), made.scope)
  const handshake = HandshakeState.initiator({
    pattern: "IK",
    prologue,
    s: callee.x,
    random,
    rs: x25519PublicKey(selfOf("agent").x),
  })
  const { instance } = callee
  const fields: Fields = [1, made.scope, placeOf(made).policy, 0, bytesOf(instance), PACKAGE, NOW, null]
  change(fields)
  return encodeCbor([1, handshake.writeMessage(encodeCbor(fields))])
}
const requestCase = (name: string, code: ErrorCode, bytes: Uint8Array, generation = "sig"): Refused => ({
  name: `request: ${name}`,
  what: "request",
  code,
  bytes: toHex(bytes),
  generation,
})
const REQUEST = request(READER).bytes
const scoped = (scope: Uint8Array): Made => ({ ...SIG, scope })
export const requests: Refused[] = [
  requestCase("its ephemeral key is another", "keys.agreement", flipped(REQUEST, 10)),
  requestCase("a byte of its payload is another", "keys.agreement", flipped(REQUEST, -20)),
  requestCase(
    "for another scope",
    "keys.agreement",
    crafted(() => undefined, scoped(fixed("other scope"))),
  ),
  requestCase("by Noise_IK where the scope has a hybrid", "keys.agreement", REQUEST, "hybrid"),
  requestCase("by a hybrid where the scope has none", "keys.agreement", request(HYBRID_GRANT).bytes),
  requestCase(
    "with another key than its package's",
    "keys.agreement",
    crafted((f) => void (f[5] = ownKeyPackage(contextOf("caller")))),
  ),
  requestCase(
    "its package is changed",
    "keys.package_signature",
    crafted((f) => void (f[5] = flipped(PACKAGE, -1))),
  ),
  requestCase(
    "a role that there is not",
    "keys.grant_malformed",
    crafted((f) => void (f[3] = 4)),
  ),
  requestCase(
    "an instance of seven bytes",
    "keys.grant_malformed",
    crafted((f) => void (f[4] = fixed("i", 7))),
  ),
  requestCase(
    "a field too many",
    "keys.grant_malformed",
    crafted((f) => void f.push(fixed("pq", 1_184))),
  ),
  requestCase("version 2", "keys.grant_malformed", encodeCbor([2, fieldsOf(REQUEST)[1]])),
  requestCase("in a longer form", "keys.grant_malformed", longer(REQUEST)),
]

const answerCase = (given: GrantCase, name: string, code: ErrorCode, more: object): Refused => ({
  name: `answer: ${name}`,
  what: "answer",
  code,
  grant: given.name,
  ...more,
})
const bytesCase = (given: GrantCase, name: string, code: ErrorCode, bytes: Uint8Array): Refused =>
  answerCase(given, name, code, { bytes: toHex(bytes) })
const items = (given: GrantCase, change: (items: Fields) => void): Uint8Array => {
  const fields = fieldsOf(answer(given))
  change(fields)
  return encodeCbor(fields)
}
export const answers: Refused[] = [
  bytesCase(
    READER,
    "its ephemeral key is another",
    "keys.agreement",
    items(READER, (f) => void (f[1] = flipped(f[1] as Uint8Array, 0))),
  ),
  bytesCase(
    READER,
    "a byte of the grant is another",
    "keys.agreement",
    items(READER, (f) => void (f[2] = flipped(f[2] as Uint8Array, 50))),
  ),
  bytesCase(READER, "of another request", "keys.agreement", answer(WRITER)),
  bytesCase(
    READER,
    "without the grant",
    "keys.grant_malformed",
    items(READER, (f) => void f.pop()),
  ),
  answerCase(LONG, "its pieces are exchanged", "keys.agreement", { items: [0, 1, 3, 2] }),
  answerCase(LONG, "its last piece is missing", "keys.grant_malformed", { items: [0, 1, 2] }),
  bytesCase(
    HYBRID_GRANT,
    "its ciphertext is another",
    "keys.agreement",
    items(HYBRID_GRANT, (f) => void (f[2] = flipped(f[2] as Uint8Array, 100))),
  ),
  bytesCase(
    HYBRID_GRANT,
    "its ciphertext is short",
    "keys.grant_malformed",
    items(HYBRID_GRANT, (f) => void (f[2] = fixed("ct", 1_087))),
  ),
  bytesCase(DENIAL, "a denial", "trust.revoked", answer(DENIAL)),
  bytesCase(
    { ...DENIAL, denial: "payload.stale" },
    "a denial for a reason that is not told",
    "keys.grant_refused",
    answer({ ...DENIAL, denial: "payload.stale" }),
  ),
]

/** A grant that was opened, and does not hold: `secrets` of `epoch`, told with the tick of epoch 1. */
const taken = (name: string, code: ErrorCode, epoch: number, secrets: readonly Secret[], role = "callee"): Refused => ({
  name: `grant: ${name}`,
  what: "grant",
  code,
  generation: "sig",
  role,
  epoch,
  secrets: secrets.map((one) => toHex(one.expose())),
  tick: toHex(tickOf(SIG, 1).bytes),
})
const { call, event } = SIG.branches
export const grants: Refused[] = [
  taken("a secret of another epoch", "keys.forked", 1, [call.branch(2)]),
  taken("the other branch's secret", "keys.forked", 1, [event.branch(1)]),
  taken("two secrets for a reader", "keys.grant_malformed", 1, [call.branch(1), call.branch(2)]),
  taken("an epoch that is to come", "keys.grant_malformed", 2, [call.branch(2)]),
  taken("no secrets for a writer", "keys.grant_malformed", 1, [], "caller"),
]
