import { exportedChannelId, type TlsConnection } from "../cryptosign/channel.ts"
import type { Channel } from "../cryptosign/client.ts"
import { E2eeError } from "../core/errors.ts"

/** What is used of a socket of the package ws. */
interface UpgradingSocket {
  once(event: "upgrade", listener: (response: { readonly socket: unknown }) => void): unknown
}

type SocketClass = new (url: string, protocols: string[], options: object) => UpgradingSocket

/**
 * For wampy in Node: the class `WebSocket` of the package ws as its option `ws`, watched so that `channel` knows the TLS
 * connection in use. `options` are those of ws, `ca` for example. The channel rejects with `session.unsupported` where
 * there is no TLS 1.3.
 */
export function tlsExporter(WebSocket: SocketClass, options: object = {}): { ws: SocketClass; channel: Channel } {
  let latest: unknown
  class WatchedSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, options)
      latest = undefined
      this.once("upgrade", ({ socket }) => (latest = socket))
    }
  }
  const id = (): Uint8Array => {
    const bytes = isTls(latest) ? exportedChannelId(latest) : undefined
    if (bytes === undefined)
      throw new E2eeError(
        "session.unsupported",
        "the connection has no TLS 1.3 to bind the session to; use wss: and a router with TLS 1.3",
      )
    return bytes
  }
  return { ws: WatchedSocket, channel: { type: "tls-exporter", id } }
}

function isTls(socket: unknown): socket is TlsConnection {
  return typeof socket === "object" && socket !== null && "exportKeyingMaterial" in socket && "getProtocol" in socket
}
