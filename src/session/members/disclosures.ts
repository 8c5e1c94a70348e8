import { toHex, type Hex } from "../../core/bytes.ts"
import { DisclosedKeys, DISCLOSURE_DELAY, encodeDisclosure } from "../../keys/disclosure.ts"
import { startOf } from "../../keys/epochs.ts"
import { encodeControl } from "../../keys/grant.ts"
import type { ScopePolicy } from "../../keys/policy.ts"
import type { SessionContext } from "../context.ts"
import type { Generation } from "./generation.ts"

interface Signed {
  readonly generation: Pick<Generation, "announcement" | "times">
  readonly keys: DisclosedKeys
  /** The last epoch in which something was signed, and the last whose key was told. */
  used: number
  told: number
}

/**
 * Signing keys of mode `dsig`, generation by generation: each epoch's is published at the start of the next but one,
 * whatever became of its generation meanwhile. What an endpoint signed in its last two epochs stays signed.
 */
export class Disclosures {
  readonly #context: SessionContext
  readonly #scope: Uint8Array
  readonly #policy: ScopePolicy
  readonly #publish: (control: Uint8Array) => void
  readonly #signed = new Map<Hex, Signed>()
  #closed = false

  constructor(context: SessionContext, scope: Uint8Array, policy: ScopePolicy, publish: (control: Uint8Array) => void) {
    this.#context = context
    this.#scope = scope
    this.#policy = policy
    this.#publish = publish
  }

  /** Keys with which a message of an epoch of the present generation is signed. */
  keysFor(generation: Generation, epoch: number): DisclosedKeys {
    const name = toHex(generation.announcement.hash)
    let signed = this.#signed.get(name)
    if (signed === undefined) {
      for (const [earlier, { used, told, keys }] of this.#signed) if (used === told) this.#end(earlier, keys)
      const epochs = Math.ceil(this.#policy.generationMs / this.#policy.epochMs) + DISCLOSURE_DELAY
      const seed = this.#context.random(32)
      signed = { generation, keys: new DisclosedKeys(seed, epochs), used: -1, told: -1 }
      seed.fill(0)
      this.#signed.set(name, signed)
    }
    if (epoch > signed.used) {
      signed.used = epoch
      this.#tellInTime(signed, epoch)
    }
    return signed.keys
  }

  /** Overwrites all keys. Told early they would let others sign what is still believed; so the last ones are never told. */
  close(): void {
    this.#closed = true
    for (const [name, { keys }] of this.#signed) this.#end(name, keys)
  }

  #tellInTime(signed: Signed, epoch: number): void {
    const { clock, timers } = this.#context
    const wait = startOf(signed.generation.times, epoch + DISCLOSURE_DELAY) - clock()
    if (wait > 0) timers.after(wait, () => this.#tellInTime(signed, epoch))
    else if (!this.#closed) this.#tell(signed, epoch)
  }

  #tell(signed: Signed, epoch: number): void {
    const { announcement } = signed.generation
    const place = { scope: this.#scope, announcement: announcement.hash, epoch }
    const writer = this.#context.self.csPubKey
    this.#publish(
      encodeControl({
        kind: "disclosure",
        bytes: encodeDisclosure({ ...place, writer, seed: signed.keys.seed(epoch) }),
      }),
    )
    signed.told = Math.max(signed.told, epoch)
    const newest = [...this.#signed.values()].at(-1)
    if (signed.told === signed.used && signed !== newest) this.#end(toHex(announcement.hash), signed.keys)
  }

  #end(name: Hex, keys: DisclosedKeys): void {
    keys.wipe()
    this.#signed.delete(name)
  }
}
