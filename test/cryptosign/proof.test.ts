import { strict as assert } from "node:assert"
import { readFileSync } from "node:fs"
import * as fc from "fast-check"
import { fromHex, toHex, type Hex } from "../../src/core/bytes.ts"
import { ed25519PublicKey, signChallenge, signLabelled, verifyChallenge } from "../../src/core/ed25519.ts"
import { Secret } from "../../src/core/secret.ts"
import { exportedChannelId } from "../../src/cryptosign/channel.ts"
import { parseWireHex, proofOf, proves, wireHex } from "../../src/cryptosign/proof.ts"
import { bytesOfLength, flipped, refuses } from "../arbitrary.ts"
import { party } from "../trust/chains.ts"

interface Vectors {
  readonly vectors: readonly { channel_id: string | null; private_key: string; challenge: string; signature: string }[]
  readonly exchanges: readonly {
    readonly channel_binding: string | null
    readonly client: Side
    readonly router: Side
  }[]
}
interface Side {
  readonly pubkey: string
  /** What this side asked the other to sign. */
  readonly challenge: string
  readonly signature: string
}

const { vectors, exchanges } = JSON.parse(
  readFileSync(new URL("../vectors/cryptosign.json", import.meta.url), "utf8"),
) as Vectors
const bytes = (text: string): Uint8Array => fromHex(text) as Uint8Array
const hex = (text: string): Hex => toHex(bytes(text))
const { csKey, csPubKey } = party("prover")

describe("cryptosign: proofs", () => {
  for (const [i, { channel_id, private_key, challenge, signature }] of vectors.entries()) {
    it(`signs and verifies vector ${i} of the specification`, () => {
      const key = new Secret(bytes(private_key))
      const channelId = channel_id === null ? undefined : bytes(channel_id)
      assert.equal(proofOf(bytes(challenge), channelId, key), signature)
      assert.ok(proves(signature, bytes(challenge), channelId, ed25519PublicKey(key)))
      const otherChannel = channelId === undefined ? new Uint8Array(32).fill(1) : undefined
      assert.equal(proves(signature, bytes(challenge), otherChannel, ed25519PublicKey(key)), false)
    })
  }

  it("has every vector of the specification", () => {
    assert.equal(vectors.length, 6)
    assert.equal(exchanges.length, 3)
  })

  for (const [i, { channel_binding, client, router }] of exchanges.entries()) {
    it(`verifies both sides of example exchange ${i + 1} of the specification`, () => {
      // The examples do not print the channel's id: what either side signed gives it away, and both must agree.
      const covered = bytes(client.signature).subarray(64)
      const id = covered.map((byte, at) => byte ^ (bytes(router.challenge)[at] as number))
      assert.equal(
        id.some((byte) => byte !== 0),
        channel_binding !== null,
      )
      assert.ok(proves(client.signature, bytes(router.challenge), id, hex(client.pubkey)))
      assert.ok(proves(router.signature, bytes(client.challenge), id, hex(router.pubkey)))
      assert.equal(proves(router.signature, bytes(router.challenge), id, hex(router.pubkey)), false)
    })
  }

  it("accepts no proof with any bit turned over", () => {
    const challenge = new Uint8Array(32).fill(7)
    const proof = bytes(proofOf(challenge, undefined, csKey))
    for (let bit = 0; bit < proof.length * 8; bit++)
      assert.equal(proves(wireHex(flipped(proof, bit)), challenge, undefined, csPubKey), false, `bit ${bit}`)
  })

  it("accepts a proof for its challenge, channel and key alone", () => {
    fc.assert(
      fc.property(bytesOfLength(32), bytesOfLength(32), bytesOfLength(32), (challenge, id, other) => {
        fc.pre(toHex(id) !== toHex(other) && toHex(challenge) !== toHex(other))
        const proof = proofOf(challenge, id, csKey)
        assert.ok(proves(proof, challenge, id, csPubKey))
        assert.ok(proves(proof.toUpperCase(), challenge, id, csPubKey))
        assert.equal(proves(proof, other, id, csPubKey), false)
        assert.equal(proves(proof, challenge, other, csPubKey), false)
        assert.equal(proves(proof, challenge, id, party("other").csPubKey), false)
      }),
      { numRuns: 50 },
    )
  })

  it("takes whatever a stranger sends for no proof, without an exception", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        assert.equal(proves(value, new Uint8Array(32), undefined, csPubKey), false)
        assert.equal(parseWireHex(value, 32), undefined)
      }),
    )
    const proof = proofOf(new Uint8Array(32), undefined, csKey)
    for (const wrong of [`0x${proof}`, `0x${proof.slice(2)}`, proof.slice(2), `${proof}00`, ` ${proof.slice(1)}`])
      assert.equal(proves(wrong, new Uint8Array(32), undefined, csPubKey), false, wrong)
  })

  it("reads exact lengths of hex digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }).chain(bytesOfLength), (value) => {
        assert.deepEqual(parseWireHex(wireHex(value), value.length), value)
        assert.equal(parseWireHex(wireHex(value), value.length + 1), undefined)
        assert.equal(parseWireHex(toHex(value), value.length), undefined)
      }),
    )
  })

  it("believes no key of small order, and none that is no point", () => {
    const signature = Uint8Array.from([1, ...new Uint8Array(63)])
    const identity = hex(`01${"00".repeat(31)}`)
    assert.equal(verifyChallenge(new Uint8Array(32), signature, identity), false)
    assert.equal(proves(wireHex(signature) + "00".repeat(32), new Uint8Array(32), undefined, identity), false)
    assert.equal(verifyChallenge(new Uint8Array(32), signature, hex("ff".repeat(32))), false)
  })

  it("signs challenges of 32 bytes alone without a label, and nothing labelled of 32 bytes", () => {
    for (const length of [0, 31, 33, 64]) {
      refuses(() => signChallenge(new Uint8Array(length), csKey), "internal.invariant")
      assert.equal(verifyChallenge(new Uint8Array(length), new Uint8Array(64), csPubKey), false)
    }
    refuses(() => signLabelled("label", new Uint8Array(32 - "label".length - 1), csKey), "internal.invariant")
  })

  it("takes the channel's id from TLS 1.3, as RFC 9266 has it, and from nothing older", () => {
    const asked: unknown[] = []
    const connection = (protocol: string) => ({
      getProtocol: () => protocol,
      exportKeyingMaterial: (length: number, label: string) => {
        asked.push(length, label)
        return new Uint8Array(length).fill(4)
      },
    })
    assert.deepEqual(exportedChannelId(connection("TLSv1.3")), new Uint8Array(32).fill(4))
    assert.deepEqual(asked, [32, "EXPORTER-Channel-Binding"])
    assert.equal(exportedChannelId(connection("TLSv1.2")), undefined)
  })
})
