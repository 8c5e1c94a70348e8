/** Milliseconds of processor time that this thread used so far. */
export function usedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** Bytes that this thread holds, garbage not counted. */
export function heldBytes(): number {
  gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
