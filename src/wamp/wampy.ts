import { E2eeError, isE2eeError } from "../core/errors.ts"
import {
  WampError,
  type Carriage,
  type Connection,
  type Deadline,
  type Incoming,
  type Invocation,
  type Payload,
} from "../session/connection.ts"
import { CallParcel, Parcel, payloadOf, subscribeOptions, type AdapterOptions } from "./carriage.ts"
import { carriageOfPart, noContinuation, sendParts } from "./parts.ts"
import { CONFIRMATION_TIMEOUT, settle, within } from "./settle.ts"
import type { Keepsake, OpenInvocation, Tap } from "./tap.ts"
import { Renewals } from "./wampy-renewal.ts"
import { tapOf, wrapSerializer, type Serializer } from "./wampy-serializer.ts"
import { WampySession, type SessionClient } from "./wampy-session.ts"

export type { AdapterOptions } from "./carriage.ts"
export { tlsExporter } from "./tls-channel.ts"
export {
  cryptosign,
  type CryptosignOptions,
  type CryptosignSettings,
  type WampySerializer,
} from "./wampy-cryptosign.ts"

/** What is used of a client of wampy 8 (github.com/KSDaemon/wampy.js): its public interface alone. */
export interface WampyClient extends SessionClient {
  call(uri: string, payload?: unknown, options?: object): Promise<unknown>
  progressiveCall(uri: string, payload?: unknown, options?: object): ProgressiveCall
  publish(uri: string, payload?: unknown, options?: object): Promise<unknown>
  register(uri: string, handler: (call: Received) => unknown, options?: object): Promise<unknown>
  unregister(uri: string): Promise<unknown>
  subscribe(uri: string, handler: (event: Received) => unknown, options?: object): Promise<unknown>
  unsubscribe(subscription: string | number, handler?: (event: Received) => unknown): Promise<unknown>
  cancel(requestId: number, options?: object): unknown
}

interface ProgressiveCall {
  readonly result: Promise<unknown>
  sendData(payload: unknown, options: { progress: boolean }): void
}

interface Received {
  readonly details?: Readonly<Record<string, unknown>>
  readonly argsList?: unknown
  readonly argsDict?: unknown
  readonly result_handler?: (result: object) => void
}

/**
 * For `new Wampy(url, { serializer: sealing(new CborSerializer()), … })`: not needed, but with it the session announces
 * from its beginning what {@link wampy} can do, so that cancellations and the parts of progressive calls reach handlers.
 */
export function sealing(serializer: Serializer): Serializer {
  return tapOf(serializer) === undefined ? wrapSerializer(serializer) : serializer
}

/** The connection over a client of wampy 8 whose session is open. */
export function wampy(client: WampyClient, options: AdapterOptions = {}): Connection {
  const serializerOf = (): Serializer => (client.getOptions() as { serializer: Serializer }).serializer
  const tap = tapOf(serializerOf()) ?? wrapInPlace(client, serializerOf())
  // The client may choose its serialiser anew when it reconnects: the tap is put into it again where needed.
  const ready = (): void => {
    if (tapOf(serializerOf()) !== tap) wrapInPlace(client, serializerOf(), tap)
  }
  const probed = tap.carriage === undefined && options.carriage === undefined ? probe(client) : undefined
  const carriage = (): Carriage | Promise<Carriage> => options.carriage ?? tap.carriage ?? (probed as Promise<Carriage>)
  const session = new WampySession(client, tap)
  const renewals = new Renewals(tap)
  session.watch(() => renewals.forget())

  /** Waits for a session. What the caller writes before it waits again is written for that one. */
  const join = async (
    uri: string,
    { timeoutMs = CONFIRMATION_TIMEOUT, signal }: Partial<Deadline>,
  ): Promise<Joined> => {
    const end = performance.now() + timeoutMs
    const left = (): Deadline => ({ timeoutMs: Math.max(0, Math.round(end - performance.now())), signal })
    for (;;) {
      if (!session.isUp)
        await settle(session.opened(), uri, left()).catch((error: unknown) => {
          throw isE2eeError(error, "session.timeout") ? noSession(uri, timeoutMs) : error
        })
      ready()
      const way = await carriage()
      if (session.isUp) return { way, deadline: left() }
    }
  }
  /** {@link join} to register or subscribe: one request for a URI after the other. */
  const joinFor = async (keepsake: Keepsake): Promise<Deadline & { readonly done: () => void }> => {
    let given: Partial<Deadline> = {}
    for (;;) {
      const { deadline } = await join(keepsake.uri, given)
      const reserved = renewals.reserve(keepsake)
      if ("done" in reserved) return { ...deadline, done: reserved.done }
      await settle(reserved.busy, keepsake.uri, deadline)
      given = deadline
    }
  }
  /** The answer, or `session.connection` once the session is known to be lost: the client may forget to tell. */
  const inSession = <T>(ask: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      // Lost since the caller waited for it: the client would keep the request, and forget who made it.
      if (!session.isUp) throw connectionLost()
      const off = tap.onLost(() => reject(connectionLost()))
      const failed = (error: unknown): void => {
        if (isLoss(error)) tap.lost()
        reject(wampError(error))
      }
      ask().then(resolve, failed).finally(off)
    })
  /** A confirmed registration or subscription; one that is confirmed too late is ended. */
  const confirmation = async <T>(
    ask: () => Promise<T>,
    uri: string,
    { done, ...deadline }: Awaited<ReturnType<typeof joinFor>>,
    undo: (given: T) => unknown,
  ): Promise<T> => {
    const request = inSession(ask)
    try {
      return await settle(request, uri, deadline)
    } catch (error) {
      if (isE2eeError(error, "session.timeout")) request.then(undo).catch(() => undefined)
      throw error
    } finally {
      done()
    }
  }

  return {
    get carriage() {
      return carriage()
    },

    async call(uri, payload, { timeoutMs, signal, onPart, parts }) {
      const { way, deadline } = await join(uri, { timeoutMs, signal })
      if (parts !== undefined && !tap.canContinue) throw noContinuation()
      let touch = (): void => undefined
      let requestId: number | undefined
      const parcel = new CallParcel(payload, way, {
        onPart: onPart && ((part) => (touch(), onPart(part))),
        continues: parts !== undefined,
        sentAs: (id) => (requestId ??= id),
      })
      let call: ProgressiveCall | undefined
      const ask = (): Promise<unknown> => {
        if (parts === undefined) return client.call(uri, { argsList: [parcel] })
        call = client.progressiveCall(uri, { argsList: [parcel] })
        return call.result
      }
      const takeBack = (): void => {
        if (requestId === undefined || !session.isUp) return
        tap.forget(requestId)
        client.cancel(requestId, { mode: "killnowait" })
      }
      const received = settle(inSession(ask), uri, deadline, (given) => (touch = given))
      const send = (part: Payload, last: boolean): void =>
        call?.sendData({ argsList: [new Parcel(part, carriageOfPart(part, payload, way))] }, { progress: !last })
      const sending = parts && sendParts(parts, send, received)
      try {
        const answer = await (sending === undefined ? received : Promise.race([received, sending]))
        const { argsList, argsDict } = answer as Received
        return payloadOf(argsList, argsDict)
      } catch (error) {
        received.catch(() => undefined)
        // Whatever ended it: nothing of it is wanted any more, and the router may not know that yet.
        if (!(error instanceof WampError)) attempt(takeBack)
        throw wampError(error)
      }
    },

    async register(uri, match, handler, given = {}) {
      const keepsake: Keepsake = { type: "register", uri, match }
      const reserved = await joinFor(keepsake)
      let ended = false
      const invoked = async (received: Received): Promise<unknown> => {
        const open = tap.invocationOf(received.argsList)
        if (open === undefined || ended) throw { error: "wamp.error.runtime_error" }
        const way = await carriage()
        const answer = await handler(invocationOf(received, open, way)).then(
          (payload) => ({ argsList: [new Parcel(payload, way)] }),
          (error: unknown) => {
            // The client sends what is thrown as ERROR: never anything but our own words.
            const { uri: name, payload } =
              error instanceof WampError ? error : new WampError("wamp.error.runtime_error")
            return { error: name, argsList: [new Parcel(payload, way)] }
          },
        )
        // An answer to a call of a session that is over would break the next one.
        if (!session.isUp || tap.isOver(open)) return new Promise(() => undefined)
        if ("error" in answer) throw answer
        return answer
      }
      const { invoke } = given
      const ours = { ...(match === "exact" ? {} : { match }), ...(invoke === undefined ? {} : { invoke }) }
      const undo = (): Promise<void> => within(inSession(() => client.unregister(uri)).catch(notThere))
      tap.claim(uri)
      try {
        const settings = Object.keys(ours).length > 0 ? ours : undefined
        await confirmation(() => client.register(uri, invoked, settings), uri, reserved, undo)
      } catch (error) {
        tap.release(uri)
        throw error
      }
      const end = renewals.keep(keepsake, given, { undo, over: () => tap.release(uri) })
      return () => {
        ended = true
        return end()
      }
    },

    async publish(uri, payload, { timeoutMs = CONFIRMATION_TIMEOUT, signal, options: given } = {}) {
      const { way, deadline } = await join(uri, { timeoutMs, signal })
      const parcel = new Parcel(payload, way, given)
      await settle(
        inSession(() => client.publish(uri, { argsList: [parcel] })),
        uri,
        deadline,
      )
    },

    async subscribe(uri, match, handler, given = {}) {
      const keepsake: Keepsake = { type: "subscribe", uri, match }
      const reserved = await joinFor(keepsake)
      let ended = false
      const delivered = (event: Received): void => {
        if (!ended) handler(incoming(event, "topic"))
      }
      const undo = ({ subscriptionKey }: Subscribed): Promise<void> =>
        within(inSession(() => client.unsubscribe(subscriptionKey, delivered)).catch(notThere))
      tap.claimTopic(uri)
      let subscribed: Subscribed
      try {
        // No default in the options: wampy renews subscriptions by options, and validates URIs as patterns where one is given.
        const settings = subscribeOptions(match, given.retained)
        const ask = (): Promise<unknown> => client.subscribe(uri, delivered, settings)
        subscribed = await confirmation(ask as () => Promise<Subscribed>, uri, reserved, undo)
      } catch (error) {
        tap.releaseTopic(uri)
        throw error
      }
      const end = renewals.keep(keepsake, given, { undo: () => undo(subscribed), over: () => tap.releaseTopic(uri) })
      return () => {
        ended = true
        return end()
      }
    },
  }
}

interface Joined {
  readonly way: Carriage
  readonly deadline: Deadline
}

interface Subscribed {
  readonly subscriptionKey: string
}

/** Whether the client says that its connection is gone. */
function isLoss(error: unknown): boolean {
  return error instanceof Error && error.name === "WebsocketError"
}

/** What the router does not have needs no ending. */
function notThere(error: unknown): void {
  if (!(error instanceof WampError) || !/^wamp\.error\.no_such_(registration|subscription)$/.test(error.uri))
    throw error
}

function noSession(uri: string, timeoutMs: number): E2eeError {
  return new E2eeError("session.timeout", `${uri}: there was no session with a router for ${timeoutMs} ms; check it`)
}

function connectionLost(): E2eeError {
  return new E2eeError(
    "session.connection",
    "the session was lost before there was an answer; whether it was executed is not known",
  )
}

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // It was only a courtesy: the router may not know cancelling, or the session is over.
  }
}

function wrapInPlace(client: WampyClient, serializer: Serializer, tap?: Tap): Tap {
  const wrapped = wrapSerializer(serializer, tap)
  client.setOptions({ serializer: wrapped })
  return tapOf(wrapped) as Tap
}

function incoming({ details, argsList, argsDict }: Received, key: "procedure" | "topic"): Incoming {
  const uri = details?.[key]
  return { payload: payloadOf(argsList, argsDict), uri: typeof uri === "string" ? uri : undefined }
}

function invocationOf(received: Received, open: OpenInvocation, carriage: Carriage): Invocation {
  const sendPart = (part: Payload): void =>
    received.result_handler?.({ argsList: [new Parcel(part, carriage)], options: { progress: true } })
  return {
    ...incoming(received, "procedure"),
    signal: open.abort.signal,
    sendPart: open.receivesParts ? sendPart : undefined,
    parts: open.parts,
  }
}

/**
 * What dealer and broker announced, of a session that was open before the tap was there. The client checks that before it
 * looks at the payload, and refuses a payload that is none before it sends anything: its two errors tell, and nothing
 * goes out.
 */
async function probe(client: WampyClient): Promise<Carriage> {
  const options = { ppt_scheme: "wamp", ppt_serializer: "cbor" }
  const unsendable = { argsList: 1 }
  const announced = async (request: () => Promise<unknown>): Promise<boolean> =>
    request().then(
      () => false,
      (error: unknown) => error instanceof Error && error.name === "InvalidParamError",
    )
  const passthru =
    (await announced(() => client.call("e2ee.probe", unsendable, options))) &&
    (await announced(() => client.publish("e2ee.probe", unsendable, options)))
  return passthru ? "passthru" : "in-band"
}

/** The client's error for an ERROR message as ours, with what it carried; everything else is the connection's. */
function wampError(error: unknown): Error {
  if (error instanceof E2eeError || error instanceof WampError) return error
  const { errorUri, argsList, argsDict, message } = error as {
    errorUri?: unknown
    argsList?: unknown
    argsDict?: unknown
    message?: unknown
  }
  if (typeof errorUri === "string") return new WampError(errorUri, payloadOf(argsList, argsDict))
  return new E2eeError(
    "session.connection",
    `the WAMP client says: ${String(message)}; check the router and the session`,
    { cause: error },
  )
}
