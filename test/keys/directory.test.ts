import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { toHex, type Hex } from "../../src/core/bytes.ts"
import { Directory } from "../../src/keys/directory.ts"
import type { Member } from "../../src/keys/member.ts"
import type { Role } from "../../src/keys/roles.ts"
import { refuses } from "../arbitrary.ts"
import { party } from "../trust/chains.ts"
import { memberOf } from "./parties.ts"

const instanceOf = (n: number): Hex => toHex(new Uint8Array(8).fill(n))
const PARTIES = { a: memberOf("a"), b: memberOf("b"), c: memberOf("c") }
const member = (name: keyof typeof PARTIES, n: number, ...roles: (Role | "agent")[]): Member => ({
  ...PARTIES[name],
  instance: instanceOf(n),
  roles: new Set(roles),
})
const keyOf = (name: string): Hex => party(name).csPubKey

describe("keys: directory", () => {
  it("finds members by instance, and a key's instances", () => {
    const directory = new Directory()
    for (const one of [member("a", 1, "caller"), member("b", 2, "callee"), member("a", 3, "callee")]) directory.add(one)
    assert.equal(directory.size, 3)
    assert.equal(directory.get(instanceOf(2))?.delegate.csPubKey, keyOf("b"))
    assert.equal(directory.get(instanceOf(9)), undefined)
    assert.deepEqual([...directory.keys], [keyOf("a"), keyOf("b")])
    assert.deepEqual(
      directory.instancesOf(keyOf("a")).map(({ instance }) => instance),
      [instanceOf(1), instanceOf(3)],
    )
    assert.deepEqual(directory.instancesOf(keyOf("c")), [])
  })

  it("lets nobody take another member's instance", () => {
    const directory = new Directory()
    directory.add(member("a", 1, "caller"))
    refuses(() => directory.add(member("b", 1, "caller")), "keys.grant_refused")
    assert.equal(directory.get(instanceOf(1))?.delegate.csPubKey, keyOf("a"))
    assert.deepEqual([...directory.keys], [keyOf("a")])
  })

  it("joins the roles of a member that comes twice, and keeps what is newly known of it", () => {
    const directory = new Directory()
    directory.add({ ...member("a", 1, "agent"), proven: false })
    directory.add({ ...member("a", 1, "callee"), proven: true, verifiedAt: 5 })
    const [only, ...more] = [...directory]
    assert.deepEqual([[...only!.roles], only!.proven, only!.verifiedAt, more], [["agent", "callee"], true, 5, []])
  })

  it("keeps the eight newest instances of a key, with all that their key was granted", () => {
    const directory = new Directory()
    directory.add(member("b", 200, "callee"))
    directory.add(member("a", 1, "callee"))
    for (let n = 2; n <= 8; n++) directory.add(member("a", n, "caller"))
    assert.equal(directory.size, 9)
    directory.add(member("a", 1, "caller")) // the newest again
    directory.add(member("a", 9, "caller"))
    assert.equal(directory.get(instanceOf(2)), undefined)
    assert.ok(directory.get(instanceOf(1))?.roles.has("callee"))
    for (let n = 10; n <= 40; n++) directory.add(member("a", n, "caller"))
    assert.equal(directory.instancesOf(keyOf("a")).length, 8)
    assert.ok(
      directory.instancesOf(keyOf("a")).some(({ roles }) => roles.has("callee")),
      "that the key reads is not forgotten",
    )
    assert.ok(directory.get(instanceOf(200)), "another key's instances are left alone")
  })

  it("removes a key with all of its instances", () => {
    const directory = new Directory()
    for (const one of [member("a", 1, "caller"), member("b", 2, "caller"), member("a", 3, "caller")]) directory.add(one)
    directory.remove(keyOf("a"))
    assert.deepEqual(
      [[...directory].map(({ instance }) => instance), [...directory.keys]],
      [[instanceOf(2)], [keyOf("b")]],
    )
    directory.add(member("b", 1, "caller"))
    assert.equal(directory.get(instanceOf(1))?.delegate.csPubKey, keyOf("b"))
    directory.remove(keyOf("c"))
    assert.equal(directory.size, 2)
  })

  it("holds what a plain list holds", () => {
    const name = fc.constantFrom("a" as const, "b" as const, "c" as const)
    const step = fc.oneof(
      { weight: 9, arbitrary: fc.record({ add: name, n: fc.integer({ min: 0, max: 30 }) }) },
      { weight: 1, arbitrary: fc.record({ remove: name }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const directory = new Directory()
        let model: [string, number][] = []
        for (const one of steps) {
          if ("remove" in one) {
            directory.remove(keyOf(one.remove))
            model = model.filter(([name]) => name !== one.remove)
            continue
          }
          const { add, n } = one
          if (model.some(([name, other]) => other === n && name !== add)) {
            refuses(() => directory.add(member(add, n, "caller")), "keys.grant_refused")
            continue
          }
          directory.add(member(add, n, "caller"))
          model = [...model.filter(([, other]) => other !== n), [add, n]]
          const own = model.filter(([name]) => name === add)
          if (own.length > 8) model = model.filter((entry) => entry !== own[0])
        }
        const held = [...directory].map(({ instance, delegate }) => [delegate.csPubKey, instance])
        assert.deepEqual(
          held,
          model.map(([name, n]) => [keyOf(name), instanceOf(n)]),
        )
      }),
      { numRuns: 300 },
    )
  })
})
