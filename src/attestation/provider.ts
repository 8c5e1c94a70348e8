import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"
import type { AttestationFacts } from "./facts.ts"

/** What is asked about one platform. A platform that only wants to know what is asked of it names its role alone. */
export interface AttestationQuestion {
  /** 32 bytes, see `roleOf`. */
  readonly role: Hex
  /** 32 bytes, see `attesterId`; zeros where absent. */
  readonly attesterId?: Hex
  /** 32 bytes, see `measurementKey`; zeros where absent. */
  readonly measurementKey?: Hex
}

/** The one question that appraising a platform asks of an edge: what is believed about it now? */
export interface AttestationProvider {
  readonly realm: Address
  /** Facts as of one block. Rejects with a coded error when they cannot be had: never "nothing is asked". */
  facts(question: AttestationQuestion): Promise<AttestationFacts>
}
