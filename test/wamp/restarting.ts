import assert from "node:assert/strict"
import { createRequire } from "node:module"
import { connect, createServer, type AddressInfo, type Socket } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import { Wampy } from "wampy"
import type { ErrorCode } from "../../src/core/errors.ts"
import { createEndpoint, type Endpoint, type EndpointOptions } from "../../src/endpoint.ts"
import { startRouter, type Router, type RouterEvent } from "../../src/router/index.ts"
import { wampy } from "../../src/wamp/wampy.ts"
import { buildChain, NOW, party } from "../trust/chains.ts"
import { sightings } from "../router/canary.ts"
import { RouterChild } from "../router/router-child.ts"
import { TrustTable } from "../session/world.ts"
import { WAMPY_SERIALIZERS } from "../world.ts"

/** In every payload of these tests; no router may ever see it. */
export const CANARY = "canary-4f1c09e2d7"

/** A router that stops and comes back on the same port. */
export interface Restarting {
  readonly port: number
  /** What should not happen: a frame held the canary (`plaintext`), or a client broke the protocol (`session_aborted`). */
  readonly incidents: readonly string[]
  start(): Promise<void>
  /** Ends it in its own way; returns when it is gone. */
  stop(): Promise<void>
  /** Ends it for good. */
  close(): Promise<void>
}

/** Stops with GOODBYE to everybody. */
export class GracefulRouter implements Restarting {
  port = 0
  readonly incidents: string[] = []
  #router: Router | undefined

  async start(): Promise<void> {
    const sees = sightings(CANARY)
    const tap = (_direction: string, _session: number, frame: Uint8Array): void => {
      if (sees(frame)) this.incidents.push("plaintext")
    }
    const log = ({ event }: RouterEvent): void => {
      if (event === "session_aborted") this.incidents.push(event)
    }
    this.#router = await startRouter({ port: this.port, tap, log })
    this.port = this.#router.port
  }

  /** @param deadlineMs how long it waits for answers to its GOODBYE */
  async stop(deadlineMs = 100): Promise<void> {
    await this.#router?.close({ deadlineMs })
    this.#router = undefined
  }

  close(): Promise<void> {
    return this.stop()
  }
}

/** Runs in a process of its own, which is killed. */
export class KilledRouter implements Restarting {
  port = 0
  readonly incidents: string[] = []
  #child: RouterChild | undefined
  /** Loaded ahead, so that an outage is as short as a test wants it. */
  #next = this.#load()

  async start(): Promise<void> {
    this.#child = this.#next
    this.port = await this.#child.listen(this.port)
    this.#next = this.#load()
  }

  async stop(): Promise<void> {
    await this.#child?.kill()
    this.#child = undefined
  }

  async close(): Promise<void> {
    await Promise.all([this.#next.kill(), this.stop()])
  }

  #load(): RouterChild {
    return new RouterChild((what) => void this.incidents.push(what), CANARY)
  }
}

/** A way to a router that breaks on the client's side alone: the router goes on believing in sessions that are gone. */
export class HalfOpenWay {
  readonly #target: () => number
  readonly #server = createServer({ allowHalfOpen: true })
  readonly #pairs = new Set<{ readonly client: Socket; readonly router: Socket }>()
  readonly #dead = new Set<Socket>()

  constructor(target: () => number) {
    this.#target = target
    this.#server.on("connection", (client) => {
      const router = connect(this.#target(), "127.0.0.1")
      const pair = { client, router }
      this.#pairs.add(pair)
      client.pipe(router)
      router.pipe(client)
      const close = (): void => {
        if (!this.#pairs.delete(pair)) return
        client.destroy()
        router.destroy()
      }
      for (const socket of [client, router]) socket.on("error", close).on("close", close)
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve))
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  /** Breaks all connections on the clients' side. */
  break(): void {
    for (const pair of this.#pairs) {
      this.#pairs.delete(pair)
      this.#dead.add(pair.router)
      pair.client.unpipe()
      pair.router.unpipe()
      pair.router.resume()
      pair.client.destroy()
    }
  }

  /** Lets the router notice. */
  bury(): void {
    for (const socket of this.#dead) socket.destroy()
    this.#dead.clear()
  }

  async close(): Promise<void> {
    this.bury()
    for (const { client, router } of this.#pairs) {
      client.destroy()
      router.destroy()
    }
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

export interface Inhabitant {
  readonly endpoint: Endpoint
  readonly client: Wampy
  /** Codes of everything that was refused and is nobody's return value, in order. */
  readonly refused: ErrorCode[]
}

/** Endpoints over wampy clients that find their router again by themselves. */
export class Fleet {
  readonly trust = new TrustTable()
  readonly #router: { readonly port: number }
  readonly #members: Inhabitant[] = []
  readonly #began = performance.now()

  constructor(router: { readonly port: number }) {
    this.#router = router
  }

  async join(
    name: string,
    {
      serializer = "msgpack",
      url,
      client: own = {},
      ...options
    }: Partial<EndpointOptions> & {
      serializer?: keyof typeof WAMPY_SERIALIZERS
      url?: string
      /** Options of wampy. */
      client?: object
    } = {},
  ): Promise<Inhabitant> {
    const { WebSocket } = createRequire(import.meta.url)("ws") as { WebSocket: unknown }
    const client = new Wampy(url ?? `ws://127.0.0.1:${this.#router.port}/`, {
      realm: "realm1",
      ws: WebSocket,
      serializer: new WAMPY_SERIALIZERS[serializer](),
      reconnectInterval: 30,
      maxRetries: 0,
      ...own,
    } as never)
    await client.connect()
    const refused: ErrorCode[] = []
    const endpoint = await createEndpoint({
      connection: wampy(client),
      identity: { certificates: buildChain({ delegate: party(name) }), csKey: party(name).csKey },
      trust: this.trust,
      scopes: [{ uri: "com.example.", match: "prefix" }],
      onRefusal: ({ code }) => refused.push(code),
      clock: () => NOW + Math.floor(performance.now() - this.#began),
      ...options,
    })
    const member = { endpoint, client, refused }
    this.#members.push(member)
    return member
  }

  /** Whether every client has a session. */
  get isUp(): boolean {
    return this.#members.every(({ client }) => client.getSessionId() !== null)
  }

  async close(): Promise<void> {
    const members = this.#members.splice(0)
    await Promise.all(members.map(({ endpoint }) => endpoint.close()))
    await Promise.all(
      members.map(({ client }) => {
        client.setOptions({ autoReconnect: false })
        return client.disconnect()
      }),
    )
  }
}

export async function until(holds: () => boolean | Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const end = performance.now() + milliseconds
  while (!(await holds())) {
    assert.ok(performance.now() < end, `what was waited for did not happen within ${milliseconds} ms`)
    await pause(10)
  }
}

/** What a call ends with, as soon as it does not depend on the moment: patient callers of an application do as much. */
export async function eventually<T>(ask: () => Promise<T>, milliseconds = 10_000): Promise<T> {
  const end = performance.now() + milliseconds
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > end) throw error
      await pause(20)
    }
  }
}
