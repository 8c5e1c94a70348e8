// What it takes to re-key a scope's readers when one of them is removed: `npm run bench:key-tree`. By default 10,000, of
// whom each opens the message and has to arrive at the agent's secret; `-- --members N` for another number. Processor time,
// medians; some seconds.
import { parseArgs } from "node:util"
import { equalBytes } from "../src/core/bytes.ts"
import { DEPTH } from "../src/keys/tree/nodes.ts"
import { KeyTree } from "../src/keys/tree/key-tree.ts"
import { announcedRekeys, encodeRekeys, parseRekey, rekeysHash } from "../src/keys/tree/rekey.ts"
import { TreePath } from "../src/keys/tree/tree-path.ts"

const { values } = parseArgs({ options: { members: { type: "string", default: "10000" }, json: { type: "boolean" } } })
const members = Number(values.members)
const TURNS = 5

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
const place = { scope: random(32), branch: "event" } as const
/** Milliseconds of processor time so far: others may have the machine in between. */
const used = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

const buffersBefore = process.memoryUsage().arrayBuffers
const tree = new KeyTree(place, Date.now())
const joinBegan = used()
const leaves = Array.from({ length: members }, () => tree.join(random) as number)
const joinMs = used() - joinBegan
gc?.() // of what the tree outgrew
const treeBytes = process.memoryUsage().arrayBuffers - buffersBefore
const pathBytes = tree.path(leaves[0] as number).length
const paths = new Map(leaves.map((leaf) => [leaf, new TreePath(tree.path(leaf), place, tree.generation)]))

/** One generation; returns what it took the agent, and each member that stays. */
function rekey(removed: readonly number[]) {
  const generation = tree.generation + 1
  const began = used()
  const { rekey, secret } = tree.rekey(generation, removed, random)
  const agentMs = used() - began
  for (const leaf of removed) paths.delete(leaf)
  const message = encodeRekeys({ call: undefined, event: rekey })
  const announcement = { tree: rekeysHash(message), generation }
  const opening = used()
  for (const path of paths.values()) {
    const { event } = announcedRekeys(message, announcement)
    if (event === undefined || !equalBytes(path.open(event).expose(), secret.expose()))
      throw new Error("another secret")
  }
  const memberUs = ((used() - opening) * 1_000) / paths.size
  return { agentMs, memberUs, bytes: rekey.length, parts: parseRekey(rekey).parts.size }
}

const turns = Array.from({ length: TURNS }, (_, i) => {
  const leaf = leaves[Math.floor(((i + 0.5) * members) / TURNS)] as number
  const result = rekey([leaf])
  const joined = tree.join(random) as number
  paths.set(joined, new TreePath(tree.path(joined), place, tree.generation))
  return result
})
const nobody = rekey([])

const result = {
  node: process.version,
  members,
  depth: DEPTH,
  "one removed": {
    parts: Math.max(...turns.map(({ parts }) => parts)),
    bytes: Math.max(...turns.map(({ bytes }) => bytes)),
    "agent ms": round(median(turns.map(({ agentMs }) => agentMs)), 1),
    "member us": round(median(turns.map(({ memberUs }) => memberUs)), 0),
  },
  "nobody removed": {
    bytes: nobody.bytes,
    "agent ms": round(nobody.agentMs, 1),
    "member us": round(nobody.memberUs, 0),
  },
  "path in a grant, bytes": pathBytes,
  "join us": round((joinMs * 1_000) / members, 0),
  "tree MB": round(treeBytes / 1e6),
}
if (values.json) console.log(JSON.stringify(result))
else console.dir(result)
