import { strict as assert } from "node:assert"
import type { EndpointOptions } from "../../../src/endpoint.ts"
import { policyHashHex } from "../../../src/keys/policy.ts"
import { encodeControl, parseControl, type ControlMessage } from "../../../src/keys/grant.ts"
import { mlKem768 } from "../../../src/keys/hybrid.ts"
import { parseScopes, policyOf } from "../../../src/session/scope.ts"
import { flipped, refuses, rejects } from "../../arbitrary.ts"
import { REALM } from "../../trust/chains.ts"
import type { Carried } from "../fake-router.ts"
import { settled, World, type Inhabitant } from "../world.ts"

const scope = { uri: "com.example.", match: "prefix" } as const
const options: Partial<EndpointOptions> = { scopes: [{ ...scope, trees: true }] }
const heat = "com.example.heat"
const NAMES = ["ann", "bob", "cyd", "dan", "eve"]

function controlOf({ uri, payload }: Carried): ControlMessage | undefined {
  const message: unknown = payload.sealed || !uri.endsWith("e2ee.ann") ? undefined : payload.args[0]
  return message instanceof Uint8Array ? parseControl(message) : undefined
}

describe("session: key trees", () => {
  let world: World
  let agent: Inhabitant
  let readers: Map<string, Inhabitant>
  let heard: Map<string, unknown[]>

  /** An agent that publishes, and five that hear it. */
  async function inhabited(given = options): Promise<void> {
    agent = await world.join("agent", {}, given)
    await agent.endpoint.publish(heat, [0])
    readers = new Map()
    heard = new Map()
    for (const name of NAMES) await settle(name, given)
    await say(1)
    for (const name of NAMES) assert.deepEqual(heard.get(name), [1], name)
  }
  async function settle(name: string, given = options): Promise<void> {
    const reader = await world.join(name, {}, given)
    readers.set(name, reader)
    heard.set(name, [])
    await reader.endpoint.subscribe(heat, ([degrees]) => void heard.get(name)!.push(degrees))
  }
  async function say(degrees: number): Promise<void> {
    await agent.endpoint.publish(heat, [degrees])
    await settled()
  }
  const lastOf = (name: string): unknown => heard.get(name)!.at(-1)

  beforeEach(() => (world = new World()))
  afterEach(() => world.close())

  /** What the router saw of new keys, by kind. */
  const told = (kind: string): number =>
    world.router.carried.filter((carried) => controlOf(carried)?.kind === kind).length

  it("take readers that stay to new keys without a call when one of them is refused", async () => {
    await inhabited()
    let degrees = 2
    for (const gone of [["bob"], ["dan", "ann"]]) {
      const asked = world.grants
      for (const name of gone) world.trust.revoke(name)
      world.pass()
      await say(++degrees)
      const stay = NAMES.filter((name) => readers.has(name) && !gone.includes(name))
      for (const name of stay) assert.equal(lastOf(name), degrees, name)
      for (const name of gone) {
        assert.notEqual(lastOf(name), degrees)
        readers.delete(name)
      }
      // Those who are gone ask what is in force, and for a grant, which is denied.
      assert.ok(world.grants - asked <= 2 * gone.length, `${world.grants - asked} questions`)
    }
    assert.equal(told("rekey"), 2)
    for (const name of ["cyd", "eve"]) assert.deepEqual(readers.get(name)!.refused, [])
  })

  it("take in who comes between two of them", async () => {
    await inhabited()
    world.trust.revoke("bob")
    world.pass()
    await say(2)
    await settle("fay")
    world.trust.revoke("eve")
    world.pass()
    const asked = world.grants
    await say(3)
    for (const name of ["ann", "cyd", "dan", "fay"]) assert.equal(lastOf(name), 3, name)
    assert.ok(world.grants - asked <= 2)
    assert.deepEqual(heard.get("fay"), [3])
  })

  it("begin generations whose time has come without a call", async () => {
    await inhabited({ scopes: [{ ...scope, trees: true, epochMs: 10_000, generationMs: 20_000 }] })
    const asked = world.grants
    for (let i = 0; i < 10; i++) {
      world.pass(5_000)
      await settled()
    }
    assert.ok(told("rekey") >= 2)
    await say(2)
    for (const name of NAMES) assert.equal(lastOf(name), 2, name)
    assert.equal(world.grants, asked)
  })

  it("begin anew when keys may have been stolen: then everybody asks", async () => {
    await inhabited()
    const asked = world.grants
    agent.endpoint.rotateKeys(heat)
    await settled()
    assert.equal(told("rekey"), 0)
    await say(2)
    for (const name of NAMES) assert.equal(lastOf(name), 2, name)
    assert.ok(world.grants - asked >= NAMES.length)
    world.trust.revoke("bob")
    world.pass()
    await say(3)
    assert.equal(told("rekey"), 1)
    assert.equal(lastOf("ann"), 3)
  })

  it("are no loss where the router keeps messages back or changes them: readers ask, and follow the next", async () => {
    for (const alter of [
      () => undefined,
      (notice: Uint8Array) => flipped(notice, (notice.length - 70) * 8),
      (notice: Uint8Array) => flipped(notice, notice.length * 8 - 1),
      (notice: Uint8Array) => notice.subarray(1),
    ]) {
      world = new World()
      await inhabited()
      world.router.hook = (carried) => {
        const control = controlOf(carried)
        if (control?.kind !== "rekey") return carried
        const bytes = alter(control.bytes)
        const args = bytes && [encodeControl({ kind: "rekey", bytes })]
        return args && { ...carried, payload: { sealed: false, args, kwargs: {} } }
      }
      const asked = world.grants
      world.trust.revoke("bob")
      world.pass()
      await say(2)
      for (const name of NAMES) assert.equal(lastOf(name), name === "bob" ? 1 : 2, name)
      assert.ok(world.grants - asked >= NAMES.length - 1)
      world.router.hook = (carried) => carried
      const before = world.grants
      world.trust.revoke("cyd")
      world.pass()
      await say(3)
      for (const name of ["ann", "dan", "eve"]) assert.equal(lastOf(name), 3, name)
      assert.ok(world.grants - before <= 2)
      await world.close()
    }
  })

  it("serve callees, too, with hybrid grants; callers, who are no readers, ask", async () => {
    const both = { scopes: [{ ...scope, trees: true, hybrid: mlKem768 }] }
    const first = await world.join("agent", {}, both)
    await first.endpoint.register("com.example.one", () => 1)
    const second = await world.join("ann", {}, both)
    await second.endpoint.register("com.example.two", () => 2)
    const third = await world.join("bob", {}, both)
    await third.endpoint.register("com.example.three", () => 3)
    const caller = await world.join("caller", {}, both)
    const other = await world.join("cal", {}, both)
    for (const { endpoint } of [caller, other]) assert.equal(await endpoint.call("com.example.two", []), 2)
    // One of the callers, whom the second callee knows, goes with the third.
    world.trust.revoke("bob")
    world.trust.revoke("cal")
    world.pass(61_000)
    await settled()
    assert.equal(told("rekey"), 1)
    assert.equal(await caller.endpoint.call("com.example.two", []), 2)
    assert.equal(await caller.endpoint.call("com.example.one", []), 1)
    assert.deepEqual(second.refused, [])
  })

  it("are part of the policy: endpoints without them are refused, and other policies hash as before", async () => {
    await inhabited()
    const other = await world.join("fay", {}, { scopes: [scope] })
    await rejects(
      other.endpoint.subscribe(heat, () => undefined),
      "keys.policy",
    )
    const hashOf = (given: object): string => policyHashHex(policyOf(parseScopes([{ ...scope, ...given }])[0]!, REALM))
    assert.equal(hashOf({ trees: false }), hashOf({}))
    const all = [{}, { trees: true }, { hybrid: mlKem768 }, { trees: true, hybrid: mlKem768 }].map(hashOf)
    assert.equal(new Set(all).size, 4)
    refuses(() => parseScopes([{ ...scope, trees: "yes" as never }]), "usage.invalid")
  })
}).timeout(60_000)
