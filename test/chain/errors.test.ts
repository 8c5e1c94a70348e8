import assert from "node:assert/strict"
import { ADVICE, adviceOf } from "../../src/chain/advice.ts"
import { operatorRegistryAbi } from "../../src/chain/generated/OperatorRegistry.ts"
import { realmRegistryAbi } from "../../src/chain/generated/RealmRegistry.ts"

describe("advice for refusals", () => {
  const names = [...operatorRegistryAbi, ...realmRegistryAbi].flatMap((item) =>
    item.type === "error" ? [item.name] : [],
  )

  it("is there for every error of both registries, and for no other name", () => {
    assert.deepEqual(Object.keys(ADVICE).toSorted(), [...new Set(names)].toSorted())
    for (const [name, advice] of Object.entries(ADVICE)) {
      assert.ok(advice.length > 10, name)
      assert.doesNotMatch(advice, /\.$/, `${name}: it stands in the middle of a line`)
    }
    for (const name of ["toString", "__proto__", "OperatorUnknow", ""]) assert.equal(adviceOf(name), undefined)
  })
})
