import { capabilityBits } from "../src/certificate/capabilities.ts"
import {
  delegateChain,
  operatorCertificate,
  randomSalt,
  randomSecret,
  rootCertificate,
  type Place,
} from "../src/certificate/enrol.ts"
import { addressOfKey } from "../src/certificate/signature.ts"
import type { CertificateChain } from "../src/certificate/types.ts"
import { developmentKey, readerOf, startEmbeddedChain, writerOf } from "../src/chain/embedded.ts"
import { certificates, deployRegistries, operators as registry, realms, send } from "../src/chain/index.ts"
import { blockOf } from "../src/chain/trust/trust-of.ts"
import type { Address } from "../src/core/address.ts"
import { E2eeError } from "../src/core/errors.ts"
import type { Secret } from "../src/core/secret.ts"
import type { Endpoint } from "../src/endpoint.ts"
import { startRouter } from "../src/router/index.ts"

/** One thing that a demonstration did, in the order of docs/how-it-works.md. */
export type Step = { readonly step: string } & Readonly<Record<string, unknown>>
export type Tell = (step: Step) => void
/** What has to be stopped at the end, the newest first. */
export type Stops = (() => Promise<unknown>)[]

/** A machine with its identity. */
export interface Machine {
  readonly name: string
  readonly operatorKey: Secret
  readonly csKey: Secret
  readonly chain: CertificateChain
}

const CAPABILITIES = capabilityBits(["provider", "consumer"])

/** Runs a demonstration; stops what it started. */
export async function running(work: (stops: Stops) => Promise<void>): Promise<void> {
  const stops: Stops = []
  try {
    await work(stops)
  } finally {
    for (const stop of stops.toReversed()) await stop().catch(() => undefined)
  }
}

/** A chain, a router, the registries, a realm of two operators, and a machine of each: `pump` and `panel`. */
export async function foundRealm(tell: Tell, stops: Stops) {
  const chain = await startEmbeddedChain()
  stops.push(() => chain.close())
  const reader = readerOf(chain.transport)
  const chainId = await reader.getChainId()
  tell({ step: "chain", chainId, kind: "in-process EVM" })

  const received: Uint8Array[] = []
  const router = await startRouter({
    tap: (direction, _session, frame) => direction === "in" && received.push(Uint8Array.from(frame)),
  })
  stops.push(() => router.close())
  tell({ step: "router", url: router.url })

  const [owner, ownerOfA, ownerOfB] = [developmentKey(0), developmentKey(1), developmentKey(2)]
  const deployment = await deployRegistries(writerOf(chain.transport, owner))
  tell({
    step: "deploy",
    operatorRegistry: deployment.operatorRegistry,
    realmRegistry: deployment.realmRegistry,
    block: deployment.block,
  })

  const operators = [
    { name: "operator A", key: ownerOfA, ca: addressOfKey(ownerOfA) },
    { name: "operator B", key: ownerOfB, ca: addressOfKey(ownerOfB) },
  ]
  for (const { name, key, ca } of operators) {
    const { gas } = await send(writerOf(chain.transport, key), registry.enroll(deployment, { controller: ca }))
    tell({ step: "operator", name, ca, gas: Number(gas) })
  }

  const salt = randomSalt()
  const realm = await realms.realmAddress(reader, deployment, addressOfKey(owner), salt)
  const place = async (): Promise<Place> => ({
    chainId: BigInt(chainId),
    verifyingContract: deployment.realmRegistry,
    realm,
    validFrom: await blockOf(reader, deployment, realm),
  })
  const root = rootCertificate(await place(), owner)
  const created = await send(
    writerOf(chain.transport, owner),
    realms.create(deployment, { salt, policy: "open", root }),
  )
  tell({ step: "realm", realm, root: addressOfKey(owner), gas: Number(created.gas) })

  const machines: Machine[] = []
  const above: CertificateChain[] = []
  for (const { name, key, ca } of operators) {
    const certificate = operatorCertificate(await place(), owner, ca)
    // Sent by the operator itself, the root's certificate admits it and is accepted in one transaction.
    const { gas } = await send(writerOf(chain.transport, key), certificates.admit(deployment, certificate))
    above.push([certificate, root])
    tell({ step: "admit", name, ca, digest: certificate.digest, gas: Number(gas) })
  }
  for (const [i, name] of ["pump", "panel"].entries()) {
    const operatorKey = operators[i]?.key as Secret
    const csKey = randomSecret()
    const options = {
      operatorKey,
      delegateKey: randomSecret(),
      csKey,
      capabilities: CAPABILITIES,
      now: Date.now(),
      above: above[i] as CertificateChain,
    }
    const issued = delegateChain(await place(), options)
    machines.push({ name, operatorKey, csKey, chain: issued })
    tell({
      step: "delegate",
      name,
      address: delegateOf(issued),
      operator: operators[i]?.ca,
      certificates: issued.length,
    })
  }
  const [pump, panel] = machines as [Machine, Machine]
  return { chain, reader, router, received, deployment, realm, owner, pump, panel }
}

export function delegateOf(chain: CertificateChain): Address {
  const certificate = chain[0]?.certificate
  if (certificate?.kind !== "delegate") throw new E2eeError("internal.invariant", "a chain without a delegate")
  return certificate.delegate
}

/** One event from one endpoint to another, as it came. */
export async function deliver(
  from: Endpoint,
  to: Endpoint,
  topic: string,
  args: readonly unknown[],
): Promise<readonly unknown[]> {
  const event = new Promise<readonly unknown[]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new E2eeError("session.timeout", "no event within 10 s")), 10_000)
    to.subscribe(topic, (delivered) => (clearTimeout(timer), resolve(delivered))).then(
      () => from.publish(topic, args),
      reject,
    )
  })
  const delivered = await event
  require(JSON.stringify(delivered) === JSON.stringify(args), "the event is another")
  return delivered
}

export function require(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new E2eeError("internal.invariant", otherwise)
}
