import { equalBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { KIND } from "../payload/frame.ts"
import { ApplicationError } from "./application-error.ts"
import { UNKNOWN_KEY, WampError, type CallOptions, type Payload } from "./connection.ts"
import type { Engine } from "./engine.ts"
import type { Membership } from "./membership.ts"
import type { Arguments, Opened, Sealed } from "./sealing.ts"

/** The callee's word, or a router's in its name, that it could not open the call, and so did not execute it. */
class CalleeLacksKey extends E2eeError {
  override readonly name = "CalleeLacksKey"

  constructor(uri: string, cause: unknown) {
    super("keys.unknown_key", `the callee of ${uri} holds no key for this call`, { cause })
  }
}

/** Calls a procedure: keys first, then one sealed CALL, then an answer that must be to this very call. */
export async function call(
  engine: Engine,
  membership: Membership,
  uri: string,
  payload: Arguments,
  options: CallOptions,
): Promise<Opened> {
  const deadline = engine.context.clock() + options.timeoutMs
  /** Names the keys of the last attempt. */
  let announcement = new Uint8Array()
  const attempt = async (): Promise<Opened> => {
    await membership.join("caller")
    await membership.recheckReaders("call")
    // Where a reader was dropped there is a new generation now.
    const ring = await membership.join("caller")
    announcement = Uint8Array.from(ring.announcement)
    const key = ring.ownKey(KIND.call, uri)
    const sealed = engine.seal(payload, ring, key, { profile: membership.scope.profile, kind: KIND.call, uri })
    const timeoutMs = deadline - engine.context.clock()
    if (timeoutMs <= 0) throw new E2eeError("session.timeout", `no keys for ${uri} within ${options.timeoutMs} ms`)
    const message: Payload = { sealed: true, attributes: sealed.attributes, payload: sealed.payload }
    try {
      const answer = await engine.context.connection.call(uri, message, { timeoutMs, signal: options.signal })
      return await openAnswer(engine, membership, uri, sealed, answer)
    } catch (error) {
      if (!(error instanceof WampError)) throw error
      throw await openError(engine, membership, uri, sealed, error)
    }
  }
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof CalleeLacksKey) || membership.isAgent) throw error
    // Once, and only under other keys: the callee cannot have opened, let alone executed, what it has no key for. Any
    // other failure may have come after the handler ran.
    const used = announcement
    const ring = await membership.pull("caller")
    if (equalBytes(ring.announcement, used)) throw error
    return attempt()
  }
}

async function openAnswer(
  engine: Engine,
  membership: Membership,
  uri: string,
  request: Sealed,
  answer: Payload,
): Promise<Opened> {
  if (!answer.sealed) throw plaintext(uri, "result")
  const place = { kind: KIND.result, uri, correlation: request.correlation }
  const opened = await engine.openOrPull(membership, "caller", answer, place)
  await membership.heard("call", opened.sender)
  return opened
}

/** A sealed ERROR is the callee's own word; a plain one may be the router's, and is marked so. */
async function openError(
  engine: Engine,
  membership: Membership,
  uri: string,
  request: Sealed,
  error: WampError,
): Promise<E2eeError> {
  if (!error.payload.sealed) {
    if (error.uri === UNKNOWN_KEY) return new CalleeLacksKey(uri, error)
    return new E2eeError(
      "session.router_error",
      `${uri}: ${error.uri}, said by the router or on its way, not by a verified callee`,
      { cause: error },
    )
  }
  try {
    const place = { kind: KIND.error, uri, correlation: request.correlation, error: error.uri }
    const opened = await engine.openOrPull(membership, "caller", error.payload, place)
    await membership.heard("call", opened.sender)
    return new ApplicationError(error.uri, opened.args, opened.kwargs)
  } catch (refusal) {
    return engine.refuse(refusal, `error of ${uri}`)
  }
}

function plaintext(uri: string, what: string): E2eeError {
  return new E2eeError(
    "payload.plaintext_forbidden",
    `an unprotected ${what} of ${uri} arrived; it is inside a protected scope and was dropped`,
  )
}
