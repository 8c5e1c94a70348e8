import type { SerializerName } from "../../src/core/wire/serializers.ts"
import { Wire } from "../../test/routers/wire.ts"
import { failedAll, type Outcomes, type Road, type Side } from "./cells.ts"
import { exchange, reasonOf } from "./exchange.ts"
import { limitOf, notOffered, reasonOf as reasonOfLimit } from "./limits.ts"
import { meet, OPEN } from "./meet.ts"

/** Over which clients, and how many milliseconds each kind of message may take. */
export interface Conditions {
  readonly open?: typeof OPEN
  readonly patience?: number
}

/** Also on a machine that has much else to do, keys and all. */
const PATIENCE = 20_000

/** What happens when two endpoints talk over a road through the router at the URL. Whatever goes wrong is an outcome. */
export async function measure(
  road: Road,
  url: string,
  { open = OPEN, patience = PATIENCE }: Conditions = {},
): Promise<Outcomes> {
  try {
    for (const side of [road.near, road.far])
      if (!(await isOffered(url, side))) return failedAll(explained(road, notOffered(side)))
    return await meet(road, url, open, (meeting) => exchange(meeting, patience))
  } catch (error) {
    return failedAll(reasonOf(error))
  }
}

function explained(road: Road, found: string): string {
  const limit = limitOf(road, found)
  return limit === undefined ? found : reasonOfLimit(limit)
}

/** Whether the router takes sessions of a serialiser, which it is asked with nothing of ours. */
export async function isOffered(url: string, { serializer }: Side): Promise<boolean> {
  const joins = async (name: SerializerName): Promise<boolean> => {
    const wire = await Wire.join(url, name)
    await wire?.end()
    return wire !== undefined
  }
  // A second time, in case that it was only slow.
  if ((await joins(serializer)) || (await joins(serializer))) return true
  // A router that is gone takes none; all of them speak JSON.
  if (!(await joins("json"))) throw new Error(`the router at ${url} is gone`)
  return false
}
