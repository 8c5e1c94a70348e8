import { E2eeError } from "../core/errors.ts"
import { WampError, type CallOptions, type Connection, type Incoming, type Payload } from "../session/connection.ts"
import type { Match } from "../session/scope.ts"
import { Parcel, payloadOf } from "./carriage.ts"
import { wrapSerializer, WRAPPED, type Serializer } from "./wampy-serializer.ts"

export { tlsExporter } from "./tls-channel.ts"
export {
  cryptosign,
  type CryptosignOptions,
  type CryptosignSettings,
  type WampySerializer,
} from "./wampy-cryptosign.ts"

/** What is used of a client of wampy 8 (github.com/KSDaemon/wampy.js): its public interface alone. */
export interface WampyClient {
  call(uri: string, payload?: unknown, options?: object): Promise<unknown>
  publish(uri: string, payload?: unknown, options?: object): Promise<unknown>
  register(uri: string, handler: (call: Received) => unknown, options?: object): Promise<unknown>
  unregister(uri: string): Promise<unknown>
  subscribe(uri: string, handler: (event: Received) => unknown, options?: object): Promise<unknown>
  unsubscribe(subscription: string | number, handler?: (event: Received) => unknown): Promise<unknown>
  cancel(requestId: number, options?: object): unknown
  getOpStatus(): { reqId?: number }
  getOptions(): object
  setOptions(options: object): unknown
}

interface Received {
  readonly details?: Readonly<Record<string, unknown>>
  readonly argsList?: unknown
  readonly argsDict?: unknown
}

/** An endpoint's connection over an open session of a wampy client, which stays its user's for plain messages. */
export function wampy(client: WampyClient): Connection {
  /** The client chooses its serialiser anew when it reconnects: ours is put around it again where needed. */
  const ready = (): boolean => {
    const { serializer } = client.getOptions() as { serializer: Serializer }
    if (!(WRAPPED in serializer)) client.setOptions({ serializer: wrapSerializer(serializer) })
    return serializer.protocol === "json"
  }
  ready()

  const incoming = ({ details, argsList, argsDict }: Received, json: boolean, key: "procedure" | "topic"): Incoming => {
    const uri = details?.[key]
    return { payload: payloadOf(argsList, argsDict, json), uri: typeof uri === "string" ? uri : undefined }
  }

  return {
    passthru: probe(client),

    async call(uri, payload, options) {
      const json = ready()
      const request = client.call(uri, { argsList: [new Parcel(payload)] })
      const requestId = client.getOpStatus().reqId
      const received = await settle(request, uri, options, () => {
        if (requestId !== undefined) client.cancel(requestId, { mode: "skip" })
      }).catch((error: unknown) => {
        throw wampError(error, json)
      })
      const { argsList, argsDict } = received as Received
      return payloadOf(argsList, argsDict, json)
    },

    async register(uri, match, handler) {
      const json = ready()
      const invoked = async (invocation: Received): Promise<unknown> => {
        try {
          return { argsList: [new Parcel(await handler(incoming(invocation, json, "procedure")))] }
        } catch (error) {
          // The client sends what is thrown as ERROR: never anything but our own words.
          const { uri: name, payload } = error instanceof WampError ? error : new WampError("wamp.error.runtime_error")
          throw { error: name, argsList: [new Parcel(payload)] }
        }
      }
      await confirmed(client.register(uri, invoked, matchOption(match)), uri).catch((error: unknown) => {
        throw wampError(error, json)
      })
      return () => within(client.unregister(uri))
    },

    async publish(uri, payload) {
      const json = ready()
      await confirmed(client.publish(uri, { argsList: [new Parcel(payload)] }), uri).catch((error: unknown) => {
        throw wampError(error, json)
      })
    },

    async subscribe(uri, match, handler) {
      const json = ready()
      const delivered = (event: Received): void => handler(incoming(event, json, "topic"))
      const subscription = (await confirmed(client.subscribe(uri, delivered, matchOption(match)), uri).catch(
        (error: unknown) => {
          throw wampError(error, json)
        },
      )) as { subscriptionId: number }
      return () => within(client.unsubscribe(subscription.subscriptionId, delivered))
    },
  }
}

/** Milliseconds that a router has to confirm an ending: a dead one must not keep anybody from closing. */
const ENDING_TIMEOUT = 5_000

async function within(ending: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ENDING_TIMEOUT)))
  await Promise.race([ending, late]).finally(() => clearTimeout(timer))
}

/** No default in the options: wampy renews subscriptions by options, and validates URIs as patterns where one is given. */
function matchOption(match: Match): { match: Match } | undefined {
  return match === "exact" ? undefined : { match }
}

/** Milliseconds that a router has to confirm a registration, subscription or publication. */
const CONFIRMATION_TIMEOUT = 30_000

function confirmed<T>(request: Promise<T>, uri: string): Promise<T> {
  return settle(request, uri, { timeoutMs: CONFIRMATION_TIMEOUT }, () => undefined)
}

/** The call's answer, or a coded error at the deadline or on cancellation; the request is then taken back. */
function settle<T>(
  request: Promise<T>,
  uri: string,
  { timeoutMs, signal }: CallOptions,
  takeBack: () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (error: E2eeError): void => {
      stop()
      try {
        takeBack()
      } catch {
        // The router does not know cancelling, or answered in the same moment: the deadline stands.
      }
      reject(error)
    }
    const onAbort = (): void =>
      end(new E2eeError("session.cancelled", `the call of ${uri} was cancelled by its caller`))
    const timer = setTimeout(
      () => end(new E2eeError("session.timeout", `no answer of ${uri} within ${timeoutMs} ms`)),
      timeoutMs,
    )
    const stop = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener("abort", onAbort)
    }
    signal?.addEventListener("abort", onAbort, { once: true })
    if (signal?.aborted) onAbort()
    request.then(resolve, reject).finally(stop)
  })
}

/**
 * Whether dealer and broker announced passthru. The client checks that before it looks at the payload, and refuses a
 * payload that is none before it sends anything: its two errors tell, and nothing goes out.
 */
async function probe(client: WampyClient): Promise<boolean> {
  const options = { ppt_scheme: "wamp", ppt_serializer: "cbor" }
  const unsendable = { argsList: 1 }
  const announced = async (request: () => Promise<unknown>): Promise<boolean> =>
    request().then(
      () => false,
      (error: unknown) => error instanceof Error && error.name === "InvalidParamError",
    )
  return (
    (await announced(() => client.call("e2ee.probe", unsendable, options))) &&
    (await announced(() => client.publish("e2ee.probe", unsendable, options)))
  )
}

/** The client's error for an ERROR message as ours, with what it carried; everything else is the connection's. */
function wampError(error: unknown, json: boolean): Error {
  if (error instanceof E2eeError) return error
  const { errorUri, argsList, argsDict, message } = error as {
    errorUri?: unknown
    argsList?: unknown
    argsDict?: unknown
    message?: unknown
  }
  if (typeof errorUri === "string") {
    const payload: Payload = payloadOf(argsList, argsDict, json)
    return new WampError(errorUri, payload)
  }
  return new E2eeError(
    "session.connection",
    `the WAMP client says: ${String(message)}; check the router and the session`,
    { cause: error },
  )
}
