import type { CertificateChain } from "../../src/certificate/types.ts"
import type { Address } from "../../src/core/address.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { createEndpoint, type Endpoint, type EndpointOptions } from "../../src/endpoint.ts"
import type { TrustFacts } from "../../src/trust/facts.ts"
import type { TrustProvider } from "../../src/trust/provider.ts"
import { buildChain, factsOf, NOW, party, REALM, STANDING, type ChainOptions } from "../trust/chains.ts"
import { FakeRouter } from "./fake-router.ts"

/** A trustroot that is a table: everything stands but what was revoked. */
export class TrustTable implements TrustProvider {
  readonly realm = REALM
  readonly #revoked = new Set<Address>()

  /** Revokes every authority certificate of a party. */
  revoke(name: string): void {
    this.#revoked.add(party(name).address)
  }

  async facts(chain: CertificateChain): Promise<TrustFacts> {
    const certificates = chain.map(({ certificate }) => ({
      ...STANDING,
      revoked: certificate.kind === "authority" && this.#revoked.has(certificate.subject),
    }))
    return factsOf(chain, { certificates })
  }
}

export interface Inhabitant {
  readonly endpoint: Endpoint
  /** Codes of everything that was refused and is nobody's return value, in order. */
  readonly refused: ErrorCode[]
}

/** A router, a trustroot and a clock that endpoints share. */
export class World {
  readonly router = new FakeRouter()
  readonly trust = new TrustTable()
  readonly #endpoints: Endpoint[] = []
  now = NOW

  async join(name: string, chain: ChainOptions = {}, options: Partial<EndpointOptions> = {}): Promise<Inhabitant> {
    const refused: ErrorCode[] = []
    const endpoint = await createEndpoint({
      connection: this.router.connect(),
      identity: { certificates: buildChain({ delegate: party(name), ...chain }), csKey: party(name).csKey },
      trust: this.trust,
      scopes: [{ uri: "com.example.", match: "prefix" }],
      onRefusal: ({ code }) => refused.push(code),
      clock: () => this.now,
      ...options,
    })
    this.#endpoints.push(endpoint)
    return { endpoint, refused }
  }

  /** Lets verdicts grow too old to be believed. */
  pass(milliseconds = 2_000): void {
    this.now += milliseconds
  }

  /** Messages carried of a type that are not grants. */
  count(type: string): number {
    return this.router.carried.filter((message) => message.type === type && !message.uri.endsWith("e2ee.grant")).length
  }

  get grants(): number {
    return this.router.carried.filter(({ type, uri }) => type === "CALL" && uri.endsWith("e2ee.grant")).length
  }

  async close(): Promise<void> {
    await Promise.all(this.#endpoints.map((endpoint) => endpoint.close()))
  }
}

/** Lets everything that waits within the process run. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve, 2))
}
