import { parseAnnouncement, type Announcement } from "../../keys/announcement.ts"
import { Directory } from "../../keys/directory.ts"
import { parseControl } from "../../keys/grant.ts"
import { Keyring } from "../../keys/keyring.ts"
import type { Member } from "../../keys/member.ts"
import type { ScopePolicy } from "../../keys/policy.ts"
import { rolesOf, type Branch } from "../../keys/roles.ts"
import { parseTick } from "../../keys/tick.ts"
import { announcedRekeys, parseNotice, type RekeyNotice } from "../../keys/tree/rekey.ts"
import type { Agency } from "./agency.ts"
import { ForkedKeys, type Announced } from "./announced.ts"
import type { SessionContext } from "../context.ts"
import { Generation } from "./generation.ts"
import type { HeldKeys } from "./held-keys.ts"
import { refusesPeer, type Peers } from "./peers.ts"
import type { Scope } from "../scope.ts"

/** What following needs of an endpoint's part in a scope. */
interface Membership {
  readonly scope: Scope
  readonly policy: ScopePolicy
  readonly announced: Announced
  readonly keys: HeldKeys
  readonly agency: Agency
  /** Judges the agent of an announcement. */
  judgeAgent(announcement: Announcement): Promise<unknown>
  /** Judges a member again, and drops one that is refused. */
  judgeAgain(branch: Branch, member: Member, judge: (peers: Peers) => Promise<Member>): Promise<void>
  /** Whether the platform of an announcement's agent counts now; if not, a grant has to show it again. */
  isShown(announcement: Announcement): Promise<boolean>
  refused(error: unknown, where: string): void
}

/** Follows what the agent tells all members by control messages. Anybody can publish those: each is judged by itself. */
export class Following {
  readonly #context: SessionContext
  readonly #membership: Membership
  /** While another announcement is judged, and followed where it may be. */
  #superseding: Promise<void> | undefined
  #closed = false

  constructor(context: SessionContext, membership: Membership) {
    this.#context = context
    this.#membership = membership
  }

  /** Resolves when no announcement is being followed. */
  async settled(): Promise<void> {
    await this.#superseding
  }

  close(): void {
    this.#closed = true
  }

  control(bytes: Uint8Array): void {
    const { announced, keys, agency, scope, refused } = this.#membership
    const message = parseControl(bytes)
    const { current } = keys
    if (message === undefined || this.#closed || announced.forked !== undefined) return
    try {
      if (message.kind === "tick" && current !== undefined && !agency.isAgent) this.#ticked(current, message.bytes)
      if (message.kind === "announcement") this.#announced(message.bytes)
      if (message.kind === "rekey") {
        const notice = parseNotice(message.bytes)
        this.#announced(notice.announcement, notice)
      }
    } catch (error) {
      // Only what contradicts its own agent says anything.
      if (error instanceof ForkedKeys) refused(error, scope.uri)
    }
  }

  /** Taken once the agent itself stands for now: a refused one could keep up for ever what it granted. */
  #ticked(generation: Generation, bytes: Uint8Array): void {
    const { keys, judgeAgain, isShown, scope, refused } = this.#membership
    const tick = parseTick(bytes, generation.announcement)
    if (tick.epoch <= generation.tick.epoch) return keys.confirm(generation, tick)
    const judge = async (): Promise<void> => {
      for (const ring of generation.rings) {
        const agent = [...ring.members].find(({ delegate }) => delegate.csPubKey === generation.announcement.agent.cs)
        if (agent !== undefined) await judgeAgain(ring.branch, agent, (peers) => peers.recheck(agent))
      }
      if ((await isShown(generation.announcement)) && keys.current === generation) keys.confirm(generation, tick)
    }
    judge().catch((error: unknown) => refused(error, `tick of ${scope.uri}`))
  }

  /** A hint that there are other keys: the agent is asked before something is sealed again. */
  #announced(bytes: Uint8Array, notice?: RekeyNotice): void {
    const { announced, keys } = this.#membership
    const announcement = parseAnnouncement(bytes)
    if (keys.holds(announcement)) return
    announced.compare(announcement)
    const held = keys.current?.announcement
    // One at a time: whoever floods the topic makes us work no faster.
    if (held === undefined || this.#superseding !== undefined) return
    this.#superseding = this.#supersede(held, announcement, notice)
      .catch(() => undefined)
      .finally(() => (this.#superseding = undefined))
  }

  async #supersede(held: Announcement, by: Announcement, notice: RekeyNotice | undefined): Promise<void> {
    const { keys, agency, judgeAgent, isShown, scope, refused } = this.#membership
    await judgeAgent(by)
    if (keys.current?.announcement !== held) return
    // Another agent that may be one: where two do not know of each other, the newer generation counts for all.
    if (agency.isAgent) return agency.resign()
    if (notice !== undefined && (await isShown(by)))
      await this.#rekey(by, notice).catch((error: unknown) => refused(error, `new keys of ${scope.uri}`))
    if (keys.current?.announcement === held) keys.supersede()
  }

  /** Goes on to a generation without asking, in the branches that are read here: where its message leads on from ours. */
  async #rekey(announcement: Announcement, { tick: confirmed, rekeys }: RekeyNotice): Promise<void> {
    const { keys, policy } = this.#membership
    const before = keys.current
    const messages = announcedRekeys(rekeys, announcement)
    const tick = parseTick(confirmed, announcement)
    const read = [...(before?.rings ?? [])].filter((ring) => ring.canRead)
    const members = new Map<Keyring, Directory>()
    for (const ring of read) members.set(ring, await this.#staying(ring))
    if (read.length === 0 || keys.current !== before || this.#closed) return
    const generation = new Generation(announcement, tick, policy)
    const self = this.#context.self.csPubKey
    try {
      for (const [{ branch }, staying] of members) {
        const secrets = keys.paths.open(branch, messages[branch], announcement, tick)
        // Who was known as a writer stays known to those who stay.
        const roles = rolesOf(branch).filter((role) => before?.grants(role))
        generation.put(new Keyring({ branch, announcement, secrets, self, members: staying }), roles)
      }
      keys.confirm(generation, tick)
    } catch (error) {
      generation.wipe()
      throw error
    }
    keys.adopt(generation)
  }

  /** Members of a ring but for those that are refused now. */
  async #staying(ring: Keyring): Promise<Directory> {
    const staying = new Directory()
    for (const member of ring.members) {
      try {
        staying.add(await this.#context.peers.recheck(member))
      } catch (error) {
        if (!refusesPeer(error)) throw error
      }
    }
    return staying
  }
}
