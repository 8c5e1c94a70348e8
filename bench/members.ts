// Many members of one scope: `npm run bench:members`. By default 10,000 subscribers, of whom all join, 100 at a time, then
// hear of an event and an epoch, then one of them is revoked, with a key tree and without; `-- --members N` for another
// number, `--trust-ms 20` for an agent whose trustroot takes so long to answer. The agent and the members have a thread
// each, over a router that does nothing else; processor time of either is what the machine's other work disturbs least.
// Some minutes.
//
// Included: everything endpoints do, with real certificates, Noise, signatures and members that each judge the agent.
// Not included: a network and its serialisers, and what a trustroot takes to answer. What a signature says is worked out
// once in a thread, so that all members together verify the agent's certificates once.
import { parseArgs } from "node:util"
import { Worker } from "node:worker_threads"
import { issueCertificate } from "../src/certificate/issue.ts"
import { CAPABILITIES } from "../src/certificate/capabilities.ts"
import type { CertificateChain } from "../src/certificate/types.ts"
import { createEndpoint, type Endpoint } from "../src/endpoint.ts"
import { parseAnnouncement, type Announcement } from "../src/keys/announcement.ts"
import { INFO_REQUEST, parseInfo } from "../src/keys/grant.ts"
import { TrustTable } from "../test/session/world.ts"
import { buildChain, draftChain, party } from "../test/trust/chains.ts"
import { doAtRouter, Link } from "./members/link.ts"
import { CountingRouter } from "./members/router.ts"
import { usedMs } from "./members/used.ts"

const { values } = parseArgs({
  options: {
    members: { type: "string", default: "10000" },
    "trust-ms": { type: "string", default: "0" },
    json: { type: "boolean" },
  },
})
const MEMBERS = Number(values.members)
const TRUST_MS = Number(values["trust-ms"])
/** Members that join one after another, before all others and after them. */
const APART = Math.min(100, Math.ceil(MEMBERS / 10))
/** Members that join at the same time: more would wait for their own thread, which plays all of them, until keys are stale. */
const AT_ONCE = 100
const EPOCH_MS = 60_000
/** Milliseconds without news after which whoever has not heard an event does not. */
const PATIENCE = 90_000
const [TOPIC, GRANT, CONTROL] = ["com.example.level", "com.example.e2ee.grant", "com.example.e2ee.ann"]

/** A subscriber, who may not be a key agent. */
function certified(name: string): { certificates: CertificateChain; csKey: ReturnType<typeof party>["csKey"] } {
  const drafts = draftChain({ delegate: party(name), capabilities: CAPABILITIES.consumer }).slice(0, 2)
  const own = drafts.map(({ certificate, signer }) => issueCertificate(certificate, signer))
  return { certificates: [...own, ...above], csKey: party(name).csKey }
}

const round = (value: number, digits = 1): number => Number(value.toFixed(digits))
const rest = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const above = buildChain().slice(2)
const nameOf = (i: number): string => `member ${i}`
const identities = Array.from({ length: MEMBERS + 2 * APART }, (_, i) => certified(nameOf(i)))
console.error(`${identities.length} members certified`)

async function inForce(router: CountingRouter): Promise<Announcement> {
  const question = { sealed: false, args: [INFO_REQUEST], kwargs: {} } as const
  const answer = await router.connect().call(GRANT, question, { timeoutMs: 60_000 })
  if (answer.sealed) throw new Error("sealed")
  return parseAnnouncement(parseInfo(answer.args[0] as Uint8Array).announcement)
}

async function measure(trees: boolean) {
  const router = new CountingRouter()
  const worker = new Worker(new URL("members/agent.ts", import.meta.url), {
    workerData: { trees, topic: TOPIC, trustMs: TRUST_MS },
  })
  await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject))
  const link: Link = new Link(worker, (wish) => atRouter(wish))
  const atRouter = doAtRouter(() => link, router.connect())
  const agent = <T = undefined>(what: string, value?: unknown): Promise<T> => link.ask({ what, uri: "", value })
  const trust = new TrustTable()
  let ahead = 0
  const got = new Map<unknown, number>()
  const refused = new Map<string, number>()
  let missed = 0
  const endpoints: Endpoint[] = []
  const join = async (i: number): Promise<void> => {
    const endpoint = await createEndpoint({
      connection: router.connect(),
      identity: identities[i] as (typeof identities)[0],
      trust,
      scopes: [{ uri: "com.example.", match: "prefix", trees }],
      clock: () => Date.now() + ahead,
      onRefusal: ({ code }) => refused.set(code, (refused.get(code) ?? 0) + 1),
    })
    endpoints.push(endpoint)
    await endpoint.subscribe(TOPIC, ([value]) => void got.set(value, (got.get(value) ?? 0) + 1))
  }
  /** Wall time, both threads' processor time, and what went over the wire, of some work. */
  const taking = async (work: () => Promise<unknown>) => {
    router.reset()
    const [agentBefore, membersBefore, began] = [await agent<number>("used"), usedMs(), performance.now()]
    await work()
    const [seconds, members] = [(performance.now() - began) / 1_000, usedMs() - membersBefore]
    const [asked, answered] = [router.counted(`call ${GRANT}`), router.counted(`result ${GRANT}`)]
    return { seconds, members, agent: (await agent<number>("used")) - agentBefore, asked, answered }
  }
  /** Until an event that the agent publishes now has come to so many, or to nobody more: then it is missed. */
  const heard = async (event: string, by: number): Promise<void> => {
    await agent("publish", event)
    let [last, before] = [performance.now(), 0]
    for (;;) {
      const now = got.get(event) ?? 0
      if (now !== before) [last, before] = [performance.now(), now]
      if (now === by) return
      if (performance.now() - last > PATIENCE) return void (missed += by - now)
      await rest(5)
    }
  }
  const oneByOne = async (from: number): Promise<Record<string, number>> => {
    const {
      agent: ms,
      members,
      asked,
      answered,
    } = await taking(async () => {
      for (let i = from; i < from + APART; i++) await join(i)
    })
    return {
      "agent ms": round(ms / APART, 2),
      "member ms": round(members / APART, 2),
      "round trips": round(asked.messages / APART),
      bytes: Math.round((asked.bytes + answered.bytes) / APART),
    }
  }

  await agent("stand")
  const heldBefore = await agent<number>("held")
  const first = await oneByOne(0)
  const storm = await taking(async () => {
    let next = APART
    const inTurn = async (): Promise<void> => {
      while (next < APART + MEMBERS) await join(next++)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, inTurn))
  })
  const busy = router.counted("e2ee.error.agent_busy").messages
  console.error(`all asked after ${round(storm.seconds)} s, ${busy} times of a busy agent`)
  const afterStorm = await taking(() => heard("all", endpoints.length))
  const held = (await agent<number>("held")) - heldBefore
  const last = await oneByOne(APART + MEMBERS)
  await rest(1_100) // verdicts are old
  const event = await taking(() => heard("event", endpoints.length))

  const { t0 } = await inForce(router)
  const tick = await taking(async () => {
    const now = Date.now() + ahead
    ahead += EPOCH_MS - ((now - t0) % EPOCH_MS)
    await agent("ahead", ahead)
    await inForce(router) // confirmed for the epoch by whoever asks first
    await rest(100)
  })

  const revoked = nameOf(Math.floor(MEMBERS / 2))
  trust.revoke(revoked)
  await agent("revoke", revoked)
  await rest(1_100)
  const removal = await taking(() => heard("after", endpoints.length - 1))
  const control = router.counted(`publish ${CONTROL}`)
  const told = [...refused].map(([code, times]) => `${code} ${times} times`).join(", ")
  console.error(`refused at members: ${told || "nothing"}`)
  for (const endpoint of endpoints) void endpoint.close()
  await worker.terminate()
  const all = endpoints.length
  return {
    "events missed": missed,
    "one after another, the first": first,
    "one after another, the last": last,
    "all at once": {
      seconds: round(storm.seconds + afterStorm.seconds),
      "agent ms each": round((storm.agent + afterStorm.agent) / MEMBERS, 2),
      "member ms each": round((storm.members + afterStorm.members) / MEMBERS, 2),
      "MB in all": round((storm.asked.bytes + storm.answered.bytes) / 1e6),
      "told to come again": busy,
    },
    "agent kB a member": round(held / (APART + MEMBERS) / 1e3),
    "an event": {
      seconds: round(event.seconds, 2),
      "agent ms": round(event.agent),
      "member us": round((event.members * 1e3) / all),
    },
    "an epoch": { "agent ms": round(tick.agent), "member us": round((tick.members * 1e3) / all) },
    "one revoked, an event": {
      seconds: round(removal.seconds, 2),
      "agent ms": round(removal.agent),
      "member us": round((removal.members * 1e3) / all),
      "control bytes": control.bytes,
      grants: removal.answered.messages,
      "told to come again": router.counted("e2ee.error.agent_busy").messages,
      "MB in all": round((removal.asked.bytes + removal.answered.bytes) / 1e6, 2),
    },
  }
}

const result: Record<string, unknown> = { node: process.version, members: MEMBERS, "trust ms": TRUST_MS }
for (const trees of [true, false]) {
  const measured = await measure(trees)
  const name = trees ? "with a key tree" : "without"
  result[name] = measured
  if (!values.json) console.dir({ [name]: measured }, { depth: 4 })
}
if (values.json) console.log(JSON.stringify(result))
