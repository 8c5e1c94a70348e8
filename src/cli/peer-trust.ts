import { access } from "node:fs/promises"
import { join } from "node:path"
import type { Command } from "commander"
import type { AuthorityCertificate, CertificateChain } from "../certificate/types.ts"
import { openPins } from "../store/pins.ts"
import { firstUse, remembering } from "../trust/first-use/first-use.ts"
import type { TrustProvider } from "../trust/provider.ts"
import { E2eeError } from "../core/errors.ts"
import { chainTrust, withChainTrustOptions, type ChainTrustOptions } from "./chain-trust.ts"
import type { GlobalOptions } from "./options.ts"
import { standaloneFor, withTrustrootOptions, type TrustrootOptions } from "./trustroot.ts"

/** Options by which a command says how peers are trusted. */
export interface TrustOptions extends TrustrootOptions, ChainTrustOptions {
  readonly firstUse?: boolean
  readonly requireConfirmed?: boolean
  readonly pins?: string
}

export function withTrustOptions(command: Command): Command {
  return withPinsOption(withTrustrootOptions(withChainTrustOptions(command)))
    .option("--first-use", "trust whatever root and keys peers show first, and no others later, instead of the chain")
    .option("--require-confirmed", "with --first-use: refuse peers until `trust pins confirm`")
}

export function withPinsOption(command: Command): Command {
  return command.option(
    "--pins <file>",
    "file of pins; by default pins.jsonl in the keystore (WAMP_E2EE_PINS)",
    process.env["WAMP_E2EE_PINS"],
  )
}

export function pinsPath({ keystore }: GlobalOptions, { pins }: Pick<TrustOptions, "pins">): string {
  return pins ?? join(keystore, "pins.jsonl")
}

/**
 * How peers of a machine's realm are trusted: by the chain, unless a trustroot's bundle is named or first use is asked
 * for. Where a file of pins is in use, peers verified by chain or bundle are noted there: first use takes none of them
 * later.
 * @param own the machine's own chain
 */
export async function trustFor(
  globals: GlobalOptions,
  options: TrustOptions,
  { realm, chainId, verifyingContract }: AuthorityCertificate,
  own: CertificateChain,
): Promise<TrustProvider> {
  const path = pinsPath(globals, options)
  const standing = standaloneFor(globals, options, own)
  if (options.firstUse === true) {
    if (standing !== undefined)
      throw new E2eeError("usage.invalid", "--first-use and --trustroot are two ways to trust; choose one")
    const { requireConfirmed = false } = options
    const pins = await openPins(path)
    return firstUse({ pins, realm, chainId, verifyingContract, requireConfirmation: requireConfirmed })
  }
  const trust = standing ?? (await chainTrust(globals, options, realm))
  const inUse = await access(path).then(
    () => true,
    () => false,
  )
  return inUse ? remembering(trust, await openPins(path)) : trust
}
