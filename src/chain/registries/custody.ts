import { ZERO_ADDRESS, type Address } from "../../core/address.ts"

/** Who may take a realm or an operator's record: zero addresses and 0 for nobody. `delay` in seconds, `readyAt` POSIX seconds. */
export interface Custody {
  readonly pending: Address
  readonly guardian: Address
  readonly delay: number
  readonly successor: Address
  readonly readyAt: number
}

export type CustodyChange =
  | { readonly kind: "offered"; readonly pending: Address }
  | { readonly kind: "changed"; readonly recovered: boolean }
  | { readonly kind: "entrusted"; readonly guardian: Address; readonly delay: number }
  | { readonly kind: "started"; readonly successor: Address; readonly readyAt: number }
  | { readonly kind: "cancelled" }

const NO_RECOVERY = { successor: ZERO_ADDRESS, readyAt: 0 } as const

export const NO_CUSTODY: Custody = { pending: ZERO_ADDRESS, guardian: ZERO_ADDRESS, delay: 0, ...NO_RECOVERY }

/** Custody after one event, as contracts/libraries/Custody.sol has it. */
export function applyCustody(custody: Custody, change: CustodyChange): Custody {
  switch (change.kind) {
    case "offered":
      return { ...custody, pending: change.pending }
    case "changed":
      // By transfer the new holder trusts nobody yet; by recovery the guardian stays.
      return change.recovered ? { ...custody, pending: ZERO_ADDRESS, ...NO_RECOVERY } : NO_CUSTODY
    case "entrusted":
      return { ...custody, guardian: change.guardian, delay: change.delay, ...NO_RECOVERY }
    case "started":
      return { ...custody, successor: change.successor, readyAt: change.readyAt }
    case "cancelled":
      return { ...custody, ...NO_RECOVERY }
  }
}
