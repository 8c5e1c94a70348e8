/** What the page is told by the server that it came from. */
export interface Stage {
  /** Where both clients connect. */
  readonly router: string
  readonly bundle: string
  readonly trustroot: string
  readonly realm: string
  readonly chainId: number
  readonly verifyingContract: string
  readonly machines: Readonly<Record<"wampy" | "autobahn", { readonly certificates: string; readonly csKey: string }>>
}

/** What the page saw, to be compared in Node. */
export interface Report {
  readonly facts?: Readonly<Record<string, unknown>>
  readonly error?: string
}

export const SCOPES = [{ uri: "com.example.", match: "prefix", compression: "deflate" }] as const

export const WAMPY_ADD = "com.example.wampy.add"
export const AUTOBAHN_ADD = "com.example.autobahn.add"
/** Served in Node. */
export const ECHO = "com.example.node.echo"
export const FAIL = "com.example.node.fail"
export const SUM = "com.example.node.sum"
export const NEVER = "com.example.node.never"
/** Calls back what it is given. */
export const RELAY = "com.example.node.relay"
export const NEWS = "com.example.news"

/** Goes through the router in every payload, and must not be seen there. */
export const CANARY = "the valve at the northern gate"
