import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { getContract, type Address, type Hex } from "viem"
import type { HDAccount } from "viem/accounts"
import { attestationRegistryAbi, attestationRegistryBytecode } from "../../src/chain/generated/AttestationRegistry.ts"
import type { Deployment } from "../../src/chain/deployment.ts"
import { parseAddress } from "../../src/core/address.ts"
import { account, codeOf, createRealm, now, ZERO, ZERO32, type Fixture } from "./fixture.ts"

export const TPM = 1
export const NITRO = 2
export const KINDS = { tpm: 1 << TPM, nitro: 1 << NITRO } as const
export const SHA1 = 0x0004
export const SHA256 = 0x000b
export const SHA384 = 0x000c
export const SHA512 = 0x000d
export const ROLE: Hex = `0x${"70".repeat(32)}`
export const OTHER_ROLE: Hex = `0x${"71".repeat(32)}`
export const UNSEEN: Hex = `0x${"ee".repeat(32)}`
export const DOCUMENT: Hex = `0x${"d0".repeat(32)}`
/** PCR 0 to 3 and 7: firmware and secure boot. */
export const MASK = 0x8f

export interface Policy {
  required: boolean
  kinds: number
  bank: number
  mask: number
  maximumAge: number
  document: Hex
}

export interface NewMeasurement {
  kind: number
  bank: number
  mask: number
  digest: Hex
  notBefore: number
  notAfter: number
  document: Hex
}

export const POLICY: Policy = {
  required: true,
  kinds: KINDS.tpm,
  bank: SHA256,
  mask: MASK,
  maximumAge: 300,
  document: DOCUMENT,
}
export const NO_POLICY: Policy = { required: false, kinds: 0, bank: 0, mask: 0, maximumAge: 0, document: ZERO32 }
export const NO_ATTESTER = { delegate: ZERO, notBefore: 0, notAfter: 0, revoked: false }
export const NO_MEASUREMENT = { notBefore: 0, notAfter: 0, revoked: false, document: ZERO32 }
export const REVOKE_ATTESTER =
  "RevokeAttester(address realm,bytes32 attester,address authority,uint8 reason,uint256 nonce,uint256 deadline)"
export const REVOKE_MEASUREMENT =
  "RevokeMeasurement(address realm,bytes32 role,bytes32 measurement,address authority,uint8 reason,uint256 nonce,uint256 deadline)"

/** The Name of a TPM key: SHA-256's id and a hash, made up from a seed. */
export function nameOf(seed: number | string): Hex {
  return `0x000b${createHash("sha256").update(`key ${seed}`).digest("hex")}`
}

export function digestOf(seed: number | string): Hex {
  return `0x${createHash("sha256").update(`measurement ${seed}`).digest("hex")}`
}

/** The attestation registry beside the fixture's two, and a realm of accounts 1 (owner) and 2 (root). */
export async function deployAttestations(fixture: Fixture) {
  const code = await codeOf("AttestationRegistry", attestationRegistryBytecode)
  const address = await fixture.create(attestationRegistryAbi, code, [fixture.realmsAt])
  const [owner, root] = [account(1), account(2)]
  const { realm } = await createRealm(fixture, { owner, root })
  const registry = getContract({ address, abi: attestationRegistryAbi, client: fixture.chain })

  /** Sends one call and waits for its receipt; a refusal throws viem's error with the decoded revert. */
  async function send(from: HDAccount, functionName: string, ...args: readonly unknown[]) {
    const call = { address, abi: attestationRegistryAbi, functionName, args, account: from } as never
    await fixture.chain.simulateContract(call)
    const hash = await fixture.wallet(from).writeContract(call)
    return fixture.chain.getTransactionReceipt({ hash })
  }

  /** A window that is open now, of a day. */
  async function window() {
    const notBefore = await now(fixture)
    return { notBefore, notAfter: notBefore + 86_400 }
  }

  async function measurement(overrides: Partial<NewMeasurement> = {}): Promise<NewMeasurement> {
    const own = { kind: TPM, bank: SHA256, mask: MASK, digest: digestOf(0), document: DOCUMENT }
    return { ...own, ...(await window()), ...overrides }
  }

  const keyOf = ({ kind, bank, mask, digest }: NewMeasurement) =>
    registry.read.measurementKey([kind, bank, mask, digest])

  /** What is signed for one of the two relayed revocations; `where` as another chain or contract would have it. */
  function sign(
    signer: HDAccount,
    type: string,
    message: Record<string, unknown>,
    where: Partial<{ name: string; version: string; chainId: bigint; verifyingContract: Address }> = {},
  ): Promise<Hex> {
    const [, primaryType = "", fields = ""] = /^(\w+)\((.*)\)$/.exec(type) ?? []
    const list = fields.split(",").map((field) => {
      const [fieldType = "", name = ""] = field.split(" ")
      return { name, type: fieldType }
    })
    const own = { name: "WMP AttestationRegistry", version: "1", chainId: fixture.chainId, verifyingContract: address }
    return signer.signTypedData({
      domain: { ...own, ...where },
      types: { [primaryType]: list },
      primaryType,
      message,
    })
  }

  return { fixture, address, registry, realm, owner, root, send, window, measurement, keyOf, sign }
}

export type Attestations = Awaited<ReturnType<typeof deployAttestations>>

/** A history with every kind of event, in the realm of `at` and one event in another, and what it is about. */
export async function makeHistory(at: Attestations) {
  const { owner, root, realm, send } = at
  const [delegate, next] = [account(3), account(4)]
  const { realm: other } = await createRealm(at.fixture, { owner: next, root })
  const { notBefore, notAfter } = await at.window()
  const one = await at.measurement()
  const many = await Promise.all([1, 2, 3].map((seed) => at.measurement({ digest: digestOf(seed) })))
  const ids = [...(await Promise.all([1, 2].map((i) => at.registry.read.attesterId([TPM, nameOf(i)])))), UNSEEN]
  const keys = [...(await Promise.all([one, ...many].map((measurement) => at.keyOf(measurement)))), UNSEEN]
  const both = { ...POLICY, required: false, kinds: KINDS.tpm | KINDS.nitro, bank: SHA384, mask: 7 }
  await send(owner, "setPolicy", realm, ROLE, POLICY)
  await send(next, "setPolicy", other, ROLE, POLICY)
  await send(owner, "enrollAttester", realm, TPM, nameOf(1), delegate.address, notBefore, notAfter)
  await send(owner, "enrollAttester", realm, TPM, nameOf(2), delegate.address, notBefore, notAfter)
  await send(owner, "addMeasurement", realm, ROLE, one)
  await send(owner, "addMeasurements", realm, ROLE, many)
  await send(owner, "addMeasurement", realm, OTHER_ROLE, { ...one, notAfter: notAfter + 5 })
  await send(owner, "addMeasurement", realm, ROLE, { ...one, notAfter: notAfter + 7 })
  await send(owner, "setPolicy", realm, OTHER_ROLE, both)
  await send(delegate, "revokeAttester", realm, ids[0], 1)
  await send(owner, "enrollAttester", realm, TPM, nameOf(2), next.address, notBefore, notAfter + 9)
  await send(root, "revokeAttester", realm, UNSEEN, 2)
  await send(root, "revokeMeasurements", realm, ROLE, [keys[1], keys[2], UNSEEN], 3)
  await send(owner, "revokeMeasurement", realm, OTHER_ROLE, keys[0], 4)
  await send(owner, "setPolicy", realm, ROLE, { ...POLICY, maximumAge: 10 })
  return { other, ids, keys }
}

/** Where the registries of a fixture are. */
export function deploymentOf({ fixture, address }: Attestations): Deployment {
  const ours = (text: string) => parseAddress(text) ?? assert.fail(text)
  return {
    chainId: Number(fixture.chainId),
    operatorRegistry: ours(fixture.operatorsAt),
    realmRegistry: ours(fixture.realmsAt),
    attestationRegistry: ours(address),
    block: 0,
  }
}
