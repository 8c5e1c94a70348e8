import assert from "node:assert/strict"
import { Wampy } from "wampy"
import { WebSocket } from "ws"
import { trustedClients, trustedRouters } from "../../src/authentication.ts"
import { capabilityBits } from "../../src/certificate/capabilities.ts"
import { toTypedData } from "../../src/certificate/issue.ts"
import { onChain } from "../../src/chain/index.ts"
import { ed25519PublicKey } from "../../src/core/ed25519.ts"
import { E2eeError, type ErrorCode } from "../../src/core/errors.ts"
import { createEndpoint, type Endpoint } from "../../src/index.ts"
import { startRouter, type CryptosignOptions, type Router, type RouterOptions } from "../../src/router/index.ts"
import type { TrustProvider } from "../../src/trust/provider.ts"
import { cryptosign, tlsExporter, wampy, type CryptosignSettings } from "../../src/wamp/wampy.ts"
import { refuses } from "../arbitrary.ts"
import { startHostile, type Rewrite } from "../router/hostile.ts"
import { TLS } from "../router/tls/index.ts"
import { startWorld, WAMPY_SERIALIZERS, type Machine } from "../world.ts"

const [HELLO, WELCOME, CHALLENGE, AUTHENTICATE] = [1, 2, 4, 5]
const SCOPES = [{ uri: "com.example.", match: "prefix" }] as const

interface Session {
  readonly client: Wampy
  readonly details: Record<string, unknown>
}

/** Machines and a router of one realm, each proving itself to the other. */
describe("wampy with cryptosign through the embedded router", function () {
  this.timeout(8_000)
  let world: Awaited<ReturnType<typeof startWorld>>
  let realm: Awaited<ReturnType<(typeof world)["foundRealm"]>>
  let trust: TrustProvider
  let relay: Machine
  let pump: Machine
  const opened: (() => Promise<unknown>)[] = []
  let refusals: E2eeError[] = []

  before(async () => {
    world = await startWorld()
    realm = await world.foundRealm(world.owner)
    trust = onChain({ client: world.client, deployment: world.deployment, realm: realm.realm })
    relay = await realm.machine(0, capabilityBits(["public-relay"]))
    pump = await realm.machine(0)
  })
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close()
    refusals = []
  })
  after(() => world.stop())

  async function start(options: Partial<CryptosignOptions> = {}, more: RouterOptions = {}): Promise<Router> {
    const identity = {
      key: relay.csKey,
      certificates: relay.certificates.map(toTypedData),
      trustroot: realm.root.certificate.issuer,
    }
    const authentication = { cryptosign: { judge: trustedClients(trust), identity, ...options } }
    const router = await startRouter({ authentication, ...more })
    opened.push(() => router.close({ deadlineMs: 50 }))
    return router
  }
  async function middleMan(url: string, rewrite: Rewrite, tls?: typeof TLS): Promise<string> {
    const hostile = await startHostile(url, rewrite, tls)
    opened.push(() => hostile.close())
    return hostile.url
  }

  async function login(
    url: string,
    machine: Machine,
    settings: CryptosignSettings = {},
    more: object = {},
  ): Promise<Session> {
    const onRefusal = (error: E2eeError): void => void refusals.push(error)
    const options = { realm: "realm1", ws: WebSocket, autoReconnect: false }
    const client = new Wampy(url, { ...options, ...cryptosign(machine, { onRefusal, ...settings }), ...more } as never)
    const details = (await client.connect()) as unknown as Record<string, unknown>
    opened.push(() => client.disconnect())
    return { client, details }
  }
  /** Asserts that no session comes about, and why: the client's own code, or the router's word. */
  async function refused(session: Promise<Session>, why: ErrorCode | `wamp.error.${string}`): Promise<void> {
    const error = await session.then(
      () => assert.fail("the session was opened"),
      (error: unknown) => error as { errorUri?: string },
    )
    if (why.startsWith("wamp.")) assert.deepEqual([error.errorUri, refusals], [why, []])
    else
      assert.deepEqual(
        refusals.map(({ code }) => code),
        [why],
      )
  }

  for (const name of ["json", "msgpack", "cbor"] as const) {
    it(`opens a session by certificates on both sides, and an encrypted call goes over it, over ${name}`, async () => {
      const { url } = await start()
      const endpoints: Endpoint[] = []
      for (const machine of [pump, await realm.machine(1)]) {
        const serializer = new WAMPY_SERIALIZERS[name]()
        const { client, details } = await login(url, machine, { serializer, router: trustedRouters(trust) })
        const delegate = machine.certificates[0]!.certificate
        assert.ok(delegate.kind === "delegate")
        assert.deepEqual([details["authid"], details["authrole"]], [delegate.delegate, "user"])
        const endpoint = await createEndpoint({ connection: wampy(client), identity: machine, trust, scopes: SCOPES })
        opened.push(() => endpoint.close())
        endpoints.push(endpoint)
      }
      const [callee, caller] = endpoints as [Endpoint, Endpoint]
      await callee.register("com.example.add", ([a, b]) => Number(a) + Number(b))
      assert.equal(await caller.call("com.example.add", [2, 3]), 5)
    })
  }

  it("needs no certificates where keys are listed, and a router's key can be given", async () => {
    const publicKey = ed25519PublicKey(pump.csKey)
    const { url } = await start({ keys: [{ publicKey, authid: "pump-7" }] })
    const hellos: unknown[] = []
    const watched = await middleMan(url, (_direction, message) => {
      if (message[0] === HELLO) hellos.push(message[2])
      return message
    })
    const router = ed25519PublicKey(relay.csKey)
    const { details } = await login(watched, pump, { authid: "pump-7", certificates: false, router })
    assert.equal(details["authid"], "pump-7")
    const [{ authextra }] = hellos as [{ authextra: object }]
    assert.deepEqual(Object.keys(authextra).sort(), ["challenge", "pubkey"])
  })

  it("shows its chain and trustroot in the specification's form", async () => {
    const { url } = await start()
    let hello: Record<string, unknown> = {}
    const watched = await middleMan(url, (_direction, message) => {
      if (message[0] === HELLO) hello = (message[2] as { authextra: Record<string, unknown> }).authextra
      return message
    })
    await login(watched, pump)
    const [[typedData, signature]] = hello["certificates"] as [[{ message: Record<string, unknown> }, string]]
    assert.equal(hello["trustroot"], realm.root.certificate.issuer)
    assert.equal(typedData.message["csPubKey"], hello["pubkey"])
    assert.equal(typeof typedData.message["bootedAt"], "bigint")
    assert.match(signature, /^[0-9a-f]{130}$/)
  })

  it("is refused with a foreign chain, another's chain, a router's chain, and once it is revoked", async () => {
    const { url } = await start()
    const denied = "wamp.error.authentication_denied"
    const elsewhere = await world.foundRealm(world.owner)
    await refused(login(url, await elsewhere.machine(0)), denied)
    await refused(login(url, relay), denied)
    const thief = await realm.machine(0)
    const stolen = await middleMan(url, (_direction, message) => {
      if (message[0] === HELLO) {
        const { authextra } = message[2] as { authextra: Record<string, unknown> }
        authextra["certificates"] = pump.certificates.map(toTypedData)
      }
      return message
    })
    await refused(login(stolen, thief, { authid: (await login(url, pump)).details["authid"] as string }), denied)
    const machine = await realm.machine(0)
    await login(url, machine)
    await world.revoke(machine)
    await refused(login(url, machine), denied)
  })

  it("is refused when the node cannot be asked, without a word of why", async () => {
    const facts = (): Promise<never> => Promise.reject(new E2eeError("chain.unreachable", "the node is down"))
    const { url } = await start({ judge: trustedClients({ realm: realm.realm, facts }) })
    await refused(login(url, pump), "wamp.error.authentication_failed")
  })

  it("signs nothing for a router of another key, another realm, or no relay's certificate", async () => {
    const { url } = await start()
    await refused(login(url, pump, { router: "ab".repeat(32) }), "session.authentication")
    refusals = []
    const elsewhere = await world.foundRealm(world.owner)
    const foreign = onChain({ client: world.client, deployment: world.deployment, realm: elsewhere.realm })
    await refused(login(url, pump, { router: trustedRouters(foreign) }), "trust.realm")
    refusals = []
    const impostor = await realm.machine(1)
    const certificates = impostor.certificates.map(toTypedData)
    const identity = { key: impostor.csKey, certificates, trustroot: realm.root.certificate.issuer }
    const other = await start({ identity })
    await refused(login(other.url, pump, { router: trustedRouters(trust) }), "trust.capability_missing")
  })

  it("signs nothing for a router that has no proof, though it asked for one", async () => {
    const { url } = await startRouter({ authentication: { cryptosign: { judge: trustedClients(trust) } } }).then(
      (router) => {
        opened.push(() => router.close({ deadlineMs: 50 }))
        return router
      },
    )
    await refused(login(url, pump, { router: trustedRouters(trust) }), "session.authentication")
  })

  it("asks the router to sign another challenge in every HELLO", async () => {
    const { url } = await start()
    const seen: unknown[] = []
    const watched = await middleMan(url, (_direction, message) => {
      if (message[0] === HELLO) seen.push((message[2] as { authextra: { challenge: string } }).authextra.challenge)
      return message
    })
    const settings = { router: trustedRouters(trust) }
    await login(watched, pump, settings)
    await login(watched, pump, settings)
    assert.equal(new Set(seen).size, 2)
  })

  it("proves itself anew when it reconnects, and goes on", async () => {
    const { url } = await start()
    let link: { cut(): void } | undefined
    const proofs: unknown[] = []
    const watched = await middleMan(url, (_direction, message, through) => {
      link = through
      if (message[0] === AUTHENTICATE) proofs.push(message[1])
      return message
    })
    let again = (): void => undefined
    const reconnected = new Promise<void>((resolve) => (again = resolve))
    const more = { autoReconnect: true, reconnectInterval: 20, onReconnectSuccess: () => again() }
    const { client } = await login(watched, pump, { router: trustedRouters(trust) }, more)
    const endpoint = await createEndpoint({ connection: wampy(client), identity: pump, trust, scopes: SCOPES })
    opened.push(() => endpoint.close())
    link?.cut()
    await reconnected
    assert.equal(new Set(proofs).size, 2)
    assert.deepEqual(refusals, [])
  })

  const lies: Readonly<Record<string, Rewrite>> = {
    "welcomes it without a challenge": (direction, message) =>
      direction === "toClient" && message[0] === CHALLENGE ? [WELCOME, 7, { roles: {} }] : message,
    "challenges by another method": (_direction, message) =>
      message[0] === CHALLENGE ? [CHALLENGE, "wampcra", message[2]] : message,
    "sends no challenge": (_direction, message) => (message[0] === CHALLENGE ? [CHALLENGE, "cryptosign", {}] : message),
    "sends null": (_direction, message) => (message[0] === CHALLENGE ? [CHALLENGE, "cryptosign", null] : message),
    "sends nothing at all": (_direction, message) => (message[0] === CHALLENGE ? [CHALLENGE] : message),
    "sends a text of a million digits": (_direction, message) =>
      message[0] === CHALLENGE ? [CHALLENGE, "cryptosign", { challenge: "a".repeat(1_000_000) }] : message,
  }
  for (const [what, lie] of Object.entries(lies)) {
    for (const name of ["json", "msgpack", "cbor"] as const) {
      it(`gives nothing away to a router that ${what}, over ${name}`, async () => {
        const { url } = await start()
        let answers = 0
        const hostile = await middleMan(url, (direction, message, link) => {
          if (message[0] === AUTHENTICATE) answers++
          return lie(direction, message, link)
        })
        const serializer = new WAMPY_SERIALIZERS[name]()
        await refused(login(hostile, pump, { serializer }), "session.authentication")
        assert.equal(answers, 0)
      })
    }
  }

  it("answers one challenge a connection", async () => {
    const { url } = await start()
    let answers = 0
    const hostile = await middleMan(url, (direction, message) => {
      if (message[0] === AUTHENTICATE) answers++
      return direction === "toClient" && message[0] === CHALLENGE ? [message, message] : message
    })
    await refused(login(hostile, pump), "session.authentication")
    assert.ok(answers <= 1)
  })

  it("binds its session to TLS, and aborts when a middle-man takes the binding out", async () => {
    const { url } = await start({ requireChannelBinding: true }, { tls: TLS })
    const bound = () => {
      const { ws, channel } = tlsExporter(WebSocket as never, { ca: TLS.cert })
      return [{ channel, router: trustedRouters(trust) }, { ws }] as const
    }
    await login(url, pump, ...bound())
    // W33, relayed by a machine in between that has a TLS connection of its own on either side: its router's proof is
    // over another channel, so that the client does not even answer.
    await refused(
      login(await middleMan(url, (_direction, message) => message, TLS), pump, ...bound()),
      "session.authentication",
    )
    refusals = []
    const lax = await start({}, { tls: TLS })
    const stripped = await middleMan(
      lax.url,
      (_direction, message) => {
        if (message[0] === HELLO)
          delete (message[2] as { authextra: Record<string, unknown> }).authextra["channel_binding"]
        return message
      },
      TLS,
    )
    await refused(login(stripped, pump, ...bound()), "session.authentication")
    refusals = []
    // Put back in the CHALLENGE, the two ends sign different things.
    const pretended = await middleMan(
      lax.url,
      (direction, message) => {
        if (message[0] === HELLO)
          delete (message[2] as { authextra: Record<string, unknown> }).authextra["channel_binding"]
        if (direction === "toClient" && message[0] === CHALLENGE)
          (message[2] as Record<string, unknown>)["channel_binding"] = "tls-exporter"
        return message
      },
      TLS,
    )
    const [{ channel }, more] = bound()
    await refused(login(pretended, pump, { channel }, more), "wamp.error.authentication_denied")
  })

  it("says that a connection without TLS cannot be bound", async () => {
    const { url } = await start()
    const { ws, channel } = tlsExporter(WebSocket as never)
    const promised = await middleMan(url, (direction, message) => {
      if (direction === "toClient" && message[0] === CHALLENGE)
        (message[2] as Record<string, unknown>)["channel_binding"] = "tls-exporter"
      return message
    })
    await refused(login(promised, pump, { channel }, { ws }), "session.unsupported")
  })

  it("refuses settings that are not of their form", async () => {
    refuses(() => cryptosign({ ...pump, csKey: relay.csKey }), "usage.invalid")
    refuses(() => cryptosign(pump, { router: "key" }), "usage.invalid")
    refuses(() => cryptosign(pump, { trustroot: "root" }), "usage.invalid")
    refuses(() => cryptosign({ ...pump, certificates: pump.certificates.slice(0, 2) }), "usage.invalid")
    refuses(() => cryptosign({ ...pump, certificates: "[" }), "certificate.malformed")
  })
})
