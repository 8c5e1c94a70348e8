import { E2eeError } from "../../core/errors.ts"

/**
 * The highest epoch of a realm's attestation that was seen. What raised it counts from the first block that has it; a
 * reorganisation that takes it back is believed only once it is as deep as what speaks for a platform has to be.
 */
export class SeenEpoch {
  #epoch = 0n
  /** The newest block in which it was seen. */
  #block = 0n

  /** Throws `chain.stale_head` for an epoch before one that was seen. `head` and `safe` are block numbers. */
  check(epoch: bigint, head: bigint, safe: bigint): void {
    if (epoch < this.#epoch && safe < this.#block) {
      throw new E2eeError(
        "chain.stale_head",
        `the attestation epoch is ${epoch} in block ${head}, and was ${this.#epoch} in block ${this.#block}: ` +
          "the node is behind or the chain was reorganised; wait for some blocks, or use another node",
      )
    }
    this.#epoch = epoch
    this.#block = head
  }
}
