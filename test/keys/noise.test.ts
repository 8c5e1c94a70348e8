import { strict as assert } from "node:assert"
import { readFileSync } from "node:fs"
import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import * as fc from "fast-check"
import { concatBytes, fromHex, toHex, utf8ToBytes } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { x25519PublicKey, x25519SharedSecret } from "../../src/core/x25519.ts"
import { HandshakeState, type HandshakeOptions, type Pattern, type Transport } from "../../src/keys/noise.ts"
import { CipherState, MAX_NOISE_MESSAGE, SymmetricState } from "../../src/keys/noise-symmetric.ts"
import { bytesOfLength, flipped, refuses } from "../arbitrary.ts"
import { countedRandom } from "./parties.ts"

interface Vector {
  readonly protocol_name: string
  readonly init_prologue: string
  readonly init_static: string
  readonly init_ephemeral: string
  readonly init_remote_static: string
  readonly init_psks?: readonly string[]
  readonly resp_prologue: string
  readonly resp_static: string
  readonly resp_ephemeral: string
  readonly resp_psks?: readonly string[]
  readonly handshake_hash: string
  readonly messages: readonly { readonly payload: string; readonly ciphertext: string }[]
}

const { vectors } = JSON.parse(readFileSync(new URL("../vectors/noise-ik.json", import.meta.url), "utf8")) as {
  vectors: readonly Vector[]
}
const PATTERNS: readonly Pattern[] = ["IK", "IKpsk2"]

const bytes = (hex: string): Uint8Array => fromHex(hex) as Uint8Array
const secret = (name: string): Secret => new Secret(countedRandom(name)(32))
const prologue = utf8ToBytes("prologue")
const [alice, bob, eve] = [secret("alice"), secret("bob"), secret("eve")]
const PSK = secret("psk")
/** The secret of the pattern's second message. */
const pskOf = (pattern: Pattern): Secret | undefined => (pattern === "IKpsk2" ? PSK : undefined)

const initiator = (pattern: Pattern, changes: Partial<HandshakeOptions & { rs: Uint8Array }> = {}): HandshakeState =>
  HandshakeState.initiator({
    pattern,
    prologue,
    s: alice,
    rs: x25519PublicKey(bob),
    random: countedRandom("initiator"),
    ...changes,
  })
const responder = (pattern: Pattern, changes: Partial<HandshakeOptions> = {}): HandshakeState =>
  HandshakeState.responder({ pattern, prologue, s: bob, random: countedRandom("responder"), ...changes })

const [hello, answer] = [utf8ToBytes("hello"), utf8ToBytes("an answer")]

/** Both sides after the first message, which was read. */
function halfway(pattern: Pattern): { first: HandshakeState; second: HandshakeState; message: Uint8Array } {
  const [first, second] = [initiator(pattern), responder(pattern)]
  const message = first.writeMessage(hello)
  second.readMessage(message)
  return { first, second, message }
}

function finished(pattern: Pattern): [Transport, Transport] {
  const { first, second } = halfway(pattern)
  first.readMessage(second.writeMessage(answer, pskOf(pattern)), pskOf(pattern))
  return [first.split(), second.split()]
}

/** u of low order; RFC 7748, section 6.1. */
const lowOrder = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
].map(bytes)

describe("keys: Noise", () => {
  it("knows a vector of either pattern", () => {
    assert.deepEqual(
      vectors.map(({ protocol_name }) => protocol_name),
      PATTERNS.map((pattern) => `Noise_${pattern}_25519_ChaChaPoly_SHA256`),
    )
  })

  for (const vector of vectors) {
    it(`says ${vector.protocol_name} byte for byte`, () => {
      const pattern = vector.protocol_name.split("_")[1] as Pattern
      const psk = (psks?: readonly string[]): Secret | undefined => psks && new Secret(bytes(psks[0] ?? ""))
      const first = HandshakeState.initiator({
        pattern,
        prologue: bytes(vector.init_prologue),
        s: new Secret(bytes(vector.init_static)),
        rs: bytes(vector.init_remote_static),
        random: () => bytes(vector.init_ephemeral),
      })
      const second = HandshakeState.responder({
        pattern,
        prologue: bytes(vector.resp_prologue),
        s: new Secret(bytes(vector.resp_static)),
        random: () => bytes(vector.resp_ephemeral),
      })
      const [one, two, ...rest] = vector.messages.map((message) => ({
        payload: bytes(message.payload),
        ciphertext: bytes(message.ciphertext),
      }))
      assert.ok(one && two && rest.length === 4)
      assert.deepEqual(first.writeMessage(one.payload), one.ciphertext)
      assert.deepEqual(second.readMessage(one.ciphertext), one.payload)
      assert.deepEqual(second.remoteStatic, x25519PublicKey(new Secret(bytes(vector.init_static))))
      assert.deepEqual(second.writeMessage(two.payload, psk(vector.resp_psks)), two.ciphertext)
      assert.deepEqual(first.readMessage(two.ciphertext, psk(vector.init_psks)), two.payload)
      const sides = [first.split(), second.split()] as const
      for (const { handshakeHash } of sides) assert.deepEqual(handshakeHash, bytes(vector.handshake_hash))
      for (const [i, { payload, ciphertext }] of rest.entries()) {
        const [from, to] = i % 2 === 0 ? sides : [sides[1], sides[0]]
        assert.deepEqual(from.send.encryptWithAd(new Uint8Array(), payload), ciphertext)
        assert.deepEqual(to.receive.decryptWithAd(new Uint8Array(), ciphertext), payload)
      }
    })
  }

  for (const pattern of PATTERNS) {
    const psk = pskOf(pattern)

    describe(pattern, () => {
      it("refuses every turned bit of the first message", () => {
        const message = initiator(pattern).writeMessage(hello)
        for (let bit = 0; bit < 8 * message.length; bit++) {
          // X25519 does not look at the last bit of a key (RFC 7748, section 5), but the hash does.
          const receiver = responder(pattern)
          refuses(() => receiver.readMessage(flipped(message, bit)), "keys.agreement")
          refuses(() => receiver.remoteStatic, "internal.invariant")
        }
        assert.deepEqual(responder(pattern).readMessage(message), hello)
      })

      it("refuses every turned bit of the second message", () => {
        const message = halfway(pattern).second.writeMessage(answer, psk)
        for (let bit = 0; bit < 8 * message.length; bit++)
          refuses(() => halfway(pattern).first.readMessage(flipped(message, bit), psk), "keys.agreement")
        assert.deepEqual(halfway(pattern).first.readMessage(message, psk), answer)
      })

      it("refuses every message cut short, and trailing bytes", () => {
        const { message } = halfway(pattern)
        const second = halfway(pattern).second.writeMessage(answer, psk)
        const wrong = (whole: Uint8Array): Uint8Array[] => [
          ...Array.from(whole, (_, length) => whole.subarray(0, length)),
          ...[1, 16, 32].map((more) => concatBytes(whole, new Uint8Array(more))),
          concatBytes(whole, new Uint8Array(MAX_NOISE_MESSAGE)),
        ]
        for (const given of wrong(message)) refuses(() => responder(pattern).readMessage(given), "keys.agreement")
        for (const given of wrong(second))
          refuses(() => halfway(pattern).first.readMessage(given, psk), "keys.agreement")
      })

      it("refuses another prologue, on either side", () => {
        const message = initiator(pattern).writeMessage(hello)
        for (const other of [
          new Uint8Array(),
          utf8ToBytes("prologuf"),
          utf8ToBytes("prologue "),
          utf8ToBytes("prolog"),
        ])
          refuses(() => responder(pattern, { prologue: other }).readMessage(message), "keys.agreement")
      })

      it("refuses a message that is for another responder", () => {
        refuses(
          () => responder(pattern, { s: eve }).readMessage(initiator(pattern).writeMessage(hello)),
          "keys.agreement",
        )
        const wrong = initiator(pattern, { rs: x25519PublicKey(eve) })
        refuses(() => responder(pattern).readMessage(wrong.writeMessage(hello)), "keys.agreement")
      })

      it("refuses an answer of anybody but the responder, and to another message", () => {
        const own = initiator(pattern)
        own.writeMessage(hello)
        // Eve has a message of her own from Alice, and answers with it.
        const toEve = initiator(pattern, { rs: x25519PublicKey(eve) }).writeMessage(hello)
        const middle = responder(pattern, { s: eve })
        middle.readMessage(toEve)
        refuses(() => own.readMessage(middle.writeMessage(answer, psk), psk), "keys.agreement")
        const [one, two] = [halfway(pattern), responder(pattern)]
        two.readMessage(initiator(pattern, { random: countedRandom("another") }).writeMessage(hello))
        refuses(() => one.first.readMessage(two.writeMessage(answer, psk), psk), "keys.agreement")
      })

      it("refuses an initiator who has not the static key that it shows", () => {
        // Eve knows Alice's public key and Bob's: she says `e, es, s` with Alice's and cannot say `ss`.
        const name = `Noise_${pattern}_25519_ChaChaPoly_SHA256`
        const message = forgedFirst(name, x25519PublicKey(alice), eve)
        refuses(() => responder(pattern).readMessage(message), "keys.agreement")
        // By the same words, with her own key: so it is the key that was missing.
        assert.deepEqual(responder(pattern).readMessage(forgedFirst(name, x25519PublicKey(eve), eve)), hello)
      })

      it("refuses static and ephemeral keys of low order on both sides", () => {
        for (const point of lowOrder) {
          refuses(() => initiator(pattern, { rs: point }).writeMessage(hello), "keys.agreement")
          const { first, second, message } = halfway(pattern)
          const low = (of: Uint8Array): Uint8Array => concatBytes(point, of.subarray(32))
          refuses(() => responder(pattern).readMessage(low(message)), "keys.agreement")
          refuses(() => first.readMessage(low(second.writeMessage(answer, psk)), psk), "keys.agreement")
          const name = `Noise_${pattern}_25519_ChaChaPoly_SHA256`
          refuses(() => responder(pattern).readMessage(forgedFirst(name, point, eve)), "keys.agreement")
        }
        for (const length of [0, 31, 33])
          refuses(() => initiator(pattern, { rs: new Uint8Array(length) }).writeMessage(hello), "keys.agreement")
      })

      it("brings payloads of every size up to the largest", () => {
        const size = fc.oneof(fc.nat(300), fc.nat(MAX_NOISE_MESSAGE - 96))
        fc.assert(
          fc.property(size, size, bytesOfLength(32), bytesOfLength(32), fc.uint8Array(), (one, two, e, r, said) => {
            const payloads = [new Uint8Array(one).fill(1), new Uint8Array(two).fill(2)] as const
            const first = initiator(pattern, { prologue: said, random: () => Uint8Array.from(e) })
            const second = responder(pattern, { prologue: said, random: () => Uint8Array.from(r) })
            const sent = first.writeMessage(payloads[0])
            assert.equal(sent.length, one + 96)
            assert.deepEqual(second.readMessage(sent), payloads[0])
            const returned = second.writeMessage(payloads[1], psk)
            assert.equal(returned.length, two + 48)
            assert.deepEqual(first.readMessage(returned, psk), payloads[1])
            assert.deepEqual(first.remoteStatic, x25519PublicKey(bob))
            assert.deepEqual(second.remoteStatic, x25519PublicKey(alice))
            assert.deepEqual(first.split().handshakeHash, second.split().handshakeHash)
          }),
          { numRuns: 50 },
        )
      })

      it("refuses to write more than a message holds, and goes on after that", () => {
        const first = initiator(pattern)
        refuses(() => first.writeMessage(new Uint8Array(MAX_NOISE_MESSAGE - 95)), "payload.too_large")
        const second = responder(pattern)
        second.readMessage(first.writeMessage(new Uint8Array(MAX_NOISE_MESSAGE - 96)))
        refuses(() => second.writeMessage(new Uint8Array(MAX_NOISE_MESSAGE - 47), psk), "payload.too_large")
        first.readMessage(second.writeMessage(new Uint8Array(MAX_NOISE_MESSAGE - 48), psk), psk)
      })

      it("refuses to read more than a message holds", () => {
        const name = `Noise_${pattern}_25519_ChaChaPoly_SHA256`
        const message = (bytes: number): Uint8Array =>
          forgedFirst(name, x25519PublicKey(eve), eve, new Uint8Array(bytes - 96))
        assert.equal(responder(pattern).readMessage(message(MAX_NOISE_MESSAGE)).length, MAX_NOISE_MESSAGE - 96)
        refuses(() => responder(pattern).readMessage(message(MAX_NOISE_MESSAGE + 1)), "keys.agreement")
      })

      it("gives nothing but refusals for random messages", () => {
        fc.assert(
          fc.property(fc.uint8Array({ maxLength: 200 }), (given) => {
            refuses(() => responder(pattern).readMessage(given), "keys.agreement")
            refuses(() => halfway(pattern).first.readMessage(given, psk), "keys.agreement")
          }),
          { numRuns: 300 },
        )
      })

      it("shows neither side's static key, payload or secrets in what is sent", () => {
        const { message, second } = halfway(pattern)
        const sent = toHex(concatBytes(message, second.writeMessage(answer, psk)))
        for (const hidden of [
          x25519PublicKey(alice),
          x25519PublicKey(bob),
          alice.expose(),
          bob.expose(),
          hello,
          answer,
        ])
          assert.ok(!sent.includes(toHex(hidden).slice(2)))
        // Nothing of the first message but its length is the same for two initiators with one ephemeral key.
        const other = initiator(pattern, { s: eve }).writeMessage(hello)
        assert.deepEqual(other.subarray(0, 32), message.subarray(0, 32))
        assert.equal(other.length, message.length)
        for (let at = 32; at < message.length; at += 16)
          assert.notDeepEqual(other.subarray(at, at + 16), message.subarray(at, at + 16))
      })

      it("keeps nothing of the receiver's buffer, which may be used again", () => {
        const second = responder(pattern)
        const first = initiator(pattern)
        const buffer = Buffer.from(first.writeMessage(hello))
        second.readMessage(buffer)
        buffer.fill(0)
        assert.deepEqual(second.remoteStatic, x25519PublicKey(alice))
        assert.deepEqual(first.readMessage(second.writeMessage(answer, psk), psk), answer)
      })

      it("tells the initiator's key only after the first message was read", () => {
        const second = responder(pattern)
        refuses(() => second.remoteStatic, "internal.invariant")
        second.readMessage(initiator(pattern).writeMessage(hello))
        assert.deepEqual(second.remoteStatic, x25519PublicKey(alice))
      })

      /** Every step, to be tried at every moment. */
      const steps: Readonly<Record<string, (state: HandshakeState) => unknown>> = {
        write: (state) => state.writeMessage(hello),
        "write with psk": (state) => state.writeMessage(hello, PSK),
        read: (state) => state.readMessage(new Uint8Array(200)),
        "read with psk": (state) => state.readMessage(new Uint8Array(200), PSK),
        split: (state) => state.split(),
      }
      const last = psk === undefined ? "" : " with psk"
      const moments: Readonly<Record<string, [() => HandshakeState, string | undefined]>> = {
        "the initiator before the first message": [() => initiator(pattern), "write"],
        "the responder before the first message": [() => responder(pattern), "read"],
        "the initiator before the second message": [() => halfway(pattern).first, `read${last}`],
        "the responder before the second message": [() => halfway(pattern).second, `write${last}`],
        "the initiator at the end": [() => ended(0), "split"],
        "the responder at the end": [() => ended(1), "split"],
        "a split state": [() => after((state) => state.split(), ended(0)), undefined],
        "a wiped state": [() => after((state) => state.wipe(), halfway(pattern).first), undefined],
        "a state that failed": [
          () => after((state) => refuses(() => state.readMessage(hello), "keys.agreement"), responder(pattern)),
          undefined,
        ],
      }
      const after = (work: (state: HandshakeState) => unknown, state: HandshakeState): HandshakeState => {
        work(state)
        return state
      }
      function ended(side: 0 | 1): HandshakeState {
        const { first, second } = halfway(pattern)
        first.readMessage(second.writeMessage(answer, psk), psk)
        return side === 0 ? first : second
      }
      for (const [moment, [make, allowed]] of Object.entries(moments)) {
        it(`lets ${moment} do ${allowed ?? "nothing"} and no other step`, () => {
          for (const [name, step] of Object.entries(steps)) {
            if (name !== allowed) refuses(() => step(make()), "internal.invariant")
            else if (name.startsWith("read")) refuses(() => step(make()), "keys.agreement")
            else step(make())
          }
        })
      }
    })
  }

  it("refuses another secret, or one of another length, in IKpsk2", () => {
    const { first, second } = halfway("IKpsk2")
    refuses(() => second.writeMessage(answer, new Secret(new Uint8Array(31))), "internal.invariant")
    refuses(() => first.readMessage(second.writeMessage(answer, PSK), secret("other")), "keys.agreement")
  })

  it("refuses a message of the other pattern", () => {
    for (const [one, other] of [PATTERNS, PATTERNS.toReversed()])
      refuses(
        () => responder(other as Pattern).readMessage(initiator(one as Pattern).writeMessage(hello)),
        "keys.agreement",
      )
  })

  it("wipes what random gave, and leaves the static key and the pre-shared one to their owner", () => {
    const given: Uint8Array[] = []
    const random = (length: number): Uint8Array => {
      given.push(new Uint8Array(length).fill(7))
      return given.at(-1) as Uint8Array
    }
    const first = initiator("IKpsk2", { random })
    const second = responder("IKpsk2", { random })
    second.readMessage(first.writeMessage(hello))
    first.readMessage(second.writeMessage(answer, PSK), PSK)
    first.split()
    second.split()
    assert.equal(given.length, 2)
    for (const bytes of given) assert.deepEqual(bytes, new Uint8Array(32))
    for (const kept of [alice, bob, PSK]) assert.ok(kept.expose().some((byte) => byte !== 0))
  })

  it("leaves no secret of its own when it is over, however it ends", () => {
    const owners = new Set([alice, bob, PSK])
    const handed: Secret[] = []
    const endings: Readonly<Record<string, () => void>> = {
      split: () => {
        const { first, second } = halfway("IKpsk2")
        first.readMessage(second.writeMessage(answer, PSK), PSK)
        for (const { send, receive } of [first.split(), second.split()]) {
          send.wipe()
          receive.wipe()
        }
      },
      wiped: () => Object.values(halfway("IK")).forEach((side) => side instanceof HandshakeState && side.wipe()),
      "failed to read": () => {
        const { first, second } = halfway("IK")
        const message = second.writeMessage(answer)
        second.wipe()
        refuses(() => first.readMessage(flipped(message, 300)), "keys.agreement")
      },
      "failed to write": () => {
        refuses(() => initiator("IK", { rs: new Uint8Array(32) }).writeMessage(hello), "keys.agreement")
      },
    }
    const { expose, as } = Secret.prototype
    try {
      Secret.prototype.expose = function (this: Secret) {
        handed.push(this)
        return expose.call(this)
      }
      Secret.prototype.as = function <T extends object>(this: Secret, make: (bytes: Uint8Array) => T): T {
        handed.push(this)
        return as.call(this, make as (bytes: Uint8Array) => object) as T
      }
      for (const [name, end] of Object.entries(endings)) {
        handed.length = 0
        end()
        const own = handed.filter((secret) => !owners.has(secret))
        assert.ok(own.length > 1, name)
        for (const secret of own) assert.deepEqual(expose.call(secret), new Uint8Array(32), name)
      }
    } finally {
      Object.assign(Secret.prototype, { expose, as })
    }
  })

  describe("transport", () => {
    const ad = utf8ToBytes("with it")

    it("opens each message once and in order, and only with what was sent along", () => {
      for (const pattern of PATTERNS) {
        const [one, two] = finished(pattern)
        const sent = [0, 1, 2].map((i) => one.send.encryptWithAd(ad, Uint8Array.of(i)))
        const open = (i: number, along = ad): Uint8Array => two.receive.decryptWithAd(along, sent[i] as Uint8Array)
        refuses(() => open(1), "keys.agreement")
        refuses(() => open(0, hello), "keys.agreement")
        // A refused one takes no nonce (section 5.1).
        assert.deepEqual(open(0), Uint8Array.of(0))
        refuses(() => open(0), "keys.agreement")
        assert.deepEqual([...open(1), ...open(2)], [1, 2])
        refuses(() => one.receive.decryptWithAd(ad, one.send.encryptWithAd(ad, hello)), "keys.agreement")
      }
    })

    it("refuses messages too short or too long", () => {
      const [one, two] = finished("IK")
      for (const length of [0, 15, MAX_NOISE_MESSAGE + 1])
        refuses(() => two.receive.decryptWithAd(ad, new Uint8Array(length)), "keys.agreement")
      refuses(() => one.send.encryptWithAd(ad, new Uint8Array(MAX_NOISE_MESSAGE - 15)), "payload.too_large")
      const key = secret("transport")
      const tooLong = chacha20poly1305(key.expose(), new Uint8Array(12), ad).encrypt(
        new Uint8Array(MAX_NOISE_MESSAGE - 15),
      )
      refuses(() => new CipherState(key).decryptWithAd(ad, tooLong), "keys.agreement")
      const largest = one.send.encryptWithAd(ad, new Uint8Array(MAX_NOISE_MESSAGE - 16))
      assert.equal(two.receive.decryptWithAd(ad, largest).length, MAX_NOISE_MESSAGE - 16)
    })

    it("ends with its last nonce, and with its key", () => {
      const key = (): Secret => secret("transport")
      const [sender, receiver] = [new CipherState(key(), 2n ** 64n - 2n), new CipherState(key(), 2n ** 64n - 2n)]
      const sent = sender.encryptWithAd(ad, hello)
      assert.deepEqual(receiver.decryptWithAd(ad, sent), hello)
      refuses(() => sender.encryptWithAd(ad, hello), "internal.invariant")
      refuses(() => receiver.decryptWithAd(ad, sent), "internal.invariant")
      const wiped = new CipherState(key())
      wiped.wipe()
      refuses(() => wiped.encryptWithAd(ad, hello), "internal.invariant")
      refuses(() => new CipherState().encryptWithAd(ad, hello), "internal.invariant")
    })
  })
}).timeout(60_000)

/**
 * A first message with any static key in it, whose `ss` is made with another secret than that key's: all that somebody
 * can do who has not the key.
 */
function forgedFirst(name: string, shown: Uint8Array, secretOfForger: Secret, payload = hello): Uint8Array {
  const symmetric = new SymmetricState(name)
  const e = secret("forger")
  const publicKey = x25519PublicKey(e)
  const dh = (own: Secret): Uint8Array => x25519SharedSecret(own, x25519PublicKey(bob)).expose()
  symmetric.mixHash(prologue)
  symmetric.mixHash(x25519PublicKey(bob))
  symmetric.mixHash(publicKey)
  if (name.includes("psk")) symmetric.mixKey(publicKey)
  symmetric.mixKey(dh(e))
  const s = symmetric.encryptAndHash(shown)
  symmetric.mixKey(dh(secretOfForger))
  return concatBytes(publicKey, s, symmetric.encryptAndHash(payload))
}
