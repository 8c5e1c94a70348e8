import { strict as assert } from "node:assert"
import { toTypedData } from "../../src/certificate/issue.ts"
import { parseChain } from "../../src/certificate/parse.ts"
import { ed25519PublicKey } from "../../src/core/ed25519.ts"
import type { E2eeError } from "../../src/core/errors.ts"
import { startRouter, type Admission, type CertifiedClient, type Router } from "../../src/router/index.ts"
import { autobahn, cryptosign, type CryptosignSettings, type SerializerName } from "../../src/wamp/autobahn.ts"
import { refuses } from "../arbitrary.ts"
import { startHostile, type Rewrite } from "../router/hostile.ts"
import { buildChain, party } from "../trust/chains.ts"
import { autobahnClient, closed, opened, until, type Autobahn } from "../world.ts"

const [HELLO, WELCOME, CHALLENGE, AUTHENTICATE] = [1, 2, 4, 5]
const identity = { certificates: buildChain({ delegate: party("pump") }), csKey: party("pump").csKey }
const relay = party("relay")

describe("autobahn with cryptosign through the embedded router", function () {
  this.timeout(8_000)
  let router: Router
  let shown: CertifiedClient[] = []
  let refusals: E2eeError[] = []
  const closing: (() => Promise<unknown>)[] = []

  before(async () => {
    const judge = (client: CertifiedClient): Admission => {
      shown.push(client)
      return { authid: party("pump").address, authrole: "user" }
    }
    const certificates = buildChain({ delegate: relay }).map(toTypedData)
    const own = { key: relay.csKey, certificates, trustroot: party("root").address }
    router = await startRouter({ authentication: { cryptosign: { judge, identity: own } } })
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    shown = []
    refusals = []
  })
  after(() => router.close())

  async function middleMan(rewrite: Rewrite) {
    const hostile = await startHostile(router.url, rewrite)
    closing.push(() => hostile.close())
    return hostile
  }
  function clientOf(url: string, settings: CryptosignSettings = {}): Autobahn {
    const onRefusal = (error: E2eeError): void => void refusals.push(error)
    const { client } = autobahnClient(url, cryptosign(identity, { onRefusal, ...settings }))
    closing.push(() => closed(client))
    return client
  }

  for (const name of ["json", "msgpack", "cbor"] as const satisfies readonly SerializerName[]) {
    it(`proves the identity and checks the router's, over ${name}`, async () => {
      const client = clientOf(router.url, { serializers: [name], router: ed25519PublicKey(relay.csKey) })
      const details = await opened(client)
      assert.equal(details["authid"], party("pump").address)
      const [{ certificates, provenKey }] = shown as [CertifiedClient]
      assert.equal(provenKey, party("pump").csPubKey)
      assert.deepEqual(parseChain(certificates), identity.certificates)
      const connection = autobahn(client)
      await connection.register("com.example.a", "exact", async ({ payload }) => payload)
      assert.deepEqual(refusals, [])
    })
  }

  it("proves itself anew in each session, by another challenge", async () => {
    const challenges: unknown[] = []
    const proofs: unknown[] = []
    const hostile = await middleMan((_direction, message) => {
      if (message[0] === HELLO)
        challenges.push((message[2] as { authextra: { challenge: unknown } }).authextra.challenge)
      if (message[0] === AUTHENTICATE) proofs.push(message[1])
      return message
    })
    const client = clientOf(hostile.url, { router: ed25519PublicKey(relay.csKey) })
    await opened(client)
    const again = new Promise<void>((resolve) => {
      client.onopen = () => resolve()
    })
    hostile.cut()
    await again
    assert.deepEqual([new Set(challenges).size, new Set(proofs).size, refusals], [2, 2, []])
  })

  it("shows no chain where it is not to", async () => {
    const extras: object[] = []
    const hostile = await middleMan((_direction, message) => {
      if (message[0] === HELLO) extras.push((message[2] as { authextra: object }).authextra)
      return message
    })
    const client = clientOf(hostile.url, { certificates: false, authid: "pump-7" })
    client.open()
    await until(() => extras.length > 0)
    assert.deepEqual(Object.keys(extras[0]!), ["pubkey"])
  })

  const lies: Readonly<Record<string, Rewrite>> = {
    "welcomes it without a challenge": (direction, message) =>
      direction === "toClient" && message[0] === CHALLENGE ? [WELCOME, 7, { roles: {} }] : message,
    "challenges by another method": (_direction, message) =>
      message[0] === CHALLENGE ? [CHALLENGE, "wampcra", message[2]] : message,
    "sends no challenge": (_direction, message) => (message[0] === CHALLENGE ? [CHALLENGE, "cryptosign", {}] : message),
    "sends nothing at all": (_direction, message) => (message[0] === CHALLENGE ? [CHALLENGE] : message),
    "leaves out its own proof": (_direction, message) => {
      if (message[0] === CHALLENGE) delete (message[2] as Record<string, unknown>)["signature"]
      return message
    },
  }
  for (const [what, lie] of Object.entries(lies)) {
    it(`gives nothing away to a router that ${what}`, async () => {
      let proofs = 0
      let opens = 0
      const hostile = await middleMan((direction, message, link) => {
        if (message[0] === AUTHENTICATE) proofs++
        return lie(direction, message, link)
      })
      const client = clientOf(hostile.url, { router: ed25519PublicKey(relay.csKey) })
      client.onopen = () => opens++
      client.onclose = () => true
      client.open()
      await until(() => refusals.length > 0 && !client.isConnected)
      assert.deepEqual([proofs, opens, refusals[0]!.code], [0, 0, "session.authentication"])
    })
  }

  it("signs nothing for a router of another key", async () => {
    const client = clientOf(router.url, { router: "ab".repeat(32) })
    client.onclose = () => true
    client.open()
    await until(() => refusals.length > 0 && !client.isConnected)
    assert.deepEqual([refusals[0]!.code, shown], ["session.authentication", []])
  })

  it("refuses settings that are not of their form", () => {
    refuses(() => cryptosign({ ...identity, csKey: relay.csKey }), "usage.invalid")
    refuses(() => cryptosign(identity, { router: "key" }), "usage.invalid")
    refuses(() => cryptosign(identity, { trustroot: "root" }), "usage.invalid")
    refuses(() => cryptosign(identity, { serializers: ["ubjson" as never] }), "usage.invalid")
    refuses(() => cryptosign({ ...identity, certificates: "[" }), "certificate.malformed")
  })
})
