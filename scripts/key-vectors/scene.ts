// Who takes part in test/vectors/key-distribution.json, by which policies, in which generations. Everything is fixed.
import { chainToJson } from "../../src/certificate/issue.ts"
import { concatBytes, toHex, utf8ToBytes, type Hex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { x25519PublicKey } from "../../src/core/x25519.ts"
import { makeAnnouncement, type Announcement } from "../../src/keys/announcement.ts"
import { ReaderSecrets } from "../../src/keys/branch-secrets.ts"
import { startOf } from "../../src/keys/epochs.ts"
import { mlKem768 } from "../../src/keys/hybrid.ts"
import { policyHash, signPolicy, type ScopePolicy, type SignedPolicy } from "../../src/keys/policy.ts"
import type { Branch, Role } from "../../src/keys/roles.ts"
import { branchSecret, epochCommitment, generationCommitment, scopeId } from "../../src/keys/schedule.ts"
import { makeTick, type Tick } from "../../src/keys/tick.ts"
import { sha256 } from "@noble/hashes/sha2.js"
import { ownKeyPackage } from "../../src/session/context.ts"
import { parseScopes, policyOf, type Scope, type ScopeOptions } from "../../src/session/scope.ts"
import { contextOf, selfOf } from "../../test/keys/parties.ts"
import { NOW, party, REALM } from "../../test/trust/chains.ts"

const NAMES = ["agent", "callee", "second callee", "caller", "publisher", "subscriber", "other"] as const

/** Fixed bytes of a name, in place of random ones. */
export function fixed(name: string, length = 32): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => sha256(utf8ToBytes(`${name} ${i}`)))
  return concatBytes(...blocks).slice(0, length)
}

export const parties = Object.fromEntries(
  NAMES.map((name) => {
    const { csKey, csPubKey, x, instance, address, chain } = selfOf(name)
    const keys = {
      csSeed: toHex(csKey.expose()),
      cs: csPubKey,
      xSecret: toHex(x.expose()),
      x: toHex(x25519PublicKey(x)),
    }
    return [name, { address, ...keys, instance, chain: chainToJson(chain) }]
  }),
)

/** Whom receivers of messages know, in which roles. */
export const members: Readonly<Record<string, readonly Role[]>> = {
  agent: ["publisher"],
  callee: ["callee"],
  caller: ["caller"],
  publisher: ["publisher"],
}

/** Five epochs of a minute. */
const TIMES = { epochMs: 60_000, generationMs: 300_000 }
const OPTIONS: Readonly<Record<string, ScopeOptions>> = {
  sig: { uri: "com.example.", match: "prefix", ...TIMES },
  mac: {
    uri: "com.example.",
    match: "prefix",
    ...TIMES,
    mode: "mac",
    replay: "pinned",
    historyEpochs: 2,
    agents: [party("agent").address],
    writers: [party("caller").address, party("publisher").address],
    cipher: "aes256gcm",
    padding: true,
    compression: "deflate",
  },
  dsig: { uri: "com.example.pump", ...TIMES, mode: "dsig", serializer: "msgpack" },
  trees: { uri: "com.example.", match: "prefix", ...TIMES, hybrid: mlKem768, trees: true },
  hybrid: { uri: "com.example.", match: "prefix", ...TIMES, hybrid: mlKem768 },
  attested: { uri: "com.example.", match: "prefix", ...TIMES, attested: { agents: "keeper", readers: "reader" } },
}
export const OWNER = party("owner")

function scopeNamed(name: string): {
  readonly scope: Scope
  readonly policy: ScopePolicy
  readonly signed?: SignedPolicy
} {
  const [scope] = parseScopes([OPTIONS[name] as ScopeOptions])
  if (scope === undefined) throw new Error("no scope")
  const policy = policyOf(scope, REALM)
  if (name !== "mac") return { scope, policy }
  const signed = signPolicy({ ...policy, serial: 7 }, OWNER.key)
  return { scope, policy: signed.policy, signed }
}

export const SCOPES = Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, scopeNamed(name)]))
export const scopeOf = (name: string): ReturnType<typeof scopeNamed> => SCOPES[name] as ReturnType<typeof scopeNamed>

/** One generation, with all that its agent knows. */
export interface Made {
  readonly policyName: string
  readonly policy: ScopePolicy
  readonly profile: Scope["profile"]
  readonly scope: Uint8Array
  /** One for both branches, or one for each: of calls, of events. */
  readonly secrets: readonly Secret[]
  readonly keyPackage: Uint8Array
  readonly announcement: Announcement
  readonly branches: Readonly<Record<Branch, ReaderSecrets>>
}

/** @param changes what its announcement says otherwise */
export function make(
  policyName: string,
  secrets: readonly Secret[],
  changes: Partial<Pick<Announcement, "generation" | "t0" | "tree" | "previous">> = {},
): Made {
  const { scope, policy } = scopeOf(policyName)
  const id = scopeId(REALM, scope.match, scope.uri)
  const { generation = NOW, t0 = NOW, tree, previous } = changes
  const keyPackage = ownKeyPackage(contextOf("agent"))
  const commitment = generationCommitment(...secrets)
  const content = { scope: id, policy: policyHash(policy), generation, t0, commitment, tree, previous }
  const announcement = makeAnnouncement(content, keyPackage, party("agent").csKey)
  const branch = (name: Branch, at: number): ReaderSecrets =>
    new ReaderSecrets(0, branchSecret(announcement.hash, secrets[at % secrets.length] as Secret, name))
  const branches = { call: branch("call", 0), event: branch("event", 1) }
  return { policyName, policy, profile: scope.profile, scope: id, secrets, keyPackage, announcement, branches }
}

export function tickOf(made: Made, epoch: number, changes: Partial<Tick> = {}): Tick {
  const commitments = {
    call: epochCommitment(made.branches.call.branch(epoch)),
    event: epochCommitment(made.branches.event.branch(epoch)),
  }
  const time = startOf({ t0: made.announcement.t0, epochMs: made.policy.epochMs }, epoch) + 250
  return makeTick(made.announcement, { epoch, commitments, time, ...changes }, party("agent").csKey)
}

const secretOf = (name: string): Secret => new Secret(fixed(`generation secret ${name}`))
export const SIG = make("sig", [secretOf("sig")])
/** The second of its scope, as `previous` says. */
export const MAC = make("mac", [secretOf("mac")], {
  generation: NOW + 1_000,
  t0: NOW + 1_000,
  previous: fixed("earlier"),
})
export const DSIG = make("dsig", [secretOf("dsig")])
export const HYBRID = make("hybrid", [secretOf("hybrid")])
export const ATTESTED = make("attested", [secretOf("attested")])

export const hex = (bytes: Uint8Array | undefined): Hex | null => (bytes === undefined ? null : toHex(bytes))
