import { E2eeError } from "../core/errors.ts"
import type { Deadline } from "../session/connection.ts"

/** Milliseconds that a router has to confirm a registration, subscription or publication. */
export const CONFIRMATION_TIMEOUT = 30_000
/** Milliseconds that a router has to confirm an ending: a dead one must not keep anybody from closing. */
const ENDING_TIMEOUT = 5_000

/**
 * The request's answer, or a coded error at the deadline or on cancellation.
 * @param alive is handed a function that starts the time anew
 */
export function settle<T>(
  request: Promise<T>,
  uri: string,
  { timeoutMs, signal }: Deadline,
  alive?: (touch: () => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (error: E2eeError): void => {
      stop()
      reject(error)
    }
    const onAbort = (): void => end(new E2eeError("session.cancelled", `${uri}: cancelled before there was an answer`))
    const late = (): void => end(new E2eeError("session.timeout", `no answer of ${uri} within ${timeoutMs} ms`))
    let timer = setTimeout(late, timeoutMs)
    const stop = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener("abort", onAbort)
    }
    alive?.(() => {
      clearTimeout(timer)
      timer = setTimeout(late, timeoutMs)
    })
    signal?.addEventListener("abort", onAbort, { once: true })
    if (signal?.aborted) onAbort()
    request.then(resolve, reject).finally(stop)
  })
}

export function confirmed<T>(request: Promise<T>, uri: string, deadline: Partial<Deadline> = {}): Promise<T> {
  return settle(request, uri, { timeoutMs: CONFIRMATION_TIMEOUT, ...deadline })
}

/** Waits for an ending, but not for long. */
export async function within(ending: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ENDING_TIMEOUT)))
  await Promise.race([ending, late]).finally(() => clearTimeout(timer))
}
