// Requests at the chain: made with the nonce and clock that are there, checked, and turned into the call that sends them.
import type { PublicClient } from "viem"
import { parseSignature, recoverSigner } from "../../certificate/signature.ts"
import type { AuthorityCertificate } from "../../certificate/types.ts"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import * as attestation from "./attestation.ts"
import type { Call } from "./call.ts"
import * as certificates from "./certificates.ts"
import { attestationRegistryOf, type Deployment } from "../deployment.ts"
import { chainError } from "../errors.ts"
import * as operators from "./operators.ts"
import * as realms from "./realms.ts"
import { shapeOf, type CertificateAction, type RegistryName, type RelayedAction } from "./request-types.ts"
import { certificateOf, digestOf, signerOf, type SignedRequest } from "./requests.ts"

export {
  digestOf,
  formatRequest,
  parseAnySignature,
  parseRequest,
  signerOf,
  signRequest,
  typedDataOf,
  type SignedRequest,
  type TypedData,
} from "./requests.ts"

/** What each request says besides nonce and deadline. `profile` 32 bytes, `retiresAt` POSIX seconds, `reason` 0 to 255. */
export interface Wishes {
  "operator.enroll": {
    readonly ca: Address
    readonly controller: Address
    readonly profile?: Hex
    readonly uri?: string
  }
  "operator.rotate": { readonly ca: Address; readonly newCa: Address; readonly retiresAt: number }
  "operator.revoke": { readonly ca: Address; readonly controller: Address; readonly reason: number }
  "operator.accept": { readonly realm: Address; readonly operator: Address; readonly digest: Hex }
  "certificate.revoke": certificates.Named & { readonly authority: Address; readonly reason: number }
  "attester.revoke": {
    readonly realm: Address
    readonly attester: Hex
    readonly authority: Address
    readonly reason: number
  }
  "measurement.revoke": {
    readonly realm: Address
    readonly role: Hex
    readonly measurement: Hex
    readonly authority: Address
    readonly reason: number
  }
}

/** The registries take no deadline further ahead. Seconds. */
export const MAX_LIFETIME = 7 * 86_400

/** Makes a request for its signer, good for `lifetime` seconds (1 to 7 days; 1 day by default) and one use. */
export async function makeRequest<Kind extends RelayedAction>(
  client: PublicClient,
  deployment: Deployment,
  action: Kind,
  wish: Wishes[Kind],
  lifetime = 86_400,
): Promise<SignedRequest> {
  if (!Number.isSafeInteger(lifetime) || lifetime < 1 || lifetime > MAX_LIFETIME) {
    throw new E2eeError("usage.invalid", `a request is good for ${lifetime} s; expected 1 to ${MAX_LIFETIME} (7 days)`)
  }
  const { fields, registry } = shapeOf(action)
  const verifyingContract = addressOf(deployment, registry)
  const given: Readonly<Record<string, unknown>> = { profile: operators.NO_PROFILE, uri: "", ...wish }
  const unsigned = (nonce: bigint, deadline: bigint): SignedRequest => {
    const values: Readonly<Record<string, unknown>> = { ...given, nonce, deadline }
    const message = fields.map(({ name }) => {
      const value = values[name]
      return [name, typeof value === "number" ? BigInt(value) : value]
    })
    const { chainId } = deployment
    return { action, chainId, verifyingContract, message: Object.fromEntries(message) }
  }
  const signer = signerOf(unsigned(0n, 0n))
  const [nonce, now] = await Promise.all([nonceOf(client, deployment, registry, signer), clockOf(client)])
  return unsigned(nonce, now + BigInt(lifetime))
}

/** Makes a request out of a certificate that its issuer signs elsewhere. */
export function requestOfCertificate(
  deployment: Deployment,
  action: CertificateAction,
  { kind: _kind, ...message }: AuthorityCertificate,
  terms: Pick<SignedRequest, "salt" | "policy" | "overlapUntil"> = {},
): SignedRequest {
  const { chainId, realmRegistry } = deployment
  return { action, chainId, verifyingContract: realmRegistry, message, ...terms }
}

/**
 * Refuses what the registry would refuse, before anybody pays: another chain or contract (`chain.wrong_chain`,
 * `chain.wrong_code`), no signature or a wrong one, a deadline that is past or too far, a nonce that is spent (`chain.request`).
 */
export async function checkRequest(
  client: PublicClient,
  deployment: Deployment,
  request: SignedRequest,
): Promise<void> {
  const { action, chainId, verifyingContract, message, signature } = request
  if (chainId !== deployment.chainId) {
    throw new E2eeError("chain.wrong_chain", `the request is for chain ${chainId}; expected ${deployment.chainId}`)
  }
  const { registry } = shapeOf(action)
  const address = addressOf(deployment, registry)
  if (verifyingContract !== address) {
    const expected = `${address} of the deployment`
    throw new E2eeError(
      "chain.wrong_code",
      `the request is for the registry ${verifyingContract}; expected ${expected}`,
    )
  }
  const signer = signerOf(request)
  if (signature === undefined) throw refused(`it is not signed; ${signer} has to sign it with \`request sign\``)
  const { deadline, nonce } = message
  if (typeof deadline === "bigint" && typeof nonce === "bigint") {
    const [next, now] = await Promise.all([nonceOf(client, deployment, registry, signer), clockOf(client)])
    if (deadline < now)
      throw refused(`its deadline ${deadline} is past, the chain's clock says ${now}; have it signed anew`)
    if (deadline > now + BigInt(MAX_LIFETIME))
      throw refused(`its deadline ${deadline} is more than 7 days ahead of ${now}`)
    if (nonce < next)
      throw refused(`its nonce ${nonce} is spent, the next is ${next}: it was sent before, or another was`)
    if (nonce > next) throw refused(`its nonce ${nonce} is not due, the next is ${next}: send the earlier ones first`)
  }
  if (!(await isSignedBy(client, signer, digestOf(request), signature))) {
    throw refused(`its signature is not that of ${signer} over these fields: it was changed, or another key signed`)
  }
}

/** The write that a signed request is for. Throws `chain.request` when it is unsigned. */
export function callOfRequest(deployment: Deployment, request: SignedRequest): Call {
  const { action, message, signature, consent } = request
  if (signature === undefined) throw refused(`it is not signed; ${signerOf(request)} has to`)
  const relayed = { ...(message as unknown as { deadline: bigint }), signature }
  const number = (name: string): number => Number(message[name])
  const certificate = certificateOf(request)
  if (certificate !== undefined) return callOfCertificate(deployment, request, { certificate, signature }, consent)
  switch (action) {
    case "operator.enroll": {
      const { ca, controller, profile, uri = "" } = message as unknown as Wishes["operator.enroll"]
      return operators.enrollFor(deployment, {
        ...relayed,
        ca,
        controller,
        profile: profile ?? operators.NO_PROFILE,
        uri,
      })
    }
    case "operator.rotate": {
      const { ca, newCa } = message as unknown as Wishes["operator.rotate"]
      return operators.rotate(deployment, { ...relayed, ca, newCa, retiresAt: number("retiresAt") })
    }
    case "operator.revoke": {
      const { ca } = message as unknown as Wishes["operator.revoke"]
      return operators.revokeFor(deployment, { ...relayed, ca, reason: number("reason") })
    }
    case "operator.accept": {
      const { realm, operator, digest } = message as unknown as Wishes["operator.accept"]
      return certificates.acceptFor(deployment, { ...relayed, realm, subject: operator, digest })
    }
    case "certificate.revoke": {
      const named = message as unknown as Wishes["certificate.revoke"]
      return certificates.revokeFor(deployment, { ...relayed, ...named, reason: number("reason") })
    }
    case "attester.revoke": {
      const said = message as unknown as Wishes["attester.revoke"]
      return attestation.revokeAttesterFor(deployment, { ...relayed, ...said, reason: number("reason") })
    }
    case "measurement.revoke": {
      const said = message as unknown as Wishes["measurement.revoke"]
      return attestation.revokeMeasurementFor(deployment, { ...relayed, ...said, reason: number("reason") })
    }
    default:
      throw new E2eeError("internal.invariant", `no call for ${action}`)
  }
}

function callOfCertificate(
  deployment: Deployment,
  { action, salt, policy, overlapUntil }: SignedRequest,
  signed: certificates.Signed,
  consent?: Hex,
): Call {
  if (action === "realm.admit") return certificates.admit(deployment, signed, consent)
  if (action === "realm.anchor") return certificates.anchor(deployment, signed, consent)
  if (action === "realm.rotate-root") return realms.rotateRoot(deployment, signed, overlapUntil ?? 0)
  if (salt === undefined || policy === undefined) throw refused("it lacks the new realm's salt or policy")
  return realms.create(deployment, { salt, policy, root: signed })
}

/** As the registries judge it: by the account's own key first, otherwise an ERC-1271 wallet at the address is asked. */
async function isSignedBy(client: PublicClient, signer: Address, digest: Hex, signature: Hex): Promise<boolean> {
  const own = parseSignature(signature)
  if (own !== undefined && recoverSigner(digest, own) === signer) return true
  try {
    if ((await client.getCode({ address: signer })) === undefined) return false
  } catch (error) {
    throw chainError(error, `reading the code at ${signer}`)
  }
  const query = {
    address: signer,
    abi: WALLET_ABI,
    functionName: "isValidSignature",
    args: [digest, signature],
  } as const
  const answer = await client.readContract(query).catch((error: unknown) => {
    const coded = chainError(error, `asking the wallet ${signer}`)
    if (coded.code === "chain.unreachable") throw coded
    return undefined
  })
  return answer === ERC1271_YES
}

const ERC1271_YES = "0x1626ba7e"
const WALLET_ABI = [
  {
    type: "function",
    name: "isValidSignature",
    stateMutability: "view",
    inputs: [
      { name: "hash", type: "bytes32" },
      { name: "signature", type: "bytes" },
    ],
    outputs: [{ name: "magic", type: "bytes4" }],
  },
] as const

const READS = { operatorRegistry: operators, realmRegistry: realms, attestationRegistry: attestation } as const

function nonceOf(client: PublicClient, deployment: Deployment, registry: RegistryName, signer: Address) {
  return READS[registry].nonceOf(client, deployment, signer)
}

function addressOf(deployment: Deployment, registry: RegistryName): Address {
  return registry === "attestationRegistry" ? attestationRegistryOf(deployment) : deployment[registry]
}

/** POSIX seconds of the newest block. */
async function clockOf(client: PublicClient): Promise<bigint> {
  try {
    return (await client.getBlock()).timestamp
  } catch (error) {
    throw chainError(error, "reading the newest block")
  }
}

function refused(why: string): E2eeError {
  return new E2eeError("chain.request", `the request cannot be sent: ${why}`)
}
