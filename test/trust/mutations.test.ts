import assert from "node:assert/strict"
import * as fc from "fast-check"
import { issueCertificate, toTypedData } from "../../src/certificate/issue.ts"
import { stringifyJson } from "../../src/core/exact-json.ts"
import { parseChain } from "../../src/certificate/parse.ts"
import { typeOf, type Certificate, type CertificateChain } from "../../src/certificate/types.ts"
import { fromHex, toHex } from "../../src/core/bytes.ts"
import { isE2eeError } from "../../src/core/errors.ts"
import { judgeChain } from "../../src/trust/judge.ts"
import { statedFacts, type StatedTrust } from "../../src/trust/stated.ts"
import { anAddress, aText, flipped, hexOfLength, uint } from "../arbitrary.ts"
import { BLOCK, buildChain, CHAIN_ID, CONTRACT, party, POLICY, REALM } from "./chains.ts"

/** Everything on the wire: `[typedData, signature]` of each certificate. */
type Wire = [{ message: Record<string, unknown>; primaryType: string }, string][]
type Fields = Readonly<Record<string, bigint | string>>

const LENGTHS = [2, 3, 4, 5, 6, 7, 8] as const
const CHAINS = new Map<number, CertificateChain>(LENGTHS.map((length) => [length, buildChain({ length })]))
const chainOf = (length: number): CertificateChain => CHAINS.get(length) ?? []
const wireOf = (chain: CertificateChain): Wire => chain.map(toTypedData) as unknown as Wire
const TRUST: StatedTrust = {
  chainId: CHAIN_ID,
  verifyingContract: CONTRACT,
  realm: REALM,
  block: BLOCK,
  trustroots: [party("root").address],
}
const stranger = party("stranger")
/** Random changes, besides the ones that are tried one by one. */
const RUNS = process.env["CI"] === undefined ? 300 : 1_000

function accepts(wire: readonly unknown[]): boolean {
  try {
    const chain = parseChain(stringifyJson(wire))
    judgeChain(chain, statedFacts(chain, TRUST), POLICY)
    return true
  } catch (error) {
    assert.ok(isE2eeError(error), `not an error of ours: ${String(error)}`)
    assert.match(error.code, /^(trust|certificate)\./)
    return false
  }
}

function refused(wire: readonly unknown[], what: string): void {
  assert.ok(!accepts(wire), `accepted: ${what}: ${stringifyJson(wire)}`)
}

const replaced = <T>(items: readonly T[], index: number, item: T): T[] =>
  items.map((old, i) => (i === index ? item : old))

/** Other values for a field: a neighbour, an extreme, and what stands in the next certificate. */
function othersFor(type: string, old: bigint | string, next: Certificate): (bigint | string)[] {
  const elsewhere = Object.values(next) as (bigint | string)[]
  if (typeof old === "bigint") {
    const most = (1n << (type === "uint64" ? 64n : 256n)) - 1n
    const integers = elsewhere.filter((value) => typeof value === "bigint" && value <= most)
    return [old + 1n, old === 0n ? most : 0n, ...integers.slice(-1)]
  }
  if (type === "string") return ["x", "\0", "notAfter=99999999999"]
  const bytes = fromHex(old) as Uint8Array
  const addresses = elsewhere.filter((value) => typeof value === "string" && fromHex(value, 20) !== undefined)
  return [
    toHex(flipped(bytes, 8 * bytes.length - 1)),
    ...(type === "address" ? [stranger.address, ...addresses.slice(-1)] : []),
  ]
}

function withField(length: number, index: number, name: string, value: bigint | string): Wire {
  const wire = wireOf(chainOf(length))
  const [typedData, signature] = wire[index]!
  return replaced(wire, index, [{ ...typedData, message: { ...typedData.message, [name]: value } }, signature])
}

/** All orders of the numbers below n. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]]
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]),
  )
}

describe("no change of a valid chain is accepted", function () {
  this.timeout(300_000)

  it("as it is, each is", () => {
    for (const length of LENGTHS) assert.ok(accepts(wireOf(chainOf(length))), `${length} certificates`)
  })

  for (const length of LENGTHS) {
    it(`no other value of a field, under the old signature or a stranger's: ${length} certificates`, () => {
      const chain = chainOf(length)
      for (const [index, { certificate }] of chain.entries()) {
        for (const { name, type } of typeOf(certificate.kind).fields) {
          const old = (certificate as unknown as Fields)[name]!
          const next = chain[(index + 1) % length]!.certificate
          const values = new Set(othersFor(type, old, next).filter((value) => value !== old))
          for (const value of values) refused(withField(length, index, name, value), `${name} of ${index}`)
          // Signed anew: one value suffices, as it is the signature that is refused.
          const [value] = values
          const changed = { ...certificate, [name]: value } as Certificate
          refused(
            wireOf(replaced(chain, index, issueCertificate(changed, stranger.key))),
            `${name} of ${index}, signed`,
          )
        }
      }
    })
  }

  it("no field left out, and none more", () => {
    for (const length of LENGTHS) {
      for (const [index, [typedData, signature]] of wireOf(chainOf(length)).entries()) {
        for (const name of Object.keys(typedData.message)) {
          const { [name]: _, ...message } = typedData.message
          refused(replaced(wireOf(chainOf(length)), index, [{ ...typedData, message }, signature]), `without ${name}`)
        }
        refused(withField(length, index, "notAfter", 0n), "a field more")
      }
    }
  })

  it("no other signature", () => {
    for (const length of LENGTHS) {
      const wire = wireOf(chainOf(length))
      for (const [index, [typedData, signature]] of wire.entries()) {
        const signed = (other: string): void =>
          refused(replaced(wire, index, [typedData, other]), `signature of ${index}`)
        for (const [, other] of wire) if (other !== signature) signed(other)
        for (const v of ["00", "01", "1a", "1d", signature.endsWith("1b") ? "1c" : "1b"])
          signed(signature.slice(0, -2) + v)
        for (const bit of [0, 7, 255, 256, 263, 511]) signed(toHex(flipped(fromHex(signature) as Uint8Array, bit)))
        for (const other of ["", signature.slice(2), `${signature}00`, "00".repeat(65)]) signed(other)
        const { certificate } = chainOf(length)[index]!
        signed(issueCertificate(certificate, stranger.key).signature)
      }
    }
  })

  it("no other order", () => {
    for (const length of [2, 3, 4, 5]) {
      const wire = wireOf(chainOf(length))
      for (const order of permutations(length)) {
        if (order.some((from, to) => from !== to))
          refused(
            order.map((from) => wire[from]),
            order.join(),
          )
      }
    }
    for (const length of [6, 7, 8]) {
      const wire = wireOf(chainOf(length))
      for (let i = 0; i < length; i++) {
        for (let j = 0; j < i; j++)
          refused(replaced(replaced(wire, i, wire[j]!), j, wire[i]!), `${i} and ${j} exchanged`)
      }
    }
  })

  it("no certificate twice, or in another's place", () => {
    for (const length of LENGTHS) {
      const wire = wireOf(chainOf(length))
      for (let of = 0; of < length; of++) {
        for (let at = 0; at <= length; at++)
          refused([...wire.slice(0, at), wire[of], ...wire.slice(at)], `${of} at ${at}`)
        for (let at = 0; at < length; at++) if (at !== of) refused(replaced(wire, at, wire[of]!), `${of} for ${at}`)
      }
    }
  })

  it("none left out, nor any of them", () => {
    for (const length of LENGTHS) {
      const wire = wireOf(chainOf(length))
      for (let kept = 0; kept < 2 ** length - 1; kept++) {
        refused(
          wire.filter((_, i) => (kept & (1 << i)) !== 0),
          `kept ${kept.toString(2)} of ${length}`,
        )
      }
    }
  })

  it("none of another root's, realm's or delegate's chain in its place", () => {
    const wire = wireOf(chainOf(5))
    for (const [name, other, places] of [
      // The delegate's own certificate, and what names only whom another root certified, are the same or sound there.
      ["root", buildChain({ length: 5, root: stranger }), [3, 4]],
      ["realm", buildChain({ length: 5, realm: stranger.address }), [1, 2, 3, 4]],
      ["delegate", buildChain({ length: 5, delegate: stranger }), [0, 1]],
    ] as const) {
      const foreign = wireOf(other)
      for (const place of places) refused(replaced(wire, place, foreign[place]!), `${place} of another ${name}`)
    }
  })

  it("no random changes, several at once", () => {
    const length = fc.constantFrom(...LENGTHS)
    const place = fc.nat(7)
    const anyValue = fc.oneof(uint(256), uint(64), anAddress, hexOfLength(32), aText)
    const aChange = fc.oneof(
      fc.record({ kind: fc.constant("field" as const), place, field: fc.nat(7), value: anyValue }),
      fc.record({ kind: fc.constant("bit" as const), place, bit: fc.nat(65 * 8 - 1) }),
      fc.record({ kind: fc.constant("swap" as const), place, other: place }),
      fc.record({ kind: fc.constant("copy" as const), place, other: place }),
      fc.record({ kind: fc.constant("drop" as const), place }),
      fc.record({ kind: fc.constant("sign" as const), place }),
    )
    const applied = (wire: Wire, change: typeof aChange extends fc.Arbitrary<infer T> ? T : never): Wire => {
      const at = change.place % wire.length
      const [typedData, signature] = wire[at]!
      switch (change.kind) {
        case "field": {
          const names = Object.keys(typedData.message)
          const name = names[change.field % names.length]!
          return replaced(wire, at, [
            { ...typedData, message: { ...typedData.message, [name]: change.value } },
            signature,
          ])
        }
        case "bit":
          return replaced(wire, at, [typedData, toHex(flipped(fromHex(signature) as Uint8Array, change.bit))])
        case "swap": {
          const other = change.other % wire.length
          return replaced(replaced(wire, at, wire[other]!), other, wire[at]!)
        }
        case "copy":
          return wire.toSpliced(change.other % (wire.length + 1), 0, wire[at]!)
        case "drop":
          return wire.length > 1 ? wire.toSpliced(at, 1) : wire
        case "sign": {
          const [item] = parseSafely([wire[at]!])
          if (item === undefined) return wire
          return replaced(wire, at, [typedData, issueCertificate(item.certificate, stranger.key).signature])
        }
      }
    }
    fc.assert(
      fc.property(length, fc.array(aChange, { minLength: 1, maxLength: 3 }), (length, changes) => {
        const changed = changes.reduce(applied, wireOf(chainOf(length)))
        // Two changes may undo each other.
        fc.pre(canonical(changed) !== canonical(wireOf(chainOf(length))))
        refused(changed, changes.map(({ kind }) => kind).join())
      }),
      { numRuns: RUNS },
    )
  })
})

function parseSafely(wire: Wire): CertificateChain {
  try {
    return parseChain(stringifyJson(wire))
  } catch {
    return []
  }
}

/** The same text for all ways to write the same chain: 0x or none, capitals or none. */
function canonical(wire: Wire): string {
  const parsed = parseSafely(wire)
  const names = parsed.map(({ digest, signature }) => digest + signature)
  return parsed.length === 0 ? stringifyJson(wire) : names.join()
}
