import assert from "node:assert/strict"
import { spawn, type ChildProcess } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { isE2eeError, type ErrorCode } from "../../src/core/errors.ts"
import type { ReplayPolicy } from "../../src/keys/policy.ts"
import type { ScopeOptions } from "../../src/session/scope.ts"
import { replayFolder } from "../../src/store/replay-folder.ts"
import { startHostile, type Hostile, type Link, type Message } from "../router/hostile.ts"
import { RouterChild } from "../router/router-child.ts"
import { party } from "../trust/chains.ts"
import type { AgentOrders } from "./agent-process.ts"
import { CANARY, eventually, Fleet, until, type Inhabitant } from "./restarting.ts"

const PROGRAM = fileURLToPath(new URL("agent-process.ts", import.meta.url))
const REPLICAS = ["agent A", "agent B"] as const
const [WORK, TOPIC] = ["com.example.work", "com.example.level"]
const [EVENT, REGISTERED, INVOCATION, YIELD, ERROR] = [36, 65, 68, 70, 8]
/** Milliseconds between messages of one sender. */
const PAUSE = 10

/** A key agent in a process of its own, which may be killed. */
class AgentChild {
  readonly #process: ChildProcess
  readonly #lines: string[] = []

  constructor(orders: AgentOrders) {
    this.#process = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], { stdio: ["pipe", "pipe", "inherit"] })
    this.#process.stdin?.on("error", () => undefined) // it may be dead already
    this.#process.stdout?.on("data", (text: Buffer) => this.#lines.push(...String(text).split("\n")))
  }

  get isStanding(): boolean {
    assert.ok(!this.hasEnded, "a key agent ended by itself")
    return this.#lines.includes("standing")
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null
  }

  /** POSIX milliseconds since which it is the agent. */
  get agentSince(): number | undefined {
    const line = this.#lines.find((one) => /^agent \d+$/.test(one))
    return line === undefined ? undefined : Number(line.slice("agent ".length))
  }

  async kill(): Promise<void> {
    if (this.hasEnded) return
    const closed = new Promise((resolve) => this.#process.once("close", resolve))
    this.#process.kill("SIGKILL")
    await closed
  }
}

/** What came of a crash of the agent, in milliseconds since then. */
export interface Takeover {
  /** Until the replica that stood by was the agent. */
  readonly replaced: number
  /** Until somebody without keys had got them and a call answered. */
  readonly granted: number
  /** The longest that a caller which held keys was without a result. */
  readonly interrupted: number
}

/**
 * Replicas of a scope's key agent, each a process, a router that is one, and members that talk all the time. A hostile
 * router stands before all who receive: it hands out everything twice.
 */
export class TakeoverStage {
  readonly incidents: string[] = []
  /** How often a callee ran each call, a subscriber got each event. */
  readonly executed = new Map<unknown, number>()
  readonly got = new Map<unknown, number>()
  /** Calls that came back with their result, and events that the router acknowledged. */
  readonly answered = new Set<number>()
  readonly acknowledged = new Set<number>()
  /** What became of all others. */
  readonly failures = new Map<string, number>()
  readonly #scope: ScopeOptions
  readonly #router = new RouterChild((what) => void this.incidents.push(what), CANARY)
  readonly #agents: AgentChild[] = []
  readonly #enough = new AbortController()
  readonly #traffic: Promise<void>[] = []
  readonly #members: Inhabitant[] = []
  #results: number[] = []
  #port = 0
  #folder = ""
  #hostile!: Hostile
  #fleet!: Fleet
  #count = 0

  readonly #replicas: number

  /** @param replicas 2, or 1 that is started again as soon as it is dead */
  constructor(replay: ReplayPolicy, epochMs: number, replicas: 1 | 2 = 2) {
    this.#replicas = replicas
    const agents = REPLICAS.map((name) => party(name).address)
    this.#scope = { uri: "com.example.", match: "prefix", replay, epochMs, generationMs: 600 * epochMs, agents }
  }

  async start(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), "takeover-"))
    this.#port = await this.#router.listen()
    this.#hostile = await startHostile(`ws://127.0.0.1:${this.#port}/`)
    this.#fleet = new Fleet({ port: this.#port })
    const isPinned = this.#scope.replay === "pinned"
    for (let replica = 0; replica < this.#replicas; replica++) await this.#replace(replica)
    const twice = this.#deliverTwice()
    const callees = [await this.#join("callee one", true), await this.#join("callee two", true)] as const
    for (const { endpoint } of callees)
      await endpoint.register(WORK, ([id]) => `${CANARY} ${String(note(this.executed, id))}`, {
        invoke: isPinned ? "first" : "roundrobin",
      })
    const subscriber = await this.#join("subscriber", true)
    await subscriber.endpoint.subscribe(TOPIC, ([id]) => note(this.got, id))
    twice()
    const [caller, publisher] = [await this.#join("caller"), await this.#join("publisher")]
    const callee = isPinned ? { callee: party("callee one").address } : {}
    this.#forever(async (id) => {
      assert.equal(await caller.endpoint.call(WORK, [id, CANARY], { ...callee, timeoutMs: 5_000 }), `${CANARY} ${id}`)
      this.answered.add(id)
      this.#results.push(Date.now())
    })
    this.#forever(async (id) => {
      await publisher.endpoint.publish(TOPIC, [id, CANARY], { timeoutMs: 5_000 })
      this.acknowledged.add(id)
    })
    await until(() => this.answered.size > 10 && this.acknowledged.size > 10)
  }

  /** Calls that were answered and never run, and events that were acknowledged and never came. */
  get lost(): number[] {
    const { answered, acknowledged, executed, got } = this
    return [...[...answered].filter((id) => !executed.has(id)), ...[...acknowledged].filter((id) => !got.has(id))]
  }

  /** How often a receiver said that keys were stale: of an event that was on its way in the very moment. */
  get saidStale(): number {
    return this.#members.flatMap(({ refused }) => refused).filter((code) => code === "keys.stale").length
  }

  /** What was run, or came, more than once. */
  get twice(): unknown[] {
    return [this.executed, this.got].flatMap((times) => [...times].filter(([, n]) => n > 1).map(([what]) => what))
  }

  /** Codes of everything that members refused. */
  get refused(): ReadonlySet<ErrorCode> {
    return new Set(this.#members.flatMap(({ refused }) => refused))
  }

  /** Kills the agent, waits until there is another, and starts the dead one again, to stand by. */
  async crash(): Promise<Takeover> {
    const dead = this.#agents.findIndex(({ agentSince }) => agentSince !== undefined)
    const newcomer = await this.#join(`newcomer ${this.#count}`)
    const callee = this.#scope.replay === "pinned" ? { callee: party("callee one").address } : {}
    this.#results = [Date.now()]
    const killed = Date.now()
    await this.#agents[dead]?.kill()
    if (this.#replicas === 1) await this.#replace(dead)
    const next = this.#agents[this.#replicas === 1 ? dead : 1 - dead] as AgentChild
    await eventually(() => newcomer.endpoint.call(WORK, [++this.#count, CANARY], callee), 30_000)
    const granted = Date.now() - killed
    await until(() => next.agentSince !== undefined)
    if (this.#replicas > 1) await this.#replace(dead)
    const { answered, acknowledged } = this
    const [calls, events] = [answered.size, acknowledged.size]
    await until(() => answered.size > calls + 10 && acknowledged.size > events + 10)
    const interrupted = Math.max(...this.#results.map((at, i) => at - (this.#results[i - 1] ?? at)))
    return { replaced: (next.agentSince as number) - killed, granted, interrupted }
  }

  /** Ends the traffic and waits for what is under way. */
  async settle(): Promise<void> {
    this.#enough.abort()
    await Promise.all(this.#traffic)
    await pause(500)
  }

  async close(): Promise<void> {
    this.#enough.abort()
    await Promise.all(this.#agents.map((agent) => agent.kill()))
    await this.#fleet?.close()
    await this.#hostile?.close()
    await this.#router.kill()
    await rm(this.#folder, { recursive: true })
  }

  async #replace(replica: number): Promise<void> {
    const [name, port, scope, folder] = [REPLICAS[replica] as string, this.#port, this.#scope, this.#folder]
    const agent = new AgentChild({ name, port, scope, folder })
    this.#agents[replica] = agent
    await until(() => agent.isStanding, 30_000)
  }

  /** @param behind whether it meets everything twice */
  async #join(name: string, behind = false): Promise<Inhabitant> {
    const sharedReplay = replayFolder(this.#folder)
    const url = behind ? { url: this.#hostile.url } : {}
    const member = await this.#fleet.join(name, { scopes: [this.#scope], sharedReplay, clock: Date.now, ...url })
    this.#members.push(member)
    return member
  }

  #forever(work: (id: number) => Promise<void>): void {
    const loop = async (): Promise<void> => {
      while (!this.#enough.signal.aborted) {
        await work(++this.#count).catch((error: unknown) => {
          if (!isE2eeError(error)) throw error
          note(this.failures, error.code)
        })
        await pause(PAUSE)
      }
    }
    this.#traffic.push(loop())
  }

  /**
   * Has the router hand each call to the other callee, too, a moment later, and each event to the subscriber again. Call
   * what is returned when all have registered.
   */
  #deliverTwice(): () => void {
    const registered = new Map<Link, unknown>()
    let isReady = false
    let copies = 0
    this.#hostile.rewrite = async (direction, message, link) => {
      const [code, request] = message
      if (code === REGISTERED) registered.set(link, message[2])
      if (!isReady) return message
      if (direction === "toRouter") {
        // Answers to copies are the hostile router's alone.
        const isOfCopy = (code === YIELD && isCopy(request)) || (code === ERROR && isCopy(message[2]))
        return isOfCopy ? null : message
      }
      if (code === EVENT) return [message, structuredClone(message)]
      if (code === INVOCATION)
        for (const [other, registration] of registered) {
          const copy: Message = [INVOCATION, COPIES + ++copies, registration, ...structuredClone(message.slice(3))]
          setTimeout(() => other.send("toClient", copy), 5)
        }
      return message
    }
    return () => void (isReady = true)
  }
}

/** Numbers of invocations that the hostile router made. */
const COPIES = 2 ** 40
const isCopy = (request: unknown): boolean => typeof request === "number" && request > COPIES

function note<K>(times: Map<K, number>, what: K): K {
  times.set(what, (times.get(what) ?? 0) + 1)
  return what
}
