import { isDeepStrictEqual } from "node:util"
import { ApplicationError, Result } from "../../src/index.ts"
import type { Arguments } from "../../src/session/messages/sealing.ts"
import { printed } from "../../test/routers/fate.ts"
import type { MessageName } from "./cells.ts"
import { CONTENT } from "./content.ts"
import type { Meeting } from "./meet.ts"

/**
 * Each has a message of its kind sent under a URI that nobody has used before, and looks at what its receiver got. What
 * it rejects with says why that is not what was sent.
 */
export const PROOFS: Readonly<Record<MessageName, (meeting: Meeting, uri: string) => Promise<void>>> = {
  async call({ near, far }, uri) {
    const { args, kwargs } = CONTENT.call
    const { handler, seen } = firstGiven()
    await far.register(uri, handler)
    await Promise.race([seen, near.call(uri, args, { kwargs })])
    same(CONTENT.call, await seen)
  },

  async result({ near, far }, uri) {
    await far.register(uri, () => resultOf(CONTENT.result))
    same(CONTENT.result, await near.call(uri))
  },

  async progressive({ near, far }, uri) {
    await far.register(uri, (_args, _kwargs, { progress }) => {
      for (const { args, kwargs } of CONTENT.parts) progress?.(args, kwargs)
      return resultOf(CONTENT.end)
    })
    const parts: Arguments[] = []
    const end = await near.call(uri, [], { onProgress: (args, kwargs) => void parts.push({ args, kwargs }) })
    if (parts.length !== CONTENT.parts.length) throw new Error(`${parts.length} parts came`)
    CONTENT.parts.forEach((part, i) => same(part, parts[i]))
    same(CONTENT.end, end)
  },

  async error({ near, far }, uri) {
    const { error } = CONTENT
    await far.register(uri, () => {
      throw new ApplicationError(error.uri, error.args, error.kwargs)
    })
    const got = await near.call(uri).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (!(got instanceof ApplicationError)) throw got ?? new Error("the call did not fail")
    if (got.uri !== error.uri) throw new Error(`the error is ${got.uri}`)
    same(error, got)
  },

  /** Resolves with the router's acknowledgement. */
  async publish({ near }, uri) {
    const { args, kwargs } = CONTENT.event
    await near.publish(uri, args, { kwargs })
  },

  async event({ near, far }, uri) {
    const { args, kwargs } = CONTENT.event
    const { handler, seen } = firstGiven()
    await far.subscribe(uri, handler)
    await near.publish(uri, args, { kwargs })
    same(CONTENT.event, await seen)
  },
}

function firstGiven() {
  let handler = (_args: readonly unknown[], _kwargs: Arguments["kwargs"]): void => undefined
  const seen = new Promise<Arguments>((resolve) => (handler = (args, kwargs) => resolve({ args, kwargs })))
  return { handler, seen }
}

function resultOf({ args, kwargs }: Arguments): Result {
  return new Result(args, kwargs)
}

function same(sent: Arguments, got: unknown): void {
  const { args, kwargs } = (got ?? {}) as Partial<Arguments>
  if (isDeepStrictEqual([args, kwargs], [sent.args, sent.kwargs])) return
  throw new Error(`it came as ${printed(args)} and ${printed(kwargs)}`)
}
