/** Messages behind the newest that are still told apart (keys.md, "Receiving"). */
const WINDOW = 64
/** Senders whose windows are kept; the longest unused goes first. */
const MAX_SENDERS = 65_536

interface Window {
  newest: number
  /** Bit i: newest - i was seen. */
  seen: bigint
}

/** Sliding windows of sequences, one for each key and sending instance (RFC 4303, section 3.4.3). */
export class ReplayWindows {
  readonly #windows = new Map<string, Window>()

  /** Whether a sequence is new under `sender`; remembers it. Call only for authenticated messages. */
  accept(sender: string, sequence: number): boolean {
    const window = this.#windows.get(sender) ?? { newest: -1, seen: 0n }
    const ahead = sequence - window.newest
    if (ahead <= -WINDOW) return false
    if (ahead <= 0) {
      const bit = 1n << BigInt(-ahead)
      if ((window.seen & bit) !== 0n) return false
      window.seen |= bit
    } else {
      window.seen = ahead >= WINDOW ? 1n : ((window.seen << BigInt(ahead)) | 1n) & ((1n << BigInt(WINDOW)) - 1n)
      window.newest = sequence
    }
    this.#windows.delete(sender)
    this.#windows.set(sender, window)
    if (this.#windows.size > MAX_SENDERS) for (const oldest of this.#windows.keys()) return this.#windows.delete(oldest)
    return true
  }
}
