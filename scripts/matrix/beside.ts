import { E2eeError } from "../../src/core/errors.ts"
import { together, type Facts, type Fate } from "../../test/routers/fate.ts"
import type { RouterName } from "../../test/routers/routers.ts"
import { CLIENTS, mixedRoadsOf, titleOf, type Side } from "./cells.ts"
import { isOffered } from "./measure.ts"
import { meet, OPEN, type Meeting } from "./meet.ts"

/** Milliseconds that something is waited for which a router need not bring about. */
const BRIEFLY = 2_000

/** What endpoints find beside the messages of the matrix, over both clients on JSON, which all routers speak. */
export async function beside(router: RouterName, url: string): Promise<Facts> {
  const found: Record<string, Map<string, Fate>> = {}
  const note = (facts: Facts, over: string): void => {
    for (const [fact, fate] of Object.entries(facts)) (found[fact] ??= new Map()).set(over, fate)
  }
  for (const client of CLIENTS) {
    const side: Side = { client, serializer: "json" }
    const road = { near: side, far: side }
    note(await meet(road, url, OPEN, talk), client)
    note({ "callee that leaves: caller": await meet(road, url, OPEN, calleeLeft) }, client)
  }
  for (const road of mixedRoadsOf(router)) {
    const isThere = (await isOffered(url, road.near)) && (await isOffered(url, road.far))
    const fate = isThere ? await meet(road, url, OPEN, callInParts) : "not offered"
    note({ "call in parts, sides that differ": fate }, titleOf(road))
  }
  return Object.fromEntries(Object.entries(found).map(([fact, fates]) => [fact, together(fates)]))
}

async function talk(meeting: Meeting): Promise<Facts> {
  return {
    "second provider of a scope": await secondProvider(meeting),
    "procedure that is registered already": await registeredTwice(meeting),
    ...(await ended(meeting, "cancelled", (call) => setTimeout(call.abort, 50))),
    ...(await ended(meeting, "past its deadline", () => undefined, 500)),
    "calls after that": await answered(meeting),
    "call in parts": await callInParts(meeting),
    "caller that leaves: handler": await callerLeft(meeting),
  }
}

/** Both register, and call each other. */
async function secondProvider({ near, far, uri }: Meeting): Promise<Fate> {
  const [first, second] = [uri("first"), uri("second")]
  await far.register(first, ([value]) => value)
  await near.register(second, ([value]) => value)
  const answers = await Promise.all([near.call(first, [1]), far.call(second, [2])].map(codeOr))
  if (answers.join() !== "1,2") return answers.join(" and ")
  return near.isKeyAgent(second) ? "makes keys of its own" : "asks the first for keys"
}

async function registeredTwice({ near, far, uri }: Meeting): Promise<Fate> {
  const procedure = uri("twice")
  await far.register(procedure, () => "the first")
  const code = await codeOr(near.register(procedure, () => "the second"))
  if (typeof code === "string") return code
  return `taken; ${String(await codeOr(near.call(procedure)))} is called`
}

/** What caller and handler learn of a call that ends before it is answered. */
async function ended(
  { near, far, uri }: Meeting,
  how: string,
  end: (call: { abort: () => void }) => unknown,
  timeoutMs?: number,
): Promise<Facts> {
  const procedure = uri(`ended.${how.replaceAll(" ", "_")}`)
  const abort = new AbortController()
  const { handler, told } = waiting()
  await far.register(procedure, (_args, _kwargs, { signal }) => {
    end({ abort: () => abort.abort() })
    return handler(signal)
  })
  const code = codeOr(near.call(procedure, [], { signal: abort.signal, ...(timeoutMs ? { timeoutMs } : {}) }))
  return { [`call that is ${how}: caller`]: String(await code), [`call that is ${how}: handler`]: await told }
}

async function answered({ near, far, uri }: Meeting): Promise<Fate> {
  await far.register(uri("after"), () => "answered")
  return String(await codeOr(near.call(uri("after"))))
}

async function callInParts({ near, far, uri }: Meeting): Promise<Fate> {
  await far.register(uri("parts"), async ([first], _kwargs, { input }) => {
    const seen = [first]
    for await (const { args } of input ?? []) seen.push(...args)
    return seen.join()
  })
  const answer = await codeOr(near.call(uri("parts"), [1], { input: [2, 3] }))
  return answer === "1,2,3" ? "comes in order" : String(answer)
}

async function callerLeft({ near, far, uri, leave }: Meeting): Promise<Fate> {
  const { handler, told, begun } = waiting()
  await far.register(uri("left"), (_args, _kwargs, { signal }) => handler(signal))
  near.call(uri("left")).catch(() => undefined)
  await begun
  await leave("near")
  return told
}

async function calleeLeft({ near, far, uri, leave }: Meeting): Promise<Fate> {
  const { handler, begun } = waiting()
  await far.register(uri("left"), (_args, _kwargs, { signal }) => handler(signal))
  const code = codeOr(near.call(uri("left"), [], { timeoutMs: BRIEFLY }))
  await begun
  await leave("far")
  return String(await code)
}

/** A handler that answers nothing before it was told to stop, or was not in time. */
function waiting() {
  let [begin, tell] = [(): void => undefined, (_fate: Fate): void => undefined]
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const told = new Promise<Fate>((resolve) => (tell = resolve))
  const handler = async (signal: AbortSignal): Promise<void> => {
    begin()
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve)
      setTimeout(resolve, BRIEFLY)
    })
    tell(signal.aborted ? "told" : "not told")
  }
  return { handler, told, begun }
}

/** What something came to, or the code of what it failed with. */
async function codeOr(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => (error instanceof E2eeError ? error.code : String(error)))
}
