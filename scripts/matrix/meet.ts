import { createEndpoint, type Endpoint } from "../../src/index.ts"
import type { SerializerName } from "../../src/core/wire/serializers.ts"
import type { Connection } from "../../src/session/connection.ts"
import { openAutobahn, openSealing } from "../../test/world.ts"
import type { ClientName, Road, Side } from "./cells.ts"
import { foundRealm } from "./realm.ts"
import { startWiretap, type Wiretap } from "./wiretap.ts"
import { within } from "./within.ts"

/** Opens a session of a client in realm1. */
export type Open = (
  url: string,
  serializer: SerializerName,
) => Promise<{ readonly connection: Connection; close(): Promise<unknown> }>

export const OPEN: Readonly<Record<ClientName, Open>> = { wampy: openSealing, autobahn: openAutobahn }

/** Two endpoints with a router between them: `near` calls and publishes, `far` answers and hears. */
export interface Meeting {
  readonly near: Endpoint
  readonly far: Endpoint
  readonly wiretap: Wiretap
  /** A URI in their scope, which nobody used before, in earlier runs with the router neither. */
  uri(name: string): string
  /** Ends the session of a side. */
  leave(side: "near" | "far"): Promise<unknown>
}

/** Milliseconds that a router has to let a side in, and to let it go. */
const [TO_JOIN, TO_LEAVE] = [20_000, 10_000]

const realm = foundRealm()
let meetings = 0

/** Lets two endpoints meet over a road, each a machine of its own, with keys from a key agent. */
export async function meet<T>(
  { near, far }: Omit<Road, "router">,
  url: string,
  open: typeof OPEN,
  act: (meeting: Meeting) => Promise<T>,
): Promise<T> {
  const scope = `com.example.matrix.r${Date.now().toString(36)}n${++meetings}.`
  const wiretap = await startWiretap(url)
  const closing: (() => Promise<unknown>)[] = [() => wiretap.close()]
  const join = async ({ client, serializer }: Side) => {
    const session = await within(open[client](wiretap.url, serializer), TO_JOIN)
    closing.push(() => session.close())
    const endpoint = await createEndpoint({
      connection: session.connection,
      identity: realm.machine(),
      trust: realm.trust(),
      scopes: [{ uri: scope, match: "prefix" }],
    })
    closing.push(() => endpoint.close())
    return { endpoint, session }
  }
  try {
    const sides = { far: await join(far), near: await join(near) }
    return await act({
      near: sides.near.endpoint,
      far: sides.far.endpoint,
      wiretap,
      uri: (name) => scope + name,
      leave: (side) => sides[side].session.close(),
    })
  } finally {
    for (const close of closing.toReversed()) await within(close(), TO_LEAVE).catch(() => undefined)
  }
}
