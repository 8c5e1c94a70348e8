import { startRouter } from "../../src/router/index.ts"

export const ROUTER_NAMES = ["embedded", "nexus", "Crossbar.io", "fox-wamp"] as const
export type RouterName = (typeof ROUTER_NAMES)[number]

/** A router that the tests go through: the one of this library, and those that somebody started. */
export interface TestRouter {
  readonly name: RouterName
  /** Its URL, and how to be done with it. Anonymous sessions may do anything in its realm `realm1`. */
  open(): Promise<{ readonly url: string; close(): Promise<void> }>
}

const { NEXUS, CROSSBAR, FOX_WAMP } = process.env

function started(name: RouterName, url: string | undefined): TestRouter[] {
  return url === undefined ? [] : [{ name, open: async () => ({ url, close: async () => {} }) }]
}

export const ROUTERS: readonly TestRouter[] = [
  { name: "embedded", open: () => startRouter() },
  ...started("nexus", NEXUS),
  ...started("Crossbar.io", CROSSBAR),
  ...started("fox-wamp", FOX_WAMP),
]
