import assert from "node:assert/strict"
import * as fc from "fast-check"
import { createPublicClient, custom, toHex, zeroHash, type Address, type EIP1193Parameters, type Hex } from "viem"
import { hardhat } from "viem/chains"
import { parseAddress } from "../../../src/core/address.ts"
import type { Deployment } from "../../../src/chain/index.ts"
import type { RealmState } from "../../../src/chain/log/realm-state.ts"
import {
  account,
  ALL_CAPS,
  CAP,
  createRealm,
  DAY,
  issue,
  now,
  pass,
  signAuthority,
  ZERO,
  type Fixture,
} from "../../contracts/fixture.ts"

/** Histories of realms, drawn at random and played through the real registries. */

export const owner = account(1)
export const roots = [account(2), account(3)] as const
export const cas = [account(4), account(5)] as const
export const machines = [account(6), account(7), account(8)] as const
export const people = [owner, ...roots, ...cas, ...machines, account(9)] as const

export const STEPS = [
  "admit",
  "offer admission",
  "accept",
  "anchor",
  "anchor below",
  "batch",
  "revoke record",
  "revoke unseen",
  "revoke as",
  "leave",
  "epoch of root",
  "epoch of holder",
  "rotate",
  "rotate with overlap",
  "renew root",
  "tighten",
  "offer owner",
  "accept owner",
  "guardian",
  "no guardian",
  "start recovery",
  "cancel recovery",
  "complete recovery",
] as const

/** One step and two small numbers that it picks people and certificates by. */
export type Step = readonly [(typeof STEPS)[number], number, number]

export const aStep: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...STEPS), fc.nat(50), fc.nat(50))

/** A realm whose history grows by steps; a step that the registry refuses changes nothing. */
export async function startHistory(fixture: Fixture, salt: number) {
  const { realm } = await createRealm(fixture, { owner, root: roots[0], salt: toHex(salt, { size: 32 }) })
  const digests: { subject: Address; digest: Hex; authority: Address }[] = []
  let root = 0
  let taken = 0

  const pick = <T>(list: readonly T[], by: number): T => list[by % list.length] as T
  const send = (from: (typeof people)[number], name: string, ...args: unknown[]) =>
    fixture.send("realms", from, name, args)
  const ownerNow = async () => {
    const { owner: address } = await fixture.realms.read.realmOf([realm])
    return people.find((person) => person.address === address) ?? owner
  }
  const certify = async (issuer: (typeof people)[number], subject: Address, capabilities: bigint) => {
    const validFrom = await fixture.chain.getBlockNumber()
    const signed = await issue(fixture, issuer, { realm, subject, capabilities, validFrom })
    digests.push({ subject, digest: signed.digest, authority: issuer.address })
    return signed
  }
  const rootNow = () => roots[root] as (typeof roots)[number]
  const setRoot = async (next: (typeof people)[number], until: number) => {
    const own = {
      root: next.address,
      validFrom: await fixture.chain.getBlockNumber(),
      capabilities: ALL_CAPS,
      meta: `notAfter=${(await now(fixture)) + 900 * DAY}`,
    }
    const message = fixture.certificate({ ...own, issuer: next.address, subject: next.address, realm })
    await send(await ownerNow(), "rotateRoot", realm, own, await signAuthority(next, message), until)
  }

  const steps: Record<Step[0], (a: number, b: number) => Promise<unknown>> = {
    admit: async (a) => {
      const ca = pick(cas, a)
      const { message, signature } = await certify(rootNow(), ca.address, CAP.intermediate | CAP.provider)
      return send(ca, "admit", message, signature, "0x")
    },
    "offer admission": async (a) => {
      const { message, signature } = await certify(rootNow(), pick(cas, a).address, CAP.intermediate | CAP.provider)
      return send(await ownerNow(), "admit", message, signature, "0x")
    },
    accept: async (a) => {
      const ca = pick(cas, a)
      const newest = digests.findLast(({ subject }) => subject === ca.address)
      return send(ca, "accept", realm, ca.address, newest?.digest ?? zeroHash)
    },
    anchor: async (a, b) => {
      const { message, signature } = await certify(pick(cas, a), pick(machines, b).address, CAP.provider)
      return send(await ownerNow(), "anchor", message, signature)
    },
    "anchor below": async (a, b) => {
      const below = await certify(pick(cas, a), pick(machines, b).address, CAP.intermediate | CAP.provider)
      await send(await ownerNow(), "anchor", below.message, below.signature)
      const last = await certify(pick(machines, b), pick(machines, b + 1).address, CAP.provider)
      return send(owner, "anchor", last.message, last.signature)
    },
    batch: async (a) => {
      const signed = await Promise.all(machines.map(({ address }) => certify(pick(cas, a), address, CAP.provider)))
      const of = <K extends "message" | "signature">(name: K) => signed.map((one) => one[name])
      return send(await ownerNow(), "anchorBatch", of("message"), of("signature"))
    },
    "revoke record": async (a, b) => {
      const known = pick(digests, a)
      return send(pick(people, b), "revoke", realm, known.subject, known.digest, b)
    },
    "revoke unseen": (a, b) => send(pick(people, a), "revoke", realm, ZERO, toHex(b, { size: 32 }), a),
    "revoke as": async (a, b) => {
      const known = pick(digests, a)
      return send(await ownerNow(), "revokeAs", realm, known.authority, b % 2 ? known.subject : ZERO, known.digest, b)
    },
    leave: async (a) => {
      const ca = pick(cas, a)
      const newest = digests.findLast(({ subject }) => subject === ca.address)
      return send(ca, "leaveRealm", realm, ca.address, newest?.digest ?? zeroHash, 7)
    },
    "epoch of root": async () => send(rootNow(), "setEpoch", realm, Number(await fixture.chain.getBlockNumber())),
    "epoch of holder": async (a) =>
      send(pick(machines, a), "setEpoch", realm, Number(await fixture.chain.getBlockNumber())),
    rotate: async () => {
      await setRoot(roots[1 - root] as (typeof roots)[number], 0)
      root = 1 - root
    },
    "rotate with overlap": async (a) => {
      await setRoot(roots[1 - root] as (typeof roots)[number], (await now(fixture)) + (1 + (a % 80)) * DAY)
      root = 1 - root
    },
    "renew root": () => setRoot(rootNow(), 0),
    tighten: async (a) => send(await ownerNow(), "tightenPolicy", realm, 2 + (a % 2)),
    "offer owner": async (a) => send(await ownerNow(), "offerOwner", realm, pick(people, a).address),
    "accept owner": async () => {
      const { custody } = await fixture.realms.read.realmOf([realm])
      return send(people.find(({ address }) => address === custody.pending) ?? owner, "acceptOwner", realm)
    },
    guardian: async (a, b) =>
      send(await ownerNow(), "setGuardian", realm, pick(people, a).address, (7 + (b % 20)) * DAY),
    "no guardian": async () => send(await ownerNow(), "setGuardian", realm, ZERO, 0),
    "start recovery": async (a) => {
      const { custody } = await fixture.realms.read.realmOf([realm])
      const guardian = people.find(({ address }) => address === custody.guardian) ?? owner
      return send(guardian, "startRecovery", realm, pick(people, a).address)
    },
    "cancel recovery": async () => send(await ownerNow(), "cancelRecovery", realm),
    "complete recovery": async () => {
      const { custody } = await fixture.realms.read.realmOf([realm])
      const successor = people.find(({ address }) => address === custody.successor) ?? owner
      if (custody.readyAt > (await now(fixture))) await pass(fixture, custody.delay)
      return send(successor, "completeRecovery", realm)
    },
  }

  async function play([name, a, b]: Step): Promise<void> {
    await steps[name](a, b).then(
      () => taken++,
      () => undefined,
    )
  }
  return { realm: parseAddress(realm) as Address, play, digests, taken: () => taken }
}

/** A history in which every kind of event comes to pass, some of them in one block. */
export const FULL: readonly Step[] = [
  ["admit", 0, 0],
  ["offer admission", 1, 0],
  ["accept", 1, 0],
  ["anchor", 0, 0],
  ["batch", 0, 0],
  ["anchor", 0, 1],
  ["anchor below", 1, 2],
  ["revoke record", 2, 3],
  ["anchor", 0, 0],
  ["revoke unseen", 4, 9],
  ["epoch of holder", 0, 0],
  ["rotate with overlap", 30, 0],
  ["epoch of root", 0, 0],
  ["guardian", 6, 1],
  ["start recovery", 3, 0],
  ["cancel recovery", 0, 0],
  ["start recovery", 4, 0],
  ["complete recovery", 0, 0],
  ["offer owner", 5, 0],
  ["accept owner", 0, 0],
  ["tighten", 0, 0],
  ["leave", 0, 0],
]

export function deploymentOf(fixture: Fixture): Deployment {
  return {
    chainId: Number(fixture.chainId),
    operatorRegistry: parseAddress(fixture.operatorsAt) as Address,
    realmRegistry: parseAddress(fixture.realmsAt) as Address,
    block: 1,
  }
}

type Request = EIP1193Parameters & { readonly params?: unknown }

/** The fixture's chain through a node that may answer something else; `answer` gets the truth from `next`. */
export function throughNode(
  fixture: Fixture,
  answer: (request: Request, next: () => Promise<unknown>) => Promise<unknown>,
) {
  const provider = {
    request: (request: Request) =>
      answer(request, () => (fixture.provider as { request(given: Request): Promise<unknown> }).request(request)),
  }
  const transport = custom(provider as never, { retryCount: 0 })
  return createPublicClient({ chain: hardhat, transport, cacheTime: 0, pollingInterval: 5 })
}

/** Asserts that a state rebuilt from events is what the registry's views show, for every record and revocation. */
export async function assertAsInViews(
  { chain, realmsAt, realms }: Pick<Fixture, "chain" | "realmsAt" | "realms">,
  state: RealmState,
  subjects: readonly Address[],
  revocations: readonly { authority: Address; digest: Hex }[],
): Promise<void> {
  assert.ok(chain && realmsAt)
  const { realm, records, revocations: noted, ...rest } = state
  assert.deepEqual(rest, await realms.read.realmOf([realm]))
  for (const subject of new Set([...records.keys(), ...subjects])) {
    const nothing = { grant: { issuer: ZERO, capabilities: 0, standing: 0, validFrom: 0, notAfter: 0 } }
    const expected = records.get(subject) ?? { ...nothing, epoch: 0, digest: `0x${"00".repeat(27)}` }
    assert.deepEqual(await realms.read.recordOf([realm, subject]), expected, subject)
  }
  const said = new Map(
    [...revocations, ...noted.values()].map(({ authority, digest }) => {
      const name = digest.slice(0, 56).toLowerCase()
      return [`${authority}/${name}`, { authority, digest: name.padEnd(66, "0") as Hex }] as const
    }),
  )
  for (const [key, { authority, digest }] of said) {
    const { blockNumber = 0, reason = 0 } = noted.get(key) ?? {}
    assert.deepEqual(await realms.read.revocationOf([realm, authority, digest]), { blockNumber, reason }, key)
  }
}
