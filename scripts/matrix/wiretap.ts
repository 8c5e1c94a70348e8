import type { AddressInfo } from "node:net"
import { WebSocket, WebSocketServer } from "ws"
import { SERIALIZERS, type Serializer } from "../../src/core/wire/serializers.ts"
import type { Direction } from "../../test/router/hostile.ts"

/** One frame as it went by. */
export interface Frame {
  readonly direction: Direction
  readonly bytes: Uint8Array
  /** Empty where the bytes are no message. */
  readonly message: readonly unknown[]
}

/** What stands between clients and a router, changes nothing, and remembers every byte. */
export interface Wiretap {
  /** To be given to clients in place of the router's. */
  readonly url: string
  readonly frames: readonly Frame[]
  close(): Promise<void>
}

function read(serializer: Serializer, bytes: Uint8Array): readonly unknown[] {
  try {
    const message = serializer.decode(bytes, BOUNDS)
    return Array.isArray(message) ? message : []
  } catch {
    return []
  }
}

const BOUNDS = { depth: 256, items: 1 << 22 }

export async function startWiretap(target: string): Promise<Wiretap> {
  const names = Object.values(SERIALIZERS)
  const frames: Frame[] = []
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    handleProtocols: (offered) => names.find(({ subprotocol }) => offered.has(subprotocol))?.subprotocol ?? false,
  })
  server.on("connection", (client) => {
    const serializer = names.find(({ subprotocol }) => subprotocol === client.protocol)
    if (serializer === undefined) return client.terminate()
    // Uncompressed, so that what goes by can be searched.
    const router = new WebSocket(target, serializer.subprotocol, { perMessageDeflate: false })
    const opened = new Promise<void>((resolve) => router.once("open", resolve))
    const pass = (from: WebSocket, to: WebSocket, direction: Direction, ready: Promise<void>): void => {
      let order = ready
      from.on("message", (bytes: Buffer, binary: boolean) => {
        frames.push({ direction, bytes, message: read(serializer, bytes) })
        order = order.then(() => to.readyState === WebSocket.OPEN && to.send(bytes, { binary })).then(() => undefined)
      })
      from.on("close", () => void (order = order.then(() => to.close())))
      from.on("error", () => to.terminate())
    }
    pass(client, router, "toRouter", opened)
    pass(router, client, "toClient", Promise.resolve())
  })
  await new Promise((resolve) => server.once("listening", resolve))
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    frames,
    close: async () => {
      for (const client of server.clients) client.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
