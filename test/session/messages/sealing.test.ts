import { strict as assert } from "node:assert"
import { toHex, type Hex } from "../../../src/core/bytes.ts"
import type { ErrorCode } from "../../../src/core/errors.ts"
import type { Announcement } from "../../../src/keys/announcement.ts"
import type { Keyring } from "../../../src/keys/keyring.ts"
import type { Member } from "../../../src/keys/member.ts"
import type { PassthruMessage } from "../../../src/payload/attributes.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { ReplayWindows } from "../../../src/session/messages/replay.ts"
import type { Opened, Sealed } from "../../../src/session/messages/sealing.ts"
import { UnknownSender } from "../../../src/session/messages/signed.ts"
import { flipped, refuses } from "../../arbitrary.ts"
import { announcementOf, countedRandom, memberOf, openIn, ringOf, sealIn, selfOf } from "../../keys/parties.ts"
import { named, NOW, party } from "../../trust/chains.ts"

const URI = "com.example.pump"
const SKEW = 300_000
const [caller, callee] = [selfOf("caller"), selfOf("callee")]
const ANNOUNCEMENT = announcementOf("agent")

function withMembers(ring: Keyring): Keyring {
  for (const member of [memberOf("caller", "caller"), memberOf("callee", "callee"), memberOf("other", "caller")]) {
    ring.members.add(member)
  }
  return ring
}

const callerRing = withMembers(ringOf("caller", "write", { announcement: ANNOUNCEMENT }))
const calleeRing = withMembers(ringOf("callee", "read", { announcement: ANNOUNCEMENT }))
const random = countedRandom("nonces")
let sequence = 0

type SealChanges = Partial<Parameters<typeof sealIn>[2]>
type OpenOptions = Parameters<typeof openIn>[2] & { readonly ring: Keyring }

function request(changes: SealChanges = {}): Sealed {
  return sealIn(
    callerRing,
    { args: ["on", 5n ** 25n], kwargs: { fast: true } },
    {
      kind: KIND.call,
      uri: URI,
      owner: "caller",
      instance: caller.instance,
      sequence: sequence++,
      now: NOW,
      random,
      ...changes,
    },
  )
}
function reply(to: Sealed, kind: typeof KIND.result | typeof KIND.error, changes: SealChanges = {}): Sealed {
  const key = { ...calleeRing.answerKey(party("caller").csPubKey, kind, URI, 0), ring: calleeRing }
  const place = { correlation: to.correlation, ...(kind === KIND.error ? { error: "com.example.error.dry" } : {}) }
  return sealIn(
    calleeRing,
    { args: ["done"], kwargs: {} },
    {
      kind,
      uri: URI,
      owner: "callee",
      key,
      instance: callee.instance,
      ...place,
      sequence: sequence++,
      now: NOW,
      random,
      ...changes,
    },
  )
}
const open = (message: PassthruMessage, { ring, ...options }: OpenOptions): Opened<Member> =>
  openIn(ring, message, options)
const atCallee = (changes: Partial<OpenOptions> = {}): OpenOptions => ({
  kind: KIND.call,
  uri: URI,
  ring: calleeRing,
  now: NOW,
  skew: SKEW,
  replay: new ReplayWindows(),
  self: callee.instance,
  ...changes,
})
const atCaller = (
  to: Sealed,
  kind: typeof KIND.result | typeof KIND.error,
  changes: Partial<OpenOptions> = {},
): OpenOptions =>
  atCallee({
    kind,
    ring: callerRing,
    self: caller.instance,
    correlation: to.correlation,
    ...(kind === KIND.error ? { error: "com.example.error.dry" } : {}),
    ...changes,
  })

/** The same keys' announcement, as if its agent were of another realm. */
function announcementIn(realm: Hex): Announcement {
  return { ...ANNOUNCEMENT, agent: { ...ANNOUNCEMENT.agent, realm } }
}

describe("session: sealing", () => {
  it("brings arguments, sender and correlation across", () => {
    const sealed = request()
    const opened = open(sealed, atCallee())
    assert.deepEqual(opened.args, ["on", 5n ** 25n])
    assert.deepEqual(opened.kwargs, { fast: true })
    assert.equal(opened.sender.instance, caller.instance)
    assert.equal(opened.sender.delegate.csPubKey, party("caller").csPubKey)
    assert.equal(toHex(opened.correlation), toHex(sealed.correlation))
    assert.equal(opened.time, NOW)
    for (const kind of [KIND.result, KIND.error] as const) {
      const answer = open(reply(sealed, kind), atCaller(sealed, kind))
      assert.deepEqual([answer.args, answer.sender.instance], [["done"], callee.instance])
    }
  })

  it("never seals the same bytes twice", () => {
    assert.notEqual(toHex(request().payload), toHex(request().payload))
  })

  it("opens nothing of which any bit was changed", () => {
    const { attributes, payload } = request()
    for (let bit = 0; bit < payload.length * 8; bit += 5) {
      refuses(() => open({ attributes, payload: flipped(payload, bit) }, atCallee()), "payload.decrypt_failed")
    }
  })

  const asResult = request()
  const ringWith = (announcement: Announcement): Keyring => withMembers(ringOf("callee", "read", { announcement }))
  const other = selfOf("other")
  const stranger = selfOf("stranger")
  const cases: readonly [string, ErrorCode, () => unknown][] = [
    ["another URI", "keys.unknown_key", () => open(request(), atCallee({ uri: `${URI}s` }))],
    ["another kind", "keys.unknown_key", () => open(request(), atCallee({ kind: KIND.event }))],
    ["a request as a result", "keys.unknown_key", () => open(request(), atCaller(asResult, KIND.result))],
    [
      "a result as an error",
      "keys.unknown_key",
      () => open(reply(asResult, KIND.result), atCaller(asResult, KIND.error)),
    ],
    [
      "another realm",
      "keys.unknown_key",
      () => open(request(), atCallee({ ring: ringWith(announcementIn(named("other"))) })),
    ],
    [
      "another generation of equal secrets",
      "keys.unknown_key",
      () => open(request(), atCallee({ ring: ringWith(announcementOf("agent", { generation: 1 })) })),
    ],
    [
      "another caller's request",
      "payload.context",
      () => open(request({ instance: other.instance, csKey: other.csKey }), atCallee()),
    ],
    ["a caller that names another", "payload.context", () => open(request({ instance: other.instance }), atCallee())],
    ["a request signed by another", "payload.signature", () => open(request({ csKey: other.csKey }), atCallee())],
    [
      "a result signed by another",
      "payload.signature",
      () => open(reply(asResult, KIND.result, { csKey: other.csKey }), atCaller(asResult, KIND.result)),
    ],
    ["a sender nobody knows", "keys.unknown_key", () => open(request({ instance: stranger.instance }), atCallee())],
    [
      "another request's result",
      "payload.context",
      () => open(reply(request(), KIND.result), atCaller(asResult, KIND.result)),
    ],
    [
      "a result without correlation",
      "payload.context",
      () => open(reply({ ...asResult, correlation: new Uint8Array(16) }, KIND.result), atCaller(asResult, KIND.result)),
    ],
    [
      "a request with correlation",
      "payload.context",
      () => open(request({ correlation: new Uint8Array(16) }), atCallee()),
    ],
    [
      "another error URI",
      "payload.context",
      () => open(reply(asResult, KIND.error), atCaller(asResult, KIND.error, { error: "com.example.error.wet" })),
    ],
    [
      "a request with an error URI",
      "payload.context",
      () => open(request({ correlation: new Uint8Array(16), error: "e" }), atCallee()),
    ],
    ["a reflection", "payload.context", () => open(request(), atCallee({ self: caller.instance }))],
    ["a message too old", "payload.stale", () => open(request(), atCallee({ now: NOW + SKEW + 1 }))],
    ["a message too far ahead", "payload.stale", () => open(request(), atCallee({ now: NOW - SKEW - 1 }))],
    [
      "a key id that is not held",
      "keys.unknown_key",
      () => open({ ...request(), attributes: { ...request().attributes, ppt_keyid: named("key") } }, atCallee()),
    ],
    [
      "another key's id",
      "payload.decrypt_failed",
      () =>
        open(
          {
            ...request(),
            attributes: {
              ...request().attributes,
              ppt_keyid: calleeRing.answerKey(party("other").csPubKey, KIND.call, URI, 0).keyId,
            },
          },
          atCallee(),
        ),
    ],
    [
      "a foreign cipher",
      "payload.attributes",
      () => open({ ...request(), attributes: { ...request().attributes, ppt_cipher: "none" } }, atCallee()),
    ],
    ["no attributes", "payload.attributes", () => open({ ...request(), attributes: {} }, atCallee())],
  ]
  for (const [name, code, work] of cases) {
    it(`refuses ${name}`, () => {
      refuses(work, code)
    })
  }

  it("takes messages within the skew", () => {
    for (const now of [NOW - SKEW, NOW + SKEW]) assert.ok(open(request(), atCallee({ now })))
  })

  it("tells an unknown sender from an unknown key", () => {
    assert.ok(
      refuses(() => open(request({ instance: stranger.instance }), atCallee()), "keys.unknown_key") instanceof
        UnknownSender,
    )
  })

  it("takes a message once, and out of order", () => {
    const replay = new ReplayWindows()
    const [first, second] = [request(), request()]
    assert.ok(open(second, atCallee({ replay })))
    assert.ok(open(first, atCallee({ replay })))
    for (const message of [first, second]) refuses(() => open(message, atCallee({ replay })), "payload.replay")
  })

  it("does not let a refused message spend its sequence", () => {
    const replay = new ReplayWindows()
    const good = request({ sequence: 7_000 })
    const forged = request({ sequence: 7_000, csKey: other.csKey })
    refuses(() => open(forged, atCallee({ replay })), "payload.signature")
    refuses(() => open(good, atCallee({ replay, now: NOW + SKEW + 1 })), "payload.stale")
    assert.ok(open(good, atCallee({ replay })))
  })

  it("lets no other caller read a call or its answer", () => {
    const ring = withMembers(ringOf("other", "write", { announcement: ANNOUNCEMENT }))
    const self: Hex = other.instance
    refuses(() => open(request(), atCallee({ ring, self })), "keys.unknown_key")
    refuses(
      () => open(reply(asResult, KIND.result), { ...atCaller(asResult, KIND.result), ring, self }),
      "keys.unknown_key",
    )
  })
}).timeout(20_000)
