import { generateKeyPairSync, sign, type KeyObject } from "node:crypto"
import { p256, p384 } from "@noble/curves/nist.js"
import { sha256, sha384 } from "@noble/hashes/sha2.js"
import { AsnConvert, OctetString } from "@peculiar/asn1-schema"
import * as x509 from "@peculiar/asn1-x509"
import { concatBytes } from "../../src/core/bytes.ts"
import { NOW } from "./world.ts"

/** Makers of TPMs and of enclaves, for tests: certificates of every make, right and wrong. */

export interface Signer {
  /** SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  readonly algorithm: string
  readonly sign: (message: Uint8Array) => Uint8Array
  /** Of an elliptic key: r || s instead of DER. */
  readonly signRaw?: (message: Uint8Array) => Uint8Array
}

const EC = "1.2.840.10045.2.1"
const CURVES = {
  "P-256": { curve: p256, hash: sha256, oid: "06082a8648ce3d030107", algorithm: "1.2.840.10045.4.3.2" },
  "P-384": { curve: p384, hash: sha384, oid: "06052b81040022", algorithm: "1.2.840.10045.4.3.3" },
} as const

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"))
const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer

/** Fixed keys, so that the same certificates come out each time. */
export function ellipticSigner(name: string, on: keyof typeof CURVES = "P-384"): Signer {
  const { curve, hash, oid, algorithm } = CURVES[on]
  const secret = hash(Buffer.from(`a key of tests: ${name}`))
  const options = { prehash: false, lowS: false } as const
  return {
    spki: spkiOf(EC, bytesOf(oid), curve.getPublicKey(secret, false)),
    algorithm,
    sign: (message) => curve.sign(hash(message), secret, { ...options, format: "der" }),
    signRaw: (message) => curve.sign(hash(message), secret, options),
  }
}

export function rsaSigner(bits = 2_048): Signer & { readonly key: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: bits })
  return {
    spki: Uint8Array.from(publicKey.export({ type: "spki", format: "der" })),
    algorithm: "1.2.840.113549.1.1.11",
    sign: (message) => Uint8Array.from(sign("sha256", message, privateKey)),
    key: publicKey,
  }
}

export function spkiOf(algorithm: string, parameters: Uint8Array, key: Uint8Array): Uint8Array {
  const identifier = new x509.AlgorithmIdentifier({ algorithm, parameters: buffer(parameters) })
  const info = new x509.SubjectPublicKeyInfo({ algorithm: identifier, subjectPublicKey: buffer(key) })
  return new Uint8Array(AsnConvert.serialize(info))
}

/** SubjectPublicKeyInfo of an RSA modulus with exponent 65537. */
export function rsaSpki(modulus: Uint8Array): Uint8Array {
  const length = (n: number): number[] => [0x82, n >> 8, n & 0xff]
  const integer = Uint8Array.of(2, ...length(modulus.length + 1), 0, ...modulus)
  const key = concatBytes(Uint8Array.of(0x30, ...length(integer.length + 5)), integer, Uint8Array.of(2, 3, 1, 0, 1))
  return spkiOf("1.2.840.113549.1.1.1", Uint8Array.of(5, 0), key)
}

export interface Wanted {
  readonly subject: string
  readonly issuer: string
  readonly spki: Uint8Array
  /** Absent: no CA. */
  readonly pathLength?: number | "any"
  readonly usage?: x509.KeyUsageFlags | undefined
  readonly purposes?: readonly string[]
  readonly notBefore?: number
  readonly notAfter?: number
  readonly more?: readonly x509.Extension[]
  /** Bytes of the basic constraints, where they are to be written in another way. */
  readonly constraints?: Uint8Array
  readonly version?: number
  /** Signature algorithm within what is signed, where it is to be another. */
  readonly innerAlgorithm?: string
}

const HOUR = 3_600_000

/** A certificate, DER. */
export function issue(wanted: Wanted, by: Signer): Uint8Array {
  const algorithm = new x509.AlgorithmIdentifier({ algorithm: by.algorithm })
  const tbs = new x509.TBSCertificate({
    version: wanted.version ?? x509.Version.v3,
    serialNumber: buffer(Uint8Array.of(1, 2, 3)),
    signature: new x509.AlgorithmIdentifier({ algorithm: wanted.innerAlgorithm ?? by.algorithm }),
    issuer: nameOf(wanted.issuer),
    validity: new x509.Validity({
      notBefore: new Date(wanted.notBefore ?? NOW - HOUR),
      notAfter: new Date(wanted.notAfter ?? NOW + HOUR),
    }),
    subject: nameOf(wanted.subject),
    subjectPublicKeyInfo: AsnConvert.parse(wanted.spki, x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions([...extensionsOf(wanted), ...(wanted.more ?? [])]),
  })
  const signed = new Uint8Array(AsnConvert.serialize(tbs))
  const certificate = new x509.Certificate({
    tbsCertificate: tbs,
    signatureAlgorithm: algorithm,
    signatureValue: buffer(by.sign(signed)),
  })
  return new Uint8Array(AsnConvert.serialize(certificate))
}

export function extension(extnID: string, value: unknown, critical = true): x509.Extension {
  const der = value instanceof Uint8Array ? buffer(value) : AsnConvert.serialize(value)
  return new x509.Extension({ extnID, critical, extnValue: new OctetString(der) })
}

function extensionsOf({ pathLength, usage, purposes, constraints: written }: Wanted): x509.Extension[] {
  const constraints = new x509.BasicConstraints({
    cA: pathLength !== undefined,
    ...(typeof pathLength === "number" ? { pathLenConstraint: pathLength } : {}),
  })
  return [
    extension(x509.id_ce_basicConstraints, written ?? constraints),
    ...(usage === undefined ? [] : [extension(x509.id_ce_keyUsage, new x509.KeyUsage(usage))]),
    ...(purposes === undefined
      ? []
      : [extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([...purposes]), false)]),
  ]
}

function nameOf(common: string): x509.Name {
  const value = new x509.AttributeValue({ utf8String: common })
  return new x509.Name([
    new x509.RelativeDistinguishedName([new x509.AttributeTypeAndValue({ type: "2.5.4.3", value })]),
  ])
}

export const { digitalSignature, keyAgreement, keyCertSign, keyEncipherment } = x509.KeyUsageFlags
