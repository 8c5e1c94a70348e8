import type { Command } from "commander"
import { issueCertificate } from "../certificate/issue.ts"
import { addressOfKey } from "../certificate/signature.ts"
import type { AuthorityCertificate, SignedCertificate } from "../certificate/types.ts"
import type { Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { addressOption, secretKey, type GlobalOptions } from "./options.ts"
import { addressOfName } from "./writing.ts"

/** Which root CA signs: a key at hand, or one elsewhere. */
export interface RootOptions {
  readonly rootKey?: string
  readonly root?: string
}

export function rooted(command: Command): Command {
  return command
    .option("--root-key <name>", "the root CA key, which signs; --key by default")
    .option("--root <address>", "the root CA, when its key is elsewhere: with --prepare")
}

/** The root CA: of --root-key, --root, --key, in this order, or else `otherwise`. */
export async function rootOption(
  globals: GlobalOptions,
  { rootKey, root, key }: RootOptions & { readonly key?: string },
  otherwise: Address | undefined,
): Promise<Address> {
  if (rootKey !== undefined && root !== undefined)
    throw new E2eeError("usage.invalid", "expected --root-key or --root, not both")
  if (rootKey !== undefined) return addressOfName(globals, rootKey)
  if (root !== undefined) return addressOption(root, "--root")
  if (key !== undefined) return addressOfName(globals, key)
  if (otherwise !== undefined) return otherwise
  throw new E2eeError("usage.invalid", "which root CA? expected --root-key NAME, or --root ADDRESS with --prepare")
}

/** The certificate signed by a key of the keystore, which must be its issuer's. */
export async function signedBy(
  globals: GlobalOptions,
  statement: AuthorityCertificate,
  name: string | undefined,
): Promise<SignedCertificate<AuthorityCertificate>> {
  const advice = `${statement.issuer} has to sign: expected its key, or --prepare to have it signed elsewhere`
  if (name === undefined) throw new E2eeError("usage.invalid", advice)
  const key = await secretKey(globals, name)
  if (addressOfKey(key) !== statement.issuer) throw new E2eeError("usage.invalid", `${name} is another key; ${advice}`)
  return issueCertificate(statement, key)
}
