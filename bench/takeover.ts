// How long a scope is without its key agent when that is killed: `npm run bench:takeover`. The agent, its replica and the
// router are processes; members call and publish all the time, and a hostile router hands everything to the receivers
// twice. The agent is killed with SIGKILL, once its replica takes its place, and once it is started again alone. An epoch
// has a second unless `-- --epoch-ms N` says more: a replica notices by a tick that does not come. About a minute.
import { parseArgs } from "node:util"
import { TakeoverStage, type Takeover } from "../test/wamp/takeover.ts"

const { values } = parseArgs({
  options: {
    "epoch-ms": { type: "string", default: "1000" },
    kills: { type: "string", default: "6" },
    json: { type: "boolean" },
  },
})
const [epochMs, kills] = [Number(values["epoch-ms"]), Number(values.kills)]

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

async function measure(replay: "pinned" | "shared", replicas: 1 | 2) {
  const stage = new TakeoverStage(replay, epochMs, replicas)
  const measured: Takeover[] = []
  try {
    await stage.start()
    for (let kill = 0; kill < kills; kill++) measured.push(await stage.crash())
    await stage.settle()
  } finally {
    await stage.close()
  }
  const of = (what: keyof Takeover): string => {
    const all = measured.map((one) => one[what])
    return `${median(all)}, at most ${Math.max(...all)}`
  }
  const { answered, acknowledged, failures, lost, saidStale, twice, incidents } = stage
  return {
    "ms until there is an agent": of("replaced"),
    "ms until a newcomer's call is answered": of("granted"),
    "ms between results of one who had keys": of("interrupted"),
    answered: answered.size,
    acknowledged: acknowledged.size,
    failed: [...failures.values()].reduce((sum, one) => sum + one, 0),
    lost: `${lost.length}; receivers said ${saidStale} times that keys were stale`,
    "twice, in plaintext": [twice.length, incidents.length].join(", "),
  }
}

const rows: Record<string, Awaited<ReturnType<typeof measure>>> = {}
for (const replay of ["pinned", "shared"] as const)
  for (const replicas of [2, 1] as const)
    rows[`${replay}, ${replicas === 2 ? "a replica stands by" : "started again alone"}`] = await measure(
      replay,
      replicas,
    )
if (values.json) console.log(JSON.stringify({ node: process.version, epochMs, kills, rows }))
else {
  console.log(`Node ${process.version}, epochs of ${epochMs} ms, ${kills} kills each`)
  console.dir(rows)
}
