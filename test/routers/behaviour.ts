import { CODE } from "../../src/router/messages.ts"
import { fate, type Facts, type Fate } from "./fate.ts"
import { newUri, type Message, type Wire } from "./wire.ts"

/** How long something is waited for that a router need not send, in milliseconds. */
const BRIEFLY = 300

/** What a router does beyond carrying payloads. The first session calls and publishes, the second answers and hears. */
export async function behave(one: Wire, other: Wire): Promise<Facts> {
  return {
    "progressive results": await progressiveResults(one, other),
    "progressive call invocation": await parts(one, other),
    ...(await errors(one, other)),
    ...(await shapes(one, other)),
    "1 MiB of bytes there and back": await mebibyte(one, other),
    "registration by prefix": await registration(one, other, "prefix"),
    "registration by wildcard": await registration(one, other, "wildcard"),
    "subscription by prefix": await subscription(one, other, "prefix"),
    "subscription by wildcard": await subscription(one, other, "wildcard"),
    "shared registration": await shared(one, other),
    "CANCEL, mode skip": await cancel(one, other, "skip"),
    "CANCEL, mode kill": await cancel(one, other, "kill"),
    "CANCEL, mode killnowait": await cancel(one, other, "killnowait"),
    "timeout of 100 ms": await timeout(one, other),
    "acknowledged PUBLISH": outcome(await one.ask(CODE.PUBLISH, { acknowledge: true }, newUri())),
    "own event, asked for": await ownEvent(one),
  }
}

async function progressiveResults(caller: Wire, callee: Wire): Promise<Fate> {
  const [call, invocation] = await calling(caller, callee, { receive_progress: true })
  const told: unknown[] = []
  for (const options of [{ progress: true }, { progress: true }, {}]) {
    callee.send(CODE.YIELD, invocation?.[1], options)
    told.push(option(await caller.answer(call), 2, "progress") ?? false)
  }
  return fate([true, true, false], told)
}

async function parts(caller: Wire, callee: Wire): Promise<Fate> {
  const procedure = newUri()
  await callee.ask(CODE.REGISTER, {}, procedure)
  const call = caller.request(CODE.CALL, { progress: true }, procedure, ["first"])
  const first = await callee.next(CODE.INVOCATION)
  caller.send(CODE.CALL, call, {}, procedure, ["last"])
  const last = await callee.next(CODE.INVOCATION, BRIEFLY)
  for (const id of new Set([first?.[1], last?.[1]])) if (id !== undefined) callee.send(CODE.YIELD, id, {})
  const answer = await caller.answer(call)
  if (last === undefined) return `the first part alone, then ${outcome(answer)}`
  if (first?.[1] !== last[1]) return "an invocation for each part"
  return option(first, 3, "progress") === true ? "one invocation" : "one invocation, progress not told"
}

/** A callee's ERROR with arguments of both kinds. */
async function errors(caller: Wire, callee: Wire): Promise<Facts> {
  const [uri, args, kwargs] = ["com.example.error.told", ["why", 7], { detail: true }]
  const [call, invocation] = await calling(caller, callee)
  callee.send(CODE.ERROR, CODE.INVOCATION, invocation?.[1], {}, uri, args, kwargs)
  const error = await caller.answer(call)
  return {
    "ERROR: its URI": fate(uri, error?.[4]),
    "ERROR: arguments": fate(args, error?.[5]),
    "ERROR: keyword arguments": fate(kwargs, error?.[6]),
  }
}

async function shapes(caller: Wire, callee: Wire): Promise<Facts> {
  const procedure = newUri()
  await callee.ask(CODE.REGISTER, {}, procedure)
  /** The payload of the invocation that a call with this payload brings about. */
  const sent = async (...payload: unknown[]): Promise<unknown[]> => {
    const call = caller.request(CODE.CALL, {}, procedure, ...payload)
    const invocation = (await callee.next(CODE.INVOCATION)) ?? []
    callee.send(CODE.YIELD, invocation[1], {})
    await caller.answer(call)
    return invocation.slice(4)
  }
  const both = [["one", 2, null], { key: [true] }]
  const list = [["a", "b"]]
  const none = await sent()
  return {
    "arguments of both kinds": fate(both, await sent(...both)),
    "one argument that is a list": fate(list, (await sent(list))[0]),
    "no arguments": none.length === 0 ? "kept" : fate([], none),
  }
}

async function mebibyte(caller: Wire, callee: Wire): Promise<Fate> {
  const bytes = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 31) >> 3)
  const [call, invocation] = await calling(caller, callee, {}, [bytes])
  if (fate([bytes], invocation?.[4]) !== "kept") return `there: ${fate([bytes], invocation?.[4])}`
  callee.send(CODE.YIELD, invocation?.[1], {}, [bytes])
  const result = await caller.answer(call)
  return result?.[0] === CODE.RESULT ? fate([bytes], result[3]) : outcome(result)
}

type Match = "prefix" | "wildcard"

/** A pattern and a URI that it matches. */
function pattern(match: Match): [string, string] {
  const start = newUri()
  return match === "prefix" ? [start, `${start}.deeper.still`] : [`${start}..end`, `${start}.any.end`]
}

async function registration(caller: Wire, callee: Wire, match: Match): Promise<Fate> {
  const [wide, concrete] = pattern(match)
  const registered = await callee.ask(CODE.REGISTER, { match }, wide)
  if (registered?.[0] !== CODE.REGISTERED) return outcome(registered)
  caller.request(CODE.CALL, {}, concrete)
  const invocation = await callee.next(CODE.INVOCATION, BRIEFLY)
  if (invocation !== undefined) callee.send(CODE.YIELD, invocation[1], {})
  return matched(invocation, "procedure", concrete)
}

async function subscription(publisher: Wire, subscriber: Wire, match: Match): Promise<Fate> {
  const [wide, concrete] = pattern(match)
  const subscribed = await subscriber.ask(CODE.SUBSCRIBE, { match }, wide)
  if (subscribed?.[0] !== CODE.SUBSCRIBED) return outcome(subscribed)
  publisher.request(CODE.PUBLISH, {}, concrete)
  return matched(await subscriber.next(CODE.EVENT, BRIEFLY), "topic", concrete)
}

function matched(message: Message | undefined, name: string, concrete: string): Fate {
  if (message === undefined) return "taken, but matches nothing"
  return option(message, 3, name) === concrete ? "matches, URI told" : "matches, URI not told"
}

async function shared(one: Wire, other: Wire): Promise<Fate> {
  const procedure = newUri()
  for (const callee of [one, other]) {
    const registered = await callee.ask(CODE.REGISTER, { invoke: "roundrobin" }, procedure)
    if (registered?.[0] !== CODE.REGISTERED) return outcome(registered)
  }
  const called = new Set<Wire>()
  for (let i = 0; i < 4; i++) {
    const request = one.request(CODE.CALL, {}, procedure)
    const [callee, invocation] = await either(one, other)
    if (callee === undefined) return "a call reaches nobody"
    called.add(callee)
    callee.send(CODE.YIELD, invocation?.[1], {})
    await one.answer(request)
  }
  return called.size === 2 ? "both called" : "one called"
}

/** Which of two callees is invoked, whichever that is, and by what. */
async function either(one: Wire, other: Wire): Promise<readonly [Wire?, Message?]> {
  for (let i = 0; i < 20; i++) {
    for (const callee of [one, other]) {
      const invocation = await callee.next(CODE.INVOCATION, BRIEFLY / 6)
      if (invocation !== undefined) return [callee, invocation]
    }
  }
  return []
}

/** What the callee gets, and what the caller gets before the callee answers. */
async function cancel(caller: Wire, callee: Wire, mode: string): Promise<Fate> {
  const [call, invocation] = await calling(caller, callee)
  caller.send(CODE.CANCEL, call, { mode })
  const interrupt = await callee.next(CODE.INTERRUPT, BRIEFLY)
  const early = await caller.answer(call, BRIEFLY)
  callee.send(CODE.ERROR, CODE.INVOCATION, invocation?.[1], {}, "wamp.error.canceled")
  const told = interrupt ? `INTERRUPT ${String(option(interrupt, 2, "mode") ?? "without mode")}` : "no INTERRUPT"
  return `${told}, caller ${early === undefined ? "waits on" : `gets ${outcome(early)}`}`
}

async function timeout(caller: Wire, callee: Wire): Promise<Fate> {
  const [call, invocation] = await calling(caller, callee, { timeout: 100 })
  const early = await caller.answer(call, 1_000)
  callee.send(CODE.YIELD, invocation?.[1], {})
  return early === undefined ? "not within a second" : outcome(early)
}

async function ownEvent(one: Wire): Promise<Fate> {
  const topic = newUri()
  await one.ask(CODE.SUBSCRIBE, {}, topic)
  one.request(CODE.PUBLISH, { exclude_me: false }, topic)
  return (await one.next(CODE.EVENT, BRIEFLY)) === undefined ? "not heard" : "heard"
}

/** Calls a procedure that the callee registers for that: the call's number, and the invocation. */
async function calling(caller: Wire, callee: Wire, options = {}, args: unknown[] = []) {
  const procedure = newUri()
  await callee.ask(CODE.REGISTER, {}, procedure)
  const call = caller.request(CODE.CALL, options, procedure, args)
  return [call, await callee.next(CODE.INVOCATION)] as const
}

/** What was answered to a request: done, or the URI of the ERROR. */
function outcome(answer: Message | undefined): Fate {
  if (answer === undefined) return "no answer"
  return answer[0] === CODE.ERROR ? String(answer[4]) : "done"
}

function option(message: Message | undefined, at: number, name: string): unknown {
  return (message?.[at] as Record<string, unknown> | undefined)?.[name]
}
