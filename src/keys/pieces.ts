import { concatBytes } from "../core/bytes.ts"
import type { Fields } from "./fields.ts"
import type { Transport } from "./noise.ts"
import { MAX_NOISE_MESSAGE, TAG_BYTES, type CipherState } from "./noise-symmetric.ts"

// One byte string as Noise transport messages, which have 65,535 bytes at most.

const MAX_PIECES = 64

/** How many fields a message may have whose pieces begin at `first`. */
export function countsFrom(first: number): number[] {
  return Array.from({ length: MAX_PIECES }, (_, i) => first + i)
}

export function sealPieces(send: CipherState, body: Uint8Array): Uint8Array[] {
  const size = MAX_NOISE_MESSAGE - TAG_BYTES
  const pieces: Uint8Array[] = []
  for (let at = 0; at < body.length; at += size)
    pieces.push(send.encryptWithAd(new Uint8Array(), body.subarray(at, at + size)))
  return pieces
}

/** What the fields from `first` on hold together; to be overwritten by whoever asks. Throws `keys.agreement`. */
export function openPieces(receive: CipherState, fields: Fields, first: number): Uint8Array {
  const pieces = fields.all
    .slice(first)
    .map((_, i) => receive.decryptWithAd(new Uint8Array(), fields.bytes(first + i, "piece")))
  const body = concatBytes(...pieces)
  for (const piece of pieces) piece.fill(0)
  return body
}

export function wipeTransport({ send, receive }: Pick<Transport, "send" | "receive">): void {
  send.wipe()
  receive.wipe()
}
