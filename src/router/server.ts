import { randomBytes } from "node:crypto"
import { createServer } from "node:http"
import type { IncomingMessage, RequestListener, Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { AddressInfo } from "node:net"
import type { Duplex } from "node:stream"
import { TLSSocket } from "node:tls"
import { WebSocketServer } from "ws"
import { E2eeError } from "../core/errors.ts"
import type { Authenticate } from "./authentication.ts"
import { Connection } from "./connection.ts"
import type { RouterEvent, Tap } from "./events.ts"
import type { Limits } from "./limits.ts"
import { CODE } from "./messages.ts"
import type { RealmMessage, WireMessage } from "./messages.ts"
import type { Outgoing, Peer } from "./peer.ts"
import { Realm } from "./realm.ts"
import { SERIALIZERS } from "../core/wire/serializers.ts"
import type { Serializer, SerializerName } from "../core/wire/serializers.ts"
import type { Realms } from "./session.ts"

/** How often calls with a time limit are looked at, in milliseconds: they end at most so much late. */
const TICK_MS = 20

/** A TLS certificate and its private key, both PEM. */
export interface Tls {
  readonly cert: string
  readonly key: string
}

export interface ServerParts {
  readonly host: string
  readonly port: number
  readonly realms: readonly string[] | "any"
  readonly serializers: readonly SerializerName[]
  readonly origins: readonly string[]
  readonly limits: Limits
  readonly authenticate: Authenticate
  readonly tls: Tls | undefined
  readonly log: (event: RouterEvent) => void
  readonly tap: Tap
}

interface Member {
  readonly name: string
  readonly realm: Realm
  readonly connection: Connection
}

/** Sockets and timers around the realms. */
export class RouterServer implements Realms {
  readonly authenticate: Authenticate
  readonly #parts: ServerParts
  readonly #http: Server
  readonly #sockets: WebSocketServer
  readonly #connections = new Map<number, Connection>()
  readonly #realms = new Map<string, { realm: Realm; members: number }>()
  readonly #members = new Map<Peer, Member>()
  readonly #queue: Outgoing[] = []
  #sending = false
  #ping: NodeJS.Timeout | undefined
  #tick: NodeJS.Timeout | undefined
  #closed: Promise<void> | undefined

  constructor(parts: ServerParts) {
    this.#parts = parts
    this.authenticate = parts.authenticate
    // Compression would need bounds of its own and gains nothing on sealed payloads.
    this.#sockets = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: parts.limits.maxMessageBytes,
      clientTracking: false,
      handleProtocols: (offered) => this.#choose(offered)?.subprotocol ?? false,
    })
    const refuse: RequestListener = (_request, response) => response.writeHead(426).end("WebSocket only\n")
    this.#http = parts.tls ? tlsServer(parts.tls, refuse) : createServer(refuse)
    this.#http.headersTimeout = parts.limits.handshakeTimeoutMs
    this.#http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head))
  }

  get sessions(): number {
    return this.#members.size
  }

  /** Resolves with the port once the router listens. */
  async listen(): Promise<number> {
    const { host, port, limits } = this.#parts
    await new Promise<void>((resolve, reject) => {
      const failed = (error: Error): void => {
        const message = `the router cannot listen on ${host}:${port}: ${error.message}; choose another port or host`
        reject(new E2eeError("session.connection", message, { cause: error }))
      }
      this.#http.once("error", failed)
      this.#http.listen(port, host, () => {
        this.#http.off("error", failed)
        resolve()
      })
    })
    if (limits.pingIntervalMs > 0) {
      this.#ping = setInterval(() => {
        for (const connection of this.#connections.values()) connection.probe()
      }, limits.pingIntervalMs)
    }
    return (this.#http.address() as AddressInfo).port
  }

  close(deadlineMs: number): Promise<void> {
    this.#closed ??= this.#close(deadlineMs)
    return this.#closed
  }

  async #close(deadlineMs: number): Promise<void> {
    clearInterval(this.#ping)
    const stopped = new Promise<void>((resolve) => this.#http.close(() => resolve()))
    this.#http.closeIdleConnections()
    for (const connection of this.#connections.values()) connection.session.shutdown()
    const deadline = setTimeout(() => {
      for (const connection of this.#connections.values()) connection.cutOff("the router stops")
      this.#http.closeAllConnections()
    }, deadlineMs)
    await stopped
    clearTimeout(deadline)
    clearTimeout(this.#tick)
  }

  // The realms, as sessions see them.

  allows(realm: string): boolean {
    return this.#parts.realms === "any" || this.#parts.realms.includes(realm)
  }

  join(name: string, peer: Peer): void {
    const connection = this.#connections.get(peer.id)
    if (!connection) return
    const { maxHeld } = this.#parts.limits
    const entry = this.#realms.get(name) ?? {
      realm: new Realm({ maxHeld, randomId, random: Math.random }),
      members: 0,
    }
    entry.members++
    this.#realms.set(name, entry)
    this.#members.set(peer, { name, realm: entry.realm, connection })
    this.#parts.log({ event: "session_opened", session: peer.id, realm: name, authid: peer.authid })
  }

  receive(peer: Peer, message: RealmMessage): void {
    const realm = this.#members.get(peer)?.realm
    if (!realm) return
    this.#send(realm.receive(peer, message, performance.now()))
    if (realm.hasDeadlines) this.#tick ??= setTimeout(() => this.#expire(), TICK_MS)
  }

  refused(session: number, uri: string, why: string): void {
    this.#parts.log({ event: "session_refused", session, uri, why })
  }

  leave(peer: Peer): void {
    const member = this.#members.get(peer)
    if (!member) return
    this.#members.delete(peer)
    const entry = this.#realms.get(member.name)
    // An empty realm has nothing to remember; kept, they could be made without end.
    if (entry && --entry.members === 0) this.#realms.delete(member.name)
    this.#parts.log({ event: "session_closed", session: peer.id })
    this.#send(member.realm.leave(peer))
  }

  #expire(): void {
    this.#tick = undefined
    let more = false
    for (const { realm } of this.#realms.values()) {
      this.#send(realm.expire(performance.now()))
      more ||= realm.hasDeadlines
    }
    if (more) this.#tick ??= setTimeout(() => this.#expire(), TICK_MS)
  }

  /** Sends in order, also what sending itself brings about: a client cut off, a payload that cannot be written. */
  #send(outgoing: readonly Outgoing[]): void {
    this.#queue.push(...outgoing)
    if (this.#sending) return
    this.#sending = true
    const written = new Map<WireMessage, Map<Serializer, Uint8Array>>()
    try {
      // The loop sees what is pushed while it runs.
      for (const next of this.#queue) this.#deliver(next, written)
    } finally {
      this.#queue.length = 0
      this.#sending = false
    }
  }

  #deliver({ to, message }: Outgoing, written: Map<WireMessage, Map<Serializer, Uint8Array>>): void {
    const member = this.#members.get(to)
    if (!member) return
    const { realm, connection } = member
    const forms = written.get(message) ?? new Map<Serializer, Uint8Array>()
    written.set(message, forms)
    let encoded = forms.get(connection.serializer)
    if (!encoded) {
      try {
        encoded = connection.serializer.encode(message)
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        if (message[0] === CODE.EVENT) this.#parts.log({ event: "event_dropped", session: to.id, why })
        this.#queue.push(...realm.undeliverable(to, message))
        return
      }
      forms.set(connection.serializer, encoded)
    }
    connection.send(message, encoded)
  }

  // The sockets.

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refuse = (status: string): void => {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    }
    socket.on("error", () => socket.destroy())
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim())
    const serializer = this.#choose(offered)
    if (this.#closed || this.#connections.size >= this.#parts.limits.maxSessions) {
      return refuse("503 Service Unavailable")
    }
    if (!this.#trusts(request.headers.origin)) return refuse("403 Forbidden")
    if (!serializer) return refuse("400 Bad Request")
    this.#sockets.handleUpgrade(request, socket, head, (websocket) => {
      const { limits, log, tap } = this.#parts
      let id = randomId()
      while (this.#connections.has(id)) id = randomId()
      const tls = socket instanceof TLSSocket ? socket : undefined
      const parts = { id, socket: websocket, tls, serializer, limits, realms: this, log, tap }
      this.#connections.set(id, new Connection(parts, () => this.#connections.delete(id)))
    })
  }

  #choose(offered: Iterable<string>): Serializer | undefined {
    for (const subprotocol of offered) {
      const name = this.#parts.serializers.find((one) => SERIALIZERS[one].subprotocol === subprotocol)
      if (name) return SERIALIZERS[name]
    }
    return undefined
  }

  /** Any page a browser shows may open a WebSocket to this machine: pages from elsewhere are refused. */
  #trusts(origin: string | undefined): boolean {
    if (origin === undefined || this.#parts.origins.includes(origin)) return true
    return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin)
  }
}

/** TLS 1.3 alone: what sessions are bound to is sound in it without conditions (RFC 9266). */
function tlsServer(tls: Tls, listener: RequestListener): Server {
  try {
    return createTlsServer({ cert: tls.cert, key: tls.key, minVersion: "TLSv1.3" }, listener)
  } catch (cause) {
    throw new E2eeError("usage.invalid", "tls is no certificate and its private key; expected both as PEM", { cause })
  }
}

/** Uniform over 1 to 2^53 - 1 ("IDs in the global scope"). */
function randomId(): number {
  for (;;) {
    const id = Number(randomBytes(8).readBigUInt64BE() >> 11n)
    if (id > 0) return id
  }
}
