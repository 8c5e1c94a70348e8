import type { SerializerName } from "../../src/core/wire/serializers.ts"
import type { Carriage } from "../../src/session/connection.ts"
import type { RouterName } from "../../test/routers/routers.ts"

export type ClientName = "wampy" | "autobahn"
export type MessageName = (typeof MESSAGES)[number]

export const CLIENTS: readonly ClientName[] = ["wampy", "autobahn"]
export const SERIALIZERS: readonly SerializerName[] = ["json", "msgpack", "cbor"]
export const MESSAGES = ["call", "result", "progressive", "error", "publish", "event"] as const

/** A WAMP client with the serialiser of its session. */
export interface Side {
  readonly client: ClientName
  readonly serializer: SerializerName
}

/** Two endpoints with a router between them: `near` calls and publishes, `far` answers and hears. */
export interface Road {
  readonly near: Side
  readonly far: Side
  readonly router: RouterName
}

/** What became of one kind of message. A reason that is a limit's is the router's own, not a failure of ours. */
export type Outcome =
  | { readonly ok: true; readonly carriage: Carriage; readonly reason: null }
  | { readonly ok: false; readonly carriage: null; readonly reason: string }

/** All kinds of messages over one road. */
export type Outcomes = Readonly<Record<MessageName, Outcome>>

/** As `npm run matrix -- --json` gives it; `to` is the other side where the sides differ. */
export type Cell = Side & { readonly router: RouterName; readonly message: MessageName; readonly to?: Side } & Outcome

/** Both endpoints on the same client and serialiser. */
export function roadsOf(router: RouterName): Road[] {
  const sides = CLIENTS.flatMap((client) => SERIALIZERS.map((serializer): Side => ({ client, serializer })))
  return sides.map((side) => ({ near: side, far: side, router }))
}

/** Different clients, one of them on JSON and the other not: where a router turns bytes into text, and back. */
export function mixedRoadsOf(router: RouterName): Road[] {
  const wampy: Side = { client: "wampy", serializer: "json" }
  const others = (["msgpack", "cbor"] as const).map((serializer): Side => ({ client: "autobahn", serializer }))
  return others.flatMap((other) => [
    { near: wampy, far: other, router },
    { near: other, far: wampy, router },
  ])
}

export function titleOf({ near, far }: Road): string {
  const [from, to] = [near, far].map(({ client, serializer }) => `${client} ${serializer}`)
  return from === to ? String(from) : `${from} to ${to}`
}

/** What became of everything over one road. */
export interface Passed {
  readonly road: Road
  readonly outcomes: Outcomes
}

export function cellsOf({ road: { near, far, router }, outcomes }: Passed): Cell[] {
  const to = near === far ? {} : { to: far }
  return MESSAGES.map((message) => ({ ...near, ...to, router, message, ...outcomes[message] }))
}

export function failed(reason: string): Outcome {
  return { ok: false, carriage: null, reason }
}

export function failedAll(reason: string): Outcomes {
  return Object.fromEntries(MESSAGES.map((message) => [message, failed(reason)])) as unknown as Outcomes
}
