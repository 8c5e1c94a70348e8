// What one account signs and another sends, as a value and as a small JSON file.
import { hashTypedData } from "viem"
import { addressOfKey, parseSignature, signDigest } from "../../certificate/signature.ts"
import type { AuthorityCertificate } from "../../certificate/types.ts"
import { parseAddress, type Address } from "../../core/address.ts"
import { fromHex, toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { Secret } from "../../core/secret.ts"
import { isPolicy, type Policy } from "./realms.ts"
import {
  CERTIFICATE_DOMAIN_FIELDS,
  domainOf,
  isAction,
  isCertificateAction,
  REQUEST_DOMAIN_FIELDS,
  shapeOf,
  type Action,
  type Field,
} from "./request-types.ts"

export type Value = Hex | string | bigint

export interface SignedRequest {
  readonly action: Action
  readonly chainId: number
  readonly verifyingContract: Address
  /** The fields that are signed, by their names; integers as bigints. */
  readonly message: Readonly<Record<string, Value>>
  /** What the sender adds: of a new realm its salt (32 bytes) and policy; of a root rotation the end of the overlap. */
  readonly salt?: Hex
  readonly policy?: Policy
  readonly overlapUntil?: number
  /** The subject's or owner's signature over the same certificate, where the realm's policy wants it. */
  readonly consent?: Hex
  /** Of the signer: 65 bytes, or any number where a contract wallet (ERC-1271) signs. */
  readonly signature?: Hex
}

/** What a wallet elsewhere signs (eth_signTypedData_v4): integers are decimal texts. */
export interface TypedData {
  readonly domain: Readonly<Record<string, unknown>>
  readonly types: Readonly<Record<string, readonly Field[]>>
  readonly primaryType: string
  readonly message: Readonly<Record<string, string>>
}

/** Whose signature a request needs. */
export function signerOf({ action, message }: SignedRequest): Address {
  return message[shapeOf(action).signer] as Address
}

export function typedDataOf({ action, chainId, verifyingContract, message }: SignedRequest): TypedData {
  const { primaryType, fields } = shapeOf(action)
  const domainFields = isCertificateAction(action) ? CERTIFICATE_DOMAIN_FIELDS : REQUEST_DOMAIN_FIELDS
  return {
    domain: domainOf(action, chainId, verifyingContract),
    types: { EIP712Domain: domainFields, [primaryType]: fields },
    primaryType,
    message: Object.fromEntries(fields.map(({ name }) => [name, String(message[name])])),
  }
}

/** EIP-712 digest of what is signed, 32 bytes. */
export function digestOf(request: SignedRequest): Hex {
  const { domain, types, primaryType } = typedDataOf(request)
  const { EIP712Domain: _domain, ...own } = types
  return hashTypedData({ domain, types: own, primaryType, message: request.message } as never)
}

/** Signs with a key of ours, which must be the signer's. Throws `usage.invalid`. */
export function signRequest(request: SignedRequest, key: Secret): SignedRequest {
  const [wanted, got] = [signerOf(request), addressOfKey(key)]
  if (got !== wanted) {
    throw new E2eeError("usage.invalid", `the key is that of ${got}; this request is to be signed by ${wanted}`)
  }
  return { ...request, signature: signDigest(digestOf(request), key) }
}

/** The certificate in a request that has one. */
export function certificateOf({ action, message }: SignedRequest): AuthorityCertificate | undefined {
  return isCertificateAction(action)
    ? ({ kind: "authority", ...message } as unknown as AuthorityCertificate)
    : undefined
}

/** The request file's JSON. */
export function formatRequest(request: SignedRequest): string {
  const { action, chainId, verifyingContract, salt, policy, overlapUntil, consent, signature } = request
  const file = {
    kind: KIND,
    action,
    chainId,
    verifyingContract,
    signer: signerOf(request),
    typedData: typedDataOf(request),
    salt,
    policy,
    overlapUntil,
    consent,
    signature,
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

const KIND = "wamp-e2ee request"
const KEYS = new Set(["kind", "action", "chainId", "verifyingContract", "signer", "typedData", "signature"])
/** Characters: the longest sensible certificate takes a tenth. */
const MOST = 65_536

/** Reads a request file. Types and domain are made anew, and what the file says of them must agree. Throws `usage.invalid`. */
export function parseRequest(text: string): SignedRequest {
  if (text.length > MOST) throw invalid(`it has ${text.length} characters; expected at most ${MOST}`)
  const file = record(parseJson(text), "it")
  if (file["kind"] !== KIND) throw invalid(`its kind is ${shown(file["kind"])}; expected ${JSON.stringify(KIND)}`)
  const action = file["action"]
  if (typeof action !== "string" || !isAction(action)) throw invalid(`its action ${shown(action)} is unknown`)
  const { terms, fields } = shapeOf(action)
  const unknown = Object.keys(file).find((key) => !KEYS.has(key) && !(terms as readonly string[]).includes(key))
  if (unknown !== undefined) throw invalid(`it has the unknown field ${shown(unknown)}`)
  const chainId = file["chainId"]
  if (typeof chainId !== "number" || !Number.isSafeInteger(chainId) || chainId < 1)
    throw invalid("its chainId is no chain's")
  const typed = record(file["typedData"], "its typedData")
  const sent = record(typed["message"], "its message")
  const message = Object.fromEntries(fields.map((field) => [field.name, valueOf(field, sent[field.name])]))
  const { salt, policy, overlapUntil, consent, signature } = file
  const request: SignedRequest = {
    action,
    chainId,
    verifyingContract: addressIn(file["verifyingContract"], "verifyingContract"),
    message,
    ...(terms.includes("salt") ? { salt: hexIn(salt, "salt", 32) } : {}),
    ...(terms.includes("policy") ? { policy: policyIn(policy) } : {}),
    ...(terms.includes("overlapUntil") ? { overlapUntil: secondsIn(overlapUntil) } : {}),
    ...(consent === undefined ? {} : { consent: hexIn(consent, "consent") }),
    ...(signature === undefined ? {} : { signature: hexIn(signature, "signature") }),
  }
  if (sorted(typed) !== sorted(typedDataOf(request))) {
    throw invalid("its typed data is not that of its action, chain and contract; have it made anew")
  }
  if (file["signer"] !== signerOf(request)) throw invalid(`its signer ${shown(file["signer"])} is not the message's`)
  const certificate = certificateOf(request)
  if (
    certificate &&
    (certificate.chainId !== BigInt(chainId) || certificate.verifyingContract !== request.verifyingContract)
  )
    throw invalid("its certificate is for another chain or contract than it says itself")
  return request
}

/** A signature made elsewhere: hex of any length for a contract wallet; one of 65 bytes gets v of 27 or 28. */
export function parseAnySignature(text: string): Hex {
  const bytes = fromHex(text)
  if (bytes === undefined || bytes.length > 8_192) {
    throw new E2eeError("usage.invalid", "the signature is not hex of at most 8,192 bytes; expected 0x…")
  }
  // Hardware wallets may say 0 and 1 for v.
  if (bytes.length === 65 && (bytes[64] === 0 || bytes[64] === 1)) bytes[64] = (bytes[64] as number) + 27
  return parseSignature(toHex(bytes)) ?? toHex(bytes)
}

function valueOf({ name, type }: Field, value: unknown): Value {
  if (typeof value !== "string") throw invalid(`${name} is ${shown(value)}; expected a text`)
  if (type === "address") return addressIn(value, name)
  if (type === "bytes32") return hexIn(value, name, 32)
  if (type === "string") return value
  const bits = BigInt(type.slice(4))
  if (!/^(0|[1-9]\d{0,77})$/.test(value) || BigInt(value) >> bits !== 0n)
    throw invalid(`${name} ${shown(value)} is no ${type}`)
  return BigInt(value)
}

function addressIn(value: unknown, name: string): Address {
  const address = typeof value === "string" ? parseAddress(value) : undefined
  if (address === undefined) throw invalid(`${name} ${shown(value)} is no address`)
  return address
}

function hexIn(value: unknown, name: string, length?: number): Hex {
  const bytes = typeof value === "string" && value.startsWith("0x") ? fromHex(value, length) : undefined
  if (bytes === undefined)
    throw invalid(`${name} ${shown(value)} is no hex${length === undefined ? "" : ` of ${length} bytes`}`)
  return toHex(bytes)
}

function policyIn(value: unknown): Policy {
  if (typeof value === "string" && isPolicy(value)) return value
  throw invalid(`policy ${shown(value)}; expected open, permitted or private`)
}

function secondsIn(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value < 2 ** 40) return value
  throw invalid(`overlapUntil ${shown(value)}; expected POSIX seconds`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid("it is not JSON")
  }
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(`${what} is no object`)
  return value as Readonly<Record<string, unknown>>
}

/** JSON whose objects have their keys in order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 60)
}

function invalid(why: string): E2eeError {
  return new E2eeError("usage.invalid", `the request file is not of its form: ${why}`)
}
