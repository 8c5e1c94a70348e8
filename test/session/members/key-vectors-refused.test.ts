import type { Hex } from "../../../src/core/bytes.ts"
import { Secret } from "../../../src/core/secret.ts"
import { parseAnnouncement } from "../../../src/keys/announcement.ts"
import { parseShown, readGranted } from "../../../src/keys/evidence-channel.ts"
import { readAnswer, readReply, readRequest } from "../../../src/keys/grant.ts"
import { checkKeyPackage, parseKeyPackage } from "../../../src/keys/key-package.ts"
import { openPolicy } from "../../../src/keys/policy.ts"
import type { Branch, Role } from "../../../src/keys/roles.ts"
import { parseTick } from "../../../src/keys/tick.ts"
import { announcedRekeys } from "../../../src/keys/tree/rekey.ts"
import { TreePath } from "../../../src/keys/tree/tree-path.ts"
import { decodeCbor, encodeCbor } from "../../../src/payload/cbor.ts"
import { Announced } from "../../../src/session/members/announced.ts"
import type { SessionContext } from "../../../src/session/context.ts"
import { Generation } from "../../../src/session/members/generation.ts"
import { judge } from "../../../src/session/messages/judge.ts"
import { ReplayWindows } from "../../../src/session/messages/replay.ts"
import { takeRing } from "../../../src/session/members/taking.ts"
import { parseScopes } from "../../../src/session/scope.ts"
import type { ErrorCode } from "../../../src/core/errors.ts"
import { rejects } from "../../arbitrary.ts"
import { memberOf, selfOf } from "../../keys/parties.ts"
import {
  askedOf,
  askingOf,
  bytes,
  generationNamed,
  openAt,
  pendingOf,
  placeNamed,
  policyNamed,
  vectors,
  waitingOf,
  type DescribedGrant,
  type Place,
  type Refused,
  type Showing,
} from "./key-vectors.ts"

const SKEW = 300_000
const SHOWING = vectors.showings[0] as Showing

/** Who refuses what, and what it has to go by. */
const READERS: Readonly<Record<string, (given: Refused) => unknown>> = {
  package: ({ bytes: given, party, now }) =>
    checkKeyPackage(parseKeyPackage(bytes(given)), memberOf(String(party)).delegate, Number(now), SKEW),
  announcement: ({ bytes: given, after, now }) => {
    const memory = { load: async () => undefined, save: async () => undefined }
    const context = { clock: () => Number(now), skewMs: SKEW, memory } as unknown as SessionContext
    const announced = new Announced(context, "com.example.", placeNamed(String(after)), () => undefined)
    announced.adopt(generationNamed(String(after)).parsed, () => undefined)
    announced.compare(parseAnnouncement(bytes(given)))
  },
  tick: ({ bytes: given, generation: name, known, now }) => {
    const { parsed, epochs, policy } = generationNamed(String(name))
    const newest = parseTick(bytes(epochs[Number(known)]?.tick), parsed)
    new Generation(parsed, newest, policy).confirm(parseTick(bytes(given), parsed), Number(now), SKEW)
  },
  policy: ({ policy, signature, owner }) =>
    openPolicy({ policy: policyNamed(String(policy)), signature: signature as Hex }, owner as never),
  request: ({ bytes: given, generation }) =>
    readRequest(bytes(given), placeNamed(String(generation)), selfOf("agent").x, (length) =>
      new Uint8Array(length).fill(1),
    ),
  answer: ({ grant: name, bytes: given, items }) => {
    const grant = vectors.grants.find((one) => one.name === name) as DescribedGrant
    const list = decodeCbor(bytes(grant.answer)) as unknown[]
    const answer = given === undefined ? encodeCbor((items as number[]).map((at) => list[at])) : bytes(given)
    readAnswer(answer, pendingOf(grant))
  },
  grant: async ({ generation: name, role, epoch, secrets, tick }) => {
    const { parsed, policy } = generationNamed(String(name))
    const [scope] = parseScopes([{ uri: policy.uri, match: policy.match }])
    const grant = {
      announcement: parsed.bytes,
      tick: bytes(tick),
      instance: selfOf("agent").instance,
      epoch: Number(epoch),
      secrets: (secrets as Hex[]).map((secret) => new Secret(bytes(secret))),
      members: [],
    }
    const taken = {
      role: role as Role,
      grant,
      announcement: parsed,
      tick: parseTick(bytes(tick), parsed),
      agent: memberOf("agent"),
    }
    await takeRing({ self: selfOf("callee") } as unknown as SessionContext, scope as never, policy, taken)
  },
  reply: ({ bytes: given }) => readReply(bytes(given), askingOf(SHOWING)),
  shown: async ({ bytes: given }) => parseShown(bytes(given))?.open(await waitingOf(SHOWING)),
  "second answer": ({ bytes: given }) => readGranted(bytes(given), askedOf(SHOWING).channel),
  rekey: ({ rekeys, path, branch, before, announcement }) => {
    const parsed = parseAnnouncement(bytes(announcement))
    const held = new TreePath(bytes(path), { scope: parsed.scope, branch: branch as Branch }, Number(before))
    held.open(announcedRekeys(bytes(rekeys), parsed)[branch as Branch] as never)
  },
  message: ({ attributes, payload, place }) => {
    const replay = new ReplayWindows()
    const at = place as Place
    for (let i = 0; i < at.times; i++) openAt({ attributes, payload }, at, replay)
  },
  evidence: ({ bytes: given }) => judge(bytes(given)),
}

describe("vectors of key distribution: what is refused", function () {
  this.timeout(30_000)
  for (const refused of vectors.refused)
    it(`${refused.name}: ${refused.code}`, async () => {
      const read = READERS[refused.what] as (given: Refused) => unknown
      await rejects((async () => void (await read(refused)))(), refused.code as ErrorCode)
    })
})
