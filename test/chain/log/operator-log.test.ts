import assert from "node:assert/strict"
import { padHex, type Address, type RpcLog } from "viem"
import { operatorRegistryAbi, readOperatorHistory } from "../../../src/chain/index.ts"
import {
  account,
  DAY,
  deploy,
  enroll,
  isInstrumented,
  now,
  pass,
  signRequest,
  type Fixture,
} from "../../contracts/fixture.ts"
import { deploymentOf, throughNode } from "./histories.ts"

type Person = ReturnType<typeof account>
const ca = account(1)
const controller = account(2)
const newCa = account(3)
const guardian = account(4)
const successor = account(5)

if (!isInstrumented) {
  describe("the history of an operator", () => {
    let fixture: Fixture

    before(async () => {
      fixture = await deploy()
      const send = (from: Person, name: string, ...args: unknown[]) =>
        fixture.send("operators", from, name, [ca.address, ...args])
      await enroll(fixture, ca, controller)
      await send(controller, "setProfile", padHex("0x12", { size: 32 }), "https://example.com/new")
      await send(ca, "setEpoch", 2)
      const [retiresAt, deadline] = [(await now(fixture)) + 10 * DAY, BigInt((await now(fixture)) + DAY)]
      const signature = await signRequest(
        fixture,
        "OperatorRegistry",
        newCa,
        "Rotate(address ca,address newCa,uint40 retiresAt,uint256 nonce,uint256 deadline)",
        { ca: ca.address, newCa: newCa.address, retiresAt, nonce: 0n, deadline },
      )
      await send(controller, "rotate", newCa.address, retiresAt, deadline, signature)
      await send(controller, "setGuardian", guardian.address, 7 * DAY)
      await send(guardian, "startRecovery", successor.address)
      await send(controller, "cancelRecovery")
      await send(guardian, "startRecovery", successor.address)
      await pass(fixture, 11 * DAY) // the CA is retired by then
      await send(successor, "completeRecovery")
      await send(successor, "offerController", controller.address)
      await send(controller, "acceptController")
      await send(controller, "offerController", successor.address)
      await fixture.send("operators", controller, "setEpoch", [newCa.address, 3])
      await fixture.send("operators", controller, "revoke", [newCa.address, 4])
    })

    const historyOf = (address: Address, client: unknown = fixture.chain) =>
      readOperatorHistory(client as never, deploymentOf(fixture), address)

    it("adds up to the record, with every kind of event, for a CA and its successor", async () => {
      const names = new Set<string>()
      for (const { address } of [ca, newCa]) {
        const { entries, state, block } = await historyOf(address)
        for (const { eventName } of entries) names.add(eventName)
        const { status, ...record } = await fixture.operators.read.operatorOf([address])
        assert.deepEqual(state, { ...record, status: status === 2 ? 1 : status })
        assert.equal(block.number, await fixture.chain.getBlockNumber())
      }
      const declared = operatorRegistryAbi.flatMap((item) => (item.type === "event" ? [item.name] : []))
      assert.deepEqual([...names].toSorted(), declared.toSorted())
    })

    it("is empty for who never enrolled", async () => {
      const { entries, state } = await historyOf(guardian.address)
      assert.deepEqual([entries, state.status], [[], 0])
    })

    it("is refused when events that matter are left out, or are none of an operator", async () => {
      const { entries } = await historyOf(ca.address)
      const last = (name: string) => entries.findLastIndex(({ eventName }) => eventName === name)
      for (const left of ["ProfileSet", "EpochSet", "Rotated", "ControllerChanged", "ControllerOffered"]) {
        const node = throughNode(fixture, async ({ method, params }, next) => {
          const logs = await next()
          const isOwn = method === "eth_getLogs" && JSON.stringify(params).includes("[null,")
          return isOwn ? (logs as RpcLog[]).toSpliced(last(left), 1) : logs
        })
        await assert.rejects(historyOf(ca.address, node), { code: "chain.log_incomplete" }, left)
      }
      const inventing = throughNode(fixture, async ({ method }, next) => {
        const logs = await next()
        if (method !== "eth_getLogs") return logs
        return (logs as RpcLog[]).map((log) => ({
          ...log,
          topics: [padHex("0x1", { size: 32 }), ...log.topics.slice(1)],
        }))
      })
      await assert.rejects(historyOf(ca.address, inventing), { code: "chain.log_incomplete" })
    })

    it("cannot be proven whole: what a later event undid may be kept back", async () => {
      const node = throughNode(fixture, async ({ method, params }, next) => {
        const logs = await next()
        const isOwn = method === "eth_getLogs" && JSON.stringify(params).includes("[null,")
        return isOwn ? (logs as RpcLog[]).toSpliced(6, 1) : logs // the recovery that was cancelled
      })
      const [whole, less] = [await historyOf(ca.address), await historyOf(ca.address, node)]
      assert.equal(less.entries.length, whole.entries.length - 1)
      assert.deepEqual(less.state, whole.state)
    })
  })
}
