import { strict as assert } from "node:assert"
import { inspect } from "node:util"
import { toHex } from "../../../src/core/bytes.ts"
import { Secret } from "../../../src/core/secret.ts"
import { KeyTree } from "../../../src/keys/tree/key-tree.ts"
import { NodeSecrets } from "../../../src/keys/tree/node-secrets.ts"
import { MAX_PARTS, MAX_REMOVED, parseRekey } from "../../../src/keys/tree/rekey.ts"
import { nextSecret } from "../../../src/keys/tree/secrets.ts"
import { TreePath } from "../../../src/keys/tree/tree-path.ts"
import { decodeCbor, encodeCbor } from "../../../src/payload/cbor.ts"
import { flipped, refuses } from "../../arbitrary.ts"
import { countedRandom } from "../parties.ts"
import { announced, bytesOf, forged, pathIn, PLACE, treeOf } from "./world.ts"

const hex = (secret: Secret): string => toHex(secret.expose())
const secretsIn = (path: Uint8Array): Uint8Array => (decodeCbor(path) as [number, Uint8Array])[1]

describe("keys: key tree", () => {
  it("brings all but the removed member to one secret", () => {
    const { tree, leaves, paths, random } = treeOf(11)
    for (const [round, gone] of [4, 0, 10].entries()) {
      const generation = round + 2
      const { rekey, secret } = tree.rekey(generation, [leaves[gone]!], random)
      for (const path of paths) {
        const message = announced(rekey, generation)
        if (path.leaf === leaves[gone]) assert.match(refuses(() => path.open(message), "keys.rekey").message, /removed/)
        else if (path.generation === generation - 1) assert.equal(hex(path.open(message)), hex(secret))
      }
    }
    assert.equal(tree.size, 8)
  })

  it("needs 14 parts for one of 10,000, and none for nobody", () => {
    const random = countedRandom("10,000")
    const tree = new KeyTree(PLACE, 1)
    const [first] = Array.from({ length: 10_000 }, () => tree.join(random)!)
    assert.equal(tree.size, 10_000)
    assert.equal(parseRekey(tree.rekey(2, [first!], random).rekey).parts.size, 14)
    const { rekey } = tree.rekey(3, [], random)
    assert.equal(parseRekey(rekey).parts.size, 0)
    assert.equal(rekey.length, 6)
  })

  it("removes several at once, neighbours and whole halves among them, up to the last", () => {
    const { tree, leaves, paths, random } = treeOf(16)
    const rounds = [[0, 1], [2, 5, 7, 8], [9, 10, 11, 12, 13, 14, 15], [3], [4, 6]]
    for (const [round, removed] of rounds.entries()) {
      const generation = round + 2
      const gone = removed.map((i) => leaves[i]!)
      const { rekey, secret } = tree.rekey(generation, gone, random)
      const staying = paths.filter((path) => path.generation === generation - 1 && !gone.includes(path.leaf))
      assert.equal(staying.length, tree.size)
      for (const path of staying) assert.equal(hex(path.open(announced(rekey, generation))), hex(secret))
    }
    assert.equal(tree.size, 0)
  })

  it("gives every generation another secret, whether somebody was removed or nobody is left", () => {
    const { tree, leaves, random } = treeOf(2)
    const removals = [[], [], [leaves[0]!], [], [leaves[1]!], [], []]
    const secrets = removals.map((removed, i) => hex(tree.rekey(i + 2, removed, random).secret))
    assert.equal(new Set(secrets).size, secrets.length)
  })

  it("gives a leaf that was left to the next who joins, who knows nothing of before", () => {
    const { tree, leaves, random } = treeOf(4, { depth: 2 })
    assert.equal(tree.join(random), undefined)
    const before = tree.path(leaves[1]!)
    tree.rekey(2, [leaves[1]!], random)
    assert.equal(tree.join(random), leaves[1])
    assert.equal(tree.join(random), undefined)
    const secrets = secretsIn(before)
    for (let at = 0; at < secrets.length; at += 32) {
      const held = toHex(secrets.subarray(at, at + 32)).slice(2)
      assert.ok(!toHex(secretsIn(tree.path(leaves[1]!))).includes(held))
    }
  })

  it("takes members as it grows, without a word to those who are there", () => {
    const { tree, leaves, paths, random } = treeOf(1, { depth: 6 })
    const joined = [paths[0]!]
    for (let generation = 2; generation < 40; generation++) {
      joined.push(pathIn(tree, tree.join(random)!))
      const { rekey, secret } = tree.rekey(generation, [], random)
      for (const path of joined) assert.equal(hex(path.open(announced(rekey, generation))), hex(secret))
    }
    const { rekey, secret } = tree.rekey(40, [leaves[0]!], random)
    for (const path of joined.slice(1)) assert.equal(hex(path.open(announced(rekey, 40))), hex(secret))
  })

  it("takes a member that missed a message back by a grant alone", () => {
    const { tree, leaves, paths, random } = treeOf(5)
    tree.rekey(2, [leaves[0]!], random)
    const { rekey } = tree.rekey(3, [leaves[1]!], random)
    refuses(() => paths[2]!.open(announced(rekey, 3)), "keys.rekey")
    const again = pathIn(tree, leaves[2]!)
    const next = tree.rekey(4, [leaves[3]!], random)
    assert.equal(hex(again.open(announced(next.rekey, 4))), hex(next.secret))
  })

  it("refuses messages in another order, skipped ones and repeated ones, and goes on afterwards", () => {
    const { tree, leaves, paths, random } = treeOf(6)
    const path = paths[5]!
    const messages = [[], [leaves[0]!], [], [], [leaves[1]!]].map((removed, i) => {
      const generation = i + 2
      const { rekey, secret } = tree.rekey(generation, removed, random)
      return { message: announced(rekey, generation), secret }
    })
    for (const { message, secret } of messages) {
      for (const other of messages) if (other.message !== message) refuses(() => path.open(other.message), "keys.rekey")
      assert.equal(hex(path.open(message)), hex(secret))
      refuses(() => path.open(message), "keys.rekey")
    }
  })

  it("refuses parts of another place, and changed or missing ones, and goes on afterwards", () => {
    const { tree, leaves, paths, random } = treeOf(8)
    const { rekey, secret } = tree.rekey(2, [leaves[0]!], random)
    const right = announced(rekey, 2)
    const elsewhere = { scope: new Uint8Array(32).fill(8), branch: "call" } as const
    for (const place of [
      { ...PLACE, scope: elsewhere.scope },
      { ...PLACE, branch: elsewhere.branch },
    ]) {
      const { leaves: same, tree: twin } = treeOf(8)
      const path = new TreePath(twin.path(same[7]!), place, 1)
      refuses(() => path.open(right), "keys.rekey")
    }
    const own = [...right.parts.keys()].find((node) => node > 7)
    assert.ok(own !== undefined)
    const box = right.parts.get(own)!
    const parts = (change: Uint8Array | undefined): ReadonlyMap<number, Uint8Array> =>
      new Map(
        [...right.parts].flatMap(([node, was]) => (node !== own ? [[node, was]] : change ? [[node, change]] : [])),
      )
    const path = paths[7]!
    for (let bit = 0; bit < box.length * 8; bit++)
      refuses(() => path.open(forged(right, { parts: parts(flipped(box, bit)) })), "keys.rekey")
    refuses(() => path.open(forged(right, { parts: parts(undefined) })), "keys.rekey")
    refuses(() => path.open(forged(right, { parts: parts([...right.parts.values()][0]) })), "keys.rekey")
    refuses(() => path.open(forged(right, { generation: 3 })), "keys.rekey")
    assert.equal(path.generation, 1)
    assert.equal(hex(path.open(right)), hex(secret))
  })

  it("refuses more removals than one message may have, and stays as it was", () => {
    const random = countedRandom("many")
    const tree = new KeyTree(PLACE, 1, 11)
    const leaves = Array.from({ length: 2_048 }, () => tree.join(random)!)
    const path = pathIn(tree, leaves[1]!)
    const spread = leaves.filter((_, i) => i % 8 === 0)
    assert.equal(spread.length, MAX_REMOVED)
    // Each of 256 eighths has 3 parts of its own: 768, and the paths above them lead up.
    const most = parseRekey(treeOf(2_048, { depth: 11 }).tree.rekey(2, spread, random).rekey)
    assert.ok(most.parts.size > 768 && most.parts.size <= MAX_PARTS, `${most.parts.size} parts`)
    refuses(() => tree.rekey(2, [...spread, leaves[1]!], random), "payload.too_large")
    assert.deepEqual([tree.size, tree.generation], [2_048, 1])
    const { rekey, secret } = tree.rekey(2, [leaves[0]!], random)
    assert.equal(hex(path.open(announced(rekey, 2))), hex(secret))
  })

  it("refuses misuse by its own agent, and stays as it was", () => {
    const { tree, leaves, random } = treeOf(3)
    for (const leaf of [1, -2, 6, 32, 0.5, Number.NaN]) {
      refuses(() => tree.path(leaf), "internal.invariant")
      refuses(() => tree.rekey(2, [leaves[0]!, leaf], random), "internal.invariant")
    }
    for (const generation of [0, 1]) refuses(() => tree.rekey(generation, [], random), "internal.invariant")
    assert.deepEqual([tree.size, tree.generation], [3, 1])
    assert.equal(parseRekey(tree.rekey(2, [leaves[0]!, leaves[0]!], random).rekey).removed.size, 1)
    refuses(() => tree.rekey(3, [leaves[0]!], random), "internal.invariant")
  })

  it("refuses a path that is none", () => {
    const { tree, leaves } = treeOf(2)
    const [leaf, secrets] = decodeCbor(tree.path(leaves[1]!)) as [number, Uint8Array]
    const paths: unknown[] = [
      [1, secrets],
      [-2, secrets],
      [32, secrets],
      [leaf, secrets.subarray(1)],
      [leaf, new Uint8Array()],
      [0, new Uint8Array(32 * 22)],
      [leaf, secrets, 0],
      [leaf],
      leaf,
      [leaf, "secrets"],
    ]
    for (const path of paths) refuses(() => new TreePath(encodeCbor(path), PLACE, 1), "keys.grant_malformed")
    refuses(() => new TreePath(new Uint8Array(), PLACE, 1), "keys.grant_malformed")
    assert.equal(new TreePath(encodeCbor([0, new Uint8Array(32)]), PLACE, 1).leaf, 0)
  })

  it("overwrites a member's secrets once they are replaced, and all at the end", () => {
    const { tree, leaves, paths, random } = treeOf(8)
    const messages = [2, 3].map((generation, i) =>
      announced(tree.rekey(generation, [leaves[i]!], random).rekey, generation),
    )
    const used = new Set<Secret>()
    const wiped = new Set<Secret>()
    const { expose, wipe } = Secret.prototype
    Secret.prototype.expose = function (this: Secret) {
      used.add(this)
      return expose.call(this)
    }
    Secret.prototype.wipe = function (this: Secret) {
      wiped.add(this)
      wipe.call(this)
    }
    try {
      const results = messages.map((message) => paths[7]!.open(message))
      // Of five levels, each time those that were held and those that took their place for a moment.
      assert.equal(wiped.size, 2 * 5 * 2)
      for (const secret of used) assert.ok(expose.call(secret).every((byte) => byte === 0))
      for (const secret of results) assert.ok(expose.call(secret).some((byte) => byte !== 0))
      wiped.clear()
      paths[7]!.wipe()
      assert.equal(wiped.size, 5)
    } finally {
      Object.assign(Secret.prototype, { expose, wipe })
    }
    refuses(() => paths[7]!.open(announced(tree.rekey(4, [], random).rekey, 4)), "keys.rekey")
  })

  it("overwrites the agent's secrets when they are replaced, left, moved to a larger buffer or given up", () => {
    const nodes = new NodeSecrets(1)
    const view = (node: number): Uint8Array => nodes.secret(node)
    const given = new Uint8Array(32).fill(5)
    nodes.setMembers(0, 1)
    nodes.setSecret(0, given)
    assert.ok(given.every((byte) => byte === 0))
    const small = view(0)
    nodes.setMembers(2, 1)
    assert.ok(small.every((byte) => byte === 0))
    assert.ok(view(0).every((byte) => byte === 5))
    nodes.setSecret(2, new Uint8Array(32).fill(6))
    nodes.setMembers(2, 0)
    assert.ok(view(2).every((byte) => byte === 0))
    nodes.forward()
    assert.equal(toHex(view(0)), toHex(nextSecret(new Uint8Array(32).fill(5))))
    assert.ok(view(2).every((byte) => byte === 0))
    nodes.wipe()
    assert.ok(view(0).every((byte) => byte === 0))
    assert.equal(nodes.members(0), 0)

    const { tree, leaves } = treeOf(3)
    tree.wipe()
    assert.equal(tree.size, 0)
    refuses(() => tree.path(leaves[0]!), "internal.invariant")
  })

  it("shows no secret to whoever looks at it", () => {
    const { tree, leaves, paths } = treeOf(2)
    const secrets = secretsIn(tree.path(leaves[0]!))
    for (const shown of [inspect(tree, { depth: 9, showHidden: true }), inspect(paths[0], { depth: 9 })])
      for (const form of [toHex(secrets.subarray(0, 4)).slice(2), [...secrets.subarray(0, 4)].join(", ")])
        assert.ok(!shown.includes(form), shown)
    assert.equal(JSON.stringify(paths[0]), JSON.stringify({ leaf: leaves[0] }))
  })

  it("sends no secret of a member or a generation in plain", () => {
    const { tree, leaves, random } = treeOf(8)
    const before = leaves.map((leaf) => secretsIn(tree.path(leaf)))
    const { rekey, secret } = tree.rekey(2, [leaves[3]!], random)
    const after = leaves.filter((leaf) => leaf !== leaves[3]).map((leaf) => secretsIn(tree.path(leaf)))
    const sent = toHex(rekey)
    for (const secrets of [bytesOf(secret), ...before, ...after])
      for (let at = 0; at < secrets.length; at += 32)
        assert.ok(!sent.includes(toHex(secrets.subarray(at, at + 32)).slice(2)))
  })
}).timeout(60_000)
