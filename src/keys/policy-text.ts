import { parseAddress, ZERO_ADDRESS, type Address } from "../core/address.ts"
import { fromHex, toHex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { Compression } from "../payload/compression.ts"
import { COMPRESSIONS, parseProfile, type Profile } from "../payload/profile.ts"
import { SERIALIZERS, type PayloadSerializer } from "../payload/serializer.ts"
import { checkPolicy, type Rule, type ScopePolicy, type SignedPolicy } from "./policy.ts"

/** Serialisers and compressions of an application's own, which a text names. */
export interface ProfileParts {
  readonly serializers?: readonly PayloadSerializer[]
  readonly compressions?: readonly Compression[]
}

/** Longest text that is read, characters: three rules of 256 addresses, and room. */
const MAX_TEXT = 131_072

const FIELDS: Readonly<Record<keyof ScopePolicy, "string" | "number" | "rule" | "object" | "boolean">> = {
  realm: "string",
  match: "string",
  uri: "string",
  owner: "string",
  agents: "rule",
  readers: "rule",
  writers: "rule",
  epochMs: "number",
  generationMs: "number",
  mode: "string",
  replay: "string",
  historyEpochs: "number",
  profile: "object",
  hybrid: "string",
  trees: "boolean",
  attested: "object",
  serial: "number",
}
const OPTIONAL: ReadonlySet<string> = new Set(["hybrid", "trees", "attested"])
const PROFILE: ReadonlySet<string> = new Set(["serializer", "cipher", "padding", "compression"])

/** A signed policy as JSON, for the owner to hand out: all fields of {@link ScopePolicy}, and `signature`. */
export function signedPolicyToJson({ policy, signature }: SignedPolicy, indent?: number): string {
  return JSON.stringify({ ...policy, profile: profileNames(policy.profile), signature }, undefined, indent)
}

function profileNames({ serializer, cipher, padding, compression }: Profile): Record<string, unknown> {
  return {
    serializer: serializer.name,
    cipher: cipher.name,
    padding,
    ...(compression && { compression: compression.name }),
  }
}

/**
 * Reads what {@link signedPolicyToJson} wrote. Whether its owner signed it is judged where it is used, with the owner that
 * is expected. Throws `keys.policy` for a text of another form, `usage.invalid` for a policy that no scope can have.
 */
export function parseSignedPolicy(text: string, parts: ProfileParts = {}): SignedPolicy {
  const { signature, ...policy } = fieldsOf(text)
  const bytes = typeof signature === "string" ? fromHex(signature, 65) : undefined
  if (bytes === undefined) throw malformed("signature", signature, "65 bytes of hex")
  return { policy: policyOf(policy, parts), signature: toHex(bytes) }
}

/** An owner's draft: the same without `owner` and `signature`, and without what has defaults. Throws as {@link parseSignedPolicy}. */
export function parsePolicyDraft(
  text: string,
  defaults: Partial<ScopePolicy>,
  parts: ProfileParts = {},
): Omit<ScopePolicy, "owner"> {
  const given = fieldsOf(text)
  for (const name of ["owner", "signature"])
    if (name in given) throw malformed(name, given[name], "none: it comes with signing")
  const { owner: _, ...policy } = policyOf({ profile: {}, ...defaults, ...given, owner: ZERO_ADDRESS }, parts)
  return policy
}

function fieldsOf(text: string): Record<string, unknown> {
  let value: unknown
  if (text.length <= MAX_TEXT)
    try {
      value = JSON.parse(text)
    } catch {
      value = undefined
    }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new E2eeError("keys.policy", `a policy is no JSON object of at most ${MAX_TEXT} characters`)
  return value as Record<string, unknown>
}

function policyOf(fields: Record<string, unknown>, parts: ProfileParts): ScopePolicy {
  for (const name of Object.keys(fields))
    if (!Object.hasOwn(FIELDS, name)) throw malformed(name, fields[name], "no field of that name")
  for (const [name, type] of Object.entries(FIELDS)) {
    if (!Object.hasOwn(fields, name) && OPTIONAL.has(name)) continue
    const value = fields[name]
    if (type === "rule" ? value !== "certified" && !Array.isArray(value) : typeof value !== type || value === null)
      throw malformed(name, value, type === "rule" ? `"certified" or a list of addresses` : `a ${type}`)
  }
  const given = fields as unknown as ScopePolicy
  const rule = (name: "agents" | "readers" | "writers"): Rule =>
    given[name] === "certified" ? "certified" : given[name].map((one) => address(name, one))
  return checkPolicy({
    ...given,
    realm: address("realm", given.realm),
    owner: address("owner", given.owner),
    agents: rule("agents"),
    readers: rule("readers"),
    writers: rule("writers"),
    match:
      given.match === "exact" || given.match === "prefix" ? given.match : fail("match", given.match, "exact or prefix"),
    profile: profileOf(given.profile as unknown as Record<string, unknown>, parts),
  })
}

function profileOf(named: Record<string, unknown>, { serializers = [], compressions = [] }: ProfileParts): Profile {
  for (const name of Object.keys(named))
    if (!PROFILE.has(name)) throw malformed(name, named[name], "no field of a profile")
  const { serializer, cipher, padding, compression } = named
  const own = serializers.find(({ name }) => name === serializer)
  const packed = compressions.find(({ name }) => name === compression)
  if (serializer !== undefined && own === undefined && !Object.hasOwn(SERIALIZERS, String(serializer)))
    throw malformed("serializer", serializer, "one that is known here; pass it on")
  if (compression !== undefined && packed === undefined && !Object.hasOwn(COMPRESSIONS, String(compression)))
    throw malformed("compression", compression, "one that is known here; pass it on")
  return parseProfile({
    ...(serializer !== undefined && { serializer: own ?? (serializer as "cbor") }),
    ...(cipher !== undefined && { cipher: cipher as "aes256gcm" }),
    ...(padding !== undefined && { padding: padding as boolean }),
    ...(compression !== undefined && { compression: packed ?? (compression as "deflate") }),
  })
}

function address(name: string, text: unknown): Address {
  const known = typeof text === "string" ? parseAddress(text) : undefined
  return known ?? fail(name, text, "an address: 0x and 40 hex digits")
}

function fail(name: string, value: unknown, expected: string): never {
  throw malformed(name, value, expected)
}

function malformed(name: string, value: unknown, expected: string): E2eeError {
  const got = JSON.stringify(value)?.slice(0, 80) ?? "nothing"
  return new E2eeError("keys.policy", `policy: ${name} is ${got}; expected ${expected}`)
}
