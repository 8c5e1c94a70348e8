import assert from "node:assert/strict"
import * as fc from "fast-check"
import { keccak256, toRlp } from "viem"
import { EMPTY_ROOT, provenValue } from "../../../src/chain/trust/merkle.ts"
import type { Hex } from "../../../src/core/bytes.ts"
import { isE2eeError } from "../../../src/core/errors.ts"
import { hexOfLength, refuses } from "../../arbitrary.ts"

type Item = Hex | Item[]

/** A trie made by its definition (Yellow Paper, appendix D), as simply as can be, and proofs out of it. */
class Trie {
  readonly root: Hex
  readonly #nodes = new Map<Hex, { bytes: Hex; node: Item[] }>()

  constructor(entries: ReadonlyMap<Hex, Hex>) {
    const pairs = [...entries].map(([path, value]) => ({ path: path.slice(2), value }))
    const node = this.#node(pairs, 0)
    this.root = node === undefined ? EMPTY_ROOT : this.#hash(node)
  }

  prove(path: Hex): Hex[] {
    const proof: Hex[] = []
    const nibbles = path.slice(2)
    let at = 0
    let next: Item = this.root
    while (next !== "0x") {
      const stored = typeof next === "string" ? this.#nodes.get(next) : undefined
      if (stored !== undefined) proof.push(stored.bytes)
      const node: Item[] | undefined = stored?.node ?? (typeof next === "string" ? undefined : next)
      if (node === undefined) break
      if (node.length === 17) {
        next = node[Number.parseInt(nibbles[at++] ?? "", 16)] as Item
        continue
      }
      const [prefix, below] = node as [Hex, Item]
      const digits = /^0x[13]/.test(prefix) ? prefix.slice(3) : prefix.slice(4)
      if (/^0x[23]/.test(prefix) || !nibbles.startsWith(digits, at)) break
      at += digits.length
      next = below
    }
    return proof
  }

  #node(pairs: { path: string; value: Hex }[], at: number): Item[] | undefined {
    const [first, ...others] = pairs
    if (first === undefined) return undefined
    if (others.length === 0) return [compact(first.path.slice(at), true), toRlp(first.value)]
    let shared = at
    while (others.every(({ path }) => path[shared] === first.path[shared])) shared++
    const children = Array.from({ length: 16 }, (_, nibble) =>
      this.#node(
        pairs.filter(({ path }) => Number.parseInt(path[shared] ?? "", 16) === nibble),
        shared + 1,
      ),
    )
    const branch: Item[] = [...children.map((child) => (child === undefined ? "0x" : this.#reference(child))), "0x"]
    return shared === at ? branch : [compact(first.path.slice(at, shared), false), this.#reference(branch)]
  }

  #reference(node: Item[]): Item {
    return (toRlp(node).length - 2) / 2 < 32 ? node : this.#hash(node)
  }

  #hash(node: Item[]): Hex {
    const bytes = toRlp(node)
    this.#nodes.set(keccak256(bytes), { bytes, node })
    return keccak256(bytes)
  }
}

function compact(nibbles: string, isLeaf: boolean): Hex {
  const flags = (isLeaf ? 2 : 0) + (nibbles.length % 2)
  return `0x${flags}${nibbles.length % 2 === 0 ? "0" : ""}${nibbles}`
}

/** Paths that share long beginnings, so that extensions and nodes inside their parents come up. */
const aPath = fc
  .tuple(fc.constantFrom("00", "01", "a0", "a1f"), fc.constantFrom("0", "7", "f"), hexOfLength(1))
  .map(([start, fill, end]): Hex => `0x${`${start}${fill.repeat(64)}`.slice(0, 62)}${end.slice(2)}`)
const aTrie = fc
  .uniqueArray(fc.tuple(aPath, fc.oneof(hexOfLength(1), hexOfLength(32))), {
    selector: ([path]) => path,
    maxLength: 24,
  })
  .map((pairs) => new Map(pairs))

describe("a Merkle-Patricia proof", () => {
  it("shows each value, and that nothing else is there", () => {
    fc.assert(
      fc.property(aTrie, aPath, (entries, other) => {
        const trie = new Trie(entries)
        for (const path of [...entries.keys(), other]) {
          const value = entries.get(path)
          assert.equal(provenValue(trie.root, path, trie.prove(path)), value && toRlp(value))
        }
      }),
    )
  })

  it("shows nothing else when it is changed", () => {
    fc.assert(
      fc.property(
        aTrie,
        aPath,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (entries, path, node, at, bits) => {
          const trie = new Trie(entries)
          const proof = trie.prove(path)
          fc.pre(proof.length > 0)
          const i = node % proof.length
          const bytes = Buffer.from(proof[i]!.slice(2), "hex")
          bytes[at % bytes.length]! ^= bits
          refuses(() => provenValue(trie.root, path, proof.with(i, `0x${bytes.toString("hex")}`)), "chain.bad_proof")
          refuses(() => provenValue(trie.root, path, proof.toSpliced(i, 1)), "chain.bad_proof")
          refuses(() => provenValue(trie.root, path, [...proof, proof[i]!]), "chain.bad_proof")
        },
      ),
    )
  })

  it("for one path shows nothing wrong of another", () => {
    fc.assert(
      fc.property(aTrie, aPath, aPath, (entries, path, other) => {
        const trie = new Trie(entries)
        const value = entries.get(other)
        try {
          assert.equal(provenValue(trie.root, other, trie.prove(path)), value && toRlp(value))
        } catch (error) {
          assert.ok(isE2eeError(error, "chain.bad_proof"), String(error))
        }
      }),
    )
  })

  const path: Hex = `0x${"ab".repeat(32)}`
  const root = (node: Item): { root: Hex; proof: Hex[] } => ({ root: keccak256(toRlp(node)), proof: [toRlp(node)] })
  for (const [what, node] of [
    ["a node that is no list", "0x0102"],
    ["a node of three", ["0x20", "0x01", "0x02"]],
    ["a leaf above the path's end", [compact("abab", true), "0x01"]],
    ["a leaf without a value", [compact("ab".repeat(32), true), "0x"]],
    ["a leaf whose value is a list", [compact("ab".repeat(32), true), ["0x01"]]],
    ["flags that mean nothing", ["0x40", "0x01"]],
    ["flags with a stray nibble", ["0x05", "0x01"]],
    ["an extension that extends nothing", ["0x00", "0x01"]],
    ["an empty path", ["0x", "0x01"]],
    ["a reference that is no hash", [compact("ab", false), "0x0102"]],
  ] as const) {
    it(`with ${what} is refused`, () => {
      const made = root(node as Item)
      refuses(() => provenValue(made.root, path, made.proof), "chain.bad_proof")
    })
  }

  it("with bytes that are no RLP is refused", () => {
    const bytes: Hex = "0xf8"
    refuses(() => provenValue(keccak256(bytes), path, [bytes]), "chain.bad_proof")
  })
})
