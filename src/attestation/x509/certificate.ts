import { sha256 } from "@noble/hashes/sha2.js"
import { AsnConvert } from "@peculiar/asn1-schema"
import {
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  KeyUsage,
  type AlgorithmIdentifier,
  type Extension,
} from "@peculiar/asn1-x509"
import { equalBytes } from "../../core/bytes.ts"
import { malformed, tooLarge } from "../refusals.ts"
import { requireDer } from "./der.ts"

/** An X.509 certificate (RFC 5280) in the parts that a path is judged by. Nothing of it is believed before that. */
export interface X509 {
  readonly der: Uint8Array
  /** SHA-256 of the DER, 32 bytes: what is pinned. */
  readonly fingerprint: Uint8Array
  /** What the issuer signed. */
  readonly signed: Uint8Array
  /** Object identifier of the signature's algorithm. */
  readonly algorithm: string
  readonly signature: Uint8Array
  /** DER of the names. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  /** POSIX milliseconds, both included. */
  readonly notBefore: number
  readonly notAfter: number
  readonly key: X509Key
  /** Of CAs: how many others may stand below, Infinity where nothing is said. Absent for all that are no CA. */
  readonly pathLength?: number
  /** Names of key usages; absent where the certificate names none. */
  readonly keyUsage?: ReadonlySet<string>
  /** Object identifiers of extended key usages. */
  readonly extendedKeyUsage?: ReadonlySet<string>
}

export interface X509Key {
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  /** Object identifier of the key's algorithm. */
  readonly algorithm: string
  /** Of an elliptic key; absent for curves that do not count. */
  readonly curve?: "P-256" | "P-384"
  /** The key without its frame: a point, or an RSAPublicKey. */
  readonly bytes: Uint8Array
}

export const EC_PUBLIC_KEY = "1.2.840.10045.2.1"
const MOST_BYTES = 4_096
const V3 = 2
/** Extensions that are understood, or harmless where they are not critical. */
const UNDERSTOOD = new Set([id_ce_basicConstraints, id_ce_keyUsage, id_ce_extKeyUsage, id_ce_subjectAltName])

/** Throws `attestation.too_large` over 4,096 bytes, `attestation.malformed`. */
export function parseCertificate(bytes: Uint8Array, what: string): X509 {
  if (bytes.length > MOST_BYTES) throw tooLarge(what, bytes.length, MOST_BYTES)
  const refuse = malformed(what)
  requireDer(bytes, refuse)
  const der = Uint8Array.from(bytes)
  const certificate = parsed(der, Certificate, refuse)
  const { tbsCertificate, signatureAlgorithm, signatureValue, tbsCertificateRaw } = certificate
  const { validity, subjectPublicKeyInfo: spki, extensions = [], version } = tbsCertificate
  if (tbsCertificateRaw === undefined) throw refuse("what is signed is missing")
  if (version !== V3) throw refuse(`version ${version + 1}; expected 3`)
  if (!sameAlgorithm(signatureAlgorithm, tbsCertificate.signature)) throw refuse("two different signature algorithms")
  const named = new Set(extensions.map(({ extnID }) => extnID))
  if (named.size !== extensions.length) throw refuse("an extension twice")
  const unknown = extensions.find(({ critical, extnID }) => critical && !UNDERSTOOD.has(extnID))
  if (unknown !== undefined) throw refuse(`the critical extension ${unknown.extnID}, which nobody here understands`)
  return {
    der,
    fingerprint: sha256(der),
    signed: new Uint8Array(tbsCertificateRaw),
    algorithm: signatureAlgorithm.algorithm,
    signature: new Uint8Array(signatureValue),
    issuer: new Uint8Array(AsnConvert.serialize(tbsCertificate.issuer)),
    subject: new Uint8Array(AsnConvert.serialize(tbsCertificate.subject)),
    notBefore: validity.notBefore.getTime().getTime(),
    notAfter: validity.notAfter.getTime().getTime(),
    key: {
      spki: new Uint8Array(AsnConvert.serialize(spki)),
      algorithm: spki.algorithm.algorithm,
      ...curveOf(spki.algorithm),
      bytes: new Uint8Array(spki.subjectPublicKey),
    },
    ...extensionsOf(extensions, refuse),
  }
}

type Refuse = (reason: string) => Error

/** The parser takes more than DER: what it read has to be written back as the same bytes. */
function parsed<T>(der: Uint8Array, type: new () => T, refuse: Refuse): T {
  let value: T
  let again: Uint8Array
  try {
    value = AsnConvert.parse(der, type)
    again = new Uint8Array(AsnConvert.serialize(value))
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : "no ASN.1")
  }
  if (!equalBytes(again, der)) throw refuse("it is not the one DER of what it says")
  return value
}

function extensionsOf(
  extensions: readonly Extension[],
  refuse: Refuse,
): Pick<X509, "pathLength" | "keyUsage" | "extendedKeyUsage"> {
  const read = <T>(id: string, type: new () => T): T | undefined => {
    const found = extensions.find(({ extnID }) => extnID === id)
    if (found === undefined) return undefined
    const der = new Uint8Array(found.extnValue.buffer)
    requireDer(der, refuse)
    return parsed(der, type, refuse)
  }
  const constraints = read(id_ce_basicConstraints, BasicConstraints)
  const usage = read(id_ce_keyUsage, KeyUsage)
  const extended = read(id_ce_extKeyUsage, ExtendedKeyUsage)
  return {
    ...(constraints?.cA === true ? { pathLength: constraints.pathLenConstraint ?? Infinity } : {}),
    ...(usage === undefined ? {} : { keyUsage: new Set<string>(usage.toJSON()) }),
    ...(extended === undefined ? {} : { extendedKeyUsage: new Set<string>(extended) }),
  }
}

/** DER of object identifiers (RFC 5480, 2.1.1.1). */
const CURVES = [
  ["P-256", Uint8Array.of(6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7)],
  ["P-384", Uint8Array.of(6, 5, 0x2b, 0x81, 4, 0, 0x22)],
] as const

function curveOf({ algorithm, parameters }: AlgorithmIdentifier): Pick<X509Key, "curve"> {
  if (algorithm !== EC_PUBLIC_KEY || !parameters) return {}
  const [curve] = CURVES.find(([, oid]) => equalBytes(new Uint8Array(parameters), oid)) ?? []
  return curve === undefined ? {} : { curve }
}

function sameAlgorithm(one: AlgorithmIdentifier, other: AlgorithmIdentifier): boolean {
  return one.algorithm === other.algorithm && one.isEqual(other)
}
