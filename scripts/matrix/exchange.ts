import { E2eeError } from "../../src/core/errors.ts"
import type { Carriage } from "../../src/session/connection.ts"
import { findPlaintext } from "../plaintext-search.ts"
import { carriagesOf, isAcknowledged } from "./carried.ts"
import { failed, failedAll, MESSAGES, type MessageName, type Outcome, type Outcomes } from "./cells.ts"
import { CONTENT, SECRETS } from "./content.ts"
import type { Meeting } from "./meet.ts"
import { PROOFS } from "./proofs.ts"
import type { Frame } from "./wiretap.ts"
import { within } from "./within.ts"

/**
 * Has two endpoints send each other a message of every kind, and says of each whether its receiver got exactly what was
 * sent, whether the wire carried it as the endpoints say, and whether any of it could be read there.
 */
export async function exchange(meeting: Meeting, patience: number): Promise<Outcomes> {
  const { near, wiretap, uri } = meeting
  const outcomes: Partial<Record<MessageName, Outcome>> = {}
  for (const kind of MESSAGES) {
    const before = wiretap.frames.length
    try {
      await within(PROOFS[kind](meeting, uri(kind)), patience)
      const carriage = await near.carriage()
      requireWire(kind, carriage, wiretap.frames.slice(before))
      outcomes[kind] = { ok: true, carriage, reason: null }
    } catch (error) {
      outcomes[kind] = failed(reasonOf(error))
    }
  }
  return { ...failedAll("nothing was measured"), ...outcomes }
}

/** Messages of a kind that have to be seen at least: of a progressive result, each part and the end. */
const AT_LEAST: Partial<Record<MessageName, number>> = { progressive: CONTENT.parts.length + 1 }

function requireWire(kind: MessageName, carriage: Carriage, frames: readonly Frame[]): void {
  const found = findPlaintext(Buffer.concat(frames.map(({ bytes }) => bytes)), SECRETS)
  if (found !== undefined) throw new Error(`plaintext was seen on the wire: ${found}`)
  const carriages = carriagesOf(kind, frames)
  if (carriages.length < (AT_LEAST[kind] ?? 1)) throw new Error(`only ${carriages.length} sealed messages were seen`)
  const other = carriages.find((one) => one !== carriage)
  if (other !== undefined) throw new Error(`the endpoint says ${carriage}, the wire ${other}`)
  if (kind === "publish" && !isAcknowledged(frames)) throw new Error("the router did not acknowledge the event")
}

export function reasonOf(error: unknown): string {
  return error instanceof E2eeError ? `${error.code}: ${error.message}` : String((error as Error)?.message ?? error)
}
