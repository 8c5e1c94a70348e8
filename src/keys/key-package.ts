import { sha256 } from "@noble/hashes/sha2.js"
import { toTypedData } from "../certificate/issue.ts"
import { parseCertificate } from "../certificate/parse.ts"
import type { CertificateChain } from "../certificate/types.ts"
import { addressOf, type Address } from "../core/address.ts"
import { concatBytes, equalBytes, fromHex, toHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { ed25519PublicKey, signLabelled, verifyLabelled } from "../core/ed25519.ts"
import { E2eeError } from "../core/errors.ts"
import { parseJson, stringifyJson } from "../core/exact-json.ts"
import type { Secret } from "../core/secret.ts"
import { refuseLowOrder } from "../core/x25519.ts"
import { decodeCbor, encodeCbor } from "../payload/cbor.ts"
import type { VerifiedDelegate } from "../trust/verified-delegate.ts"
import { MAX_NOISE_MESSAGE } from "./noise-symmetric.ts"
import { roleBits, rolesOfBits, type Role } from "./roles.ts"

/**
 * Binds an X25519 key, for agreeing on secrets, to an endpoint whose certificate names an Ed25519 key alone:
 *
 *   [1, realm, principal, cs, x, notBefore, notAfter, roles, certificates, ? pq, signature by cs over all before]
 *
 * It counts only where both name each other: the delegate certificate the key `cs`, and `cs` the delegate. Either alone
 * would let somebody pass another's key off as its own.
 */
export interface KeyPackage {
  readonly realm: Address
  /** The delegate's address. */
  readonly principal: Address
  /** Ed25519 key of the certificate, 32 bytes. */
  readonly cs: Hex
  /** X25519 key, 32 bytes. */
  readonly x: Uint8Array
  /** POSIX milliseconds. */
  readonly notBefore: number
  /** POSIX milliseconds, 24 hours later at most: from then on it no longer counts. */
  readonly notAfter: number
  /** What the endpoint offers to be; what it may be is for its capabilities to say. At least one. */
  readonly roles: ReadonlySet<Role | "agent">
  /** The chain, delegate certificate first, or {@link chainReference} of one that the receiver has. */
  readonly certificates: CertificateChain | Uint8Array
  /** ML-KEM-768 encapsulation key, 1,184 bytes. */
  readonly pq?: Uint8Array
}

/** A package whose maker is the verified delegate. */
export type CheckedKeyPackage = KeyPackage & { readonly delegate: VerifiedDelegate }

const PACKAGE_LABEL = "wek1 kp"
const VERSION = 1
const MAX_VALIDITY = 86_400_000
/** CCR-15. */
const MAX_CERTIFICATES = 8
/** Packages travel in Noise messages. */
const MAX_BYTES = MAX_NOISE_MESSAGE

/**
 * Makes and signs a package. Throws `keys.package_malformed` for what no reader would take.
 * @param csKey Ed25519 seed of the key that the certificate names, 32 bytes
 */
export function makeKeyPackage(content: Omit<KeyPackage, "cs">, csKey: Secret): Uint8Array {
  const { realm, principal, x, notBefore, notAfter, roles, certificates, pq } = content
  const cs = ed25519PublicKey(csKey)
  const shown =
    certificates instanceof Uint8Array
      ? certificates
      : certificates.map((certificate) => stringifyJson(toTypedData(certificate)))
  const fixed = [fromHex(realm), fromHex(principal), fromHex(cs), x, notBefore, notAfter, roleBits(roles), shown]
  const fields = [VERSION, ...fixed, ...(pq === undefined ? [] : [pq])]
  readFields(fields)
  const bytes = encodeCbor([...fields, signLabelled(PACKAGE_LABEL, sha256(encodeCbor(fields)), csKey)])
  requireSize(bytes)
  return bytes
}

/**
 * Parses a stranger's package: of its form, and signed by the key that it names. Whose that key is, {@link
 * checkKeyPackage} asks. Throws `keys.package_malformed`, `keys.package_signature`, or what the parser of certificates
 * throws.
 */
export function parseKeyPackage(bytes: Uint8Array): KeyPackage {
  requireSize(bytes)
  const all = decode(bytes)
  const fields = all.slice(0, -1)
  const { certificates, ...content } = readFields(fields)
  const signature = bytesField(all.at(-1), 64, "signature")
  if (!verifyLabelled(PACKAGE_LABEL, sha256(encodeCbor(fields)), signature, content.cs))
    throw new E2eeError(
      "keys.package_signature",
      `the key package is not signed by ${content.cs}, the key that it names`,
    )
  return {
    ...content,
    certificates:
      certificates instanceof Uint8Array
        ? certificates
        : certificates.map((text, i) => parseCertificate(parseText(text), `certificate ${i}`)),
  }
}

/**
 * The package of a delegate whose chain was judged: the one that it shows or refers to. Throws `keys.package_mismatch`
 * unless each names the other, `keys.package_expired` outside its time, `keys.agreement` for a key of low order.
 * @param now POSIX milliseconds
 * @param skew milliseconds that clocks may differ
 */
export function checkKeyPackage(
  keyPackage: KeyPackage,
  delegate: VerifiedDelegate,
  now: number,
  skew: number,
): CheckedKeyPackage {
  const { cs, principal, realm, certificates, notBefore, notAfter, x } = keyPackage
  requireSame("key", cs, delegate.csPubKey)
  requireSame("principal", principal, delegate.address)
  requireSame("realm", realm, delegate.realm)
  const shown = certificates instanceof Uint8Array ? certificates : chainReference(certificates)
  requireSame("chain", toHex(shown), toHex(chainReference(delegate.digests.map((digest) => ({ digest })))))
  if (now < notBefore - skew || now >= notAfter + skew)
    throw new E2eeError(
      "keys.package_expired",
      `a key package for ${notBefore} to ${notAfter}; it is ${now}, give or take ${skew} ms`,
    )
  refuseLowOrder(x)
  return { ...keyPackage, delegate }
}

/** Names a chain by its certificates' digests, delegate's first: 32 bytes. */
export function chainReference(chain: readonly { readonly digest: Hex }[]): Uint8Array {
  return sha256(concatBytes(utf8ToBytes("wek1 certs"), ...chain.map(({ digest }) => fromHex(digest, 32) as Uint8Array)))
}

function requireSame(what: string, named: string, certified: string): void {
  if (named === certified) return
  throw new E2eeError("keys.package_mismatch", `the key package names ${what} ${named}; certified is ${certified}`)
}

/** Fields as they are signed: a package of another encoding is none, so that one content has one signature and one hash. */
function decode(bytes: Uint8Array): unknown[] {
  let fields: unknown
  let again: Uint8Array
  try {
    fields = decodeCbor(bytes)
    again = encodeCbor(fields)
  } catch (cause) {
    throw new E2eeError("keys.package_malformed", "a key package is not CBOR of this profile", { cause })
  }
  if (!Array.isArray(fields) || !equalBytes(again, bytes)) throw malformed("it is no list in its shortest form")
  return fields
}

type Fields = Omit<KeyPackage, "certificates"> & { readonly certificates: readonly string[] | Uint8Array }

/** All but the signature. */
function readFields(fields: readonly unknown[]): Fields {
  if (fields.length !== 9 && fields.length !== 10) throw malformed(`it has ${fields.length + 1} fields, not 10 or 11`)
  const [version, realm, principal, cs, x, notBefore, notAfter, bits, certificates, pq] = fields
  if (version !== VERSION) throw malformed("its version is unknown")
  const roles = rolesOfBits(bits)
  if (roles === undefined) throw malformed("its roles are none, or unknown")
  const [from, until] = [timeField(notBefore, "notBefore"), timeField(notAfter, "notAfter")]
  if (until <= from || until - from > MAX_VALIDITY)
    throw malformed(`it is for ${until - from} ms, not 1 to ${MAX_VALIDITY}`)
  return {
    realm: addressOf(bytesField(realm, 20, "realm")),
    principal: addressOf(bytesField(principal, 20, "principal")),
    cs: toHex(bytesField(cs, 32, "cs")),
    x: bytesField(x, 32, "x"),
    notBefore: from,
    notAfter: until,
    roles,
    certificates: certificatesField(certificates),
    ...(fields.length === 10 ? { pq: bytesField(pq, 1_184, "pq") } : {}),
  }
}

function certificatesField(value: unknown): readonly string[] | Uint8Array {
  if (value instanceof Uint8Array) return bytesField(value, 32, "reference to certificates")
  const isList = Array.isArray(value) && value.length > 0 && value.length <= MAX_CERTIFICATES
  if (!isList || !value.every((text) => typeof text === "string"))
    throw malformed(`its certificates are no list of 1 to ${MAX_CERTIFICATES} texts, nor a reference`)
  return value
}

function parseText(text: string): unknown {
  try {
    return parseJson(text)
  } catch (cause) {
    throw new E2eeError("keys.package_malformed", "a certificate of a key package is not JSON", { cause })
  }
}

function bytesField(value: unknown, length: number, name: string): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== length) throw malformed(`its ${name} is not ${length} bytes`)
  return Uint8Array.from(value)
}

function timeField(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw malformed(`its ${name} is no time`)
  return value
}

function requireSize(bytes: Uint8Array): void {
  if (bytes.length > MAX_BYTES) throw malformed(`it has ${bytes.length} bytes; expected at most ${MAX_BYTES}`)
}

function malformed(why: string): E2eeError {
  return new E2eeError("keys.package_malformed", `a key package is not of its form: ${why}; use the same version`)
}
