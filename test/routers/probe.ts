import type { SerializerName } from "../../src/core/wire/serializers.ts"
import { behave } from "./behaviour.ts"
import { BYTES, carry, CARRIERS } from "./carry.ts"
import { together, type Facts, type Fate } from "./fate.ts"
import { Wire, type Welcome } from "./wire.ts"

export interface Probed {
  /** What WELCOME announces, in alphabetical order. */
  readonly features: { readonly broker: readonly string[]; readonly dealer: readonly string[] }
  readonly facts: Facts
}

const SERIALIZERS: readonly SerializerName[] = ["json", "msgpack", "cbor"]
/** The messages that go from the callee to the caller; the others go the other way. */
const ANSWERS = new Set<string>(["progressive RESULT", "RESULT", "ERROR"])
/** By the serialisers of sender and receiver. */
const ROADS = [
  "bytes, same serialiser",
  "bytes, json to msgpack or cbor",
  "bytes, msgpack or cbor to json",
  "bytes, between msgpack and cbor",
] as const

/** Fates of one fact, each under what it was found with. */
class Found {
  readonly #fates = new Map<string, Map<string, Fate>>()

  /** Every road has its row, also where the router does not offer it. */
  constructor() {
    for (const name of CARRIERS) this.#fates.set(`attributes on ${name}`, new Map())
    for (const name of ROADS) this.#fates.set(name, new Map())
  }

  add(fact: string, found: string, fate: Fate): void {
    const fates = this.#fates.get(fact) ?? new Map<string, Fate>()
    // Two findings under one name are one only if they agree.
    const before = fates.get(found)
    this.#fates.set(fact, fates.set(found, before === undefined || before === fate ? fate : `${before} or ${fate}`))
  }

  facts(): Facts {
    return Object.fromEntries([...this.#fates].map(([fact, fates]) => [fact, together(fates)]))
  }
}

/**
 * Finds out what the router does, over each serialiser that it speaks and across them. Takes some seconds; every message
 * is waited for 2 seconds at most. Throws when it speaks none.
 */
export async function probe(url: string): Promise<Probed> {
  const offered: SerializerName[] = []
  let welcome: Welcome | undefined
  for (const name of SERIALIZERS) {
    const wire = await Wire.join(url, name)
    if (wire === undefined) continue
    offered.push(name)
    welcome ??= wire.welcome
    await wire.end()
  }
  if (welcome === undefined) throw new Error(`${url} speaks none of ${SERIALIZERS.join(", ")}`)
  const featuresOf = (role: string) => {
    const features = Object.entries(welcome.roles[role]?.features ?? {})
    return features.flatMap(([name, isOn]) => (isOn === true ? [name] : [])).sort()
  }
  const features = { broker: featuresOf("broker"), dealer: featuresOf("dealer") }
  const passthru = Object.entries(features).filter(([, names]) => names.includes("payload_passthru_mode"))

  const found = new Found()
  for (const one of offered) for (const other of offered) await carryBetween(url, one, other, found)
  for (const name of offered) {
    await between(url, name, name, async (caller, callee) => {
      for (const [fact, fate] of Object.entries(await behave(caller, callee))) found.add(fact, name, fate)
    })
  }
  const facts = {
    serialisers: offered.join(", "),
    "agent in WELCOME": welcome.agent ?? "none",
    "announce payload_passthru_mode": passthru.map(([role]) => role).join(", ") || "none",
    ...found.facts(),
  }
  return { features, facts }
}

async function carryBetween(url: string, one: SerializerName, other: SerializerName, found: Found): Promise<void> {
  await between(url, one, other, async (caller, callee) => {
    for (const bytes of BYTES) {
      for (const isPassthru of [true, false]) {
        const cargo = await carry(caller, callee, bytes, isPassthru)
        for (const name of isPassthru ? CARRIERS : [])
          found.add(`attributes on ${name}`, `${one} to ${other}`, cargo[name].attributes)
        for (const name of CARRIERS)
          found.add(ANSWERS.has(name) ? road(other, one) : road(one, other), name, cargo[name].bytes)
      }
    }
  })
}

function road(from: SerializerName, to: SerializerName): (typeof ROADS)[number] {
  if (from === to) return ROADS[0]
  if (from === "json") return ROADS[1]
  return to === "json" ? ROADS[2] : ROADS[3]
}

async function between(
  url: string,
  one: SerializerName,
  other: SerializerName,
  act: (caller: Wire, callee: Wire) => Promise<void>,
): Promise<void> {
  const [caller, callee] = [await Wire.join(url, one), await Wire.join(url, other)]
  if (caller === undefined || callee === undefined) throw new Error(`${url} no longer speaks ${one} and ${other}`)
  await act(caller, callee)
  await Promise.all([caller.end(), callee.end()])
}
