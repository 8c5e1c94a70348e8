import { CODE, ProtocolViolation } from "./messages.ts"
import type { Call, Cancel, DealerMessage, Dict, InvocationError, WireMessage, Yield } from "./messages.ts"
import { choice, flag, milliseconds } from "./options.ts"
import { mayReceive, passthru } from "./passthru.ts"
import { canBeInterrupted } from "./peer.ts"
import type { Outgoing, Peer } from "./peer.ts"
import type { Registrations } from "./registrations.ts"
import { isUri } from "./uri.ts"

/** A call that has no final answer yet. */
interface OpenCall {
  readonly caller: Peer
  /** The caller's number of it. */
  readonly request: number
  readonly procedure: string
  readonly callee: Peer
  /** The callee's number of it. */
  readonly invocation: number
  readonly registration: number
  /** INVOCATION.Details of every part of a progressive invocation, the passthru attributes among them. */
  readonly details: Dict
  /** Whether the caller asked for progressive results. */
  readonly wantsProgress: boolean
  /** Milliseconds between the call and its first result, and between results; 0 is no limit. */
  readonly timeout: number
  /** Time at which the call is given up, in the clock of `now`. */
  deadline: number
  /** Whether further CALLs may continue it (progressive call invocations). */
  continues: boolean
  /** Whether it was cancelled in mode `kill` and waits for the callee's answer. */
  killed: boolean
}

interface Ledger {
  /** Calls made by the peer, by its request. */
  readonly calls: Map<number, OpenCall>
  /** Calls that the peer works on, by its invocation. */
  readonly invocations: Map<number, OpenCall>
  lastInvocation: number
}

/**
 * Remote procedure calls of one realm: takes a message and the time, returns the messages to send. No sockets, no
 * timers. Every accepted call gets exactly one final RESULT or ERROR, unless its caller leaves first.
 */
export class Dealer {
  readonly #registrations: Registrations
  readonly #ledgers = new Map<Peer, Ledger>()
  readonly #timed = new Set<OpenCall>()
  readonly #maxOpen: number

  /** @param maxOpen calls one peer may have open */
  constructor(registrations: Registrations, maxOpen: number) {
    this.#registrations = registrations
    this.#maxOpen = maxOpen
  }

  /** Whether a call waits that `expire` may have to end. */
  get hasDeadlines(): boolean {
    return this.#timed.size > 0
  }

  /** @param now milliseconds of a monotonic clock */
  receive(from: Peer, message: DealerMessage, now: number): Outgoing[] {
    switch (message.kind) {
      case "register":
        return [{ to: from, message: this.#registrations.register(from, message) }]
      case "unregister":
        return [{ to: from, message: this.#registrations.unregister(from, message) }]
      case "call":
        return this.#call(from, message, now)
      case "cancel":
        return this.#cancel(from, message)
      case "yield":
        return this.#yield(from, message, now)
      case "error":
        return this.#error(from, message)
    }
  }

  /**
   * A CALL with a request number seen before: the next part of a progressive invocation. One for a call that is over is
   * discarded, since its answer is on the way ("Continuations on Completed Calls"). Of its options none counts but
   * `progress`; the others are those of the first part ("Freezing of Options in Progressive Call Invocations").
   */
  continue(from: Peer, message: Call): Outgoing[] {
    const call = this.#ledger(from).calls.get(message.request)
    if (!call || call.procedure !== message.procedure || call.killed) return []
    if (!call.continues) throw new ProtocolViolation(`request ${message.request} is in use by a call that is complete`)
    call.continues = flag(message.options, "progress")
    return [invocation(call, message)]
  }

  /** Ends calls whose time is up. */
  expire(now: number): Outgoing[] {
    const due = [...this.#timed].filter((call) => call.deadline <= now)
    return due.flatMap((call) => [...this.#finish(call, "wamp.error.timeout"), ...interrupt(call, "killnowait")])
  }

  /** The peer is gone: its calls are interrupted, those it worked on fail ("Caller Leaving", "Callee Leaving"). */
  leave(peer: Peer): Outgoing[] {
    const { calls, invocations } = this.#ledger(peer)
    const outgoing: Outgoing[] = []
    for (const call of calls.values()) {
      this.#forget(call)
      outgoing.push(...interrupt(call, "killnowait"))
    }
    for (const call of invocations.values()) outgoing.push(...this.#finish(call, "wamp.error.canceled", "callee left"))
    this.#ledgers.delete(peer)
    this.#registrations.leave(peer)
    return outgoing.filter(({ to }) => to !== peer)
  }

  /** A message of this dealer cannot be written in the receiver's serialisation: the call it belongs to fails. */
  undeliverable(to: Peer, message: WireMessage): Outgoing[] {
    const number = message[0] === CODE.ERROR ? Number(message[2]) : Number(message[1])
    const why = "the payload cannot be written in the receiver's serialisation"
    const { calls, invocations } = this.#ledger(to)
    const call = message[0] === CODE.INVOCATION ? invocations.get(number) : calls.get(number)
    if (call) {
      return [...this.#finish(call, "wamp.error.invalid_argument", why), ...interrupt(call, "killnowait")]
    }
    const isAnswer = message[0] === CODE.RESULT || (message[0] === CODE.ERROR && message[1] === CODE.CALL)
    return isAnswer ? [{ to, message: failure(number, "wamp.error.invalid_argument", why) }] : []
  }

  #call(from: Peer, message: Call, now: number): Outgoing[] {
    const { request, options, procedure } = message
    const attributes = passthru(from, "caller", options)
    const continues = flag(options, "progress")
    if (continues && !from.announced("caller", "progressive_call_invocations")) {
      throw new ProtocolViolation("progressive_call_invocations was used but not announced as caller")
    }
    const wantsProgress = flag(options, "receive_progress")
    const timeout = milliseconds(options, "timeout")
    const disclose = flag(options, "disclose_me")
    const refused = (error: string): Outgoing[] => [{ to: from, message: failure(request, error) }]

    if (!isUri(procedure)) return refused("wamp.error.invalid_uri")
    const ledger = this.#ledger(from)
    if (ledger.calls.size >= this.#maxOpen) return refused("wamp.error.not_authorized")
    const route = this.#registrations.route(procedure)
    if (!route) return refused("wamp.error.no_such_procedure")
    const { registration, endpoint } = route
    const { callee } = endpoint
    const takesParts = callee.announced("callee", "progressive_call_invocations") && canBeInterrupted(callee)
    if ((continues && !takesParts) || !mayReceive(callee, "callee", attributes)) {
      return refused("wamp.error.feature_not_supported")
    }
    const forwardsTimeout = timeout > 0 && endpoint.forwardTimeout && callee.announced("callee", "call_timeout")
    const details = {
      ...(registration.match === "exact" ? {} : { procedure }),
      // A callee that does not know the hint ignores it ("Ignoring Requests for Progressive Call Results"). It is sent
      // to those who did not announce the feature too: wampy 8 streams results but announces nothing.
      ...(wantsProgress ? { receive_progress: true } : {}),
      ...(forwardsTimeout ? { timeout } : {}),
      ...(disclose || endpoint.discloseCaller ? disclosed(from) : {}),
      ...attributes,
    }
    const callees = this.#ledger(callee)
    const call: OpenCall = {
      caller: from,
      request,
      procedure,
      callee,
      invocation: ++callees.lastInvocation,
      registration: registration.id,
      details,
      wantsProgress,
      timeout: forwardsTimeout ? 0 : timeout,
      deadline: now + timeout,
      continues,
      killed: false,
    }
    ledger.calls.set(request, call)
    callees.invocations.set(call.invocation, call)
    if (call.timeout > 0) this.#timed.add(call)
    return [invocation(call, message)]
  }

  #cancel(from: Peer, { request, options }: Cancel): Outgoing[] {
    const mode = choice(options, "mode", ["skip", "kill", "killnowait"], "killnowait")
    const call = this.#ledger(from).calls.get(request)
    if (!call || call.killed) return []
    if (mode === "kill" && canBeInterrupted(call.callee)) {
      call.killed = true
      return interrupt(call, mode)
    }
    const interrupted = mode === "killnowait" ? interrupt(call, mode) : []
    return [...this.#finish(call, "wamp.error.canceled"), ...interrupted]
  }

  #yield(from: Peer, { request, options, payload }: Yield, now: number): Outgoing[] {
    const attributes = passthru(from, "callee", options)
    const progress = flag(options, "progress")
    const call = this.#answered(from, request)
    if (!call) return []
    if (!mayReceive(call.caller, "caller", attributes)) {
      // The chapter tells the callee; the caller is told as well, or its call would never end.
      const told: WireMessage = [CODE.ERROR, CODE.YIELD, request, {}, "wamp.error.feature_not_supported"]
      return [{ to: from, message: told }, ...this.#finish(call, "wamp.error.feature_not_supported")]
    }
    if (!progress) {
      this.#forget(call)
      return [{ to: call.caller, message: [CODE.RESULT, call.request, attributes, ...payload] }]
    }
    // A caller that did not ask for progressive results would take the first for the last.
    if (!call.wantsProgress) return []
    call.deadline = now + call.timeout
    return [{ to: call.caller, message: [CODE.RESULT, call.request, { ...attributes, progress: true }, ...payload] }]
  }

  #error(from: Peer, { request, details, error, payload }: InvocationError): Outgoing[] {
    const attributes = passthru(from, "callee", details)
    const call = this.#answered(from, request)
    if (!call) return []
    if (!mayReceive(call.caller, "caller", attributes)) return this.#finish(call, "wamp.error.feature_not_supported")
    this.#forget(call)
    return [{ to: call.caller, message: [CODE.ERROR, CODE.CALL, call.request, details, error, ...payload] }]
  }

  /**
   * The call that a callee answers. None for one that is over already: the callee could not know. That a second final
   * YIELD falls under this too is needed by wampy 8, which sends one when a handler answers by `result_handler`.
   */
  #answered(callee: Peer, request: number): OpenCall | undefined {
    const { invocations, lastInvocation } = this.#ledger(callee)
    if (request > lastInvocation) throw new ProtocolViolation(`invocation ${request} was never sent`)
    return invocations.get(request)
  }

  #finish(call: OpenCall, error: string, why?: string): Outgoing[] {
    this.#forget(call)
    return [{ to: call.caller, message: failure(call.request, error, why) }]
  }

  #forget(call: OpenCall): void {
    this.#ledgers.get(call.caller)?.calls.delete(call.request)
    this.#ledgers.get(call.callee)?.invocations.delete(call.invocation)
    this.#timed.delete(call)
  }

  #ledger(peer: Peer): Ledger {
    const ledger = this.#ledgers.get(peer) ?? { calls: new Map(), invocations: new Map(), lastInvocation: 0 }
    this.#ledgers.set(peer, ledger)
    return ledger
  }
}

function invocation(call: OpenCall, { payload }: Call): Outgoing {
  const details = { ...call.details, ...(call.continues ? { progress: true } : {}) }
  return { to: call.callee, message: [CODE.INVOCATION, call.invocation, call.registration, details, ...payload] }
}

/** Nothing for a callee that did not announce call canceling: for it every mode is `skip`. */
function interrupt(call: OpenCall, mode: "kill" | "killnowait"): Outgoing[] {
  if (!canBeInterrupted(call.callee)) return []
  return [{ to: call.callee, message: [CODE.INTERRUPT, call.invocation, { mode }] }]
}

function failure(request: number, error: string, why?: string): WireMessage {
  return [CODE.ERROR, CODE.CALL, request, {}, error, ...(why === undefined ? [] : [[why]])]
}

function disclosed(from: Peer): Dict {
  return { caller: from.id, caller_authid: from.authid, caller_authrole: from.authrole }
}
