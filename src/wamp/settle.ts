import type { Deadline } from "../session/connection.ts"
import { settle } from "../session/settle.ts"

export { settle }

/** Milliseconds that a router has to confirm a registration, subscription or publication. */
export const CONFIRMATION_TIMEOUT = 30_000
/** Milliseconds that a router has to confirm an ending: a dead one must not keep anybody from closing. */
const ENDING_TIMEOUT = 5_000

export function confirmed<T>(request: Promise<T>, uri: string, deadline: Partial<Deadline> = {}): Promise<T> {
  return settle(request, uri, { timeoutMs: CONFIRMATION_TIMEOUT, ...deadline })
}

/** Waits for an ending, but not for long. */
export async function within(ending: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ENDING_TIMEOUT)))
  await Promise.race([ending, late]).finally(() => clearTimeout(timer))
}
