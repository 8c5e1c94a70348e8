import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { hashTypedData } from "viem"
import { recoverSigner } from "../../../src/certificate/signature.ts"
import { stringifyJson } from "../../../src/core/exact-json.ts"
import { ZERO_ADDRESS } from "../../../src/core/address.ts"
import { toHex } from "../../../src/core/bytes.ts"
import { bundleDigest, MAX_DOCUMENT, MAX_LIFE, MAX_REFRESH, type Bundle } from "../../../src/trust/standalone/bundle.ts"
import {
  attachSignature,
  bundleTypedData,
  documentToJson,
  firstBundle,
  nextBundle,
  rotation,
  signBundle,
} from "../../../src/trust/standalone/issue-bundle.ts"
import { parseBundle, parseDocument } from "../../../src/trust/standalone/parse-bundle.ts"
import { anAddress, hexOfLength, onlyRefuses, refuses, uint } from "../../arbitrary.ts"
import { after, firstDocument, forged, LIFE } from "./bundles.ts"
import { named, NOW, party, REALM } from "../chains.ts"

const byText = (a: string, b: string): number => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)
const address20 = anAddress.filter((address) => address !== ZERO_ADDRESS)
const addresses = (maxLength: number) => fc.uniqueArray(address20, { maxLength }).map((list) => list.sort(byText))

const aBundle: fc.Arbitrary<Bundle> = fc
  .record({
    realm: address20,
    chainId: uint(256),
    verifyingContract: address20,
    block: fc.option(uint(256).filter((block) => block > 0n)),
    sequence: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    issuedAt: fc.integer({ min: 1, max: 2 ** 39 }),
    life: fc.integer({ min: 1, max: MAX_LIFE }),
    refreshHint: fc.integer({ min: 1, max: MAX_REFRESH }),
    successors: addresses(4),
    roots: fc.uniqueArray(
      fc.record({ root: address20, notAfter: fc.integer({ min: 0, max: 2 ** 40 - 1 }) }, { noNullPrototype: true }),
      {
        selector: ({ root }) => root,
        minLength: 1,
        maxLength: 8,
      },
    ),
    operators: addresses(5),
    revocations: fc.uniqueArray(hexOfLength(32), { maxLength: 5 }).map((list) => list.sort(byText)),
    epochs: fc.uniqueArray(fc.record({ issuer: address20, validFrom: uint(256) }, { noNullPrototype: true }), {
      selector: ({ issuer }) => issuer,
      maxLength: 5,
    }),
  })
  .map(({ block, life, operators, roots, epochs, ...rest }) => ({
    ...rest,
    successors: rest.successors.filter((address) => address !== roots[0]?.root),
    ...(block === null ? {} : { block }),
    notAfter: rest.issuedAt + life,
    signer: roots[0]?.root ?? named("nobody"),
    roots: roots.sort((a, b) => byText(a.root, b.root)),
    ...(operators.length === 0 ? {} : { operators }),
    epochs: epochs.sort((a, b) => byText(a.issuer, b.issuer)),
  }))

const root = party("root")
const heir = party("heir")
const document = firstDocument()
const plain = (): Record<string, unknown> => JSON.parse(documentToJson(document)) as Record<string, unknown>
const withBundle = (changes: Record<string, unknown>): Record<string, unknown> => {
  const { bundle, ...rest } = plain()
  return { ...rest, bundle: { ...(bundle as object), ...changes } }
}

describe("trust: bundles of a standalone trustroot", () => {
  it("digests as viem does", () => {
    fc.assert(
      fc.property(aBundle, (bundle) => {
        assert.equal(bundleDigest(bundle), hashTypedData(bundleTypedData(bundle) as never))
      }),
      { numRuns: 200 },
    )
  })

  it("gives back every bundle that it wrote, as text, bytes or value, and from its typed data", () => {
    fc.assert(
      fc.property(aBundle, (bundle) => {
        const text = stringifyJson({ bundle, signature: document.head.signature })
        const parsed = parseDocument(text).head
        assert.deepEqual(parsed.bundle, bundle)
        assert.deepEqual(parseDocument(new TextEncoder().encode(text)).head, parsed)
        assert.deepEqual(parseBundle(bundleTypedData(bundle)["message"]), bundle)
      }),
      { numRuns: 200 },
    )
  })

  it("gives nothing but trustroot.malformed for anything else", () => {
    const text = documentToJson(after(document, { revoke: [toHex(new Uint8Array(32))] }))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.json(),
          fc.string(),
          fc.uint8Array({ maxLength: 64 }),
          fc
            .tuple(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), fc.nat(3))
            .map(([at, put, gone]) => text.slice(0, at) + put + text.slice(at + gone)),
          fc
            .tuple(fc.constantFrom(...Object.keys(document.head.bundle)), fc.anything())
            .map(([field, value]) => withBundle({ [field]: value })),
        ),
        (input) => onlyRefuses(() => parseDocument(input), /^trustroot\.malformed$/),
      ),
      { numRuns: 3_000 },
    )
  })

  const many = <T>(count: number, item: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => item(i))
  const digest = (i: number): string => i.toString(16).padStart(64, "0")
  const address = (i: number): string => `0x${(i + 1).toString(16).padStart(40, "0")}`
  const issuedAt = NOW / 1_000
  const malformed: readonly [string, unknown][] = [
    ["no object", []],
    ["no JSON", "{"],
    ["a key twice", `${JSON.stringify(plain()).slice(0, -1)},"signature":"${String(plain()["signature"])}"}`],
    ["lists in each other", "[".repeat(100_000)],
    ["more items than any bundle has", `[${"0,".repeat(500_000)}0]`],
    ["bytes that are no UTF-8", Uint8Array.of(0xff)],
    ["a text over the limit", " ".repeat(MAX_DOCUMENT + 1)],
    ["an unknown field", { ...plain(), more: 1 }],
    ["an unknown field of the bundle", withBundle({ more: 1 })],
    ["a prototype for a field", `{"bundle":{"__proto__":{}},"signature":""}`],
    ["no signature", { bundle: plain()["bundle"] }],
    ["a signature of the other form", { ...plain(), signature: `${"ff".repeat(64)}1b` }],
    ["the zero address as realm", withBundle({ realm: address(-1) })],
    [
      "an address with a wrong checksum",
      withBundle({
        realm: REALM.replace(/[a-f]/, (c) => c.toUpperCase()).replace(/[A-F](?=[^A-F]*$)/, (c) => c.toLowerCase()),
      }),
    ],
    ["a chain id of 257 bits", withBundle({ chainId: (2n ** 256n).toString() })],
    ["a negative chain id", withBundle({ chainId: -1 })],
    ["a chain id with a fraction", withBundle({ chainId: 1.5 })],
    ["a sequence of 0", withBundle({ sequence: 0 })],
    ["a sequence beyond 2^53", withBundle({ sequence: (2n ** 53n).toString() })],
    ["an end before its issue", withBundle({ notAfter: issuedAt })],
    ["an end after more than a year", withBundle({ notAfter: issuedAt + MAX_LIFE + 1 })],
    ["a refresh hint of 0", withBundle({ refreshHint: 0 })],
    ["a refresh hint of more than a week", withBundle({ refreshHint: MAX_REFRESH + 1 })],
    ["a signer that is no root", withBundle({ signer: address(1) })],
    ["no roots", withBundle({ roots: [] })],
    ["nine roots", withBundle({ roots: many(9, (i) => ({ root: address(i), notAfter: 0 })) })],
    ["a root twice", withBundle({ roots: many(2, () => ({ root: root.address, notAfter: 0 })) })],
    ["a root with an unknown field", withBundle({ roots: [{ root: root.address, notAfter: 0, more: 1 }] })],
    ["five successors", withBundle({ successors: many(5, address) })],
    ["the signer as its successor", withBundle({ successors: [root.address] })],
    ["too many operators", withBundle({ operators: many(4_097, address) })],
    ["operators out of order", withBundle({ operators: [address(2), address(1)] })],
    ["too many revocations", withBundle({ revocations: many(20_001, digest) })],
    ["a revocation twice", withBundle({ revocations: [digest(1), digest(1)] })],
    ["revocations out of order", withBundle({ revocations: [digest(2), digest(1)] })],
    ["a revocation of 31 bytes", withBundle({ revocations: ["00".repeat(31)] })],
    ["too many epochs", withBundle({ epochs: many(4_097, (i) => ({ issuer: address(i), validFrom: 1 })) })],
    ["an issuer's epoch twice", withBundle({ epochs: many(2, () => ({ issuer: address(1), validFrom: 1 })) })],
    ["too many handovers", { ...plain(), handovers: many(9, () => plain()) }],
    ["a handover that is not older", { ...plain(), handovers: [plain()] }],
    ["a handover within a handover", { ...plain(), handovers: [{ ...plain(), handovers: [] }] }],
  ]
  for (const [name, input] of malformed) {
    it(`refuses ${name}`, () => {
      refuses(() => parseDocument(input), "trustroot.malformed")
    })
  }
  it("refuses a handover of another realm", () => {
    const elsewhere = forged(document, { realm: named("another realm") })
    const mixed = { head: after(document).head, handovers: [elsewhere.head] }
    refuses(() => parseDocument(documentToJson(mixed)), "trustroot.malformed")
  })

  it("reproduces the context of the specification's example by default", () => {
    const bundle = firstBundle({ trustroot: root.address, realm: REALM, ...LIFE })
    assert.equal(bundle.chainId, 1n)
    assert.equal(bundle.verifyingContract, root.address)
  })

  it("makes the next one: later, one sequence more, what was revoked stays so", () => {
    const [a, b] = [toHex(new Uint8Array(32).fill(2)), toHex(new Uint8Array(32).fill(1))]
    const epoch = { issuer: root.address, validFrom: 5n }
    const second = after(document, { revoke: [a], epochs: [epoch], operators: [named("b"), named("a")], block: 9n })
    const third = after(second, { revoke: [b, a] }, root, { now: NOW + 5_000 }).head.bundle
    assert.deepEqual(third.revocations, [b, a])
    assert.deepEqual(third.epochs, [epoch])
    assert.deepEqual(third.operators, [named("a"), named("b")].sort(byText))
    assert.equal(third.block, 9n)
    assert.equal(third.sequence, 3)
    assert.equal(third.issuedAt, NOW / 1_000 + 5)
    assert.equal(third.notAfter, NOW / 1_000 + 5 + LIFE.lifeSeconds)
    assert.equal(after(second, { operators: [] }).head.bundle.operators, undefined)
  })

  it("lets no epoch go back, and no stranger sign", () => {
    const second = after(document, { epochs: [{ issuer: root.address, validFrom: 5n }] })
    refuses(() => after(second, { epochs: [{ issuer: root.address, validFrom: 4n }] }), "usage.invalid")
    refuses(() => nextBundle(document, { signer: heir.address }, LIFE), "trustroot.signature")
    refuses(() => signBundle(document.head.bundle, heir.key), "trustroot.signature")
  })

  it("hands over to a successor, with the bundle that named it", () => {
    const until = NOW / 1_000 + 600
    const named = after(document, rotation(document.head.bundle, heir.address, until))
    assert.deepEqual(named.head.bundle.successors, [heir.address])
    assert.deepEqual(
      new Map(named.head.bundle.roots.map((item) => [item.root, item.notAfter])),
      new Map([
        [root.address, until],
        [heir.address, 0],
      ]),
    )
    const taken = after(named, {}, heir)
    assert.deepEqual(taken.handovers, [named.head])
    assert.deepEqual(taken.head.bundle.successors, [])
    assert.deepEqual(parseDocument(documentToJson(taken)), taken)
    assert.deepEqual(after(taken, {}, heir).handovers, [named.head])
    refuses(() => after(taken, {}, root), "trustroot.signature")
  })

  it("leaves out roots that have ended, but never the signer", () => {
    const until = NOW / 1_000 + 600
    const naming = after(document, rotation(document.head.bundle, heir.address, until))
    const rootsAt = (signer: typeof heir, seconds: number): string[] =>
      after(naming, {}, signer, { now: (until + seconds) * 1_000 }).head.bundle.roots.map((item) => item.root)
    assert.equal(rootsAt(heir, -1).length, 2)
    assert.deepEqual(rootsAt(heir, 0), [heir.address])
    assert.equal(rootsAt(root, 0).length, 2)
  })

  it("keeps the newest handovers where there were many", () => {
    let current = document
    for (let i = 0; i < 10; i++) {
      const [from, to] = [i === 0 ? root : party(`heir ${i}`), party(`heir ${i + 1}`)]
      const bundle = current.head.bundle
      current = after(
        current,
        {
          ...rotation(bundle, to.address, 1),
          roots: [
            { root: from.address, notAfter: 1 },
            { root: to.address, notAfter: 0 },
          ],
        },
        from,
      )
      current = after(current, {}, to)
    }
    assert.equal(current.handovers.length, 8)
    assert.deepEqual(parseDocument(documentToJson(current)), current)
  })

  it("takes a signature made elsewhere, by the signer alone", () => {
    const { bundle, signature } = document.head
    assert.deepEqual(attachSignature(bundle, signature), document.head)
    const other = signBundle({ ...bundle, signer: heir.address }, heir.key).signature
    refuses(() => attachSignature(bundle, other), "trustroot.signature")
    refuses(() => attachSignature(bundle, "0x12"), "trustroot.malformed")
  })

  it("signs what no change of a field leaves valid", () => {
    fc.assert(
      fc.property(
        aBundle,
        fc.constantFrom(...(Object.keys(document.head.bundle) as (keyof Bundle)[])),
        (other, field) => {
          const changed = { ...document.head.bundle, [field]: other[field] }
          fc.pre(bundleDigest(changed) !== document.head.digest)
          assert.notEqual(recoverSigner(bundleDigest(changed), document.head.signature), root.address)
        },
      ),
    )
  })

  it("refuses to write what no endpoint would take", () => {
    const revoke = many(20_000, (i) => `0x${digest(i)}` as const)
    const full = after(document, { revoke })
    assert.deepEqual(parseDocument(documentToJson(full)), full)
    const heavy = { head: full.head, handovers: many(8, () => full.head) }
    refuses(() => documentToJson(heavy), "trustroot.malformed")
  })

  it("is in a domain of its own", () => {
    assert.deepEqual(bundleTypedData(document.head.bundle)["domain"], { name: "WMP Trustroot", version: "1" })
  })
})
