import { encodeJson } from "../core/json.ts"
import { E2eeError } from "../core/errors.ts"
import type { SerializerName } from "../core/wire/serializers.ts"
import { requirePlain } from "../payload/plain.ts"
import { WampError, type Carriage, type Connection, type Incoming } from "../session/connection.ts"
import { Failure, tapOf, tappedSerializers, type AutobahnSerializer } from "./autobahn-serializer.ts"
import { Sessions, type AutobahnClient, type Handler, type Procedure, type Transport } from "./autobahn-session.ts"
import { CallParcel, Parcel, payloadOf, subscribeOptions, type AdapterOptions } from "./carriage.ts"
import { carriageOfPart, noContinuation, sendParts } from "./parts.ts"
import { CONFIRMATION_TIMEOUT } from "./settle.ts"
import type { Tap } from "./tap.ts"

export {
  cryptosign,
  type AutobahnCryptosignOptions as CryptosignOptions,
  type AutobahnCryptosignSettings as CryptosignSettings,
} from "./autobahn-cryptosign.ts"
export type { AdapterOptions, AutobahnClient, AutobahnSerializer, SerializerName }

const CALL = 48

/**
 * For `new autobahn.Connection({ url, realm, serializers: serializers() })`, one call for each client: WAMP's json,
 * msgpack and cbor in the order given, which the router may choose from. Default msgpack, cbor, json: bytes cost a third
 * more in JSON. Throws `usage.invalid` for a name that is none.
 */
export function serializers(...names: SerializerName[]): AutobahnSerializer[] {
  return tappedSerializers(names.length > 0 ? names : ["msgpack", "cbor", "json"])
}

/**
 * The connection over a client of autobahn-js 26 whose session is open, to be made once for all its sessions. Throws
 * `usage.invalid` when there is no session yet, or its serialiser is not one of {@link serializers}.
 */
export function autobahn(client: AutobahnClient, options: AdapterOptions = {}): Connection {
  const tap = tapOfClient(client)
  const sessions = new Sessions(client, tap)
  const carriage = (): Carriage => options.carriage ?? tap.carriage ?? "in-band"

  return {
    get carriage() {
      return carriage()
    },

    async call(uri, payload, { timeoutMs, signal, onPart, parts }) {
      let touch = (): void => undefined
      let fail = (_error: unknown): void => undefined
      let takeBack = (): void => undefined
      const failed = new Promise<never>((_resolve, reject) => (fail = reject))
      const received: Promise<unknown> = sessions.request(
        uri,
        { timeoutMs, signal },
        (session) => {
          if (parts !== undefined && !tap.canContinue) throw noContinuation()
          let request: number | undefined
          const way = carriage()
          const parcel = new CallParcel(payload, way, {
            onPart: onPart && ((part) => (touch(), onPart(part))),
            continues: parts !== undefined,
            sentAs: (id) => (request = id),
          })
          const result = session.call(uri, [parcel]) as CancellablePromise
          takeBack = () => {
            if (request === undefined || !sessions.isPresent(session)) return
            tap.forget(request)
            if (tap.canInterrupt) result.cancel({ mode: "killnowait" })
          }
          if (parts !== undefined) {
            // The client's own `call` would make another call of it.
            const transport = client.transport as Transport
            const send = (part: Parcel["payload"], last: boolean): void => {
              if (sessions.isPresent(session))
                transport.send([
                  CALL,
                  request,
                  { progress: !last },
                  uri,
                  [new Parcel(part, carriageOfPart(part, payload, way))],
                ])
            }
            sendParts(parts, send, received).catch(fail)
          }
          return result
        },
        (given) => (touch = given),
      )
      try {
        return payloadOf([await Promise.race([received, failed])], undefined)
      } catch (error) {
        received.catch(() => undefined)
        // Whatever ended it: nothing of it is wanted any more, and the router may not know that yet.
        if (!(error instanceof WampError)) takeBack()
        throw error
      }
    },

    async register(uri, match, handler, { invoke, lost = () => undefined, renewed = () => undefined } = {}) {
      const invoked: Procedure = async (args, _kwargs, details = {}) => {
        const open = tap.invocationOf(args)
        const way = carriage()
        if (open === undefined) return new Failure("wamp.error.runtime_error", EMPTY, way)
        const { progress } = details
        const answer = await handler({
          ...incoming(args, details.procedure),
          signal: open.abort.signal,
          sendPart: open.receivesParts && progress ? (part) => progress([new Parcel(part, way)]) : undefined,
          parts: open.parts,
        }).then(
          (payload) => new Parcel(payload, way),
          (error: unknown) =>
            // Never anything but our own words.
            error instanceof WampError
              ? new Failure(error.uri, error.payload, way)
              : new Failure("wamp.error.runtime_error", EMPTY, way),
        )
        // An answer to a call of a session that is over would be taken for one of the next.
        return tap.isOver(open) ? new Promise(() => undefined) : answer
      }
      tap.claim(uri)
      try {
        const end = await sessions.keep({
          uri,
          begin: (session) =>
            session.register(uri, invoked, {
              ...(match === "exact" ? {} : { match }),
              ...(invoke === undefined ? {} : { invoke }),
            }),
          end: (session, registration) => session.unregister(registration as never),
          revoked: (registration) => (registration as { on_unregister: PromiseLike<unknown> }).on_unregister,
          lost: (error) => {
            tap.release(uri)
            lost(error)
          },
          renewed,
        })
        return async () => {
          await end()
          tap.release(uri)
        }
      } catch (error) {
        tap.release(uri)
        throw error
      }
    },

    async publish(uri, payload, { timeoutMs = CONFIRMATION_TIMEOUT, signal, options: given = {} } = {}) {
      requireOptions(given)
      await sessions.request(uri, { timeoutMs, signal }, async (session) => {
        const acknowledge = { acknowledge: true }
        const parcel = new Parcel(payload, carriage(), { ...given, ...acknowledge })
        await session.publish(uri, [parcel], undefined, acknowledge)
      })
    },

    async subscribe(uri, match, handler, { lost = () => undefined, renewed = () => undefined, retained } = {}) {
      const delivered: Handler = (args, kwargs, event) => handler(incoming(args, event?.topic, kwargs))
      return sessions.keep({
        uri,
        begin: (session) => session.subscribe(uri, delivered, subscribeOptions(match, retained) ?? {}),
        end: (session, subscription) => session.unsubscribe(subscription as never),
        revoked: (subscription) => (subscription as { on_unsubscribe: PromiseLike<unknown> }).on_unsubscribe,
        lost,
        renewed,
      })
    },
  }
}

type CancellablePromise = PromiseLike<unknown> & { cancel(options: object): void }

const EMPTY = { sealed: false, args: [], kwargs: {} } as const

function tapOfClient(client: AutobahnClient): Tap {
  const tap = tapOf((client.transport as Partial<Transport>).serializer)
  if (tap !== undefined && client.isOpen) return tap
  throw new E2eeError(
    "usage.invalid",
    client.isOpen
      ? "the client's serialiser is another's; pass `serializers: serializers()` to its Connection"
      : "the client has no open session; wait for its `onopen`",
  )
}

function incoming(args: unknown, uri: unknown, kwargs?: unknown): Incoming {
  return { payload: payloadOf(args, kwargs), uri: typeof uri === "string" ? uri : undefined }
}

/** What cannot be written would be thrown where nothing catches it. */
function requireOptions(options: Readonly<Record<string, unknown>>): void {
  try {
    requirePlain(options)
    encodeJson(options)
  } catch (error) {
    throw new E2eeError("usage.invalid", `options of a publication cannot be sent: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
