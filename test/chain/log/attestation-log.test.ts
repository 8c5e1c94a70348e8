import assert from "node:assert/strict"
import type { Hex, RpcLog } from "viem"
import { attestationRegistryAbi, readAttestationLog } from "../../../src/chain/index.ts"
import { ZERO_ADDRESS } from "../../../src/core/address.ts"
import { account, deploy, isInstrumented } from "../../contracts/fixture.ts"
import {
  deployAttestations,
  deploymentOf,
  makeHistory,
  OTHER_ROLE,
  ROLE,
  UNSEEN,
  type Attestations,
} from "../../contracts/attestation-fixture.ts"
import { throughNode } from "./histories.ts"

if (!isInstrumented) {
  describe("what a realm has to do with attestation", () => {
    let at: Attestations
    let ids: Hex[]
    let keys: Hex[]

    before(async () => {
      at = await deployAttestations(await deploy())
      ;({ ids, keys } = await makeHistory(at))
    })

    const read = (client: unknown = at.fixture.chain, realm = at.realm) =>
      readAttestationLog(client as never, deploymentOf(at), realm)

    it("is what its events add up to, each policy, attester and measurement as it stands", async () => {
      const log = await read()
      const { epoch, sequence, head } = await at.registry.read.logOf([at.realm])
      assert.deepEqual([log.epoch, log.sequence, log.head], [epoch, sequence, head])
      assert.deepEqual([log.policies.size, log.attesters.size, log.measurements.length], [2, 3, 6])
      for (const [role, policy] of log.policies) {
        const { kinds, maximumAge, ...stands } = await at.registry.read.policyOf([at.realm, role])
        const { epoch: of, kinds: named, maximumAge: age, ...told } = policy
        assert.deepEqual(told, stands)
        assert.deepEqual([of, age], [BigInt(epoch), BigInt(maximumAge)])
        assert.equal(
          named.reduce<number>((bits, kind) => bits | (1 << kind), 0),
          kinds,
        )
      }
      for (const [id, { kind, notBefore, notAfter, ...rest }] of log.attesters) {
        const stands = await at.registry.read.attesterOf([at.realm, id])
        assert.deepEqual({ ...rest, notBefore: Number(notBefore), notAfter: Number(notAfter) }, stands)
        assert.equal(kind, id === UNSEEN ? undefined : 1)
      }
      for (const { role, key, of, notBefore, notAfter, ...rest } of log.measurements) {
        const stands = await at.registry.read.measurementOf([at.realm, role, key])
        assert.deepEqual({ ...rest, notBefore: Number(notBefore), notAfter: Number(notAfter) }, stands)
        if (of !== undefined)
          assert.equal(await at.registry.read.measurementKey([of.kind, of.bank, of.mask, of.digest]), key)
        assert.equal(of === undefined, key === UNSEEN)
      }
      assert.deepEqual([...log.attesters.keys()], ids)
      const named = new Set(log.measurements.map(({ role, key }) => `${role} ${key}`))
      for (const key of keys) assert.ok(named.has(`${ROLE} ${key}`))
      assert.ok(named.has(`${OTHER_ROLE} ${keys[0]}`))
      const declared = attestationRegistryAbi.flatMap((item) => (item.type === "event" ? [item.name] : []))
      assert.deepEqual([...new Set(log.entries.map(({ eventName }) => eventName))].toSorted(), declared.toSorted())
    })

    it("is nothing for a realm that never had to do with it", async () => {
      const log = await read(at.fixture.chain, ZERO_ADDRESS)
      assert.deepEqual([log.sequence, log.epoch, log.entries, log.measurements], [0, 0, [], []])
      assert.deepEqual([log.policies.size, log.attesters.size], [0, 0])
    })

    it("is refused with any event left out, doubled, swapped or altered", async () => {
      const { sequence } = await read()
      const changed = (change: (logs: RpcLog[]) => RpcLog[]) =>
        throughNode(at.fixture, async ({ method }, next) => {
          const answer = await next()
          return method === "eth_getLogs" ? change(answer as RpcLog[]) : answer
        })
      for (let i = 0; i < sequence; i++) {
        const j = (i + 1) % sequence
        for (const change of [
          (logs: RpcLog[]) => logs.toSpliced(i, 1),
          (logs: RpcLog[]) => logs.toSpliced(i, 0, logs[i]!),
          (logs: RpcLog[]) => logs.with(i, logs[j]!).with(j, logs[i]!),
          (logs: RpcLog[]) => logs.with(i, { ...logs[i]!, data: `${logs[i]!.data.slice(0, -2)}77` as Hex }),
        ]) {
          await assert.rejects(read(changed(change)), { code: "chain.log_incomplete" }, `event ${i}`)
        }
      }
    })

    it("wants a registry, and this program at its address", async () => {
      const { attestationRegistry: _none, ...before } = deploymentOf(at)
      await assert.rejects(readAttestationLog(at.fixture.chain, before, at.realm), { code: "usage.invalid" })
      const other = { ...deploymentOf(at), attestationRegistry: account(9).address }
      await assert.rejects(readAttestationLog(at.fixture.chain, other, at.realm), { code: "chain.wrong_code" })
    })
  })
}
