import assert from "node:assert/strict"
import { getAddress, type Address, type Hex } from "viem"
import type { HDAccount } from "viem/accounts"
import { parseAddress } from "../../src/core/address.ts"
import { admittedOperators, checkDeployment, readOperatorHistory, RealmLog } from "../../src/chain/index.ts"
import { headerOf } from "../../src/chain/trust/header.ts"
import { provingReader } from "../../src/chain/trust/reader.ts"
import { callTrustOf } from "../../src/chain/trust/trust-of.ts"
import { assertAsInViews, deploymentOf } from "../chain/log/histories.ts"
import {
  account,
  admit,
  ALL_CAPS,
  CAP,
  createRealm,
  DAY,
  enroll,
  isInstrumented,
  issue,
  now,
  pass,
  POLICY,
  refuses,
  signAuthority,
  signDelegate,
  signRequest,
  ZERO,
  ZERO32,
  type AuthorityMessage,
  type DelegateMessage,
  type Fixture,
} from "../contracts/fixture.ts"
import { NODES, start, type Node } from "./nodes.ts"

const ENROLL = "Enroll(address ca,address controller,bytes32 profile,string uri,uint256 nonce,uint256 deadline)"
const ROTATE = "Rotate(address ca,address newCa,uint40 retiresAt,uint256 nonce,uint256 deadline)"
const ACCEPT = "Accept(address realm,address operator,bytes32 digest,uint256 nonce,uint256 deadline)"
const REVOKE =
  "Revoke(address realm,address authority,address subject,bytes32 digest,uint8 reason,uint256 nonce,uint256 deadline)"
/** Places of the interface's enum Rule. */
const RULE = { valid: 0, revoked: 16, superseded: 18, operator: 20 } as const
/** In 2100: the same on every node, whatever its clock. */
const END = "notAfter=4102444800"
const OPERATOR = CAP.intermediate | CAP.provider | CAP.consumer

const [relayer, owner, root, newRoot, ca, otherCa, nextCa, machine, guardian, nextOwner, stranger] = Array.from(
  { length: 11 },
  (_, i) => account(i),
) as [
  HDAccount,
  HDAccount,
  HDAccount,
  HDAccount,
  HDAccount,
  HDAccount,
  HDAccount,
  HDAccount,
  HDAccount,
  HDAccount,
  HDAccount,
]

type Signed = Awaited<ReturnType<typeof issue>>

/** How a node's story ended, in words that are the same whatever the node's chain id and clock. */
interface Ending {
  readonly events: readonly unknown[]
  readonly state: unknown
  readonly recovered?: unknown
}

function inOurForm({ issuer, subject }: AuthorityMessage): { issuer: Address; subject: Address } {
  return { issuer: parseAddress(issuer) as Address, subject: parseAddress(subject) as Address }
}

/** One story, told to every node: all that the registries do, with what they refuse. */
function tell(node: Node, endings: Map<string, Ending>): void {
  describe(node.name, function () {
    this.timeout(60_000)
    let fixture: Fixture
    let realm: Address
    let own: AuthorityMessage
    let newOwn: AuthorityMessage
    let operator: Signed
    let other: Signed
    let leaf: Signed
    const words = new Map<string, string>()

    const realms = (from: HDAccount, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)
    const operators = (from: HDAccount, name: string, ...args: unknown[]) => fixture.send("operators", from, name, args)
    /** What the node proves slot by slot against the header that it gives is what it answers. */
    const proves = async (...chains: readonly Signed[][]) => {
      const client = fixture.chain as never
      const head = headerOf(await fixture.chain.request({ method: "eth_getBlockByNumber", params: ["latest", false] }))
      const reader = provingReader([client], deploymentOf(fixture), realm)
      await reader.check()
      assert.match(String(await reader.stamp(head)), /^\d+ 0x[0-9a-f]{64}$/)
      const subject = parseAddress(machine.address) as Address
      for (const chain of chains) {
        const shown = chain.map(({ message, digest }) => ({ ...inOurForm(message), digest }))
        const claims = [{ issuer: subject, subject, digest: ZERO32 }, ...shown]
        const said = await callTrustOf(client, deploymentOf(fixture), realm, claims, head.hash)
        const { until: _, ...proven } = await reader.trust(head, claims)
        assert.deepEqual(proven, { ...said, timestamp: head.timestamp })
      }
    }
    const soon = async () => BigInt((await now(fixture)) + DAY)
    const certify = async (issuer: HDAccount, subject: Address, fields: Partial<AuthorityMessage> = {}, word = "") => {
      const signed = await issue(fixture, issuer, { realm, subject, meta: END, ...fields })
      words.set(signed.digest, word || `certificate of ${subject} from ${fields.validFrom ?? 1n}`)
      words.set(signed.digest.slice(0, 56), `${words.get(signed.digest)}, shortened`)
      return signed
    }
    const logNow = async () => {
      const log = new RealmLog({ client: fixture.chain as never, deployment: deploymentOf(fixture), realm })
      await log.refresh()
      assert.ok(log.state)
      return { log, state: log.state }
    }
    /** The chain that a machine shows to its peers, as the registry judges it. */
    const judge = async (chain: readonly { message: AuthorityMessage; signature: Hex }[], validFrom = 6n) => {
      const delegate: DelegateMessage = {
        chainId: fixture.chainId,
        verifyingContract: fixture.realmsAt,
        validFrom,
        delegate: machine.address,
        csPubKey: `0x${"07".repeat(32)}`,
        bootedAt: 1n,
        meta: "",
      }
      const signature = await signDelegate(machine, delegate)
      const certificates = chain.map((each) => each.message)
      const signatures = chain.map((each) => each.signature)
      const [broken] = await fixture.realms.read.verifyChain([realm, delegate, signature, certificates, signatures])
      return broken
    }
    const rootShown = async (by: HDAccount, of: AuthorityMessage) => ({
      message: of,
      signature: await signAuthority(by, of),
    })

    it("deploys both registries, byte for byte those of this library", async () => {
      fixture = await start(node)
      words.set(getAddress(fixture.operatorsAt), "OperatorRegistry")
      words.set(getAddress(fixture.realmsAt), "RealmRegistry")
      await checkDeployment(fixture.chain as never, deploymentOf(fixture))
    })

    it("enrols two operators, one by a relayed request, and none twice", async () => {
      await enroll(fixture, ca)
      await refuses(enroll(fixture, ca), "OperatorExists", [ca.address])
      const [deadline, profile, uri] = [await soon(), ZERO32, "https://example.com/other"]
      const request = { ca: otherCa.address, controller: otherCa.address, profile, uri, nonce: 0n, deadline }
      const args = [otherCa.address, otherCa.address, profile, uri, deadline] as const
      const forged = await signRequest(fixture, "OperatorRegistry", stranger, ENROLL, request)
      await refuses(operators(relayer, "enrollFor", ...args, forged), "RequestSignatureInvalid", [otherCa.address])
      const signature = await signRequest(fixture, "OperatorRegistry", otherCa, ENROLL, request)
      await operators(relayer, "enrollFor", ...args, signature)
      await refuses(operators(relayer, "enrollFor", ...args, signature), "RequestSignatureInvalid", [otherCa.address])
      for (const { address } of [ca, otherCa]) {
        assert.deepEqual(await fixture.operators.read.statusOf([address]), [1, 0])
      }
    })

    it("creates a realm at the address known before, once", async () => {
      const created = await createRealm(fixture, { owner, root, validFrom: 2n, meta: END })
      realm = created.realm
      own = created.message
      words.set(realm, "realm")
      words.set(await fixture.realms.read.digestOf([own]), "certificate of the root")
      await refuses(createRealm(fixture, { owner, root }), "RealmExists", [realm])
      await refuses(realms(stranger, "tightenPolicy", realm, POLICY.private), "RealmNotOwner", [
        realm,
        stranger.address,
      ])
    })

    it("admits one operator at once, the other by offer and relayed acceptance", async () => {
      operator = await admit(fixture, { realm, root, ca, validFrom: 3n, meta: END })
      words.set(operator.digest, "certificate of the operator")
      words.set(operator.digest.slice(0, 56), "certificate of the operator, shortened")
      other = await certify(root, otherCa.address, { validFrom: 3n, capabilities: OPERATOR })
      await realms(relayer, "admit", other.message, other.signature, "0x")
      const early = await certify(otherCa, machine.address, { validFrom: 4n })
      await refuses(realms(relayer, "anchor", early.message, early.signature), "OperatorNotAdmitted", [
        realm,
        otherCa.address,
      ])
      const deadline = await soon()
      const request = { realm, operator: otherCa.address, digest: other.digest, nonce: 1n, deadline }
      const signature = await signRequest(fixture, "RealmRegistry", otherCa, ACCEPT, { ...request, nonce: 0n })
      await realms(relayer, "acceptFor", realm, otherCa.address, other.digest, deadline, signature)
      await refuses(
        realms(relayer, "acceptFor", realm, otherCa.address, other.digest, deadline, signature),
        "RequestSignatureInvalid",
        [otherCa.address],
      )
      const { state } = await logNow()
      assert.deepEqual(admittedOperators(state).toSorted(), [ca.address, otherCa.address].toSorted())
    })

    it("anchors, renews and anchors in a batch, in the one order that counts", async () => {
      const first = await certify(ca, machine.address, { validFrom: 4n, capabilities: CAP.provider })
      await realms(relayer, "anchor", first.message, first.signature)
      leaf = await certify(ca, machine.address, { validFrom: 5n, capabilities: CAP.provider })
      await realms(machine, "anchor", leaf.message, leaf.signature)
      await refuses(realms(relayer, "anchor", first.message, first.signature), "CertificateNotNewer", [4n, 5n])
      const wide = await certify(ca, stranger.address, { validFrom: 5n, capabilities: CAP.gateway })
      await refuses(realms(relayer, "anchor", wide.message, wide.signature), "CertificateEscalates", [
        CAP.gateway,
        OPERATOR,
      ])
      const batch = await Promise.all(
        [nextOwner, guardian].map(({ address }) => certify(otherCa, address, { validFrom: 5n })),
      )
      const of = <K extends keyof Signed>(name: K) => batch.map((each) => each[name])
      await realms(relayer, "anchorBatch", of("message"), of("signature"))
      assert.equal((await fixture.realms.read.pathOf([realm, guardian.address])).length, 3)
    })

    it("judges the chain valid, shown whole or by its leaf, and tells what it knows of it", async () => {
      assert.equal(await judge([leaf, operator, await rootShown(root, own)]), RULE.valid)
      assert.equal(await judge([leaf]), RULE.valid)
      const claim = { issuer: ca.address, subject: machine.address, digest: leaf.digest }
      const trust = await fixture.realms.read.trustOf([realm, [claim]])
      assert.deepEqual(
        [
          trust.realm.root.issuer,
          trust.anchored.map(({ subject }) => subject),
          trust.standings.map((s) => s.revokedBy),
        ],
        [root.address, [ca.address, root.address], [ZERO, ZERO, ZERO]],
      )
      assert.equal(trust.blockNumber, await fixture.chain.getBlockNumber())
    })

    it("proves what it says of chains shown whole, in part, and not at all", () =>
      proves([], [leaf], [leaf, operator], [leaf, other]))

    it("revokes before sight, after sight and by a relayed request, for ever", async () => {
      const unseen = await certify(otherCa, stranger.address, { validFrom: 5n })
      await realms(otherCa, "revoke", realm, ZERO, unseen.digest, 3)
      await refuses(realms(relayer, "anchor", unseen.message, unseen.signature), "CertificateRevoked", [unseen.digest])
      await refuses(realms(stranger, "revoke", realm, machine.address, leaf.digest, 1), "RevocationNotAuthorised", [
        realm,
        leaf.digest,
        stranger.address,
      ])
      await realms(ca, "revoke", realm, machine.address, leaf.digest, 1)
      assert.equal(await judge([leaf, operator, await rootShown(root, own)]), RULE.revoked)
      await refuses(realms(ca, "revoke", realm, machine.address, leaf.digest, 1), "CertificateRevoked", [leaf.digest])
      const relayed = await certify(otherCa, stranger.address, { validFrom: 6n })
      const deadline = await soon()
      const request = { realm, authority: otherCa.address, subject: ZERO, digest: relayed.digest, reason: 4 }
      const signature = await signRequest(fixture, "RealmRegistry", otherCa, REVOKE, {
        ...request,
        nonce: 1n,
        deadline,
      })
      const args = [realm, otherCa.address, ZERO, relayed.digest, 4, deadline, signature] as const
      await realms(relayer, "revokeFor", ...args)
      assert.equal((await fixture.realms.read.revocationOf([realm, otherCa.address, relayed.digest])).reason, 4)
      leaf = await certify(ca, machine.address, { validFrom: 6n, capabilities: CAP.provider })
      await realms(relayer, "anchor", leaf.message, leaf.signature)
      assert.equal(await judge([leaf, operator, await rootShown(root, own)]), RULE.valid)
    })

    it("voids by epochs what was issued before them", async () => {
      await operators(ca, "setEpoch", ca.address, 7)
      assert.equal(await judge([leaf, operator, await rootShown(root, own)], 8n), RULE.superseded)
      leaf = await certify(ca, machine.address, { validFrom: 8n, capabilities: CAP.provider })
      await realms(relayer, "anchor", leaf.message, leaf.signature)
      assert.equal(await judge([leaf, operator, await rootShown(root, own)], 8n), RULE.valid)
      await realms(machine, "setEpoch", realm, 8)
      await refuses(realms(ca, "setEpoch", realm, 8), "RealmOperatorEpoch", [realm, ca.address])
    })

    it("rotates the root with an overlap in which both count", async () => {
      const certificate = { root: newRoot.address, validFrom: 4n, capabilities: ALL_CAPS, meta: END }
      newOwn = fixture.certificate({ ...certificate, issuer: newRoot.address, subject: newRoot.address, realm })
      words.set(await fixture.realms.read.digestOf([newOwn]), "certificate of the new root")
      const until = (await now(fixture)) + 10 * DAY
      words.set(String(until), "end of the overlap")
      await realms(owner, "rotateRoot", realm, certificate, await signAuthority(newRoot, newOwn), until)
      assert.equal(await judge([leaf, operator, await rootShown(root, own)], 8n), RULE.valid)
      const { root: current, previousRoot } = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([current.issuer, previousRoot.issuer], [newRoot.address, root.address])
    })

    it("rotates an operator's key with an overlap, and the new root admits the successor", async () => {
      const [retiresAt, deadline] = [(await now(fixture)) + 5 * DAY, await soon()]
      const request = { ca: ca.address, newCa: nextCa.address, retiresAt, nonce: 0n, deadline }
      const signature = await signRequest(fixture, "OperatorRegistry", nextCa, ROTATE, request)
      await operators(ca, "rotate", ca.address, nextCa.address, retiresAt, deadline, signature)
      const next = await certify(newRoot, nextCa.address, { validFrom: 5n, capabilities: OPERATOR })
      await realms(nextCa, "admit", next.message, next.signature, "0x")
      const moved = await certify(nextCa, machine.address, { validFrom: 9n, capabilities: CAP.provider })
      await refuses(realms(relayer, "anchor", moved.message, moved.signature), "CertificateIssuerChanged", [
        nextCa.address,
        ca.address,
      ])
      assert.equal(await judge([moved, next, await rootShown(newRoot, newOwn)], 9n), RULE.valid)
      assert.equal(await judge([leaf, operator, await rootShown(root, own)], 8n), RULE.valid)
    })

    it("tightens the policy, and never loosens it", async () => {
      await realms(owner, "tightenPolicy", realm, POLICY.permitted)
      await refuses(realms(owner, "tightenPolicy", realm, POLICY.open), "RealmPolicyNotTighter", [
        realm,
        POLICY.permitted,
        POLICY.open,
      ])
      const renewed = await certify(otherCa, guardian.address, { validFrom: 9n })
      await refuses(realms(relayer, "anchor", renewed.message, renewed.signature), "CertificateConsentMissing", [
        renewed.digest,
        guardian.address,
      ])
      const consent = await signAuthority(guardian, renewed.message)
      await realms(relayer, "anchorWithConsent", renewed.message, renewed.signature, consent)
    })

    it("lets an operator leave", async () => {
      await realms(otherCa, "leaveRealm", realm, otherCa.address, other.digest, 6)
      assert.deepEqual(admittedOperators((await logNow()).state).toSorted(), [ca.address, nextCa.address].toSorted())
    })

    it("changes hands in two steps", async () => {
      await realms(owner, "offerOwner", realm, nextOwner.address)
      await refuses(realms(stranger, "acceptOwner", realm), "CustodyNotPending", [stranger.address, nextOwner.address])
      await realms(nextOwner, "acceptOwner", realm)
      await refuses(realms(owner, "offerOwner", realm, owner.address), "RealmNotOwner", [realm, owner.address])
    })

    it("starts a recovery that the holder can cancel and nobody completes early", async () => {
      await realms(nextOwner, "setGuardian", realm, guardian.address, 7 * DAY)
      const startRecovery = async (successor: Address) => {
        await realms(guardian, "startRecovery", realm, successor)
        const { custody } = await fixture.realms.read.realmOf([realm])
        assert.equal(custody.readyAt, (await now(fixture)) + 7 * DAY)
        words.set(String(custody.readyAt), "seven days after its start")
        return BigInt(custody.readyAt)
      }
      await startRecovery(stranger.address)
      await realms(nextOwner, "cancelRecovery", realm)
      await refuses(realms(stranger, "completeRecovery", realm), "CustodyNoRecovery")
      const readyAt = await startRecovery(owner.address)
      await refuses(realms(owner, "completeRecovery", realm), "CustodyRecoveryNotReady", [readyAt])
    })

    it("proves what it says after revocations, epochs and rotations", () =>
      proves([], [leaf], [leaf, operator], [other]))

    it("has a history that the indexer rebuilds, proves complete, and finds as the views show it", async () => {
      const { log, state } = await logNow()
      const people = Array.from({ length: 11 }, (_, i) => account(i).address)
      await assertAsInViews(fixture, state, people, [])
      for (const { address } of [ca, otherCa, nextCa]) {
        const operatorHistory = await readOperatorHistory(fixture.chain as never, deploymentOf(fixture), address)
        assert.ok(operatorHistory.entries.length > 0)
      }
      const { head: _, revocations, records, ...rest } = state
      endings.set(node.name, {
        events: log.entries.map(({ eventName, args }) => inWords([eventName, args], words)),
        state: inWords({ ...rest, records: [...records], revocations: [...revocations.values()] }, words),
      })
    })

    if (node.hasClock) {
      it("completes the recovery after its delay; the rotated operator is retired by then", async () => {
        await pass(fixture, 8 * DAY)
        await refuses(realms(stranger, "completeRecovery", realm), "CustodyNotSuccessor", [
          stranger.address,
          owner.address,
        ])
        await realms(owner, "completeRecovery", realm)
        assert.deepEqual(await fixture.operators.read.statusOf([ca.address]), [2, 7])
        assert.equal(await judge([leaf, operator, await rootShown(root, own)], 8n), RULE.operator)
        const { log, state } = await logNow()
        await assertAsInViews(fixture, state, [], [])
        assert.equal(log.entries.at(-1)?.eventName, "OwnerChanged")
        const ending = endings.get(node.name)
        assert.ok(ending)
        const { owner: holder, custody } = state
        endings.set(node.name, { ...ending, recovered: inWords({ holder, custody }, words) })
      })
    } else {
      it("cannot put its clock forward: the end of the delay and of the overlap is left to the other nodes", async () => {
        await assert.rejects(pass(fixture, 8 * DAY), /evm_increaseTime/)
        assert.deepEqual(await fixture.operators.read.statusOf([ca.address]), [1, 7])
      })
    }
  })
}

/** Values that depend on the chain's id or clock as words; blocks of revocations left out; bytes of a packed grant apart. */
function inWords(value: unknown, words: ReadonlyMap<string, string>): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, each: unknown) => {
      if (name === "blockNumber") return undefined
      if (typeof each === "bigint") return each.toString()
      const word = words.get(typeof each === "string" ? (parseAddress(each) ?? each) : String(each))
      return word ?? each
    }),
  )
}

// Coverage measures instrumented code, which is not the program that a deployment is checked for.
if (!isInstrumented) {
  describe("one story on several nodes", () => {
    const endings = new Map<string, Ending>()
    for (const node of NODES) tell(node, endings)

    describe("at the end", () => {
      it("has told all nodes the whole story, and EDR its last chapter", () => {
        assert.deepEqual(
          [...endings.keys()],
          NODES.map(({ name }) => name),
        )
        assert.ok(endings.get("EDR")?.recovered)
      })

      for (const { name, hasClock } of NODES.slice(1)) {
        it(`stands on ${name} as on EDR`, () => {
          const { recovered, ...before } = endings.get("EDR") as Ending
          assert.deepEqual(endings.get(name), hasClock ? { ...before, recovered } : before)
        })
      }
    })
  })
}
