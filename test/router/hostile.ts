import { createServer } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { AddressInfo } from "node:net"
import { WebSocket, WebSocketServer } from "ws"
import { SERIALIZERS } from "../../src/core/wire/serializers.ts"
import type { Serializer } from "../../src/core/wire/serializers.ts"

/** A WAMP message as the wire has it: `[code, ...]`. */
export type Message = unknown[]

export type Direction = "toRouter" | "toClient"

/** One client's way through the hostile router. */
export interface Link {
  /** 1 for the first client that connected, and so on. */
  readonly number: number
  readonly serializer: Serializer
  /** Sends a message of the attacker's own, past the rewrite. */
  send(direction: Direction, message: Message): void
  /** Breaks the connection without a closing handshake, on both sides. */
  cut(): void
}

/** The message to pass on, several in its stead, or null for none. */
export type Rewrite = (
  direction: Direction,
  message: Message,
  link: Link,
) => Message | Message[] | null | Promise<Message | Message[] | null>

export interface Hostile {
  /** To be given to clients in place of the router's. */
  readonly url: string
  readonly links: readonly Link[]
  /** May be replaced at any time. */
  rewrite: Rewrite
  /** Cuts every link; clients may connect again. */
  cut(): void
  close(): Promise<void>
}

/**
 * A man in the middle between clients and the router at `target`: decodes each message, lets `rewrite` do as it likes,
 * and encodes the outcome. Messages of one direction keep their order, however long `rewrite` takes. An error in
 * `rewrite` cuts the link and is thrown by `close`, lest a test pass because its attack failed. With `tls` it has a TLS
 * connection of its own on either side.
 */
export async function startHostile(
  target: string,
  rewrite: Rewrite = (_direction, message) => message,
  tls?: { readonly cert: string; readonly key: string },
): Promise<Hostile> {
  const names = Object.values(SERIALIZERS)
  const http = tls ? createTlsServer(tls) : createServer()
  http.listen(0, "127.0.0.1")
  const server = new WebSocketServer({
    server: http,
    handleProtocols: (offered) => names.find(({ subprotocol }) => offered.has(subprotocol))?.subprotocol ?? false,
  })
  const links: Link[] = []
  const errors: unknown[] = []
  const bounds = { depth: 256, items: 1 << 22 }

  server.on("connection", (client) => {
    const serializer = names.find(({ subprotocol }) => subprotocol === client.protocol)
    if (!serializer) return client.terminate()
    const router = new WebSocket(target, serializer.subprotocol, {
      perMessageDeflate: false,
      ...(tls ? { ca: tls.cert } : {}),
    })
    const opened = new Promise<void>((resolve) => router.once("open", resolve))
    const cut = (): void => {
      client.terminate()
      router.terminate()
    }
    const link: Link = {
      number: links.length + 1,
      serializer,
      send: (direction, message) => {
        const socket = direction === "toRouter" ? router : client
        const bytes = serializer.encode(message)
        if (socket.readyState === WebSocket.OPEN) socket.send(bytes, { binary: serializer.binary })
      },
      cut,
    }
    links.push(link)

    const pass = (from: WebSocket, to: WebSocket, direction: Direction): void => {
      let order: Promise<void> = opened
      const inOrder = (step: () => void | Promise<void>): void => {
        order = order.then(step).catch((error: unknown) => {
          errors.push(error)
          cut()
        })
      }
      from.on("message", (frame: Buffer) =>
        inOrder(async () => {
          const message = serializer.decode(frame, bounds) as Message
          const outcome = await hostile.rewrite(direction, message, link)
          const messages = outcome === null ? [] : Array.isArray(outcome[0]) ? (outcome as Message[]) : [outcome]
          for (const one of messages) link.send(direction, one as Message)
        }),
      )
      from.on("close", () => inOrder(() => to.close()))
      from.on("error", () => to.terminate())
    }
    pass(client, router, "toRouter")
    pass(router, client, "toClient")
  })

  await new Promise<void>((resolve) => server.once("listening", resolve))
  const hostile: Hostile = {
    url: `${tls ? "wss" : "ws"}://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    links,
    rewrite,
    cut: () => links.forEach((link) => link.cut()),
    close: async () => {
      hostile.cut()
      await new Promise((resolve) => server.close(resolve))
      await new Promise((resolve) => http.close(resolve))
      if (errors.length > 0) throw errors[0]
    },
  }
  return hostile
}
