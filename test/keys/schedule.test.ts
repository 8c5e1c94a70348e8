import { strict as assert } from "node:assert"
import { createHash, createHmac, hkdfSync } from "node:crypto"
import { encode } from "cborg"
import * as fc from "fast-check"
import { toHex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import {
  announcementHash,
  branchSecret,
  dataKey,
  epochCommitment,
  generationCommitment,
  messageContext,
  nextBranchSecret,
  scopeId,
  writerSecret,
  type DataKey,
  type MessagePlace,
} from "../../src/keys/schedule.ts"
import { KIND, type Kind } from "../../src/payload/frame.ts"
import { keyIdOf } from "../../src/payload/keyid.ts"
import { anAddress, bytesOfLength } from "../arbitrary.ts"
import { named, party, REALM } from "../trust/chains.ts"

const hex = (secret: Secret): string => toHex(secret.expose())
const secretOf = (byte: number): Secret => new Secret(new Uint8Array(32).fill(byte))
const announcement = new Uint8Array(32).fill(9)
const [alice, bob] = [party("alice").csPubKey, party("bob").csPubKey]
const keyOf = (writer: Secret, kind: Kind = KIND.call): DataKey =>
  dataKey(writer, { kind, realm: REALM, uri: "com.a", announcement })
const allDistinct = (values: readonly string[]): void => assert.equal(new Set(values).size, values.length)
const sha256 = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part)
  return `0x${hash.digest("hex")}`
}

describe("keys: schedule", () => {
  it("names scopes apart by realm, match and URI", () => {
    const ids = [REALM, named("other")].flatMap((realm) =>
      (["exact", "prefix"] as const).flatMap((match) =>
        ["com.a", "com.a.", "com.b"].map((uri) => toHex(scopeId(realm, match, uri))),
      ),
    )
    allDistinct(ids)
    assert.ok(ids.every((id) => id.length === 66))
  })

  it("is what keys.md says, computed by another library", () => {
    const realm = Buffer.from(REALM.slice(2), "hex")
    const secret = secretOf(1)
    assert.equal(toHex(scopeId(REALM, "prefix", "com.a.")), sha256("wek1 scope", encode([realm, "prefix", "com.a."])))
    assert.equal(toHex(generationCommitment(secret)), sha256("wek1 commit", secret.expose()))
    assert.equal(toHex(announcementHash(Uint8Array.of(1, 2))), sha256("wek1 ann", Uint8Array.of(1, 2)))
    assert.equal(toHex(epochCommitment(secret)), sha256("wek1 ec", secret.expose()))
    // Node's HKDF with the announcement as salt: extract, then expand, in one.
    const branch = Buffer.from(hkdfSync("sha256", secret.expose(), announcement, "call", 32))
    assert.equal(hex(branchSecret(announcement, secret, "call")), toHex(branch))
    const expand = (key: Uint8Array, label: Uint8Array): string =>
      `0x${createHmac("sha256", key).update(label).update(Uint8Array.of(1)).digest("hex")}`
    assert.equal(hex(nextBranchSecret(secret)), expand(secret.expose(), Buffer.from("next")))
    const label = Buffer.concat([Buffer.from("writer"), Buffer.from(alice.slice(2), "hex")])
    assert.equal(hex(writerSecret(secret, alice)), expand(secret.expose(), label))
    const place = Buffer.concat([Buffer.from("dek"), encode([KIND.call, realm, "com.a", announcement])])
    const derived = Buffer.from(expand(secret.expose(), place).slice(2), "hex")
    derived[0]! &= 248
    derived[31] = (derived[31]! & 127) | 64
    assert.equal(hex(keyOf(secret).key), toHex(derived))
  })

  it("derives a key of its own for every generation, epoch, branch, writer, kind, realm and URI", () => {
    const keys: string[] = []
    const ids: string[] = []
    for (const generation of [announcement, new Uint8Array(32).fill(8)])
      for (const branch of ["call", "event"] as const) {
        let branched = branchSecret(generation, secretOf(1), branch)
        for (let epoch = 0; epoch < 3; epoch++) {
          keys.push(hex(branched), toHex(epochCommitment(branched)))
          for (const writer of [alice, bob]) {
            const written = writerSecret(branched, writer)
            keys.push(hex(written))
            for (const kind of Object.values(KIND))
              for (const realm of [REALM, named("other")])
                for (const uri of ["com.a", "com.b", ""]) {
                  const { key, keyId } = dataKey(written, { kind, realm, uri, announcement: generation })
                  keys.push(hex(key))
                  ids.push(keyId)
                }
          }
          branched = nextBranchSecret(branched)
        }
      }
    assert.equal(keys.length, 12 * (2 + 2 * 25))
    allDistinct(keys)
    allDistinct(ids)
  })

  it("has distinct keys for distinct purposes, whatever the secret", () => {
    fc.assert(
      fc.property(bytesOfLength(32), (bytes) => {
        const secret = new Secret(bytes)
        const [call, event] = [branchSecret(bytes, secret, "call"), branchSecret(bytes, secret, "event")]
        const derived = [secret, call, event, nextBranchSecret(call), nextBranchSecret(event)]
        for (const branch of [call, event])
          for (const writer of [alice, bob]) derived.push(writerSecret(branch, writer))
        const values = derived.map(hex)
        for (const kind of Object.values(KIND)) values.push(hex(keyOf(derived[5]!, kind).key))
        allDistinct([...values, toHex(epochCommitment(call)), toHex(generationCommitment(secret))])
      }),
      { numRuns: 1_000 },
    )
  }).timeout(60_000)

  it("gives another secret for another generation secret, and for another announcement of the same", () => {
    allDistinct(
      [announcement, new Uint8Array(32)].flatMap((hash) =>
        [1, 2].map((byte) => hex(branchSecret(hash, secretOf(byte), "call"))),
      ),
    )
  })

  it("gives other keys under another announcement to one branch secret, whoever handed it out", () => {
    const written = writerSecret(branchSecret(announcement, secretOf(1), "call"), alice)
    const keys = [announcement, new Uint8Array(32)].flatMap((hash) =>
      Object.values(KIND).map((kind) => dataKey(written, { kind, realm: REALM, uri: "com.a", announcement: hash })),
    )
    allDistinct(keys.map(({ key }) => hex(key)))
    allDistinct(keys.map(({ keyId }) => keyId))
  })

  it("gives clamped X25519 scalars with their key id", () => {
    fc.assert(
      fc.property(bytesOfLength(32), anAddress, fc.string(), (bytes, realm, uri) => {
        const { key, keyId } = dataKey(new Secret(bytes), { kind: KIND.call, realm, uri, announcement })
        const [first, last] = [key.expose()[0] ?? 0, key.expose()[31] ?? 0]
        assert.equal(first & 7, 0)
        assert.equal(last & 0xc0, 0x40)
        assert.equal(key.length, 32)
        assert.equal(keyId, keyIdOf(key.expose()))
      }),
    )
  })

  it("keeps a writer from every other writer's keys", () => {
    const branch = branchSecret(announcement, secretOf(1), "call")
    const own = writerSecret(branch, alice)
    const theirs = keyOf(writerSecret(branch, bob))
    // What alice can compute from her own secret with any label of the schedule.
    const tried = [keyOf(own), keyOf(writerSecret(own, bob))]
    for (const { key } of tried) assert.notEqual(hex(key), hex(theirs.key))
    assert.notEqual(hex(branchSecret(announcement, own, "call")), hex(branch))
    assert.notEqual(hex(nextBranchSecret(own)), hex(writerSecret(nextBranchSecret(branch), alice)))
  })

  it("covers every part of a message's place in its context", () => {
    const base: MessagePlace = {
      announcement,
      realm: REALM,
      generation: 5,
      epoch: 1,
      kind: KIND.call,
      uri: "com.a",
      writer: alice,
    }
    const changes: readonly Partial<MessagePlace>[] = [
      {},
      { announcement: new Uint8Array(32) },
      { realm: named("other") },
      { generation: 1, epoch: 5 },
      { generation: 6 },
      { epoch: 2 },
      { kind: KIND.result },
      { uri: "com.b" },
      { writer: bob },
    ]
    allDistinct(changes.map((change) => toHex(messageContext({ ...base, ...change }))))
    const realm = Buffer.from(REALM.slice(2), "hex")
    const fields = [announcement, realm, 5, 1, KIND.call, "com.a", Buffer.from(alice.slice(2), "hex")]
    assert.equal(toHex(messageContext(base)), sha256("wek1 ctx", encode(fields)))
  })
})
