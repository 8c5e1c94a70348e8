import assert from "node:assert/strict"
import { concatHex, decodeEventLog, keccak256, type Hex, type Log } from "viem"
import { attestationRegistryAbi } from "../../src/chain/generated/AttestationRegistry.ts"
import { deploy, ZERO } from "./fixture.ts"
import {
  deployAttestations,
  makeHistory,
  NO_ATTESTER,
  NO_MEASUREMENT,
  OTHER_ROLE,
  ROLE,
  type Attestations,
  type NewMeasurement,
  type Policy,
} from "./attestation-fixture.ts"

const HEAD_BYTES = 24

/** What a reader does with raw logs, knowing nothing of the events: the head that they add up to. */
function fold(logs: readonly Pick<Log, "topics" | "data">[]): Hex {
  let head: Hex = `0x${"00".repeat(HEAD_BYTES)}`
  for (const { topics, data } of logs) {
    const padded = `${head}${"00".repeat(32 - HEAD_BYTES)}` as Hex
    head = keccak256(concatHex([padded, ...(topics as Hex[]), data])).slice(0, 2 + 2 * HEAD_BYTES) as Hex
  }
  return head
}

describe("AttestationRegistry: the log", () => {
  let at: Attestations
  let other: Hex
  let ids: Hex[]
  let keys: Hex[]

  const logsOf = async (realm: Hex) => {
    const logs = await at.fixture.chain.getLogs({ address: at.address, fromBlock: 0n })
    const topic = `0x${realm.slice(2).toLowerCase().padStart(64, "0")}`
    return logs.filter(({ topics }) => topics[1] === topic)
  }

  before(async () => {
    at = await deployAttestations(await deploy())
    ;({ other, ids, keys } = await makeHistory(at))
  })

  it("holds every kind of event of the interface, each with its realm first and its place in the order", async () => {
    const logs = await logsOf(at.realm)
    const names = logs.map(({ topics, data }, i) => {
      const { eventName, args } = decodeEventLog({ abi: attestationRegistryAbi, topics, data })
      assert.equal((args as { realm: Hex }).realm, at.realm)
      assert.equal((args as { sequence: number }).sequence, i + 1)
      return eventName
    })
    const declared = attestationRegistryAbi
      .filter(({ type }) => type === "event")
      .map((event) => (event as { name: string }).name)
    assert.deepEqual([...new Set<string>(names)].toSorted(), declared.toSorted())
  })

  it("adds up to the head of each realm, with exactly its events", async () => {
    for (const each of [at.realm, other]) {
      const logs = await logsOf(each)
      const { head, sequence } = await at.registry.read.logOf([each])
      assert.equal(sequence, logs.length)
      assert.equal(fold(logs), head)
    }
  })

  it("does not add up with an event missing, doubled, swapped or altered", async () => {
    const logs = await logsOf(at.realm)
    const { head } = await at.registry.read.logOf([at.realm])
    for (const [i, log] of logs.entries()) {
      assert.notEqual(fold(logs.toSpliced(i, 1)), head)
      assert.notEqual(fold(logs.toSpliced(i, 0, log)), head)
      const flipped = `${log.data.slice(0, -1)}${log.data.endsWith("1") ? "2" : "1"}` as Hex
      assert.notEqual(fold(logs.with(i, { ...log, data: flipped })), head)
      const after = logs[i + 1]
      if (after) assert.notEqual(fold(logs.with(i, after).with(i + 1, log)), head)
    }
  })

  it("replayed in order gives the state: policies, attesters, measurements, epoch", async () => {
    const policies = new Map<Hex, Policy>()
    const attesters = new Map<Hex, typeof NO_ATTESTER>()
    const measurements = new Map<string, typeof NO_MEASUREMENT>()
    let last = 0
    for (const { topics, data } of await logsOf(at.realm)) {
      const { eventName, args } = decodeEventLog({ abi: attestationRegistryAbi, topics, data })
      switch (eventName) {
        case "PolicySet":
          policies.set(args.role, args.policy)
          break
        case "AttesterEnrolled": {
          const { id, delegate, notBefore, notAfter } = args
          attesters.set(id, { delegate: delegate as typeof ZERO, notBefore, notAfter, revoked: false })
          break
        }
        case "AttesterRevoked":
          attesters.set(args.id, { ...(attesters.get(args.id) ?? NO_ATTESTER), revoked: true })
          break
        case "MeasurementAdded": {
          const { notBefore, notAfter, document } = args.measurement as NewMeasurement
          measurements.set(`${args.role} ${args.key}`, { notBefore, notAfter, document, revoked: false })
          break
        }
        case "MeasurementRevoked": {
          const name = `${args.role} ${args.key}`
          measurements.set(name, { ...(measurements.get(name) ?? NO_MEASUREMENT), revoked: true })
        }
      }
      assert.ok(args.epoch >= last)
      last = args.epoch
    }
    const { read } = at.registry
    assert.equal((await read.logOf([at.realm])).epoch, last)
    assert.deepEqual([policies.size, attesters.size, measurements.size], [2, 3, 6])
    for (const role of [ROLE, OTHER_ROLE]) {
      assert.deepEqual(await read.policyOf([at.realm, role]), policies.get(role))
      for (const key of keys) {
        const stands = await read.measurementOf([at.realm, role, key])
        assert.deepEqual(stands, measurements.get(`${role} ${key}`) ?? NO_MEASUREMENT)
      }
    }
    for (const id of ids) assert.deepEqual(await read.attesterOf([at.realm, id]), attesters.get(id))
  })

  it("raises the epoch by one with each policy, revocation and replacement, and with nothing else", async () => {
    const epochs = (await logsOf(at.realm)).map(({ topics, data }) => {
      const { args } = decodeEventLog({ abi: attestationRegistryAbi, topics, data })
      return args.epoch
    })
    // policy; 2 attesters; 1 + 3 + 1 measurements; a replacement; policy; revocation; replacement; 1 + 3 + 1 revocations; policy
    assert.deepEqual(epochs, [1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })
})
