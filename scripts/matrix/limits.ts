import type { Outcome, Road, Side } from "./cells.ts"

/** Something that a router does not do, so that a cell may be missing. */
export interface Limit {
  readonly router: Road["router"]
  /** What is found where the limit is met: a cell that fails otherwise is a failure of ours. */
  readonly found: (side: Side) => string
  readonly meets: (side: Side) => boolean
  readonly name: string
  /** Where docs/routers.md says it. */
  readonly link: string
}

export const notOffered = ({ serializer }: Side): string => `the router takes no session over ${serializer}`

/** All that is allowed to be missing. */
export const LIMITS: readonly Limit[] = [
  {
    router: "fox-wamp",
    found: notOffered,
    meets: ({ serializer }) => serializer !== "json",
    name: "JSON alone",
    link: "docs/routers.md#fox-wamp-speaks-json-alone",
  },
]

/** The reason that stands in a cell. */
export function reasonOf({ router, name, link }: Limit): string {
  return `${router}: ${name} (${link})`
}

/** The limit that explains what was found over a road, if one does. */
export function limitOf({ near, far, router }: Road, found: string): Limit | undefined {
  return LIMITS.find(
    (limit) => limit.router === router && [near, far].some((side) => limit.meets(side) && limit.found(side) === found),
  )
}

/** The limit that a cell names. */
export function limitIn({ reason }: Outcome): Limit | undefined {
  return LIMITS.find((limit) => reasonOf(limit) === reason)
}
