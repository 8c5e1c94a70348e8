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
import { certificates, deployRegistries, onChain, operators as registry, realms, send } from "../src/chain/index.ts"
import { blockOf } from "../src/chain/trust/trust-of.ts"
import { openSession } from "../src/cli/wamp-session.ts"
import type { Address } from "../src/core/address.ts"
import { asE2eeError, E2eeError } from "../src/core/errors.ts"
import type { Secret } from "../src/core/secret.ts"
import { createEndpoint, type Details } from "../src/endpoint.ts"
import { startRouter } from "../src/router/index.ts"
import { findPlaintext } from "./plaintext-search.ts"

/** One thing that the demonstration did, in the order of docs/how-it-works.md. */
export type Step = { readonly step: string } & Readonly<Record<string, unknown>>

const SCOPE = { uri: "com.example.", match: "prefix", mode: "sig" } as const
const PROCEDURE = "com.example.valve.set"
const TOPIC = "com.example.pressure"
/** Distinctive, so that finding them anywhere in the router's bytes means something. */
const CALL_ARGS = ["open valve seven slowly", 21.5]
const EVENT_ARGS = ["pressure in the cooling loop", 3.25]
const CAPABILITIES = capabilityBits(["provider", "consumer"])

/** Runs the main job on embedded parts and tells each step. Rejects if one does not hold; stops what it started. */
export async function runDemo(tell: (step: Step) => void): Promise<void> {
  const stops: (() => Promise<unknown>)[] = []
  try {
    await steps(tell, stops)
  } finally {
    for (const stop of stops.toReversed()) await stop().catch(() => undefined)
  }
}

async function steps(tell: (step: Step) => void, stops: (() => Promise<unknown>)[]): Promise<void> {
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

  const machines: { name: string; operatorKey: Secret; csKey: Secret; chain: CertificateChain }[] = []
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

  const join = async (machine: (typeof machines)[number]) => {
    const session = await openSession(router.url, "realm1")
    stops.push(() => session.close())
    const identity = { certificates: machine.chain, csKey: machine.csKey }
    // recheckMs 0: each message asks the chain about its peer anew, so that a revocation bites with the next one.
    const endpoint = await createEndpoint({
      connection: session.connection,
      identity,
      trust: onChain({ client: reader, deployment, realm }),
      scopes: [SCOPE],
      recheckMs: 0,
    })
    stops.push(() => endpoint.close())
    return endpoint
  }
  const [pumpMachine, panelMachine] = machines as [(typeof machines)[number], (typeof machines)[number]]
  const pump = await join(pumpMachine)
  const panel = await join(panelMachine)

  let caller: Details | undefined
  let executions = 0
  await pump.register(PROCEDURE, ([text, value], _kwargs, details) => {
    caller = details
    executions++
    return `done: ${String(text)} to ${String(value)} bar`
  })
  const answer = await panel.callDetailed(PROCEDURE, CALL_ARGS)
  const seen = caller as Details | undefined
  require(seen !== undefined && executions === 1, "the callee did not see the call once")
  tell({ step: "verified", callee: shown(answer.details), caller: seen && shown(seen) })
  const result = answer.args[0]
  require(result === "done: open valve seven slowly to 21.5 bar", "the result is another")
  tell({ step: "call", procedure: PROCEDURE, args: CALL_ARGS, result })

  const event = new Promise<readonly unknown[]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new E2eeError("session.timeout", "no event within 10 s")), 10_000)
    panel
      .subscribe(TOPIC, (args) => (clearTimeout(timer), resolve(args)))
      .then(() => pump.publish(TOPIC, EVENT_ARGS), reject)
  })
  const delivered = await event
  require(JSON.stringify(delivered) === JSON.stringify(EVENT_ARGS), "the event is another")
  tell({ step: "event", topic: TOPIC, args: delivered })

  const bytes = Buffer.concat(received)
  const found = findPlaintext(bytes, [CALL_ARGS, CALL_ARGS[0], EVENT_ARGS, EVENT_ARGS[0], result])
  const sample = received.find((frame) => Buffer.from(frame).includes("ppt_cipher")) ?? new Uint8Array()
  tell({
    step: "router-saw",
    messages: received.length,
    bytes: bytes.length,
    plaintextFound: found !== undefined,
    sample: Buffer.from(sample).toString("hex"),
  })
  require(found === undefined, `the router received plaintext: ${found}`)

  const authority = panelMachine.chain[1] as CertificateChain[number]
  const named = { realm, subject: delegateOf(panelMachine.chain), digest: authority.digest }
  const operator = writerOf(chain.transport, panelMachine.operatorKey)
  const revoked = await send(operator, certificates.revoke(deployment, named))
  tell({
    step: "revoke",
    name: "panel",
    address: delegateOf(panelMachine.chain),
    digest: authority.digest,
    gas: Number(revoked.gas),
  })
  const refusal = await panel.call(PROCEDURE, CALL_ARGS).then(
    () => undefined,
    (error: unknown) => asE2eeError(error, "internal.invariant", "the refused call"),
  )
  require(refusal?.code === "trust.revoked" &&
    executions === 1, `a revoked machine's call ended in ${refusal?.code ?? "a result"}`)
  tell({ step: "refused", code: refusal.code, message: refusal.message })
  tell({ step: "done", ok: true, encryptedCalls: 1, encryptedEvents: 1, refusedCalls: 1 })
}

function delegateOf(chain: CertificateChain): Address {
  const certificate = chain[0]?.certificate
  if (certificate?.kind !== "delegate") throw new E2eeError("internal.invariant", "a chain without a delegate")
  return certificate.delegate
}

function shown({ sender }: Details): Record<string, unknown> {
  const source = Object.fromEntries(
    // Steps are printed as JSON, which has no bigint.
    Object.entries(sender.source).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
  )
  return {
    address: sender.address,
    operator: sender.operator,
    realm: sender.realm,
    capabilities: sender.capabilities,
    source,
  }
}

function require(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new E2eeError("internal.invariant", otherwise)
}
