import { createRequire } from "node:module"
import { E2eeError } from "../core/errors.ts"
import { wampy } from "../wamp/wampy.ts"
import type { Connection } from "../session/connection.ts"

export interface OpenSession {
  readonly connection: Connection
  close(): Promise<void>
  /** Resolves when the session is lost for good. */
  readonly ended: Promise<void>
}

/** Opens a WAMP session with the wampy client. `realm` is the router's realm. */
export async function openSession(url: string, realm: string): Promise<OpenSession> {
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
    MsgpackSerializer: new () => object
  }
  const { WebSocket } = createRequire(import.meta.url)("ws") as { WebSocket: unknown }
  let lost: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (lost = resolve))
  let failure: unknown
  const client = new Wampy(url, {
    realm,
    ws: WebSocket,
    serializer: new MsgpackSerializer(),
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
    if (error instanceof E2eeError) throw error
    const cause = failure ?? error
    const { errorUri } = error as { errorUri?: string }
    throw new E2eeError(
      "session.connection",
      `the router ${url} ${errorUri ? `refused the session: ${errorUri}` : "cannot be reached; check its URL and that it runs"}`,
      { cause },
    )
  }
  return {
    connection: wampy(client),
    ended,
    close: async () => {
      await Promise.race([client.disconnect(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())])
    },
  }
}
