import { parseAddress } from "../core/address.ts"
import { fromHex, toHex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { certificateDigest } from "./digest.ts"
import { parseJson } from "../core/exact-json.ts"
import { parseSignature } from "./signature.ts"
import {
  AUTHORITY_TYPE,
  DELEGATE_TYPE,
  DOMAIN,
  DOMAIN_FIELDS,
  typeOf,
  type Certificate,
  type CertificateChain,
  type SignedCertificate,
} from "./types.ts"

/** A chain has 2 to 8 certificates (CCR-15); the parser lets any number up to here through to the rules. */
const MAX_CERTIFICATES = 64
/** Characters of one chain's JSON, and of one certificate's `meta`. */
const MAX_TEXT = 262_144
const MAX_META = 4_096

/**
 * Parses a stranger's chain: the specification's JSON form, an array of `[typedData, signature]` or, as later
 * autobahn sends, `[hash, typedData, signature]`; as text or already parsed. The sent hash is ignored.
 * Throws `certificate.malformed`, `certificate.signature_form` or `certificate.foreign_types`, nothing else.
 */
export function parseChain(input: unknown): CertificateChain {
  const value = typeof input === "string" ? parseText(input) : input
  if (!Array.isArray(value)) throw malformed("chain", value, "an array of [typedData, signature]")
  if (value.length === 0 || value.length > MAX_CERTIFICATES) {
    throw new E2eeError("certificate.malformed", `a chain of ${value.length} certificates; expected 2 to 8`)
  }
  return value.map((item, index) => parseCertificate(item, `certificate ${index}`))
}

/** Parses one certificate of the forms of {@link parseChain}; `where` names it in errors. */
export function parseCertificate(item: unknown, where = "certificate"): SignedCertificate {
  if (!Array.isArray(item) || (item.length !== 2 && item.length !== 3)) {
    throw malformed(where, item, "[typedData, signature]")
  }
  const [typedData, signature]: unknown[] = item.slice(-2)
  const record = asRecord(typedData, where)
  for (const key of Object.keys(record)) {
    if (!["domain", "message", "primaryType", "types"].includes(key)) throw unknownField(where, key)
  }
  const certificate = parseMessage(record["message"], kindOf(record, where), where)
  const parsed = typeof signature === "string" ? parseSignature(signature) : undefined
  if (parsed === undefined) {
    const shown = typeof signature === "string" ? `${signature.length} characters` : typeof signature
    throw new E2eeError(
      "certificate.signature_form",
      `${where}: signature of ${shown}; expected 65 bytes of hex: r, s of the lower half, v of 1b or 1c`,
    )
  }
  const made = Object.freeze({ certificate, signature: parsed, digest: certificateDigest(certificate) })
  parsedHere.add(made)
  return made
}

/** What {@link parseCertificate} made, frozen: form of signature and digest need no second look (CCR-17, CCR-18). */
const parsedHere = new WeakSet<SignedCertificate>()

export function isParsed(signed: SignedCertificate): boolean {
  return parsedHere.has(signed)
}

/** Types and domain are not trusted but rebuilt; where sent, they must say the same (CCR-18). */
function kindOf(record: Readonly<Record<string, unknown>>, where: string): Certificate["kind"] {
  const primaryType = record["primaryType"]
  if (primaryType !== AUTHORITY_TYPE && primaryType !== DELEGATE_TYPE) {
    throw foreign(where, `primaryType ${shown(primaryType)}`, `${DELEGATE_TYPE} or ${AUTHORITY_TYPE}`)
  }
  const kind = primaryType === AUTHORITY_TYPE ? "authority" : "delegate"
  const { name, fields } = typeOf(kind)
  const { domain, types } = record
  if (domain !== undefined && !sameFlat(domain, DOMAIN)) throw foreign(where, "its domain", '{name:"WMP", version:"1"}')
  if (types !== undefined) {
    const sent = asRecord(types, where)
    for (const [type, list] of Object.entries(sent)) {
      const expected = type === name ? fields : type === "EIP712Domain" ? DOMAIN_FIELDS : undefined
      const same =
        Array.isArray(list) && list.length === expected?.length && list.every((f, i) => sameFlat(f, expected[i]))
      if (!same) throw foreign(where, `type ${shown(type)}`, "the specification's")
    }
    if (!Object.hasOwn(sent, name)) throw foreign(where, "types without its own", name)
  }
  return kind
}

function parseMessage(message: unknown, kind: Certificate["kind"], where: string): Certificate {
  const record = asRecord(message, where)
  const { fields } = typeOf(kind)
  for (const key of Object.keys(record)) {
    if (!fields.some((field) => field.name === key)) throw unknownField(where, key)
  }
  const parsed: Record<string, bigint | string> = {}
  for (const { name, type } of fields) {
    const value = Object.hasOwn(record, name) ? record[name] : undefined
    const result = parseField(type, value)
    if (result === undefined) throw malformed(`${where}: ${name}`, value, EXPECTED[type])
    parsed[name] = result
  }
  return Object.freeze({ kind, ...parsed }) as unknown as Certificate
}

const EXPECTED = {
  uint256: "an integer from 0 to 2^256 - 1",
  uint64: "an integer from 0 to 2^64 - 1",
  address: "0x and 40 hex digits, mixed case only with its EIP-55 checksum",
  bytes32: "64 hex digits",
  string: `a text of at most ${MAX_META} characters`,
} as const

function parseField(type: keyof typeof EXPECTED, value: unknown): bigint | string | undefined {
  if (type === "uint256" || type === "uint64") return parseUint(value, type === "uint64" ? 64n : 256n)
  if (typeof value !== "string") return undefined
  if (type === "address") return parseAddress(value)
  if (type === "string") return value.length <= MAX_META && value.isWellFormed() ? value : undefined
  const bytes = fromHex(value, 32)
  return bytes && toHex(bytes)
}

/** Decimal texts, bigints and safe numbers; a number beyond 2^53 has lost digits already and is refused. */
function parseUint(value: unknown, bits: bigint): bigint | undefined {
  let parsed: bigint
  if (typeof value === "bigint") parsed = value
  else if (typeof value === "number" && Number.isSafeInteger(value)) parsed = BigInt(value)
  else if (typeof value === "string" && /^(0|[1-9]\d{0,77})$/.test(value)) parsed = BigInt(value)
  else return undefined
  return parsed >= 0n && parsed >> bits === 0n ? parsed : undefined
}

function parseText(text: string): unknown {
  if (text.length > MAX_TEXT) {
    throw new E2eeError("certificate.malformed", `a chain of ${text.length} characters; expected at most ${MAX_TEXT}`)
  }
  try {
    return parseJson(text)
  } catch (cause) {
    throw new E2eeError("certificate.malformed", "the chain is not JSON; expected an array of [typedData, signature]", {
      cause,
    })
  }
}

function asRecord(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(where, value, "an object")
  return value as Readonly<Record<string, unknown>>
}

/** Whether a value is an object with the same own texts, and no others. */
function sameFlat(value: unknown, expected: object | undefined): boolean {
  if (typeof value !== "object" || value === null || expected === undefined) return false
  const wanted = Object.entries(expected)
  const sent = value as Readonly<Record<string, unknown>>
  return (
    Object.keys(sent).length === wanted.length &&
    wanted.every(([key, text]) => Object.hasOwn(sent, key) && sent[key] === text)
  )
}

/** A stranger's value, short and on one line. */
function shown(value: unknown): string {
  if (typeof value !== "string") return Array.isArray(value) ? "an array" : value === null ? "null" : typeof value
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
}

function malformed(what: string, value: unknown, expected: string): E2eeError {
  return new E2eeError("certificate.malformed", `${what}: got ${shown(value)}; expected ${expected}`)
}

function unknownField(where: string, key: string): E2eeError {
  return new E2eeError(
    "certificate.malformed",
    `${where}: unknown field ${shown(key)}; expected the specification's alone`,
  )
}

function foreign(where: string, got: string, expected: string): E2eeError {
  return new E2eeError("certificate.foreign_types", `${where}: ${got} is foreign; expected ${expected}`)
}
