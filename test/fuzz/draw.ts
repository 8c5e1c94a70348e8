/** Numbers from 0 to `below` - 1: all that an input is made of, so that its seed makes it again. */
export type Draw = (below: number) => number

/** xorshift; fast-check's own would take most of the time. */
export function drawFrom(seed: number): Draw {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** One seed out of several numbers, each of which changes all of its bits (finalizer of MurmurHash3). */
export function mix(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9
  for (const number of numbers) {
    hash = Math.imul(hash ^ number, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash
}

export const oneOf = <T>(draw: Draw, items: readonly T[]): T => items[draw(items.length)] as T

/** True once in so many times. */
export const seldom = (draw: Draw, times: number): boolean => draw(times) === 0
