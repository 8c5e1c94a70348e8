import { E2eeError, isE2eeError } from "../../core/errors.ts"
import { KIND } from "../../payload/frame.ts"
import { ApplicationError, HANDLER_FAILED } from "./application-error.ts"
import { REFUSED, UNKNOWN_KEY, WampError, type Invocation, type Payload } from "../connection.ts"
import type { AnswerPlace, Party } from "./party.ts"
import { refusesPeer } from "../members/peers.ts"
import { toArguments } from "./result.ts"
import { fitsPattern, type Match } from "../scope.ts"
import type { Arguments, Opened, Sealed } from "./sealing.ts"

/** What a handler may do beside returning. */
export interface CallFacilities<Sender> {
  readonly uri: string
  readonly signal: AbortSignal
  /** Sends a part of the result; undefined where the caller did not ask for parts. */
  readonly progress: ((part: Arguments) => void) | undefined
  /** Further parts of a progressive call, each opened and checked; undefined where it is none. */
  readonly input: AsyncIterable<Opened<Sender>> | undefined
}

export type Invoked<Sender> = (opened: Opened<Sender>, facilities: CallFacilities<Sender>) => unknown

/** Answers one INVOCATION: opened and its caller verified before the handler sees it; what it returns goes back sealed. */
export async function answer<Sender>(
  party: Party<Sender>,
  registered: { readonly uri: string; readonly match: Match },
  invocation: Invocation,
  invoke: Invoked<Sender>,
): Promise<Payload> {
  const { uri = registered.uri } = invocation
  const opened = await openCall(party, registered, invocation)
  const { correlation } = opened
  let parts = 0
  let over = false
  const seal = (content: Arguments, place: Omit<AnswerPlace, "uri">): Payload =>
    payloadOf(party.sealAnswer(content, opened, { ...place, uri, correlation }))
  const { sendPart } = invocation
  const progress =
    sendPart &&
    ((content: Arguments): void => {
      if (over || invocation.signal.aborted)
        throw new E2eeError("session.closed", `the call of ${uri} is over; no part of its result can be sent`)
      sendPart(seal(content, { kind: KIND.result, part: parts, more: true }))
      parts++
    })
  try {
    const facilities = { uri, signal: invocation.signal, progress, input: inputOf(party, uri, opened, invocation) }
    const result = toArguments(await invoke(opened, facilities))
    over = true
    return seal(result, { kind: KIND.result, part: parts })
  } catch (error) {
    over = true
    if (error instanceof WampError) throw error
    const ours = error instanceof ApplicationError
    if (!ours) party.refuse(error, `handler of ${uri}`)
    const name = ours ? error.uri : HANDLER_FAILED
    const sealed = seal(ours ? error : { args: [], kwargs: {} }, { kind: KIND.error, error: name })
    // Not every router that lacks passthru lets an ERROR's arguments through.
    if ((await party.connection.carriage) === "in-band") return sealed
    throw new WampError(name, sealed)
  }
}

async function openCall<Sender>(
  party: Party<Sender>,
  registered: { readonly uri: string; readonly match: Match },
  { payload, parts, uri = registered.uri }: Invocation,
): Promise<Opened<Sender>> {
  try {
    if (!payload.sealed) {
      throw new E2eeError(
        "payload.plaintext_forbidden",
        `an unprotected call of ${uri} arrived; it is inside a protected scope`,
      )
    }
    if (!fitsPattern(uri, registered.uri, registered.match)) {
      throw new E2eeError(
        "payload.context",
        `the router delivered a call of ${uri} to the registration ${registered.uri}`,
      )
    }
    return await party.open("callee", payload, { kind: KIND.call, uri, more: parts !== undefined })
  } catch (error) {
    const coded = party.refuse(error, `call of ${uri}`)
    // A caller refused now learns the reason, signed, when it asks the agent for a new grant.
    throw new WampError(isE2eeError(coded, "keys.unknown_key") || refusesPeer(coded) ? UNKNOWN_KEY : REFUSED)
  }
}

/** The parts of a call behind its first; the last, when it carries nothing, only tells that it is the last. */
function inputOf<Sender>(
  party: Party<Sender>,
  uri: string,
  first: Opened<Sender>,
  { parts }: Invocation,
): AsyncIterable<Opened<Sender>> | undefined {
  if (parts === undefined) return undefined
  async function* opened(from: AsyncIterable<Payload>): AsyncGenerator<Opened<Sender>> {
    let part = 1
    for await (const payload of from) {
      if (!payload.sealed)
        throw new E2eeError("payload.plaintext_forbidden", `an unprotected part of a call of ${uri} arrived`)
      const { correlation } = first
      const next = await party.open("callee", payload, { kind: KIND.call, uri, correlation, part: part++ })
      if (next.instance !== first.instance)
        throw new E2eeError("payload.context", `a part of a call of ${uri} is another sender's`)
      if (next.more || next.args.length > 0 || Object.keys(next.kwargs).length > 0) yield next
      if (!next.more) return
    }
    throw new E2eeError("payload.incomplete", `a call of ${uri} ended before its last part`)
  }
  return opened(parts)
}

function payloadOf({ attributes, payload }: Sealed): Payload {
  return { sealed: true, attributes, payload }
}
