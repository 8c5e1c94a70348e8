import type { Hex } from "../../core/bytes.ts"
import { Secret } from "../../core/secret.ts"
import { ROLES, type Branch, type Role } from "../../keys/roles.ts"
import { KeyTree } from "../../keys/tree/key-tree.ts"
import { encodeRekeys } from "../../keys/tree/rekey.ts"
import type { RandomBytes } from "../../payload/cipher.ts"

type Branched<T> = Readonly<Record<Branch, T>>

/** The key trees of a scope's branches at its agent, and which reader is where in them. */
export class ReaderTrees {
  readonly #trees: Branched<KeyTree>
  readonly #leaves: Branched<Map<Hex, number>> = { call: new Map(), event: new Map() }

  /** @param scope id of the scope, 32 bytes @param generation the one that begins now, by grants */
  constructor(scope: Uint8Array, generation: number) {
    const treeOf = (branch: Branch): KeyTree => new KeyTree({ scope, branch }, generation)
    this.#trees = { call: treeOf("call"), event: treeOf("event") }
  }

  /** What an instance is granted of its branch's tree; undefined for writers, and where no leaf is left. To be overwritten. */
  pathOf(role: Role, instance: Hex, random: RandomBytes): Uint8Array | undefined {
    const { branch, level } = ROLES[role]
    if (level === "write") return undefined
    const leaf = this.#leaves[branch].get(instance) ?? this.#trees[branch].join(random)
    if (leaf === undefined) return undefined
    this.#leaves[branch].set(instance, leaf)
    return this.#trees[branch].path(leaf)
  }

  /**
   * The message that takes all readers that stay to a generation, and its secrets. Throws `payload.too_large` where grants
   * are less: these trees are of no use then.
   */
  rekey(
    generation: number,
    stays: (branch: Branch, instance: Hex) => boolean,
    random: RandomBytes,
  ): { readonly rekeys: Uint8Array; readonly secrets: Branched<Secret> } {
    const of = (branch: Branch): ReturnType<KeyTree["rekey"]> => {
      const gone = [...this.#leaves[branch]].filter(([instance]) => !stays(branch, instance))
      const made = this.#trees[branch].rekey(
        generation,
        gone.map(([, leaf]) => leaf),
        random,
      )
      for (const [instance] of gone) this.#leaves[branch].delete(instance)
      return made
    }
    const [call, event] = [of("call"), of("event")]
    const rekeys = encodeRekeys({ call: call.rekey, event: event.rekey })
    return { rekeys, secrets: { call: call.secret, event: event.secret } }
  }

  wipe(): void {
    for (const tree of Object.values(this.#trees)) tree.wipe()
  }
}
