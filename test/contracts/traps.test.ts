import assert from "node:assert/strict"
import type { Address, Hex } from "viem"
import type { HDAccount } from "viem/accounts"
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
  POLICY,
  refuses,
  signAuthority,
  signRequest,
  ZERO,
  ZERO32,
  type AuthorityMessage,
  type Fixture,
} from "./fixture.ts"

const owner = account(1)
const root = account(2)
const ca = account(3)
const controller = account(4)
const offered = account(5)
const newCa = account(6)
const newRoot = account(7)
const machine = account(8)
const relayer = account(9)
const thief = account(10)
const newcomer = account(11)

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const ENROLL = "Enroll(address ca,address controller,bytes32 profile,string uri,uint256 nonce,uint256 deadline)"
const ROTATE = "Rotate(address ca,address newCa,uint40 retiresAt,uint256 nonce,uint256 deadline)"
const REVOKE_OPERATOR = "Revoke(address ca,address controller,uint8 reason,uint256 nonce,uint256 deadline)"
const ACCEPT = "Accept(address realm,address operator,bytes32 digest,uint256 nonce,uint256 deadline)"
const REVOKE =
  "Revoke(address realm,address authority,address subject,bytes32 digest,uint8 reason,uint256 nonce,uint256 deadline)"

/** A function that acts on somebody's signature. */
interface Entrance {
  readonly from: HDAccount
  /** The signature as it should be, or for another chain or contract. */
  sign(where: { chainId: bigint; contract: Address }): Promise<Hex>
  call(signature: Hex, change?: number): Promise<unknown>
  /** How many of its arguments a relayer could try to choose, each by its number from 1. */
  readonly choices: number
  /** The refusal of a signature that is none. */
  refusal(change?: number): Promise<[name: string, args: unknown[]]> | [name: string, args: unknown[]]
}

/** Traps that registries of this kind have fallen into, tried at every function that acts on a signature. */
describe("known traps", () => {
  let fixture: Fixture
  let realm: Address
  let digest: Hex
  let deadline: bigint

  beforeEach(async () => {
    fixture = await deploy()
    await fixture.test.mine({ blocks: 50 })
    await enroll(fixture, ca, controller)
    await enroll(fixture, offered)
    ;({ realm } = await createRealm(fixture, { owner, root }))
    await admit(fixture, { realm, root, ca })
    const offer = await issue(fixture, root, { realm, subject: offered.address, capabilities: CAP.intermediate })
    await fixture.send("realms", relayer, "admit", [offer.message, offer.signature, "0x"])
    digest = offer.digest
    deadline = BigInt((await now(fixture)) + DAY)
  })

  function request(
    registry: "OperatorRegistry" | "RealmRegistry",
    type: string,
    signer: HDAccount,
    from: HDAccount,
    name: string,
    message: Record<string, unknown>,
    /** The arguments in their order; `change` is the number of the one that the relayer chose. */
    args: (fields: Record<string, unknown>) => unknown[],
    others: Record<string, unknown>,
  ): Entrance {
    const fields = { ...message, nonce: 0n, deadline }
    const names = Object.keys(others)
    return {
      from,
      choices: names.length,
      sign: ({ chainId, contract }) =>
        signRequest({ ...fixture, chainId, operatorsAt: contract, realmsAt: contract }, registry, signer, type, fields),
      call: (signature, change = 0) => {
        const chosen = names[change - 1]
        const given = chosen === undefined ? fields : { ...fields, [chosen]: others[chosen] }
        return fixture.send(registry === "OperatorRegistry" ? "operators" : "realms", from, name, [
          ...args(given),
          signature,
        ])
      },
      refusal: (change = 0) => {
        const chosen = others[names[change - 1] ?? ""]
        const isSigner =
          typeof chosen === "string" && fields[names[change - 1] as "nonce"] === (signer.address as never)
        return ["RequestSignatureInvalid", [isSigner ? chosen : signer.address]]
      },
    }
  }

  function certificate(
    signer: HDAccount,
    from: HDAccount,
    fields: Pick<AuthorityMessage, "realm" | "subject"> & Partial<AuthorityMessage>,
    call: (message: AuthorityMessage, signature: Hex) => Promise<unknown>,
    others: Partial<AuthorityMessage>,
  ): Entrance {
    const message = fixture.certificate({ issuer: signer.address, ...fields })
    const changed = (change = 0): AuthorityMessage => {
      const name = Object.keys(others)[change - 1] as keyof AuthorityMessage | undefined
      return name === undefined ? message : { ...message, [name]: others[name] }
    }
    return {
      from,
      choices: Object.keys(others).length,
      sign: ({ chainId, contract }) => signAuthority(signer, { ...message, chainId, verifyingContract: contract }),
      call: (signature, change) => call(changed(change), signature),
      refusal: async (change) => [
        "CertificateSignatureInvalid",
        [await fixture.realms.read.digestOf([changed(change)]), changed(change).issuer],
      ],
    }
  }

  /** In an order in which each still opens after those before it. */
  async function entrances(): Promise<Record<string, Entrance>> {
    const retiresAt = Number(deadline)
    const salt: Hex = `0x${"07".repeat(32)}`
    const created = await fixture.realms.read.realmAddress([owner.address, salt])
    const asRoot = ({ issuer, validFrom, capabilities, meta }: AuthorityMessage) => ({
      root: issuer,
      validFrom,
      capabilities,
      meta,
    })
    const ofRoot = { validFrom: 3n, capabilities: ALL_CAPS }
    const chosen = { validFrom: 4n, capabilities: 129n, meta: "notAfter=999999999999" }
    const below = { validFrom: 4n, capabilities: CAP.consumer, meta: "notAfter=999999999999" }
    const known = await issue(fixture, ca, { realm, subject: machine.address, validFrom: 30n })
    const send = (from: HDAccount, name: string) => (message: AuthorityMessage, signature: Hex) =>
      fixture.send("realms", from, name, name === "admit" ? [message, signature, "0x"] : [message, signature])
    return {
      enrollFor: request(
        "OperatorRegistry",
        ENROLL,
        newcomer,
        relayer,
        "enrollFor",
        { ca: newcomer.address, controller: controller.address, profile: ZERO32, uri: "" },
        (given) => [given["ca"], given["controller"], given["profile"], given["uri"], given["deadline"]],
        { ca: thief.address, controller: thief.address, profile: digest, uri: "x", deadline: deadline + 1n },
      ),
      acceptFor: request(
        "RealmRegistry",
        ACCEPT,
        offered,
        relayer,
        "acceptFor",
        { realm, operator: offered.address, digest },
        (given) => [given["realm"], given["operator"], given["digest"], given["deadline"]],
        { realm: created, operator: thief.address, digest: ZERO32, deadline: deadline + 1n },
      ),
      anchor: certificate(ca, relayer, { realm, subject: machine.address, validFrom: 3n }, send(relayer, "anchor"), {
        ...below,
        subject: thief.address,
        issuer: root.address,
      }),
      admit: certificate(
        root,
        relayer,
        { realm, subject: offered.address, validFrom: 3n, capabilities: CAP.intermediate },
        send(relayer, "admit"),
        { ...below, capabilities: 66n },
      ),
      "revokeFor of a certificate": request(
        "RealmRegistry",
        REVOKE,
        root,
        relayer,
        "revokeFor",
        { realm, authority: root.address, subject: offered.address, digest, reason: 1 },
        (given) => ["realm", "authority", "subject", "digest", "reason", "deadline"].map((name) => given[name]),
        {
          realm: created,
          authority: thief.address,
          subject: ca.address,
          digest: known.digest,
          reason: 2,
          deadline: deadline + 1n,
        },
      ),
      createRealm: certificate(
        newRoot,
        owner,
        { ...ofRoot, realm: created, subject: newRoot.address },
        (message, signature) =>
          fixture.send("realms", owner, "createRealm", [salt, POLICY.open, asRoot(message), signature]),
        chosen,
      ),
      rotate: request(
        "OperatorRegistry",
        ROTATE,
        newCa,
        controller,
        "rotate",
        { ca: ca.address, newCa: newCa.address, retiresAt },
        (given) => [given["ca"], given["newCa"], given["retiresAt"], given["deadline"]],
        { newCa: thief.address, retiresAt: retiresAt + 1, deadline: deadline + 1n },
      ),
      rotateRoot: certificate(
        newRoot,
        owner,
        { ...ofRoot, realm, subject: newRoot.address },
        (message, signature) => fixture.send("realms", owner, "rotateRoot", [realm, asRoot(message), signature, 0]),
        chosen,
      ),
      "revokeFor of an operator": request(
        "OperatorRegistry",
        REVOKE_OPERATOR,
        controller,
        relayer,
        "revokeFor",
        { ca: ca.address, controller: controller.address, reason: 1 },
        (given) => [given["ca"], given["reason"], given["deadline"]],
        { reason: 2, deadline: deadline + 1n },
      ),
    }
  }

  /** Tries a signature made from the right one at every entrance, then the right one: the entrance does open. */
  async function refusedEverywhere(
    spoil: (entrance: Entrance, good: Hex, contract: Address) => Promise<Hex> | Hex,
  ): Promise<void> {
    for (const [name, entrance] of Object.entries(await entrances())) {
      const contract = isOfOperators(name) ? fixture.operatorsAt : fixture.realmsAt
      const good = await entrance.sign({ chainId: fixture.chainId, contract })
      const [error, args] = await entrance.refusal()
      await refuses(entrance.call(await spoil(entrance, good, contract)), error, args)
      await entrance.call(good)
    }
  }

  const isOfOperators = (name: string) => /^enroll|^rotate$|operator$/.test(name)
  const word = (value: bigint) => value.toString(16).padStart(64, "0")

  for (const [what, signature] of [
    ["zeros recover to nobody", `0x${"00".repeat(64)}1b`],
    ["an r beyond the curve recovers to nobody", `0x${word(ORDER)}${word(1n)}1b`],
    ["no bytes are no signature", "0x"],
  ] as const) {
    it(`zero address with garbage signature: ${what}`, () => refusedEverywhere(() => signature))
  }

  it("zero address with garbage signature: the zero address can be nobody who signs", async () => {
    const garbage: Hex = `0x${"00".repeat(64)}1b`
    const operators = (name: string, ...args: unknown[]) => fixture.send("operators", relayer, name, [...args, garbage])
    const realms = (name: string, ...args: unknown[]) => fixture.send("realms", relayer, name, args)
    await refuses(operators("enrollFor", ZERO, relayer.address, ZERO32, "", deadline), "RequestSignatureInvalid", [
      ZERO,
    ])
    await refuses(operators("revokeFor", ZERO, 1, deadline), "OperatorUnknown", [ZERO])
    await refuses(realms("acceptFor", realm, ZERO, digest, deadline, garbage), "RequestSignatureInvalid", [ZERO])
    await refuses(
      realms("revokeFor", realm, ZERO, offered.address, digest, 1, deadline, garbage),
      "RequestSignatureInvalid",
      [ZERO],
    )
    const message = fixture.certificate({ issuer: ZERO, subject: machine.address, realm, validFrom: 3n })
    await refuses(realms("anchor", message, garbage), "CertificateIssuerUnknown", [ZERO])
    const rootless = { root: ZERO, validFrom: 1n, capabilities: ALL_CAPS, meta: "" }
    await refuses(realms("createRealm", ZERO32, POLICY.open, rootless, garbage), "CertificateSubjectInvalid", [ZERO])
    const own = { ...message, delegate: ZERO, csPubKey: ZERO32, bootedAt: 0n }
    const [, rules] = await fixture.realms.read.verifyChain([realm, own, garbage, [message], [garbage]])
    assert.equal(rules[0], 12, "the delegate's signature is invalid")
  })

  it("s-malleability: the other form of a good signature is refused", () =>
    refusedEverywhere((_, good) => {
      const s = ORDER - BigInt(`0x${good.slice(66, 130)}`)
      return `0x${good.slice(2, 66)}${word(s)}${good.endsWith("1b") ? "1c" : "1b"}`
    }))

  it("cross-chain replay: a signature for another chain is for nothing here", () =>
    refusedEverywhere((entrance, _, contract) => entrance.sign({ chainId: fixture.chainId + 1n, contract })))

  it("cross-contract replay: a signature for another contract is for nothing here", () =>
    refusedEverywhere((entrance) => entrance.sign({ chainId: fixture.chainId, contract: relayer.address })))

  it("relayer choosing unsigned fields: no argument is left to whoever sends", async () => {
    for (const [name, entrance] of Object.entries(await entrances())) {
      const contract = isOfOperators(name) ? fixture.operatorsAt : fixture.realmsAt
      const good = await entrance.sign({ chainId: fixture.chainId, contract })
      assert.ok(entrance.choices > 1, name)
      for (let change = 1; change <= entrance.choices; change++) {
        const [error, args] = await entrance.refusal(change)
        await refuses(entrance.call(good, change), error, args)
      }
    }
  })

  it("replay of a relayed request: a signature is good once", async () => {
    for (const name of ["enrollFor", "acceptFor", "revokeFor of a certificate"]) {
      const entrance = (await entrances())[name]!
      const contract = isOfOperators(name) ? fixture.operatorsAt : fixture.realmsAt
      const good = await entrance.sign({ chainId: fixture.chainId, contract })
      await entrance.call(good)
      const [error, args] = await entrance.refusal()
      await refuses(entrance.call(good), error, args)
    }
  })

  it("squatted keys: nobody enrols a key, or creates a realm for a root, that is not its own", async () => {
    const all = await entrances()
    for (const name of ["enrollFor", "rotate", "createRealm", "rotateRoot"]) {
      const entrance = all[name]!
      const contract = isOfOperators(name) ? fixture.operatorsAt : fixture.realmsAt
      const good = await entrance.sign({ chainId: fixture.chainId, contract })
      const [error, args] = await entrance.refusal()
      // The thief signs with its own key for the key that it wants.
      const digest: Hex = `0x${good.slice(2, 66)}`
      await refuses(entrance.call(await thief.sign({ hash: digest })), error, args)
    }
    // What the thief does under its own key leaves the key free for its owner.
    await enroll(fixture, thief)
    await enroll(fixture, newcomer)
    assert.equal((await fixture.operators.read.operatorOf([newcomer.address])).controller, newcomer.address)
  })

  it("re-anchoring after revocation: a revoked certificate does not come back, nor does an older one", async () => {
    const older = await issue(fixture, ca, { realm, subject: machine.address, validFrom: 9n })
    const revoked = await issue(fixture, ca, { realm, subject: machine.address, validFrom: 10n })
    const anchor = ({ message, signature }: typeof older) =>
      fixture.send("realms", relayer, "anchor", [message, signature])
    await anchor(revoked)
    await fixture.send("realms", ca, "revoke", [realm, machine.address, revoked.digest, 1])
    await refuses(anchor(revoked), "CertificateNotNewer", [10n, 10n])
    await refuses(anchor(older), "CertificateNotNewer", [9n, 10n])
    await anchor(await issue(fixture, ca, { realm, subject: machine.address, validFrom: 11n }))
    // Its record is another's now; the list of revocations still knows it.
    await refuses(anchor(revoked), "CertificateRevoked", [revoked.digest])
  })

  it("downgrade by an old certificate: what is public and older never replaces what is newer", async () => {
    const old = await issue(fixture, ca, { realm, subject: machine.address, validFrom: 9n, capabilities: 192n })
    const less = await issue(fixture, ca, { realm, subject: machine.address, validFrom: 10n, capabilities: 64n })
    for (const { message, signature } of [old, less])
      await fixture.send("realms", relayer, "anchor", [message, signature])
    for (const from of [relayer, thief, machine, ca, owner]) {
      await refuses(fixture.send("realms", from, "anchor", [old.message, old.signature]), "CertificateNotNewer", [
        9n,
        10n,
      ])
    }
    const { grant } = await fixture.realms.read.recordOf([realm, machine.address])
    assert.deepEqual([grant.capabilities, grant.validFrom], [64, 10])
  })
})
