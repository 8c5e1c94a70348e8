import { asE2eeError, E2eeError, type ErrorCode } from "../../core/errors.ts"

/** What `doctor` says of one thing that it looked at. */
export interface Finding {
  readonly check: string
  /** A warning may be as it should be; a problem keeps something from working. */
  readonly level: "ok" | "warning" | "problem"
  /** What is the case. */
  readonly message: string
  /** Of a problem: what an endpoint or command would fail with. */
  readonly code?: ErrorCode
  /** Of a warning or problem: what to do. */
  readonly advice?: string
}

/** What was seen, or why nothing was. */
export type Seen<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E2eeError }

export function fine(check: string, message: string): Finding {
  return { check, level: "ok", message }
}

export function warning(check: string, message: string, advice: string): Finding {
  return { check, level: "warning", message, advice }
}

export function problem(check: string, code: ErrorCode, message: string, advice?: string): Finding {
  return { check, level: "problem", code, message, ...(advice === undefined ? {} : { advice }) }
}

/** An error of ours says itself what to do. */
export function problemOf(check: string, { code, message }: E2eeError, advice?: string): Finding {
  return problem(check, code, message, advice)
}

/** Looks, for a limited time: what hangs or fails is seen as an error, so that it keeps nothing else from being seen. */
export async function look<T>(
  what: string,
  code: ErrorCode,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<Seen<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const error = new E2eeError(code, `${what}: no answer within ${timeoutMs / 1_000} s; try again with --timeout`)
    timer = setTimeout(() => reject(error), timeoutMs)
  })
  try {
    return { ok: true, value: await Promise.race([work(), late]) }
  } catch (error) {
    return { ok: false, error: asE2eeError(error, code, what) }
  } finally {
    clearTimeout(timer)
  }
}
