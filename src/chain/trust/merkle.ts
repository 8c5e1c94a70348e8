import { fromRlp, hexToBytes, keccak256 } from "viem"
import { toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"

/** Root of a trie that holds nothing: keccak256(rlp("")). */
export const EMPTY_ROOT: Hex = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"
/** keccak256 of no code. */
export const EMPTY_CODE: Hex = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"

type Rlp = Hex | readonly Rlp[]
type Node = readonly Rlp[]

/**
 * What the Merkle-Patricia trie under `root` holds at a key (Yellow Paper, appendix D), by a proof that need not be
 * trusted. The path is the key's keccak256, 32 bytes. Undefined: the proof shows that nothing is there. Throws
 * `chain.bad_proof` for a proof that shows neither.
 */
export function provenValue(root: Hex, path: Hex, proof: readonly Hex[]): Hex | undefined {
  if (root === EMPTY_ROOT) return undefined
  const nibbles = nibblesOf(path)
  let used = 0
  let at = 0
  const resolve = (reference: Rlp): Node => {
    if (typeof reference !== "string") return reference // shorter than a hash: the node itself
    const bytes = proof[used++]
    if (bytes === undefined) throw bad("it ends too early")
    if (reference.length !== 66 || keccak256(bytes) !== reference)
      throw bad(`node ${used - 1} is not the one its parent names`)
    return decode(bytes)
  }
  const end = (value: Hex | undefined): Hex | undefined => {
    if (used !== proof.length) throw bad("it goes on behind its end")
    return value
  }
  for (let node = resolve(root); ;) {
    let next: Rlp | undefined
    if (node.length === 17) {
      const nibble = nibbles[at++]
      if (nibble === undefined) throw bad("a branch lies below the path's end")
      next = node[nibble]
    } else if (node.length === 2) {
      const { prefix, isLeaf } = decodePrefix(node[0])
      if (prefix.some((nibble, i) => nibble !== nibbles[at + i])) return end(undefined)
      at += prefix.length
      if (isLeaf) {
        if (at !== nibbles.length || typeof node[1] !== "string" || node[1] === "0x")
          throw bad("a leaf is not of its form")
        return end(node[1])
      }
      if (prefix.length === 0) throw bad("an extension extends nothing")
      next = node[1]
    }
    if (next === undefined) throw bad("a node is not of its form")
    if (next === "0x") return end(undefined)
    node = resolve(next)
  }
}

/** The compact form of a path's part: a nibble of flags (2 leaf, 1 odd), then the part. */
function decodePrefix(item: Rlp | undefined): { prefix: number[]; isLeaf: boolean } {
  if (typeof item !== "string" || item.length < 4) throw bad("a path is not of its form")
  const digits = nibblesOf(item)
  const flags = digits[0] ?? 4
  const isOdd = (flags & 1) === 1
  if (flags > 3 || (!isOdd && digits[1] !== 0)) throw bad("a path's flags are unknown")
  return { prefix: digits.slice(isOdd ? 1 : 2), isLeaf: flags >= 2 }
}

function nibblesOf(hex: string): number[] {
  return Array.from(hex.slice(2), (digit) => Number.parseInt(digit, 16))
}

function decode(bytes: Hex): Node {
  const node = rlp(bytes)
  if (typeof node === "string") throw bad("a node is no list")
  return node
}

/** RLP of a node or value. Throws `chain.bad_proof`. */
export function rlp(bytes: Hex): Rlp {
  try {
    return asHex(fromRlp(hexToBytes(bytes), "bytes"))
  } catch (cause) {
    throw new E2eeError("chain.bad_proof", "the node's proof does not hold: a part is no RLP", { cause })
  }
}

function asHex(item: unknown): Rlp {
  return item instanceof Uint8Array ? toHex(item) : (item as readonly unknown[]).map(asHex)
}

function bad(why: string): E2eeError {
  return new E2eeError("chain.bad_proof", `the node's proof does not hold: ${why}; use another node`)
}
