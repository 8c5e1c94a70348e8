/** When the epochs of a generation begin and end. All times are POSIX milliseconds of a clock that all share within grace. */
export interface EpochTimes {
  /** Beginning of epoch 0. */
  readonly t0: number
  readonly epochMs: number
}

/** Grace at most, in milliseconds. */
const MAX_GRACE = 5_000

/** How long keys of an epoch outlive it, and how late its tick may be: half an epoch, 5 seconds at most. */
export function graceOf({ epochMs }: Pick<EpochTimes, "epochMs">): number {
  return Math.min(epochMs / 2, MAX_GRACE)
}

export function startOf({ t0, epochMs }: EpochTimes, epoch: number): number {
  return t0 + epoch * epochMs
}

/** The epoch of a time, 0 for times before the first. */
export function epochAt({ t0, epochMs }: EpochTimes, now: number): number {
  return Math.max(0, Math.floor((now - t0) / epochMs))
}

/** The epoch in which a member that has the tick of `ticked` seals: the next one by the clock, and never further. */
export function sealingEpoch(times: EpochTimes, ticked: number, now: number): number {
  return Math.min(Math.max(epochAt(times, now), ticked), ticked + 1)
}

/** Whether the tick of the epoch after `ticked` is so late that nothing may be sealed or delivered without it. */
export function isStale(times: EpochTimes, ticked: number, now: number): boolean {
  return now >= startOf(times, ticked + 1) + graceOf(times)
}

/**
 * Epochs whose messages may be opened: that of now, the one before within grace, the next for senders whose clocks are
 * ahead by no more than grace; with `history`, so many more before. Newest last.
 */
export function openEpochs(times: EpochTimes, ticked: number, now: number, history = 0): number[] {
  const current = sealingEpoch(times, ticked, now)
  const grace = graceOf(times)
  const epochs: number[] = []
  const first = now < startOf(times, current) + grace ? current - 1 : current
  for (let epoch = Math.max(0, Math.min(first, current - history)); epoch <= current; epoch++) epochs.push(epoch)
  if (current === ticked && now >= startOf(times, current + 1) - grace) epochs.push(current + 1)
  return epochs
}

/** The oldest epoch whose secrets are still needed. */
export function oldestNeeded(times: EpochTimes, ticked: number, now: number, history = 0): number {
  return openEpochs(times, ticked, now, history)[0] ?? 0
}
