import { join } from "node:path"
import type { Command } from "commander"
import type { Place } from "../certificate/enrol.ts"
import type { CertificateChain } from "../certificate/types.ts"
import type { Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { standalone } from "../standalone.ts"
import { bundleFile } from "../store/bundle-file.ts"
import { trustrootState } from "../store/bundle-state.ts"
import type { TrustProvider } from "../trust/provider.ts"
import type { BundleSource, BundleState } from "../trust/standalone/trustroot.ts"
import { fetchBundle } from "../web/fetch-bundle.ts"
import { printable } from "./output.ts"
import { addressOption, type GlobalOptions } from "./options.ts"

/** Options by which a command trusts a standalone trustroot in place of the chain. */
export interface TrustrootOptions {
  readonly trustroot?: string
  readonly trustrootKey?: string
  readonly realm?: string
  readonly trustState?: string
}

export function withTrustrootOptions(command: Command): Command {
  return withStateOption(command)
    .option("--trustroot <file|url>", "trust the signed bundle there instead of the chain, see `trust create`")
    .option("--trustroot-key <address>", "who signs the bundle; by default the root of the machine's own chain")
    .option("--realm <address>", "the realm that the bundle has to be for; by default the machine's own")
}

export function withStateOption(command: Command): Command {
  return command.option(
    "--trust-state <dir>",
    "where the newest bundles are remembered; by default trustroots in the keystore (WAMP_E2EE_TRUST_STATE)",
    process.env["WAMP_E2EE_TRUST_STATE"],
  )
}

export function stateOf({ keystore }: GlobalOptions, { trustState }: TrustrootOptions): BundleState {
  return trustrootState(trustState ?? join(keystore, "trustroots"))
}

/** A URL where it looks like one, a file otherwise. */
export function sourceOf(text: string): BundleSource {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? fetchBundle(text) : bundleFile(text)
}

/** The trust of a machine that names a bundle; undefined where it names none. Its operator gave it its chain's root. */
export function standaloneFor(
  globals: GlobalOptions,
  options: TrustrootOptions,
  own: CertificateChain,
): TrustProvider | undefined {
  if (options.trustroot === undefined) {
    const other = options.trustrootKey === undefined ? options.realm && "--realm" : "--trustroot-key"
    if (other) throw new E2eeError("usage.invalid", `${other} without --trustroot; name the bundle's file or URL, too`)
    return undefined
  }
  const [authority, root] = [own[1]?.certificate, own.at(-1)?.certificate]
  if (authority?.kind !== "authority" || root?.kind !== "authority")
    throw new E2eeError("store.corrupt", "the machine's identity has no authority certificates")
  const realm = options.realm === undefined ? authority.realm : addressOption(options.realm, "--realm")
  if (realm !== authority.realm)
    throw new E2eeError("trust.realm", `the machine is of realm ${authority.realm}; expected ${realm}`)
  return standalone({
    trustroot:
      options.trustrootKey === undefined ? root.issuer : addressOption(options.trustrootKey, "--trustroot-key"),
    realm,
    source: sourceOf(options.trustroot),
    state: stateOf(globals, options),
    onRefusal: ({ message, code }) => process.stderr.write(`wamp-e2ee: ${printable(message)} (${code})\n`),
  })
}

/**
 * Where certificates hold that are issued now in a realm without a chain: validFrom counts POSIX seconds, and no
 * certificate is older than those above it, whatever the clocks of their issuers said (CCR-6).
 */
export function standalonePlace(
  realm: {
    readonly chainId: bigint
    readonly verifyingContract: Address
    readonly realm: Address
    readonly block?: bigint
  },
  above: CertificateChain,
): Place {
  const now = realm.block ?? BigInt(Math.floor(Date.now() / 1_000))
  const validFrom = above.reduce(
    (latest, { certificate }) => (certificate.validFrom > latest ? certificate.validFrom : latest),
    now,
  )
  return { chainId: realm.chainId, verifyingContract: realm.verifyingContract, realm: realm.realm, validFrom }
}
