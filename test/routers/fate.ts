import { inspect, isDeepStrictEqual } from "node:util"

/** What became of something, in a word or a few: `kept`, `dropped`, `became` this or that. */
export type Fate = string

/** What a router does, by what was asked of it. */
export type Facts = Readonly<Record<string, Fate>>

export function fate(sent: unknown, got: unknown): Fate {
  if (isDeepStrictEqual(plain(got), plain(sent))) return "kept"
  return got === undefined || (Array.isArray(got) && got.length === 0) ? "dropped" : `became ${printed(got)}`
}

/** Of one byte string that was the only argument. Text may stand for it, with WAMP's mark of bytes in JSON or without. */
export function fateOfBytes(sent: Uint8Array, args: unknown): Fate {
  const [only] = Array.isArray(args) && args.length === 1 ? (args as unknown[]) : []
  const text = Buffer.from(sent).toString("base64")
  if (only === `\0${text}`) return "became text, base64 behind its mark"
  return only === text ? "became text, base64 without a mark" : fate([sent], args)
}

/** One fate for all where they agree; otherwise the first, and each other one with those that have it. */
export function together(fates: ReadonlyMap<string, Fate>): Fate {
  const owners = new Map<Fate, string[]>()
  for (const [owner, one] of fates) owners.set(one, [...(owners.get(one) ?? []), owner])
  const [first = "not offered", ...others] = owners.keys()
  return [first, ...others.map((other) => `${owners.get(other)?.join(", ")} ${other}`)].join("; ")
}

/** Short, on one line. */
export function printed(value: unknown): string {
  const text = inspect(plain(value), { breakLength: Infinity, depth: 4, maxStringLength: 40, maxArrayLength: 4 })
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Buffers as the byte strings that they are. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value)
  return Array.isArray(value) ? value.map(plain) : value
}
