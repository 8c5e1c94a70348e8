import { E2eeError } from "../core/errors.ts"
import type { Deadline } from "./connection.ts"

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
