// What a key grant takes, with and without ML-KEM-768: `npm run bench:grant`. A reader of a chain of three certificates,
// granted one secret and no members; judging the chain is not in it. Processor time, medians; some seconds.
import { toHex } from "../src/core/bytes.ts"
import { Secret } from "../src/core/secret.ts"
import { x25519PublicKey } from "../src/core/x25519.ts"
import { answerGrant, readAnswer, readRequest, requestGrant, type GrantPlace } from "../src/keys/grant.ts"
import { mlKem768 } from "../src/keys/hybrid.ts"
import { makeTick } from "../src/keys/tick.ts"
import { ownKeyPackage } from "../src/session/context.ts"
import { announcementOf, contextOf, selfOf } from "../test/keys/parties.ts"
import { NOW, party, REALM } from "../test/trust/chains.ts"

const TURNS = 15
const GRANTS = 20

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
/** Milliseconds of processor time so far: others may have the machine in between. */
const used = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

const [reader, agent] = [selfOf("reader"), selfOf("agent")]
const agentKey = x25519PublicKey(agent.x)
const announcement = announcementOf("agent")
const commitments = { call: random(32), event: random(32) }
const tick = makeTick(announcement, { epoch: 3, commitments, time: NOW }, party("agent").csKey)
const keyPackage = ownKeyPackage(contextOf("reader"))
const content = { role: "subscriber", instance: reader.instance, keyPackage, time: NOW, about: undefined } as const
const granted = {
  announcement: announcement.bytes,
  tick: tick.bytes,
  instance: agent.instance,
  epoch: 3,
  secrets: [new Secret(random(32))],
  members: [],
}

/** Milliseconds of a grant for either side, and what it has on the wire. */
function turn(place: GrantPlace) {
  const sum = { reader: 0, agent: 0, request: 0, answer: 0 }
  for (let i = 0; i < GRANTS; i++) {
    const began = used()
    const pending = requestGrant(place, content, reader.x, agentKey, random)
    const asked = used()
    const answer = answerGrant(readRequest(pending.bytes, place, agent.x, random), granted)
    const answered = used()
    const { secrets } = readAnswer(answer, pending)
    sum.reader += asked - began + (used() - answered)
    sum.agent += answered - asked
    if (toHex(secrets[0]?.expose() ?? random(1)) !== toHex(granted.secrets[0]?.expose() ?? random(1)))
      throw new Error("another secret")
    Object.assign(sum, { request: pending.bytes.length, answer: answer.length })
  }
  return { ...sum, reader: sum.reader / GRANTS, agent: sum.agent / GRANTS }
}

const bare: GrantPlace = { realm: REALM, scope: announcement.scope, policy: announcement.policy }
const rows: Record<string, Record<string, number>> = {}
const turns = { X25519: [] as ReturnType<typeof turn>[], "and ML-KEM-768": [] as ReturnType<typeof turn>[] }
for (let i = 0; i <= TURNS; i++) {
  const both = [turn(bare), turn({ ...bare, kem: mlKem768 })] as const
  if (i === 0) continue // warms up
  turns["X25519"].push(both[0])
  turns["and ML-KEM-768"].push(both[1])
}
for (const [name, of] of Object.entries(turns))
  rows[name] = {
    "request bytes": of[0]?.request ?? 0,
    "answer bytes": of[0]?.answer ?? 0,
    "reader ms": Number(median(of.map(({ reader }) => reader)).toFixed(2)),
    "agent ms": Number(median(of.map(({ agent }) => agent)).toFixed(2)),
  }
if (process.argv.includes("--json")) console.log(JSON.stringify({ node: process.version, grants: rows }))
else {
  console.log(`Node ${process.version}, median of ${TURNS} turns of ${GRANTS} grants`)
  console.table(rows)
}
