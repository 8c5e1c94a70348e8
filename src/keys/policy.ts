import { sha256 } from "@noble/hashes/sha2.js"
import { recoverSigner, parseSignature, signDigest, addressOfKey } from "../certificate/signature.ts"
import { CAPABILITIES } from "../certificate/capabilities.ts"
import { parseAddress, ZERO_ADDRESS, type Address } from "../core/address.ts"
import { concatBytes, fromHex, toHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { domainSeparator, hashStruct, hexWord, typedDigest, typeHash, uintWord } from "../core/eip712.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { encodeCbor } from "../payload/cbor.ts"
import type { Profile } from "../payload/profile.ts"
import type { VerifiedDelegate } from "../trust/verified-delegate.ts"
import { keccak_256 } from "@noble/hashes/sha3.js"
import { capabilitiesFor, ROLES, type Role } from "./roles.ts"

/** How a receiver knows who made a message. */
export type Mode =
  /** Signed by the sender, inside the ciphertext: it can be shown to others. */
  | "sig"
  /** By the key alone, which its writer and all readers have: nobody can prove to others who wrote. */
  | "mac"
  /** Signed under a key that is published two epochs later: receivers know, and later nobody can prove. */
  | "dsig"

/** Which copies of one message count where a router may deliver it to several endpoints. */
export type ReplayPolicy = "window" | "pinned" | "shared"

/** Who may take a part: anybody certified with the capability for it, or these delegates or operators alone. */
export type Rule = "certified" | readonly Address[]

/**
 * Who is granted keys, or believed as a key agent, for evidence of a platform alone: each by the name of the role, in the
 * realm's AttestationRegistry, whose policy and measurements count.
 */
export interface Attested {
  readonly agents?: string
  readonly readers?: string
  readonly writers?: string
}

/** What all endpoints of a scope have to agree on: by being set up alike, or by a document that its owner signed. */
export interface ScopePolicy {
  readonly realm: Address
  readonly match: "exact" | "prefix"
  readonly uri: string
  /** Who may change the policy; the zero address for one that nobody signed. */
  readonly owner: Address
  readonly agents: Rule
  readonly readers: Rule
  readonly writers: Rule
  /** Milliseconds of an epoch: how long a revoked reader may go on at most, with all control messages suppressed. */
  readonly epochMs: number
  /** Milliseconds of a generation at most. */
  readonly generationMs: number
  readonly mode: Mode
  readonly replay: ReplayPolicy
  /** Epochs before their own that readers may open, and for how long they keep the keys: for retained events. */
  readonly historyEpochs: number
  readonly profile: Profile
  /** Name of the key encapsulation mechanism that grants need beside X25519; absent: none. */
  readonly hybrid?: string
  /** Whether a generation begins with one message for all readers, by key trees, where it can. */
  readonly trees?: boolean
  /** Whose platforms have to be attested; absent: nobody's, as far as the scope is concerned. */
  readonly attested?: Attested
  /** Grows with each change. */
  readonly serial: number
}

export const DEFAULT_EPOCH_MS = 60_000
export const DEFAULT_GENERATION_MS = 3_600_000
/** Bounds, in milliseconds: a key package holds for 24 hours at most, and a generation must not outlive its agent's. */
const MIN_EPOCH_MS = 100
const MAX_GENERATION_MS = 43_200_000
/** Epochs of one generation at most: writers get the keys of each. */
const MAX_EPOCHS = 1_024
/** Entries of a rule. */
const MAX_RULE = 256
const MAX_HISTORY = 256
/** Characters of a role's name. */
const MAX_ROLE_NAME = 64
const LEVELS = ["agents", "readers", "writers"] as const

/**
 * SHA-256("wek1 policy" || CBOR of all fields in their order), 32 bytes: all keys of a scope depend on it. `hybrid`, `trees`
 * and `attested` come last, as far as the last one that is set.
 */
export function policyHash(policy: ScopePolicy): Uint8Array {
  const { realm, match, uri, owner, agents, readers, writers, profile } = policy
  const { serializer, cipher, padding, compression } = profile
  const fields = [
    1,
    fromHex(realm),
    match,
    uri,
    fromHex(owner),
    ruleField(agents),
    ruleField(readers),
    ruleField(writers),
    policy.epochMs,
    policy.generationMs,
    policy.mode,
    policy.replay,
    policy.historyEpochs,
    [serializer.scheme, serializer.name, cipher.name, padding, compression?.name ?? null],
    policy.serial,
    ...setOf([policy.hybrid ?? null, policy.trees ? true : null, attestedField(policy.attested)]),
  ]
  return sha256(concatBytes(utf8ToBytes("wek1 policy"), encodeCbor(fields)))
}

/** Without what is not set at the end. */
function setOf(fields: readonly unknown[]): readonly unknown[] {
  return fields.slice(0, fields.findLastIndex((field) => field !== null) + 1)
}

function attestedField(attested: Attested | undefined): unknown {
  return attested === undefined ? null : LEVELS.map((level) => attested[level] ?? null)
}

function ruleField(rule: Rule): unknown {
  return rule === "certified" ? null : rule.map((address) => fromHex(address))
}

/** Throws `usage.invalid` for a policy that no scope can have. */
export function checkPolicy(policy: ScopePolicy): ScopePolicy {
  const { uri, epochMs, generationMs, mode, replay, historyEpochs, serial } = policy
  const invalid = (why: string): E2eeError => new E2eeError("usage.invalid", `policy of ${uri}: ${why}`)
  if (!isCount(epochMs) || epochMs < MIN_EPOCH_MS)
    throw invalid(`epochMs ${epochMs}; expected ${MIN_EPOCH_MS} milliseconds at least`)
  if (!isCount(generationMs) || generationMs < epochMs || generationMs > MAX_GENERATION_MS)
    throw invalid(`generationMs ${generationMs}; expected ${epochMs} (an epoch) to ${MAX_GENERATION_MS} milliseconds`)
  if (generationMs / epochMs > MAX_EPOCHS)
    throw invalid(`a generation of ${Math.ceil(generationMs / epochMs)} epochs; expected at most ${MAX_EPOCHS}`)
  if (mode !== "sig" && mode !== "mac" && mode !== "dsig")
    throw invalid(`mode ${JSON.stringify(mode)}; expected "sig", "mac" or "dsig"`)
  if (replay !== "window" && replay !== "pinned" && replay !== "shared")
    throw invalid(`replay ${JSON.stringify(replay)}; expected "window", "pinned" or "shared"`)
  if (!isCount(historyEpochs) || historyEpochs > MAX_HISTORY)
    throw invalid(`historyEpochs ${historyEpochs}; expected 0 to ${MAX_HISTORY}`)
  // Once its signing key is published, anybody could have made a message of then.
  if (mode === "dsig" && historyEpochs > 0) throw invalid("mode dsig has no history: its old signatures prove nothing")
  if (policy.trees !== undefined && typeof policy.trees !== "boolean")
    throw invalid(`trees ${JSON.stringify(policy.trees)}; expected true or false`)
  const { attested } = policy
  if (attested !== undefined) checkAttested(attested, invalid)
  if (!isCount(serial)) throw invalid(`serial ${serial}; expected a count`)
  for (const name of ["agents", "readers", "writers"] as const) {
    const rule = policy[name]
    if (rule === "certified") continue
    if (!Array.isArray(rule) || rule.length > MAX_RULE || rule.some((address) => parseAddress(address) !== address))
      throw invalid(`${name} are no list of at most ${MAX_RULE} addresses with their checksums`)
  }
  return policy
}

function checkAttested(attested: Attested, invalid: (why: string) => E2eeError): void {
  const given = Object.entries(attested).filter(([, name]) => name !== undefined)
  const isNamed = given.every(
    ([level, name]: [string, unknown]) =>
      (LEVELS as readonly string[]).includes(level) &&
      typeof name === "string" &&
      name !== "" &&
      name.length <= MAX_ROLE_NAME,
  )
  if (given.length === 0 || !isNamed)
    throw invalid(`attested ${JSON.stringify(attested)}; expected a role's name for agents, readers or writers`)
  // An agent reads all that readers do.
  if (attested.readers !== undefined && attested.agents === undefined)
    throw invalid("attested readers without attested agents, who hold the same keys; name a role for agents, too")
}

/** Whether a rule lets a delegate take its part: by its own address or its operator's. */
export function admits(rule: Rule, { address, operator }: Pick<VerifiedDelegate, "address" | "operator">): boolean {
  return rule === "certified" || rule.includes(address) || rule.includes(operator)
}

/** {@link admits} for a role. */
export function mayBe(role: Role, { readers, writers }: ScopePolicy, delegate: VerifiedDelegate): boolean {
  return admits(ROLES[role].level === "read" ? readers : writers, delegate)
}

/** By which role's policy the platforms of a role of a scope are judged, and whether the scope asks for that itself. */
export function attestedAs(role: Role | "agent", { attested }: ScopePolicy): { name: string; always: boolean } {
  const level = role === "agent" ? "agents" : ROLES[role].level === "read" ? "readers" : "writers"
  const named = attested?.[level]
  const usual = capabilitiesFor(role) === CAPABILITIES.provider ? "provider" : "consumer"
  return { name: named ?? usual, always: named !== undefined }
}

/** A policy with its owner's signature. */
export interface SignedPolicy {
  readonly policy: ScopePolicy
  /** EIP-712, 65 bytes, by `policy.owner`. */
  readonly signature: Hex
}

const TYPE = "ScopePolicy(address realm,string uri,string match,uint64 serial,bytes32 policyHash)"
const SEPARATOR = domainSeparator({ name: "wamp-e2ee", version: "1" })

/** EIP-712 digest of a policy, 32 bytes: what its owner signs. */
export function policyDigest(policy: ScopePolicy): Hex {
  const text = (value: string): Uint8Array => keccak_256(utf8ToBytes(value))
  const { realm, uri, match, serial } = policy
  const words = [hexWord(realm), text(uri), text(match), uintWord(BigInt(serial)), policyHash(policy)]
  return typedDigest(SEPARATOR, hashStruct(typeHash(TYPE), words))
}

/** Signs a policy as its owner. Throws `usage.invalid` for a policy that no scope can have. */
export function signPolicy(policy: Omit<ScopePolicy, "owner">, ownerKey: Secret): SignedPolicy {
  const owned = checkPolicy({ ...policy, owner: addressOfKey(ownerKey) })
  return { policy: owned, signature: signDigest(policyDigest(owned), ownerKey) }
}

/** The policy, if its owner signed it and is the one expected. Throws `keys.policy`. */
export function openPolicy({ policy, signature }: SignedPolicy, owner: Address): ScopePolicy {
  const form = parseSignature(signature)
  const signer = form && recoverSigner(policyDigest(checkPolicy(policy)), form)
  if (owner !== ZERO_ADDRESS && policy.owner === owner && signer === owner) return policy
  throw new E2eeError(
    "keys.policy",
    `the policy of ${policy.uri} is signed by ${signer ?? "nobody"} and names ${policy.owner}; expected ${owner}`,
  )
}

/** Hash of a policy as hex: what an owner may publish, on-chain for example, for others to compare. */
export function policyHashHex(policy: ScopePolicy): Hex {
  return toHex(policyHash(policy))
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
