import { strict as assert } from "node:assert"
import { trustedClients, trustedRouters, type ShownChain } from "../src/authentication.ts"
import { CAPABILITIES } from "../src/certificate/capabilities.ts"
import { toTypedData } from "../src/certificate/issue.ts"
import type { CertificateChain } from "../src/certificate/types.ts"
import { E2eeError, type ErrorCode } from "../src/core/errors.ts"
import { parseCredentials } from "../src/cryptosign/credentials.ts"
import type { TrustProvider } from "../src/trust/provider.ts"
import type { VerifiedDelegate } from "../src/trust/verified-delegate.ts"
import { rejects } from "./arbitrary.ts"
import { TrustTable } from "./session/world.ts"
import { buildChain, factsOf, named, NOW, party, STANDING, type ChainOptions, type Party } from "./trust/chains.ts"

const RELAY = CAPABILITIES["public-relay"]
const clock = (): number => NOW
const root = party("root").address

function shown(name: string, options: ChainOptions = {}, changes: Partial<ShownChain> = {}): ShownChain {
  const delegate = party(name)
  const certificates = buildChain({ delegate, ...options }).map(toTypedData)
  return { certificates, trustroot: root, provenKey: delegate.csPubKey, ...changes }
}
const asRouter = ({ provenKey: publicKey, certificates, trustroot }: ShownChain) => ({
  publicKey,
  certificates,
  trustroot,
})

/** Both judgements, each with what its own kind shows. */
const JUDGEMENTS = {
  client: {
    capabilities: CAPABILITIES.provider,
    judge: (trust: TrustProvider) => trustedClients(trust, { clock }),
  },
  router: {
    capabilities: RELAY,
    judge: (trust: TrustProvider) => {
      const judge = trustedRouters(trust, { clock })
      return (chain: ShownChain): Promise<unknown> => judge(asRouter(chain))
    },
  },
} as const

describe("sessions: who is trusted", () => {
  it("knows a client by its delegate's address, in a role of the router's choice", async () => {
    const trust = new TrustTable()
    const client = party("pump").address
    assert.deepEqual(await trustedClients(trust, { clock })(shown("pump")), { authid: client, authrole: "user" })
    const authrole = ({ capabilities }: VerifiedDelegate): string => capabilities.join("+")
    const named = await trustedClients(trust, { clock, authrole })(shown("pump"))
    assert.deepEqual(named, { authid: client, authrole: "provider+consumer" })
  })

  for (const [kind, { capabilities, judge }] of Object.entries(JUDGEMENTS)) {
    const good = { capabilities }
    const stranger = party("stranger root")
    const refused: Readonly<Record<string, [chain: ShownChain, code: ErrorCode]>> = {
      "a chain of another's": [shown("pump", good, { provenKey: party("thief").csPubKey }), "trust.possession"],
      "a chain that ends in another root": [
        shown("pump", { ...good, root: stranger }, { trustroot: stranger.address }),
        "trust.root",
      ],
      "a foreign chain under our root's name": [shown("pump", { ...good, root: stranger }), "trust.root"],
      "our chain under a foreign root's name": [shown("pump", good, { trustroot: stranger.address }), "trust.root"],
      "no trustroot": [shown("pump", good, { trustroot: undefined }), "trust.root"],
      "a chain of another realm": [shown("pump", { ...good, realm: named("elsewhere") }), "trust.realm"],
      "no certificates": [shown("pump", good, { certificates: [] }), "certificate.malformed"],
      "no chain at all": [shown("pump", good, { certificates: ["certificate"] }), "certificate.malformed"],
    }
    for (const [what, [chain, code]] of Object.entries(refused)) {
      it(`refuses a ${kind} with ${what}`, () => rejects(judge(new TrustTable())(chain), code).then(() => undefined))
    }

    it(`accepts a ${kind} until it is revoked`, async () => {
      const trust = new TrustTable()
      await judge(trust)(shown("pump", good))
      trust.revoke("pump")
      await rejects(judge(trust)(shown("pump", good)), "trust.revoked")
    })

    it(`remembers a ${kind} where trust is remembered, and none that is refused`, async () => {
      const accepted: string[] = []
      const trust: TrustProvider = Object.assign(new TrustTable(), {
        accept: (chain: CertificateChain, { address }: VerifiedDelegate) => {
          accepted.push(`${chain.length} ${address}`)
          return Promise.resolve()
        },
      })
      await judge(trust)(shown("pump", good))
      const other = shown("other", { capabilities: RELAY ^ CAPABILITIES.provider ^ capabilities })
      await rejects(judge(trust)(other), "trust.capability_missing")
      await rejects(judge(trust)(shown("pump", good, { trustroot: undefined })), "trust.root")
      assert.deepEqual(accepted, [`4 ${party("pump").address}`])
      const full = {
        ...trust,
        facts: trust.facts.bind(trust),
        accept: () => Promise.reject(new E2eeError("store.io", "")),
      }
      await rejects(judge(full)(shown("pump", good)), "store.io")
    })

    it(`trusts no ${kind} when nothing can be learnt`, async () => {
      const facts = (): Promise<never> => Promise.reject(new E2eeError("chain.unreachable", "no node"))
      await rejects(judge({ realm: named("realm"), facts })(shown("pump", good)), "chain.unreachable")
    })

    it(`lets local policy alone say which trustroot a ${kind} must have`, async () => {
      // Realms with a root each; whoever asks names one of them, with a chain that ends in it.
      const roots = ["on-chain root", "standalone root", "another standalone root"].map(party)
      const providerOf = (required: Party): TrustProvider => ({
        realm: named("realm"),
        facts: async (chain) => factsOf(chain, { roots: [{ address: required.address, confirmed: true }] }),
      })
      for (const required of roots) {
        for (const asked of roots) {
          const chain = shown("pump", { ...good, root: asked }, { trustroot: asked.address })
          const judged = judge(providerOf(required))(chain)
          if (asked === required) await judged
          else await rejects(judged, "trust.root")
        }
      }
    })
  }

  it("keeps the keys of routers and clients apart: a router's signs what any client sends it", async () => {
    const trust = new TrustTable()
    for (const name of ["public-relay", "private-relay"] as const) {
      const relay = shown("relay", { capabilities: CAPABILITIES[name] | CAPABILITIES.provider })
      await trustedRouters(trust, { clock })(asRouter(relay))
      await rejects(trustedClients(trust, { clock })(relay), "trust.capability_missing")
    }
    await rejects(trustedRouters(trust, { clock })(asRouter(shown("pump"))), "trust.capability_missing")
  })

  it("judges a chain that goes on in what is anchored, by the root where it ends there", async () => {
    const whole = buildChain({ delegate: party("pump") })
    const anchored = whole.slice(2).flatMap(({ certificate }) => {
      if (certificate.kind !== "authority") return []
      const { issuer, subject, capabilities, validFrom } = certificate
      return [{ issuer, subject, capabilities, validFrom, confirmed: true }]
    })
    const facts: TrustProvider["facts"] = async (chain) =>
      factsOf(chain, { anchored, certificates: whole.map(() => STANDING), operator: "active" })
    const judge = trustedClients({ realm: named("realm"), facts }, { clock })
    const part = shown("pump", {}, { certificates: whole.slice(0, 2).map(toTypedData) })
    assert.equal((await judge(part)).authid, party("pump").address)
    const operator = anchored[0]?.subject
    await rejects(judge({ ...part, trustroot: operator }), "trust.root")
  })

  it("shows chains of every length within what a router reads", () => {
    for (let length = 2; length <= 8; length++) {
      const { certificates, provenKey } = shown("pump", { length })
      assert.equal(parseCredentials({ pubkey: provenKey.slice(2), certificates }).certificates.length, length)
    }
  })
})
