import { E2eeError } from "../core/errors.ts"

/** Resolves at SIGINT or SIGTERM; rejects when the WAMP session `ended` for good. A second signal ends the process at once. */
export function untilInterrupted(ended?: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      for (const signal of SIGNALS) process.off(signal, stop)
      clearInterval(alive)
      resolve()
    }
    const alive = setInterval(() => undefined, 60_000) // a promise alone keeps no process running
    for (const signal of SIGNALS) process.on(signal, stop)
    const onEnd = (): void => {
      stop()
      reject(new E2eeError("session.connection", "the router ended the session; start again when it runs"))
    }
    if (ended !== undefined) void ended.then(onEnd, onEnd)
  })
}

/** Work that SIGINT or SIGTERM aborts, so that it may say what is known of it. A second signal ends the process at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const aborting = new AbortController()
  const abort = (): void => {
    for (const signal of SIGNALS) process.off(signal, abort)
    aborting.abort()
  }
  for (const signal of SIGNALS) process.on(signal, abort)
  try {
    return await work(aborting.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, abort)
  }
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const
