import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inspect } from "node:util"
import { ed25519 } from "@noble/curves/ed25519.js"
import * as fc from "fast-check"
import { privateKeyToAddress } from "viem/accounts"
import { fromHex, toHex } from "../../src/core/bytes.ts"
import { type ErrorCode, isE2eeError } from "../../src/core/errors.ts"
import { Secret } from "../../src/core/secret.ts"
import { addressOfKey, isEthereumKey } from "../../src/store/address.ts"
import { type Entry, MAX_ENTRY_BYTES, parseEntry } from "../../src/store/entry.ts"
import { loadIdentity, readIdentityPublic, saveIdentity, updateCertificates } from "../../src/store/identity.ts"
import { createKey, listKeys, openKey, showKey } from "../../src/store/keystore.ts"
import { unlock } from "../../src/store/secret-storage.ts"
import { FAST_N, independentKeyFile, PBKDF2_VECTOR, VECTOR_KEY, VECTOR_PASSWORD } from "./vectors.ts"

/** Flipped files that are opened with the password, of the thousand that can still be read. */
const SAMPLE = 12

const PASSWORD = "correct horse battery"
const options = { password: PASSWORD, dangerouslyWeakScryptN: FAST_N }
const key = new Secret(fromHex(VECTOR_KEY)!)
const address = privateKeyToAddress(VECTOR_KEY)
const csKey = new Secret(new Uint8Array(32).fill(0x42))
const csPubKey = toHex(ed25519.getPublicKey(csKey.expose())).slice(2)
const certificates: unknown[] = [
  { type: "EIP712DelegateCertificate", bootedAt: "1690000000000000000", signature: "ab" },
  ["anything", 1, null],
]
const identity = { certificates, delegateKey: key, csKey }

let dir: string
function eachInNewKeystore(): void {
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "keystore-"))
  })
  afterEach(() => rm(dir, { recursive: true }))
}

async function rewrite(name: string, change: (json: Record<string, unknown>) => void): Promise<void> {
  const json = JSON.parse(await readFile(join(dir, `${name}.json`), "utf8")) as Record<string, unknown>
  change(json)
  await writeFile(join(dir, `${name}.json`), JSON.stringify(json))
}

const place = (name: string, content: unknown): Promise<void> =>
  writeFile(join(dir, `${name}.json`), JSON.stringify(content), { mode: 0o600 })

describe("store: keystore", () => {
  eachInNewKeystore()

  it("writes addresses as EIP-55 has them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const key = new Secret(bytes)
        return !isEthereumKey(key) || addressOfKey(key) === privateKeyToAddress(toHex(bytes))
      }),
      { numRuns: 50 },
    )
  })

  it("gives back the key that was put in, and its public part without a password", async () => {
    const keystore = join(dir, "new", "keystore")
    assert.deepEqual(await createKey(keystore, "op", key, options), { name: "op", kind: "key", address })
    assert.deepEqual((await openKey(keystore, "op", { password: PASSWORD })).expose(), key.expose())
    assert.deepEqual(await showKey(keystore, "op"), { name: "op", kind: "key", address })
    assert.equal((await stat(keystore)).mode & 0o777, 0o700)
    assert.equal((await stat(join(keystore, "op.json"))).mode & 0o777, 0o600)
  })

  it("writes a file of Web3 Secret Storage v3", async () => {
    await createKey(dir, "op", key, options)
    const file = JSON.parse(await readFile(join(dir, "op.json"), "utf8")) as Record<string, unknown>
    assert.deepEqual(Object.keys(file).sort(), ["address", "crypto", "id", "version"])
    assert.equal(file["version"], 3)
    assert.equal(file["address"], address.slice(2).toLowerCase())
    assert.match(String(file["id"]), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    assert.deepEqual(independentKeyFile.open(file["crypto"] as object, PASSWORD), key.expose())
  })

  it("opens the published vector as a file, the address in any of its forms", async () => {
    for (const form of [address, address.slice(2), address.toLowerCase(), address.slice(2).toUpperCase()]) {
      await place("vector", {
        version: 3,
        id: "3198bc9c-6672-5ab3-d995-4942343ae5b6",
        address: form,
        crypto: PBKDF2_VECTOR,
      })
      assert.equal(toHex((await openKey(dir, "vector", { password: VECTOR_PASSWORD })).expose()), VECTOR_KEY)
      assert.deepEqual(await showKey(dir, "vector"), { name: "vector", kind: "key", address })
    }
    // Without an address nothing would show a changed iv.
    await place("vector", { version: 3, crypto: PBKDF2_VECTOR })
    await assert.rejects(openKey(dir, "vector", { password: VECTOR_PASSWORD }), {
      code: "store.corrupt",
      message: /address/,
    })
  })

  it("never replaces a key unless it was told to", async () => {
    await createKey(dir, "op", key, options)
    const other = new Secret(new Uint8Array(32).fill(1))
    await assert.rejects(createKey(dir, "op", other, options), { code: "store.exists" })
    await assert.rejects(saveIdentity(dir, "op", identity, options), { code: "store.exists" })
    assert.deepEqual((await openKey(dir, "op", { password: PASSWORD })).expose(), key.expose())
    await createKey(dir, "op", other, { ...options, overwrite: true })
    assert.deepEqual((await openKey(dir, "op", { password: PASSWORD })).expose(), other.expose())
    assert.deepEqual(await readdir(dir), ["op.json"])
  })

  it("lists both kinds by name, and a damaged file with its code", async () => {
    await createKey(dir, "op", key, options)
    await saveIdentity(dir, "machine", identity, options)
    await writeFile(join(dir, "bad.json"), "{", { mode: 0o600 })
    await writeFile(join(dir, "open.json"), "{}", { mode: 0o644 })
    for (const other of ["notes.txt", "Upper.json", ".op.json", ".json"]) await writeFile(join(dir, other), "")
    const list = await listKeys(dir)
    assert.deepEqual(
      list.map((entry) => [entry.name, entry.kind === "unreadable" ? entry.problem : entry.address]),
      [
        ["bad", "store.corrupt"],
        ["machine", address],
        ["op", address],
        ["open", "store.mode"],
      ],
    )
  })

  it("refuses a wrong password, a missing key, a missing keystore and the other kind of entry", async () => {
    await createKey(dir, "op", key, options)
    await saveIdentity(dir, "machine", identity, options)
    await assert.rejects(openKey(dir, "op", { password: "wrong" }), { code: "store.password" })
    await assert.rejects(loadIdentity(dir, "machine", { password: "wrong" }), { code: "store.password" })
    const none = join(dir, "none")
    for (const [read, folder, code] of [
      [() => openKey(dir, "nobody", { password: PASSWORD }), "", "store.missing"],
      [() => showKey(dir, "nobody"), "", "store.missing"],
      [() => loadIdentity(dir, "nobody", { password: PASSWORD }), "", "store.missing"],
      [() => updateCertificates(dir, "nobody", []), "", "store.missing"],
      [() => openKey(none, "op", { password: PASSWORD }), none, "store.missing"],
      [() => listKeys(none), none, "store.missing"],
      [() => openKey(dir, "machine", { password: PASSWORD }), "", "usage.invalid"],
      [() => loadIdentity(dir, "op", { password: PASSWORD }), "", "usage.invalid"],
      [() => readIdentityPublic(dir, "op"), "", "usage.invalid"],
      [() => updateCertificates(dir, "op", []), "", "usage.invalid"],
    ] as const) {
      await assert.rejects(read(), { code, message: new RegExp(folder.replaceAll(/[^\w]/g, ".")) })
    }
    assert.ok(!(await readdir(dir)).includes("none"), "reading made a folder")
  })

  it("refuses bytes that are no Ethereum key", async () => {
    const order = "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
    for (const bytes of [new Uint8Array(31), new Uint8Array(33), new Uint8Array(32), fromHex(order)!]) {
      await assert.rejects(createKey(dir, "op", new Secret(bytes), options), { code: "usage.invalid" })
      const wrong = { ...identity, delegateKey: new Secret(bytes) }
      await assert.rejects(saveIdentity(dir, "op", wrong, options), { code: "usage.invalid" })
    }
    for (const length of [0, 31, 33, 64]) {
      const wrong = { ...identity, csKey: new Secret(new Uint8Array(length)) }
      await assert.rejects(saveIdentity(dir, "op", wrong, options), { code: "usage.invalid" })
    }
    await assert.rejects(createKey(dir, "op", key, { password: "" }), { code: "usage.invalid" })
    assert.deepEqual(await readdir(dir), [])
  })

  it("refuses names that could leave the folder, in every function", async () => {
    const bad = [
      "",
      ".",
      "..",
      "../x",
      "a/b",
      "a\\b",
      "/etc/x",
      "-a",
      ".a",
      "_a",
      "A",
      "a b",
      "a\n",
      "a\0",
      "é",
      "a".repeat(65),
    ]
    for (const name of bad) {
      for (const call of [
        () => createKey(dir, name, key, options),
        () => openKey(dir, name, options),
        () => showKey(dir, name),
        () => saveIdentity(dir, name, identity, options),
        () => loadIdentity(dir, name, options),
        () => readIdentityPublic(dir, name),
        () => updateCertificates(dir, name, []),
      ]) {
        await assert.rejects(call(), { code: "usage.invalid" }, JSON.stringify(name))
      }
    }
    assert.deepEqual(await readdir(dir), [])
    for (const name of ["a", "0", "a..b", "pump-7_x.y", "a".repeat(64)]) {
      await assert.rejects(showKey(dir, name), { code: "store.missing" })
    }
  })

  it("refuses a folder or file that others can reach, and links", async () => {
    await createKey(dir, "op", key, options)
    await symlink(join(dir, "op.json"), join(dir, "link.json"))
    await assert.rejects(openKey(dir, "link", options), { code: "store.mode" })
    await assert.rejects(createKey(dir, "link", key, options), { code: "store.exists" })
    await chmod(join(dir, "op.json"), 0o640)
    await assert.rejects(openKey(dir, "op", options), { code: "store.mode" })
    await assert.rejects(showKey(dir, "op"), { code: "store.mode" })
    await createKey(dir, "op", key, { ...options, overwrite: true })
    assert.equal((await stat(join(dir, "op.json"))).mode & 0o777, 0o600)
    await chmod(dir, 0o755)
    for (const call of [
      () => openKey(dir, "op", options),
      () => showKey(dir, "op"),
      () => listKeys(dir),
      () => createKey(dir, "new", key, options),
      () => saveIdentity(dir, "new", identity, options),
      () => loadIdentity(dir, "op", options),
      () => updateCertificates(dir, "op", []),
    ]) {
      await assert.rejects(call(), { code: "store.mode", message: /chmod 700/ })
    }
  })

  it("shows neither key nor password in a result, an error or a file", async () => {
    const seen: unknown[] = [
      await createKey(dir, "op", key, options),
      await saveIdentity(dir, "machine", identity, options),
      await openKey(dir, "op", options),
      await loadIdentity(dir, "machine", options),
      await listKeys(dir),
      await readFile(join(dir, "op.json"), "utf8"),
      await readFile(join(dir, "machine.json"), "utf8"),
    ]
    await rewrite("op", (json) => (json["address"] = "00".repeat(20)))
    for (const call of [
      () => openKey(dir, "op", options),
      () => openKey(dir, "machine", options),
      () => loadIdentity(dir, "machine", { password: `${PASSWORD}!` }),
      () => createKey(dir, "op", key, options),
    ]) {
      seen.push(
        await call().then(
          () => assert.fail("expected a refusal"),
          (error: unknown) => error,
        ),
      )
    }
    const text = seen.map(
      (value) => `${inspect(value, { depth: 9, showHidden: true })}${JSON.stringify(value)}${String(value)}`,
    )
    for (const secret of [key, csKey]) {
      for (const encoding of ["hex", "base64", "base64url", "latin1"] as const) {
        const canary = Buffer.from(secret.expose()).toString(encoding)
        assert.ok(!text.join("").includes(canary), `a secret is shown in ${encoding}`)
      }
      assert.ok(
        !text.join("").includes(secret.expose().join(", ")) && !text.join("").includes(secret.expose().join(",")),
      )
    }
    assert.ok(!text.join("").includes(PASSWORD))
  })
})

describe("store: machine identity", () => {
  eachInNewKeystore()

  it("gives back certificates and keys, and its public part without a password", async () => {
    const shown = { name: "machine", kind: "identity", address, csPubKey, certificates }
    assert.deepEqual(await saveIdentity(dir, "machine", identity, options), shown)
    assert.deepEqual(await readIdentityPublic(dir, "machine"), shown)
    assert.deepEqual(await showKey(dir, "machine"), shown)
    const loaded = await loadIdentity(dir, "machine", { password: PASSWORD })
    assert.deepEqual(loaded.certificates, certificates)
    assert.deepEqual(loaded.delegateKey.expose(), key.expose())
    assert.deepEqual(loaded.csKey.expose(), csKey.expose())
  })

  it("replaces the certificates alone", async () => {
    await saveIdentity(dir, "machine", identity, options)
    const before = JSON.parse(await readFile(join(dir, "machine.json"), "utf8")) as Record<string, unknown>
    await updateCertificates(dir, "machine", [{ later: true }])
    const after = JSON.parse(await readFile(join(dir, "machine.json"), "utf8")) as Record<string, unknown>
    assert.deepEqual(after, { ...before, certificates: [{ later: true }] })
    const loaded = await loadIdentity(dir, "machine", { password: PASSWORD })
    assert.deepEqual(loaded.certificates, [{ later: true }])
    assert.deepEqual(loaded.csKey.expose(), csKey.expose())
    assert.equal((await stat(join(dir, "machine.json"))).mode & 0o777, 0o600)
  })

  it("does not replace keys that another process saves while the certificates are replaced", async () => {
    await saveIdentity(dir, "machine", identity, options)
    const file = join(dir, "machine.json")
    const newer = `${await readFile(file, "utf8")} `
    const meanwhile = {
      toJSON() {
        writeFileSync(file, newer)
        return "certificate"
      },
    }
    await assert.rejects(updateCertificates(dir, "machine", [meanwhile]), {
      code: "store.io",
      message: /another process/,
    })
    assert.equal(await readFile(file, "utf8"), newer)
  })

  it("refuses certificates that are no JSON, no array or too long, and leaves the file as it was", async () => {
    await saveIdentity(dir, "machine", identity, options)
    const before = await readFile(join(dir, "machine.json"))
    const circle: unknown[] = []
    circle.push(circle)
    const wrong = [[1n], circle, ["x".repeat(MAX_ENTRY_BYTES)], "text", null, undefined, { length: 1 }]
    for (const certificates of wrong as unknown[][]) {
      await assert.rejects(updateCertificates(dir, "machine", certificates), { code: "usage.invalid" })
      await assert.rejects(saveIdentity(dir, "new", { ...identity, certificates }, options), { code: "usage.invalid" })
    }
    assert.deepEqual(await readFile(join(dir, "machine.json")), before)
    assert.deepEqual(await readdir(dir), ["machine.json"])
  })

  it("refuses keys that are not those stated, each by itself", async () => {
    await saveIdentity(dir, "machine", identity, options)
    const otherPubKey = toHex(ed25519.getPublicKey(key.expose())).slice(2)
    await rewrite("machine", (json) => (json["csPubKey"] = otherPubKey))
    await assert.rejects(loadIdentity(dir, "machine", options), { code: "store.corrupt", message: /csPubKey/ })
    await rewrite("machine", (json) => Object.assign(json, { csPubKey, delegate: `0x${"11".repeat(20)}` }))
    await assert.rejects(loadIdentity(dir, "machine", options), { code: "store.corrupt", message: /delegate/ })
    await rewrite("machine", (json) => (json["delegate"] = address))
    assert.ok(await loadIdentity(dir, "machine", options))
  })
})

/** The paths of all values in an object that are no objects themselves. */
function leaves(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path]
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]))
}

/** What each field's change gives; `undefined`: nothing reads it. */
const TAMPERED: Record<string, ErrorCode | undefined> = {
  version: "store.corrupt",
  kind: "store.corrupt",
  id: undefined,
  address: "store.corrupt",
  delegate: "store.corrupt",
  csPubKey: "store.corrupt",
  "crypto.cipher": "store.corrupt",
  "crypto.cipherparams.iv": "store.corrupt",
  "crypto.ciphertext": "store.password",
  "crypto.kdf": "store.corrupt",
  "crypto.kdfparams.dklen": "store.corrupt",
  "crypto.kdfparams.n": "store.password",
  "crypto.kdfparams.r": "store.corrupt",
  "crypto.kdfparams.p": "store.password",
  "crypto.kdfparams.salt": "store.password",
  "crypto.mac": "store.password",
}

function changed(value: unknown): unknown {
  if (typeof value === "number") return value * 2
  const text = String(value)
  const last = text.slice(-1)
  return text.slice(0, -1) + (last === "1" ? "2" : "1")
}

describe("store: altered and damaged files", () => {
  eachInNewKeystore()

  for (const kind of ["key", "identity"] as const) {
    const create = () =>
      kind === "key"
        ? createKey(dir, "a", key, { ...options, overwrite: true })
        : saveIdentity(dir, "a", { ...identity, certificates: [] }, { ...options, overwrite: true })
    const open = async (): Promise<unknown> =>
      kind === "key" ? openKey(dir, "a", options) : loadIdentity(dir, "a", options)

    it(`refuses each field of ${kind} changed, or of another type, or taken away`, async function () {
      this.timeout(30_000)
      await create()
      const text = await readFile(join(dir, "a.json"), "utf8")
      const paths = leaves(JSON.parse(text))
      assert.ok(paths.length >= 12)
      for (const path of paths) {
        const field = path.join(".")
        assert.ok(field in TAMPERED, field)
        const edits: [string, (parent: Record<string, unknown>, name: string) => void][] = [
          ["changed", (parent, name) => (parent[name] = changed(parent[name]))],
          ["null", (parent, name) => (parent[name] = null)],
          ["an object", (parent, name) => (parent[name] = { toString: "x" })],
          ["taken away", (parent, name) => delete parent[name]],
        ]
        for (const [edit, apply] of edits) {
          const json = JSON.parse(text) as Record<string, unknown>
          const parent = path.slice(0, -1).reduce((at, name) => at[name] as Record<string, unknown>, json)
          apply(parent, path.at(-1)!)
          await place("a", json)
          const code = TAMPERED[field] && (edit === "changed" ? TAMPERED[field] : "store.corrupt")
          if (code === undefined) await open()
          else await assert.rejects(open(), { code }, `${field} ${edit}`)
        }
      }
    })

    it(`refuses each shorter file of ${kind}`, async () => {
      await create()
      const bytes = await readFile(join(dir, "a.json"))
      for (let length = 0; length < bytes.length - 1; length++) {
        assert.throws(() => parseEntry(bytes.subarray(0, length), "a.json"), { code: "store.corrupt" }, `${length}`)
      }
      for (const length of [0, 1, bytes.length >> 1, bytes.length - 2]) {
        await writeFile(join(dir, "a.json"), bytes.subarray(0, length))
        await assert.rejects(open(), { code: "store.corrupt" })
      }
    })

    it(`never gives another key for a flipped bit in a file of ${kind}`, async function () {
      this.timeout(30_000)
      await create()
      const bytes = await readFile(join(dir, "a.json"))
      const readable: Buffer[] = []
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = Buffer.from(bytes)
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        try {
          parseEntry(flipped, "a.json")
          readable.push(flipped)
        } catch (error) {
          assert.ok(isE2eeError(error, "store.corrupt"), `bit ${bit}: ${String(error)}`)
        }
      }
      // Deriving takes 50 ms, so of those that can still be read a sample is opened.
      const expected = inspectKeys(await open())
      const outcomes = new Set<string>()
      for (let at = 0; at < SAMPLE; at++) {
        await writeFile(join(dir, "a.json"), readable[Math.floor((at * readable.length) / SAMPLE)]!)
        try {
          assert.equal(inspectKeys(await open()), expected)
          outcomes.add("the same key")
        } catch (error) {
          assert.ok(isE2eeError(error, "store.corrupt") || isE2eeError(error, "store.password"), String(error))
          outcomes.add(error.code)
        }
      }
      assert.ok(outcomes.has("store.password"), "no flip reached the MAC")
    })
  }

  it("refuses hostile numbers as text: leading zeros, hex, overflow, quoted", async () => {
    await createKey(dir, "a", key, options)
    const text = await readFile(join(dir, "a.json"), "utf8")
    for (const n of [
      "016384",
      "0x4000",
      "1e999",
      "-16384",
      '"16384"',
      "16384.5",
      "1099511627776",
      "2",
      "0",
      "NaN",
      "[16384]",
    ]) {
      const hostile = text.replace(`"n": ${FAST_N}`, `"n": ${n}`)
      assert.notEqual(hostile, text)
      await writeFile(join(dir, "a.json"), hostile)
      await assert.rejects(openKey(dir, "a", options), { code: "store.corrupt" }, n)
    }
  })

  it("refuses versions and kinds that it does not know, by their number", async () => {
    await createKey(dir, "key", key, options)
    await saveIdentity(dir, "machine", identity, options)
    for (const version of [1, 2, 4, "3", 0]) {
      await rewrite("key", (json) => (json["version"] = version))
      await assert.rejects(openKey(dir, "key", options), { code: "store.corrupt", message: /version/ })
    }
    for (const version of [0, 2, 3, "1"]) {
      await rewrite("machine", (json) => (json["version"] = version))
      await assert.rejects(loadIdentity(dir, "machine", options), { code: "store.corrupt", message: /version/ })
    }
  })

  it("refuses bytes that are no UTF-8, also where any text would do", async () => {
    await saveIdentity(dir, "a", { ...identity, certificates: ["text"] }, options)
    const bytes = await readFile(join(dir, "a.json"))
    bytes[bytes.indexOf("text")] = 0xff
    await writeFile(join(dir, "a.json"), bytes)
    await assert.rejects(loadIdentity(dir, "a", options), { code: "store.corrupt" })
  })

  it("refuses a file over the limit, and one of deep nesting, at once", async () => {
    await writeFile(join(dir, "big.json"), " ".repeat(MAX_ENTRY_BYTES + 1), { mode: 0o600 })
    await assert.rejects(openKey(dir, "big", options), { code: "store.corrupt" })
    await writeFile(join(dir, "deep.json"), "[".repeat(MAX_ENTRY_BYTES), { mode: 0o600 })
    await assert.rejects(openKey(dir, "deep", options), { code: "store.corrupt" })
  })

  it("gives an entry or store.corrupt for any bytes and any JSON", () => {
    const refusedOr = (bytes: Uint8Array, fits: (entry: Entry) => boolean): boolean => {
      try {
        return fits(parseEntry(bytes, "a.json"))
      } catch (error) {
        return isE2eeError(error, "store.corrupt")
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => refusedOr(bytes, () => false)))
    const nearly = fc.record(
      {
        kind: fc.oneof(fc.constant("wamp-e2ee identity"), fc.jsonValue()),
        version: fc.oneof(fc.constantFrom(1, 3), fc.jsonValue()),
        address: fc.oneof(fc.constant(address), fc.jsonValue()),
        delegate: fc.oneof(fc.constant(address), fc.jsonValue()),
        csPubKey: fc.oneof(fc.constant(csPubKey), fc.jsonValue()),
        certificates: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
        crypto: fc.oneof(
          fc.constant(PBKDF2_VECTOR),
          fc.constant({ ...PBKDF2_VECTOR, ciphertext: "00".repeat(64) }),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: [] },
    )
    let accepted = 0
    fc.assert(
      fc.property(nearly, (json) =>
        refusedOr(Buffer.from(JSON.stringify(json)), (entry) => {
          accepted++
          return entry.address === address && entry.locked.ciphertext.length === (entry.kind === "key" ? 32 : 64)
        }),
      ),
      { numRuns: 3000 },
    )
    assert.ok(accepted > 0)
  })

  it("refuses a key within a valid box that is no Ethereum key", async () => {
    await place("zero", { version: 3, address, crypto: independentKeyFile.make(new Uint8Array(32), PASSWORD) })
    await assert.rejects(openKey(dir, "zero", options), { code: "store.corrupt" })
    const entry = parseEntry(await readFile(join(dir, "zero.json")), "zero.json")
    assert.deepEqual((await unlock(entry.locked, PASSWORD))?.expose(), new Uint8Array(32))
  })
})

function inspectKeys(opened: unknown): string {
  const keys =
    opened instanceof Secret ? [opened] : Object.values(opened as object).filter((part) => part instanceof Secret)
  return keys.map((secret) => toHex(secret.expose())).join()
}
