import { encode } from "cborg"
import { KINDS } from "./facts.ts"
import { malformed, tooLarge } from "./refusals.ts"
import { decodeStrictly } from "./strict-cbor.ts"

/** What a TPM gives: nothing of it is believed before it was verified. */
export interface TpmEvidence {
  readonly kind: (typeof KINDS)["tpm-2.0"]
  /** TPMT_PUBLIC of the attestation key. */
  readonly publicArea: Uint8Array
  /** TPMS_ATTEST. */
  readonly statement: Uint8Array
  /** TPMT_SIGNATURE. */
  readonly signature: Uint8Array
  /** Names of the keys above the attestation key, the primary key first; empty where it is a primary key itself. */
  readonly above: readonly Uint8Array[]
  /** Values of the quoted registers, lowest register first. */
  readonly registers: readonly Uint8Array[]
  /** The firmware's log, TCG PC Client Platform Firmware Profile, 10. */
  readonly firmwareLog?: Uint8Array
  /** The kernel's log of IMA, binary or ASCII. */
  readonly imaLog?: Uint8Array
}

/** What a Nitro enclave gives: nothing of it is believed before it was verified. */
export interface NitroEvidence {
  readonly kind: (typeof KINDS)["aws-nitro"]
  /** The attestation document, a COSE_Sign1. */
  readonly document: Uint8Array
}

/** Evidence as a peer sent it. The verified counterpart is `VerifiedQuote`. */
export type Evidence = TpmEvidence | NitroEvidence

/** What a peer may choose at most, in bytes where nothing else is said. */
export const EVIDENCE_LIMITS = {
  evidence: 786_432,
  firmwareLog: 262_144,
  imaLog: 524_288,
  document: 16_384,
  /** Public area, statement, signature: each. */
  structure: 1_024,
  name: 66,
  namesAbove: 4,
  registers: 24,
} as const

const VERSION = 1
const BOUNDS = { bytes: EVIDENCE_LIMITS.evidence, depth: 2, items: 64 }
const WHAT = "the evidence"

/** CBOR: [1, kind, …] with the fields in the order of the type, null for what is absent. */
export function encodeEvidence(evidence: Evidence): Uint8Array {
  return encode(
    evidence.kind === KINDS["aws-nitro"]
      ? [VERSION, evidence.kind, evidence.document]
      : [
          [VERSION, evidence.kind, evidence.publicArea, evidence.statement, evidence.signature, evidence.above],
          [evidence.registers, evidence.firmwareLog ?? null, evidence.imaLog ?? null],
        ].flat(),
  )
}

/** Throws `attestation.too_large`, `attestation.malformed`; another kind is malformed too, since nobody knows its form. */
export function decodeEvidence(bytes: Uint8Array): Evidence {
  const value = decodeStrictly(bytes, WHAT, BOUNDS)
  if (!Array.isArray(value)) throw malformed(WHAT)("it is no list")
  const [version, kind, ...fields] = value as unknown[]
  if (version !== VERSION) throw malformed(WHAT)(`version ${String(version)}; expected ${VERSION}`)
  if (kind === KINDS["tpm-2.0"]) return tpmEvidence(fields)
  if (kind === KINDS["aws-nitro"]) {
    if (fields.length !== 1) throw malformed(WHAT)(`${fields.length} fields; expected a document`)
    return { kind, document: octets(fields[0], "the attestation document", EVIDENCE_LIMITS.document) }
  }
  throw malformed(WHAT)(`kind ${String(kind)}; expected ${Object.values(KINDS).join(" or ")}`)
}

function tpmEvidence(fields: readonly unknown[]): TpmEvidence {
  if (fields.length !== 7) throw malformed(WHAT)(`${fields.length} fields; expected 7`)
  const [publicArea, statement, signature, above, registers, firmwareLog, imaLog] = fields
  const { structure, name, namesAbove } = EVIDENCE_LIMITS
  return {
    kind: KINDS["tpm-2.0"],
    publicArea: octets(publicArea, "the public area of the key", structure),
    statement: octets(statement, "the signed statement", structure),
    signature: octets(signature, "the signature", structure),
    above: list(above, "the names above the key", namesAbove).map((item) => octets(item, "a name", name)),
    registers: list(registers, "the registers", EVIDENCE_LIMITS.registers).map((item) =>
      octets(item, "a register", 64),
    ),
    ...(firmwareLog === null
      ? {}
      : { firmwareLog: octets(firmwareLog, "the firmware's log", EVIDENCE_LIMITS.firmwareLog) }),
    ...(imaLog === null ? {} : { imaLog: octets(imaLog, "the log of IMA", EVIDENCE_LIMITS.imaLog) }),
  }
}

function octets(value: unknown, what: string, most: number): Uint8Array {
  if (!(value instanceof Uint8Array)) throw malformed(WHAT)(`${what} is no byte string`)
  if (value.length > most) throw tooLarge(what, value.length, most)
  return Uint8Array.from(value)
}

function list(value: unknown, what: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(WHAT)(`${what} are no list`)
  if (value.length > most) throw tooLarge(what, value.length, most, "items")
  return value
}
