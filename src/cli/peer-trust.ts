import { access } from "node:fs/promises"
import { join } from "node:path"
import type { Command } from "commander"
import type { AuthorityCertificate } from "../certificate/types.ts"
import { readerOf } from "../chain/embedded.ts"
import { onChain } from "../chain/on-chain.ts"
import { openPins } from "../store/pins.ts"
import { firstUse, remembering } from "../trust/first-use.ts"
import type { TrustProvider } from "../trust/provider.ts"
import { deploymentOf, transportOf, type GlobalOptions } from "./options.ts"

/** Options by which a command says how peers are trusted. */
export interface TrustOptions {
  readonly firstUse?: boolean
  readonly requireConfirmed?: boolean
  readonly pins?: string
}

export function withTrustOptions(command: Command): Command {
  return withPinsOption(command)
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
 * How peers of a machine's realm are trusted: by the chain, unless first use is asked for. Where a file of pins is in
 * use, peers verified by the chain are noted there: first use takes none of them later.
 */
export async function trustFor(
  globals: GlobalOptions,
  options: TrustOptions,
  { realm, chainId, verifyingContract }: AuthorityCertificate,
): Promise<TrustProvider> {
  const path = pinsPath(globals, options)
  if (options.firstUse === true) {
    const { requireConfirmed = false } = options
    const pins = await openPins(path)
    return firstUse({ pins, realm, chainId, verifyingContract, requireConfirmation: requireConfirmed })
  }
  const trust = onChain({ client: readerOf(transportOf(globals)), deployment: await deploymentOf(globals), realm })
  const inUse = await access(path).then(
    () => true,
    () => false,
  )
  return inUse ? remembering(trust, await openPins(path)) : trust
}
