import { toHex } from "../../../src/core/bytes.ts"
import { nodeCount, parentOf } from "../../../src/keys/tree/nodes.ts"
import type { Rekey } from "../../../src/keys/tree/rekey.ts"
import { generationSecretOf, nextSecret, openSecret, parentSecret } from "../../../src/keys/tree/secrets.ts"
import { bytesOf, PLACE } from "./world.ts"

/** A secret of a node, as it is when so many re-keys have been: that with the number `time`, from 0, starts from it. */
export interface Held {
  readonly node: number
  readonly time: number
  readonly secret: Uint8Array
}

/**
 * Whoever kept all that he ever held and all that was ever broadcast: what follows from it, by every rule of the tree.
 * `guessing` goes beyond: each secret is also tried on the boxes of every other time, and parents' secrets are derived
 * where none was made so.
 */
export class Attacker {
  readonly #rekeys: readonly Rekey[]
  readonly #root: number
  readonly #guessing: boolean
  readonly #known = new Map<number, Map<string, Held>>()

  constructor(rekeys: readonly Rekey[], depth: number, guessing = false) {
    this.#rekeys = rekeys
    this.#root = (nodeCount(depth) - 1) / 2
    this.#guessing = guessing
  }

  learn(held: Held): void {
    const { node, time, secret } = held
    const known = this.#known.get(node) ?? new Map<string, Held>()
    this.#known.set(node, known)
    const name = toHex(secret)
    if ((known.get(name)?.time ?? Infinity) <= time) return
    known.set(name, held)
    if (time < this.#rekeys.length) this.learn({ node, time: time + 1, secret: nextSecret(secret) })
    if (node === this.#root) return
    const parent = parentOf(node)
    for (const [at, { parts, generation, fresh }] of this.#rekeys.entries()) {
      const box = at === time || this.#guessing ? parts.get(node) : undefined
      const opened = box && openedWith(secret, box, { ...PLACE, generation, node })
      if (opened !== undefined) this.learn({ node: parent, time: at, secret: opened })
      if (at === time && (this.#guessing || fresh.has(node)))
        this.learn({ node: parent, time: at, secret: parentSecret(secret) })
    }
  }

  /** Secrets of generations, hex: what any known secret of the root gives. */
  get generations(): Set<string> {
    const roots = [...(this.#known.get(this.#root)?.values() ?? [])]
    return new Set(roots.map(({ secret }) => toHex(bytesOf(generationSecretOf(secret)))))
  }
}

function openedWith(key: Uint8Array, box: Uint8Array, place: Parameters<typeof openSecret>[0]): Uint8Array | undefined {
  try {
    return openSecret(place, key, box)
  } catch {
    return undefined
  }
}
