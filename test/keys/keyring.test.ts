import { strict as assert } from "node:assert"
import { toHex, type Hex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { ReaderSecrets } from "../../src/keys/branch-secrets.ts"
import { Keyring } from "../../src/keys/keyring.ts"
import { dataKey, nextBranchSecret, writerSecret } from "../../src/keys/schedule.ts"
import { KIND } from "../../src/payload/frame.ts"
import { refuses } from "../arbitrary.ts"
import { party, REALM } from "../trust/chains.ts"
import { announcementOf, memberOf, ringOf } from "./parties.ts"

const keyOf = (name: string): Hex => party(name).csPubKey
const reader = (self = "callee"): Keyring => ringOf(self, "read")
const writer = (self: string): Keyring => ringOf(self, "write")
const bytes = ({ key }: { readonly key: Secret }): string => toHex(key.expose())
const isGone = (secret: Secret): boolean => secret.expose().every((byte) => byte === 0)

describe("keys: keyring", () => {
  it("has one key for what a writer seals and a reader opens, in each epoch another", () => {
    const [caller, callee] = [writer("caller"), reader()]
    let branch = new Secret(new Uint8Array(32).fill(2))
    const ids = new Set<string>()
    for (const epoch of [0, 1, 2]) {
      const sealed = caller.ownKey(KIND.call, "com.a", epoch)
      assert.equal(callee.find(sealed.keyId, KIND.call, "com.a", [epoch]), undefined)
      callee.members.add(memberOf("caller", "caller"))
      const found = callee.find(sealed.keyId, KIND.call, "com.a", [epoch])
      assert.ok(found)
      assert.deepEqual([found.writer, found.epoch], [keyOf("caller"), epoch])
      assert.equal(bytes(found), bytes(sealed))
      const place = { kind: KIND.call, realm: REALM, uri: "com.a", announcement: announcementOf("agent").hash }
      assert.equal(sealed.keyId, dataKey(writerSecret(branch, keyOf("caller")), place).keyId)
      branch = nextBranchSecret(branch)
      callee.remove(keyOf("caller"))
      ids.add(sealed.keyId)
    }
    assert.equal(ids.size, 3)
  })

  it("has one key for the answer, too, that no other caller finds", () => {
    const callee = reader()
    for (const kind of [KIND.result, KIND.error]) {
      const answer = callee.answerKey(keyOf("caller"), kind, "com.a", 1)
      const found = writer("caller").find(answer.keyId, kind, "com.a", [0, 1])
      assert.ok(found)
      assert.deepEqual([bytes(found), found.epoch], [bytes(answer), 1])
      assert.equal(writer("other").find(answer.keyId, kind, "com.a", [0, 1]), undefined)
    }
  })

  it("finds a key under its own id, kind, URI and epoch alone", () => {
    const callee = reader()
    callee.members.add(memberOf("caller", "caller"))
    const { keyId } = writer("caller").ownKey(KIND.call, "com.a", 1)
    assert.ok(callee.find(keyId, KIND.call, "com.a", [0, 1, 2]))
    assert.equal(callee.find(keyId.toLowerCase(), KIND.call, "com.a", [1]), undefined)
    assert.equal(callee.find(keyId, KIND.event, "com.a", [1]), undefined)
    assert.equal(callee.find(keyId, KIND.result, "com.a", [1]), undefined)
    assert.equal(callee.find(keyId, KIND.call, "com.b", [1]), undefined)
    // Known by now, and still not of another epoch.
    assert.equal(callee.find(keyId, KIND.call, "com.a", [0, 2]), undefined)
    assert.equal(callee.find(keyId, KIND.call, "com.a", []), undefined)
  })

  it("finds no requests for a writer: it cannot read", () => {
    const caller = writer("caller")
    caller.members.add(memberOf("caller", "caller"))
    assert.equal(caller.canRead, false)
    assert.equal(caller.find(caller.ownKey(KIND.result, "com.a", 0).keyId, KIND.call, "com.a", [0]), undefined)
    assert.equal(caller.find(writer("other").ownKey(KIND.call, "com.a", 0).keyId, KIND.call, "com.a", [0]), undefined)
  })

  it("has no key of an epoch that was not granted", () => {
    refuses(() => writer("caller").ownKey(KIND.call, "com.a", 3), "keys.epoch")
    refuses(() => writer("caller").answerKey(keyOf("other"), KIND.result, "com.a", 0), "keys.epoch")
    assert.ok(reader().ownKey(KIND.call, "com.a", 3))
  })

  it("opens nothing of a member that was removed", () => {
    const callee = reader()
    const { keyId } = writer("caller").ownKey(KIND.call, "com.a", 0)
    callee.members.add(memberOf("caller", "caller"))
    callee.members.add(memberOf("other", "caller"))
    const found = callee.find(keyId, KIND.call, "com.a", [0])
    assert.ok(found)
    callee.remove(keyOf("caller"))
    assert.ok(isGone(found.key))
    assert.equal(callee.members.get(memberOf("caller").instance), undefined)
    assert.equal(callee.find(keyId, KIND.call, "com.a", [0]), undefined)
    assert.ok(callee.find(writer("other").ownKey(KIND.call, "com.a", 0).keyId, KIND.call, "com.a", [0]))
  })

  it("keeps the keys of 1,024 URIs, and derives the others again", () => {
    const ring = reader()
    const first = ring.ownKey(KIND.call, "com.a0", 0)
    assert.equal(ring.ownKey(KIND.call, "com.a0", 0), first)
    for (let i = 1; i <= 1_024; i++) ring.ownKey(KIND.call, `com.a${i}`, 0)
    assert.ok(isGone(first.key))
    const again = ring.ownKey(KIND.call, "com.a0", 0)
    assert.notEqual(again, first)
    assert.equal(again.keyId, first.keyId)
  }).timeout(20_000)

  it("overwrites the keys of epochs that are over, and has them no more", () => {
    const ring = reader()
    ring.members.add(memberOf("caller", "caller"))
    const keys = [0, 1, 2].map((epoch) => ring.answerKey(keyOf("caller"), KIND.call, "com.a", epoch))
    ring.erase(2)
    assert.deepEqual(
      keys.map(({ key }) => isGone(key)),
      [true, true, false],
    )
    for (const { keyId } of keys.slice(0, 2)) assert.equal(ring.find(keyId, KIND.call, "com.a", [0, 1, 2]), undefined)
    refuses(() => ring.ownKey(KIND.call, "com.a", 1), "keys.epoch")
    assert.equal(ring.find(keys[2]!.keyId, KIND.call, "com.a", [2]), keys[2])
    const own = writer("caller")
    const last = own.ownKey(KIND.call, "com.a", 0)
    own.erase(1)
    assert.ok(isGone(last.key))
    refuses(() => own.ownKey(KIND.call, "com.a", 0), "keys.epoch")
  })

  it("overwrites every secret when it is wiped", () => {
    const secrets = new ReaderSecrets(0, new Secret(new Uint8Array(32).fill(2)))
    const ring = new Keyring({ branch: "call", announcement: announcementOf("agent"), secrets, self: keyOf("callee") })
    ring.members.add(memberOf("caller", "caller"))
    const held = [
      secrets.branch(0),
      secrets.branch(1),
      secrets.writer(1, keyOf("caller")) as Secret,
      ring.ownKey(KIND.call, "com.a", 0).key,
      ring.answerKey(keyOf("caller"), KIND.result, "com.a", 1).key,
    ]
    const { keyId } = ring.ownKey(KIND.result, "com.a", 0)
    ring.wipe()
    assert.ok(held.every(isGone))
    // Never a key of the zeros that are left: anybody could compute it.
    refuses(() => ring.ownKey(KIND.call, "com.a", 0), "keys.unknown_key")
    refuses(() => ring.answerKey(keyOf("caller"), KIND.result, "com.a", 0), "keys.unknown_key")
    refuses(() => ring.find(keyId, KIND.result, "com.a", [0]), "keys.unknown_key")
  })
})
