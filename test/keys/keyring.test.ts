import { strict as assert } from "node:assert"
import { toHex, type Hex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { Keyring } from "../../src/keys/keyring.ts"
import { dataKey, writerSecret } from "../../src/keys/schedule.ts"
import { KIND } from "../../src/payload/frame.ts"
import { refuses } from "../arbitrary.ts"
import { party, REALM } from "../trust/chains.ts"
import { memberOf } from "./parties.ts"

const branchBytes = new Uint8Array(32).fill(4)
const keyOf = (name: string): Hex => party(name).csPubKey
const announcement = new Uint8Array(32).fill(1)

function reader(self = "callee"): Keyring {
  const secret = new Secret(branchBytes)
  return new Keyring({ realm: REALM, branch: "call", announcement, level: "read", secret, self: keyOf(self) })
}
function writer(self: string): Keyring {
  const secret = writerSecret(new Secret(branchBytes), keyOf(self))
  return new Keyring({ realm: REALM, branch: "call", announcement, level: "write", secret, self: keyOf(self) })
}

describe("keys: keyring", () => {
  it("has one key for what a writer seals and a reader opens", () => {
    const [caller, callee] = [writer("caller"), reader()]
    const sealed = caller.ownKey(KIND.call, "com.a")
    assert.equal(callee.find(sealed.keyId, KIND.call, "com.a"), undefined)
    callee.addMember(memberOf("caller", "caller"))
    const found = callee.find(sealed.keyId, KIND.call, "com.a")
    assert.equal(found?.writer, keyOf("caller"))
    assert.equal(toHex(found.key.expose()), toHex(sealed.key.expose()))
    const expected = dataKey(writerSecret(new Secret(branchBytes), keyOf("caller")), KIND.call, REALM, "com.a")
    assert.equal(sealed.keyId, expected.keyId)
  })

  it("lets nobody take another member's instance, and keeps a key's newest instances", () => {
    const callee = reader()
    const victim = memberOf("caller", "caller")
    callee.addMember(victim)
    refuses(() => callee.addMember({ ...memberOf("other", "caller"), instance: victim.instance }), "keys.grant_refused")
    assert.equal(callee.member(victim.instance)?.delegate.csPubKey, keyOf("caller"))
    const instances = Array.from({ length: 20 }, (_, i): Hex => toHex(new Uint8Array(8).fill(100 + i)))
    for (const instance of instances) callee.addMember({ ...memberOf("other", "caller"), instance })
    const kept = instances.filter((instance) => callee.member(instance) !== undefined)
    assert.deepEqual(kept, instances.slice(-8))
    assert.ok(callee.member(victim.instance), "another member's instances are left alone")
    callee.addMember({ ...memberOf("third", "callee"), instance: toHex(new Uint8Array(8).fill(50)) })
    for (let i = 0; i < 8; i++)
      callee.addMember({ ...memberOf("third", "caller"), instance: toHex(new Uint8Array(8).fill(60 + i)) })
    const third = [...callee.members].filter(({ delegate }) => delegate.csPubKey === keyOf("third"))
    assert.equal(third.length, 8)
    assert.ok(
      third.some(({ roles }) => roles.has("callee")),
      "that the key reads is not forgotten",
    )
  })

  it("has one key for the answer, too, that no other caller finds", () => {
    const callee = reader()
    for (const kind of [KIND.result, KIND.error]) {
      const answer = callee.answerKey(keyOf("caller"), kind, "com.a")
      const found = writer("caller").find(answer.keyId, kind, "com.a")
      assert.equal(toHex(found?.key.expose() ?? new Uint8Array()), toHex(answer.key.expose()))
      assert.equal(writer("other").find(answer.keyId, kind, "com.a"), undefined)
    }
  })

  it("finds a key under its own id, kind and URI alone", () => {
    const callee = reader()
    callee.addMember(memberOf("caller", "caller"))
    const { keyId } = writer("caller").ownKey(KIND.call, "com.a")
    assert.ok(callee.find(keyId, KIND.call, "com.a"))
    assert.equal(callee.find(keyId.toLowerCase(), KIND.call, "com.a"), undefined)
    assert.equal(callee.find(keyId, KIND.event, "com.a"), undefined)
    assert.equal(callee.find(keyId, KIND.result, "com.a"), undefined)
    assert.equal(callee.find(keyId, KIND.call, "com.b"), undefined)
  })

  it("finds no requests for a writer: it cannot read", () => {
    const caller = writer("caller")
    caller.addMember(memberOf("caller", "caller"))
    assert.equal(caller.canRead, false)
    assert.equal(caller.find(caller.ownKey(KIND.call, "com.a").keyId, KIND.call, "com.a"), undefined)
  })

  it("grants readers its secret and writers one below it", () => {
    const callee = reader()
    assert.equal(toHex(callee.secretFor("read", keyOf("caller")).expose()), toHex(branchBytes))
    const below = callee.secretFor("write", keyOf("caller"))
    assert.equal(toHex(below.expose()), toHex(writerSecret(new Secret(branchBytes), keyOf("caller")).expose()))
    assert.notEqual(toHex(callee.secretFor("write", keyOf("other")).expose()), toHex(below.expose()))
  })

  it("joins the roles of a member that comes twice", () => {
    const ring = reader()
    ring.addMember(memberOf("a", "agent"))
    ring.addMember(memberOf("a", "callee"))
    assert.deepEqual(
      [...ring.members].map(({ roles }) => [...roles]),
      [["agent", "callee"]],
    )
  })

  it("opens nothing of a member that was removed", () => {
    const callee = reader()
    const caller = memberOf("caller", "caller")
    const { keyId } = writer("caller").ownKey(KIND.call, "com.a")
    callee.addMember(caller)
    callee.addMember(memberOf("other", "caller"))
    assert.ok(callee.find(keyId, KIND.call, "com.a"))
    callee.removeMember(caller.instance)
    assert.equal(callee.member(caller.instance), undefined)
    assert.equal(callee.find(keyId, KIND.call, "com.a"), undefined)
    assert.ok(callee.find(writer("other").ownKey(KIND.call, "com.a").keyId, KIND.call, "com.a"))
  })

  it("keeps the keys of 1,024 URIs, and derives the others again", () => {
    const ring = reader()
    const first = ring.ownKey(KIND.call, "com.a0")
    assert.equal(ring.ownKey(KIND.call, "com.a0"), first)
    for (let i = 1; i <= 1_024; i++) ring.ownKey(KIND.call, `com.a${i}`)
    const again = ring.ownKey(KIND.call, "com.a0")
    assert.notEqual(again, first)
    assert.equal(again.keyId, first.keyId)
  }).timeout(20_000)

  it("overwrites every secret when it is wiped", () => {
    const ring = reader()
    ring.addMember(memberOf("caller", "caller"))
    const secrets = [
      ring.secretFor("read", keyOf("x")),
      ring.secretFor("write", keyOf("caller")),
      ring.ownKey(KIND.call, "com.a").key,
      ring.answerKey(keyOf("caller"), KIND.result, "com.a").key,
    ]
    ring.wipe()
    for (const secret of secrets) assert.ok(secret.expose().every((byte) => byte === 0))
    assert.deepEqual([...ring.members], [])
    // Never a key of the zeros that are left: anybody could compute it.
    refuses(() => ring.ownKey(KIND.call, "com.a"), "keys.unknown_key")
    refuses(() => ring.answerKey(keyOf("caller"), KIND.result, "com.a"), "keys.unknown_key")
    refuses(() => ring.secretFor("read", keyOf("caller")), "keys.unknown_key")
    refuses(() => ring.secretFor("write", keyOf("caller")), "keys.unknown_key")
  })
})
