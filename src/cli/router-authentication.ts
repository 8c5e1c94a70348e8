import { appraiserBy } from "../attestation/appraiser-by.ts"
import type { Appraiser } from "../attestation/appraiser.ts"
import { attestedClients } from "../attestation/logins.ts"
import { trustedClients } from "../authentication.ts"
import { trustrootOf } from "../certificate/identity.ts"
import { toTypedData } from "../certificate/issue.ts"
import { parseChain } from "../certificate/parse.ts"
import { readerOf } from "../chain/embedded.ts"
import { onChainAttestation } from "../chain/trust/attestation.ts"
import { E2eeError } from "../core/errors.ts"
import type { CryptosignOptions } from "../router/index.ts"
import { loadIdentity } from "../store/identity.ts"
import { chainTrust } from "./chain-trust.ts"
import { deploymentOf, passwordOf, transportOf, type GlobalOptions } from "./options.ts"

/** Options of `router` that say who is let in. */
export interface RouterAuthentication {
  readonly cryptosign?: boolean
  readonly allow: readonly string[]
  readonly trustRealm?: string
  readonly as?: string
  readonly bindChannel?: boolean
  readonly attest?: string
}

/** Undefined where everybody is let in. */
export async function cryptosignOf(
  { cryptosign, allow, trustRealm, as: name, bindChannel = false, attest }: RouterAuthentication,
  globals: GlobalOptions,
): Promise<CryptosignOptions | undefined> {
  if (!cryptosign) {
    const alone = [trustRealm, name, attest].every((option) => option === undefined)
    if (allow.length === 0 && alone && !bindChannel) return undefined
    throw new E2eeError(
      "usage.invalid",
      "--allow, --trust-realm, --as, --attest and --bind-channel need --cryptosign; add it",
    )
  }
  if (allow.length === 0 && trustRealm === undefined)
    throw new E2eeError(
      "usage.invalid",
      "--cryptosign lets nobody in; add --trust-realm <address> or --allow <key>=<authid>",
    )
  if (attest !== undefined && trustRealm === undefined)
    throw new E2eeError("usage.invalid", "--attest without --trust-realm; name the realm whose policy counts")
  return {
    keys: allow.map(allowedKey),
    requireChannelBinding: bindChannel,
    ...(trustRealm === undefined ? {} : { judge: await judgeOf(trustRealm, globals) }),
    ...(name === undefined ? {} : { identity: await ownIdentity(name, globals) }),
    ...(attest === undefined || trustRealm === undefined
      ? {}
      : { attest: attestedClients(await appraiserOf(trustRealm, globals), attest) }),
  }
}

async function appraiserOf(realm: string, globals: GlobalOptions): Promise<Appraiser> {
  const client = readerOf(transportOf(globals))
  return appraiserBy(onChainAttestation({ client, deployment: await deploymentOf(globals), realm }))
}

async function judgeOf(realm: string, globals: GlobalOptions): Promise<NonNullable<CryptosignOptions["judge"]>> {
  return trustedClients(await chainTrust(globals, {}, realm))
}

async function ownIdentity(name: string, globals: GlobalOptions): Promise<NonNullable<CryptosignOptions["identity"]>> {
  const password = await passwordOf(globals, `password of ${name}`)
  const { certificates, csKey, delegateKey } = await loadIdentity(globals.keystore, name, { password })
  delegateKey.wipe()
  const chain = parseChain(certificates)
  const trustroot = trustrootOf(chain)
  return { key: csKey, certificates: chain.map(toTypedData), ...(trustroot === undefined ? {} : { trustroot }) }
}

function allowedKey(text: string): NonNullable<CryptosignOptions["keys"]>[number] {
  const [, publicKey, authid, authrole] = /^([^=]+)=([^:]+)(?::(.+))?$/.exec(text) ?? []
  if (publicKey === undefined || authid === undefined)
    throw new E2eeError(
      "usage.invalid",
      `--allow ${JSON.stringify(text)}; expected <public key>=<authid> or <public key>=<authid>:<role>`,
    )
  return { publicKey, authid, ...(authrole === undefined ? {} : { authrole }) }
}
