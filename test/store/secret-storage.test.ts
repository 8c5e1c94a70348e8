import assert from "node:assert/strict"
import * as fc from "fast-check"
import { fromHex, toHex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { passwordsToRead, passwordToWrite } from "../../src/store/password.ts"
import { formatLocked, lock, parseLocked, unlock } from "../../src/store/secret-storage.ts"
import { isE2eeError } from "../../src/core/errors.ts"
import {
  FAST_N,
  independentKeyFile,
  PBKDF2_VECTOR,
  SCRYPT_VECTOR,
  GETH_31_BYTE_VECTOR,
  VECTOR_KEY,
  VECTOR_PASSWORD,
} from "./vectors.ts"

type Section = Record<string, unknown>

/** A copy of a section with some of its kdfparams replaced. */
function withParams(section: object, params: Section): Section {
  const copy = structuredClone(section) as Section
  copy["kdfparams"] = { ...(copy["kdfparams"] as Section), ...params }
  return copy
}

const accepts = (section: object): void => void parseLocked(section, 32, "a.json")
const refuses = (section: unknown, what: RegExp): void =>
  assert.throws(() => parseLocked(section, 32, "a.json"), { code: "store.corrupt", message: what })

describe("store: Web3 Secret Storage v3", () => {
  it("opens the published pbkdf2 vector, and only with its password", async () => {
    const locked = parseLocked(PBKDF2_VECTOR, 32, "vector")
    const secret = await unlock(locked, VECTOR_PASSWORD)
    assert.ok(secret)
    assert.equal(toHex(secret.expose()), VECTOR_KEY)
    assert.equal(await unlock(locked, `${VECTOR_PASSWORD}.`), undefined)
    assert.deepEqual(formatLocked(locked), PBKDF2_VECTOR)
  })

  it("refuses the published scrypt vectors, whose costs are beyond the bounds", () => {
    refuses(SCRYPT_VECTOR, /scrypt r is 1; expected 8/)
    refuses(GETH_31_BYTE_VECTOR, /scrypt n is 2; expected/)
    refuses(
      { ...GETH_31_BYTE_VECTOR, kdfparams: withParams(GETH_31_BYTE_VECTOR, { n: 2 ** 14 })["kdfparams"] },
      /32 bytes/,
    )
  })

  it("writes scrypt of n 2^18, r 8, p 1, with a new salt and iv each time", async () => {
    const secret = new Secret(new Uint8Array(32).fill(3))
    const [first, second] = [await lock(secret, "pass"), await lock(secret, "pass", FAST_N)]
    assert.ok(first.stretching.kdf === "scrypt")
    const { n, r, p } = first.stretching
    assert.deepEqual([n, r, p], [2 ** 18, 8, 1])
    assert.notDeepEqual(first.iv, second.iv)
    assert.notDeepEqual(first.stretching.salt, second.stretching.salt)
    assert.equal(first.iv.length, 16)
    assert.equal(first.stretching.salt.length, 32)
  })

  it("writes what an independent reading of the format opens, and the other way round", async () => {
    const secret = new Secret(fromHex(VECTOR_KEY)!)
    const ours = formatLocked(await lock(secret, "pass", FAST_N))
    assert.deepEqual(independentKeyFile.open(ours, "pass"), secret.expose())
    const theirs = independentKeyFile.make(secret.expose(), "pass")
    assert.deepEqual((await unlock(parseLocked(theirs, 32, "theirs"), "pass"))?.expose(), secret.expose())
  })

  it("does not stop the event loop while it derives a key", async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 5)
    await lock(new Secret(new Uint8Array(32)), "pass", 2 ** 16)
    clearInterval(timer)
    assert.ok(ticks >= 5, `the loop turned ${ticks} times`)
  })

  const good = formatLocked(parseLocked(withParams(SCRYPT_VECTOR, { n: 2 ** 14, r: 8, p: 1 }), 32, "good"))

  it("takes every cost up to its bound and none beyond", () => {
    for (let power = 14; power <= 20; power++)
      for (let p = 1; p <= 4; p++) accepts(withParams(good, { n: 2 ** power, p }))
    for (const n of [
      2 ** 14 - 1,
      2 ** 14 + 1,
      2 ** 13,
      2,
      1,
      0,
      -(2 ** 14),
      2 ** 20 - 1,
      2 ** 20 + 1,
      2 ** 21,
      2 ** 53,
    ]) {
      refuses(withParams(good, { n }), /scrypt n is/)
    }
    for (const r of [7, 9, 1, 0, -8, 16, 8.5, 2 ** 32 + 8, 1e308]) refuses(withParams(good, { r }), /scrypt r is/)
    for (const p of [0, 5, -1, 1.5, 2 ** 32 + 1, 1e308]) refuses(withParams(good, { p }), /scrypt p is/)
  })

  it("takes every number of pbkdf2 rounds up to its bound and none beyond", () => {
    for (const c of [262_144, 262_145, 9_999_999, 10_000_000]) accepts(withParams(PBKDF2_VECTOR, { c }))
    for (const c of [262_143, 10_000_001, 1, 0, -262_144, 300_000.5, 2 ** 53]) {
      refuses(withParams(PBKDF2_VECTOR, { c }), /pbkdf2 c is/)
    }
    for (const prf of ["hmac-sha1", "hmac-sha512", "HMAC-SHA256", "", null, undefined]) {
      refuses(withParams(PBKDF2_VECTOR, { prf }), /prf is not/)
    }
  })

  it("refuses costs that are no numbers", () => {
    for (const value of ["16384", "0x4000", "016384", null, undefined, true, [16384], { n: 16384 }]) {
      for (const name of ["n", "r", "p"]) refuses(withParams(good, { [name]: value }), /is not a number/)
      refuses(withParams(PBKDF2_VECTOR, { c: value }), /is not a number/)
    }
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const name of ["n", "r", "p"]) refuses(withParams(good, { [name]: value }), /scrypt/)
    }
  })

  it("bounds lengths: dklen, salt, iv, ciphertext, mac", () => {
    const hex = (length: number): string => "ab".repeat(length)
    for (const dklen of [0, 16, 31, 33, 64, "32", undefined]) refuses(withParams(good, { dklen }), /dklen/)
    for (const length of [16, 64]) accepts(withParams(good, { salt: hex(length) }))
    for (const salt of [hex(15), hex(65), "", `${hex(16)}a`, `${hex(16)}zz`, 5, null]) {
      refuses(withParams(good, { salt }), /salt/)
    }
    for (const iv of [hex(15), hex(17), "", `${hex(15)}zz`, 5])
      refuses({ ...good, cipherparams: { iv } }, /iv is not 16/)
    for (const ciphertext of [hex(31), hex(33), "", 5]) refuses({ ...good, ciphertext }, /ciphertext is not 32/)
    for (const mac of [hex(31), hex(33), "", 5]) refuses({ ...good, mac }, /mac is not 32/)
    assert.throws(() => parseLocked(good, 64, "identity.json"), {
      code: "store.corrupt",
      message: /identity\.json.*64 bytes/,
    })
  })

  it("refuses other ciphers, kdfs and shapes", () => {
    for (const cipher of ["aes-128-cbc", "AES-128-CTR", "", null]) refuses({ ...good, cipher }, /cipher is not/)
    for (const kdf of ["argon2id", "SCRYPT", "", null, "__proto__"]) refuses({ ...good, kdf }, /kdf is neither/)
    for (const value of [undefined, null, 5, "text", [], true]) {
      refuses(value, /crypto is not an object/)
      refuses({ ...good, kdfparams: value }, /kdfparams is not an object/)
      refuses({ ...good, cipherparams: value }, /cipherparams is not an object/)
    }
  })

  it("gives a coded error or a section within bounds for anything that JSON can say", () => {
    const mostly = (usual: fc.Arbitrary<unknown>, other: fc.Arbitrary<unknown> = fc.jsonValue()) =>
      fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: other })
    const params = fc.record({
      dklen: mostly(fc.constant(32)),
      salt: mostly(fc.constant(PBKDF2_VECTOR.kdfparams.salt)),
      prf: mostly(fc.constant("hmac-sha256")),
      n: mostly(
        fc.nat(30).map((power) => 2 ** power),
        fc.double(),
      ),
      r: mostly(fc.constant(8), fc.double()),
      p: mostly(fc.integer({ min: -1, max: 6 }), fc.double()),
      c: mostly(fc.integer({ min: 200_000, max: 11_000_000 }), fc.double()),
    })
    const anything = fc.record({
      cipher: mostly(fc.constant("aes-128-ctr")),
      cipherparams: mostly(fc.constant(PBKDF2_VECTOR.cipherparams)),
      ciphertext: mostly(fc.constant(PBKDF2_VECTOR.ciphertext)),
      mac: mostly(fc.constant(PBKDF2_VECTOR.mac)),
      kdf: mostly(fc.constantFrom("scrypt", "pbkdf2")),
      kdfparams: mostly(params),
    })
    let accepted = 0
    fc.assert(
      fc.property(anything, (section) => {
        try {
          const { stretching } = parseLocked(section, 32, "a.json")
          accepted++
          if (stretching.kdf === "pbkdf2") return stretching.c >= 262_144 && stretching.c <= 1e7
          const { n, r, p } = stretching
          return n >= 2 ** 14 && n <= 2 ** 20 && Number.isInteger(Math.log2(n)) && r === 8 && p >= 1 && p <= 4
        } catch (error) {
          return isE2eeError(error, "store.corrupt")
        }
      }),
      { numRuns: 4000 },
    )
    assert.ok(accepted > 100, `only ${accepted} were accepted`)
  })
})

describe("store: passwords", () => {
  it("are normalised as EIP-2335 has it", () => {
    // The password of EIP-2335's test vectors.
    assert.equal(toHex(passwordToWrite("𝔱𝔢𝔰𝔱𝔭𝔞𝔰𝔰𝔴𝔬𝔯𝔡🔑")), "0x7465737470617373776f7264f09f9491")
    for (const code of [...Array(0x20).keys(), 0x7f, ...Array.from({ length: 0x20 }, (_, at) => 0x80 + at)]) {
      assert.equal(toHex(passwordToWrite(`a${String.fromCodePoint(code)}b`)), "0x6162", `control ${code}`)
    }
    assert.equal(toHex(passwordToWrite(" ~")), "0x207e")
    assert.equal(toHex(passwordToWrite("é")), toHex(passwordToWrite("e\u0301")))
    assert.equal(passwordsToRead("plain").length, 1)
  })

  it("open what was locked in another form of the same text, or with a newline behind it", async () => {
    const secret = new Secret(new Uint8Array(32).fill(9))
    const locked = await lock(secret, "pass\u00e9", FAST_N)
    for (const password of ["pass\u00e9", "passe\u0301", "pass\u00e9\n", "pass\u00e9\r\n"]) {
      assert.deepEqual((await unlock(locked, password))?.expose(), secret.expose())
    }
    for (const password of ["passe", "pass\u00e8", "", " pass\u00e9"])
      assert.equal(await unlock(locked, password), undefined)
  })

  it("open other programs' files as they were typed there", async () => {
    const key = new Uint8Array(32).fill(9)
    const locked = parseLocked(independentKeyFile.make(key, "pass\u00e9\t"), 32, "theirs")
    assert.deepEqual((await unlock(locked, "pass\u00e9\t"))?.expose(), key)
    assert.equal(await unlock(locked, "pass\u00e9"), undefined)
    assert.equal(await unlock(locked, "passe\u0301\t"), undefined)
  })

  it("refuse to be empty when a file is written, and half a surrogate pair", async () => {
    const secret = new Secret(new Uint8Array(32))
    for (const password of ["", "\n", "\u0000\u007f\u0085", "a\ud800", "\udc00a"]) {
      await assert.rejects(lock(secret, password, FAST_N), { code: "usage.invalid" })
    }
    await assert.rejects(unlock(await lock(secret, "a", FAST_N), "a\ud800"), { code: "usage.invalid" })
  })

  it("refuse a cost outside of the bounds", async () => {
    for (const n of [2 ** 13, 2 ** 14 + 1, 2 ** 21, 0, -1, Number.NaN]) {
      await assert.rejects(lock(new Secret(new Uint8Array(32)), "a", n), { code: "usage.invalid" })
    }
  })
})
