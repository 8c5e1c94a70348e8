import { recoverSigner } from "../certificate/signature.ts"
import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"

/** Answers kept, some 300 bytes each; the oldest goes first. Two are a peer's own: fewer than peers have, and none is ever found. */
const MAX_KNOWN = 32_768
const known = new Map<string, Address | undefined>()

/**
 * {@link recoverSigner}, which is by far the dearest part of judging a chain, worked out once: live peers are judged
 * again and again by the same certificates. The answer depends on digest and signature alone, never on trust.
 */
export function signerOf(digest: Hex, signature: Hex): Address | undefined {
  const key = `${digest} ${signature}`
  if (known.has(key)) return known.get(key)
  const signer = recoverSigner(digest, signature)
  known.set(key, signer)
  const [oldest] = known.keys()
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest)
  return signer
}
