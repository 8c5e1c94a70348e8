import { equalBytes } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { Announcement } from "../../keys/announcement.ts"
import { ReaderSecrets } from "../../keys/branch-secrets.ts"
import type { Branch } from "../../keys/roles.ts"
import { branchSecret, epochCommitment } from "../../keys/schedule.ts"
import type { Tick } from "../../keys/tick.ts"
import type { AnnouncedRekey } from "../../keys/tree/rekey.ts"
import { TreePath } from "../../keys/tree/tree-path.ts"

/** What a member knows of a scope's key trees, in the branches that it reads. */
export class ReaderPaths {
  readonly #scope: Uint8Array
  readonly #paths = new Map<Branch, TreePath>()

  /** @param scope id of the scope, 32 bytes */
  constructor(scope: Uint8Array) {
    this.#scope = scope
  }

  /** Keeps what a grant has of a branch's tree, and overwrites it there. Throws `keys.grant_malformed`. */
  take(branch: Branch, path: Uint8Array, generation: number): void {
    const taken = new TreePath(path, { scope: this.#scope, branch }, generation)
    path.fill(0)
    this.#paths.get(branch)?.wipe()
    this.#paths.set(branch, taken)
  }

  /**
   * The secrets to which a message leads that the announcement names. Throws `keys.rekey` where it does not lead on from
   * what is known, `keys.forked` where others than the agent committed to come of it.
   */
  open(branch: Branch, rekey: AnnouncedRekey | undefined, announcement: Announcement, tick: Tick): ReaderSecrets {
    const path = this.#paths.get(branch)
    if (path === undefined || rekey === undefined)
      throw new E2eeError(
        "keys.rekey",
        `no message leads on from what is held of the branch ${branch}; ask for a grant`,
      )
    const secret = path.open(rekey)
    const first = branchSecret(announcement.hash, secret, branch)
    secret.wipe()
    const held = new ReaderSecrets(0, first)
    first.wipe()
    if (equalBytes(epochCommitment(held.branch(tick.epoch)), tick.commitments[branch])) return held
    held.wipe()
    throw new E2eeError("keys.forked", "a re-key message leads to other keys than the key agent committed to")
  }

  wipe(): void {
    for (const path of this.#paths.values()) path.wipe()
    this.#paths.clear()
  }
}
