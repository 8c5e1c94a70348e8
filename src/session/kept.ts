/** First wait and longest, in milliseconds, before what was lost is asked for again. */
const [FIRST_WAIT, LONGEST_WAIT] = [500, 60_000]

/** Milliseconds to wait before attempt `attempt`, from 0: full jitter, so that many do not come back at once. */
export function backOff(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt)
}

/** A registration or subscription that is asked for again, patiently, when the client lost it for good. */
export class Kept {
  readonly #make: (lost: (error: unknown) => void) => Promise<() => Promise<void>>
  readonly #told: (error: unknown) => void
  readonly #random: () => number
  #undo: (() => Promise<void>) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #ended = false

  /** @param make registers or subscribes; `lost` is for when it is over @param told of each loss, once */
  constructor(
    make: (lost: (error: unknown) => void) => Promise<() => Promise<void>>,
    told: (error: unknown) => void,
    random: () => number = Math.random,
  ) {
    this.#make = make
    this.#told = told
    this.#random = random
  }

  /** Throws when it cannot be had now; it is not asked for again then. */
  async start(): Promise<void> {
    const undo = await this.#make((error) => this.#lost(error))
    if (this.#ended) await undo()
    else this.#undo = undo
  }

  async end(): Promise<void> {
    this.#ended = true
    clearTimeout(this.#timer)
    const undo = this.#undo
    this.#undo = undefined
    await undo?.()
  }

  #lost(error: unknown): void {
    this.#undo = undefined
    if (this.#ended) return
    this.#told(error)
    this.#again(0)
  }

  #again(attempt: number): void {
    this.#timer = setTimeout(
      () => {
        this.start().catch(() => {
          if (!this.#ended) this.#again(attempt + 1)
        })
      },
      backOff(attempt, this.#random),
    )
  }
}
