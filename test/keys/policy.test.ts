import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { hashTypedData, recoverTypedDataAddress } from "viem"
import { addressOfKey, signDigest } from "../../src/certificate/signature.ts"
import { ZERO_ADDRESS } from "../../src/core/address.ts"
import { toHex } from "../../src/core/bytes.ts"
import {
  admits,
  checkPolicy,
  openPolicy,
  policyDigest,
  policyHash,
  policyHashHex,
  signPolicy,
  type ScopePolicy,
} from "../../src/keys/policy.ts"
import { DEFAULT_PROFILE, parseProfile } from "../../src/payload/profile.ts"
import { refuses } from "../arbitrary.ts"
import { named, party, REALM } from "../trust/chains.ts"

const owner = party("owner")
const policy = (changes: Partial<ScopePolicy> = {}): ScopePolicy => ({
  realm: REALM,
  match: "prefix",
  uri: "com.example.",
  owner: owner.address,
  agents: [named("agent")],
  readers: "certified",
  writers: [named("writer"), named("another")],
  epochMs: 60_000,
  generationMs: 3_600_000,
  mode: "sig",
  replay: "window",
  historyEpochs: 0,
  profile: DEFAULT_PROFILE,
  serial: 7,
  ...changes,
})

/** Each field once, as another that may be. */
const CHANGES: readonly Partial<ScopePolicy>[] = [
  { realm: named("other") },
  { match: "exact" },
  { uri: "com.example.other." },
  { owner: named("other") },
  { agents: "certified" },
  { agents: [] },
  { agents: [named("other")] },
  { readers: [named("agent")] },
  { readers: [] },
  { writers: "certified" },
  { writers: [named("another"), named("writer")] },
  { writers: [named("writer")] },
  { epochMs: 59_999 },
  { generationMs: 3_600_001 },
  { epochMs: 60_001, generationMs: 3_599_999 },
  { mode: "mac" },
  { mode: "dsig" },
  { replay: "pinned" },
  { replay: "shared" },
  { historyEpochs: 1 },
  { profile: parseProfile({ cipher: "aes256gcm" }) },
  { profile: parseProfile({ serializer: "json" }) },
  { profile: parseProfile({ padding: true }) },
  { profile: parseProfile({ compression: "deflate" }) },
  { profile: parseProfile({ compression: "gzip" }) },
  { serial: 8 },
]

describe("keys: policy", () => {
  it("has a hash of its own for each value of each field", () => {
    const hashes = [policy(), ...CHANGES.map((change) => checkPolicy(policy(change)))].map((one) =>
      toHex(policyHash(one)),
    )
    assert.equal(new Set(hashes).size, CHANGES.length + 1)
    const fields = new Set(CHANGES.flatMap((change) => Object.keys(change)))
    assert.deepEqual([...fields].sort(), Object.keys(policy()).sort(), "a field is not covered")
    assert.equal(policyHashHex(policy()), hashes[0])
  })

  const none: readonly [string, Record<string, unknown>][] = [
    ["an epoch below 100 ms", { epochMs: 99 }],
    ["an epoch that is no whole number", { epochMs: 60_000.5 }],
    ["an epoch without end", { epochMs: Infinity }],
    ["a generation shorter than an epoch", { generationMs: 59_999 }],
    ["a generation above 12 hours", { generationMs: 43_200_001, epochMs: 43_200_000 }],
    ["a generation that is no number", { generationMs: NaN }],
    ["more than 1,024 epochs", { epochMs: 1_000, generationMs: 1_024_001 }],
    ["an unknown mode", { mode: "none" }],
    ["an unknown replay policy", { replay: "none" }],
    ["a history below zero", { historyEpochs: -1 }],
    ["a history above 256 epochs", { historyEpochs: 257 }],
    ["a history in mode dsig", { historyEpochs: 1, mode: "dsig" }],
    ["a serial below zero", { serial: -1 }],
    ["a serial beyond 2^53", { serial: 2 ** 53 }],
    ...(["agents", "readers", "writers"] as const).flatMap((name): [string, Record<string, unknown>][] => [
      [`${name} that are text`, { [name]: "anybody" }],
      [`${name} without checksums`, { [name]: [named("agent").toLowerCase()] }],
      [`${name} that are no addresses`, { [name]: ["0x00"] }],
      [`${name} above 256`, { [name]: Array.from({ length: 257 }, () => named("agent")) }],
    ]),
  ]
  for (const [name, changes] of none) {
    it(`is none with ${name}`, () => {
      refuses(() => checkPolicy(policy(changes)), "usage.invalid")
      refuses(() => signPolicy(policy(changes), owner.key), "usage.invalid")
    })
  }

  it("may have whatever lies at the edges", () => {
    const edges: readonly Partial<ScopePolicy>[] = [
      { epochMs: 100, generationMs: 102_400 },
      { generationMs: 43_200_000 },
      { epochMs: 43_200_000, generationMs: 43_200_000 },
      { historyEpochs: 256 },
      { agents: Array.from({ length: 256 }, (_, i) => named(`agent ${i}`)) },
      { readers: [] },
    ]
    for (const change of edges) assert.ok(checkPolicy(policy(change)))
  })

  describe("signed", () => {
    const signed = signPolicy(policy(), owner.key)

    it("opens for its owner, whoever the draft named", () => {
      assert.deepEqual(openPolicy(signed, owner.address), policy())
      const { owner: _, ...draft } = policy()
      assert.equal(signPolicy(draft, party("other").key).policy.owner, party("other").address)
    })

    it("is EIP-712 as another library has it", async () => {
      const typed = {
        domain: { name: "wamp-e2ee", version: "1" },
        types: {
          ScopePolicy: [
            { name: "realm", type: "address" },
            { name: "uri", type: "string" },
            { name: "match", type: "string" },
            { name: "serial", type: "uint64" },
            { name: "policyHash", type: "bytes32" },
          ],
        },
        primaryType: "ScopePolicy",
        message: {
          realm: REALM,
          uri: "com.example.",
          match: "prefix",
          serial: 7n,
          policyHash: policyHashHex(policy()),
        },
      } as const
      assert.equal(policyDigest(policy()), hashTypedData(typed))
      const signer = await recoverTypedDataAddress({ ...typed, signature: signed.signature })
      assert.equal(signer, addressOfKey(owner.key))
    })

    it("is refused with any field changed", () => {
      for (const change of CHANGES)
        refuses(() => openPolicy({ ...signed, policy: policy(change) }, owner.address), "keys.policy")
    })

    it("is refused as another's", () => {
      const other = party("other")
      refuses(() => openPolicy(signed, other.address), "keys.policy")
      // Signed by another, under the owner's name and under its own.
      const forged = { policy: policy(), signature: signDigest(policyDigest(policy()), other.key) }
      refuses(() => openPolicy(forged, owner.address), "keys.policy")
      refuses(() => openPolicy(forged, other.address), "keys.policy")
      refuses(() => openPolicy(signPolicy(policy(), other.key), owner.address), "keys.policy")
    })

    it("is refused unsigned, and for nobody", () => {
      const unsigned = policy({ owner: ZERO_ADDRESS })
      const rest = signed.signature.slice(2)
      for (const signature of [
        "0x",
        `0x${"00".repeat(65)}`,
        `0x${"ff".repeat(65)}`,
        `0x${rest}00`,
      ] as `0x${string}`[]) {
        refuses(() => openPolicy({ policy: unsigned, signature }, ZERO_ADDRESS), "keys.policy")
        refuses(() => openPolicy({ ...signed, signature }, owner.address), "keys.policy")
      }
    })

    it("is refused with any bit of its signature changed", () => {
      fc.assert(
        fc.property(fc.integer({ min: 2, max: 131 }), fc.integer({ min: 1, max: 15 }), (at, flip) => {
          const digit = (parseInt(signed.signature[at]!, 16) ^ flip).toString(16)
          const signature = `${signed.signature.slice(0, at)}${digit}${signed.signature.slice(at + 1)}` as `0x${string}`
          refuses(() => openPolicy({ ...signed, signature }, owner.address), "keys.policy")
        }),
      )
    })

    it("is refused where no scope can have it, rightly signed or not", () => {
      const bad = policy({ epochMs: 1 })
      const signature = signDigest(policyDigest(bad), owner.key)
      refuses(() => openPolicy({ policy: bad, signature }, owner.address), "usage.invalid")
    })
  })

  it("admits all that are certified, or those of a list by their own address or their operator's", () => {
    const delegate = { address: named("machine"), operator: named("operator") }
    assert.ok(admits("certified", delegate))
    assert.ok(admits([named("other"), named("machine")], delegate))
    assert.ok(admits([named("operator")], delegate))
    assert.ok(!admits([named("other")], delegate))
    assert.ok(!admits([], delegate))
  })
})
