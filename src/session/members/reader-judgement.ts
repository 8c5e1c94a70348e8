import type { Hex } from "../../core/bytes.ts"
import type { Directory } from "../../keys/directory.ts"
import type { Member } from "../../keys/member.ts"
import type { Branch } from "../../keys/roles.ts"
import type { SessionContext } from "../context.ts"
import type { AttestedMembers } from "./attested-members.ts"
import { readsBranch, refusesPeer, refusesPlatform } from "./peers.ts"

/** Readers judged at once: a trustroot may be far away. */
const MAX_JUDGED = 64

/**
 * The key agent's judgement of all that read a branch, and of the platforms of all that had to show theirs. All grants and
 * messages of a time share one, and those that come while it is too old the next one.
 */
export class ReaderJudgement {
  readonly #context: SessionContext
  readonly #attested: AttestedMembers
  readonly #members: () => Directory
  readonly #branch: Branch
  readonly #refused: (keys: ReadonlySet<Hex>) => void
  readonly #told: (error: unknown, member: Member) => void
  /** The last one. Whoever joined since was judged for that. */
  #last: { readonly since: number; isUnderWay: boolean; done: Promise<void> } | undefined

  /** @param members of the generation in force @param refused told of Ed25519 keys that do not count any more */
  constructor(
    context: SessionContext,
    attested: AttestedMembers,
    branch: Branch,
    members: () => Directory,
    tells: {
      readonly refused: (keys: ReadonlySet<Hex>) => void
      readonly told: (error: unknown, member: Member) => void
    },
  ) {
    this.#context = context
    this.#attested = attested
    this.#branch = branch
    this.#members = members
    this.#refused = tells.refused
    this.#told = tells.told
  }

  /** Has all judged since a time. @param since POSIX milliseconds; as long ago as policy believes a verdict by default */
  async since(since = this.#context.clock() - this.#context.peers.recheckMs): Promise<void> {
    const last = this.#last
    if (last !== undefined && last.since >= since && last.since <= this.#context.clock()) return last.done
    // One at a time: where many readers take long, those who wait must not each have them judged.
    if (last?.isUnderWay) await last.done.catch(() => undefined)
    return this.#last === undefined || this.#last === last ? this.#begin() : this.#last.done
  }

  #begin(): Promise<void> {
    const judgement = { since: this.#context.clock(), isUnderWay: true, done: Promise.resolve() }
    this.#last = judgement
    judgement.done = this.#judgeAll(judgement.since).finally(() => (judgement.isUnderWay = false))
    judgement.done.catch(() => {
      if (this.#last === judgement) this.#last = undefined
    })
    return judgement.done
  }

  async #judgeAll(since: number): Promise<void> {
    const refused = new Set<Hex>()
    const seen = new Set<Hex>()
    const judge = async (member: Member): Promise<void> => {
      seen.add(member.instance)
      try {
        const fresh = readsBranch(member, this.#branch) ? await this.#context.peers.recheck(member, since) : member
        if (fresh !== member) this.#members().judged(fresh)
        await this.#attested.check(fresh, this.#branch, since)
      } catch (error) {
        if (!refusesPeer(error) && !refusesPlatform(error)) throw error
        this.#told(error, member)
        refused.add(member.delegate.csPubKey)
      }
    }
    const unseen = (): Member[] => [...this.#members()].filter(({ instance }) => !seen.has(instance))
    // Again for those whose grant was under way.
    for (let members = unseen(); members.length > 0; members = unseen())
      for (let at = 0; at < members.length; at += MAX_JUDGED)
        await Promise.all(members.slice(at, at + MAX_JUDGED).map(judge))
    if (refused.size > 0) this.#refused(refused)
  }
}
