// Key grants, from the randomness of both sides to what is held in the end.
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, fromHex, toHex, utf8ToBytes, type Hex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import type { Secret } from "../../src/core/secret.ts"
import { x25519PublicKey } from "../../src/core/x25519.ts"
import {
  answerGrant,
  denyGrant,
  encodeInfo,
  readRequest,
  requestGrant,
  type GrantPlace,
  type PendingGrant,
} from "../../src/keys/grant.ts"
import type { Grant } from "../../src/keys/granted.ts"
import { mlKem768 } from "../../src/keys/hybrid.ts"
import { finishKem } from "../../src/keys/kem.ts"
import { HandshakeState } from "../../src/keys/noise.ts"
import { policyHash } from "../../src/keys/policy.ts"
import { ROLES, type Role } from "../../src/keys/roles.ts"
import { decodeCbor } from "../../src/payload/cbor.ts"
import { ownKeyPackage } from "../../src/session/context.ts"
import { contextOf, memberOf, selfOf } from "../../test/keys/parties.ts"
import { NOW, party, REALM } from "../../test/trust/chains.ts"
import { fixed, HYBRID, MAC, SIG, tickOf, type Made } from "./scene.ts"

/** Gives fixed bytes, and keeps copies of what it gave. */
export function recorded(name: string): { readonly random: (length: number) => Uint8Array; readonly drawn: Hex[] } {
  const drawn: Hex[] = []
  const random = (length: number): Uint8Array => {
    const bytes = fixed(`${name} ${drawn.length}`, length)
    drawn.push(toHex(bytes))
    return bytes
  }
  return { random, drawn }
}

export interface GrantCase {
  readonly name: string
  readonly made: Made
  readonly role: Role
  readonly requester: string
  readonly about?: string
  /** The tick in force. */
  readonly epoch: number
  /** Epoch of the first secret, where it is an earlier one. */
  readonly from?: number
  readonly members?: readonly (readonly [name: string, role: Role])[]
  readonly path?: Uint8Array
  readonly denial?: ErrorCode
}

export function placeOf(made: Made): GrantPlace {
  const kem = made.policy.hybrid === undefined ? undefined : mlKem768
  return { realm: REALM, scope: made.scope, policy: policyHash(made.policy), kem }
}

export function grantOf({ made, role, requester, epoch, from = epoch, members = [], path }: GrantCase): Grant {
  const { branch, level } = ROLES[role]
  const branchSecrets = made.branches[branch]
  const count = level === "read" ? 1 : 5 - from
  return {
    announcement: made.announcement.bytes,
    tick: tickOf(made, epoch).bytes,
    instance: selfOf("agent").instance,
    epoch: from,
    secrets: Array.from({ length: count }, (_, i) =>
      level === "read"
        ? branchSecrets.branch(from)
        : (branchSecrets.writer(from + i, party(requester).csPubKey) as Secret),
    ),
    members: members.map(([name, as]) => ({ instance: selfOf(name).instance, role: as, chain: memberOf(name).chain })),
    path,
  }
}

/** A request, the same each time. */
export function request(
  { name, made, role, requester, about }: GrantCase,
  random = recorded(`ask ${name}`).random,
): PendingGrant {
  const { instance, x } = selfOf(requester)
  const content = {
    role,
    instance,
    keyPackage: ownKeyPackage(contextOf(requester)),
    time: NOW + 60_500,
    about: about === undefined ? undefined : selfOf(about).instance,
  }
  return requestGrant(placeOf(made), content, x, x25519PublicKey(selfOf("agent").x), random)
}

export function answer(
  given: GrantCase,
  random = recorded(`answer ${given.name}`).random,
  grant = grantOf(given),
): Uint8Array {
  const { made, denial } = given
  const received = readRequest(request(given).bytes, placeOf(made), selfOf("agent").x, random)
  return denial === undefined ? answerGrant(received, grant) : denyGrant(received, denial)
}

function payloadOf({ made }: GrantCase, message: Uint8Array): Uint8Array {
  const prologue = concatBytes(utf8ToBytes("wek1"), fromHex(REALM, 20) as Uint8Array, made.scope)
  const pattern = made.policy.hybrid === undefined ? "IK" : "IKpsk2"
  const options = { pattern, prologue, s: selfOf("agent").x, random: fixed.bind(undefined, "none") } as const
  return HandshakeState.responder(options).readMessage(message)
}

/** The grant itself, or what it is known by where it is long. */
function grantFields(grant: Uint8Array): object {
  return { ...(grant.length < 16_384 && { grant: toHex(grant) }), grantHash: toHex(sha256(grant)) }
}

export function describeGrant(given: GrantCase, generation: string): object {
  const { name, role, requester, about, denial } = given
  const [ask, reply] = [recorded(`ask ${name}`), recorded(`answer ${name}`)]
  const pending = request(given, ask.random)
  const bytes = answer(given, reply.random)
  const [, message] = decodeCbor(pending.bytes) as [number, Uint8Array]
  const [, second, ...rest] = decodeCbor(bytes) as [number, ...Uint8Array[]]
  const { handshake, hybrid } = pending
  const afterFirst = toHex(handshake.transcript)
  const ciphertext = hybrid && (rest.shift() as Uint8Array)
  // The secret that is encapsulated is not to be had from the library once it went into the key.
  const shared = hybrid && ciphertext && mlKem768.decapsulate(ciphertext, hybrid.secretKey)
  const psk = hybrid && ciphertext && finishKem(hybrid, ciphertext, handshake.transcript)
  const kem = hybrid && {
    publicKey: toHex(hybrid.publicKey),
    ciphertext: toHex(ciphertext as Uint8Array),
    shared: toHex((shared as Secret).expose()),
    psk: toHex((psk as Secret).expose()),
  }
  const answerPayload = handshake.readMessage(second as Uint8Array, psk)
  const { receive, handshakeHash } = handshake.split()
  const grant = concatBytes(...rest.map((piece) => receive.decryptWithAd(new Uint8Array(), piece)))
  return {
    name,
    generation,
    role,
    requester,
    about: about ?? null,
    time: NOW + 60_500,
    asked: ask.drawn,
    answered: reply.drawn,
    requestPayload: toHex(payloadOf(given, message)),
    request: toHex(pending.bytes),
    afterFirst,
    ...(kem && { kem }),
    answerPayload: toHex(answerPayload),
    answer: toHex(bytes),
    handshakeHash: toHex(handshakeHash),
    ...(denial === undefined ? grantFields(grant) : { denial }),
  }
}

export const READER: GrantCase = {
  name: "reader",
  made: SIG,
  role: "callee",
  requester: "callee",
  about: "caller",
  epoch: 1,
  members: [["caller", "caller"]],
}
export const WRITER: GrantCase = {
  name: "writer",
  made: SIG,
  role: "caller",
  requester: "caller",
  epoch: 1,
  members: [["callee", "callee"]],
}
export const DENIAL: GrantCase = {
  name: "denial",
  made: SIG,
  role: "publisher",
  requester: "other",
  epoch: 1,
  denial: "trust.revoked",
}
export const HISTORY: GrantCase = {
  name: "reader of history",
  made: MAC,
  role: "subscriber",
  requester: "subscriber",
  epoch: 2,
  from: 0,
}
export const HYBRID_GRANT: GrantCase = { name: "hybrid", made: HYBRID, role: "callee", requester: "callee", epoch: 0 }
/** 23 members, so that the grant comes in two pieces. */
export const LONG: GrantCase = {
  name: "in two pieces",
  made: SIG,
  role: "subscriber",
  requester: "subscriber",
  epoch: 0,
  members: Array.from({ length: 23 }, (_, i) => [`publisher ${i}`, "publisher"] as const),
}

export const infos = [
  { generation: "sig", epoch: 1, answer: toHex(encodeInfo(SIG.announcement.bytes, tickOf(SIG, 1).bytes)) },
]
