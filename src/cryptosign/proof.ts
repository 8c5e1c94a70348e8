import { equalBytes, fromHex, toHex, type Hex } from "../core/bytes.ts"
import { CHALLENGE_LENGTH, signChallenge, verifyChallenge } from "../core/ed25519.ts"
import type { Secret } from "../core/secret.ts"

/** Channel bindings by name (authentication_cryptosign.md, "TLS Channel Binding"; RFC 5929, RFC 9266). */
export const CHANNEL_BINDINGS = ["tls-unique", "tls-exporter"] as const

export type ChannelBinding = (typeof CHANNEL_BINDINGS)[number]

const SIGNATURE_LENGTH = 64

/**
 * What answers a challenge ("Computing the Signature"): 192 hex digits, the Ed25519 signature (64 bytes) and the message
 * it covers (32 bytes), which is the challenge, XORed with the channel's id (32 bytes) where the channel is bound.
 */
export function proofOf(challenge: Uint8Array, channelId: Uint8Array | undefined, key: Secret): string {
  const message = bound(challenge, channelId)
  return wireHex(signChallenge(message, key)) + wireHex(message)
}

/** Whether a stranger's proof answers this very challenge on this very channel with the key. Never throws. */
export function proves(
  proof: unknown,
  challenge: Uint8Array,
  channelId: Uint8Array | undefined,
  publicKey: Hex,
): boolean {
  const bytes = parseWireHex(proof, SIGNATURE_LENGTH + CHALLENGE_LENGTH)
  if (bytes === undefined) return false
  const message = bytes.subarray(SIGNATURE_LENGTH)
  return (
    equalBytes(message, bound(challenge, channelId)) &&
    verifyChallenge(message, bytes.subarray(0, SIGNATURE_LENGTH), publicKey)
  )
}

/** Bytes of a stranger's hex: that many bytes exactly, without 0x; undefined for anything else. */
export function parseWireHex(value: unknown, length: number): Uint8Array | undefined {
  return typeof value === "string" && value.length === 2 * length && !value.startsWith("0x")
    ? fromHex(value, length)
    : undefined
}

/** Hex as WAMP-cryptosign writes it: lower case, without 0x. */
export function wireHex(bytes: Uint8Array): string {
  return toHex(bytes).slice(2)
}

function bound(challenge: Uint8Array, channelId: Uint8Array | undefined): Uint8Array {
  if (channelId === undefined) return challenge
  if (channelId.length !== challenge.length) throw new RangeError(`a channel id has ${channelId.length} bytes, not 32`)
  return challenge.map((byte, i) => byte ^ (channelId[i] as number))
}
