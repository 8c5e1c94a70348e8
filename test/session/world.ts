import type { CertificateChain } from "../../src/certificate/types.ts"
import type { Address } from "../../src/core/address.ts"
import { E2eeError, type ErrorCode } from "../../src/core/errors.ts"
import { parseControl } from "../../src/keys/grant.ts"
import { createEndpoint, type Endpoint, type EndpointOptions } from "../../src/endpoint.ts"
import type { TrustFacts } from "../../src/trust/facts.ts"
import type { Connection } from "../../src/session/connection.ts"
import type { Timers } from "../../src/session/context.ts"
import type { TrustProvider } from "../../src/trust/provider.ts"
import { buildChain, factsOf, NOW, party, REALM, STANDING, type ChainOptions } from "../trust/chains.ts"
import { FakeRouter, type Carried } from "./fake-router.ts"

/** A trustroot that is a table: everything stands but what was revoked. */
export class TrustTable implements TrustProvider {
  readonly realm = REALM
  readonly #revoked = new Set<Address>()
  /** Whether it answers. */
  reachable = true

  /** Revokes every authority certificate of a party. */
  revoke(name: string): void {
    this.#revoked.add(party(name).address)
  }

  restore(name: string): void {
    this.#revoked.delete(party(name).address)
  }

  async facts(chain: CertificateChain): Promise<TrustFacts> {
    if (!this.reachable) throw new E2eeError("chain.unreachable", "the trustroot does not answer")
    const certificates = chain.map(({ certificate }) => ({
      ...STANDING,
      revoked: certificate.kind === "authority" && this.#revoked.has(certificate.subject),
    }))
    return factsOf(chain, { certificates })
  }
}

export interface Inhabitant {
  readonly endpoint: Endpoint
  readonly connection: Connection
  /** Codes of everything that was refused and is nobody's return value, in order. */
  readonly refused: ErrorCode[]
}

/** Timers that ring when the clock is put forward. */
export class ManualTimers implements Timers {
  readonly #waiting = new Set<{ readonly at: number; readonly work: () => void }>()
  now = NOW

  after(milliseconds: number, work: () => void): () => void {
    const timer = { at: this.now + milliseconds, work }
    this.#waiting.add(timer)
    return () => void this.#waiting.delete(timer)
  }

  /** Puts the clock forward, timer by timer. */
  pass(milliseconds: number): void {
    const until = this.now + milliseconds
    for (;;) {
      const due = [...this.#waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.#waiting.delete(due)
      this.now = Math.max(this.now, due.at)
      due.work()
    }
    this.now = until
  }
}

/** A router, a trustroot and a clock that endpoints share. */
export class World {
  readonly router = new FakeRouter()
  readonly trust = new TrustTable()
  readonly timers = new ManualTimers()
  readonly #endpoints: Endpoint[] = []

  get now(): number {
    return this.timers.now
  }

  async join(name: string, chain: ChainOptions = {}, options: Partial<EndpointOptions> = {}): Promise<Inhabitant> {
    const refused: ErrorCode[] = []
    const connection = options.connection ?? this.router.connect()
    const endpoint = await createEndpoint({
      connection,
      identity: { certificates: buildChain({ delegate: party(name), ...chain }), csKey: party(name).csKey },
      trust: this.trust,
      scopes: [{ uri: "com.example.", match: "prefix" }],
      onRefusal: ({ code }) => refused.push(code),
      clock: () => this.now,
      timers: this.timers,
      ...options,
    })
    this.#endpoints.push(endpoint)
    return { endpoint, connection, refused }
  }

  /** Lets verdicts grow too old to be believed. */
  pass(milliseconds = 2_000): void {
    this.timers.pass(milliseconds)
  }

  /** Messages carried of a type that are not about grants. */
  count(type: string): number {
    return this.router.carried.filter((message) => message.type === type && !/e2ee\.(grant|ann)$/.test(message.uri))
      .length
  }

  /** Grants that were asked for; not what an agent asks itself. */
  get grants(): number {
    const isRequest = ({ type, uri, payload }: Carried): boolean =>
      type === "CALL" && uri.endsWith("e2ee.grant") && !payload.sealed && (payload.args[0] as Uint8Array).length > 32
    return this.router.carried.filter(isRequest).length
  }

  /** Ticks that were published. */
  get ticks(): number {
    return this.router.carried.filter(({ type, payload }) => {
      const bytes: unknown = payload.sealed ? undefined : payload.args[0]
      return type === "EVENT" && bytes instanceof Uint8Array && parseControl(bytes)?.kind === "tick"
    }).length
  }

  async close(): Promise<void> {
    await Promise.all(this.#endpoints.map((endpoint) => endpoint.close()))
  }
}

/** Lets everything that waits within the process run. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve, 2))
}
