import type { Hex } from "../../core/bytes.ts"

/** Messages behind the newest that are still told apart (keys.md, "Receiving"). */
const WINDOW = 64
/** Windows that are kept, and senders of whom more is remembered; the longest unused goes first. */
const MAX_KEPT = 65_536

interface Window {
  readonly instance: Hex
  newest: number
  /** Bit i: newest - i was seen. */
  seen: bigint
}

/** Sliding windows of sequences, one for each key and sending instance (RFC 4303, section 3.4.3). */
export class ReplayWindows {
  readonly #windows = new Map<string, Window>()
  /**
   * The newest sequence in the windows of an instance that had to go: whoever fills them all does not have a router's old
   * messages taken again, since an instance counts through all of its keys.
   */
  readonly #floors = new Map<Hex, number>()

  /**
   * Whether a sequence of an instance under a key is new; remembers it. Call only for authenticated messages.
   * @param key what the window is for, beside the instance
   */
  accept(key: string, instance: Hex, sequence: number): boolean {
    const name = `${key} ${instance}`
    const known = this.#windows.get(name)
    if (known === undefined && sequence <= (this.#floors.get(instance) ?? -1)) return false
    const window = known ?? { instance, newest: -1, seen: 0n }
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
    this.#windows.delete(name)
    this.#windows.set(name, window)
    if (this.#windows.size > MAX_KEPT) this.#forgetOldest()
    return true
  }

  #forgetOldest(): void {
    for (const [name, { instance, newest }] of this.#windows) {
      this.#windows.delete(name)
      const floor = Math.max(newest, this.#floors.get(instance) ?? -1)
      this.#floors.delete(instance)
      this.#floors.set(instance, floor)
      break
    }
    if (this.#floors.size <= MAX_KEPT) return
    for (const instance of this.#floors.keys()) {
      this.#floors.delete(instance)
      break
    }
  }
}
