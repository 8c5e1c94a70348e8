import type { PcrSelection } from "../attestation/tpm/attest.ts"
import { ALG } from "../attestation/tpm/algorithms.ts"
import { sized16, u16 } from "../core/byte-writer.ts"
import { concatBytes } from "../core/bytes.ts"
import type { LoadedKey } from "./keys.ts"
import { selection } from "./registers.ts"
import { PASSWORD, type Tpm } from "./tpm.ts"

const CC_QUOTE = 0x158

export interface Quote {
  /** TPMS_ATTEST: what was signed. */
  readonly statement: Uint8Array
  /** TPMT_SIGNATURE. */
  readonly signature: Uint8Array
}

/** Has the registers of one bank signed with `extraData`, at most 64 bytes, by the scheme of the key. */
export async function quote(tpm: Tpm, key: LoadedKey, registers: PcrSelection, extraData: Uint8Array): Promise<Quote> {
  const { parameters } = await tpm.send({
    name: "Quote",
    code: CC_QUOTE,
    handles: [key.handle],
    sessions: [PASSWORD],
    parameters: concatBytes(sized16(extraData), u16(ALG.null), selection(registers)),
  })
  return { statement: parameters.sized16(parameters.left), signature: parameters.rest() }
}
