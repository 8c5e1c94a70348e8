import { parseJson } from "../../core/exact-json.ts"
import { requireBounded } from "../../core/json.ts"
import { parseSignature } from "../../certificate/signature.ts"
import { parseAddress, ZERO_ADDRESS, type Address } from "../../core/address.ts"
import { fromHex, toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import {
  bundleDigest,
  DOCUMENT_BOUNDS,
  MAX_DOCUMENT,
  MAX_EPOCHS,
  MAX_HANDOVERS,
  MAX_LIFE,
  MAX_OPERATORS,
  MAX_REFRESH,
  MAX_REVOCATIONS,
  MAX_ROOTS,
  MAX_SUCCESSORS,
  MAX_TIME,
  type Bundle,
  type BundleDocument,
  type SignedBundle,
} from "./bundle.ts"

/**
 * Parses what claims to be a trustroot's document: `{bundle, signature, handovers?}` as text, UTF-8 bytes or already
 * parsed. Unknown fields are refused. Who signed it is not asked here. Throws `trustroot.malformed`, nothing else.
 */
export function parseDocument(input: unknown): BundleDocument {
  const record = asRecord(jsonOf(input), "the document", ["bundle", "signature", "handovers"])
  const head = parseSigned(record, "bundle")
  const handovers = (
    record["handovers"] === undefined ? [] : asList(record["handovers"], "handovers", MAX_HANDOVERS)
  ).map((item, i) => {
    const where = `handovers[${i}]`
    return parseSigned(asRecord(item, where, ["bundle", "signature"]), where)
  })
  for (const [i, { bundle }] of handovers.entries()) {
    const next = (handovers[i + 1] ?? head).bundle
    if (bundle.sequence >= next.sequence || bundle.realm !== next.realm)
      throw malformed(
        `handovers[${i}]`,
        "a bundle of another realm, or not older than the next",
        "the history of one realm",
      )
  }
  return { head, handovers }
}

/** Parses a bundle alone: also in the form that a wallet signs, with a `block` of 0 and `operators` that are empty. */
export function parseBundle(input: unknown, where = "bundle"): Bundle {
  const record = asRecord(jsonOf(input), where, FIELDS)
  const at = (name: string): string => `${where}.${name}`
  const address = (name: string): Address => addressOf(record[name], at(name))
  const block = record["block"] === undefined ? 0n : uintOf(record["block"], at("block"))
  const operators =
    record["operators"] === undefined ? [] : addressesOf(record["operators"], at("operators"), MAX_OPERATORS)
  const issuedAt = numberOf(record["issuedAt"], at("issuedAt"), 1, MAX_TIME - MAX_LIFE)
  const signer = address("signer")
  const bundle: Bundle = {
    realm: address("realm"),
    chainId: uintOf(record["chainId"], at("chainId")),
    verifyingContract: address("verifyingContract"),
    ...(block === 0n ? {} : { block }),
    sequence: numberOf(record["sequence"], at("sequence"), 1, Number.MAX_SAFE_INTEGER),
    issuedAt,
    notAfter: numberOf(record["notAfter"], at("notAfter"), issuedAt + 1, issuedAt + MAX_LIFE),
    refreshHint: numberOf(record["refreshHint"], at("refreshHint"), 1, MAX_REFRESH),
    signer,
    successors: addressesOf(record["successors"], at("successors"), MAX_SUCCESSORS),
    roots: asList(record["roots"], at("roots"), MAX_ROOTS).map((item, i) => {
      const place = `${at("roots")}[${i}]`
      const fields = asRecord(item, place, ["root", "notAfter"])
      return {
        root: addressOf(fields["root"], `${place}.root`),
        notAfter: numberOf(fields["notAfter"], `${place}.notAfter`, 0, MAX_TIME),
      }
    }),
    ...(operators.length === 0 ? {} : { operators }),
    revocations: asList(record["revocations"], at("revocations"), MAX_REVOCATIONS).map((item, i) =>
      digestOf(item, `${at("revocations")}[${i}]`),
    ),
    epochs: asList(record["epochs"], at("epochs"), MAX_EPOCHS).map((item, i) => {
      const place = `${at("epochs")}[${i}]`
      const fields = asRecord(item, place, ["issuer", "validFrom"])
      return {
        issuer: addressOf(fields["issuer"], `${place}.issuer`),
        validFrom: uintOf(fields["validFrom"], `${place}.validFrom`),
      }
    }),
  }
  requireAscending(bundle.successors, at("successors"))
  requireAscending(
    bundle.roots.map(({ root }) => root),
    at("roots"),
  )
  requireAscending(operators, at("operators"))
  requireAscending(bundle.revocations, at("revocations"))
  requireAscending(
    bundle.epochs.map(({ issuer }) => issuer),
    at("epochs"),
  )
  if (!bundle.roots.some(({ root }) => root === signer)) throw malformed(at("signer"), signer, "one of the roots")
  if (bundle.successors.includes(signer)) throw malformed(at("successors"), "the signer itself", "others")
  return bundle
}

/** A bundle beside its signature, whose form alone is judged. */
export function withSignature(bundle: Bundle, signature: unknown, where = "bundle"): SignedBundle {
  const parsed = typeof signature === "string" ? parseSignature(signature) : undefined
  if (parsed === undefined)
    throw malformed(`the signature of ${where}`, signature, "65 bytes of hex: r, s of the lower half, v of 1b or 1c")
  return { bundle, signature: parsed, digest: bundleDigest(bundle) }
}

const FIELDS = [
  "realm",
  "chainId",
  "verifyingContract",
  "block",
  "sequence",
  "issuedAt",
  "notAfter",
  "refreshHint",
  "signer",
  "successors",
  "roots",
  "operators",
  "revocations",
  "epochs",
]

function parseSigned(record: Readonly<Record<string, unknown>>, where: string): SignedBundle {
  return withSignature(parseBundle(record["bundle"], where), record["signature"], where)
}

function jsonOf(input: unknown): unknown {
  if (typeof input !== "string" && !(input instanceof Uint8Array)) return input
  if (input.length > MAX_DOCUMENT)
    throw malformed("the document", `${input.length} characters`, `at most ${MAX_DOCUMENT}`)
  try {
    const text = typeof input === "string" ? input : new TextDecoder("utf-8", { fatal: true }).decode(input)
    requireBounded(text, DOCUMENT_BOUNDS)
    return parseJson(text)
  } catch (cause) {
    const what = cause instanceof RangeError ? "is larger than any bundle" : "is not JSON with each key once"
    throw new E2eeError("trustroot.malformed", `the document ${what}; expected a trustroot's bundle`, { cause })
  }
}

function asRecord(value: unknown, where: string, fields: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(where, value, "an object")
  const unknown = Object.keys(value).find((key) => !fields.includes(key))
  if (unknown !== undefined)
    throw malformed(where, `the field ${JSON.stringify(unknown.slice(0, 40))}`, fields.join(", "))
  return value as Readonly<Record<string, unknown>>
}

function asList(value: unknown, where: string, limit: number): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(where, value, "a list")
  if (value.length > limit) throw malformed(where, `${value.length} items`, `at most ${limit}`)
  return value
}

function addressesOf(value: unknown, where: string, limit: number): Address[] {
  return asList(value, where, limit).map((item, i) => addressOf(item, `${where}[${i}]`))
}

function addressOf(value: unknown, where: string): Address {
  const address = typeof value === "string" ? parseAddress(value) : undefined
  if (address === undefined || address === ZERO_ADDRESS)
    throw malformed(where, value, "0x and 40 hex digits, mixed case only with its EIP-55 checksum, not zero")
  return address
}

function digestOf(value: unknown, where: string): Hex {
  const bytes = typeof value === "string" ? fromHex(value, 32) : undefined
  if (bytes === undefined) throw malformed(where, value, "a certificate's digest, 64 hex digits")
  return toHex(bytes)
}

/** The forms of integers that certificates have, too. */
function uintOf(value: unknown, where: string): bigint {
  let parsed: bigint | undefined
  if (typeof value === "bigint") parsed = value
  else if (typeof value === "number" && Number.isSafeInteger(value)) parsed = BigInt(value)
  else if (typeof value === "string" && /^(0|[1-9]\d{0,77})$/.test(value)) parsed = BigInt(value)
  if (parsed === undefined || parsed < 0n || parsed >> 256n !== 0n)
    throw malformed(where, value, "an integer from 0 to 2^256 - 1")
  return parsed
}

function numberOf(value: unknown, where: string, least: number, most: number): number {
  const parsed = uintOf(value, where)
  if (parsed < BigInt(least) || parsed > BigInt(most))
    throw malformed(where, parsed, `an integer from ${least} to ${most}`)
  return Number(parsed)
}

/** One order, so that what is the same is the same text, and nothing stands there twice. */
function requireAscending(items: readonly string[], where: string): void {
  for (const [i, item] of items.entries()) {
    const before = items[i - 1]
    if (before !== undefined && before.toLowerCase() >= item.toLowerCase())
      throw malformed(where, `${item} behind ${before}`, "ascending order, nothing twice")
  }
}

/** A stranger's value, short and on one line. */
function malformed(where: string, value: unknown, expected: string): E2eeError {
  let got = Array.isArray(value) ? "a list" : value === null ? "null" : typeof value
  if (typeof value === "string") got = JSON.stringify(value.length > 90 ? `${value.slice(0, 90)}…` : value)
  if (typeof value === "number" || typeof value === "bigint") got = String(value).slice(0, 90)
  return new E2eeError("trustroot.malformed", `${where}: got ${got}; expected ${expected}`)
}
