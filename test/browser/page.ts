// @ts-expect-error It has no types of its own.
import ab from "autobahn"
import { Wampy } from "wampy"
import { MsgpackSerializer } from "wampy/MsgpackSerializer.js"
import { fromHex } from "../../src/core/bytes.ts"
import { curves } from "../../src/core/curves/choice.ts"
import {
  ApplicationError,
  createEndpoint,
  firstUse,
  isE2eeError,
  Secret,
  standalone,
  type BundleState,
  type Endpoint,
  type Identity,
  type TrustProvider,
} from "../../src/index.ts"
import type { Connection } from "../../src/session/connection.ts"
import { autobahn, serializers } from "../../src/wamp/autobahn.ts"
import { sealing, wampy } from "../../src/wamp/wampy.ts"
import { MemoryPins } from "../trust/first-use/memory-pins.ts"
import type { Autobahn } from "../world.ts"
import {
  AUTOBAHN_ADD,
  CANARY,
  ECHO,
  FAIL,
  NEVER,
  NEWS,
  RELAY,
  SCOPES,
  SUM,
  WAMPY_ADD,
  type Report,
  type Stage,
} from "./stage.ts"

declare function addEventListener(event: string, listener: (event: { readonly type: string }) => void): void

/** What was refused and is nobody's return value. */
const refusals: string[] = []
/** What nothing caught. */
const errors: string[] = []

/** All that a page does with two endpoints over two clients, and what it sees. To be run in a browser. */
export async function tell(): Promise<Report> {
  try {
    return { facts: await facts() }
  } catch (error) {
    return { error: [error instanceof Error ? error.stack : error, ...refusals].map(String).join("\n") }
  }
}

async function facts(): Promise<Record<string, unknown>> {
  for (const event of ["error", "unhandledrejection"]) addEventListener(event, ({ type }) => errors.push(type))
  const stage = (await (await fetch("/stage")).json()) as Stage
  const { trustroot, realm, chainId, verifyingContract } = stage

  const wampyClient = new Wampy(stage.router, {
    realm: "realm1",
    serializer: sealing(new MsgpackSerializer() as never),
    reconnectInterval: 100,
    maxRetries: 0,
  } as never)
  await wampyClient.connect()
  const trust = standalone({ trustroot, realm, source: stage.bundle, state: memory() })
  const desk = await endpoint(wampy(wampyClient), identityOf(stage, "wampy"), trust)

  const client = new ab.Connection({
    url: stage.router,
    realm: "realm1",
    serializers: serializers("cbor"),
    initial_retry_delay: 0.1,
    max_retry_delay: 0.1,
    max_retries: -1,
  }) as Autobahn
  let sessions = 0
  await new Promise<void>((resolve) => {
    client.onopen = () => {
      sessions++
      resolve()
    }
    client.open()
  })
  const pins = new MemoryPins()
  const trusted = firstUse({ pins, realm, chainId, verifyingContract })
  const panel = await endpoint(autobahn(client), identityOf(stage, "autobahn"), trusted)

  const add = (args: readonly unknown[]): number => (args as number[]).reduce((a, b) => a + b, 0)
  await desk.register(WAMPY_ADD, add)
  await panel.register(AUTOBAHN_ADD, add)

  const seen: Record<string, unknown> = {
    curves: curves.name,
    "autobahn calls wampy": await panel.call(WAMPY_ADD, [2, 3]),
    "wampy calls autobahn": await desk.call(AUTOBAHN_ADD, [4, 5]),
    "Node calls wampy": await desk.call(RELAY, [WAMPY_ADD, 6, 7]),
    "Node calls autobahn": await panel.call(RELAY, [AUTOBAHN_ADD, 8, 9]),
    "trust of wampy": (await desk.callDetailed(ECHO)).details.sender.source.model,
    "trust of autobahn": (await panel.callDetailed(ECHO)).details.sender.source.model,
    pins: [...pins.table.pins].map(({ kind }) => kind).toSorted(),
  }
  for (const [name, caller] of Object.entries({ desk, panel })) seen[name] = await conversation(name, caller)
  seen["outside"] = await codeOf(panel.call("org.elsewhere"))
  await fetch("/attack", { method: "POST" })
  seen["after an attack"] = [await untilAnswered(() => panel.call(ECHO, [CANARY])), sessions]
  await fetch("/restart", { method: "POST" })
  seen["after a restart"] = [
    await untilAnswered(() => desk.call(ECHO, [CANARY])),
    await untilAnswered(() => panel.call(ECHO, [CANARY])),
    await untilAnswered(() => desk.call(AUTOBAHN_ADD, [1, 2])),
    await untilAnswered(() => panel.call(WAMPY_ADD, [3, 4])),
  ]
  seen["errors"] = errors
  return seen
}

/** What each endpoint says to the one in Node. */
async function conversation(name: string, endpoint: Endpoint): Promise<Record<string, unknown>> {
  const long = Array.from({ length: 500 }, (_, i) => ({ sensor: `pump-${i % 4}`, at: CANARY, bytes: Uint8Array.of(i) }))
  const echoed = (await endpoint.call(ECHO, [long])) as typeof long
  const parts: unknown[] = []
  const sum = await endpoint.call(SUM, [1], { input: [2, 3], onProgress: ([part]) => parts.push(part) })
  const failure = await endpoint.call(FAIL).catch((error: unknown) => error)
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 50)
  const cancelled = await codeOf(endpoint.call(NEVER, [name], { signal: abort.signal }))
  const news = await new Promise<unknown>((resolve, reject) => {
    const publish = () => endpoint.publish(NEWS, [name, CANARY])
    endpoint.subscribe(`${NEWS}.${name}`, ([text]) => resolve(text)).then(publish, reject)
  })
  return {
    echoed: JSON.stringify(echoed) === JSON.stringify(long) && echoed[1]?.bytes instanceof Uint8Array,
    parts,
    sum,
    failure: failure instanceof ApplicationError ? [failure.uri, failure.args] : String(failure),
    cancelled,
    news,
  }
}

function endpoint(connection: Connection, identity: Identity, trust: TrustProvider): Promise<Endpoint> {
  return createEndpoint({
    connection,
    identity,
    trust,
    scopes: SCOPES,
    onRefusal: ({ message }) => refusals.push(message),
  })
}

function identityOf({ machines }: Stage, name: keyof Stage["machines"]): Identity {
  const { certificates, csKey } = machines[name]
  return { certificates, csKey: new Secret(fromHex(csKey) ?? new Uint8Array()) }
}

function memory(): BundleState {
  let last: string | undefined
  return {
    load: async () => last,
    save: async (_place, _sequence, text) => void (last = text),
  }
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.catch((refused: unknown) => refused)
  return isE2eeError(error) ? error.code : String(error)
}

/** Asks again until it is answered: who is asked may not be back yet. */
async function untilAnswered(ask: () => Promise<unknown>): Promise<unknown> {
  for (let i = 0; ; i++) {
    const answer = await ask().catch((error: unknown) => {
      if (i === 100) throw error
    })
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
