import { writerOf } from "../src/chain/embedded.ts"
import { certificates, onChain, send } from "../src/chain/index.ts"
import { openSession } from "../src/cli/wamp-session.ts"
import type { CertificateChain } from "../src/certificate/types.ts"
import { asE2eeError } from "../src/core/errors.ts"
import { createEndpoint, type Details } from "../src/endpoint.ts"
import {
  delegateOf,
  deliver,
  foundRealm,
  require,
  running,
  type Machine,
  type Step,
  type Stops,
  type Tell,
} from "./demo-realm.ts"
import { findPlaintext } from "./plaintext-search.ts"

export type { Step }

const SCOPE = { uri: "com.example.", match: "prefix", mode: "sig" } as const
const PROCEDURE = "com.example.valve.set"
const TOPIC = "com.example.pressure"
/** Distinctive, so that finding them anywhere in the router's bytes means something. */
const CALL_ARGS = ["open valve seven slowly", 21.5]
const EVENT_ARGS = ["pressure in the cooling loop", 3.25]

/** Runs the main job on embedded parts and tells each step. Rejects if one does not hold; stops what it started. */
export function runDemo(tell: Tell): Promise<void> {
  return running((stops) => steps(tell, stops))
}

async function steps(tell: Tell, stops: Stops): Promise<void> {
  const world = await foundRealm(tell, stops)
  const { chain, reader, router, received, deployment, realm, pump: pumpMachine, panel: panelMachine } = world

  const join = async (machine: Machine) => {
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

  const delivered = await deliver(pump, panel, TOPIC, EVENT_ARGS)
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
