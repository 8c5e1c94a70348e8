import { strict as assert } from "node:assert"
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, utf8ToBytes } from "../../src/core/bytes.ts"
import { signLabelled } from "../../src/core/ed25519.ts"
import { proofOf, proves, wireHex } from "../../src/cryptosign/proof.ts"
import { DisclosedKeys } from "../../src/keys/disclosure.ts"
import { makeKeyPackage } from "../../src/keys/key-package.ts"
import { makeTick } from "../../src/keys/tick.ts"
import { decodeCbor } from "../../src/payload/cbor.ts"
import { decodeFrame, KIND } from "../../src/payload/frame.ts"
import { secretbox } from "../../src/payload/cipher.ts"
import { DEFAULT_PROFILE } from "../../src/payload/profile.ts"
import { refuses } from "../arbitrary.ts"
import { announcementOf, countedRandom, memberOf, ringOf, sealIn, selfOf } from "../keys/parties.ts"
import { NOW, party, REALM } from "../trust/chains.ts"

// A router chooses the 32 bytes of a challenge. Were they, or could they be taken for, what stands elsewhere under a
// signature of the same key, then a router could have anything signed, or log in with what was said to somebody else.

const SRC = new URL("../../src/", import.meta.url)
const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(new URL(name, SRC), "utf8") }))

const { csKey, csPubKey } = party("speaker")

/** What a structure has on the wire, and its signature. */
interface Signed {
  readonly transcript: Uint8Array
  readonly signature: Uint8Array
}

const lastField = (bytes: Uint8Array): Signed => ({
  transcript: bytes,
  signature: (decodeCbor(bytes) as Uint8Array[]).at(-1) as Uint8Array,
})

function anAnnouncement(): Signed {
  return lastField(announcementOf("speaker").bytes)
}
function aTick(): Signed {
  const commitments = { call: new Uint8Array(32), event: new Uint8Array(32) }
  return lastField(makeTick(announcementOf("speaker"), { epoch: 1, commitments, time: NOW }, csKey).bytes)
}
function aPackage(): Signed {
  const { address } = party("speaker")
  const times = { notBefore: NOW, notAfter: NOW + 1 }
  const roles = new Set(["caller"] as const)
  const [x, certificates] = [new Uint8Array(32).fill(9), new Uint8Array(32)]
  return lastField(makeKeyPackage({ realm: REALM, principal: address, x, ...times, roles, certificates }, csKey))
}
function aMessage(mode: "sig" | "dsig"): Uint8Array {
  const ring = ringOf("speaker", "read", { branch: "event" })
  ring.members.add(memberOf("speaker", "publisher"))
  const place = { kind: KIND.event, uri: "com.example.heat", now: NOW, sequence: 0, mode } as const
  const disclosed = new DisclosedKeys(new Uint8Array(32).fill(7), 2)
  const { instance } = selfOf("speaker")
  const options = { ...place, owner: "speaker", instance, disclosed, random: countedRandom("nonce") }
  const { payload } = sealIn(ring, { args: [21.5], kwargs: {} }, options)
  return secretbox.open(ring.ownKey(place.kind, place.uri, 0).key, payload).plaintext
}
const authenticatorOf = (frame: Uint8Array): Uint8Array => decodeFrame(DEFAULT_PROFILE.serializer, frame).authenticator
function aSignedMessage(): Signed {
  const transcript = aMessage("sig")
  return { transcript, signature: authenticatorOf(transcript) }
}
function aNaming(): Signed {
  const transcript = aMessage("dsig")
  return { transcript, signature: authenticatorOf(transcript).slice(32, 96) }
}
/** Under a key of the epoch, which no router can ask anything of; it has its label all the same. */
function aDisclosedSignature(): Signed {
  const transcript = aMessage("dsig")
  return { transcript, signature: authenticatorOf(transcript).slice(96) }
}

/** Every label in use and the structures that it stands before. */
const STRUCTURES: Readonly<Record<string, readonly (() => Signed)[]>> = {
  "wek1 ann": [anAnnouncement],
  "wek1 dsig": [aDisclosedSignature],
  "wek1 dsig key": [aNaming],
  "wek1 kp": [aPackage],
  "wek1 sig": [aSignedMessage],
  "wek1 tick": [aTick],
}
const labels = Object.keys(STRUCTURES)

describe("cryptosign: challenges and everything else that is signed", () => {
  it("knows every label in the sources, each one's own", () => {
    const used = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/\bsignLabelled\(\s*(\w+),/g)]
        .filter(([, constant]) => constant !== "label")
        .map(([, constant = ""]) => {
          const [, label] = new RegExp(`const ${constant} = "([^"]+)"`).exec(text) ?? []
          assert.ok(label, `${name}: the label ${constant} is no constant text`)
          return label
        }),
    )
    assert.deepEqual([...new Set(used)].sort(), labels.toSorted())
    for (const label of labels) assert.ok(label.startsWith("wek1 ") && !label.includes("\0"))
  })

  it("has one place that signs with Ed25519, and one that signs without a label", () => {
    const that = (pattern: RegExp): string[] => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)
    assert.deepEqual(that(/\bed25519\.sign\(/), ["core/curves/noble.ts"])
    assert.deepEqual(that(/\bcrypto\.sign\(/), ["core/curves/platform.ts"])
    assert.deepEqual(that(/\bcurves\.sign\(/), ["core/ed25519.ts"])
    assert.deepEqual(that(/\b(nobleCurves|platform)\.sign\(/), ["core/curves/choice.ts"]) // to test it
    assert.deepEqual(that(/\bsignChallenge\b/).sort(), ["core/ed25519.ts", "cryptosign/proof.ts"])
  })

  for (const label of labels) {
    it(`refuses to sign 32 bytes labelled ${label}, whatever they are`, () => {
      const length = 32 - label.length - 1
      refuses(() => signLabelled(label, new Uint8Array(length), csKey), "internal.invariant")
      for (const other of [length - 1, length + 1]) signLabelled(label, new Uint8Array(other), csKey)
    })
  }

  for (const [label, makers] of Object.entries(STRUCTURES)) {
    for (const make of makers) {
      it(`gets no login out of ${make.name} (${label})`, () => {
        const { transcript, signature } = make()
        assert.equal(signature.length, 64)
        for (const challenge of challengesFrom(transcript, label, 500))
          assert.equal(verifies(signature, challenge), false)
        const own = Uint8Array.from(signature.subarray(0, 32))
        assert.equal(proves(wireHex(signature) + wireHex(own), own, undefined, csPubKey), false)
      })
    }
  }

  it("gets no statement out of 10,000 challenges made of our own transcripts", function () {
    this.timeout(60_000)
    const statements = Object.entries(STRUCTURES).flatMap(([label, makers]) =>
      makers.map((make) => ({ label, ...make() })),
    )
    let tried = 0
    for (const { transcript, label } of statements) {
      for (const challenge of challengesFrom(transcript, label, Math.ceil(10_000 / statements.length))) {
        const signature = sign(null, challenge, nodeSecret)
        if (tried % 500 === 0)
          assert.equal(wireHex(signature) + wireHex(challenge), proofOf(challenge, undefined, csKey))
        // What a verifier of that role looks at: its label, and a digest or the fields themselves.
        const before = utf8ToBytes(`${label}\0`)
        assert.equal(verifies(signature, concatBytes(before, challenge)), false)
        assert.equal(verifies(signature, concatBytes(before, sha256(transcript))), false)
        tried++
      }
    }
    assert.ok(tried >= 10_000)
  })
})

/** Whatever a router could hope to have signed: digests of the transcript's parts, and its own 32-byte windows. */
function* challengesFrom(transcript: Uint8Array, label: string, count: number): Generator<Uint8Array> {
  const before = utf8ToBytes(`${label}\0`)
  for (let i = 0; i < count; i++) {
    const at = (i >> 2) % Math.max(1, transcript.length - 32)
    const part = transcript.subarray(at, at + 32 + (i % 7))
    switch (i % 4) {
      case 0:
        yield Uint8Array.from(transcript.subarray(at, at + 32))
        break
      case 1:
        yield sha256(transcript.subarray(0, transcript.length - at))
        break
      case 2:
        yield sha256(concatBytes(before, part))
        break
      default:
        yield Uint8Array.from(concatBytes(before, part).subarray(0, 32))
    }
  }
}

/** Node's Ed25519, many times faster than ours. */
function verifies(signature: Uint8Array, message: Uint8Array): boolean {
  return verify(null, message, nodeKey, signature)
}
const x = Buffer.from(csPubKey.slice(2), "hex").toString("base64url")
const nodeKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" })
const nodeSecret = createPrivateKey({
  key: { kty: "OKP", crv: "Ed25519", x, d: Buffer.from(csKey.expose()).toString("base64url") },
  format: "jwk",
})
