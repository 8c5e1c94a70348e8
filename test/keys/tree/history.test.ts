import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { toHex } from "../../../src/core/bytes.ts"
import { KeyTree } from "../../../src/keys/tree/key-tree.ts"
import { pathOf } from "../../../src/keys/tree/nodes.ts"
import { parseRekey, type Rekey } from "../../../src/keys/tree/rekey.ts"
import type { TreePath } from "../../../src/keys/tree/tree-path.ts"
import { decodeCbor } from "../../../src/payload/cbor.ts"
import { refuses } from "../../arbitrary.ts"
import { countedRandom } from "../parties.ts"
import { Attacker, type Held } from "./attacker.ts"
import { announced, pathIn, PLACE } from "./world.ts"

/** Histories; a release and .ci/run take more. */
const HISTORIES = Number(process.env["TREE_HISTORIES"] ?? 300)
const PEOPLE = 7
/** In the smaller tree there are fewer leaves than people. */
const DEPTHS = [3, 2]

type Act =
  | { readonly act: "join" | "miss" | "grant"; readonly who: number }
  | { readonly act: "rekey"; readonly removed: readonly number[] }

const who = fc.nat(PEOPLE - 1)
const anAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant("join" as const), who }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("miss" as const), who }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("grant" as const), who }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("rekey" as const), removed: fc.array(who, { maxLength: 3 }) }) },
)
const aHistory = fc.record({
  depth: fc.constantFrom(...DEPTHS),
  acts: fc.array(anAct, { minLength: 4, maxLength: 24, size: "max" }),
})

interface Person {
  leaf: number | undefined
  path: TreePath | undefined
  misses: boolean
  /** All that it ever held. */
  readonly held: Held[]
}

interface Past {
  readonly people: readonly Person[]
  readonly rekeys: readonly Rekey[]
  /** Of each re-key: the secret it gave, and who was a member. */
  readonly outcomes: readonly { readonly secret: string; readonly members: ReadonlySet<Person> }[]
}

/** Plays a history; asserts on the way that whoever stays gets the agent's secret, and nobody else anything. */
function play(depth: number, acts: readonly Act[]): Past {
  const random = countedRandom("history")
  const tree = new KeyTree(PLACE, 0, depth)
  const people = Array.from({ length: PEOPLE }, (): Person => ({
    leaf: undefined,
    path: undefined,
    misses: false,
    held: [],
  }))
  const rekeys: Rekey[] = []
  const outcomes: { secret: string; members: Set<Person> }[] = []
  const members = (): Person[] => people.filter((person) => person.leaf !== undefined)
  const remember = (person: Person): void => {
    const [leaf, secrets] = decodeCbor(tree.path(person.leaf!)) as [number, Uint8Array]
    for (const [i, node] of pathOf(leaf, depth).entries())
      person.held.push({ node, time: rekeys.length, secret: secrets.slice(32 * i, 32 * i + 32) })
  }
  const grant = (person: Person): void => {
    person.path = pathIn(tree, person.leaf!)
    remember(person)
  }
  for (const act of acts) {
    if (act.act !== "rekey") {
      const person = people[act.who]!
      if (act.act === "join" && person.leaf === undefined) {
        const full = members().length === 2 ** depth
        person.leaf = tree.join(random)
        assert.equal(person.leaf === undefined, full)
      }
      if (person.leaf === undefined) continue
      if (act.act === "miss") person.misses = true
      else grant(person)
      continue
    }
    const removed = new Set(act.removed.map((i) => people[i]!).filter((person) => person.leaf !== undefined))
    const generation = rekeys.length + 1
    const made = tree.rekey(
      generation,
      [...removed].map((person) => person.leaf!),
      random,
    )
    const rekey = announced(made.rekey, generation)
    const secret = toHex(made.secret.expose())
    for (const person of members()) {
      if (removed.has(person)) {
        if (person.path !== undefined) refuses(() => person.path!.open(rekey), "keys.rekey")
        Object.assign(person, { leaf: undefined, path: undefined, misses: false })
      } else if (person.misses) person.misses = false
      else if (person.path!.generation < generation - 1) refuses(() => person.path!.open(rekey), "keys.rekey")
      else assert.equal(toHex(person.path!.open(rekey).expose()), secret)
    }
    rekeys.push(parseRekey(made.rekey))
    outcomes.push({ secret, members: new Set(members()) })
    assert.equal(tree.size, members().length)
    for (const person of members()) remember(person)
  }
  return { people, rekeys, outcomes }
}

/** What all that are no members at a re-key can do together: those who are gone with those who are yet to come. */
function outsiders({ people, rekeys, outcomes }: Past, depth: number, at: number, guessing: boolean): Set<string> {
  const attacker = new Attacker(rekeys, depth, guessing)
  for (const person of people)
    if (!outcomes[at]!.members.has(person)) for (const held of person.held) attacker.learn(held)
  return attacker.generations
}

describe("keys: histories of a key tree", () => {
  const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31))

  it(`bring those who stay to one secret, and no coalition of others to it (SEED=${seed})`, () => {
    const met = { rekeys: 0, outside: 0 }
    fc.assert(
      fc.property(aHistory, ({ depth, acts }) => {
        const past = play(depth, acts)
        for (const [at, { secret, members }] of past.outcomes.entries()) {
          assert.ok(!outsiders(past, depth, at, false).has(secret), `re-key ${at} is open to those outside`)
          met.rekeys++
          met.outside += past.people.filter((person) => person.held.length > 0 && !members.has(person)).length
        }
      }),
      { numRuns: HISTORIES, seed },
    )
    assert.ok(met.outside > met.rekeys, `too few were outside: ${JSON.stringify(met)}`)
  })

  it(`are closed to coalitions that try every key on everything (SEED=${seed})`, () => {
    fc.assert(
      fc.property(aHistory, fc.nat(), ({ depth, acts }, choice) => {
        const past = play(depth, acts.slice(0, 14))
        if (past.outcomes.length === 0) return
        const at = choice % past.outcomes.length
        assert.ok(!outsiders(past, depth, at, true).has(past.outcomes[at]!.secret))
      }),
      { numRuns: Math.ceil(HISTORIES / 10), seed },
    )
  })

  it("are open to an attacker with any member's first path: so much can it do", () => {
    let met = 0
    fc.assert(
      fc.property(aHistory, ({ depth, acts }) => {
        const past = play(depth, acts)
        for (const person of past.people) {
          const first = past.outcomes.findIndex(({ members }) => members.has(person))
          if (first < 0) continue
          const gone = past.outcomes.findIndex(({ members }, at) => at > first && !members.has(person))
          const attacker = new Attacker(past.rekeys, depth)
          // What it had when it joined: all else follows, until it is removed.
          for (const held of person.held) if (held.time === first) attacker.learn(held)
          const { generations } = attacker
          for (const { secret } of past.outcomes.slice(first, gone < 0 ? undefined : gone))
            assert.ok(generations.has(secret))
          met += generations.size
        }
      }),
      { numRuns: 300, seed },
    )
    assert.ok(met > 150)
  })
}).timeout(600_000)
