import type { Facts } from "../../test/routers/fate.ts"
import type { RouterName, TestRouter } from "../../test/routers/routers.ts"
import { beside } from "./beside.ts"
import { failedAll, mixedRoadsOf, roadsOf, titleOf, type Passed, type Road } from "./cells.ts"
import { measure } from "./measure.ts"

/** All that is found out about endpoints and one router. */
export interface Measured {
  readonly router: RouterName
  readonly matrix: readonly Passed[]
  readonly mixed: readonly Passed[]
  readonly beside: Facts
}

export type Part = keyof Omit<Measured, "router">
export const PARTS: readonly Part[] = ["matrix", "mixed", "beside"]

/** Measures the parts that are asked for. @param tell what is done next */
export async function run(
  { name, open }: TestRouter,
  parts: readonly Part[] = PARTS,
  tell: (what: string) => void = () => undefined,
): Promise<Measured> {
  const { url, close } = await open()
  const pass = async (roads: readonly Road[]): Promise<Passed[]> => {
    const passed: Passed[] = []
    for (const road of roads) {
      tell(`${name}: ${titleOf(road)}`)
      passed.push({ road, outcomes: await measure(road, url) })
    }
    return passed
  }
  try {
    const matrix = parts.includes("matrix") ? await pass(roadsOf(name)) : []
    const mixed = parts.includes("mixed") ? await pass(mixedRoadsOf(name)) : []
    if (!parts.includes("beside")) return { router: name, matrix, mixed, beside: {} }
    tell(`${name}: beside the matrix`)
    return { router: name, matrix, mixed, beside: await beside(name, url) }
  } finally {
    await close()
  }
}

/** What is told of a router that is not there. */
export function missing(router: RouterName, parts: readonly Part[]): Measured {
  const outcomes = failedAll(`${router} is not to be had here, so nothing was measured`)
  const pass = (part: Part, roads: readonly Road[]): Passed[] =>
    parts.includes(part) ? roads.map((road) => ({ road, outcomes })) : []
  return { router, matrix: pass("matrix", roadsOf(router)), mixed: pass("mixed", mixedRoadsOf(router)), beside: {} }
}
