/** What is measured, in the order of the table. A target is of a whole transaction, or of one item's share of a batch. */
export const OPERATIONS = {
  "anchor-relayed": { what: "anchor, relayed", target: 100_000 },
  "anchor-batch": { what: "anchor in a batch", target: 73_000 },
  renew: { what: "renew", target: 64_000 },
  revoke: { what: "revoke, anchored", target: 51_000 },
  "revoke-batch": { what: "revoke in a batch, anchored", target: 30_000 },
  "revoke-unseen": { what: "revoke, never anchored" },
  "revoke-batch-unseen": { what: "revoke in a batch, never anchored" },
  epoch: { what: "epoch", target: 51_000 },
  "operator-epoch": { what: "epoch of an operator, in all realms" },
  "create-realm": { what: "create a realm, sent by its root", target: 98_000 },
  "create-realm-apart": { what: "create a realm, owner apart from root" },
  enroll: { what: "enrol an operator", target: 100_000 },
  admit: { what: "admit, sent by the operator" },
  "set-policy": { what: "attestation policy, first", target: 110_400 },
  "change-policy": { what: "attestation policy, changed", target: 71_600 },
  "enroll-attester": { what: "enrol an attester", target: 87_000 },
  "revoke-attester": { what: "revoke an attester", target: 64_900 },
  "add-measurement": { what: "add a measurement", target: 111_700 },
  "add-measurement-batch": { what: "add a measurement in a batch", target: 62_700 },
  "revoke-measurement": { what: "revoke a measurement", target: 65_800 },
  "revoke-measurement-batch": { what: "revoke a measurement in a batch", target: 16_700 },
} as const satisfies Record<string, { what: string; target?: number }>

export type Operation = keyof typeof OPERATIONS

export const OPERATION_NAMES = Object.keys(OPERATIONS) as Operation[]

/** Items of each batch. */
export const BATCH = 10

export function targetOf(operation: Operation): number | undefined {
  const row = OPERATIONS[operation]
  return "target" in row ? row.target : undefined
}

/** Gas of one item of a transaction, rounded up. */
export function gasOf({ gasUsed }: { gasUsed: bigint }, items = 1): number {
  return Math.ceil(Number(gasUsed) / items)
}
