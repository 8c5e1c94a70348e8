import { strict as assert } from "node:assert"
import {
  above,
  childrenOf,
  indexOf,
  levelOf,
  MAX_DEPTH,
  nodeCount,
  parentOf,
  pathOf,
} from "../../../src/keys/tree/nodes.ts"

interface Drawn {
  readonly level: number
  readonly index: number
  readonly parent: number | undefined
  readonly children: readonly number[]
}

/** A tree drawn by hand: numbered from left to right, each node between its children. */
function drawn(depth: number): Drawn[] {
  const nodes: Drawn[] = []
  const visit = (level: number, index: number, parent: number | undefined): number => {
    const middle = (2 * index + 1) * 2 ** level - 1
    const children = level === 0 ? [] : [0, 1].map((side) => visit(level - 1, 2 * index + side, middle))
    nodes[middle] = { level, index, parent, children }
    return middle
  }
  visit(depth, 0, undefined)
  return nodes
}

describe("keys: nodes of a tree", () => {
  it("have the level, place, parent and children of a tree that is drawn", () => {
    for (const depth of [0, 1, 2, 5]) {
      const nodes = drawn(depth)
      assert.equal(nodes.length, nodeCount(depth))
      for (const [node, { level, index, parent, children }] of nodes.entries()) {
        assert.deepEqual([levelOf(node), indexOf(node)], [level, index])
        if (parent !== undefined) assert.equal(parentOf(node), parent)
        if (level > 0) assert.deepEqual(childrenOf(node), children)
      }
    }
  })

  it("lead from a leaf to the root", () => {
    assert.deepEqual(pathOf(0, 0), [0])
    assert.deepEqual(pathOf(4, 3), [4, 5, 3, 7])
    assert.deepEqual(pathOf(14, 3), [14, 13, 11, 7])
    const last = nodeCount(MAX_DEPTH) - 1
    const path = pathOf(last, MAX_DEPTH)
    assert.deepEqual([path.length, path.at(-1)], [MAX_DEPTH + 1, 2 ** MAX_DEPTH - 1])
  })

  it("are gathered above some leaves, each once, lower ones first", () => {
    assert.deepEqual(above([], 3), [])
    assert.deepEqual(above([4], 3), [5, 3, 7])
    assert.deepEqual(above([14, 4, 6], 3), [5, 13, 3, 11, 7])
  })
})
