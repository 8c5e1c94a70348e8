import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { toHex, type Hex } from "../../src/core/bytes.ts"
import { E2eeError, isE2eeError } from "../../src/core/errors.ts"
import { ClientHandshake, type ClientParts } from "../../src/cryptosign/client.ts"
import { MAX_WEIGHT, parseCredentials, type Credentials } from "../../src/cryptosign/credentials.ts"
import { parseWireHex, proofOf, proves, wireHex } from "../../src/cryptosign/proof.ts"
import { anAddress, bytesOfLength, refuses, rejects } from "../arbitrary.ts"
import { countedRandom } from "../keys/parties.ts"
import { named, party } from "../trust/chains.ts"

const [client, router, stranger] = [party("client"), party("router"), party("stranger")]
const channelId = new Uint8Array(32).fill(9)
const channel = { type: "tls-exporter", id: () => channelId } as const
const ours = new Uint8Array(32).fill(5)
const theirs = "cc".repeat(32)

function handshakeOf(parts: Partial<ClientParts> = {}): ClientHandshake {
  const random = countedRandom("challenges")
  return new ClientHandshake({
    key: client.csKey,
    certificates: [],
    trustroot: undefined,
    random: () => random(32),
    ...parts,
  })
}

/** A client that has said HELLO and asks for the router's proof, and CHALLENGE.Extra as the router should send it. */
function greeted(parts: Partial<ClientParts> = {}): { handshake: ClientHandshake; extra: Record<string, unknown> } {
  const handshake = handshakeOf({ router: router.csPubKey, random: () => ours, ...parts })
  handshake.hello()
  const id = parts.channel && channelId
  const extra = {
    challenge: theirs,
    channel_binding: parts.channel?.type ?? null,
    pubkey: router.csPubKey.slice(2),
    signature: proofOf(ours, id, router.csKey),
  }
  return { handshake, extra }
}

describe("cryptosign: the client", () => {
  it("says in HELLO what it was given, and nothing else", () => {
    assert.deepEqual(handshakeOf().hello(), { pubkey: client.csPubKey.slice(2) })
    const trustroot = named("root")
    const all = handshakeOf({
      certificates: [["a", "b"]],
      trustroot,
      channel,
      router: router.csPubKey,
      random: () => ours,
    })
    assert.deepEqual(all.hello(), {
      pubkey: client.csPubKey.slice(2),
      trustroot,
      certificates: [["a", "b"]],
      channel_binding: "tls-exporter",
      challenge: "05".repeat(32),
    })
  })

  it("asks another challenge in each HELLO", () => {
    const handshake = handshakeOf({ router: router.csPubKey })
    assert.notEqual(handshake.hello()["challenge"], handshake.hello()["challenge"])
  })

  it("answers a challenge", async () => {
    const handshake = handshakeOf()
    handshake.hello()
    const proof = await handshake.answer("cryptosign", { challenge: theirs })
    assert.ok(proves(proof, parseWireHex(theirs, 32) as Uint8Array, undefined, client.csPubKey))
    handshake.welcome()
  })

  it("answers a router that proved itself, over the channel's id where that was asked for", async () => {
    for (const parts of [{}, { channel }]) {
      const { handshake, extra } = greeted(parts)
      const proof = await handshake.answer("cryptosign", extra)
      const id = "channel" in parts ? channelId : undefined
      assert.ok(proves(proof, parseWireHex(theirs, 32) as Uint8Array, id, client.csPubKey))
      handshake.welcome()
    }
  })

  it("asks the judge about a router whose proof holds, and signs nothing when it rejects", async () => {
    const asked: Credentials[] = []
    const certificates = [["certificate", "signature"]]
    const accepting = greeted({ router: async (shown) => void asked.push(shown) })
    await accepting.handshake.answer("cryptosign", { ...accepting.extra, certificates, trustroot: named("root") })
    assert.deepEqual(asked, [{ publicKey: router.csPubKey, certificates, trustroot: named("root") }])
    const judge = (): Promise<void> => Promise.reject(new E2eeError("trust.revoked", "revoked"))
    const { handshake, extra } = greeted({ router: judge })
    await rejects(handshake.answer("cryptosign", extra), "trust.revoked")
    refuses(() => handshake.welcome(), "session.authentication")
    const unproven = greeted({ router: () => assert.fail("it was asked about a router that proved nothing") })
    const signature = proofOf(ours, undefined, stranger.csKey)
    await rejects(unproven.handshake.answer("cryptosign", { ...unproven.extra, signature }), "session.authentication")
  })

  const own = client.csPubKey.slice(2)
  const wrong: Readonly<Record<string, Record<string, unknown> | ((method: string) => unknown)>> = {
    "no challenge": { challenge: undefined },
    "a challenge of 31 bytes": { challenge: "cc".repeat(31) },
    "a challenge of 33 bytes": { challenge: "cc".repeat(33) },
    "a challenge with 0x": { challenge: `0x${"cc".repeat(31)}` },
    "a challenge that is no hex": { challenge: "zz".repeat(32) },
    "a challenge that is bytes": { challenge: new Uint8Array(32) },
    "a challenge that is a list": { challenge: [theirs] },
    "our own challenge": { challenge: "05".repeat(32) },
    "a binding that was not asked for": { channel_binding: "tls-unique" },
    "no proof": { signature: undefined },
    "a proof that is null": { signature: null },
    "a proof by another key": { signature: proofOf(ours, undefined, stranger.csKey) },
    "a proof of its own challenge": {
      signature: proofOf(parseWireHex(theirs, 32) as Uint8Array, undefined, router.csKey),
    },
    "a proof without the message": { signature: proofOf(ours, undefined, router.csKey).slice(0, 128) },
    "another key": { pubkey: stranger.csPubKey.slice(2), signature: proofOf(ours, undefined, stranger.csKey) },
    "our own key": { pubkey: own, signature: proofOf(ours, undefined, client.csKey) },
    "no key": { pubkey: undefined },
    "a trustroot that is no address": { trustroot: "root.eth" },
    "certificates that are no list": { certificates: {} },
    "too much": { certificates: ["x".repeat(MAX_WEIGHT)] },
  }
  for (const [what, change] of Object.entries(wrong)) {
    it(`signs nothing for a router that sends ${what}`, async () => {
      const { handshake, extra } = greeted()
      await rejects(handshake.answer("cryptosign", { ...extra, ...change }), "session.authentication")
      refuses(() => handshake.welcome(), "session.authentication")
    })
  }

  it("signs nothing for a router with its own key, whoever might find that key good", async () => {
    const { handshake, extra } = greeted({ router: () => Promise.resolve() })
    const signature = proofOf(ours, undefined, client.csKey)
    const reflected = handshake.answer("cryptosign", { ...extra, pubkey: client.csPubKey.slice(2), signature })
    await rejects(reflected, "session.authentication")
  })

  for (const [what, inUse] of [
    ["drops the binding", undefined],
    ["says null", null],
    ["binds otherwise", "tls-unique"],
    ["says true", true],
  ] as const) {
    it(`goes no further when a router ${what} though a binding was asked for`, async () => {
      const { handshake, extra } = greeted({ channel })
      await rejects(handshake.answer("cryptosign", { ...extra, channel_binding: inUse }), "session.authentication")
    })
  }

  it("signs nothing when the router's proof is of another channel", async () => {
    const { handshake, extra } = greeted({ channel })
    const signature = proofOf(ours, new Uint8Array(32).fill(8), router.csKey)
    await rejects(handshake.answer("cryptosign", { ...extra, signature }), "session.authentication")
  })

  it("says which channel id is of a wrong length, and passes on why there is none", async () => {
    const short = greeted({ channel: { type: "tls-unique", id: () => new Uint8Array(12) } })
    await rejects(short.handshake.answer("cryptosign", short.extra), "usage.invalid")
    const id = (): Uint8Array => {
      throw new E2eeError("session.unsupported", "no TLS")
    }
    const none = greeted({ channel: { type: "tls-exporter", id } })
    await rejects(none.handshake.answer("cryptosign", none.extra), "session.unsupported")
  })

  it("answers no other method, no second challenge and none before HELLO", async () => {
    await rejects(handshakeOf().answer("cryptosign", { challenge: theirs }), "session.authentication")
    const { handshake, extra } = greeted()
    await handshake.answer("cryptosign", extra)
    await rejects(handshake.answer("cryptosign", extra), "session.authentication")
    const other = greeted()
    await rejects(other.handshake.answer("wampcra", other.extra), "session.authentication")
    await rejects(other.handshake.answer("cryptosign", other.extra), "session.authentication")
  })

  it("believes no welcome before its proof, and none twice", async () => {
    const early = handshakeOf()
    early.hello()
    refuses(() => early.welcome(), "session.authentication")
    const { handshake, extra } = greeted()
    await handshake.answer("cryptosign", extra)
    handshake.welcome()
    refuses(() => handshake.welcome(), "session.authentication")
  })

  it("signs nothing for a connection that is over by the time its router was judged", async () => {
    let judged = (): void => undefined
    const { handshake, extra } = greeted({ router: () => new Promise((resolve) => (judged = resolve)) })
    const answer = handshake.answer("cryptosign", extra)
    await Promise.resolve()
    handshake.hello()
    judged()
    await rejects(answer, "session.authentication")
    refuses(() => handshake.welcome(), "session.authentication")
  })

  it("either proves or refuses with a code, whatever a router sends", async () => {
    const extras = fc.oneof(
      fc.anything(),
      fc.record(
        { challenge: fc.anything(), channel_binding: fc.anything(), pubkey: fc.anything() },
        { requiredKeys: [] },
      ),
      fc.record({ challenge: bytesOfLength(32).map(wireHex), signature: fc.anything(), certificates: fc.anything() }),
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constant("cryptosign"), fc.anything()), extras, async (method, extra) => {
        const { handshake } = greeted()
        await handshake.answer(method, extra).then(
          () => assert.fail("a router without a proof got one"),
          (error: unknown) => assert.ok(isE2eeError(error, "session.authentication"), String(error)),
        )
      }),
    )
  })
})

describe("cryptosign: credentials", () => {
  it("may weigh as much as they may, and no more", () => {
    const pubkey = "aa".repeat(32)
    // A dictionary weighs 8, a key its length.
    const rest = MAX_WEIGHT - 8 - "pubkey".length - pubkey.length - "text".length
    assert.ok(parseCredentials({ pubkey, text: "x".repeat(rest) }))
    assert.throws(() => parseCredentials({ pubkey, text: "x".repeat(rest + 1) }), TypeError)
    assert.throws(() => parseCredentials({ pubkey, text: ["x".repeat(rest - 7)] }), TypeError)
  })

  it("reads what clients and routers send", () => {
    fc.assert(
      fc.property(bytesOfLength(32), fc.option(anAddress), fc.option(fc.array(fc.jsonValue())), (key, root, list) => {
        const read = parseCredentials({ pubkey: wireHex(key), trustroot: root, certificates: list, other: true })
        const publicKey: Hex = toHex(key)
        assert.deepEqual(read, { publicKey, trustroot: root ?? undefined, certificates: list ?? [] })
      }),
    )
  })

  it("throws a TypeError for anything else", () => {
    const pubkey = "aa".repeat(32)
    let deep: unknown = []
    for (let i = 0; i < 20; i++) deep = [deep]
    const wrong: unknown[] = [{}, [pubkey], null, "text", { pubkey: 7 }]
    wrong.push({ pubkey: pubkey.slice(2) }, { pubkey: `0x${pubkey.slice(2)}` })
    wrong.push({ pubkey, trustroot: "0x12" }, { pubkey, trustroot: 7 }, { pubkey, certificates: "none" })
    wrong.push({ pubkey, extra: deep }, { pubkey, extra: new Uint8Array(MAX_WEIGHT) })
    wrong.push({ pubkey, ["k".repeat(MAX_WEIGHT)]: 1 })
    wrong.push({ pubkey, certificates: Array.from({ length: MAX_WEIGHT / 8 }, () => null) })
    for (const value of wrong)
      assert.throws(() => parseCredentials(value), TypeError, JSON.stringify(value)?.slice(0, 80))
    fc.assert(
      fc.property(fc.anything(), (value) => {
        assert.throws(() => parseCredentials(value), TypeError)
      }),
    )
  })
})
