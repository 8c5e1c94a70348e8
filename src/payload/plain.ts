import { LIMITS } from "./limits.ts"

/** Keys that could reach an object's prototype when an application copies arguments about. */
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"])

/** Throws TypeError for a key that is not allowed. Depth was bounded by the decoder before this recursion. */
export function refuseForbiddenKeys(value: unknown): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return
  for (const [key, item] of Object.entries(value)) {
    refuseKey(key)
    refuseForbiddenKeys(item)
  }
}

export function refuseKey(key: string): void {
  if (FORBIDDEN_KEYS.has(key)) throw new TypeError(`the key ${JSON.stringify(key)} is not allowed`)
}

/**
 * Throws TypeError for what a format without it would write as something else: functions, symbols, instances of classes,
 * integers beyond 64 bits, what is nested too deeply or in itself.
 */
export function requirePlain(value: unknown, depth = 0): void {
  if (depth > LIMITS.depth) throw new TypeError(`values are nested deeper than ${LIMITS.depth}, or in themselves`)
  switch (typeof value) {
    case "bigint":
      if (value >= 1n << 64n || value < -(1n << 63n)) throw new TypeError(`the integer ${value} has more than 64 bits`)
      return
    case "function":
    case "symbol":
      throw new TypeError(`a ${typeof value} is no value that can be sent`)
    case "object": {
      if (value === null || value instanceof Uint8Array) return
      const prototype: unknown = Object.getPrototypeOf(value)
      if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null)
        throw new TypeError("an instance of a class is no value that can be sent; pass a plain object")
      for (const [key, item] of Object.entries(value)) {
        refuseKey(key)
        requirePlain(item, depth + 1)
      }
    }
  }
}

/** A map of a decoded payload: no list, no bytes. */
export function isDictionary(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
