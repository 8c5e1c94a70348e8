import { strict as assert } from "node:assert"
import type { TLSSocket } from "node:tls"
import * as fc from "fast-check"
import type { WebSocket } from "ws"
import { E2eeError } from "../../src/core/errors.ts"
import { exportedChannelId } from "../../src/cryptosign/channel.ts"
import { MAX_WEIGHT } from "../../src/cryptosign/credentials.ts"
import { parseWireHex, proofOf, proves } from "../../src/cryptosign/proof.ts"
import type { Hello, Verdict } from "../../src/router/authentication.ts"
import { cryptosign, type CertifiedClient, type CryptosignOptions } from "../../src/router/cryptosign.ts"
import { startRouter, type Router, type RouterEvent, type RouterOptions } from "../../src/router/index.ts"
import { rejects, refuses } from "../arbitrary.ts"
import { named, party, type Party } from "../trust/chains.ts"
import { RawClient, roles } from "./client.ts"
import { startHostile } from "./hostile.ts"
import { TLS } from "./tls/index.ts"

const [client, stranger, own] = [party("client"), party("stranger"), party("router")]
const [ABORT, CHALLENGE, AUTHENTICATE, WELCOME, HELLO] = [3, 4, 5, 2, 1]
const DENIED = "wamp.error.authentication_denied"
const bytes = (text: unknown): Uint8Array => parseWireHex(text, 32) as Uint8Array
const keys = [{ publicKey: client.csPubKey, authid: "client01", authrole: "device" }]

/** HELLO.Details of a client with this key. */
function hello(of: Party, more: object = {}, details: object = {}): Record<string, unknown> {
  return { ...roles(), authmethods: ["cryptosign"], authextra: { pubkey: of.csPubKey.slice(2), ...more }, ...details }
}

describe("router: cryptosign", () => {
  const opened: { close(): Promise<unknown> }[] = []
  let log: RouterEvent[] = []
  afterEach(async () => {
    for (const item of opened.splice(0).toReversed()) await item.close()
    log = []
  })

  async function start(options: Partial<CryptosignOptions> = {}, more: RouterOptions = {}): Promise<Router> {
    const authentication = { cryptosign: { keys, ...options } }
    const router = await startRouter({ authentication, log: (event) => log.push(event), ...more })
    opened.push({ close: () => router.close({ deadlineMs: 20 }) })
    return router
  }
  async function raw(url: string, options = {}): Promise<RawClient> {
    const made = new RawClient(url, "json", options)
    await made.opened()
    return made
  }
  const why = (): unknown => log.flatMap((event) => (event.event === "session_refused" ? [event.why] : [])).join()

  it("lets in a key that is listed, under its name and role", async () => {
    const session = await raw((await start()).url)
    const [code, method, extra] = await session.ask(HELLO, "realm1", hello(client, {}, { authid: "client01" }))
    assert.deepEqual([code, method], [CHALLENGE, "cryptosign"])
    const { challenge, channel_binding, ...rest } = extra as Record<string, unknown>
    assert.match(String(challenge), /^[0-9a-f]{64}$/)
    assert.deepEqual([channel_binding, rest], [null, {}])
    const [welcome, , details] = await session.ask(AUTHENTICATE, proofOf(bytes(challenge), undefined, client.csKey), {})
    assert.equal(welcome, WELCOME)
    const { authid, authrole, authmethod } = details as Record<string, unknown>
    assert.deepEqual([authid, authrole, authmethod], ["client01", "device", "cryptosign"])
  })

  it("challenges with other bytes each time", async () => {
    const { url } = await start()
    const challenges = new Set<unknown>()
    for (let i = 0; i < 5; i++) {
      const [, , extra] = await (await raw(url)).ask(HELLO, "realm1", hello(client))
      challenges.add((extra as Record<string, unknown>)["challenge"])
    }
    assert.equal(challenges.size, 5)
  })

  it("proves itself to a client that asks, with its certificates", async () => {
    const trustroot = named("root")
    const certificates = [[{ primaryType: "…" }, "signature"]]
    const { url } = await start({ identity: { key: own.csKey, certificates, trustroot } })
    const asked = "ab".repeat(32)
    const [, , extra] = await (await raw(url)).ask(HELLO, "realm1", hello(client, { challenge: asked }))
    const shown = extra as Record<string, unknown>
    assert.deepEqual([shown["pubkey"], shown["trustroot"]], [own.csPubKey.slice(2), trustroot])
    assert.deepEqual(shown["certificates"], certificates)
    assert.ok(proves(shown["signature"], bytes(asked), undefined, own.csPubKey))
    const [, , unasked] = await (await raw(url)).ask(HELLO, "realm1", hello(client))
    assert.deepEqual(Object.keys(unasked as object).sort(), ["challenge", "channel_binding"])
  })

  const refused: Readonly<Record<string, [details: Record<string, unknown>, uri: string]>> = {
    "comes without a method": [roles(), "wamp.error.authentication_required"],
    "comes with no method": [{ ...roles(), authmethods: [] }, "wamp.error.authentication_required"],
    "offers other methods": [hello(client, {}, { authmethods: ["wampcra"] }), "wamp.error.no_matching_auth_method"],
    "offers a text": [hello(client, {}, { authmethods: "cryptosign" }), "wamp.error.no_matching_auth_method"],
    "has no authextra": [hello(client, {}, { authextra: undefined }), DENIED],
    "has a list for authextra": [hello(client, {}, { authextra: [] }), DENIED],
    "shows no key": [hello(client, { pubkey: undefined }), DENIED],
    "shows a key with 0x": [hello(client, { pubkey: client.csPubKey }), DENIED],
    "shows a key of 31 bytes": [hello(client, { pubkey: "aa".repeat(31) }), DENIED],
    "shows the router's own key": [hello(own), DENIED],
    "asks the router to sign 31 bytes": [hello(client, { challenge: "aa".repeat(31) }), DENIED],
    "asks the router to sign a number": [hello(client, { challenge: 7 }), DENIED],
    "wants an unknown binding": [hello(client, { channel_binding: "tls-server-end-point" }), DENIED],
    "names no address as trustroot": [hello(client, { trustroot: "0x12" }), DENIED],
    "shows certificates that are no list": [hello(client, { certificates: "none" }), DENIED],
    "sends too much": [hello(client, { certificates: ["x".repeat(MAX_WEIGHT)] }), DENIED],
    "nests too deep": [hello(client, { certificates: JSON.parse("[".repeat(30) + "]".repeat(30)) }), DENIED],
    "has an authid that is no text": [hello(client, {}, { authid: 7 }), DENIED],
  }
  for (const [what, [details, uri]] of Object.entries(refused)) {
    it(`refuses a client that ${what}`, async () => {
      const session = await raw((await start({ identity: { key: own.csKey } })).url)
      session.send(HELLO, "realm1", details)
      const [code, said, reason] = await session.next()
      assert.deepEqual([code, reason], [ABORT, uri])
      if (uri === DENIED) assert.deepEqual(said, { message: "authentication was denied" })
      assert.notEqual(why(), "")
      await session.closed
    })
  }

  const wrongAnswers: Readonly<Record<string, (challenge: Uint8Array) => string>> = {
    "with another key": (challenge) => proofOf(challenge, undefined, stranger.csKey),
    "of another challenge": () => proofOf(new Uint8Array(32), undefined, client.csKey),
    "of a channel that is not bound": (challenge) => proofOf(challenge, new Uint8Array(32).fill(1), client.csKey),
    "without the message": (challenge) => proofOf(challenge, undefined, client.csKey).slice(0, 128),
    "of no hex": () => "zz".repeat(96),
    "of nothing": () => "",
  }
  for (const [what, answer] of Object.entries(wrongAnswers)) {
    it(`refuses a signature ${what}`, async () => {
      const session = await raw((await start()).url)
      const [, , extra] = await session.ask(HELLO, "realm1", hello(client))
      const challenge = bytes((extra as Record<string, unknown>)["challenge"])
      const [code, said, reason] = await session.ask(AUTHENTICATE, answer(challenge), {})
      assert.deepEqual([code, said, reason], [ABORT, { message: "authentication was denied" }, DENIED])
      assert.equal(why(), "the proof does not hold")
    })
  }

  it("tells nobody which keys it knows: a stranger is challenged, and refused with the same words", async () => {
    const session = await raw((await start()).url)
    const [code, , extra] = await session.ask(HELLO, "realm1", hello(stranger))
    assert.equal(code, CHALLENGE)
    const challenge = bytes((extra as Record<string, unknown>)["challenge"])
    const said = await session.ask(AUTHENTICATE, proofOf(challenge, undefined, stranger.csKey), {})
    assert.deepEqual(said, [ABORT, { message: "authentication was denied" }, DENIED])
    assert.match(String(why()), new RegExp(stranger.csPubKey))
  })

  it("refuses a proof that was good on another connection, and on the same once more", async () => {
    const { url } = await start()
    const first = await raw(url)
    const [, , extra] = await first.ask(HELLO, "realm1", hello(client))
    const proof = proofOf(bytes((extra as Record<string, unknown>)["challenge"]), undefined, client.csKey)
    assert.equal((await first.ask(AUTHENTICATE, proof, {}))[0], WELCOME)
    first.send(AUTHENTICATE, proof, {})
    await first.aborted()
    const second = await raw(url)
    await second.ask(HELLO, "realm1", hello(client))
    second.send(AUTHENTICATE, proof, {})
    await second.aborted(DENIED)
  })

  it("refuses a name other than the key's", async () => {
    const session = await raw((await start()).url)
    const [, , extra] = await session.ask(HELLO, "realm1", hello(client, {}, { authid: "admin" }))
    session.send(
      AUTHENTICATE,
      proofOf(bytes((extra as Record<string, unknown>)["challenge"]), undefined, client.csKey),
      {},
    )
    await session.aborted(DENIED)
  })

  it("cannot be spoken to before it let a client in", async () => {
    const { url } = await start()
    const session = await raw(url)
    await session.ask(HELLO, "realm1", hello(client))
    session.send(48, 1, {}, "com.example.add2")
    await session.aborted()
    const mute = await raw(url)
    mute.send(AUTHENTICATE, "", {})
    await mute.aborted()
  })

  it("ends the session of a client that never answers", async () => {
    const { url } = await start({}, { handshakeTimeoutMs: 50 })
    const session = await raw(url)
    await session.ask(HELLO, "realm1", hello(client))
    await session.aborted()
  })

  it("refuses options that let nobody in, or are not of their form", async () => {
    const identity = { key: own.csKey, trustroot: "root" }
    const wrong: CryptosignOptions[] = [
      {},
      { keys: [] },
      { keys: [{ publicKey: "12", authid: "a" }] },
      { keys: [...keys, ...keys] },
      { keys, identity },
      { keys, timeLimitMs: 0 },
      { keys, timeLimitMs: Number.NaN },
    ]
    for (const options of wrong) refuses(() => cryptosign(options), "usage.invalid")
    const authenticate = (): Verdict => ({ kind: "refused", uri: "", message: "" })
    await rejects(startRouter({ authenticate, authentication: { cryptosign: { keys } } }), "usage.invalid")
    await rejects(startRouter({ tls: { cert: "no PEM", key: "none" } }), "usage.invalid")
  })

  describe("the method itself", () => {
    const asked = (details: object, channelId?: Uint8Array): Hello => ({
      realm: "realm1",
      details: details as Hello["details"],
      channelId: () => channelId,
    })
    type Challenged = Extract<Verdict, { kind: "challenged" }>
    async function challenged(
      options: CryptosignOptions,
      of = client,
      more = {},
      id?: Uint8Array,
    ): Promise<Challenged> {
      const verdict = await cryptosign(options)(asked(hello(of, more), id))
      assert.equal(verdict.kind, "challenged")
      return verdict as Challenged
    }
    const answer = (verdict: Challenged, of = client, id?: Uint8Array): Promise<Verdict> =>
      Promise.resolve(verdict.answer(proofOf(bytes(verdict.extra["challenge"]), id, of.csKey), {}))

    it("takes an answer within its time, once", async () => {
      for (const [late, kind] of [
        [1_000, "accepted"],
        [1_001, "refused"],
      ] as const) {
        let now = 5
        const verdict = await challenged({ keys, timeLimitMs: 1_000, clock: () => now })
        now += late
        assert.equal((await answer(verdict)).kind, kind)
        assert.equal((await answer(verdict)).kind, "refused")
      }
    })

    it("asks judge about certificates, authorize about other keys, neither about unproven or listed ones", async () => {
      const seen: unknown[] = []
      const judge = (one: CertifiedClient) => {
        seen.push(["judge", one.realm, one.provenKey, one.certificates, one.trustroot])
        return { authid: "certified", authrole: "machine" }
      }
      const authorize: CryptosignOptions["authorize"] = ({ provenKey, authextra }) => {
        seen.push(["authorize", provenKey, authextra["wish"]])
        return authextra["wish"] === "in" ? { authid: "wished", authrole: "guest" } : undefined
      }
      const options = { keys, judge, authorize }
      const trustroot = named("root")
      const chain = { certificates: [["a", "b"]], trustroot }
      const identityOf = (verdict: Verdict) => (verdict.kind === "accepted" ? verdict.identity.authid : verdict.kind)
      assert.equal(identityOf(await answer(await challenged(options, stranger, chain), stranger)), "certified")
      assert.equal(identityOf(await answer(await challenged(options, stranger, { wish: "in" }), stranger)), "wished")
      assert.equal(identityOf(await answer(await challenged(options, stranger), stranger)), "refused")
      assert.equal(identityOf(await answer(await challenged(options, client, chain))), "client01")
      assert.equal(identityOf(await answer(await challenged(options, stranger, chain), client)), "refused")
      assert.deepEqual(seen, [
        ["judge", "realm1", stranger.csPubKey, [["a", "b"]], trustroot],
        ["authorize", stranger.csPubKey, "in"],
        ["authorize", stranger.csPubKey, undefined],
      ])
    })

    for (const [error, uri] of [
      [new E2eeError("trust.revoked", "CCR-16: revoked"), DENIED],
      [new E2eeError("certificate.malformed", "no chain"), DENIED],
      [new E2eeError("chain.unreachable", "the node is down"), "wamp.error.authentication_failed"],
      [new TypeError("a mistake"), "wamp.error.authentication_failed"],
    ] as const) {
      it(`says ${uri.slice(11)} for ${error.message}, and the reason to the log alone`, async () => {
        const judge = (): never => {
          throw error
        }
        const verdict = await answer(await challenged({ judge }, client, { certificates: [1] }))
        assert.ok(verdict.kind === "refused")
        assert.deepEqual([verdict.uri, verdict.why], [uri, error.message])
        assert.doesNotMatch(verdict.message, new RegExp(error.message))
      })
    }

    it("signs and expects the challenge with the channel's id where there is a channel", async () => {
      const id = new Uint8Array(32).fill(3)
      const identity = { key: own.csKey }
      const more = { channel_binding: "tls-exporter", challenge: "ab".repeat(32) }
      const verdict = await challenged({ keys, identity }, client, more, id)
      assert.equal(verdict.extra["channel_binding"], "tls-exporter")
      assert.ok(proves(verdict.extra["signature"], bytes("ab".repeat(32)), id, own.csPubKey))
      assert.equal((await answer(verdict, client, id)).kind, "accepted")
      assert.equal((await answer(await challenged({ keys }, client, more, id))).kind, "refused")
    })

    it("goes on without a binding that is not to be had, unless told to require one", async () => {
      const more = { channel_binding: "tls-unique" }
      const verdict = await challenged({ keys }, client, more)
      assert.equal(verdict.extra["channel_binding"], null)
      assert.equal((await answer(verdict)).kind, "accepted")
      const strict = cryptosign({ keys, requireChannelBinding: true })
      assert.equal((await strict(asked(hello(client, more)))).kind, "refused")
      assert.equal((await strict(asked(hello(client), new Uint8Array(32)))).kind, "refused")
      assert.equal((await strict(asked(hello(client, more), new Uint8Array(32)))).kind, "challenged")
    })

    it("challenges or refuses whatever HELLO says, and never lets in", async () => {
      const authenticate = cryptosign({ keys, identity: { key: own.csKey } })
      const anExtra = fc.oneof(
        fc.anything(),
        fc.record(
          { pubkey: fc.anything(), challenge: fc.anything(), certificates: fc.anything() },
          { requiredKeys: [] },
        ),
        fc.record({ pubkey: fc.constant("ab".repeat(32)), channel_binding: fc.anything(), trustroot: fc.anything() }),
      )
      const authmethods = fc.oneof(fc.constant(["cryptosign"]), fc.anything())
      await fc.assert(
        fc.asyncProperty(
          authmethods,
          anExtra,
          fc.anything(),
          fc.anything(),
          async (methods, authextra, authid, text) => {
            const verdict = await authenticate(asked({ authmethods: methods, authextra, authid }))
            assert.notEqual(verdict.kind, "accepted")
            if (verdict.kind === "challenged") {
              const outcome = await verdict.answer(text as string, {})
              assert.equal(outcome.kind, "refused")
            }
          },
        ),
      )
    })
  })

  describe("over TLS", () => {
    const bind = { channel_binding: "tls-exporter" }
    const tlsOf = (socket: WebSocket): TLSSocket => (socket as unknown as { _socket: TLSSocket })._socket

    /** Says HELLO, and answers over the id of the client's own TLS connection if the router says that it binds. */
    async function login(url: string, expected: number): Promise<unknown> {
      const session = await raw(url, { ca: TLS.cert })
      const [, , extra] = await session.ask(HELLO, "realm1", hello(client, bind))
      const { challenge, channel_binding } = extra as Record<string, unknown>
      const id = channel_binding === "tls-exporter" ? exportedChannelId(tlsOf(session.socket)) : undefined
      const [code, , reason] = await session.ask(AUTHENTICATE, proofOf(bytes(challenge), id, client.csKey), {})
      assert.equal(code, expected)
      session.socket.close()
      return reason
    }

    it("binds a session to its connection", async () => {
      const { url } = await start({ requireChannelBinding: true }, { tls: TLS })
      assert.match(url, /^wss:/)
      await login(url, WELCOME)
    })

    it("refuses a proof that a middle-man relays over his own connection, which without a binding would do", async () => {
      const strict = await start({ requireChannelBinding: true }, { tls: TLS })
      const relay = await startHostile(strict.url, undefined, TLS)
      opened.push(relay)
      assert.equal(await login(relay.url, ABORT), DENIED)
      // A middle-man that takes the binding out of both messages gets nothing but a refusal of the router…
      const without = await startHostile(
        strict.url,
        (direction, message) => {
          if (direction === "toRouter" && message[0] === HELLO)
            delete (message[2] as { authextra: Record<string, unknown> }).authextra["channel_binding"]
          return message
        },
        TLS,
      )
      opened.push(without)
      const session = await raw(without.url, { ca: TLS.cert })
      assert.equal((await session.ask(HELLO, "realm1", hello(client, bind)))[2], DENIED)
      // … and where the router does not insist, all depends on a client that does: this one signs without.
      const lax = await start({}, { tls: TLS })
      const second = await startHostile(lax.url, without.rewrite, TLS)
      opened.push(second)
      await login(second.url, WELCOME)
    })
  })
})
