// The key agent of `npm run bench:members`, in a thread and heap of its own; it publishes, too.
import { parentPort, workerData, type MessagePort } from "node:worker_threads"
import type { CertificateChain, SignedCertificate } from "../../src/certificate/types.ts"
import { createEndpoint } from "../../src/endpoint.ts"
import type { TrustFacts } from "../../src/trust/facts.ts"
import { TrustTable } from "../../test/session/world.ts"
import { buildChain, party } from "../../test/trust/chains.ts"
import { connectOver, Link } from "./link.ts"
import { heldBytes, usedMs } from "./used.ts"

/** A trustroot that needs some milliseconds to answer about a chain, and knows it until there is another block. */
class DistantTrust extends TrustTable {
  readonly #known = new Map<string, number>()

  override async facts(chain: CertificateChain): Promise<TrustFacts> {
    const [{ digest }] = chain as [SignedCertificate]
    const block = Math.floor((Date.now() + ahead) / BLOCK_MS)
    if (trustMs > 0 && this.#known.get(digest) !== block) {
      await new Promise((resolve) => setTimeout(resolve, trustMs))
      this.#known.set(digest, block)
    }
    return super.facts(chain)
  }
}

const BLOCK_MS = 12_000
const { trees, topic, trustMs } = workerData as { trees: boolean; topic: string; trustMs: number }
const port = parentPort as MessagePort
const over = connectOver(() => link)
let ahead = 0
const trust = new DistantTrust()

const endpoint = await createEndpoint({
  connection: over.connection,
  identity: { certificates: buildChain({ delegate: party("agent") }), csKey: party("agent").csKey },
  trust,
  scopes: [{ uri: "com.example.", match: "prefix", trees }],
  clock: () => Date.now() + ahead,
})

const wishes: Readonly<Record<string, (value: unknown) => unknown>> = {
  stand: () => endpoint.standAsKeyAgent(topic),
  publish: (value) => endpoint.publish(topic, [value]),
  revoke: (value) => trust.revoke(value as string),
  ahead: (value) => void (ahead = value as number),
  used: usedMs,
  held: heldBytes,
}

const link: Link = new Link(port, async (wish) => {
  if (wish.what === "invoke") return over.invoke(wish)
  return wishes[wish.what]?.(wish.value)
})
port.postMessage({ id: -1, answer: "ready" })
