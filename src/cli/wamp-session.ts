import { createRequire } from "node:module"
import { E2eeError } from "../core/errors.ts"
import { cryptosign, tlsExporter, wampy, type CryptosignSettings, type WampySerializer } from "../wamp/wampy.ts"
import type { Identity } from "../certificate/identity.ts"
import type { Connection } from "../session/connection.ts"

export interface OpenSession {
  readonly connection: Connection
  close(): Promise<void>
  /** Resolves when the session is lost for good. */
  readonly ended: Promise<void>
}

/** With what a session proves who it is, where the router or the user asks for it. */
export interface SessionProof {
  readonly identity: Identity
  /** Whether to prove it to every router, or to none that does not ask. */
  readonly always: boolean
  readonly router: CryptosignSettings["router"]
  /** Whether to bind the session to its TLS connection. */
  readonly bindChannel: boolean
  /** What shows this machine's platform to a router that asks. */
  readonly attest?: CryptosignSettings["attest"] | undefined
}

/** ABORT reasons by which a router asks a client that came without a method for one; the last is Crossbar's. */
export const ASKS_FOR_PROOF: ReadonlySet<string> = new Set([
  "wamp.error.authentication_required",
  "wamp.error.no_matching_auth_method",
  "wamp.error.no_auth_method",
])

/** Opens a WAMP session with the wampy client. `realm` is the router's realm. */
export async function openSession(url: string, realm: string, proof?: SessionProof): Promise<OpenSession> {
  if (proof === undefined || proof.always) return connect(url, realm, proof)
  return connect(url, realm).catch((error: unknown) => {
    const { uri } = error as { uri?: string }
    if (uri === undefined || !ASKS_FOR_PROOF.has(uri)) throw error
    return connect(url, realm, proof)
  })
}

/** The router's ABORT. */
class Refused extends E2eeError {
  readonly uri: string

  constructor(url: string, uri: string) {
    const code = /^wamp\.error\.(authenti|no_matching_auth)/.test(uri) ? "session.authentication" : "session.connection"
    super(code, `the router ${url} refused the session: ${uri}`)
    this.uri = uri
  }
}

async function connect(url: string, realm: string, proof?: SessionProof): Promise<OpenSession> {
  if (!/^wss?:\/\//.test(url))
    throw new E2eeError(
      "usage.invalid",
      `router ${JSON.stringify(url)} is no WebSocket URL; expected ws://… or wss://…`,
    )
  const { Wampy } = await import("wampy").catch((cause: unknown) => {
    throw new E2eeError("session.unsupported", "the package wampy is not installed; install it: npm install wampy", {
      cause,
    })
  })
  const { MsgpackSerializer } = (await import("wampy/MsgpackSerializer.js")) as unknown as {
    MsgpackSerializer: new () => WampySerializer
  }
  const { WebSocket } = createRequire(import.meta.url)("ws") as { WebSocket: Parameters<typeof tlsExporter>[0] }
  let lost: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (lost = resolve))
  let failure: unknown
  let refusal: E2eeError | undefined
  const serializer = new MsgpackSerializer()
  const onRefusal = (error: E2eeError): void => void (refusal ??= error)
  const bound = proof?.bindChannel ? tlsExporter(WebSocket) : undefined
  const client = new Wampy(url, {
    realm,
    ws: bound?.ws ?? WebSocket,
    ...(proof === undefined
      ? { serializer }
      : cryptosign(proof.identity, { ...settingsOf(proof, bound?.channel), serializer, onRefusal })),
    reconnectInterval: 1_000,
    uriValidation: "loose",
    onClose: () => lost(),
    onError: (error: unknown) => (failure = error),
  } as never)
  const timeout = new Promise<never>((_resolve, reject) => {
    setTimeout(
      () => reject(new E2eeError("session.timeout", `the router ${url} did not answer within 10 s`)),
      10_000,
    ).unref()
  })
  try {
    await Promise.race([client.connect(), timeout])
  } catch (error) {
    if (refusal !== undefined) throw refusal
    if (error instanceof E2eeError) throw error
    const { errorUri } = error as { errorUri?: string }
    if (errorUri !== undefined) throw new Refused(url, errorUri)
    throw new E2eeError("session.connection", `the router ${url} cannot be reached; check its URL and that it runs`, {
      cause: failure ?? error,
    })
  }
  return {
    connection: wampy(client),
    ended,
    close: async () => {
      await Promise.race([client.disconnect(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())])
    },
  }
}

function settingsOf(
  { router, attest }: SessionProof,
  channel: CryptosignSettings["channel"],
): Pick<CryptosignSettings, "router" | "channel" | "attest"> {
  return { ...(router && { router }), ...(channel && { channel }), ...(attest && { attest }) }
}
