import { strict as assert } from "node:assert"
import { execFileSync } from "node:child_process"
import type { KeyObject } from "node:crypto"
import { readFileSync } from "node:fs"
import { ed25519, ED25519_TORSION_SUBGROUP, x25519 } from "@noble/curves/ed25519.js"
import { bytesToNumberLE, numberToBytesLE } from "@noble/curves/utils.js"
import { sha512 } from "@noble/hashes/sha2.js"
import * as fc from "fast-check"
import { concatBytes, fromHex, toHex, utf8ToBytes } from "../../src/core/bytes.ts"
import { chooseCurves, curves } from "../../src/core/curves/choice.ts"
import { nobleCurves } from "../../src/core/curves/noble.ts"
import type { CurveOperations } from "../../src/core/curves/operations.ts"
import { nodeCrypto, platformCurves, type NodeCrypto } from "../../src/core/curves/platform.ts"
import { ed25519PublicKey, signLabelled, verifyLabelled } from "../../src/core/ed25519.ts"
import { Secret } from "../../src/core/secret.ts"
import { x25519PublicKey, x25519SharedSecret } from "../../src/core/x25519.ts"
import { bytesOfLength, flipped, refuses } from "../arbitrary.ts"
import { collectGarbage } from "./garbage.ts"

assert.ok(nodeCrypto, "these tests compare with node:crypto")
const crypto: NodeCrypto = nodeCrypto
const platform = chooseCurves(crypto)
const backends = [platform, nobleCurves]

const vectors = (name: string): unknown[][] =>
  (
    JSON.parse(readFileSync(new URL(`../vectors/wycheproof/${name}.json`, import.meta.url), "utf8")) as {
      cases: unknown[][]
    }
  ).cases
const bytes = (hex: string): Uint8Array => fromHex(hex) as Uint8Array
const secret = (hex: string): Secret => new Secret(bytes(hex))

/** node:crypto with some functions exchanged. */
const altered = (changes: Partial<Record<keyof NodeCrypto, unknown>>): NodeCrypto =>
  Object.assign(Object.create(crypto) as NodeCrypto, changes)

const { Point } = ed25519
const [ORDER, P] = [Point.CURVE().n, Point.CURVE().p]
const torsion = ED25519_TORSION_SUBGROUP.map((hex) => Point.fromHex(hex))

/** A signature by somebody who adds points of low order to key and nonce: true but for what they leave over. */
function withTorsion(
  seed: Uint8Array,
  message: Uint8Array,
  ofKey: number,
  ofNonce: number,
): { signature: Uint8Array; publicKey: Uint8Array } {
  const scalar = (label: string): bigint => bytesToNumberLE(sha512(concatBytes(utf8ToBytes(label), seed))) % ORDER
  const [a, r] = [scalar("key"), scalar("nonce")]
  const publicKey = Point.BASE.multiply(a).add(torsion[ofKey]!).toBytes()
  const nonce = Point.BASE.multiply(r).add(torsion[ofNonce]!).toBytes()
  const k = bytesToNumberLE(sha512(concatBytes(nonce, publicKey, message))) % ORDER
  return { publicKey, signature: concatBytes(nonce, numberToBytesLE((r + k * a) % ORDER, 32)) }
}

/** Every encoding of 32 bytes that stands for a point of low order, or for a y beyond the field. */
const oddKeys = [
  ...ED25519_TORSION_SUBGROUP.map(bytes),
  ...Array.from({ length: 19 }, (_, i) => numberToBytesLE(P + BigInt(i), 32)),
].flatMap((key) => [key, flipped(key, 255)])

/** u of low order, and u beyond the field with either last bit. */
const oddPoints = [
  ...["00", "01"].map((first) => bytes(first.padEnd(64, "0"))),
  bytes("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
  bytes("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
  ...Array.from({ length: 20 }, (_, i) => numberToBytesLE(P - 1n + BigInt(i), 32)),
].flatMap((point) => [point, flipped(point, 255)])

describe("core: curves", () => {
  for (const backend of backends) {
    describe(`by ${backend.name}`, () => {
      it("judges all Wycheproof signatures of Ed25519 rightly", () => {
        const cases = vectors("ed25519") as [number, string, string, string, boolean][]
        assert.equal(cases.length, 151)
        for (const [id, publicKey, message, signature, valid] of cases) {
          const verdict = backend.verify(bytes(message), bytes(signature), bytes(publicKey))
          assert.equal(verdict, valid, `case ${id}`)
        }
      })

      it("agrees on all Wycheproof secrets of X25519, and on none for a point of low order", () => {
        const cases = vectors("x25519") as [number, string, string, string][]
        assert.equal(cases.length, 518)
        for (const [id, scalar, point, expected] of cases) {
          const shared = backend.x25519(secret(scalar), bytes(point))
          assert.equal(shared && toHex(shared).slice(2), /^0+$/.test(expected) ? undefined : expected, `case ${id}`)
        }
      })

      it("refuses every signature by a key of low order or beyond the field", () => {
        const message = utf8ToBytes("anything")
        for (const publicKey of oddKeys) {
          // Whatever the message: with nonce and scalar zero, the equation holds for keys of order 1, 2, 4 and 8.
          for (const nonce of ED25519_TORSION_SUBGROUP) {
            const signature = concatBytes(bytes(nonce), new Uint8Array(32))
            assert.equal(backend.verify(message, signature, publicKey), false, toHex(publicKey))
          }
        }
      })

      it("agrees on nothing with a point of low order in any encoding", () => {
        const refused = oddPoints.filter((point) => backend.x25519(secret("07".repeat(32)), point) === undefined)
        // 0, 1, -1 and two of order 8; 0 and 1 once more beyond the field; all with either last bit.
        assert.equal(refused.length, 2 * 7)
      })
    })
  }

  const aSeed = bytesOfLength(32)
  const aMessage = fc.uint8Array({ maxLength: 200 })

  it("give the same keys and signatures by either", () => {
    fc.assert(
      fc.property(aSeed, aMessage, (seed, message) => {
        const [theirs, ours] = backends.map((by) => {
          const key = new Secret(seed)
          return [by.ed25519PublicKey(key), by.sign(message, key), by.x25519PublicKey(key), by.sign(message, key)]
        })
        assert.deepEqual(theirs, ours)
      }),
      { numRuns: 200 },
    )
  })

  it("judge signatures the same by either, true or damaged", () => {
    const place = fc.constantFrom("message", "signature", "publicKey", "nothing")
    fc.assert(
      fc.property(aSeed, bytesOfLength(40), place, fc.nat(8 * 32 - 1), (seed, message, where, bit) => {
        const key = new Secret(seed)
        const parts = {
          message,
          signature: nobleCurves.sign(message, key),
          publicKey: nobleCurves.ed25519PublicKey(key),
        }
        if (where !== "nothing") parts[where] = flipped(parts[where], bit)
        const verdicts = backends.map((by) => by.verify(parts.message, parts.signature, parts.publicKey))
        assert.deepEqual(verdicts, [where === "nothing", where === "nothing"])
      }),
      { numRuns: 200 },
    )
  })

  it("judge signatures the same by either whose maker adds points of low order, where the platform alone would not", () => {
    const raw = platformCurves(crypto)
    let different = 0
    for (let ofKey = 0; ofKey < 8; ofKey++) {
      for (let ofNonce = 0; ofNonce < 8; ofNonce++) {
        const message = utf8ToBytes(`${ofKey} ${ofNonce}`)
        const { signature, publicKey } = withTorsion(new Uint8Array(32), message, ofKey, ofNonce)
        const [theirs, ours] = backends.map((by) => by.verify(message, signature, publicKey))
        assert.deepEqual([theirs, ours], [true, true], `${ofKey} ${ofNonce}`)
        if (!raw.verify(message, signature, publicKey)) different++
        assert.equal(platform.verify(message, flipped(signature, 300), publicKey), false)
      }
    }
    assert.ok(different > 40, `${different} of 64 differ`)
  })

  it("refuse keys of low order or beyond the field whatever the platform says of them, as older OpenSSL does", () => {
    const odd = new Set(oddKeys.map((key) => Buffer.from(key).toString("base64url")))
    const lenient = chooseCurves(
      altered({
        verify: (...given: Parameters<NodeCrypto["verify"]>) => {
          const { x = "" } = (given[2] as KeyObject).export({ format: "jwk" })
          return odd.has(x) || crypto.verify(...given)
        },
      }),
    )
    assert.equal(lenient.name, "node:crypto")
    for (const key of oddKeys) assert.equal(lenient.verify(key, new Uint8Array(64), key), false, toHex(key))
  })

  it("judge odd keys, nonces and scalars the same by either", () => {
    const part = (odd: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
      fc.oneof(bytesOfLength(32), fc.constantFrom(...odd))
    const aScalar = part([0n, 1n, ORDER - 1n, ORDER, ORDER + 1n].map((s) => numberToBytesLE(s, 32)))
    fc.assert(
      fc.property(part(oddKeys), part(oddKeys), aScalar, aMessage, (publicKey, nonce, scalar, message) => {
        const signature = concatBytes(nonce, scalar)
        const [theirs, ours] = backends.map((by) => by.verify(message, signature, publicKey))
        assert.equal(theirs, ours)
      }),
      { numRuns: 300 },
    )
  })

  it("agree on the same by either, with any point", () => {
    fc.assert(
      fc.property(aSeed, fc.oneof(bytesOfLength(32), fc.constantFrom(...oddPoints)), (scalar, point) => {
        const [theirs, ours] = backends.map((by) => by.x25519(new Secret(scalar), point))
        assert.deepEqual(theirs, ours)
      }),
      { numRuns: 300 },
    )
  })

  it("give plain bytes, none of the platform's buffers", () => {
    const key = secret("09".repeat(32))
    const made = [
      platform.sign(new Uint8Array(3), key),
      platform.ed25519PublicKey(key),
      platform.x25519PublicKey(key),
      platform.x25519(key, x25519.getPublicKey(new Uint8Array(32))),
    ]
    for (const value of made) assert.equal(Object.getPrototypeOf(value), Uint8Array.prototype)
  })

  describe("chosen at load", () => {
    it("are node:crypto's here", () => {
      assert.equal(curves.name, "node:crypto")
    })

    it("are noble's where there is no node:crypto, as in a browser", () => {
      assert.equal(chooseCurves(undefined), nobleCurves)
      const module = new URL("../../src/core/curves/choice.ts", import.meta.url).href
      for (const without of ["delete process.getBuiltinModule", "delete globalThis.process"]) {
        const program = `const { stdout } = process; ${without}; const { curves } = await import("${module}"); stdout.write(curves.name)`
        const out = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" })
        assert.equal(out, "noble", without)
      }
    })

    const zeros = (): Uint8Array => new Uint8Array(32)
    const faults: Readonly<Record<string, Partial<Record<keyof NodeCrypto, unknown>>>> = {
      "verifies anything": { verify: () => true },
      "verifies nothing": { verify: () => false },
      "signs otherwise": { sign: () => new Uint8Array(64) },
      "agrees on something else": { diffieHellman: () => zeros().fill(1) },
      "agrees on zeros": {
        diffieHellman: (keys: Parameters<NodeCrypto["diffieHellman"]>[0]) => {
          try {
            return crypto.diffieHellman(keys)
          } catch {
            return zeros()
          }
        },
      },
      "has no such keys": {
        createPrivateKey: () => {
          throw new TypeError("no such curve")
        },
      },
      "believes the public half of a private key": {
        createPublicKey: (given: { key?: { x: string } }) =>
          given.key === undefined ? { export: () => ({ x: "A".repeat(43) }) } : crypto.createPublicKey(given as never),
      },
      "writes public keys otherwise": {
        createPublicKey: (given: { key?: { x: string } }) =>
          given.key === undefined ? { export: () => ({}) } : crypto.createPublicKey(given as never),
      },
    }
    for (const [fault, changes] of Object.entries(faults)) {
      it(`are noble's where the platform ${fault}`, () => {
        assert.equal(chooseCurves(altered(changes)), nobleCurves)
        assert.notEqual(chooseCurves(altered({})), nobleCurves)
      })
    }
  })

  describe("and key objects", () => {
    /** What the platform was asked to import, and whether it still has it. */
    function watched(): { by: CurveOperations; imports: string[]; privates: WeakRef<object>[] } {
      const imports: string[] = []
      const privates: WeakRef<object>[] = []
      const by = platformCurves(
        altered({
          createPrivateKey: (given: Parameters<NodeCrypto["createPrivateKey"]>[0]) => {
            const key = crypto.createPrivateKey(given)
            privates.push(new WeakRef(key))
            return key
          },
          createPublicKey: (given: Parameters<NodeCrypto["createPublicKey"]>[0]) => {
            imports.push("public")
            return crypto.createPublicKey(given)
          },
        }),
      )
      return { by, imports, privates }
    }

    it("are made once for a secret, and forgotten when it is wiped", async () => {
      const { by, privates } = watched()
      const key = secret("0a".repeat(32))
      const message = utf8ToBytes("message")
      const signature = by.sign(message, key)
      assert.deepEqual(by.sign(message, key), signature)
      assert.equal(privates.length, 1)
      await collectGarbage()
      assert.ok(privates[0]?.deref(), "kept as long as the secret")
      key.wipe()
      await collectGarbage()
      assert.equal(privates[0]?.deref(), undefined)
      // Of no use, and no more than noble would make of it.
      assert.deepEqual(by.sign(message, key), nobleCurves.sign(message, new Secret(new Uint8Array(32))))
    })

    it("go with their secret", async () => {
      const { by, privates } = watched()
      by.x25519PublicKey(secret("0b".repeat(32)))
      await collectGarbage()
      assert.equal(privates[0]?.deref(), undefined)
    })

    it("of public keys are made once, and at most 1,024 are kept", () => {
      const { by, imports } = watched()
      const verify = (i: number): boolean =>
        by.verify(new Uint8Array(), new Uint8Array(64), numberToBytesLE(BigInt(i), 32))
      verify(2)
      verify(2)
      assert.equal(imports.length, 1)
      for (let i = 3; i < 3 + 1_023; i++) verify(i)
      assert.equal(imports.length, 1_024)
      verify(2)
      assert.equal(imports.length, 1_024)
      verify(5_000)
      verify(2)
      assert.equal(imports.length, 1_026)
    })
  })

  describe("as the library asks them", () => {
    const peer = x25519.getPublicKey(new Uint8Array(32).fill(3))

    it("refuse secrets that have not 32 bytes", () => {
      for (const length of [0, 31, 33, 64]) {
        const wrong = new Secret(new Uint8Array(length))
        refuses(() => signLabelled("wek1 sig", peer, wrong), "usage.invalid")
        refuses(() => ed25519PublicKey(wrong), "usage.invalid")
        refuses(() => x25519PublicKey(wrong), "usage.invalid")
        refuses(() => x25519SharedSecret(wrong, peer), "usage.invalid")
      }
    })

    it("refuse a peer's key that has not 32 bytes or is of low order", () => {
      const own = secret("0c".repeat(32))
      for (const length of [0, 31, 33]) refuses(() => x25519SharedSecret(own, new Uint8Array(length)), "keys.agreement")
      for (const point of oddPoints.slice(0, 8)) refuses(() => x25519SharedSecret(own, point), "keys.agreement")
      assert.deepEqual(
        x25519SharedSecret(own, peer).expose(),
        x25519SharedSecret(new Secret(new Uint8Array(32).fill(3)), x25519PublicKey(own)).expose(),
      )
    })

    it("verify nothing with keys and signatures of other lengths", () => {
      const key = secret("0d".repeat(32))
      const publicKey = ed25519PublicKey(key)
      const signature = signLabelled("wek1 sig", peer, key)
      const by = (bytes: Uint8Array, hex: string): boolean =>
        verifyLabelled("wek1 sig", peer, bytes, hex as `0x${string}`)
      assert.equal(by(signature, publicKey), true)
      for (const hex of ["0x", publicKey.slice(0, -2), `${publicKey}00`, `${publicKey.slice(0, -1)}g`])
        assert.equal(by(signature, hex), false)
      for (const other of [signature.subarray(1), concatBytes(signature, new Uint8Array(1)), new Uint8Array()])
        assert.equal(by(other, publicKey), false)
    })
  })
}).timeout(60_000)
