import { isE2eeError, type ErrorCode } from "../../src/core/errors.ts"
import type { Draw } from "./draw.ts"

/** A decoder, what it is fed, and what it promises. */
export interface Target {
  readonly name: string
  /** How much of all inputs it gets: less for what is slow. */
  readonly weight: number
  /** Ways to make an input: at random, after the format's structure, out of valid ones. */
  readonly kinds: readonly ((draw: Draw) => unknown)[]
  /** Throws what {@link promised} says and nothing else. */
  readonly decode: (input: never) => unknown
  readonly promised: (error: unknown) => boolean
  /** Throws where what was accepted is not what it should be. */
  readonly check?: (decoded: never, input: never) => void
}

/** What a caller writes, with the types of its own. */
export function target<I, D>(fields: {
  readonly name: string
  readonly weight?: number
  readonly kinds: readonly ((draw: Draw) => I)[]
  readonly decode: (input: I) => D
  readonly promised: (error: unknown) => boolean
  readonly check?: (decoded: D, input: I) => void
}): Target {
  return { weight: 10, ...fields } as unknown as Target
}

/** Errors of ours with one of these codes. What they were made of may not be a mistake of ours. */
export const coded =
  (...codes: readonly ErrorCode[]) =>
  (error: unknown): boolean =>
    isE2eeError(error) && codes.includes(error.code) && !isMistake(error.cause)

/** Errors that a function's documentation promises as such: what was read is not of its form, or over a bound. */
export const plain = (error: unknown): boolean =>
  (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError || isDecodeError(error)) &&
  !isMistake(error)

/** cborg's own errors are plain ones with a prefix. */
function isDecodeError(error: unknown): boolean {
  return error instanceof Error && error.constructor === Error && error.message.startsWith("CBOR decode error")
}

/** What the language throws at a program that is wrong, rather than a program at its input. */
function isMistake(error: unknown): boolean {
  return error instanceof Error && MISTAKE.test(error.message)
}

const MISTAKE =
  /Cannot (read|set|convert)|is not (a function|iterable|a constructor|defined)|call stack|Invalid (array|string|typed array|array buffer) length|allocation failed|before initialization|Cannot mix BigInt/
