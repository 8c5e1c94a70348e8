/** Looked for, not matched to the end: going back over millions of characters would overflow a regular expression's stack. */
const FOREIGN = /[^A-Za-z0-9+/]/
const LAST = /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
/** Characters made at once: more arguments than that may not fit a call. */
const CHUNK = 0x8000

/** Base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let characters = ""
  for (let at = 0; at < bytes.length; at += CHUNK) characters += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(characters)
}

/** Undefined for a text that is not the one base64 of its bytes: the last character may have bits that no byte takes up. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || FOREIGN.test(text.slice(0, -4)) || !LAST.test(text.slice(-4))) return undefined
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return toBase64(bytes.subarray(bytes.length - (bytes.length % 3 || 3))) === text.slice(-4) ? bytes : undefined
}
