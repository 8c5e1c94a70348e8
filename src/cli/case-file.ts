import { parseChain } from "../certificate/parse.ts"
import { parseJson } from "../core/exact-json.ts"
import type { CertificateChain } from "../certificate/types.ts"
import { parseAddress, type Address } from "../core/address.ts"
import { fromHex, toHex, type Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { TrustPolicy } from "../trust/facts.ts"
import type { StatedTrust } from "../trust/stated.ts"

/** A test case of test/vectors/chains: a chain and what is to be believed while it is judged. */
export interface Case {
  readonly trust: StatedTrust
  readonly policy: TrustPolicy
  /** Parses the chain; throws what {@link parseChain} throws. */
  chain(): CertificateChain
}

/** Reads a test case; test/vectors/chains/README.md gives its form. Throws `certificate.malformed`. */
export function parseCase(text: string): Case {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    throw malformed("the file", "JSON")
  }
  const file = record(value, "the file")
  const trust = record(file["trust"], "trust")
  const policy = record(file["policy"], "policy")
  const { maxAge, provenKey } = policy
  return {
    trust: {
      chainId: integer(trust["chainId"], "trust.chainId"),
      verifyingContract: address(trust["verifyingContract"], "trust.verifyingContract"),
      realm: address(trust["realm"], "trust.realm"),
      block: integer(trust["block"], "trust.block"),
      trustroots: list(trust["trustroots"], "trust.trustroots").map((item) => address(item, "trust.trustroots")),
      revoked: new Set(list(trust["revoked"] ?? [], "trust.revoked").map((item) => hex(item, "trust.revoked"))),
      epochs: new Map(list(trust["epochs"] ?? [], "trust.epochs").map(epoch)),
    },
    policy: {
      now: milliseconds(policy["now"], "policy.now"),
      skew: milliseconds(policy["skew"], "policy.skew"),
      ...(maxAge === undefined ? {} : { maxAge: milliseconds(maxAge, "policy.maxAge") }),
      ...(provenKey === undefined ? {} : { provenKey: hex(provenKey, "policy.provenKey") }),
    },
    chain: () => parseChain(file["chain"]),
  }
}

function epoch(item: unknown): [Address, bigint] {
  const { issuer, block } = record(item, "trust.epochs")
  return [address(issuer, "issuer of trust.epochs"), integer(block, "block of trust.epochs")]
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(what, "an object")
  return value as Readonly<Record<string, unknown>>
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(what, "a list")
  return value
}

function address(value: unknown, what: string): Address {
  const parsed = typeof value === "string" ? parseAddress(value) : undefined
  if (parsed === undefined) throw malformed(what, "0x and 40 hex digits")
  return parsed
}

function hex(value: unknown, what: string): Hex {
  const bytes = typeof value === "string" ? fromHex(value, 32) : undefined
  if (bytes === undefined) throw malformed(what, "32 bytes of hex")
  return toHex(bytes)
}

function integer(value: unknown, what: string): bigint {
  if (typeof value === "bigint" && value >= 0n) return value
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value)
  throw malformed(what, "an integer")
}

/** Cases count in seconds. */
function milliseconds(value: unknown, what: string): number {
  return Number(integer(value, what)) * 1_000
}

function malformed(what: string, expected: string): E2eeError {
  return new E2eeError("certificate.malformed", `the case is not of its form: ${what}; expected ${expected}`)
}
