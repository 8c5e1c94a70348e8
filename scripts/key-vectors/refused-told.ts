// Packages, announcements, ticks and policies that have to be refused.
import { concatBytes, toHex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { Secret } from "../../src/core/secret.ts"
import { makeKeyPackage } from "../../src/keys/key-package.ts"
import { signPolicy } from "../../src/keys/policy.ts"
import { ownKeyPackage } from "../../src/session/context.ts"
import { contextOf, selfOf } from "../../test/keys/parties.ts"
import { named, NOW, party, REALM } from "../../test/trust/chains.ts"
import { bytesOf, edited, flipped, longer, SKEW, type Fields, type Refused } from "./edit.ts"
import { FORKED, FORKED_TICK, LATER } from "./evidence.ts"
import { fixed, make, OWNER, scopeOf, SIG, tickOf } from "./scene.ts"

const callee = selfOf("callee")
const PACKAGE = ownKeyPackage(contextOf("callee"))
const packageCase = (name: string, code: ErrorCode, bytes: Uint8Array, more: object = {}): Refused => ({
  name: `package: ${name}`,
  what: "package",
  code,
  bytes: toHex(bytes),
  party: "callee",
  now: NOW,
  ...more,
})
const resigned = (change: (fields: Fields) => void): Uint8Array => edited(PACKAGE, change, "wek1 kp", callee.csKey)
const withX = (x: Uint8Array): Uint8Array =>
  makeKeyPackage(
    {
      realm: REALM,
      principal: callee.address,
      x,
      notBefore: NOW,
      notAfter: NOW + 1,
      roles: new Set(["callee"]),
      certificates: callee.chain,
    },
    callee.csKey,
  )
export const packages: Refused[] = [
  packageCase("a byte of its signature is another", "keys.package_signature", flipped(PACKAGE, -1)),
  packageCase(
    "its x is another",
    "keys.package_signature",
    edited(PACKAGE, (f) => void (f[4] = fixed("other x"))),
  ),
  packageCase(
    "signed under another label",
    "keys.package_signature",
    edited(PACKAGE, () => undefined, "wek1 ann", callee.csKey),
  ),
  packageCase(
    "version 2",
    "keys.package_malformed",
    resigned((f) => void (f[0] = 2)),
  ),
  packageCase(
    "no role",
    "keys.package_malformed",
    resigned((f) => void (f[7] = 0)),
  ),
  packageCase(
    "a role that there is not",
    "keys.package_malformed",
    resigned((f) => void (f[7] = 32)),
  ),
  packageCase(
    "for more than 24 hours",
    "keys.package_malformed",
    resigned((f) => void (f[6] = NOW + 86_400_001)),
  ),
  packageCase(
    "for no time",
    "keys.package_malformed",
    resigned((f) => void (f[6] = NOW)),
  ),
  packageCase(
    "no certificates",
    "keys.package_malformed",
    resigned((f) => void (f[8] = [])),
  ),
  packageCase("in a longer form", "keys.package_malformed", longer(PACKAGE)),
  packageCase("a byte after it", "keys.package_malformed", concatBytes(PACKAGE, Uint8Array.of(0))),
  packageCase(
    "names another principal",
    "keys.package_mismatch",
    resigned((f) => void (f[2] = bytesOf(party("other").address))),
  ),
  packageCase(
    "names another realm",
    "keys.package_mismatch",
    resigned((f) => void (f[1] = bytesOf(named("other realm")))),
  ),
  packageCase(
    "refers to another chain",
    "keys.package_mismatch",
    resigned((f) => void (f[8] = fixed("other chain"))),
  ),
  packageCase("comes with another's certificate", "keys.package_mismatch", PACKAGE, { party: "caller" }),
  packageCase("is over", "keys.package_expired", PACKAGE, { now: NOW + 82_800_000 + SKEW }),
  packageCase("is of the future", "keys.package_expired", PACKAGE, { now: NOW - SKEW - 1 }),
  ...[new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31))].map((x, i) =>
    packageCase(`x of low order, ${i}`, "keys.agreement", withX(x)),
  ),
]

/** What a member says that has keys of generation `after` and sees it. */
const announced = (name: string, code: ErrorCode, bytes: Uint8Array, more: object = {}): Refused => ({
  name: `announcement: ${name}`,
  what: "announcement",
  code,
  bytes: toHex(bytes),
  after: "sig",
  now: NOW + 60_500,
  ...more,
})
const ANN = SIG.announcement.bytes
const announcedBy = (change: (fields: Fields) => void): Uint8Array =>
  edited(ANN, change, "wek1 ann", party("agent").csKey)
export const announcements: Refused[] = [
  announced("a byte of its signature is another", "keys.announcement", flipped(ANN, -1)),
  announced(
    "another commitment",
    "keys.announcement",
    edited(ANN, (f) => void (f[5] = fixed("other"))),
  ),
  announced(
    "signed by another",
    "keys.announcement",
    edited(ANN, () => undefined, "wek1 ann", party("other").csKey),
  ),
  announced(
    "version 2",
    "keys.announcement",
    announcedBy((f) => void (f[0] = 2)),
  ),
  announced(
    "a field is missing",
    "keys.announcement",
    announcedBy((f) => void f.splice(7, 1)),
  ),
  announced(
    "its package is signed by another",
    "keys.package_signature",
    announcedBy((f) => void (f[8] = flipped(f[8] as Uint8Array, -1))),
  ),
  announced("of another scope", "keys.announcement", make("dsig", [new Secret(fixed("s"))]).announcement.bytes),
  announced(
    "of another policy",
    "keys.policy",
    make("hybrid", [new Secret(fixed("s"))], { generation: NOW + 1 }).announcement.bytes,
  ),
  announced(
    "from the future",
    "keys.announcement",
    make("sig", SIG.secrets, { generation: NOW + 60_500 + SKEW + 1 }).announcement.bytes,
  ),
  announced(
    "t0 in the future",
    "keys.announcement",
    make("sig", SIG.secrets, { t0: NOW + 60_500 + SKEW + 1 }).announcement.bytes,
  ),
  announced(
    "of the generation before",
    "keys.rollback",
    make("sig", SIG.secrets, { generation: NOW - 1 }).announcement.bytes,
  ),
  announced("of the same generation", "keys.forked", FORKED.announcement.bytes),
]

const tick = (name: string, code: ErrorCode, bytes: Uint8Array, more: object = {}): Refused => ({
  name: `tick: ${name}`,
  what: "tick",
  code,
  bytes: toHex(bytes),
  generation: "sig",
  known: 1,
  now: NOW + 60_500,
  ...more,
})
const TICK = tickOf(SIG, 2).bytes
export const ticks: Refused[] = [
  tick("a byte of its signature is another", "keys.tick", flipped(TICK, -1)),
  tick(
    "signed by a member",
    "keys.tick",
    edited(TICK, () => undefined, "wek1 tick", party("caller").csKey),
  ),
  tick("of another announcement", "keys.tick", tickOf(FORKED, 2).bytes),
  tick("of another generation", "keys.tick", tickOf(LATER, 2).bytes),
  tick("of another scope", "keys.tick", tickOf(make("dsig", SIG.secrets), 2).bytes),
  tick(
    "one commitment alone",
    "keys.tick",
    edited(TICK, (f) => void (f[5] = [fixed("c")]), "wek1 tick", party("agent").csKey),
  ),
  tick(
    "of an epoch that is none",
    "keys.tick",
    edited(TICK, (f) => void (f[3] = 5), "wek1 tick", party("agent").csKey),
  ),
  tick("of an epoch too far ahead", "keys.tick", TICK, { now: NOW + 120_000 - SKEW - 251 }),
  tick("made too far ahead", "keys.tick", tickOf(SIG, 2, { time: NOW + 60_500 + SKEW + 1 }).bytes),
  tick("contradicts the one of its epoch", "keys.forked", FORKED_TICK.bytes),
]

const { policy, signed } = scopeOf("mac")
const signature = signed?.signature ?? "0x"
const policyCase = (name: string, given: string, owner: string = OWNER.address): Refused => ({
  name: `policy: ${name}`,
  what: "policy",
  code: "keys.policy",
  policy: "mac",
  signature: given,
  owner,
})
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const highS = (): string => {
  const s = N - BigInt(`0x${signature.slice(66, 130)}`)
  return `${signature.slice(0, 66)}${s.toString(16).padStart(64, "0")}${signature.endsWith("1b") ? "1c" : "1b"}`
}
export const policies: Refused[] = [
  policyCase("a byte of the signature is another", toHex(flipped(bytesOf(signature), 40))),
  policyCase("signed by another", signPolicy({ ...policy, serial: 7 }, party("other").key).signature),
  policyCase("signed for another serial", signPolicy({ ...policy, serial: 8 }, OWNER.key).signature),
  policyCase("another owner is expected", signature, party("other").address),
  policyCase("s is high", highS()),
  policyCase("v is 0 or 1", `${signature.slice(0, 130)}0${signature.endsWith("1b") ? 0 : 1}`),
]
