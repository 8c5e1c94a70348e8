import { strict as assert } from "node:assert"
import { EVIDENCE_LIMITS } from "../../../src/attestation/evidence.ts"
import type { TpmEvidence } from "../../../src/attestation/evidence.ts"
import { roleOf, type Bank } from "../../../src/attestation/facts.ts"
import type { Attester } from "../../../src/attestation/kind.ts"
import { isE2eeError, type ErrorCode } from "../../../src/core/errors.ts"
import { parseAnnouncement } from "../../../src/keys/announcement.ts"
import type { Demand } from "../../../src/keys/demand.ts"
import {
  grantShown,
  parseShown,
  readGranted,
  showEvidence,
  type EvidenceChannel,
  type Proof,
} from "../../../src/keys/evidence-channel.ts"
import {
  answerGrant,
  askEvidence,
  encodeInfo,
  INFO_REQUEST,
  isInfoRequest,
  parseInfo,
  readReply,
  readRequest,
  requestGrant,
  type ReceivedRequest,
} from "../../../src/keys/grant.ts"
import { policyHash } from "../../../src/keys/policy.ts"
import type { Role } from "../../../src/keys/roles.ts"
import { scopeId } from "../../../src/keys/schedule.ts"
import { decodeCbor, encodeCbor } from "../../../src/payload/cbor.ts"
import { ownKeyPackage } from "../../../src/session/context.ts"
import { Platforms } from "../../../src/session/members/platforms.ts"
import { grantUri, parseScopes, policyOf } from "../../../src/session/scope.ts"
import { rejects } from "../../arbitrary.ts"
import { contextOf, countedRandom, selfOf } from "../../keys/parties.ts"
import { buildChain, party, REALM } from "../../trust/chains.ts"
import { SoftwareTpm } from "../../attestation/software-tpm.ts"
import { AttestedWorld, BANK, boot, bytesOf, MACHINE, MASK, REGISTRY } from "./attested-world.ts"
import type { Carried } from "../fake-router.ts"
import { askAgent } from "../claims/insider.ts"
import { RogueAgent } from "../claims/rogue-agent.ts"
import { PUMP } from "../stage.ts"
import { settled, type Inhabitant } from "../world.ts"

let world: AttestedWorld
beforeEach(() => {
  world = new AttestedWorld()
})
afterEach(() => world.close())

/** Verdicts of the agent with keys behind them; what it answers first is looked at in {@link asked}. */
function granted(): Carried[] {
  const isVerdict = (message: Carried): boolean => {
    const [version, ...items] = decodeCbor(bytesOf(message)) as unknown[]
    return version === 2 && items.length > 1
  }
  return world.talks.filter((message) => message.type === "RESULT" && isVerdict(message))
}

async function served(): Promise<Inhabitant> {
  const callee = await world.live("callee")
  await callee.endpoint.register(PUMP, ([value]) => value)
  return callee
}

/** A request of a member, and what the agent says to it. */
async function requested(name: string, role: Role, asks?: Demand, self = selfOf(name)) {
  const scope = scopeOf()
  const { agent } = parseAnnouncement(parseInfo(await askAgent(world, scope, INFO_REQUEST)).announcement)
  const policy = policyHash(policyOf(scope, REALM))
  const place = { realm: REALM, scope: scopeId(REALM, scope.match, scope.uri), policy }
  const keyPackage = ownKeyPackage({ ...contextOf("anybody", world.now), self })
  const content = { role, instance: self.instance, keyPackage, time: world.now, about: undefined, asks }
  const random = countedRandom(`${name} ${role} ${sessions++}`)
  const pending = requestGrant(place, content, self.x, agent.x, random)
  const answer = await askAgent(world, scope, pending.bytes)
  return { answer, reply: readReply(answer, pending) }
}

/** A session of a member with the agent, up to the point where the agent has asked for evidence. */
async function asked(name: string, role: Role = "caller", asks?: Demand, self = selfOf(name)) {
  const { answer, reply } = await requested(name, role, asks, self)
  if (reply.asked?.demand === undefined) throw new Error("the agent asked for nothing")
  // Nothing but the second Noise message, where no evidence of the agent is asked for.
  if (asks === undefined) assert.equal((decodeCbor(answer) as unknown[]).length, 2)
  const { demand, channel, proof } = reply.asked
  const send = async (bytes: Uint8Array) => readGranted(await askAgent(world, scopeOf(), bytes), channel)
  return { demand, channel, proof, self, send, show: (given: Proof | undefined) => send(showEvidence(channel, given)) }
}
let sessions = 0

/** What an honest machine makes for a session. */
function proofOf(prove: Attester, demand: Demand, channel: EvidenceChannel): Promise<Proof | undefined> {
  const local = { realm: REALM, clock: () => world.now, recheckMs: 0, skewMs: 0, random: countedRandom() }
  return new Platforms({ prove }, local).prove(demand, roleOf(MACHINE), "initiator", channel)
}

describe("attested grants against members", () => {
  it("give keys to an honest one, for comparison", async () => {
    await served()
    const { demand, channel, show } = await asked("caller")
    assert.equal((await show(await proofOf(world.machine("caller"), demand, channel))).secrets.length, 61)
    assert.equal(granted().length, 1)
  })

  const refusedFor = (
    what: string,
    code: ErrorCode,
    shown: (session: Awaited<ReturnType<typeof asked>>) => Promise<Proof | undefined>,
  ): void => {
    it(`refuse ${what}, and make no message with keys`, async () => {
      const callee = await served()
      world.machine("caller")
      const session = await asked("caller")
      await rejects(session.show(await shown(session)), code)
      assert.deepEqual(callee.refused, [code])
      assert.deepEqual(granted(), [])
      // The session is over.
      await assert.rejects(session.show(undefined), /grant_malformed/)
      assert.deepEqual(granted(), [])
    })
  }
  refusedFor("one that shows nothing", "attestation.absent", async () => undefined)

  refusedFor(
    "another machine's quote under its own key's name",
    "attestation.attester",
    async ({ demand, channel }) => {
      const other = await proofOf(world.machine("other"), demand, channel)
      return other && { ...other, attester: world.machine("caller").id }
    },
  )

  refusedFor("another machine's quote, made for this very session", "attestation.delegate", ({ demand, channel }) =>
    proofOf(world.machine("other"), demand, channel),
  )

  refusedFor("a quote that was made for another member's session", "attestation.binding", async () => {
    const other = await asked("other")
    return proofOf(world.machine("caller"), other.demand, other.channel)
  })

  refusedFor("a quote of an earlier session of its own", "attestation.binding", async () => {
    const earlier = await asked("caller")
    return proofOf(world.machine("caller"), earlier.demand, earlier.channel)
  })

  refusedFor("a quote for another challenge of the same session", "attestation.binding", ({ demand, channel }) =>
    proofOf(world.machine("caller"), { ...demand, challenge: new Uint8Array(32) }, channel),
  )

  refusedFor("a quote for an older policy", "attestation.binding", ({ demand, channel }) =>
    proofOf(world.machine("caller"), { ...demand, epoch: demand.epoch - 1n }, channel),
  )

  refusedFor("a quote of fewer registers", "attestation.selection", async ({ demand, channel }) => {
    const honest = await proofOf(world.machine("caller"), demand, channel)
    const fewer = await proofOf(world.machine("caller"), { ...demand, mask: 1 }, channel)
    return fewer && honest && { ...fewer, attester: honest.attester }
  })

  refusedFor("a key that nobody enrolled", "attestation.attester", ({ demand, channel }) => {
    const simulated = new SoftwareTpm("a program that says it is a TPM")
    boot(simulated, "caller")
    return proofOf(simulated, demand, channel)
  })

  refusedFor("a machine that runs something else", "attestation.measurement", ({ demand, channel }) => {
    world.machine("caller").extend(4, "another boot loader")
    return proofOf(world.machine("caller"), demand, channel)
  })

  refusedFor("a log beyond its limit", "attestation.too_large", async ({ demand, channel }) => {
    const honest = world.machine("caller")
    const firmwareLog = new Uint8Array(EVIDENCE_LIMITS.firmwareLog + 1)
    return proofOf(withEvidence(honest, { firmwareLog }), demand, channel)
  })

  refusedFor("evidence beyond its limit", "attestation.too_large", async () => ({
    attester: world.machine("caller").id,
    evidence: new Uint8Array(EVIDENCE_LIMITS.evidence + 1),
  }))

  refusedFor("bytes that are no evidence", "attestation.malformed", async () => ({
    attester: world.machine("caller").id,
    evidence: new Uint8Array(1_000),
  }))

  refusedFor("the agent's own evidence, sent back to it", "attestation.binding", async () => {
    const { proof } = await asked("caller", "caller", await demandOfAgent())
    assert.equal(proof?.attester, world.machine("callee").id)
    return proof
  })

  refusedFor("the agent's own evidence under one's own name", "attestation.attester", async () => {
    const { proof } = await asked("caller", "caller", await demandOfAgent())
    return proof && { ...proof, attester: world.machine("caller").id }
  })

  it("ask again whoever comes under the same keys as another delegate, and not the same one", async () => {
    await served()
    const { demand, channel, show } = await asked("caller")
    await show(await proofOf(world.machine("caller"), demand, channel))
    assert.equal((await requested("caller", "caller")).reply.granted?.secrets.length, 61)
    const { csKey, csPubKey } = party("caller")
    const chain = buildChain({ delegate: { ...party("other"), csKey, csPubKey } })
    const other = {
      ...selfOf("caller", csKey, chain),
      address: party("other").address,
      instance: selfOf("other").instance,
    }
    const again = await asked("caller", "caller", undefined, other)
    await rejects(
      again.show(await proofOf(world.machine("caller"), again.demand, again.channel)),
      "attestation.delegate",
    )
  })

  it("ask again whoever was left out meanwhile", async () => {
    await served()
    const { demand, channel, show } = await asked("caller")
    await show(await proofOf(world.machine("caller"), demand, channel))
    world.trust.revoke("caller")
    await rejects(requested("caller", "caller"), "trust.revoked")
    world.trust.restore("caller")
    assert.ok((await asked("caller")).demand)
  })

  it("give a writer no keys of epochs that begin when its evidence is over", async () => {
    world = new AttestedWorld({ maximumAge: 90n })
    await served()
    for (const [name, at, secrets] of [
      ["one", 0, 2],
      ["two", 29_000, 2],
      ["three", 2_000, 3],
    ] as const) {
      world.pass(at)
      const { demand, channel, show } = await asked(name)
      const granted = await show(await proofOf(world.machine(name), demand, channel))
      assert.equal(granted.secrets.length, secrets)
    }
  })

  it("show the agent's evidence for what a policy asks, and nothing else", async () => {
    const callee = await served()
    const { demand, channel, show } = await asked("caller", "callee")
    await show(await proofOf(world.machine("caller"), demand, channel))
    const inForce = await askAgent(world, scopeOf(), INFO_REQUEST)
    const wrong: readonly Partial<Demand>[] = [
      { mask: MASK | (1 << 10) },
      { mask: 1 },
      { bank: 0x0c },
      { kinds: [1, 2] },
      { epoch: 0n },
      { chainId: 1n },
      { registry: REALM },
    ]
    for (const changes of wrong) {
      const asks = await demandOfAgent(changes)
      await rejects(asked("caller", "caller", asks), "attestation.policy")
    }
    assert.equal(world.machine("callee").made, 0)
    assert.deepEqual(new Set(callee.refused), new Set(["attestation.policy"]))
    // A member that knows less of the registry stays one.
    assert.deepEqual(await askAgent(world, scopeOf(), INFO_REQUEST), inForce)
  })
})

describe("attested grants against a hostile router", () => {
  /** What the router does with messages of a kind: the version that they begin with, on the way there or back. */
  const tamper = (
    type: "CALL" | "RESULT",
    version: number,
    change: (bytes: Uint8Array) => Uint8Array | undefined,
  ): void => {
    world.router.hook = (message) => {
      if (message.type !== type || !world.talks.includes(world.router.carried.at(-1) as Carried)) return message
      const bytes = bytesOf(message)
      if (bytes[1] !== version) return message
      const changed = change(bytes)
      return changed && { ...message, payload: { sealed: false, args: [changed], kwargs: {} } }
    }
  }

  it("refuse evidence that the router exchanges between two members' sessions", async () => {
    const callee = await served()
    const [one, two] = [await asked("one"), await asked("two")]
    const first = showEvidence(one.channel, await proofOf(world.machine("one"), one.demand, one.channel))
    const second = showEvidence(two.channel, await proofOf(world.machine("two"), two.demand, two.channel))
    const [a, b] = [decodeCbor(first), decodeCbor(second)] as [unknown[], unknown[]]
    for (const [to, from] of [
      [a, b],
      [b, a],
    ] as const)
      await assert.rejects(askAgent(world, scopeOf(), encodeCbor([2, to[1], ...from.slice(2)])), /grant_malformed/)
    assert.deepEqual(callee.refused, ["keys.agreement", "keys.agreement"])
    assert.deepEqual(granted(), [])
  })

  it("take evidence once: a copy gets nothing", async () => {
    const callee = await served()
    const session = await asked("caller")
    const bytes = showEvidence(session.channel, await proofOf(world.machine("caller"), session.demand, session.channel))
    assert.equal((await session.send(bytes)).secrets.length, 61)
    await assert.rejects(askAgent(world, scopeOf(), bytes), /grant_malformed/)
    assert.deepEqual(callee.refused, ["attestation.challenge"])
    assert.equal(granted().length, 1)
  })

  it("wait a minute for evidence, and no longer", async () => {
    const callee = await served()
    for (const [name, wait, isTaken] of [
      ["caller", 59_000, true],
      ["other", 61_000, false],
    ] as const) {
      const { demand, channel, send } = await asked(name)
      const bytes = showEvidence(channel, await proofOf(world.machine(name), demand, channel))
      world.pass(wait)
      await settled()
      callee.refused.length = 0
      if (isTaken) assert.ok(await send(bytes))
      else await assert.rejects(send(bytes), /grant_malformed/)
      assert.deepEqual(callee.refused, isTaken ? [] : ["attestation.challenge"])
    }
  })

  it("keep a bounded number of sessions waiting, of which the oldest ends", async () => {
    const callee = await served()
    const first = await asked("caller")
    const bytes = showEvidence(first.channel, await proofOf(world.machine("caller"), first.demand, first.channel))
    for (let i = 0; i < 256; i++) await asked("other")
    await assert.rejects(first.send(bytes), /grant_malformed/)
    assert.deepEqual(callee.refused, ["attestation.challenge"])
    const last = await asked("caller")
    assert.ok(await last.show(await proofOf(world.machine("caller"), last.demand, last.channel)))
  }).timeout(60_000)

  it("do not take a request's answer for that to evidence, nor the other way round", async () => {
    await served()
    const { demand, channel } = await asked("caller")
    const talks = world.talks.filter(({ type }) => type === "RESULT").map(bytesOf)
    assert.ok(demand !== undefined && talks.length > 0)
    for (const bytes of talks)
      for (const given of [bytes, encodeCbor([2, ...(decodeCbor(bytes) as unknown[]).slice(1)])])
        await rejects(
          Promise.resolve().then(() => readGranted(given, channel)),
          given[1] === 2 ? "keys.agreement" : "keys.grant_malformed",
        )
  })

  for (const [what, type, version] of [
    ["requests", "CALL", 1],
    ["what the agent asks", "RESULT", 1],
    ["evidence", "CALL", 2],
    ["the agent's verdict", "RESULT", 2],
  ] as const)
    it(`end in a code, and in no key, where ${what} are changed on the way`, async () => {
      await served()
      const random = countedRandom(`changes of ${what}`)
      for (let turn = 0; turn < 40; turn++) {
        world.machine(`caller ${turn}`)
        const caller = await world.live(`caller ${turn}`)
        let changed = 0
        tamper(type, version, (bytes) => {
          changed++
          return altered(bytes, random)
        })
        const ended = await caller.endpoint.call(PUMP, [1], { timeoutMs: 1_000 }).then(
          () => undefined,
          (error: unknown) => error,
        )
        world.router.hook = (message) => message
        assert.ok(changed > 0)
        assert.ok(isE2eeError(ended), `no error of ours: ${String(ended)}`)
        assert.match(ended.code, /^(keys\.(no_agent|agreement|grant_malformed)|attestation\.\w+|session\.timeout)$/)
        if (version === 1 || type === "CALL") assert.deepEqual(granted(), [])
        await caller.endpoint.close()
      }
    }).timeout(120_000)
})

describe("attested grants against key agents", () => {
  let rogue: RogueAgent
  let caller: Inhabitant

  beforeEach(async () => {
    world.machine("rogue")
    rogue = new RogueAgent(world, "rogue", world.scope)
    caller = await world.live("caller")
  })

  type Answer = (
    received: ReceivedRequest,
  ) => Promise<{ readonly bytes: Uint8Array; readonly channel?: EvidenceChannel }>

  /** An agent that asks as it likes, and grants whatever it is shown. */
  async function serve(
    answer: Answer,
    verdict = (channel: EvidenceChannel, received: ReceivedRequest) =>
      grantShown(channel, rogue.grant(received.request)),
  ) {
    let open: { readonly channel: EvidenceChannel; readonly received: ReceivedRequest } | undefined
    const shown: (Proof | undefined)[] = []
    await world.router.connect().register(grantUri(rogue.scope), "exact", async ({ payload }) => {
      const bytes = payload.sealed ? undefined : payload.args[0]
      if (!(bytes instanceof Uint8Array)) throw new Error("no bytes")
      const plain = (answered: Uint8Array) => ({ sealed: false as const, args: [answered], kwargs: {} })
      if (isInfoRequest(bytes)) {
        const { announcement, tick } = rogue.info()
        return plain(encodeInfo(announcement, tick))
      }
      const evidence = parseShown(bytes)
      if (evidence !== undefined && open !== undefined) {
        shown.push(evidence.open(open.channel))
        return plain(verdict(open.channel, open.received))
      }
      const received = readRequest(bytes, rogue.place, rogue.self.x, countedRandom(`rogue ${sessions++}`))
      const { bytes: answered, channel } = await answer(received)
      if (channel !== undefined) open = { channel, received }
      return plain(answered)
    })
    return shown
  }

  const own: (
    machine: SoftwareTpm,
  ) => (received: ReceivedRequest) => (channel: EvidenceChannel) => Promise<Proof | undefined> =
    (machine) =>
    ({ request }) =>
    (channel) => {
      const local = { realm: REALM, clock: () => world.now, recheckMs: 0, skewMs: 0, random: countedRandom() }
      return new Platforms({ prove: machine }, local).prove(
        request.asks as Demand,
        roleOf(MACHINE),
        "responder",
        channel,
      )
    }
  const asking =
    (
      prove: (received: ReceivedRequest) => (channel: EvidenceChannel) => Promise<Proof | undefined>,
      changes: Partial<Demand> = {},
    ): Answer =>
    async (received) =>
      askEvidence(received, await demandOfAgent(changes), prove(received))

  it("take keys of an honest one, for comparison", async () => {
    const shown = await serve(asking(own(world.machine("rogue"))))
    // It grants, but answers no calls.
    await rejects(caller.endpoint.call(PUMP, [1]), "session.router_error")
    assert.equal(shown[0]?.attester, world.machine("caller").id)
  })

  const refused = (what: string, code: ErrorCode, answer: () => Answer, shows = 0): void => {
    it(`refuse one ${what}, and show it nothing`, async () => {
      const shown = await serve(answer())
      await rejects(caller.endpoint.call(PUMP, [1]), code)
      assert.equal(shown.length, shows)
      assert.equal(world.machine("caller").made, shows)
    })
  }

  refused("that grants without asking, and without showing its own", "attestation.absent", () => async (received) => ({
    bytes: answerGrant(received, rogue.grant(received.request)),
  }))
  refused("that shows nothing", "attestation.absent", () => asking(() => async () => undefined))
  refused("that shows another machine's quote", "attestation.delegate", () => asking(own(world.machine("other"))))
  refused("that shows a quote of another session", "attestation.binding", () =>
    asking(
      (received) =>
        ({ suite }) =>
          own(world.machine("rogue"))(received)({ suite, transcript: new Uint8Array(32) } as EvidenceChannel),
    ),
  )
  refused("whose machine runs something else", "attestation.measurement", () => {
    world.machine("rogue").extend(0, "another firmware")
    return asking(own(world.machine("rogue")))
  })
  refused("that asks for other registers than the policy", "attestation.policy", () =>
    asking(own(world.machine("rogue")), { mask: MASK | (1 << 10) }),
  )
  refused("that asks for another registry's policy", "attestation.policy", () =>
    asking(own(world.machine("rogue")), { registry: REALM }),
  )
  refused("that asks for a policy of before", "attestation.policy", () =>
    asking(own(world.machine("rogue")), { epoch: 0n }),
  )
  refused(
    "that lets in whoever shows nothing, against the scope's policy",
    "attestation.policy",
    () => async (received) => askEvidence(received, undefined, own(world.machine("rogue"))(received)),
  )

  it("refuse one that grants to writers without asking, where they alone are to be attested", async () => {
    world.scope = { ...world.scope, attested: { writers: MACHINE } }
    rogue = new RogueAgent(world, "rogue", world.scope)
    caller = await world.live("caller")
    await serve(async (received) => ({ bytes: answerGrant(received, rogue.grant(received.request)) }))
    await rejects(caller.endpoint.call(PUMP, [1]), "attestation.policy")
  })

  it("refuse one that asks a second time, and take no key of it", async () => {
    const again = (channel: EvidenceChannel): Uint8Array =>
      encodeCbor([2, ...channel.seal(encodeCbor([2, new Uint8Array(32)]))])
    const shown = await serve(asking(own(world.machine("rogue"))), again)
    await rejects(caller.endpoint.call(PUMP, [1]), "keys.grant_malformed")
    assert.equal(shown.length, 1)
  })

  it("refuse one that asks where neither scope nor realm does, and show it nothing", async () => {
    for (const attestation of [
      { prove: world.machine("caller"), judge: world.judge() },
      { prove: world.machine("caller") },
      {},
    ]) {
      world.scope = { uri: `com.example.${sessions++}.`, match: "prefix" }
      rogue = new RogueAgent(world, "rogue", world.scope)
      const shown = await serve(asking(() => async () => undefined))
      const other = await world.live("caller", { attestation })
      await rejects(other.endpoint.call(`${world.scope.uri}pump`, [1]), "attestation.policy")
      assert.deepEqual(shown, [])
    }
    assert.equal(world.machine("caller").made, 0)
  })
})

function scopeOf() {
  const [scope] = parseScopes([world.scope])
  if (scope === undefined) throw new Error("no scope")
  return scope
}

/** A bit turned, an end cut off, or bytes appended. */
function altered(bytes: Uint8Array, random: (length: number) => Uint8Array): Uint8Array {
  const [how = 0, ...where] = random(4)
  const at = where.reduce((sum, byte) => sum * 256 + byte, 0) % bytes.length
  if (how % 8 === 0) return bytes.slice(0, at)
  if (how % 8 === 1) return Uint8Array.of(...bytes, how)
  return bytes.with(at, (bytes[at] as number) ^ (1 << (how >> 5)))
}

function withEvidence(honest: SoftwareTpm, changes: Partial<TpmEvidence>): Attester<TpmEvidence> {
  const attest = async (nonce: Uint8Array, registers: { readonly bank: Bank; readonly mask: number }) => ({
    ...(await honest.attest(nonce, registers)),
    ...changes,
  })
  return { kind: honest.kind, keyName: honest.keyName, attest }
}

/** What a member asks of the agent's platform. */
async function demandOfAgent(changes: Partial<Demand> = {}): Promise<Demand> {
  const { policy } = await world.registry.facts({ role: roleOf(MACHINE) })
  if (policy === undefined) throw new Error("no policy")
  const { kinds, epoch } = policy
  const challenge = new Uint8Array(32).fill(sessions)
  return {
    challenge,
    chainId: 31_337n,
    registry: REGISTRY,
    epoch,
    kinds,
    bank: BANK,
    mask: MASK,
    maximumAge: 60,
    ...changes,
  }
}
