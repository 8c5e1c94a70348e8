import type { CertificateChain } from "../certificate/types.ts"
import { E2eeError } from "../core/errors.ts"
import { standalone } from "../standalone.ts"
import { bundleFile } from "../store/bundle-file.ts"
import type { TrustFacts } from "../trust/facts.ts"
import { statedFacts } from "../trust/stated.ts"
import type { BundleState } from "../trust/standalone/trustroot.ts"
import { chainTrust, type ChainTrustOptions } from "./chain-trust.ts"
import { addressOption, integerOption, type GlobalOptions } from "./options.ts"

/** Options that say on what grounds a chain is judged: what is stated, a bundle, or the registries. */
export interface Grounds extends ChainTrustOptions {
  readonly realm?: string
  readonly trustroot?: string
  readonly bundle?: string
  readonly chainId?: string
  readonly contract?: string
  readonly block?: string
}

export type FactsOf = (chain: CertificateChain) => TrustFacts | Promise<TrustFacts>

/** Where the facts about a chain come from. Throws `usage.invalid`. @param now POSIX milliseconds */
export function groundsOf(options: Grounds, globals: GlobalOptions, now: number): FactsOf {
  if (options.bundle !== undefined) return fromBundle(options.bundle, options, now)
  const { trustroot, chainId, contract, block } = options
  const isStated = [trustroot, chainId, contract, block].some((value) => value !== undefined)
  return isStated ? asStated(options) : fromRegistries(options, globals)
}

function asStated(options: Grounds): FactsOf {
  refuseOptions(options, ["quorum", "depth"], "what is stated")
  const stated = {
    trustroots: [addressOption(required(options, "trustroot"), "--trustroot")],
    realm: addressOption(required(options, "realm"), "--realm"),
    chainId: integerOption(required(options, "chainId"), "--chain-id"),
    verifyingContract: addressOption(required(options, "contract"), "--contract"),
    block: integerOption(required(options, "block"), "--block"),
  }
  return (chain) => statedFacts(chain, stated)
}

/** Nothing was seen before and nothing is remembered: one look cannot tell an older bundle from the newest. */
const NO_STATE: BundleState = { load: () => Promise.resolve(undefined), save: () => Promise.resolve() }

function fromBundle(source: string, options: Grounds, now: number): FactsOf {
  refuseOptions(options, ["block", "quorum", "depth"], "a bundle")
  const { chainId, contract } = options
  const trust = standalone({
    trustroot: addressOption(required(options, "trustroot"), "--trustroot"),
    realm: addressOption(required(options, "realm"), "--realm"),
    source: /^https?:\/\//.test(source) ? source : bundleFile(source),
    state: NO_STATE,
    clock: () => now,
    ...(chainId === undefined ? {} : { chainId: integerOption(chainId, "--chain-id") }),
    ...(contract === undefined ? {} : { verifyingContract: addressOption(contract, "--contract") }),
  })
  return (chain) => trust.facts(chain)
}

function fromRegistries(options: Grounds, globals: GlobalOptions): FactsOf {
  const realm = addressOption(required(options, "realm"), "--realm")
  return async (chain) => (await chainTrust(globals, options, realm)).facts(chain)
}

const NAMES: Readonly<Record<keyof Grounds, string>> = {
  realm: "--realm",
  trustroot: "--trustroot",
  bundle: "--bundle",
  chainId: "--chain-id",
  contract: "--contract",
  block: "--block",
  quorum: "--quorum",
  depth: "--depth",
}

function required(options: Grounds, name: keyof Grounds): string {
  const value = options[name]
  if (value !== undefined) return value
  throw new E2eeError(
    "usage.invalid",
    `${NAMES[name]} is missing; expected --realm to ask the registries, --realm --trustroot --bundle to ask a bundle, or --realm --trustroot --chain-id --contract --block to ask nobody`,
  )
}

function refuseOptions(options: Grounds, names: readonly (keyof Grounds)[], what: string): void {
  const given = names.find((name) => options[name] !== undefined)
  if (given !== undefined)
    throw new E2eeError("usage.invalid", `${NAMES[given]} does not go with ${what}; leave it out`)
}
