import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { capabilityBits } from "../src/certificate/capabilities.ts"
import {
  delegateChain,
  operatorCertificate,
  randomSecret,
  rootCertificate,
  type Place,
} from "../src/certificate/enrol.ts"
import { addressOfKey } from "../src/certificate/signature.ts"
import type { CertificateChain } from "../src/certificate/types.ts"
import type { Hex } from "../src/core/bytes.ts"
import {
  createEndpoint,
  documentOf,
  firstBundle,
  nextBundle,
  rotation,
  signBundle,
  standalone,
  type BundleChanges,
  type BundleDocument,
  type Endpoint,
} from "../src/index.ts"
import type { Secret } from "../src/core/secret.ts"
import { startRouter, type Router } from "../src/router/index.ts"
import { bundleFile, publishDocument, trustrootState } from "../src/store/index.ts"
import { rejects } from "./arbitrary.ts"
import { named } from "./trust/chains.ts"
import { openWampy } from "./world.ts"

const LIFE = { lifeSeconds: 3_600, refreshSeconds: 1 }
const REFRESH = 20

/** A realm that nobody enrolled anywhere: a file says who is in it. */
describe("endpoints that trust a standalone trustroot", function () {
  this.timeout(20_000)
  let folder = ""
  let router: Router
  let document: BundleDocument
  const rootKey = randomSecret()
  const operatorKeys = [randomSecret(), randomSecret()] as const
  const root = addressOfKey(rootKey)
  const realm = named("a realm without a chain")
  const place = (): Place => ({
    chainId: 1n,
    verifyingContract: root,
    realm,
    validFrom: BigInt(Math.floor(Date.now() / 1_000)),
  })
  const opened: { close(): Promise<unknown> }[] = []

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-standalone-"))
    router = await startRouter()
  })
  beforeEach(async () => {
    const bundle = firstBundle({ trustroot: root, realm, now: Date.now(), ...LIFE })
    document = documentOf(signBundle(bundle, rootKey))
    await rm(join(folder, "state"), { recursive: true, force: true })
    await publishDocument(join(folder, "bundle.json"), document)
  })
  afterEach(async () => {
    for (const item of opened.splice(0).toReversed()) await item.close()
  })
  after(async () => {
    await router.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function publish(changes: BundleChanges, key: Secret = rootKey): Promise<void> {
    const bundle = nextBundle(document, { signer: addressOfKey(key), ...changes }, { now: Date.now(), ...LIFE })
    document = documentOf(signBundle(bundle, key), document)
    await publishDocument(join(folder, "bundle.json"), document)
    await new Promise((resolve) => setTimeout(resolve, REFRESH + 5))
  }

  interface Machine {
    readonly certificates: CertificateChain
    readonly csKey: Secret
  }

  function machine(operatorKey: Secret, vouching: Secret = rootKey): Machine {
    const at = place() // one second for all: no issuer younger than what it issued
    const csKey = randomSecret()
    const above = [operatorCertificate(at, vouching, addressOfKey(operatorKey)), rootCertificate(at, vouching)]
    const capabilities = capabilityBits(["provider", "consumer"])
    const options = { operatorKey, delegateKey: randomSecret(), csKey, capabilities, now: Date.now(), above }
    return { csKey, certificates: delegateChain(at, options) }
  }

  async function enter(identity: Machine): Promise<Endpoint> {
    const session = await openWampy(router.url)
    opened.push(session)
    const endpoint = await createEndpoint({
      connection: session.connection,
      identity,
      trust: standalone({
        trustroot: root,
        realm,
        source: bundleFile(join(folder, "bundle.json")),
        state: trustrootState(join(folder, "state")),
        refreshMs: REFRESH,
      }),
      scopes: [{ uri: "com.example.", match: "prefix" }],
      recheckMs: 0,
    })
    opened.push(endpoint)
    return endpoint
  }

  async function pair(): Promise<{ pump: Endpoint; panel: Endpoint; revocable: readonly Hex[] }> {
    const desk = machine(operatorKeys[1])
    const [pump, panel] = [await enter(machine(operatorKeys[0])), await enter(desk)]
    await pump.register("com.example.add", (args) => (args as number[]).reduce((a, b) => a + b, 0))
    assert.equal(await panel.call("com.example.add", [2, 3]), 5)
    return { pump, panel, revocable: desk.certificates.map(({ digest }) => digest) }
  }

  it("calls, and says by which bundle the peer was verified", async () => {
    const { panel } = await pair()
    const { details } = await panel.callDetailed("com.example.add", [1, 1])
    assert.deepEqual(details.sender.source, { model: "standalone", trustroot: root, sequence: 1 })
  })

  for (const [index, name] of ["the delegate", "its authority", "its operator"].entries()) {
    it(`ends a live peer when a new bundle revokes the certificate of ${name}`, async () => {
      const { panel, revocable } = await pair()
      await publish({ revoke: [revocable[index] as Hex] })
      await rejects(panel.call("com.example.add", [2, 3]), "trust.revoked")
    })
  }

  it("ends a live peer when its operator's epoch begins, and lets one in that was issued since", async () => {
    const { panel } = await pair()
    const validFrom = place().validFrom + 1n
    await publish({ epochs: [{ issuer: addressOfKey(operatorKeys[1]), validFrom }] })
    await rejects(panel.call("com.example.add", [2, 3]), "trust.superseded")
    while (place().validFrom < validFrom) await new Promise((resolve) => setTimeout(resolve, 20))
    const fresh = await enter(machine(operatorKeys[1]))
    assert.equal(await fresh.call("com.example.add", [2, 3]), 5)
  })

  it("keeps both old and new machines through a rotation, and the new ones alone after it", async () => {
    const { panel } = await pair()
    const heirKey = randomSecret()
    const change = rotation(document.head.bundle, addressOfKey(heirKey), Math.floor(Date.now() / 1_000) + 3_600)
    await publish(change)
    await publish({}, heirKey)
    assert.equal(await panel.call("com.example.add", [2, 3]), 5)
    const young = await enter(machine(operatorKeys[1], heirKey))
    assert.equal(await young.call("com.example.add", [4, 5]), 9)
    await publish({ roots: [{ root: addressOfKey(heirKey), notAfter: 0 }] }, heirKey)
    await rejects(panel.call("com.example.add", [2, 3]), "trust.root")
  })
})
