import { E2eeError, isE2eeError } from "../../core/errors.ts"
import {
  AGENT_BUSY,
  AGENT_UNSURE,
  GRANT_MALFORMED,
  says,
  WampError,
  type Incoming,
  type Invocation,
  type Payload,
} from "../connection.ts"
import type { SessionContext } from "../context.ts"
import { backOff } from "../kept.ts"
import { announcementUri, grantUri, type Scope } from "../scope.ts"
import { SelfCall } from "./self-call.ts"

/** Milliseconds that a key agent has to answer. */
const GRANT_TIMEOUT = 10_000
/** How often an agent that cannot judge is asked again. */
const MAX_UNSURE = 3
/** The wire between a scope's members and its key agent: procedure and topic, neither of which is sealed. */
export class AgentLine {
  readonly #context: SessionContext
  readonly #scope: Scope
  readonly #selfCall: SelfCall
  readonly #refused: (error: unknown, where: string) => void
  #listening: Promise<() => Promise<void>> | undefined
  #closed = false

  /** @param refused told of errors that are nobody's return value */
  constructor(context: SessionContext, scope: Scope, refused: (error: unknown, where: string) => void) {
    this.#context = context
    this.#scope = scope
    this.#refused = refused
    this.#selfCall = new SelfCall(context.connection, grantUri(scope), context.random)
  }

  /**
   * One question to the agent. One that has too much to do is asked again, later and later, for half the time after which
   * it would take the question for an old one. Throws `keys.no_agent` where nobody answers, or nobody who can read it.
   */
  async ask(request: Uint8Array): Promise<Uint8Array> {
    const { clock, skewMs, timers } = this.#context
    const until = clock() + skewMs / 2
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#askOnce(request, { busy: clock() < until, unsure: attempt < MAX_UNSURE })
      if (answer !== undefined) return answer
      await new Promise<void>((resolve) => timers.after(backOff(attempt, Math.random), resolve))
      if (this.#closed) throw new E2eeError("session.closed", "the endpoint is closed")
    }
  }

  /** Undefined where the agent is busy or unsure, and may be asked again. */
  async #askOnce(
    request: Uint8Array,
    again: { readonly busy: boolean; readonly unsure: boolean },
  ): Promise<Uint8Array | undefined> {
    const uri = grantUri(this.#scope)
    let payload: Payload
    try {
      payload = await this.#context.connection.call(uri, plain(request), { timeoutMs: GRANT_TIMEOUT })
    } catch (error) {
      if (again.busy && error instanceof WampError && says(error, AGENT_BUSY)) return undefined
      if (again.unsure && error instanceof WampError && says(error, AGENT_UNSURE)) return undefined
      if (isE2eeError(error, "session.timeout")) throw noAgent(uri, "nobody answered in time", error)
      if (error instanceof WampError && says(error, GRANT_MALFORMED)) throw new OtherAgent(uri, error)
      if (error instanceof WampError) throw noAgent(uri, `the router says ${error.uri}`, error)
      throw error
    }
    const bytes = soleBytes(payload)
    if (bytes === undefined) throw new E2eeError("keys.grant_malformed", `the answer of ${uri} is no byte string`)
    return bytes
  }

  /** Registers the procedure, for one who answers questions. Undefined where another has it. */
  async register(
    answer: (question: Uint8Array) => Promise<Uint8Array>,
    told: { readonly lost: (error: unknown) => void; readonly renewed: () => void },
  ): Promise<(() => Promise<void>) | undefined> {
    const handler = async (invocation: Invocation): Promise<Payload> => {
      const own = this.#selfCall.answer(invocation)
      if (own !== undefined) return own
      const question = soleBytes(invocation.payload)
      if (question === undefined) throw new WampError(GRANT_MALFORMED)
      return plain(await answer(question))
    }
    try {
      return await this.#context.connection.register(grantUri(this.#scope), "exact", handler, told)
    } catch (error) {
      if (error instanceof WampError && error.uri === "wamp.error.procedure_already_exists") return undefined
      throw error
    }
  }

  /** Whether what was registered is what others reach. */
  comesHere(): Promise<boolean> {
    return this.#selfCall.comesHere()
  }

  /** Once: control messages come as events from then on, so that nobody has to ask. */
  listen(control: (bytes: Uint8Array) => void): void {
    if (this.#listening !== undefined || this.#closed) return
    const again = (): void => {
      this.#listening = undefined
      this.listen(control)
    }
    const taken = ({ payload }: Incoming): void => {
      const bytes = soleBytes(payload)
      if (bytes !== undefined && !this.#closed) control(bytes)
    }
    this.#listening = this.#context.connection.subscribe(announcementUri(this.#scope), "exact", taken, {
      lost: () => this.#context.timers.after(1_000, again),
    })
    this.#listening.catch((error: unknown) => {
      this.#listening = undefined
      this.#refused(error, `control messages of ${this.#scope.uri}`)
    })
  }

  publish(control: Uint8Array): void {
    this.#context.connection
      .publish(announcementUri(this.#scope), plain(control))
      .catch((error: unknown) => this.#refused(error, `control message of ${this.#scope.uri}`))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#listening?.then((end) => end())
  }
}

function plain(bytes: Uint8Array): Payload {
  return { sealed: false, args: [bytes], kwargs: {} }
}

function soleBytes(payload: Payload): Uint8Array | undefined {
  const item: unknown = payload.sealed ? undefined : payload.args[0]
  return item instanceof Uint8Array ? item : undefined
}

function noAgent(uri: string, why: string, cause: unknown): E2eeError {
  return new E2eeError(
    "keys.no_agent",
    `no key agent answers ${uri} (${why}); start a callee or publisher of the scope first`,
    { cause },
  )
}

/** The agent there cannot read what was asked of another, or of another version. */
export class OtherAgent extends E2eeError {
  override readonly name = "OtherAgent"

  constructor(uri: string, cause: unknown) {
    super(
      "keys.no_agent",
      `the key agent at ${uri} cannot read the request; both sides need the same version, scope, serialiser and cipher`,
      { cause },
    )
  }
}
