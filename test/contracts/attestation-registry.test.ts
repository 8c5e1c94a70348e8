import assert from "node:assert/strict"
import { parseEventLogs, type Address, type Hex, type TransactionReceipt } from "viem"
import type { HDAccount } from "viem/accounts"
import { attestationRegistryAbi } from "../../src/chain/generated/AttestationRegistry.ts"
import { account, DAY, deploy, now, pass, refuses, signAuthority, ZERO, ZERO32 } from "./fixture.ts"
import {
  deployAttestations,
  digestOf,
  DOCUMENT,
  KINDS,
  MASK,
  nameOf,
  NITRO,
  NO_ATTESTER,
  NO_MEASUREMENT,
  NO_POLICY,
  POLICY,
  REVOKE_ATTESTER,
  REVOKE_MEASUREMENT,
  ROLE,
  SHA1,
  SHA256,
  SHA384,
  SHA512,
  TPM,
  type Attestations,
  type Policy,
} from "./attestation-fixture.ts"

const delegate = account(3)
const other = account(4)
const stranger = account(5)
const relayer = account(6)
const next = account(7)
const guardian = account(8)
const NOBODY: Address = "0x00000000000000000000000000000000000000AA"
const NAME = nameOf("one")
const KEY: Hex = `0x${"4e".repeat(32)}`
const OTHER_ROLE: Hex = `0x${"71".repeat(32)}`

describe("AttestationRegistry", () => {
  let at: Attestations
  let realm: Address
  let owner: HDAccount
  let root: HDAccount

  beforeEach(async () => {
    at = await deployAttestations(await deploy())
    ;({ realm, owner, root } = at)
  })

  const send = (from: HDAccount, name: string, ...args: unknown[]) => at.send(from, name, ...args)
  const events = (receipt: TransactionReceipt) =>
    parseEventLogs({ abi: attestationRegistryAbi, logs: receipt.logs }).map(({ eventName, args }) => ({
      eventName,
      args,
    }))
  const epoch = async () => (await at.registry.read.logOf([realm])).epoch
  const idOf = (name = NAME) => at.registry.read.attesterId([TPM, name])
  const setPolicy = (overrides: Partial<Policy> = {}, from = owner) =>
    send(from, "setPolicy", realm, ROLE, { ...POLICY, ...overrides })

  async function enroll(
    given: {
      kind?: number
      name?: Hex
      delegate?: Address
      notBefore?: number
      notAfter?: number
      from?: HDAccount
    } = {},
  ) {
    const {
      kind = TPM,
      name = NAME,
      delegate: of = delegate.address,
      from = owner,
      ...window
    } = { ...(await at.window()), ...given }
    const receipt = await send(from, "enrollAttester", realm, kind, name, of, window.notBefore, window.notAfter)
    return { ...window, receipt, id: await at.registry.read.attesterId([kind, name]) }
  }

  describe("a policy", () => {
    it("is set by the realm's owner, for one role of one realm", async () => {
      const receipt = await setPolicy()
      assert.deepEqual(events(receipt), [
        { eventName: "PolicySet", args: { realm, role: ROLE, sequence: 1, epoch: 1, policy: POLICY } },
      ])
      assert.deepEqual(await at.registry.read.policyOf([realm, ROLE]), POLICY)
      assert.deepEqual(await at.registry.read.policyOf([realm, OTHER_ROLE]), NO_POLICY)
      assert.deepEqual(await at.registry.read.policyOf([NOBODY, ROLE]), NO_POLICY)
    })

    it("is replaced as a whole, and raises the epoch each time", async () => {
      await setPolicy()
      const looser = { required: false, kinds: KINDS.tpm | KINDS.nitro, bank: SHA384, mask: 1, maximumAge: 1 }
      await setPolicy({ ...looser, document: ZERO32 })
      assert.deepEqual(await at.registry.read.policyOf([realm, ROLE]), { ...looser, document: ZERO32 })
      assert.equal(await epoch(), 2)
      await setPolicy()
      assert.equal(await epoch(), 3)
    })

    it("asks at least one kind, and none without a number", async () => {
      for (const kinds of [0, 1, 1 | KINDS.tpm, 8, KINDS.tpm | KINDS.nitro | 0x8000, 0xffff]) {
        await refuses(setPolicy({ kinds }), "PolicyKindsInvalid", [BigInt(kinds)])
      }
    })

    it("asks no SHA-1, and no bank that a kind lacks", async () => {
      for (const bank of [SHA1, 0, 0x000a, 0x000e, 0x0027, 0xffff]) {
        await refuses(setPolicy({ bank }), "AttestationBankRefused", [BigInt(TPM), BigInt(bank)])
      }
      for (const bank of [SHA256, SHA512]) {
        await refuses(setPolicy({ bank, kinds: KINDS.tpm | KINDS.nitro }), "AttestationBankRefused", [
          BigInt(NITRO),
          BigInt(bank),
        ])
      }
      for (const bank of [SHA256, SHA384, SHA512]) await setPolicy({ bank })
      await setPolicy({ bank: SHA384, kinds: KINDS.nitro })
    })

    it("asks at least one PCR, and none that can be reset or is not there", async () => {
      const ofTpm = 0x7e_ff_ff
      for (const mask of [0, 1 << 16, MASK | (1 << 16), 1 << 23, MASK | (1 << 23), 1 << 24, 0xffff_ffff]) {
        await refuses(setPolicy({ mask }), "AttestationMaskRefused", [BigInt(TPM), BigInt(mask), BigInt(ofTpm)])
      }
      for (const mask of [1, 1 << 15, 1 << 17, 1 << 22, ofTpm]) await setPolicy({ mask })
      const both = { kinds: KINDS.tpm | KINDS.nitro, bank: SHA384 }
      await setPolicy({ ...both, mask: 0xffff })
      await refuses(setPolicy({ ...both, mask: 1 << 17 }), "AttestationMaskRefused", [
        BigInt(NITRO),
        BigInt(1 << 17),
        0xffffn,
      ])
    })

    it("names an age that evidence can have", async () => {
      await refuses(setPolicy({ maximumAge: 0 }), "PolicyAgeInvalid", [0n])
      await setPolicy({ maximumAge: 0xffff_ffff })
      assert.equal((await at.registry.read.policyOf([realm, ROLE])).maximumAge, 0xffff_ffff)
    })
  })

  describe("an attester", () => {
    it("is enrolled by the realm's owner for one delegate, with a window", async () => {
      const { receipt, id, notBefore, notAfter } = await enroll()
      const args = { realm, id, delegate: delegate.address, sequence: 1, epoch: 0, kind: TPM, notBefore, notAfter }
      assert.deepEqual(events(receipt), [{ eventName: "AttesterEnrolled", args }])
      const stands = { delegate: delegate.address, notBefore, notAfter, revoked: false }
      assert.deepEqual(await at.registry.read.attesterOf([realm, id]), stands)
      assert.deepEqual(await at.registry.read.attesterOf([NOBODY, id]), NO_ATTESTER)
      assert.deepEqual(await at.registry.read.attesterOf([realm, KEY]), NO_ATTESTER)
    })

    it("is replaced while it stands, which raises the epoch: another delegate or window", async () => {
      const { id } = await enroll()
      assert.equal(await epoch(), 0)
      const { receipt, notBefore } = await enroll({ delegate: other.address, notAfter: 2 ** 40 - 1 })
      assert.deepEqual(
        events(receipt).map(({ args }) => (args as { epoch: number }).epoch),
        [1],
      )
      assert.deepEqual(await at.registry.read.attesterOf([realm, id]), {
        delegate: other.address,
        notBefore,
        notAfter: 2 ** 40 - 1,
        revoked: false,
      })
    })

    it("has the Name of a key by SHA-256, SHA-384 or SHA-512, or an enclave's PCR4", async () => {
      const of = (algorithm: string, bytes: number): Hex => `0x${algorithm}${"5a".repeat(bytes)}`
      const good: [number, Hex][] = [
        [TPM, of("000b", 32)],
        [TPM, of("000c", 48)],
        [TPM, of("000d", 64)],
        [NITRO, of("", 48)],
      ]
      for (const [kind, name] of good) await enroll({ kind, name })
      const bad: [number, Hex][] = [
        [TPM, "0x"],
        [TPM, "0x00"],
        [TPM, "0x000b"],
        [TPM, "0x0004"],
        [TPM, of("0004", 20)],
        [TPM, of("0004", 32)],
        [TPM, of("000b", 31)],
        [TPM, of("000b", 33)],
        [TPM, of("000c", 32)],
        [TPM, of("000d", 48)],
        [TPM, of("000e", 32)],
        [TPM, of("", 48)],
        [NITRO, "0x"],
        [NITRO, of("", 47)],
        [NITRO, of("", 49)],
        [NITRO, of("000b", 32)],
      ]
      for (const [kind, name] of bad)
        await refuses(
          send(owner, "enrollAttester", realm, kind, name, delegate.address, 1, 2 ** 40 - 1),
          "AttesterNameInvalid",
          [BigInt(kind), name],
        )
      for (const kind of [0, 3, 255]) {
        const args = [realm, kind, NAME, delegate.address, 1, 2 ** 40 - 1]
        await refuses(send(owner, "enrollAttester", ...args), "AttestationKindUnknown", [BigInt(kind)])
      }
    })

    it("speaks for somebody: neither for nobody nor for the realm itself", async () => {
      for (const nobody of [ZERO, realm]) {
        const args = [realm, TPM, NAME, nobody, 1, 2 ** 40 - 1]
        await refuses(send(owner, "enrollAttester", ...args), "AttesterDelegateInvalid", [nobody])
      }
    })
  })

  describe("a measurement", () => {
    it("is added by the realm's owner to one role, by a key that follows from it", async () => {
      const measurement = await at.measurement()
      const receipt = await send(owner, "addMeasurement", realm, ROLE, measurement)
      const key = await at.keyOf(measurement)
      assert.deepEqual(events(receipt), [
        { eventName: "MeasurementAdded", args: { realm, role: ROLE, key, sequence: 1, epoch: 0, measurement } },
      ])
      const { notBefore, notAfter, document } = measurement
      const stands = { notBefore, notAfter, revoked: false, document }
      assert.deepEqual(await at.registry.read.measurementOf([realm, ROLE, key]), stands)
      assert.deepEqual(await at.registry.read.measurementOf([realm, OTHER_ROLE, key]), NO_MEASUREMENT)
      assert.deepEqual(await at.registry.read.measurementOf([NOBODY, ROLE, key]), NO_MEASUREMENT)
    })

    it("is replaced while it stands, which raises the epoch", async () => {
      const measurement = await at.measurement()
      await send(owner, "addMeasurement", realm, ROLE, measurement)
      await send(owner, "addMeasurement", realm, OTHER_ROLE, measurement)
      assert.equal(await epoch(), 0)
      const shorter = { ...measurement, notAfter: measurement.notAfter - 60, document: ZERO32 }
      await send(owner, "addMeasurement", realm, ROLE, shorter)
      assert.equal(await epoch(), 1)
      const key = await at.keyOf(measurement)
      const [{ notAfter, document }, kept] = [
        await at.registry.read.measurementOf([realm, ROLE, key]),
        await at.registry.read.measurementOf([realm, OTHER_ROLE, key]),
      ]
      assert.deepEqual([notAfter, document], [shorter.notAfter, ZERO32])
      assert.deepEqual([kept.notAfter, kept.document], [measurement.notAfter, DOCUMENT])
    })

    it("is of a kind, bank and mask that a policy may ask", async () => {
      const add = async (overrides: object) =>
        send(owner, "addMeasurement", realm, ROLE, await at.measurement(overrides))
      for (const kind of [0, 3, 255]) await refuses(add({ kind }), "AttestationKindUnknown", [BigInt(kind)])
      await refuses(add({ bank: SHA1 }), "AttestationBankRefused", [BigInt(TPM), BigInt(SHA1)])
      await refuses(add({ kind: NITRO }), "AttestationBankRefused", [BigInt(NITRO), BigInt(SHA256)])
      for (const mask of [0, 1 << 16, 1 << 23, 1 << 24]) {
        await refuses(add({ mask }), "AttestationMaskRefused", [BigInt(TPM), BigInt(mask), 0x7e_ff_ffn])
      }
      await refuses(add({ kind: NITRO, bank: SHA384, mask: 1 << 16 }), "AttestationMaskRefused", [
        BigInt(NITRO),
        BigInt(1 << 16),
        0xffffn,
      ])
      await add({ kind: NITRO, bank: SHA384, mask: 0x17 })
    })

    it("has another key with any field changed", async () => {
      const own = [TPM, SHA384, MASK, digestOf(0)] as const
      const keys = await Promise.all(
        [
          own,
          [NITRO, SHA384, MASK, digestOf(0)],
          [TPM, SHA256, MASK, digestOf(0)],
          [TPM, SHA384, 1, digestOf(0)],
          [TPM, SHA384, MASK, digestOf(1)],
        ].map(
          // prettier-ignore
          (args) => at.registry.read.measurementKey(args as never),
        ),
      )
      assert.equal(new Set(keys).size, 5)
    })

    it("comes in batches, of which one that is refused refuses all", async () => {
      const three = await Promise.all([1, 2, 3].map((seed) => at.measurement({ digest: digestOf(seed) })))
      const receipt = await send(owner, "addMeasurements", realm, ROLE, three)
      const [first, second, third] = three
      assert.ok(first && second && third)
      assert.deepEqual(
        events(receipt).map(({ args }) => [
          (args as { sequence: number }).sequence,
          (args as { measurement: object }).measurement,
        ]),
        [
          [1, first],
          [2, second],
          [3, third],
        ],
      )
      const bad = [await at.measurement({ digest: digestOf(4) }), { ...first, mask: 0 }]
      await refuses(send(owner, "addMeasurements", realm, ROLE, bad), "AttestationMaskRefused", [
        BigInt(TPM),
        0n,
        0x7e_ff_ffn,
      ])
      assert.deepEqual(await at.registry.read.measurementOf([realm, ROLE, await at.keyOf(bad[0]!)]), NO_MEASUREMENT)
      await send(owner, "addMeasurements", realm, ROLE, [])
      assert.equal((await at.registry.read.logOf([realm])).sequence, 3)
    })
  })

  it("takes no window that is empty or past, to the second", async () => {
    const time = (await now(at.fixture)) + 100
    for (const [notBefore, notAfter, good] of [
      [time, time, false],
      [time + 10, time + 9, false],
      [time + 10, time + 10, false],
      [time - 10, time, false],
      [0, 0, false],
      [time - 10, time + 1, true],
      [time + 10, time + 11, true],
      [0, 2 ** 40 - 1, true],
    ] as const) {
      const refusal = [BigInt(notBefore), BigInt(notAfter), BigInt(time)]
      const measurement = await at.measurement({ notBefore, notAfter })
      for (const [functionName, args] of [
        ["enrollAttester", [realm, TPM, NAME, delegate.address, notBefore, notAfter]],
        ["addMeasurement", [realm, ROLE, measurement]],
        ["addMeasurements", [realm, ROLE, [measurement]]],
      ] as const) {
        await at.fixture.test.setNextBlockTimestamp({ timestamp: BigInt(time) })
        const call = { address: at.address, abi: attestationRegistryAbi, functionName, args, account: owner }
        const tried = at.fixture.chain.simulateContract({ ...call, blockTag: "pending" } as never)
        await (good ? tried : refuses(tried, "AttestationWindowInvalid", refusal))
      }
    }
  })

  describe("revocation", () => {
    const [byOwner, byRoot] = [() => owner, () => root]

    it("of an attester is made by owner, root or the delegate itself, at once and for ever", async () => {
      for (const [i, by] of [byOwner, byRoot, () => delegate].entries()) {
        const name = nameOf(i)
        const { id, notBefore, notAfter } = await enroll({ name })
        const before = await epoch()
        const receipt = await send(by(), "revokeAttester", realm, id, 7 + i)
        const args = { realm, id, authority: by().address, sequence: 2 * i + 2, epoch: before + 1, reason: 7 + i }
        assert.deepEqual(events(receipt), [{ eventName: "AttesterRevoked", args }])
        assert.deepEqual(await at.registry.read.attesterOf([realm, id]), {
          delegate: delegate.address,
          notBefore,
          notAfter,
          revoked: true,
        })
        await refuses(send(owner, "revokeAttester", realm, id, 0), "AttestationRevoked", [id])
        await refuses(
          send(owner, "enrollAttester", realm, TPM, name, other.address, 1, 2 ** 40 - 1),
          "AttestationRevoked",
          [id],
        )
      }
      await enroll({ name: nameOf("another key") })
    })

    it("of an attester wins in either order: one that was revoked unseen is never enrolled", async () => {
      const id = await idOf()
      await send(root, "revokeAttester", realm, id, 1)
      assert.deepEqual(await at.registry.read.attesterOf([realm, id]), { ...NO_ATTESTER, revoked: true })
      await refuses(
        send(owner, "enrollAttester", realm, TPM, NAME, delegate.address, 1, 2 ** 40 - 1),
        "AttestationRevoked",
        [id],
      )
    })

    it("is no longer a former delegate's to make", async () => {
      const { id } = await enroll()
      await enroll({ delegate: other.address })
      await refuses(send(delegate, "revokeAttester", realm, id, 0), "AttestationNotAuthorised", [
        realm,
        id,
        delegate.address,
      ])
      await send(other, "revokeAttester", realm, id, 0)
    })

    it("of an unknown attester is not the zero address's, who is nobody's delegate", async () => {
      const call = { address: at.address, abi: attestationRegistryAbi, functionName: "revokeAttester" } as const
      const asked = at.fixture.chain.simulateContract({ ...call, args: [realm, KEY, 0], account: ZERO })
      await refuses(asked, "AttestationNotAuthorised", [realm, KEY, ZERO])
    })

    it("of a measurement is made by owner or root, seen or not, at once and for ever", async () => {
      const measurement = await at.measurement()
      const key = await at.keyOf(measurement)
      await send(owner, "addMeasurement", realm, ROLE, measurement)
      const receipt = await send(root, "revokeMeasurement", realm, ROLE, key, 9)
      const args = { realm, role: ROLE, key, sequence: 2, epoch: 1, authority: root.address, reason: 9 }
      assert.deepEqual(events(receipt), [{ eventName: "MeasurementRevoked", args }])
      const { notBefore, notAfter, document } = measurement
      const stands = { notBefore, notAfter, revoked: true, document }
      assert.deepEqual(await at.registry.read.measurementOf([realm, ROLE, key]), stands)
      await refuses(send(owner, "revokeMeasurement", realm, ROLE, key, 9), "AttestationRevoked", [key])
      await refuses(send(owner, "addMeasurement", realm, ROLE, measurement), "AttestationRevoked", [key])
      await refuses(send(owner, "addMeasurements", realm, ROLE, [measurement]), "AttestationRevoked", [key])
      await send(owner, "addMeasurement", realm, OTHER_ROLE, measurement)
      await send(owner, "revokeMeasurement", realm, OTHER_ROLE, KEY, 0)
      assert.deepEqual(await at.registry.read.measurementOf([realm, OTHER_ROLE, KEY]), {
        ...NO_MEASUREMENT,
        revoked: true,
      })
    })

    it("of many passes over what is revoked already, and doubles", async () => {
      const three = await Promise.all([1, 2, 3].map((seed) => at.measurement({ digest: digestOf(seed) })))
      const keys = await Promise.all(three.map((measurement) => at.keyOf(measurement)))
      const [first = KEY, second = KEY, third = KEY] = keys
      await send(owner, "addMeasurements", realm, ROLE, three)
      await send(root, "revokeMeasurement", realm, ROLE, second, 1)
      const receipt = await send(root, "revokeMeasurements", realm, ROLE, [first, second, third, first], 2)
      assert.deepEqual(
        events(receipt).map(({ args }) => {
          const { key, sequence, epoch, reason } = args as {
            key: Hex
            sequence: number
            epoch: number
            reason: number
          }
          return [key, sequence, epoch, reason]
        }),
        [
          [first, 5, 2, 2],
          [third, 6, 3, 2],
        ],
      )
      for (const key of keys) assert.ok((await at.registry.read.measurementOf([realm, ROLE, key])).revoked)
      assert.deepEqual(events(await send(root, "revokeMeasurements", realm, ROLE, [], 2)), [])
      await refuses(send(stranger, "revokeMeasurements", realm, ROLE, [], 2), "AttestationNotAuthorised", [
        realm,
        ZERO32,
        stranger.address,
      ])
    })

    it("of one realm is none of another's", async () => {
      const { id } = await enroll()
      await refuses(send(owner, "revokeAttester", NOBODY, id, 0), "RealmUnknown", [NOBODY])
      await refuses(send(owner, "revokeMeasurement", NOBODY, ROLE, KEY, 0), "RealmUnknown", [NOBODY])
    })
  })

  describe("a relayed revocation", () => {
    const relayed = {
      revokeAttesterFor: {
        type: REVOKE_ATTESTER,
        fields: () => ({ attester: KEY }),
        args: ({ attester, authority, reason, deadline }: Record<string, unknown>) => [
          realm,
          attester,
          authority,
          reason,
          deadline,
        ],
        isRevoked: async () => (await at.registry.read.attesterOf([realm, KEY])).revoked,
        others: () => ({ attester: ZERO32, authority: stranger.address, reason: 4, deadline: 1n }),
      },
      revokeMeasurementFor: {
        type: REVOKE_MEASUREMENT,
        fields: () => ({ role: ROLE, measurement: KEY }),
        args: ({ role, measurement, authority, reason, deadline }: Record<string, unknown>) => [
          realm,
          role,
          measurement,
          authority,
          reason,
          deadline,
        ],
        isRevoked: async () => (await at.registry.read.measurementOf([realm, ROLE, KEY])).revoked,
        others: () => ({
          role: OTHER_ROLE,
          measurement: ZERO32,
          authority: stranger.address,
          reason: 4,
          deadline: 1n,
        }),
      },
    } as const

    for (const [name, { type, fields, args, isRevoked, others }] of Object.entries(relayed)) {
      describe(name, () => {
        async function message(signer: HDAccount, overrides: Record<string, unknown> = {}) {
          const deadline = BigInt((await now(at.fixture)) + DAY)
          return { realm, ...fields(), authority: signer.address, reason: 3, nonce: 0n, deadline, ...overrides }
        }

        it("counts the signature of owner or root, whoever sends it, and spends a nonce", async () => {
          for (const signer of [owner, root]) {
            const snapshot = await at.fixture.test.snapshot()
            const said = await message(signer)
            await send(relayer, name, ...args(said), await at.sign(signer, type, said))
            assert.ok(await isRevoked())
            assert.equal(await at.registry.read.nonces([signer.address]), 1n)
            await at.fixture.test.revert({ id: snapshot })
          }
        })

        it("is refused from somebody who may not revoke, though the signature be good", async () => {
          const said = await message(stranger)
          const signature = await at.sign(stranger, type, said)
          await refuses(send(relayer, name, ...args(said), signature), "AttestationNotAuthorised", [
            realm,
            KEY,
            stranger.address,
          ])
        })

        it("takes no other key's signature, nor garbage for the zero address", async () => {
          const said = await message(owner)
          for (const signature of [await at.sign(stranger, type, said), "0x", `0x${"00".repeat(65)}`] as const) {
            await refuses(send(relayer, name, ...args(said), signature), "RequestSignatureInvalid", [owner.address])
            const ofNobody = args({ ...said, authority: ZERO })
            await refuses(send(relayer, name, ...ofNobody, signature), "RequestSignatureInvalid", [ZERO])
          }
        })

        it("lets the relayer choose no field", async () => {
          const said = await message(owner)
          const signature = await at.sign(owner, type, said)
          for (const [field, value] of Object.entries(others())) {
            const changed = { ...said, [field]: field === "deadline" ? said.deadline - 1n : value }
            const of = field === "authority" ? stranger.address : owner.address
            await refuses(send(relayer, name, ...args(changed), signature), "RequestSignatureInvalid", [of])
          }
        })

        it("is not replayed: on this chain, on another, at another contract, for another realm", async () => {
          const said = await message(owner)
          for (const where of [
            { chainId: at.fixture.chainId + 1n },
            { verifyingContract: at.fixture.realmsAt },
            { name: "WMP RealmRegistry" },
            { version: "2" },
          ]) {
            const signature = await at.sign(owner, type, said, where)
            await refuses(send(relayer, name, ...args(said), signature), "RequestSignatureInvalid", [owner.address])
          }
          const elsewhere = await at.sign(owner, type, { ...said, realm: NOBODY })
          await refuses(send(relayer, name, ...args(said), elsewhere), "RequestSignatureInvalid", [owner.address])
          const signature = await at.sign(owner, type, said)
          await send(relayer, name, ...args(said), signature)
          await refuses(send(relayer, name, ...args(said), signature), "RequestSignatureInvalid", [owner.address])
          const again = await at.sign(owner, type, { ...said, nonce: 1n })
          await refuses(send(relayer, name, ...args(said), again), "AttestationRevoked", [KEY])
        })

        it("has a deadline", async () => {
          const time = await now(at.fixture)
          const past = await message(owner, { deadline: BigInt(time - 1) })
          await refuses(send(relayer, name, ...args(past), await at.sign(owner, type, past)), "RequestExpired", [
            past.deadline,
          ])
        })
      })
    }

    it("may be the delegate's own word about its attester", async () => {
      const { id } = await enroll()
      const deadline = BigInt((await now(at.fixture)) + DAY)
      const said = { realm, attester: id, authority: delegate.address, reason: 1, nonce: 0n, deadline }
      const signature = await at.sign(delegate, REVOKE_ATTESTER, said)
      await send(relayer, "revokeAttesterFor", realm, id, delegate.address, 1, deadline, signature)
      assert.ok((await at.registry.read.attesterOf([realm, id])).revoked)
    })
  })

  describe("who may do what", () => {
    it("is decided by the realm registry at every call: each function for each role", async () => {
      const { id } = await enroll()
      const measurement = await at.measurement()
      const window = await at.window()
      const calls = {
        setPolicy: [ROLE, POLICY],
        enrollAttester: [TPM, nameOf("matrix"), other.address, window.notBefore, window.notAfter],
        addMeasurement: [ROLE, measurement],
        addMeasurements: [ROLE, [measurement]],
        revokeAttester: [id, 0],
        revokeMeasurement: [ROLE, KEY, 0],
        revokeMeasurements: [ROLE, [KEY], 0],
      } as const
      const actors = { owner, root, delegate, other, stranger }
      const allowed: Readonly<Record<keyof typeof calls, readonly (keyof typeof actors)[]>> = {
        setPolicy: ["owner"],
        enrollAttester: ["owner"],
        addMeasurement: ["owner"],
        addMeasurements: ["owner"],
        revokeAttester: ["owner", "root", "delegate"],
        revokeMeasurement: ["owner", "root"],
        revokeMeasurements: ["owner", "root"],
      }
      const writes = attestationRegistryAbi.flatMap((item) =>
        item.type === "function" && item.stateMutability === "nonpayable" ? [item.name as string] : [],
      )
      const direct = writes.filter((name) => !name.endsWith("For"))
      assert.deepEqual(direct.toSorted(), Object.keys(calls).toSorted(), "a function is not in the matrix")
      for (const [name, args] of Object.entries(calls) as [keyof typeof calls, readonly unknown[]][]) {
        for (const [who, actor] of Object.entries(actors) as [keyof typeof actors, HDAccount][]) {
          const snapshot = await at.fixture.test.snapshot()
          const call = send(actor, name, realm, ...args)
          if (allowed[name].includes(who)) await call
          else if (!name.startsWith("revoke")) await refuses(call, "RealmNotOwner", [realm, actor.address])
          else {
            const of = name === "revokeAttester" ? id : KEY
            await refuses(call, "AttestationNotAuthorised", [realm, of, actor.address])
          }
          await at.fixture.test.revert({ id: snapshot })
        }
        await refuses(send(owner, name, NOBODY, ...args), "RealmUnknown", [NOBODY])
      }
    })

    it("follows the realm: a new owner and a new root rule, the former ones do not", async () => {
      await at.send(owner, "setPolicy", realm, ROLE, POLICY)
      const { fixture } = at
      const rule = (from: HDAccount, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)
      await rule(owner, "offerOwner", realm, next.address)
      await setPolicy()
      await refuses(setPolicy({}, next), "RealmNotOwner", [realm, next.address])
      await rule(next, "acceptOwner", realm)
      await setPolicy({}, next)
      await refuses(setPolicy({}, owner), "RealmNotOwner", [realm, owner.address])

      await rule(next, "setGuardian", realm, guardian.address, 7 * DAY)
      await rule(guardian, "startRecovery", realm, other.address)
      await refuses(setPolicy({}, guardian), "RealmNotOwner", [realm, guardian.address])
      await pass(fixture, 7 * DAY)
      await refuses(setPolicy({}, other), "RealmNotOwner", [realm, other.address])
      await rule(other, "completeRecovery", realm)
      await setPolicy({}, other)

      const own = { root: stranger.address, validFrom: 1n, capabilities: 255n, meta: "" }
      const message = fixture.certificate({ ...own, issuer: stranger.address, subject: stranger.address, realm })
      const overlap = (await now(at.fixture)) + DAY
      await rule(other, "rotateRoot", realm, own, await signAuthority(stranger, message), overlap)
      await refuses(send(root, "revokeMeasurement", realm, ROLE, KEY, 0), "AttestationNotAuthorised", [
        realm,
        KEY,
        root.address,
      ])
      await send(stranger, "revokeMeasurement", realm, ROLE, KEY, 0)
    })
  })

  it("tells an end point everything at one block", async () => {
    const nothing = await at.registry.read.appraisalOf([realm, ROLE, KEY, KEY])
    assert.deepEqual(
      [nothing.epoch, nothing.policy, nothing.attester, nothing.measurement],
      [0, NO_POLICY, NO_ATTESTER, NO_MEASUREMENT],
    )
    await setPolicy()
    const { id } = await enroll()
    const measurement = await at.measurement()
    const key = await at.keyOf(measurement)
    await send(owner, "addMeasurement", realm, ROLE, measurement)
    await send(owner, "revokeMeasurement", realm, ROLE, key, 0)
    const block = await at.fixture.chain.getBlock()
    const told = await at.registry.read.appraisalOf([realm, ROLE, id, key], { blockNumber: block.number })
    assert.deepEqual(told, {
      blockNumber: block.number,
      timestamp: block.timestamp,
      epoch: 2,
      policy: await at.registry.read.policyOf([realm, ROLE]),
      attester: await at.registry.read.attesterOf([realm, id]),
      measurement: await at.registry.read.measurementOf([realm, ROLE, key]),
    })
    assert.deepEqual(
      [told.policy.required, told.attester.delegate, told.measurement.revoked],
      [true, delegate.address, true],
    )
  })

  it("costs as much in a realm with many attesters and measurements as in a new one", async () => {
    const cost = async (seed: string) => {
      const { receipt } = await enroll({ name: nameOf(seed), notBefore: 1, notAfter: 2 ** 40 - 1 })
      const one = await at.measurement({ digest: digestOf(seed), notBefore: 1, notAfter: 2 ** 40 - 1 })
      const added = await send(owner, "addMeasurement", realm, ROLE, one)
      const revoked = await send(owner, "revokeMeasurement", realm, ROLE, await at.keyOf(one), 1)
      return [receipt, added, revoked].map(({ gasUsed }) => Number(gasUsed))
    }
    await cost("first")
    const few = await cost("a")
    const many = await Promise.all(Array.from({ length: 200 }, (_, i) => at.measurement({ digest: digestOf(i) })))
    for (let i = 0; i < 200; i += 50) await send(owner, "addMeasurements", realm, ROLE, many.slice(i, i + 50))
    const later = await cost("b")
    // A zero byte in a hash costs 12 less: the same work, other hashes.
    for (const [i, gas] of later.entries()) assert.ok(Math.abs(gas - (few[i] ?? 0)) < 200, `${few} ${later}`)
  })

  it("asks the realm registry that it was made for, and takes no money", async () => {
    assert.equal((await at.registry.read.REALMS()).toLowerCase(), at.fixture.realmsAt)
    await assert.rejects(
      at.fixture.wallet(stranger).sendTransaction({ to: at.address, value: 1n }),
      /revert|unrecognized|fallback/i,
    )
  })
})
