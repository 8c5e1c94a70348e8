import { indexOf, levelOf } from "./nodes.ts"
import { nextSecret, SECRET_BYTES } from "./secrets.ts"

/** Secrets of one level, and how many members are below each node. */
interface Level {
  secrets: Uint8Array
  members: Uint32Array
}

/**
 * The secrets of a tree at its agent, a buffer for each level: 72 to 144 bytes a member, rather than an object for each
 * node. A node without members has none.
 */
export class NodeSecrets {
  readonly #levels: Level[]

  constructor(depth: number) {
    this.#levels = Array.from({ length: depth + 1 }, () => ({ secrets: new Uint8Array(), members: new Uint32Array() }))
  }

  /** Members below a node; of a leaf 0 or 1. */
  members(node: number): number {
    return this.#level(node).members[indexOf(node)] ?? 0
  }

  setMembers(node: number, count: number): void {
    const level = this.#level(node)
    const index = indexOf(node)
    if (index >= level.members.length) grow(level, index + 1)
    level.members[index] = count
    if (count === 0) this.secret(node).fill(0)
  }

  /** 32 bytes, which are overwritten once the node gets another; of a node with members. */
  secret(node: number): Uint8Array {
    const at = indexOf(node) * SECRET_BYTES
    return this.#level(node).secrets.subarray(at, at + SECRET_BYTES)
  }

  /** Takes the secret, and overwrites what it was passed in. */
  setSecret(node: number, secret: Uint8Array): void {
    this.secret(node).set(secret)
    secret.fill(0)
  }

  /** Gives every node the secret that follows from its present one. */
  forward(): void {
    for (const { secrets, members } of this.#levels)
      for (let i = 0; i < members.length; i++) {
        if (members[i] === 0) continue
        const secret = secrets.subarray(i * SECRET_BYTES, (i + 1) * SECRET_BYTES)
        const next = nextSecret(secret)
        secret.set(next)
        next.fill(0)
      }
  }

  wipe(): void {
    for (const { secrets, members } of this.#levels) {
      secrets.fill(0)
      members.fill(0)
    }
  }

  #level(node: number): Level {
    return this.#levels[levelOf(node)] as Level
  }
}

/** By doubling, so that a tree of n members is copied log n times; nothing is left in what was copied. */
function grow(level: Level, length: number): void {
  const { secrets, members } = level
  const size = Math.max(length, 2 * members.length)
  level.secrets = new Uint8Array(size * SECRET_BYTES)
  level.members = new Uint32Array(size)
  level.secrets.set(secrets)
  level.members.set(members)
  secrets.fill(0)
}
