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

const SIGNALS = ["SIGINT", "SIGTERM"] as const
