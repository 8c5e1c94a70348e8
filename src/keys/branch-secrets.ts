import { E2eeError } from "../core/errors.ts"
import type { Hex } from "../core/bytes.ts"
import { Secret } from "../core/secret.ts"
import { nextBranchSecret, writerSecret } from "./schedule.ts"

/** Secrets of one branch of a generation by epoch, of which each is overwritten when its time is over. */
export interface BranchSecrets {
  /** Whether it opens every writer's messages. */
  readonly canRead: boolean
  /** Whether the owner can seal in an epoch. */
  holds(epoch: number): boolean
  /** The secret of a writer for an epoch; undefined where it is not held. */
  writer(epoch: number, writer: Hex): Secret | undefined
  /** Overwrites the secrets of all epochs before. */
  erase(before: number): void
  wipe(): void
}

/** Epochs that a reader derives ahead at most: nobody may make it work without end. */
const MAX_AHEAD = 4_096

/** What a reader holds: from an epoch's secret those of all later ones follow, and of none before. */
export class ReaderSecrets implements BranchSecrets {
  readonly canRead = true
  readonly #epochs = new Map<number, Secret>()
  readonly #writers = new Map<number, Map<Hex, Secret>>()
  #newest: number
  #oldest: number

  /** @param secret 32 bytes, of `epoch`; a copy is kept */
  constructor(epoch: number, secret: Secret) {
    this.#newest = epoch
    this.#oldest = epoch
    this.#epochs.set(epoch, new Secret(secret.expose()))
  }

  /** The branch's secret, 32 bytes. Throws `keys.epoch` for an epoch that is over, or that is too far ahead. */
  branch(epoch: number): Secret {
    if (epoch > this.#newest + MAX_AHEAD || epoch < this.#oldest)
      throw new E2eeError("keys.epoch", `epoch ${epoch} is out of reach; held are ${this.#oldest} to ${this.#newest}`)
    let last = this.#epochs.get(Math.min(epoch, this.#newest))
    if (last === undefined) throw new E2eeError("keys.unknown_key", "these keys are gone; a new generation began")
    while (this.#newest < epoch) this.#epochs.set(++this.#newest, (last = nextBranchSecret(last)))
    return last
  }

  holds(epoch: number): boolean {
    return epoch >= this.#oldest && epoch <= this.#newest + MAX_AHEAD
  }

  writer(epoch: number, writer: Hex): Secret | undefined {
    if (epoch < this.#oldest) return undefined
    const writers = this.#writers.get(epoch) ?? new Map<Hex, Secret>()
    this.#writers.set(epoch, writers)
    const known = writers.get(writer) ?? writerSecret(this.branch(epoch), writer)
    writers.set(writer, known)
    return known
  }

  erase(before: number): void {
    if (before <= this.#oldest) return
    this.branch(before) // the later ones follow from it
    this.#oldest = before
    wipeBefore(this.#epochs, before)
    for (const [epoch, writers] of this.#writers) if (epoch < before) this.#forget(epoch, writers)
  }

  wipe(): void {
    for (const secret of this.#epochs.values()) secret.wipe()
    this.#epochs.clear()
    for (const [epoch, writers] of this.#writers) this.#forget(epoch, writers)
  }

  #forget(epoch: number, writers: ReadonlyMap<Hex, Secret>): void {
    for (const secret of writers.values()) secret.wipe()
    this.#writers.delete(epoch)
  }
}

/** What a writer holds: secrets of its own alone, one for each epoch that was granted. */
export class WriterSecrets implements BranchSecrets {
  readonly canRead = false
  readonly #self: Hex
  readonly #epochs = new Map<number, Secret>()

  /** @param first the epoch of the first secret; one for each epoch follows */
  constructor(self: Hex, first: number, secrets: readonly Secret[]) {
    this.#self = self
    for (const [i, secret] of secrets.entries()) this.#epochs.set(first + i, secret)
  }

  holds(epoch: number): boolean {
    return this.#epochs.has(epoch)
  }

  writer(epoch: number, writer: Hex): Secret | undefined {
    return writer === this.#self ? this.#epochs.get(epoch) : undefined
  }

  erase(before: number): void {
    wipeBefore(this.#epochs, before)
  }

  wipe(): void {
    this.erase(Infinity)
  }
}

function wipeBefore(epochs: Map<number, Secret>, before: number): void {
  for (const [epoch, secret] of epochs) {
    if (epoch >= before) continue
    secret.wipe()
    epochs.delete(epoch)
  }
}
