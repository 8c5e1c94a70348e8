import { encode } from "cborg"
import { EVIDENCE_LIMITS } from "../evidence.ts"
import { malformed, tooLarge } from "../refusals.ts"
import { decodeStrictly } from "../strict-cbor.ts"

/** An attestation document of a Nitro enclave (AWS, "Verifying the root of trust") before anybody has checked it. */
export interface NitroDocument {
  /** COSE algorithm of the signature; absent where the header says something else besides or nothing. */
  readonly algorithm?: number
  /** What was signed: the Sig_structure of COSE_Sign1 (RFC 9052, 4.4). */
  readonly signed: Uint8Array
  readonly signature: Uint8Array
  /** Hash of the registers, such as SHA384. */
  readonly digest: string
  /** POSIX milliseconds. */
  readonly timestamp: number
  readonly registers: ReadonlyMap<number, Uint8Array>
  /** DER of the certificate whose key signed, then of those above it, up to the root. */
  readonly path: readonly Uint8Array[]
  /** Whatever the enclave's program had put in; absent where it gave nothing. */
  readonly nonce?: Uint8Array
  readonly userData?: Uint8Array
  readonly publicKey?: Uint8Array
}

const WHAT = "the attestation document"
const refuse = malformed(WHAT)
const ENVELOPE = { bytes: EVIDENCE_LIMITS.document, depth: 2, items: 8 }
/** Newer hypervisors write the outer map without a length. The bytes are signed as they are. */
const PAYLOAD = { bytes: EVIDENCE_LIMITS.document, depth: 3, items: 128, indefinite: true }
const HEADER = { bytes: 64, depth: 1, items: 8 }
const MOST_CERTIFICATES = 8
const MOST_REGISTERS = 32
const MOST_GIVEN = 1_024
const FIELDS: ReadonlySet<unknown> = new Set([
  "module_id",
  "digest",
  "timestamp",
  "pcrs",
  "certificate",
  "cabundle",
  "public_key",
  "user_data",
  "nonce",
])
/** Label of the algorithm in a COSE header. */
const ALG = 1

/** Throws `attestation.too_large`, `attestation.malformed`. */
export function parseDocument(bytes: Uint8Array): NitroDocument {
  const envelope = decodeStrictly(bytes, WHAT, ENVELOPE)
  if (!Array.isArray(envelope) || envelope.length !== 4) throw refuse("it is no COSE_Sign1, a list of four")
  const [header, unprotected, payload, signature] = envelope as unknown[]
  if (!isBytes(header) || !isBytes(payload) || !isBytes(signature)) throw refuse("a part of it is no byte string")
  if (!(unprotected instanceof Map) || unprotected.size > 0) throw refuse("it has an unprotected header")
  const algorithm = algorithmOf(header)
  const fields = decodeStrictly(payload, WHAT, PAYLOAD)
  if (!(fields instanceof Map)) throw refuse("its payload is no map")
  for (const name of fields.keys()) if (!FIELDS.has(name)) throw refuse(`a field ${JSON.stringify(name)}`)
  const given = (name: string): Uint8Array | undefined => optional(fields.get(name), name)
  const [nonce, userData, publicKey] = [given("nonce"), given("user_data"), given("public_key")]
  return {
    ...(algorithm === undefined ? {} : { algorithm }),
    signed: encode(["Signature1", header, new Uint8Array(), payload]),
    signature,
    digest: textOf(fields.get("digest"), "digest"),
    timestamp: timeOf(fields.get("timestamp"), textOf(fields.get("module_id"), "module_id")),
    registers: registersOf(fields.get("pcrs")),
    path: pathOf(fields.get("certificate"), fields.get("cabundle")),
    ...(nonce === undefined ? {} : { nonce }),
    ...(userData === undefined ? {} : { userData }),
    ...(publicKey === undefined ? {} : { publicKey }),
  }
}

function algorithmOf(header: Uint8Array): number | undefined {
  const fields = decodeStrictly(header, "the header of the attestation document", HEADER)
  if (!(fields instanceof Map)) throw refuse("its header is no map")
  const algorithm: unknown = fields.get(ALG)
  return fields.size === 1 && typeof algorithm === "number" ? algorithm : undefined
}

function registersOf(value: unknown): ReadonlyMap<number, Uint8Array> {
  if (!(value instanceof Map) || value.size === 0) throw refuse("pcrs are no map, or none")
  if (value.size > MOST_REGISTERS) throw tooLarge("pcrs", value.size, MOST_REGISTERS, "registers")
  for (const [pcr, register] of value as Map<unknown, unknown>) {
    if (typeof pcr !== "number" || pcr < 0 || pcr >= MOST_REGISTERS) throw refuse(`a register ${String(pcr)}`)
    if (!isBytes(register) || ![32, 48, 64].includes(register.length)) throw refuse(`register ${pcr} is no digest`)
  }
  return value as Map<number, Uint8Array>
}

/** `cabundle` begins with the root. */
function pathOf(certificate: unknown, bundle: unknown): Uint8Array[] {
  if (!isBytes(certificate) || !Array.isArray(bundle) || !bundle.every(isBytes))
    throw refuse("its certificates are none")
  if (bundle.length >= MOST_CERTIFICATES)
    throw tooLarge("cabundle", bundle.length, MOST_CERTIFICATES - 1, "certificates")
  return [certificate, ...bundle.toReversed()]
}

function optional(value: unknown, name: string): Uint8Array | undefined {
  if (value === undefined || value === null) return undefined
  if (!isBytes(value)) throw refuse(`${name} is no byte string`)
  if (value.length > MOST_GIVEN) throw tooLarge(name, value.length, MOST_GIVEN)
  return value
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== "string" || value === "") throw refuse(`${name} is no text`)
  return value
}

function timeOf(value: unknown, module: string): number {
  if (typeof value !== "number" || value <= 0) throw refuse(`the timestamp of ${module.slice(0, 64)} is no moment`)
  return value
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}
