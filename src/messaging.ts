import type { Address } from "./core/address.ts"
import { asE2eeError, E2eeError } from "./core/errors.ts"
import { KIND } from "./payload/frame.ts"
import { answer, type CallFacilities } from "./session/messages/callee.ts"
import { call } from "./session/messages/caller.ts"
import { WampError, type Carriage, type Connection, type Deadline, type Invoke } from "./session/connection.ts"
import type { Party } from "./session/messages/party.ts"
import { Kept } from "./session/kept.ts"
import { fromArguments } from "./session/messages/result.ts"
import { requireScope, type Match, type Scope } from "./session/scope.ts"
import type { Arguments, Opened } from "./session/messages/sealing.ts"
import { settle } from "./session/settle.ts"
import { EventQueue } from "./session/messages/subscriber.ts"

export type Kwargs = Readonly<Record<string, unknown>>

/** What a handler of calls learns and may do beside its arguments. */
export interface CallDetails {
  /** Aborted when the caller cancels, its router gives the call up, or the session is lost: nobody waits for an answer. */
  readonly signal: AbortSignal
  /** Sends a part of the result ahead of its end; undefined where the caller did not ask for parts. */
  readonly progress: ((args?: readonly unknown[], kwargs?: Kwargs) => void) | undefined
  /** Further arguments of a progressive call, as they come; undefined where it is none. */
  readonly input: AsyncIterable<Arguments> | undefined
}

/** What it returns goes back sealed: one value, a `Result`, or a promise of either; an `ApplicationError` it throws, too. */
export type CallHandler<Details> = (args: readonly unknown[], kwargs: Kwargs, details: Details & CallDetails) => unknown
export type EventHandler<Details> = (args: readonly unknown[], kwargs: Kwargs, details: Details) => unknown

export interface CallSettings<Details> {
  readonly kwargs?: Kwargs
  /**
   * Milliseconds until `session.timeout`, anew with each part of a progressive result. Default 30,000. A call is never
   * repeated once it may have been executed.
   */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Asks for progressive results: told of each part, one after another. The call still resolves to the end. */
  readonly onProgress?: (args: readonly unknown[], kwargs: Kwargs, details: Details) => unknown
  /**
   * Further arguments, each a list, a `Result` or one value, sent as they come: a progressive call. Needs a router and a
   * client that know progressive call invocations, else `session.unsupported`.
   */
  readonly input?: AsyncIterable<unknown> | Iterable<unknown>
  /** Address of the delegate that is to take the call, in a scope with `replay: "pinned"` that has several callees. */
  readonly callee?: Address
}

export interface PublishSettings {
  readonly kwargs?: Kwargs
  /** Milliseconds until `session.timeout`. Default 30,000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Has the router keep the event for later subscribers; the scope needs `historyEpochs`. */
  readonly retain?: boolean
  /** PUBLISH.Options for the broker, in the clear: `eligible_authrole` or `exclude`, for example. */
  readonly options?: Readonly<Record<string, unknown>>
}

export interface RegisterSettings {
  readonly match?: Match
  /** How the router spreads calls over the endpoints that register the same. Default `single`: there is one alone. */
  readonly invoke?: Invoke
}

/** Calls and events inside protected scopes. */
export interface Messaging<Details> {
  /** Calls a procedure; resolves to what a verified callee returned: the one value, or a `Result`. */
  call(uri: string, args?: readonly unknown[], settings?: CallSettings<Details>): Promise<unknown>
  /** {@link call} with everything that is known of the answer. */
  callDetailed(
    uri: string,
    args?: readonly unknown[],
    settings?: CallSettings<Details>,
  ): Promise<Arguments & { readonly details: Details }>
  /** Registers a procedure; resolves to what unregisters it. After a loss of the session it is registered again. */
  register(uri: string, handler: CallHandler<Details>, settings?: RegisterSettings): Promise<() => Promise<void>>
  /** Publishes an event; resolves when the router has it. */
  publish(uri: string, args?: readonly unknown[], settings?: PublishSettings): Promise<void>
  /** Subscribes to a topic; resolves to what unsubscribes. After a loss of the session it is subscribed again. */
  subscribe(
    uri: string,
    handler: EventHandler<Details>,
    settings?: { readonly match?: Match },
  ): Promise<() => Promise<void>>
  /** How sealed payloads cross the router of the present session. */
  carriage(): Promise<Carriage>
  /** Ends registrations and subscriptions and overwrites all keys. The WAMP session stays the caller's. */
  close(): Promise<void>
}

const CALL_TIMEOUT = 30_000

/** The one way in which calls and events are made, whatever seals them. */
export function messagingOver<Sender, Details>(parts: {
  readonly connection: Connection
  readonly scopes: readonly Scope[]
  readonly party: (scope: Scope) => Party<Sender>
  readonly details: (opened: Opened<Sender>, uri: string) => Details
  readonly close: () => Promise<void>
}): Messaging<Details> {
  const { connection, scopes, details } = parts
  const kept = new Set<Kept>()
  let closed = false

  const enter = <T>(work: () => Promise<T>): Promise<T> => {
    if (closed) return Promise.reject(new E2eeError("session.closed", "the endpoint is closed; create another"))
    return work().catch((error: unknown) => {
      throw error instanceof WampError
        ? refusal(error)
        : asE2eeError(error, "session.connection", "the WAMP client failed")
    })
  }
  const partyOf = (uri: string, match: Match = "exact"): Party<Sender> => parts.party(requireScope(scopes, uri, match))

  /** Keeps what was registered or subscribed until it is ended, or the endpoint closed. */
  const keep = async (party: Party<Sender>, what: string, make: ConstructorParameters<typeof Kept>[0]) => {
    const told = (error: unknown): void =>
      void party.refuse(asE2eeError(error, "session.connection", `${what} was lost`), what)
    const one = new Kept(make, told)
    await one.start()
    if (closed) {
      await one.end()
      throw new E2eeError("session.closed", "the endpoint was closed meanwhile")
    }
    kept.add(one)
    return async (): Promise<void> => {
      if (!kept.delete(one)) return
      await one.end().catch((error: unknown) => {
        throw asE2eeError(error, "session.connection", `the ${what} could not be ended`)
      })
    }
  }

  const callDetailed: Messaging<Details>["callDetailed"] = (uri, args = [], settings = {}) =>
    enter(async () => {
      const { kwargs = {}, timeoutMs = CALL_TIMEOUT, signal, onProgress, input, callee } = settings
      const opened = await call(
        partyOf(uri),
        uri,
        { args, kwargs },
        {
          timeoutMs,
          signal,
          input,
          callee,
          onPart: onProgress && ((part) => onProgress(part.args, part.kwargs, details(part, uri))),
        },
      )
      return { args: opened.args, kwargs: opened.kwargs, details: details(opened, uri) }
    })

  return {
    callDetailed,
    call: async (uri, args, settings) => fromArguments(await callDetailed(uri, args, settings)),
    register: (uri, handler, { match = "exact", invoke = "single" } = {}) =>
      enter(async () => {
        const party = partyOf(uri, match)
        await party.join("callee")
        const invoked = (opened: Opened<Sender>, facilities: CallFacilities<Sender>): unknown =>
          handler(opened.args, opened.kwargs, { ...details(opened, facilities.uri), ...callDetails(facilities) })
        return keep(party, `registration of ${uri}`, (lost) =>
          connection.register(uri, match, (invocation) => answer(party, { uri, match }, invocation, invoked), {
            lost,
            ...(invoke === "single" ? {} : { invoke }),
          }),
        )
      }),
    publish: (uri, args = [], { kwargs = {}, timeoutMs = CALL_TIMEOUT, signal, retain = false, options = {} } = {}) =>
      enter(async () => {
        const party = partyOf(uri)
        const deadline: Deadline = { timeoutMs, signal }
        await settle(party.prepare("publisher"), `the key agent for ${uri}`, deadline)
        const { attributes, payload } = party.seal({ args, kwargs }, { kind: KIND.event, uri, retained: retain })
        await connection.publish(
          uri,
          { sealed: true, attributes, payload },
          {
            ...deadline,
            options: retain ? { ...options, retain: true } : options,
          },
        )
      }),
    subscribe: (uri, handler, { match = "exact" } = {}) =>
      enter(async () => {
        const party = partyOf(uri, match)
        await party.join("subscriber")
        const queue = new EventQueue(party, { uri, match }, (opened, topic) =>
          handler(opened.args, opened.kwargs, details(opened, topic)),
        )
        return keep(party, `subscription of ${uri}`, (lost) =>
          connection.subscribe(uri, match, (event) => queue.push(event), { lost, retained: party.keepsHistory }),
        )
      }),
    carriage: async () => connection.carriage,
    close: async () => {
      if (closed) return
      closed = true
      await Promise.allSettled([...kept].map((one) => one.end()))
      await parts.close()
    },
  }
}

function callDetails<Sender>({ signal, progress, input }: CallFacilities<Sender>): CallDetails {
  return {
    signal,
    progress: progress && ((args = [], kwargs = {}) => progress({ args, kwargs })),
    input: input && argumentsOf(input),
  }
}

function refusal(error: WampError): E2eeError {
  return new E2eeError("session.router_error", `the router says ${error.uri}`, { cause: error })
}

async function* argumentsOf<Sender>(input: AsyncIterable<Opened<Sender>>): AsyncGenerator<Arguments> {
  for await (const { args, kwargs } of input) yield { args, kwargs }
}
