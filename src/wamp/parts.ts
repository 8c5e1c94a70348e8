import { E2eeError } from "../core/errors.ts"
import type { Carriage, Payload } from "../session/connection.ts"

/** Sends the parts of a call until the last, or until the call is over. Rejects when they fail; else never settles. */
export async function sendParts(
  parts: AsyncIterable<{ readonly payload: Payload; readonly last: boolean }>,
  send: (payload: Payload, last: boolean) => void,
  answer: Promise<unknown>,
): Promise<never> {
  let over = false
  const end = (): void => void (over = true)
  answer.then(end, end)
  for await (const { payload, last } of parts) {
    if (over) break
    send(payload, last)
  }
  return new Promise(() => undefined)
}

/** A router repeats the attributes of the first part with all others: one under another key carries its own. */
export function carriageOfPart(part: Payload, first: Payload, carriage: Carriage): Carriage {
  return keyOf(part) === keyOf(first) ? carriage : "in-band"
}

function keyOf(payload: Payload): unknown {
  return payload.sealed ? payload.attributes["ppt_keyid"] : undefined
}

export function noContinuation(): E2eeError {
  return new E2eeError(
    "session.unsupported",
    "the router or the WAMP client knows no progressive call invocations; call without `input`",
  )
}
