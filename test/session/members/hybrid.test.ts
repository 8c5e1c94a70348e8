import { strict as assert } from "node:assert"
import { toHex } from "../../../src/core/bytes.ts"
import { mlKem768 } from "../../../src/keys/hybrid.ts"
import type { Kem } from "../../../src/keys/kem.ts"
import { policyHash, signPolicy } from "../../../src/keys/policy.ts"
import { parseScopes, policyOf } from "../../../src/session/scope.ts"
import { refuses, rejects } from "../../arbitrary.ts"
import { party, REALM } from "../../trust/chains.ts"
import { settled, World } from "../world.ts"

const scope = { uri: "com.example.", match: "prefix" } as const
const hybrid = { scopes: [{ ...scope, hybrid: mlKem768 }] }
const add = "com.example.add2"

describe("session: hybrid grants", () => {
  let world: World
  beforeEach(() => (world = new World()))
  afterEach(() => world.close())

  it("bring callers, callees, publishers and subscribers of a scope together", async () => {
    let agreed = 0
    const counted: Kem = {
      ...mlKem768,
      decapsulate(ciphertext, secretKey) {
        agreed++
        return mlKem768.decapsulate(ciphertext, secretKey)
      },
    }
    const callee = await world.join("callee", {}, hybrid)
    const caller = await world.join("caller", {}, { scopes: [{ ...scope, hybrid: counted }] })
    await callee.endpoint.register(add, ([a, b]) => Number(a) + Number(b))
    assert.deepEqual(await caller.endpoint.call(add, [2, 3]), 5)
    const heard: unknown[] = []
    await caller.endpoint.subscribe("com.example.heat", ([degrees]) => void heard.push(degrees))
    await callee.endpoint.publish("com.example.heat", [21.5])
    await settled()
    assert.deepEqual(heard, [21.5])
    // As a caller and as a subscriber.
    assert.equal(agreed, 2)
    assert.deepEqual([...callee.refused, ...caller.refused], [])
  })

  it("are not to be had by an endpoint without the part, nor given by one: both say that policies differ", async () => {
    for (const [one, other] of [
      [hybrid, {}],
      [{}, hybrid],
    ]) {
      const apart = new World()
      const callee = await apart.join("callee", {}, one)
      const caller = await apart.join("caller", {}, other)
      await callee.endpoint.register(add, () => 1)
      await rejects(caller.endpoint.call(add, []), "keys.policy")
      await apart.close()
    }
  })

  it("are refused at once where a signed policy and what the program passed differ", () => {
    const owner = party("owner")
    const policies = [{}, { hybrid: mlKem768 }].map((given) => {
      const { owner: nobody, ...policy } = policyOf(parseScopes([{ ...scope, ...given }])[0]!, REALM)
      assert.equal(BigInt(nobody), 0n)
      return { document: signPolicy(policy, owner.key), owner: owner.address }
    })
    const [plain, named] = policies
    const open = (signed: typeof plain, given: object): unknown =>
      policyOf(parseScopes([{ ...scope, ...given, signed: signed! }])[0]!, REALM)
    refuses(() => open(plain, { hybrid: mlKem768 }), "session.unsupported")
    refuses(() => open(named, {}), "session.unsupported")
    open(plain, {})
    open(named, { hybrid: mlKem768 })
    assert.notEqual(toHex(policyHash(plain!.document.policy)), toHex(policyHash(named!.document.policy)))
  })

  it("refuse what is no mechanism when the endpoint is created", () => {
    for (const given of ["mlkem768", {}, 1])
      refuses(() => parseScopes([{ ...scope, hybrid: given as never }]), "usage.invalid")
  })
})
