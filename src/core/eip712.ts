import { keccak_256 } from "@noble/hashes/sha3.js"
import { concatBytes, fromHex, toHex, utf8ToBytes, type Hex } from "./bytes.ts"

/** The parts of EIP-712 that do not depend on the types that are signed. */

/** keccak256 of a type's text as EIP-712 encodes it, 32 bytes. */
export function typeHash(encodedType: string): Uint8Array {
  return keccak_256(utf8ToBytes(encodedType))
}

/** Separator of a domain that has a name and a version alone, 32 bytes. */
export function domainSeparator({ name, version }: { readonly name: string; readonly version: string }): Uint8Array {
  const type = typeHash("EIP712Domain(string name,string version)")
  return hashStruct(type, [keccak_256(utf8ToBytes(name)), keccak_256(utf8ToBytes(version))])
}

/** Hash of a struct, 32 bytes, from its type's hash and its fields' words, 32 bytes each. */
export function hashStruct(type: Uint8Array, words: readonly Uint8Array[]): Uint8Array {
  return keccak_256(concatBytes(type, ...words))
}

/** Word of a list: the hash of its items' words. */
export function listWord(words: readonly Uint8Array[]): Uint8Array {
  return keccak_256(concatBytes(...words))
}

/** What is signed, 32 bytes. */
export function typedDigest(separator: Uint8Array, struct: Uint8Array): Hex {
  return toHex(keccak_256(concatBytes(Uint8Array.of(0x19, 0x01), separator, struct)))
}

/** Word of an unsigned integer below 2^256; the caller has checked the range. */
export function uintWord(value: bigint): Uint8Array {
  return hexWord(value.toString(16).padStart(64, "0"))
}

/** Word of an address or of 32 bytes, as hex that has been checked. */
export function hexWord(text: string): Uint8Array {
  const bytes = fromHex(text)
  if (bytes === undefined || bytes.length > 32) throw new RangeError("no word of EIP-712")
  const word = new Uint8Array(32)
  word.set(bytes, 32 - bytes.length)
  return word
}
