import type { TLSSocket } from "node:tls"
import type { WebSocket } from "ws"
import { exportedChannelId } from "../cryptosign/channel.ts"
import type { ChannelBinding } from "../cryptosign/proof.ts"
import type { RouterEvent, Tap } from "./events.ts"
import type { Limits } from "./limits.ts"
import { CODE, parseMessage, ProtocolViolation } from "./messages.ts"
import type { WireMessage } from "./messages.ts"
import type { Serializer } from "../core/wire/serializers.ts"
import { Session } from "./session.ts"
import type { Realms, Wire } from "./session.ts"

/** Milliseconds a client has to close its side after the router closed its own. */
const CLOSE_TIMEOUT_MS = 2_000

export interface ConnectionParts {
  readonly id: number
  readonly socket: WebSocket
  /** The TLS connection below the WebSocket, where there is one. */
  readonly tls: TLSSocket | undefined
  readonly serializer: Serializer
  readonly limits: Limits
  readonly realms: Realms
  readonly log: (event: RouterEvent) => void
  readonly tap: Tap
}

/** One WebSocket: frames in and out, limits, signs of life. */
export class Connection implements Wire {
  readonly session: Session
  readonly #parts: ConnectionParts
  readonly #tokens: { left: number; at: number }
  #alive = true
  #resume: NodeJS.Timeout | undefined
  readonly #handshake: NodeJS.Timeout
  #closing: NodeJS.Timeout | undefined

  constructor(parts: ConnectionParts, closed: () => void) {
    const { id, socket, limits, realms } = parts
    this.#parts = parts
    this.#tokens = { left: 2 * limits.maxMessagesPerSecond, at: performance.now() }
    this.session = new Session(id, this, realms)
    this.#handshake = setTimeout(() => {
      if (this.session.isOpening) this.abort("wamp.error.protocol_violation", "the session was not opened in time")
    }, limits.handshakeTimeoutMs)
    socket.on("message", (frame: Buffer, isBinary) => this.#receive(frame, isBinary))
    socket.on("pong", () => (this.#alive = true))
    // Always followed by a close; a frame that is too large or ill-formed ends here.
    socket.on("error", (error) => parts.log({ event: "session_cut_off", session: id, why: error.message }))
    socket.on("close", () => {
      clearTimeout(this.#handshake)
      clearTimeout(this.#resume)
      clearTimeout(this.#closing)
      this.session.lost()
      closed()
    })
  }

  /** Throws when the message cannot be written in this session's serialisation. */
  send(message: WireMessage, encoded = this.#parts.serializer.encode(message)): void {
    const { id, socket, serializer, limits, log, tap } = this.#parts
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > limits.maxQueuedBytes && message[0] === CODE.EVENT) {
      return log({ event: "event_dropped", session: id, why: `${socket.bufferedAmount} bytes are waiting for it` })
    }
    if (socket.bufferedAmount > 2 * limits.maxQueuedBytes) {
      return this.cutOff(`${socket.bufferedAmount} bytes are waiting for it`)
    }
    tap("out", id, encoded)
    socket.send(encoded, { binary: serializer.binary, compress: false })
  }

  get serializer(): Serializer {
    return this.#parts.serializer
  }

  close(code: number): void {
    const { socket } = this.#parts
    clearTimeout(this.#handshake)
    socket.resume()
    socket.close(code)
    this.#closing ??= setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS)
  }

  /** `tls-unique` does not exist in TLS 1.3 (RFC 9266). */
  channelId(binding: ChannelBinding): Uint8Array | undefined {
    const { tls } = this.#parts
    return tls && binding === "tls-exporter" ? exportedChannelId(tls) : undefined
  }

  abort(uri: string, message: string): void {
    this.#parts.log({ event: "session_aborted", session: this.session.id, uri, message })
    this.session.abort(uri, message)
  }

  /** Without a word: for a client that does not listen. */
  cutOff(why: string): void {
    this.#parts.log({ event: "session_cut_off", session: this.session.id, why })
    this.#parts.socket.terminate()
  }

  /** To be called once in a ping interval. */
  probe(): void {
    const { socket } = this.#parts
    // A client that the router does not read from cannot show that it lives.
    if (socket.isPaused) return
    if (!this.#alive) return this.cutOff("it did not answer a ping")
    this.#alive = false
    if (socket.readyState === socket.OPEN) socket.ping()
  }

  #receive(frame: Buffer, isBinary: boolean): void {
    const { id, serializer, limits, log, tap } = this.#parts
    this.#alive = true
    this.#pace()
    tap("in", id, frame)
    try {
      if (isBinary !== serializer.binary) throw new ProtocolViolation("a frame is of the wrong type, text or binary")
      this.session.receive(parseMessage(this.#decode(frame, limits)))
    } catch (error) {
      if (error instanceof ProtocolViolation) return this.abort(error.uri, error.message)
      log({ event: "fault", session: id, message: error instanceof Error ? error.message : String(error) })
      this.abort("wamp.error.network_failure", "the router made a mistake")
    }
  }

  #decode(frame: Buffer, { maxDepth, maxItems }: Limits): unknown {
    try {
      return this.#parts.serializer.decode(frame, { depth: maxDepth, items: maxItems })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new ProtocolViolation(`the message is no ${this.#parts.serializer.name}: ${why}`)
    }
  }

  /** Token bucket; one in debt is not read from until the debt is paid. */
  #pace(): void {
    const { socket, limits } = this.#parts
    const rate = limits.maxMessagesPerSecond
    const now = performance.now()
    this.#tokens.left = Math.min(2 * rate, this.#tokens.left + ((now - this.#tokens.at) * rate) / 1000) - 1
    this.#tokens.at = now
    if (this.#tokens.left >= 0 || socket.isPaused) return
    socket.pause()
    this.#resume = setTimeout(() => socket.resume(), (-this.#tokens.left / rate) * 1000)
  }
}
