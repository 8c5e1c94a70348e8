import assert from "node:assert/strict"
import { concatHex, decodeEventLog, keccak256, type Address, type Hex, type Log } from "viem"
import type { HDAccount } from "viem/accounts"
import { realmRegistryAbi } from "../../src/chain/generated/RealmRegistry.ts"
import {
  account,
  admit,
  ALL_CAPS,
  CAP,
  createRealm,
  DAY,
  deploy,
  enroll,
  issue,
  now,
  pass,
  signAuthority,
  ZERO,
  type Fixture,
} from "./fixture.ts"

const HEAD_BYTES = 26
const owner = account(1)
const root = account(2)
const ca = account(3)
const newRoot = account(4)
const guardian = account(5)
const next = account(6)
const machine = account(7)

/** What a reader does with raw logs, knowing nothing of the events: the head that they add up to. */
function fold(logs: readonly Pick<Log, "topics" | "data">[]): Hex {
  let head: Hex = `0x${"00".repeat(HEAD_BYTES)}`
  for (const { topics, data } of logs) {
    const padded = `${head}${"00".repeat(32 - HEAD_BYTES)}` as Hex
    head = keccak256(concatHex([padded, ...(topics as Hex[]), data])).slice(0, 2 + 2 * HEAD_BYTES) as Hex
  }
  return head
}

describe("RealmRegistry: the log", () => {
  let fixture: Fixture
  let realm: Address
  let other: Address

  const send = (from: HDAccount, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)
  const logsOf = async (of: Address) => {
    const logs = await fixture.chain.getLogs({ address: fixture.realmsAt, fromBlock: 0n })
    const topic = `0x${of.slice(2).toLowerCase().padStart(64, "0")}`
    return logs.filter(({ topics }) => topics[1] === topic)
  }

  before(async () => {
    fixture = await deploy()
    await fixture.test.mine({ blocks: 100 })
    await enroll(fixture, ca)
    ;({ realm } = await createRealm(fixture, { owner, root }))
    ;({ realm: other } = await createRealm(fixture, { owner: next, root }))
    await admit(fixture, { realm, root, ca })
    await admit(fixture, { realm: other, root, ca })
    const first = await issue(fixture, ca, { realm, subject: machine.address, validFrom: 10n })
    await send(machine, "anchor", first.message, first.signature)
    const more = await Promise.all(
      [20, 21, 22].map((i) =>
        issue(fixture, ca, { realm, subject: account(i).address, capabilities: CAP.intermediate }),
      ),
    )
    await send(
      machine,
      "anchorBatch",
      more.map(({ message }) => message),
      more.map(({ signature }) => signature),
    )
    await send(ca, "revoke", realm, machine.address, first.digest, 1)
    await send(ca, "revoke", realm, ZERO, first.digest, 1)
    await send(
      ca,
      "revokeBatch",
      realm,
      more.map(({ message }) => message.subject),
      more.map(({ digest }) => digest),
      2,
    )
    await send(root, "setEpoch", realm, 50)
    await send(owner, "setGuardian", realm, guardian.address, 7 * DAY)
    await send(guardian, "startRecovery", realm, next.address)
    await send(owner, "cancelRecovery", realm)
    await send(guardian, "startRecovery", realm, next.address)
    await pass(fixture, 8 * DAY)
    await send(next, "completeRecovery", realm)
    await send(next, "offerOwner", realm, owner.address)
    await send(owner, "acceptOwner", realm)
    const own = { root: newRoot.address, validFrom: 60n, capabilities: ALL_CAPS, meta: "" }
    const message = fixture.certificate({ ...own, issuer: newRoot.address, subject: newRoot.address, realm })
    const until = (await now(fixture)) + DAY
    await send(owner, "rotateRoot", realm, own, await signAuthority(newRoot, message), until)
    await send(owner, "tightenPolicy", realm, 3)
  })

  it("holds every kind of event of the interface, each with its realm first and its place in the order", async () => {
    const logs = await logsOf(realm)
    const names = logs.map(({ topics, data }, i) => {
      const { eventName, args } = decodeEventLog({ abi: realmRegistryAbi, topics, data })
      assert.equal((args as unknown as { realm: Address }).realm, realm)
      assert.equal((args as unknown as { sequence: bigint }).sequence, BigInt(i + 1))
      return eventName
    })
    const declared = realmRegistryAbi
      .filter(({ type }) => type === "event")
      .map((event) => (event as { name: string }).name)
    assert.deepEqual([...new Set<string>(names)].toSorted(), declared.toSorted())
  })

  it("adds up to the head of each realm, with exactly its events", async () => {
    for (const each of [realm, other]) {
      const logs = await logsOf(each)
      const { head, sequence } = await fixture.realms.read.realmOf([each])
      assert.equal(sequence, logs.length)
      assert.equal(fold(logs), head)
    }
  })

  it("does not add up with an event missing, doubled, swapped or altered", async () => {
    const logs = await logsOf(realm)
    const { head } = await fixture.realms.read.realmOf([realm])
    for (let i = 0; i < logs.length; i++) {
      assert.notEqual(fold(logs.toSpliced(i, 1)), head)
      const log = logs[i]
      assert.ok(log)
      assert.notEqual(fold(logs.toSpliced(i, 0, log)), head)
      const flipped = `${log.data.slice(0, -1)}${log.data.endsWith("1") ? "2" : "1"}` as Hex
      assert.notEqual(fold(logs.with(i, { ...log, data: flipped })), head)
      const after = logs[i + 1]
      if (after) assert.notEqual(fold(logs.with(i, after).with(i + 1, log)), head)
    }
  })
})
