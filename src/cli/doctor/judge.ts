import { endOf } from "../../certificate/meta.ts"
import type { CertificateChain } from "../../certificate/types.ts"
import type { Deployment } from "../../chain/deployment.ts"
import type { Realm } from "../../chain/registries/realms.ts"
import type { Address } from "../../core/address.ts"
import type { CurveOperations } from "../../core/curves/operations.ts"
import type { ErrorCode } from "../../core/errors.ts"
import type { ListedEntry } from "../../store/keystore.ts"
import type { TrustFacts } from "../../trust/facts.ts"
import { judgeRules } from "../../trust/judge.ts"
import type { RealmCertificates } from "../realm-file.ts"
import { fine, problem, problemOf, warning, type Finding, type Seen } from "./finding.ts"

// Judgement alone: what was seen comes in as values, time too, and nothing is asked here.

/** Chains that make blocks only when there is something to do: the age of their newest says nothing. */
const DEVELOPMENT_CHAINS: ReadonlySet<number> = new Set([1_337, 31_337])
/** Milliseconds: an older newest block is not gone by, and times further apart are refused. Defaults of trust and endpoint. */
const MAX_HEAD_AGE = 60_000
const SKEW = 300_000
/** Milliseconds: clocks that are kept right differ by less. */
const NOTABLE = 30_000
/** Milliseconds before an end to say so. */
const SOON = 7 * 86_400_000

/** @param version as in `process.versions.node` */
export function judgeNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    return problem("node", "session.unsupported", `Node ${version}; expected 20.19 or newer`, "Install a newer Node.")
  if (major < 22)
    return warning("node", `Node ${version}`, "Enough for everything but the embedded chain, which needs Node 22.")
  return fine("node", `Node ${version}`)
}

/** By which library signatures are made and keys agreed on. */
export function judgeCurves(backend: CurveOperations["name"]): Finding {
  const what = `Ed25519 and X25519 by ${backend}`
  if (backend === "node:crypto") return fine("curves", what)
  const advice = "Slower, and as safe. Use a Node whose own cryptography is there and answers test vectors rightly."
  return warning("curves", what, advice)
}

export function judgeDeployment(path: string, seen: Seen<Deployment>): Finding {
  if (!seen.ok) return problemOf("deployment", seen.error)
  const { chainId, realmRegistry } = seen.value
  return fine("deployment", `${path}: chain ${chainId}, realm registry ${realmRegistry}`)
}

/** Only who issues identities needs the file. */
export function judgeRealmFile(path: string, seen: Seen<RealmCertificates>, deployment: Seen<Deployment>): Finding {
  const check = "realm file"
  if (!seen.ok) {
    if (seen.error.code !== "store.missing") return problemOf(check, seen.error)
    return warning(check, `${path} does not exist`, "Take it from the realm's owner if this machine issues identities.")
  }
  const { chainId, verifyingContract, realm } = seen.value[0]?.certificate ?? {}
  const advice = "Take the file of this realm and deployment, or name another with --realm-file or --deployment."
  if (deployment.ok && BigInt(deployment.value.chainId) !== chainId)
    return problem(
      check,
      "trust.context",
      `${path} is for chain ${chainId}; ${deployment.value.chainId} is deployed to`,
      advice,
    )
  if (deployment.ok && deployment.value.realmRegistry !== verifyingContract)
    return problem(
      check,
      "trust.context",
      `${path} is for registry ${verifyingContract}; expected ${deployment.value.realmRegistry}`,
      advice,
    )
  return fine(check, `${path}: realm ${realm}, ${seen.value.length - 1} operators`)
}

export interface ChainSight {
  readonly chainId: number
  readonly block: bigint
  /** POSIX seconds of the newest block. */
  readonly timestamp: bigint
}

/** @param now POSIX milliseconds */
export function judgeChain(url: string, seen: Seen<ChainSight>, deployment: Seen<Deployment>, now: number): Finding {
  const check = "chain"
  if (!seen.ok) return problemOf(check, seen.error, `Start the node, or name another than ${url} with --rpc.`)
  const { chainId, block, timestamp } = seen.value
  if (deployment.ok && deployment.value.chainId !== chainId)
    return problem(
      check,
      "chain.wrong_chain",
      `${url} is of chain ${chainId}; expected ${deployment.value.chainId} of the deployment`,
      "Name a node of the deployment's chain with --rpc, or another file with --deployment.",
    )
  const age = now - Number(timestamp) * 1_000
  const what = `${url}: chain ${chainId}, block ${block}, ${Math.round(age / 1_000)} s old`
  if (DEVELOPMENT_CHAINS.has(chainId)) return fine(check, `${what} (development)`)
  if (age > MAX_HEAD_AGE)
    return problem(
      check,
      "chain.stale_head",
      `${what}; expected ${MAX_HEAD_AGE / 1_000} s at most`,
      "Use a node that keeps up; compare the machine's clock.",
    )
  return fine(check, what)
}

/** Whether our programs stand at the addresses, byte for byte. */
export function judgeRegistries(seen: Seen<void>): Finding {
  if (!seen.ok) return problemOf("registries", seen.error)
  return fine("registries", "the code of the registries is this version's")
}

/** @param seen nothing where no realm is named */
export function judgeRealm(seen: Seen<Realm> | undefined, known: RealmCertificates | undefined): Finding {
  const check = "realm"
  if (seen === undefined) return warning(check, "none is named", "Name one with --realm or --realm-file.")
  if (!seen.ok) return problemOf(check, seen.error)
  const { realm, policy, root, previousRoot } = seen.value
  const issuer = known?.[0]?.certificate.realm === realm ? known[0].certificate.issuer : root.ca
  if (issuer !== root.ca && issuer !== previousRoot?.ca)
    return problem(
      check,
      "trust.root",
      `the realm file has root ${issuer}; the registry has ${root.ca}`,
      "Take the realm's newest public certificates from its owner.",
    )
  if (issuer !== root.ca)
    return warning(
      check,
      `realm ${realm}: the root is rotated from ${issuer} to ${root.ca}`,
      "Take the realm's newest public certificates, and issue identities again before the overlap ends.",
    )
  return fine(check, `realm ${realm}: ${policy}, root CA ${root.ca}`)
}

/**
 * This machine's clock against others.
 * @param now POSIX milliseconds
 * @param routerTime POSIX milliseconds of the router's answer, where it says a time
 */
export function judgeClock(now: number, chain: Seen<ChainSight>, routerTime: number | undefined): Finding {
  const check = "clock"
  const references: { readonly name: string; readonly ahead: number }[] = []
  if (routerTime !== undefined) references.push({ name: "the router", ahead: now - routerTime })
  if (chain.ok && !DEVELOPMENT_CHAINS.has(chain.value.chainId)) {
    // A block is always a while old: only one from the future tells, or one so old that the node or the clock is wrong.
    const age = now - Number(chain.value.timestamp) * 1_000
    references.push({ name: "the newest block", ahead: age > 0 && age <= MAX_HEAD_AGE ? 0 : age })
  }
  const furthest = references.toSorted((a, b) => Math.abs(b.ahead) - Math.abs(a.ahead))[0]
  if (furthest === undefined)
    return warning(
      check,
      "nothing here says the time",
      "Compare this machine's clock: 5 minutes are allowed to peers'.",
    )
  const { name, ahead } = furthest
  const what = `${Math.round(Math.abs(ahead) / 1_000)} s ${ahead > 0 ? "ahead of" : "behind"} ${name}`
  const advice = "Set the clock right, with NTP best."
  if (Math.abs(ahead) > SKEW) return problem(check, "payload.stale", `${what}; 300 s are allowed between peers`, advice)
  if (Math.abs(ahead) > NOTABLE) return warning(check, what, advice)
  return fine(check, `within ${NOTABLE / 1_000} s of ${references.map((reference) => reference.name).join(" and ")}`)
}

/** The folder, and each entry that cannot be read. */
export function judgeKeystore(path: string, seen: Seen<readonly ListedEntry[]>): Finding[] {
  const check = "keystore"
  if (!seen.ok) {
    const { error } = seen
    if (error.code === "store.missing")
      return [
        warning(check, `${path} does not exist`, "Make a key with `key new`, or name another folder with --keystore."),
      ]
    const advice =
      error.code === "store.mode" ? `chmod 700 ${path}; if others could read it, replace its keys.` : undefined
    return [problemOf(check, error, advice)]
  }
  const unreadable = seen.value.flatMap((entry) => (entry.kind === "unreadable" ? [entry] : []))
  const count = (kind: ListedEntry["kind"]): number => seen.value.filter((entry) => entry.kind === kind).length
  return [
    fine(check, `${path}: ${count("key")} keys, ${count("identity")} identities`),
    ...unreadable.map(({ name, problem: code, reason }) => problem(`${check} ${name}`, code, reason, KEYSTORE[code])),
  ]
}

const KEYSTORE: Partial<Record<ErrorCode, string>> = {
  "store.mode": "chmod 600 the file; if others could read it, replace the key.",
  "store.corrupt": "Restore the file from a backup, or make the key or identity again.",
}

/** A machine identity of the keystore, and what the trustroot says of its chain. */
export interface IdentitySight {
  readonly name: string
  /** Ed25519 key that the entry holds, hex without 0x. */
  readonly csPubKey: string
  readonly chain: Seen<CertificateChain>
  readonly facts: Seen<TrustFacts>
}

const ISSUE_AGAIN = "Issue the identity again with `delegate issue --overwrite`."
const IDENTITY: Partial<Record<ErrorCode, string>> = {
  "trust.operator": "Enrol the operator, and have the realm admit it; a revoked operator stays out.",
  "trust.unconfirmed": "Wait for some blocks: the enrolment is newer than the depth that is asked for.",
  "trust.unknown_realm": "Compare the deployment file with the one that the identity was issued under.",
  "trust.context": "Compare the deployment file with the one that the identity was issued under.",
}

/** @param now POSIX milliseconds */
export function judgeIdentity({ name, csPubKey, chain, facts }: IdentitySight, now: number): Finding {
  const check = `identity ${name}`
  if (!chain.ok) return problemOf(check, chain.error, ISSUE_AGAIN)
  const first = chain.value[0]?.certificate
  if (first?.kind === "delegate" && first.csPubKey !== `0x${csPubKey}`)
    return problem(
      check,
      "trust.possession",
      `its certificate names key ${first.csPubKey}; it holds 0x${csPubKey}`,
      ISSUE_AGAIN,
    )
  const broken = facts.ok
    ? judgeRules(chain.value, facts.value, { now, skew: SKEW }).find(({ refusal }) => refusal !== undefined)
    : undefined
  if (broken?.refusal !== undefined) {
    const { code, reason } = broken.refusal
    return problem(check, code, `${broken.rule}: ${reason}`, IDENTITY[code] ?? ISSUE_AGAIN)
  }
  const ends = facts.ok
    ? facts.value.certificates.map(({ notAfter }) => notAfter)
    : chain.value.map(({ certificate }) => endOf(certificate.meta))
  const end = ends.filter((at) => at > 0n).toSorted((a, b) => Number(a - b))[0]
  const left = end === undefined ? Number.POSITIVE_INFINITY : Number(end) * 1_000 - now
  if (left <= 0) return problem(check, "trust.expired", `a certificate ended ${daysOf(-left)} ago`, ISSUE_AGAIN)
  if (!facts.ok)
    return warning(
      check,
      `not judged: ${facts.error.message}`,
      "Look again when the chain and the registries are there.",
    )
  if (left < SOON) return warning(check, `passes every rule; a certificate ends in ${daysOf(left)}`, ISSUE_AGAIN)
  return fine(check, `passes every rule${end === undefined ? "" : `; ends in ${daysOf(left)}`}`)
}

/** The realm that a chain is for. */
export function realmOfChain(chain: CertificateChain): Address | undefined {
  return chain.flatMap(({ certificate }) => (certificate.kind === "authority" ? [certificate.realm] : []))[0]
}

function daysOf(milliseconds: number): string {
  const days = milliseconds / 86_400_000
  return days >= 1 ? `${Math.floor(days)} days` : `${Math.floor(days * 24)} hours`
}
