import { equalBytes } from "../../core/bytes.ts"
import { E2eeError, isE2eeError } from "../../core/errors.ts"
import type { Announcement } from "../../keys/announcement.ts"
import { ReaderSecrets, WriterSecrets } from "../../keys/branch-secrets.ts"
import type { Grant } from "../../keys/granted.ts"
import { Keyring } from "../../keys/keyring.ts"
import type { Member } from "../../keys/member.ts"
import { mayBe, type ScopePolicy } from "../../keys/policy.ts"
import { ROLES, rolesOf, type Branch, type Role } from "../../keys/roles.ts"
import { epochCommitment } from "../../keys/schedule.ts"
import type { Tick } from "../../keys/tick.ts"
import type { SessionContext } from "../context.ts"
import { refusesPeer } from "./peers.ts"
import type { Scope } from "../scope.ts"

/** A grant that was opened, with what was verified of its agent. */
export interface Taken {
  readonly role: Role
  readonly grant: Grant
  readonly announcement: Announcement
  readonly tick: Tick
  readonly agent: Member
}

/**
 * The ring that a grant makes, with those members that stand. Throws `keys.forked` where the agent committed to other
 * secrets, `keys.grant_malformed` where they are of other epochs.
 */
export async function takeRing(
  context: SessionContext,
  { uri }: Scope,
  policy: ScopePolicy,
  { role, grant, announcement, tick, agent }: Taken,
): Promise<Keyring> {
  const { branch, level } = ROLES[role]
  const self = context.self.csPubKey
  const secrets =
    level === "read" ? readerSecrets(uri, policy, branch, tick, grant) : writerSecrets(context.self.csPubKey, grant)
  const ring = new Keyring({ branch, announcement, secrets, self })
  try {
    const roles = rolesOf(branch).filter((one) => mayBe(one, policy, agent.delegate))
    ring.members.add({ ...agent, instance: grant.instance, roles: new Set([...agent.roles, ...roles]) })
    await meet(ring, grant.members, context, uri, policy)
    return ring
  } catch (error) {
    ring.wipe()
    throw error
  }
}

/** Members as the agent tells of them, each for us to judge. */
async function meet(
  { members }: Keyring,
  told: Grant["members"],
  { peers, onRefusal }: SessionContext,
  uri: string,
  policy: ScopePolicy,
): Promise<void> {
  for (const { instance, role, chain } of told) {
    try {
      const member = await peers.verify(chain, instance, role)
      if (!mayBe(role, policy, member.delegate))
        throw new E2eeError("keys.policy", `${member.delegate.address} may not be ${role} of ${uri}`)
      members.add(member)
    } catch (error) {
      const ours = isE2eeError(error, "keys.grant_refused") || isE2eeError(error, "keys.policy")
      if (!refusesPeer(error) && !ours) throw error
      onRefusal(error, `member ${instance} of ${uri}`)
    }
  }
}

/** That all readers hold the same, the agent's tick commits to. */
function readerSecrets(
  uri: string,
  { historyEpochs }: ScopePolicy,
  branch: Branch,
  tick: Tick,
  { epoch, secrets }: Grant,
): ReaderSecrets {
  const [secret, ...more] = secrets
  const history = tick.epoch - epoch
  if (secret === undefined || more.length > 0 || history < 0 || history > historyEpochs + 1)
    throw new E2eeError("keys.grant_malformed", "a reader was granted other epochs than its agent confirmed")
  const held = new ReaderSecrets(epoch, secret)
  secret.wipe()
  if (equalBytes(epochCommitment(held.branch(tick.epoch)), tick.commitments[branch])) return held
  held.wipe()
  throw new E2eeError("keys.forked", `the key agent of ${uri} granted other keys than it committed to`)
}

function writerSecrets(self: Member["delegate"]["csPubKey"], { epoch, secrets }: Grant): WriterSecrets {
  if (secrets.length === 0) throw new E2eeError("keys.grant_malformed", "a writer was granted no keys")
  return new WriterSecrets(self, epoch, secrets)
}
