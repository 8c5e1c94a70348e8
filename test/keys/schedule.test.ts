import { strict as assert } from "node:assert"
import { hkdfSync } from "node:crypto"
import * as fc from "fast-check"
import { toHex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import {
  announcementHash,
  branchSecret,
  dataKey,
  messageContext,
  scopeId,
  writerSecret,
} from "../../src/keys/schedule.ts"
import { KIND } from "../../src/payload/frame.ts"
import { keyIdOf } from "../../src/payload/keyid.ts"
import { anAddress, bytesOfLength } from "../arbitrary.ts"
import { named, party, REALM } from "../trust/chains.ts"

const hex = (secret: Secret): string => toHex(secret.expose())
const secretOf = (byte: number): Secret => new Secret(new Uint8Array(32).fill(byte))
const announcement = new Uint8Array(32).fill(9)
const [alice, bob] = [party("alice").csPubKey, party("bob").csPubKey]
const allDistinct = (values: readonly string[]): void => assert.equal(new Set(values).size, values.length)

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

  it("names generations apart by scope, agent and secret", () => {
    const scopes = [scopeId(REALM, "exact", "a"), scopeId(REALM, "exact", "b")]
    allDistinct(
      scopes.flatMap((scope) =>
        [alice, bob].flatMap((agent) => [1, 2].map((byte) => toHex(announcementHash(scope, agent, secretOf(byte))))),
      ),
    )
  })

  it("derives a key of its own for every generation, branch, writer, kind, realm and URI", () => {
    const keys: string[] = []
    const ids: string[] = []
    for (const generation of [announcement, new Uint8Array(32).fill(8)])
      for (const branch of ["call", "event"] as const) {
        const branched = branchSecret(generation, secretOf(1), branch)
        keys.push(hex(branched))
        for (const writer of [alice, bob]) {
          const written = writerSecret(branched, writer)
          keys.push(hex(written))
          for (const kind of Object.values(KIND))
            for (const realm of [REALM, named("other")])
              for (const uri of ["com.a", "com.b", ""]) {
                const { key, keyId } = dataKey(written, kind, realm, uri)
                keys.push(hex(key))
                ids.push(keyId)
              }
        }
      }
    assert.equal(keys.length, 4 + 8 + 8 * 24)
    allDistinct(keys)
    allDistinct(ids)
  })

  it("gives another secret for another generation secret", () => {
    assert.notEqual(
      hex(branchSecret(announcement, secretOf(1), "call")),
      hex(branchSecret(announcement, secretOf(2), "call")),
    )
  })

  it("is HMAC and HKDF-Expand, computed by another library", () => {
    // Node's HKDF with the announcement as salt: extract, then expand, in one.
    const expected = Buffer.from(hkdfSync("sha256", secretOf(1).expose(), announcement, "call", 32))
    assert.equal(hex(branchSecret(announcement, secretOf(1), "call")), `0x${expected.toString("hex")}`)
  })

  it("gives clamped X25519 scalars with their key id", () => {
    fc.assert(
      fc.property(bytesOfLength(32), anAddress, fc.string(), (bytes, realm, uri) => {
        const { key, keyId } = dataKey(new Secret(bytes), KIND.call, realm, uri)
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
    const theirs = dataKey(writerSecret(branch, bob), KIND.call, REALM, "com.a")
    // What alice can compute from her own secret with any label of the schedule.
    const tried = [dataKey(own, KIND.call, REALM, "com.a"), dataKey(writerSecret(own, bob), KIND.call, REALM, "com.a")]
    for (const { key } of tried) assert.notEqual(hex(key), hex(theirs.key))
    assert.notEqual(hex(branchSecret(announcement, own, "call")), hex(branch))
  })

  it("covers every part of a message's place in its context", () => {
    const base = [announcement, REALM, KIND.call, "com.a", alice] as const
    const contexts = [
      messageContext(...base),
      messageContext(new Uint8Array(32), REALM, KIND.call, "com.a", alice),
      messageContext(announcement, named("other"), KIND.call, "com.a", alice),
      messageContext(announcement, REALM, KIND.result, "com.a", alice),
      messageContext(announcement, REALM, KIND.call, "com.b", alice),
      messageContext(announcement, REALM, KIND.call, "com.a", bob),
    ]
    allDistinct(contexts.map(toHex))
    assert.equal(toHex(messageContext(...base)), toHex(contexts[0] ?? new Uint8Array()))
  })
})
