import assert from "node:assert/strict"
import { ADVICE, adviceOf } from "../../src/chain/advice.ts"
import { attestationRegistryAbi } from "../../src/chain/generated/AttestationRegistry.ts"
import { operatorRegistryAbi } from "../../src/chain/generated/OperatorRegistry.ts"
import { realmRegistryAbi } from "../../src/chain/generated/RealmRegistry.ts"
import { createProgram } from "../../src/cli/program.ts"

describe("advice for refusals", () => {
  const all = [...operatorRegistryAbi, ...realmRegistryAbi, ...attestationRegistryAbi]
  const names = all.flatMap((item) => (item.type === "error" ? [item.name] : []))

  it("is there for every error of the registries, and for no other name", () => {
    assert.deepEqual(Object.keys(ADVICE).toSorted(), [...new Set(names)].toSorted())
    for (const [name, advice] of Object.entries(ADVICE)) {
      assert.ok(advice.length > 10, name)
      assert.doesNotMatch(advice, /\.$/, `${name}: it stands in the middle of a line`)
    }
    for (const name of ["toString", "__proto__", "OperatorUnknow", ""]) assert.equal(adviceOf(name), undefined)
  })

  it("names commands that exist", () => {
    let named = 0
    for (const [name, advice] of Object.entries(ADVICE)) {
      for (const [, words = ""] of advice.matchAll(/`([^`]+)`/g)) {
        named++
        let command = createProgram()
        for (const word of words.split(" ")) {
          const next = command.commands.find((child) => child.name() === word)
          assert.ok(next, `${name} names ${words}`)
          command = next
        }
      }
    }
    assert.ok(named >= 3)
  })
})
