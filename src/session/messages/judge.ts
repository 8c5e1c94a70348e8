import { chainToJson } from "../../certificate/issue.ts"
import { parseChain } from "../../certificate/parse.ts"
import type { CertificateChain } from "../../certificate/types.ts"
import { addressOf, type Address } from "../../core/address.ts"
import { equalBytes, toHex, type Hex } from "../../core/bytes.ts"
import { verifyLabelled } from "../../core/ed25519.ts"
import { asE2eeError, E2eeError } from "../../core/errors.ts"
import { parseAnnouncement } from "../../keys/announcement.ts"
import { Fields } from "../../keys/fields.ts"
import { messageContext } from "../../keys/schedule.ts"
import { contradicts, parseTick } from "../../keys/tick.ts"
import type { Compression } from "../../payload/compression.ts"
import { decodeFrame, KIND, type Frame } from "../../payload/frame.ts"
import { COMPRESSIONS } from "../../payload/profile.ts"
import { SERIALIZERS, type PayloadSerializer } from "../../payload/serializer.ts"
import { judgeChain, judgeShown } from "../../trust/judge.ts"
import { statedFacts } from "../../trust/stated.ts"
import { EVIDENCE } from "./evidence.ts"
import { SIGNATURE_LABEL, signedBytes } from "./signed.ts"

const FIELDS = 14

/** What evidence proves. Whether the chain stood at the time is for the trustroot to say. */
export type Judgement =
  | {
      readonly what: "message"
      readonly kind: keyof typeof KIND
      readonly uri: string
      readonly realm: Address
      readonly generation: number
      readonly epoch: number
      /** The sender's time, POSIX milliseconds. */
      readonly time: number
      readonly sequence: number
      readonly error: string | undefined
      readonly args: readonly unknown[]
      readonly kwargs: Readonly<Record<string, unknown>>
      readonly signer: Hex
      readonly chain: CertificateChain
    }
  | {
      readonly what: "fork"
      readonly scope: Hex
      readonly generation: number
      /** The agent that said both. */
      readonly signer: Hex
      readonly chain: CertificateChain
    }

/** For serialisers and compressions of an application's own. */
export interface Readers {
  readonly serializers?: readonly PayloadSerializer[]
  readonly compressions?: readonly Compression[]
}

/**
 * Judges evidence offline. Throws `keys.evidence` for what proves nothing: of another form, changed in any byte, or not
 * signed by the key that its chain names; or what a chain that was not signed by its issuers is refused with.
 */
export function judge(bytes: Uint8Array, readers: Readers = {}): Judgement {
  const { all } = new Fields(bytes, "evidence", [3, 4, FIELDS], "keys.evidence")
  if (all[0] === EVIDENCE.message) return judgeMessage(bytes, readers)
  return judgeFork(bytes)
}

function judgeMessage(bytes: Uint8Array, readers: Readers): Judgement {
  const fields = new Fields(bytes, "evidence", [FIELDS], "keys.evidence")
  const chain = parseChain(fields.text(1, "chain"))
  // One chain has one text, so that no byte of evidence can be changed.
  if (chainToJson(chain) !== fields.text(1, "chain")) throw fields.malformed("its chain is written otherwise")
  const realm = addressOf(fields.bytes(3, "realm", 20))
  const kind = (Object.keys(KIND) as (keyof typeof KIND)[]).find((name) => KIND[name] === fields.all[6])
  if (kind === undefined) throw fields.malformed("its kind is unknown")
  const delegate = chain[0]?.certificate
  if (delegate?.kind !== "delegate") throw fields.malformed("its chain does not begin with a delegate")
  judgeStanding(chain, realm)
  const serializer = [...Object.values(SERIALIZERS), ...(readers.serializers ?? [])].find(
    ({ name }) => name === fields.text(11, "serialiser"),
  )
  const compression = [...Object.values(COMPRESSIONS), ...(readers.compressions ?? [])].find(
    ({ name }) => name === fields.all[12],
  )
  if (serializer === undefined || (compression === undefined && fields.all[12] !== null))
    throw fields.malformed("its serialiser or compression is unknown here; pass it on")
  const frame = frameOf(fields, serializer, compression)
  const place = {
    announcement: fields.bytes(2, "announcement", 32),
    realm,
    generation: fields.count(4, "generation"),
    epoch: fields.count(5, "epoch"),
    kind: KIND[kind],
    uri: fields.text(7, "uri"),
    writer: toHex(fields.bytes(8, "writer", 32)),
  }
  const { headerBytes, restHash, header, authenticator } = frame
  const covered = { keyId: fields.text(9, "key id"), nonce: fields.bytes(10, "nonce"), headerBytes, restHash }
  const signer = delegate.csPubKey
  if (!verifyLabelled(SIGNATURE_LABEL, signedBytes(covered, messageContext(place)), authenticator, signer))
    throw new E2eeError("keys.evidence", `the evidence is not signed by ${signer}, the key that its chain names`)
  const { uri, generation, epoch } = place
  const { time, sequence, error } = header
  const { args, kwargs } = frame
  return { what: "message", kind, uri, realm, generation, epoch, time, sequence, error, args, kwargs, signer, chain }
}

function frameOf(fields: Fields, serializer: PayloadSerializer, compression: Compression | undefined): Frame {
  const bytes = fields.bytes(13, "frame")
  try {
    return decodeFrame(serializer, bytes, compression)
  } catch (cause) {
    const { message } = asE2eeError(cause, "payload.decode_failed", "its frame")
    throw new E2eeError("keys.evidence", `the evidence holds no frame: ${message}`, { cause })
  }
}

/**
 * Every signature of a chain up to its own root, as if all of it stood: whether that root is the realm's, and what was
 * revoked, the trustroot says. A chain that leaves out what is anchored is judged as far as it is shown.
 */
function judgeStanding(chain: CertificateChain, realm: Address): void {
  judgeShown(chain, realm)
  const root = chain.at(-1)?.certificate
  if (root?.kind !== "authority" || root.issuer !== root.subject) return
  const { chainId, verifyingContract, subject } = root
  const block = chain.reduce((last, { certificate: { validFrom } }) => (validFrom > last ? validFrom : last), 0n)
  const delegate = chain[0]?.certificate
  const now = delegate?.kind === "delegate" ? Number(delegate.bootedAt / 1_000_000n) : 0
  const stated = { chainId, verifyingContract, realm, block, trustroots: [subject] }
  judgeChain(chain, statedFacts(chain, stated), { now, skew: 0 })
}

function judgeFork(bytes: Uint8Array): Judgement {
  const fields = new Fields(bytes, "evidence", [3, 4], "keys.evidence")
  const announcement = parseAnnouncement(fields.bytes(1, "announcement"))
  const { agent, generation, scope, hash } = announcement
  const { certificates } = agent
  if (certificates instanceof Uint8Array) throw fields.malformed("its agent's package has no certificates")
  if (certificates[0]?.certificate.kind !== "delegate" || certificates[0].certificate.csPubKey !== agent.cs)
    throw fields.malformed("its agent's package and certificates do not name each other")
  judgeStanding(certificates, agent.realm)
  if (fields.all[0] === EVIDENCE.fork && fields.all.length === 3) {
    const other = parseAnnouncement(fields.bytes(2, "other announcement"))
    const same = other.agent.cs === agent.cs && other.generation === generation && equalBytes(other.scope, scope)
    if (!same || equalBytes(other.hash, hash)) throw fields.malformed("its announcements do not contradict each other")
  } else if (fields.all[0] === EVIDENCE.ticks && fields.all.length === 4) {
    const [one, other] = [2, 3].map((at) => parseTick(fields.bytes(at, "tick"), announcement))
    if (!contradicts(one as never, other as never)) throw fields.malformed("its ticks do not contradict each other")
  } else throw fields.malformed("its kind is unknown")
  return { what: "fork", scope: toHex(scope), generation, signer: agent.cs, chain: certificates }
}
