// What receivers can show to others.
import { toHex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { epochCommitment } from "../../src/keys/schedule.ts"
import { encodeForkEvidence } from "../../src/session/messages/evidence.ts"
import { openGranted } from "../../src/session/messages/signed.ts"
import { KIND } from "../../src/payload/frame.ts"
import { ReplayWindows } from "../../src/session/messages/replay.ts"
import { memberOf } from "../../test/keys/parties.ts"
import { NOW } from "../../test/trust/chains.ts"
import { caseNamed, keyOf, messageNamed, timeOf } from "./messages.ts"
import { fixed, make, SIG, tickOf } from "./scene.ts"

/** As whoever opened it makes it. */
export function evidenceOf(name: string): Uint8Array {
  const one = caseNamed(name)
  const key = keyOf(one)
  key.ring.members.add(memberOf("caller", "caller"))
  key.ring.members.add(memberOf("callee", "callee"))
  key.ring.members.add(memberOf("publisher", "publisher"))
  const opened = openGranted(messageNamed(name), {
    kind: KIND[one.kind],
    uri: one.uri,
    mode: "sig",
    profile: SIG.profile,
    find: () => key,
    now: timeOf(one),
    skew: 0,
    replay: new ReplayWindows(),
    self: "0x0000000000000000",
    ...(one.answers === undefined ? {} : { correlation: messageNamed(one.answers).correlation }),
  })
  if (opened.evidence === undefined) throw new Error(`no evidence of ${name}`)
  return opened.evidence()
}

const OTHER = make("sig", [new Secret(fixed("generation secret of a fork"))])
const forked = tickOf(SIG, 1, {
  commitments: {
    call: epochCommitment(OTHER.branches.call.branch(1)),
    event: epochCommitment(OTHER.branches.event.branch(1)),
  },
})
export const FORK = encodeForkEvidence(SIG.announcement.bytes, [OTHER.announcement.bytes])
export const TICKS = encodeForkEvidence(SIG.announcement.bytes, [tickOf(SIG, 1).bytes, forked.bytes])
/** Both of one agent and number, under other hashes. */
export { forked as FORKED_TICK, OTHER as FORKED }
export const LATER = make("sig", [new Secret(fixed("generation secret of a later one"))], {
  generation: NOW + 1,
  t0: NOW + 1,
})

export const evidence = [
  ...["sig call", "sig result", "sig error", "sig event"].map((name) => ({ name, bytes: toHex(evidenceOf(name)) })),
  { name: "two announcements", bytes: toHex(FORK) },
  { name: "two ticks", bytes: toHex(TICKS) },
]
