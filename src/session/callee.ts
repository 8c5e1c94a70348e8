import { E2eeError, isE2eeError } from "../core/errors.ts"
import type { Keyring } from "../keys/keyring.ts"
import { KIND } from "../payload/frame.ts"
import { ApplicationError, HANDLER_FAILED } from "./application-error.ts"
import { REFUSED, UNKNOWN_KEY, WampError, type Incoming, type Payload } from "./connection.ts"
import type { Engine, SealPlace } from "./engine.ts"
import type { Membership } from "./membership.ts"
import { refusesPeer } from "./peers.ts"
import { toArguments } from "./result.ts"
import { fitsPattern, type Match } from "./scope.ts"
import type { Arguments, Opened } from "./sealing.ts"

export type Invoked = (opened: Opened, uri: string) => unknown

/** Answers one INVOCATION: opened and its caller verified before the handler sees it; what it returns goes back sealed. */
export async function answer(
  engine: Engine,
  membership: Membership,
  registered: { readonly uri: string; readonly match: Match },
  { payload, uri = registered.uri }: Incoming,
  invoke: Invoked,
): Promise<Payload> {
  let opened: Opened
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
    opened = await engine.openOrPull(membership, "callee", payload, { kind: KIND.call, uri })
    await membership.heard("call", opened.sender)
  } catch (error) {
    const coded = engine.refuse(error, `call of ${uri}`)
    // A caller refused now learns the reason, signed, when it asks the agent for a new grant.
    throw new WampError(isE2eeError(coded, "keys.unknown_key") || refusesPeer(coded) ? UNKNOWN_KEY : REFUSED)
  }
  const { correlation, writer } = opened
  try {
    const result = toArguments(await invoke(opened, uri))
    return sealed(engine, membership, writer, result, { kind: KIND.result, uri, correlation })
  } catch (error) {
    if (error instanceof WampError) throw error
    const ours = error instanceof ApplicationError
    if (!ours) engine.refuse(error, `handler of ${uri}`)
    const name = ours ? error.uri : HANDLER_FAILED
    const content: Arguments = ours ? error : { args: [], kwargs: {} }
    const place = { kind: KIND.error, uri, correlation, error: name }
    throw new WampError(name, sealed(engine, membership, writer, content, place))
  }
}

/** Asked for after the handler ran: meanwhile a new generation may have begun, or the endpoint closed, and keys are gone. */
function ringNow(membership: Membership): Keyring {
  const ring = membership.held("callee")
  if (ring === undefined) throw new WampError(REFUSED)
  return ring
}

function sealed(
  engine: Engine,
  membership: Membership,
  writer: Opened["writer"],
  content: Arguments,
  place: Omit<SealPlace, "profile">,
): Payload {
  const ring = ringNow(membership)
  const key = ring.answerKey(writer, place.kind, place.uri)
  const { attributes, payload } = engine.seal(content, ring, key, { ...place, profile: membership.scope.profile })
  return { sealed: true, attributes, payload }
}
