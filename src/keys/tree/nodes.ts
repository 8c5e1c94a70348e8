// Nodes of a complete binary tree by number, in the order in which they stand from left to right: leaves are even, and a
// number says by itself how high its node is. As in RFC 9420, appendix C.

/** Leaves 0, 2, 4 … of a tree of this depth are as many as a scope's branch has readers at most: 65,536. */
export const DEPTH = 16
/** Deepest tree that anybody makes work of. */
export const MAX_DEPTH = 20

/** 0 for leaves. */
export function levelOf(node: number): number {
  return 31 - Math.clz32((node + 1) & -(node + 1))
}

/** Place among the nodes of its level, from 0. */
export function indexOf(node: number): number {
  return (node + 1) >> (levelOf(node) + 1)
}

export function parentOf(node: number): number {
  const step = 1 << levelOf(node)
  return indexOf(node) % 2 === 0 ? node + step : node - step
}

/** Left and right; a leaf has none. */
export function childrenOf(node: number): readonly [number, number] {
  const step = 1 << (levelOf(node) - 1)
  return [node - step, node + step]
}

/** Nodes that a tree has. The root is in their middle. */
export function nodeCount(depth: number): number {
  return 2 ** (depth + 1) - 1
}

/** From the leaf up to the root of a tree of that depth. */
export function pathOf(leaf: number, depth: number): number[] {
  const path = [leaf]
  for (let node = leaf; path.length <= depth;) path.push((node = parentOf(node)))
  return path
}

/** All nodes above some leaves, lower ones first, those of a level from left to right. */
export function above(leaves: Iterable<number>, depth: number): number[] {
  const nodes: number[] = []
  let level = new Set(leaves)
  for (let i = 0; i < depth; i++) {
    level = new Set([...level].map(parentOf).sort((a, b) => a - b))
    nodes.push(...level)
  }
  return nodes
}
