import { fromBase64 } from "../../src/core/base64.ts"
import { CODE } from "../../src/router/messages.ts"
import type { Carriage } from "../../src/session/connection.ts"
import type { MessageName } from "./cells.ts"
import type { Frame } from "./wiretap.ts"

/** Where a message has its options or details; the arguments follow, behind the URI where there is one. */
const PLACES: Readonly<Record<number, { readonly options: number; readonly args: number }>> = {
  [CODE.ERROR]: { options: 3, args: 5 },
  [CODE.PUBLISH]: { options: 2, args: 4 },
  [CODE.EVENT]: { options: 3, args: 4 },
  [CODE.RESULT]: { options: 2, args: 3 },
  [CODE.INVOCATION]: { options: 3, args: 4 },
}

/** The messages that bring each kind to its receiver; that of a publication is the one that the router takes. */
const BRINGERS: Readonly<Record<MessageName, (frame: Frame) => boolean>> = {
  call: is("toClient", CODE.INVOCATION),
  result: is("toClient", CODE.RESULT),
  progressive: is("toClient", CODE.RESULT),
  // In-band an error is a result to the router.
  error: (frame) => is("toClient", CODE.ERROR)(frame) || is("toClient", CODE.RESULT)(frame),
  publish: is("toRouter", CODE.PUBLISH),
  event: is("toClient", CODE.EVENT),
}

function is(direction: Frame["direction"], code: number): (frame: Frame) => boolean {
  return (frame) => frame.direction === direction && frame.message[0] === code
}

/**
 * How each sealed message of a kind was carried, as the wire shows it. What agents and members say of keys, which has forms
 * of its own, is passed over.
 */
export function carriagesOf(kind: MessageName, frames: readonly Frame[]): Carriage[] {
  return frames.filter(BRINGERS[kind]).flatMap(({ message }) => carriageOf(message) ?? [])
}

/** Whether the router said that it has every sealed event. */
export function isAcknowledged(frames: readonly Frame[]): boolean {
  const idsOf = (of: readonly Frame[]): unknown[] => of.map(({ message }) => message[1])
  const acknowledged = new Set(idsOf(frames.filter(is("toClient", CODE.PUBLISHED))))
  const published = frames.filter(BRINGERS.publish).filter(({ message }) => carriageOf(message) !== undefined)
  return idsOf(published).every((id) => acknowledged.has(id))
}

function carriageOf(message: readonly unknown[]): Carriage | undefined {
  const place = PLACES[message[0] as number]
  if (place === undefined) return undefined
  const options = message[place.options] as Readonly<Record<string, unknown>>
  const args = (message[place.args] ?? []) as readonly unknown[]
  const bytes = args.length === 1 ? bytesOf(args[0]) : undefined
  if (bytes === undefined) return undefined
  if (typeof options["ppt_keyid"] === "string") return "passthru"
  return Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "WE2E" ? "in-band" : undefined
}

/** Not every router leaves bytes as they were: some make them text (docs/routers.md). */
function bytesOf(item: unknown): Uint8Array | undefined {
  return typeof item === "string" ? fromBase64(item.replace(/^\0/, "")) : item instanceof Uint8Array ? item : undefined
}
