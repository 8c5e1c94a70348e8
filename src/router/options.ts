import { isDict, isId, ProtocolViolation } from "./messages.ts"
import type { Dict } from "./messages.ts"
import type { Match } from "./uri.ts"

// Readers of Options and Details. An absent attribute has its default; one of a wrong type makes the message malformed
// ("integers MUST NOT be used instead of boolean value"). Clients that encode absent attributes as undefined are
// understood (wampy does so with MessagePack and CBOR).

export function flag(options: Dict, name: string, otherwise = false): boolean {
  const value = options[name]
  if (value === undefined) return otherwise
  if (typeof value !== "boolean") throw new ProtocolViolation(`option ${name} is no boolean`)
  return value
}

export function choice<T extends string>(options: Dict, name: string, choices: readonly T[], otherwise: T): T {
  const value = options[name]
  if (value === undefined) return otherwise
  const chosen = choices.find((one) => one === value)
  if (chosen === undefined) throw new ProtocolViolation(`option ${name} is none of ${choices.join(", ")}`)
  return chosen
}

export function matchOf(options: Dict): Match {
  return choice(options, "match", ["exact", "prefix", "wildcard"], "exact")
}

/** Milliseconds; 0 when absent, which means no limit. */
export function milliseconds(options: Dict, name: string): number {
  const value = options[name]
  if (value === undefined || value === 0) return 0
  if (!isId(value)) throw new ProtocolViolation(`option ${name} is no non-negative integer`)
  return value
}

export function ids(options: Dict, name: string): ReadonlySet<unknown> | undefined {
  return list(options, name, isId, "ids")
}

export function texts(options: Dict, name: string): ReadonlySet<unknown> | undefined {
  return list(options, name, (item) => typeof item === "string", "strings")
}

function list(options: Dict, name: string, fits: (item: unknown) => boolean, what: string) {
  const value = options[name]
  if (value === undefined) return undefined
  if (!Array.isArray(value) || !value.every(fits)) throw new ProtocolViolation(`option ${name} is no list of ${what}`)
  return new Set<unknown>(value)
}

/** A dictionary inside another, empty when absent. */
export function inner(options: Dict, name: string): Dict {
  const value = options[name]
  if (value === undefined) return {}
  if (!isDict(value)) throw new ProtocolViolation(`${name} is no dictionary`)
  return value
}
