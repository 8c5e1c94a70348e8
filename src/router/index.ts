import { E2eeError } from "../core/errors.ts"
import { anonymous } from "./authentication.ts"
import type { Authenticate } from "./authentication.ts"
import { cryptosign, type CryptosignOptions } from "./cryptosign.ts"
import type { RouterEvent, Tap } from "./events.ts"
import { DEFAULT_LIMITS } from "./limits.ts"
import type { Limits } from "./limits.ts"
import { RouterServer } from "./server.ts"
import type { Tls } from "./server.ts"
import type { SerializerName } from "../core/wire/serializers.ts"

export type { Authenticate, Hello, Verdict } from "./authentication.ts"
export type {
  Admission,
  CertifiedClient,
  CryptosignOptions,
  PlatformCheck,
  PlatformLogin,
  ProvenClient,
  ShownPlatform,
} from "./cryptosign.ts"
export type { RouterEvent, Tap } from "./events.ts"
export type { Limits } from "./limits.ts"
export type { Identity } from "./peer.ts"
export type { SerializerName } from "../core/wire/serializers.ts"

export interface RouterOptions extends Partial<Limits> {
  /** Address to listen on. Default 127.0.0.1: this router is for development and tests. */
  readonly host?: string
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** Realms that exist, or `any`, the default, for one to come into being when a client asks for it. */
  readonly realms?: readonly string[] | "any"
  /** Default json, msgpack and cbor. */
  readonly serializers?: readonly SerializerName[]
  /** Web origins let in besides those of this machine, as browsers write them: `https://example.org`. */
  readonly origins?: readonly string[]
  /** A method of your own. Default {@link anonymous}. */
  readonly authenticate?: Authenticate
  /** Instead of `authenticate`: a method that the router knows, asked of every client. */
  readonly authentication?: { readonly cryptosign: CryptosignOptions }
  /** Serves `wss:`; PEM. */
  readonly tls?: Tls
  readonly log?: (event: RouterEvent) => void
  readonly tap?: Tap
}

export interface Router {
  /** `ws://host:port/`, or `wss:` with TLS; any path will do. */
  readonly url: string
  readonly port: number
  /** Open sessions. */
  readonly sessions: number
  /**
   * Says GOODBYE to all sessions, waits for their answers and closes. Whoever has not answered by the deadline
   * (default 2,000 milliseconds) is cut off. Resolves when no connection is left; a second call awaits the first.
   */
  close(options?: { readonly deadlineMs?: number }): Promise<void>
}

/**
 * Starts a WAMP router: broker and dealer over WebSocket. Resolves when it listens. Fails with `usage.invalid` for an
 * option that is not of its form and with `session.connection` when it cannot listen.
 */
export async function startRouter(options: RouterOptions = {}): Promise<Router> {
  const host = options.host ?? "127.0.0.1"
  const server = new RouterServer({
    host,
    port: options.port ?? 0,
    realms: options.realms ?? "any",
    serializers: options.serializers ?? ["json", "msgpack", "cbor"],
    origins: options.origins ?? [],
    limits: limitsOf(options),
    authenticate: authenticateOf(options),
    tls: options.tls,
    log: options.log ?? (() => {}),
    tap: options.tap ?? (() => {}),
  })
  const port = await server.listen()
  return {
    url: `${options.tls ? "wss" : "ws"}://${host.includes(":") ? `[${host}]` : host}:${port}/`,
    port,
    get sessions() {
      return server.sessions
    },
    close: ({ deadlineMs = 2_000 } = {}) => server.close(deadlineMs),
  }
}

function authenticateOf({ authenticate, authentication }: RouterOptions): Authenticate {
  if (authenticate !== undefined && authentication !== undefined)
    throw new E2eeError("usage.invalid", "both authenticate and authentication are given; choose one")
  return authentication === undefined ? (authenticate ?? anonymous) : cryptosign(authentication.cryptosign)
}

function limitsOf(options: Partial<Limits>): Limits {
  const names = Object.keys(DEFAULT_LIMITS) as (keyof Limits)[]
  const limit = (name: keyof Limits): [keyof Limits, number] => {
    const value = options[name] ?? DEFAULT_LIMITS[name]
    const least = name === "pingIntervalMs" ? 0 : 1
    if (!Number.isSafeInteger(value) || value < least) {
      throw new E2eeError("usage.invalid", `${name} is ${value}: an integer of at least ${least} was expected`)
    }
    return [name, value]
  }
  return Object.fromEntries(names.map(limit)) as Record<keyof Limits, number>
}
