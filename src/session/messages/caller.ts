import type { Address } from "../../core/address.ts"
import { asE2eeError, E2eeError, isE2eeError } from "../../core/errors.ts"
import { KIND } from "../../payload/frame.ts"
import { ApplicationError } from "./application-error.ts"
import { says, UNKNOWN_KEY, WampError, type Deadline, type Payload } from "../connection.ts"
import type { Party } from "./party.ts"
import { toArguments } from "./result.ts"
import { settle } from "../settle.ts"
import type { Arguments, Opened, Sealed } from "./sealing.ts"

export interface CallSettings<Sender> extends Deadline {
  /** The one callee that is meant, in a scope that pins its calls. */
  readonly callee?: Address | undefined
  /** Told of each part of the result, one after another. */
  readonly onPart?: ((part: Opened<Sender>) => unknown) | undefined
  /** Further arguments, each a list, a `Result` or one value, sent as they come. */
  readonly input?: AsyncIterable<unknown> | Iterable<unknown> | undefined
}

/** Parts of a result that wait to be opened or for the application, at most. */
const MAX_WAITING = 1_024

/** The callee's word, or a router's in its name, that it could not open the call, and so did not execute it. */
class CalleeLacksKey extends E2eeError {
  override readonly name = "CalleeLacksKey"

  constructor(uri: string, cause: unknown) {
    super("keys.unknown_key", `the callee of ${uri} holds no key for this call`, { cause })
  }
}

/** Calls a procedure: keys first, then one sealed CALL, then an answer that must be to this very call. */
export async function call<Sender>(
  party: Party<Sender>,
  uri: string,
  payload: Arguments,
  settings: CallSettings<Sender>,
): Promise<Opened<Sender>> {
  const deadline = party.clock() + settings.timeoutMs
  const { input } = settings
  const attempt = async (): Promise<{ sealed: Sealed; answer: Promise<Opened<Sender>> }> => {
    if (settings.signal?.aborted) throw new E2eeError("session.cancelled", `the call of ${uri} was cancelled`)
    const forKeys = { timeoutMs: Math.max(0, deadline - party.clock()), signal: settings.signal }
    await settle(party.prepare("caller", settings.callee), `the key agent for ${uri}`, forKeys)
    const sealed = party.seal(payload, { kind: KIND.call, uri, more: input !== undefined, callee: settings.callee })
    const timeoutMs = deadline - party.clock()
    if (timeoutMs <= 0) throw new E2eeError("session.timeout", `no keys for ${uri} within ${settings.timeoutMs} ms`)
    return { sealed, answer: ask(party, uri, sealed, { ...settings, timeoutMs }) }
  }
  const { sealed, answer } = await attempt()
  try {
    return await answer
  } catch (error) {
    // Once, and only under other keys: the callee cannot have opened, let alone executed, what it has no key for. Any
    // other failure may have come after the handler ran. What was read of the input is gone.
    if (!(error instanceof CalleeLacksKey) || input !== undefined || !(await party.renew(sealed))) throw error
    return (await attempt()).answer
  }
}

async function ask<Sender>(
  party: Party<Sender>,
  uri: string,
  sealed: Sealed,
  { onPart, input, timeoutMs, signal }: CallSettings<Sender>,
): Promise<Opened<Sender>> {
  const reader = onPart && new PartReader(party, uri, sealed, onPart)
  const message: Payload = { sealed: true, attributes: sealed.attributes, payload: sealed.payload }
  const signals = [signal, reader?.failed].filter((one) => one !== undefined)
  try {
    const answer = await party.connection.call(uri, message, {
      timeoutMs,
      signal: signals.length < 2 ? signals[0] : AbortSignal.any(signals),
      onPart: reader && ((part) => reader.push(part)),
      parts: input && partsOf(party, uri, sealed, input),
    })
    const parts = (await reader?.drained()) ?? 0
    return await openAnswer(party, uri, sealed, answer, parts)
  } catch (error) {
    if (reader?.failure !== undefined) throw reader.failure
    if (!(error instanceof WampError)) throw error
    await reader?.drained()
    throw await openError(party, uri, sealed, error)
  }
}

/** Opens the parts of a result one after another; the first that fails ends the call. */
class PartReader<Sender> {
  readonly #party: Party<Sender>
  readonly #uri: string
  readonly #request: Sealed
  readonly #deliver: (part: Opened<Sender>) => unknown
  readonly #abort = new AbortController()
  #tail: Promise<void> = Promise.resolve()
  #waiting = 0
  #parts = 0
  failure: E2eeError | undefined

  constructor(party: Party<Sender>, uri: string, request: Sealed, deliver: (part: Opened<Sender>) => unknown) {
    this.#party = party
    this.#uri = uri
    this.#request = request
    this.#deliver = deliver
  }

  get failed(): AbortSignal {
    return this.#abort.signal
  }

  push(payload: Payload): void {
    if (this.failure !== undefined) return
    if (++this.#waiting > MAX_WAITING)
      return this.#fail(new E2eeError("payload.too_large", `more than ${MAX_WAITING} parts of ${this.#uri} wait`))
    this.#tail = this.#tail.then(() => this.#read(payload)).finally(() => this.#waiting--)
  }

  /** How many parts were delivered, when all have been. Throws what refused one. */
  async drained(): Promise<number> {
    await this.#tail
    if (this.failure !== undefined) throw this.failure
    return this.#parts
  }

  async #read(payload: Payload): Promise<void> {
    if (this.failure !== undefined) return
    try {
      if (!payload.sealed) throw plaintext(this.#uri, "part of a result")
      const { correlation } = this.#request
      const place = { kind: KIND.result, uri: this.#uri, correlation, part: this.#parts, more: true }
      const opened = await this.#party.open("caller", payload, place)
      this.#parts++
      await this.#deliver(opened)
    } catch (error) {
      this.#fail(this.#party.refuse(error, `part of a result of ${this.#uri}`))
    }
  }

  #fail(error: E2eeError): void {
    this.failure = error
    this.#abort.abort()
  }
}

/** Seals further parts of a call as they come; the last one, empty, tells the callee that there are no more. */
async function* partsOf<Sender>(
  party: Party<Sender>,
  uri: string,
  { correlation }: Sealed,
  input: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<{ payload: Payload; last: boolean }> {
  let part = 1
  const sealPart = async (content: Arguments, last: boolean): Promise<{ payload: Payload; last: boolean }> => {
    await party.prepare("caller")
    const sealed = party.seal(content, { kind: KIND.call, uri, correlation, part: part++, more: !last })
    return { payload: { sealed: true, attributes: sealed.attributes, payload: sealed.payload }, last }
  }
  try {
    for await (const item of input) {
      const content = Array.isArray(item) ? { args: item as unknown[], kwargs: {} } : toArguments(item)
      yield await sealPart(content, false)
    }
  } catch (error) {
    throw asE2eeError(error, "session.cancelled", `the input of the call of ${uri} failed`)
  }
  yield await sealPart({ args: [], kwargs: {} }, true)
}

async function openAnswer<Sender>(
  party: Party<Sender>,
  uri: string,
  { correlation }: Sealed,
  answer: Payload,
  parts: number,
): Promise<Opened<Sender>> {
  if (!answer.sealed) throw plaintext(uri, "result")
  if (party.isError(answer, uri)) throw await openSealedError(party, uri, correlation, answer)
  try {
    return await party.open("caller", answer, { kind: KIND.result, uri, correlation, part: parts, more: false })
  } catch (error) {
    // Its keys may have come with the pull that this just made.
    if (!isE2eeError(error, "keys.unknown_key") || !party.isError(answer, uri)) throw error
    throw await openSealedError(party, uri, correlation, answer)
  }
}

/** A sealed ERROR is the callee's own word; a plain one may be the router's, and is marked so. */
async function openError<Sender>(
  party: Party<Sender>,
  uri: string,
  { correlation }: Sealed,
  error: WampError,
): Promise<E2eeError> {
  if (!error.payload.sealed) {
    // Anybody could have said it.
    if (says(error, UNKNOWN_KEY)) return new CalleeLacksKey(uri, error)
    return new E2eeError(
      "session.router_error",
      `${uri}: ${error.uri}, said by the router or on its way, not by a verified callee`,
      { cause: error },
    )
  }
  return openSealedError(party, uri, correlation, error.payload, error.uri)
}

/** @param outside the URI that an ERROR had in the clear; where the error came as a result, it has none there */
async function openSealedError<Sender>(
  party: Party<Sender>,
  uri: string,
  correlation: Uint8Array,
  payload: Payload & { readonly sealed: true },
  outside?: string,
): Promise<E2eeError> {
  try {
    const opened = await party.open("caller", payload, { kind: KIND.error, uri, correlation, error: outside })
    return new ApplicationError(opened.error ?? "", opened.args, opened.kwargs)
  } catch (refusal) {
    return party.refuse(refusal, `error of ${uri}`)
  }
}

function plaintext(uri: string, what: string): E2eeError {
  return new E2eeError(
    "payload.plaintext_forbidden",
    `an unprotected ${what} of ${uri} arrived; it is inside a protected scope and was dropped`,
  )
}
