import { utf8ToBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"

/**
 * The bytes of a password for a new file: NFKD, without C0, C1 and DEL, in UTF-8, as EIP-2335 has it. One password then
 * gives the same bytes on every keyboard and from a file that ends in a newline.
 *
 * Web3 Secret Storage v3 says nothing of this, and its programs take the UTF-8 bytes as typed. For printable ASCII both
 * are the same, so files travel in both directions; a file of ours under another password opens elsewhere if the
 * normalised form is typed there.
 */
export function passwordToWrite(password: string): Uint8Array {
  const normalised = normalise(password)
  if (normalised === "") throw new E2eeError("usage.invalid", "the password is empty; expected at least one character")
  return utf8ToBytes(normalised)
}

/** The bytes to try on a file that is read: the normalised form, then the one as typed, if another program wrote it. */
export function passwordsToRead(password: string): Uint8Array[] {
  const normalised = normalise(password)
  return (normalised === password ? [password] : [normalised, password]).map(utf8ToBytes)
}

function normalise(password: string): string {
  // UTF-8 has no half of a surrogate pair: all of them would become one and the same replacement character.
  if (/\p{Cs}/u.test(password)) {
    throw new E2eeError("usage.invalid", "the password is not valid Unicode: it has half of a surrogate pair")
  }
  return password.normalize("NFKD").replaceAll(/\p{Cc}/gu, "")
}
