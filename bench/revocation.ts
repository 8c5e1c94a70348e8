// How soon a revocation on the chain reaches live endpoints, and what asking costs: `npm run bench:revocation`.
// One machine calls another without a pause over the embedded router; its certificate is revoked on a chain that makes a
// block every half second. Counted from the block of the revocation to the first call that is refused. No events are
// used, so a node that hides them changes nothing.
import { createTestClient } from "viem"
import { lightClient, onChain, type OnChainOptions } from "../src/chain/index.ts"
import { isE2eeError } from "../src/core/errors.ts"
import { createEndpoint } from "../src/endpoint.ts"
import { startRouter } from "../src/router/index.ts"
import { judgeChain } from "../src/trust/judge.ts"
import { openWampy, startWorld, type Machine } from "../test/world.ts"

const ROUNDS = 7
const JUDGEMENTS = 200
const BLOCK_MS = 500

const world = await startWorld()
const router = await startRouter({ port: 0 })
const realm = await world.foundRealm(world.owner)
const chain = createTestClient({ mode: "hardhat", transport: world.chain.transport })
const levels: Readonly<Record<string, () => Pick<OnChainOptions, "client" | "head">>> = {
  "single-rpc": () => ({ client: world.client }),
  proven: () => ({ head: lightClient(world.client) }),
}
const trustBy = (level: string) => onChain({ deployment: world.deployment, realm: realm.realm, ...levels[level]?.() })

async function join(machine: Machine, level: string, recheckMs: number) {
  const session = await openWampy(router.url)
  const endpoint = await createEndpoint({
    connection: session.connection,
    identity: machine,
    trust: trustBy(level),
    scopes: [{ uri: "com.example.", match: "prefix" }],
    recheckMs,
  })
  const close = async (): Promise<void> => {
    await endpoint.close()
    await session.close()
  }
  return { endpoint, close }
}

/** Milliseconds and blocks from a revocation to the first refused call. */
async function untilRefused(level: string, recheckMs: number): Promise<{ ms: number; blocks: number }> {
  const machine = await realm.machine(1)
  const callee = await join(await realm.machine(0), level, recheckMs)
  const caller = await join(machine, level, recheckMs)
  await callee.endpoint.register("com.example.echo", ([value]) => value)
  await caller.endpoint.call("com.example.echo", [0])
  // At another moment of the interval each round.
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_000))
  await world.revoke(machine)
  const [revokedAt, block] = [performance.now(), await world.client.getBlockNumber()]
  const mining = setInterval(() => void chain.mine({ blocks: 1 }), BLOCK_MS)
  try {
    for (;;) {
      const refused = await caller.endpoint.call("com.example.echo", [1]).then(
        () => false,
        (error: unknown) => {
          if (!isE2eeError(error, "trust.revoked")) throw error
          return true
        },
      )
      if (!refused) continue
      const ms = performance.now() - revokedAt
      return { ms, blocks: Number((await world.client.getBlockNumber()) - block) }
    }
  } finally {
    clearInterval(mining)
    await caller.close()
    await callee.close()
  }
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const round = (value: number, digits = 0): number => Number(value.toFixed(digits))

/** Milliseconds of one judgement: of a chain never seen, of one known at this block, and of one known at the last block. */
async function judging(level: string): Promise<Record<string, number>> {
  const by = trustBy(level)
  const policy = { now: Date.now(), skew: 300_000 }
  const times = { "first ms": [] as number[], "again ms": [] as number[], "after a block ms": [] as number[] }
  const judge = async ({ certificates }: Machine, into: number[]): Promise<void> => {
    const began = performance.now()
    judgeChain(certificates, await by.facts(certificates), policy)
    into.push(performance.now() - began)
  }
  for (let i = 0; i < JUDGEMENTS / 10; i++) {
    const machine = await realm.machine(0)
    await judge(machine, times["first ms"])
    for (let j = 0; j < 5; j++) await judge(machine, times["again ms"])
    await chain.mine({ blocks: 1 })
    await judge(machine, times["after a block ms"])
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, round(median(values), 2)]))
}

const rows: Record<string, Record<string, number>> = {}
for (const level of Object.keys(levels)) {
  for (const recheckMs of [0, 1_000]) {
    const measured = []
    for (let i = 0; i < ROUNDS; i++) measured.push(await untilRefused(level, recheckMs))
    rows[`${level}, recheckMs ${recheckMs}`] = {
      "median ms": round(median(measured.map(({ ms }) => ms))),
      "most ms": round(Math.max(...measured.map(({ ms }) => ms))),
      "most blocks": Math.max(...measured.map(({ blocks }) => blocks)),
    }
  }
}
const costs: Record<string, Record<string, number>> = {}
for (const level of Object.keys(levels)) costs[level] = await judging(level)

if (process.argv.includes("--json")) console.log(JSON.stringify({ revocation: rows, judging: costs }))
else {
  console.log(`from a revocation to the first refused call, ${ROUNDS} rounds, a block every ${BLOCK_MS} ms`)
  console.table(rows)
  console.log("one judgement of a chain of four, signatures included")
  console.table(costs)
}
await router.close()
await world.stop()
