import { E2eeError } from "../core/errors.ts"

/** The error of a structure that is not of its form, from a sentence about it. */
export function malformed(what: string): (reason: string) => E2eeError {
  return (reason) => new E2eeError("attestation.malformed", `${what} is not of its form: ${reason}`)
}

/** `is` and `most` in bytes, or in `unit`. */
export function tooLarge(what: string, is: number, most: number, unit = "bytes"): E2eeError {
  return new E2eeError("attestation.too_large", `${what} has ${is} ${unit}; expected at most ${most}`)
}
