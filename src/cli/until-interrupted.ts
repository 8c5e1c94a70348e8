/** Resolves at SIGINT, SIGTERM or when `ended` does; a second signal ends the process at once. */
export function untilInterrupted(ended?: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const signal of SIGNALS) process.off(signal, stop)
      clearInterval(alive)
      resolve()
    }
    const alive = setInterval(() => undefined, 60_000) // a promise alone keeps no process running
    for (const signal of SIGNALS) process.on(signal, stop)
    void ended?.then(stop)
  })
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const
