import assert from "node:assert/strict"
import * as fc from "fast-check"
import { parseMessage, ProtocolViolation } from "../../src/router/messages.ts"
import type { RealmMessage } from "../../src/router/messages.ts"
import { makePeer, type Peer } from "../../src/router/peer.ts"
import { Realm } from "../../src/router/realm.ts"
import { Bench, peer, rows } from "./peers.ts"

const CALL = 48
const CANCEL = 49
const REGISTER = 64
const YIELD = 70
const PPT = { ppt_scheme: "wamp", ppt_serializer: "cbor", ppt_cipher: "x", ppt_keyid: "0x1" }
const ALL = undefined
const ALL_BUT_PPT = ["progressive_call_results", "progressive_call_invocations", "call_canceling", "call_timeout"]

/** A caller 1 and a callee 2 that registered `p` as registration 1. */
function pair(callerFeatures?: string[], calleeFeatures?: string[], options: object = {}) {
  const bench = new Bench()
  const [caller, callee] = [peer(1, callerFeatures), peer(2, calleeFeatures)]
  assert.deepEqual(bench.send(callee, REGISTER, 1, options, "p"), [[2, 65, 1, 1]])
  return { bench, caller, callee }
}

const canceled = (request: number, ...why: string[]) => [
  1,
  8,
  CALL,
  request,
  {},
  "wamp.error.canceled",
  ...why.map((one) => [one]),
]

describe("router: dealer", () => {
  it("carries a call to its callee and the result back, payloads untouched", () => {
    const { bench, caller, callee } = pair()
    const args = [new Uint8Array([1])]
    const invocation = bench.send(caller, CALL, 1, {}, "p", args, { k: 1 })
    assert.deepEqual(invocation, [[2, 68, 1, 1, {}, [new Uint8Array([1])], { k: 1 }]])
    assert.equal(invocation[0]?.[5], args)
    assert.deepEqual(bench.send(callee, YIELD, 1, { other: 1 }, [], { r: 2 }), [[1, 50, 1, {}, [], { r: 2 }]])
    assert.deepEqual(bench.send(callee, YIELD, 1, {}), [])
  })

  it("carries an error back with its details", () => {
    const { bench, caller, callee } = pair()
    bench.send(caller, CALL, 1, {}, "p")
    const error = bench.send(callee, 8, 68, 1, { why: "x" }, "com.error", [1], { k: 2 })
    assert.deepEqual(error, [[1, 8, CALL, 1, { why: "x" }, "com.error", [1], { k: 2 }]])
  })

  it("numbers invocations from 1 for each callee, calls for each caller", () => {
    const { bench, caller, callee } = pair()
    const other = peer(3)
    bench.send(caller, CALL, 1, {}, "p")
    assert.deepEqual(bench.send(other, CALL, 1, {}, "p"), [[2, 68, 2, 1, {}]])
    assert.deepEqual(bench.send(callee, YIELD, 2, {}), [[3, 50, 1, {}]])
    assert.deepEqual(bench.send(callee, YIELD, 1, {}), [[1, 50, 1, {}]])
  })

  it("refuses calls nobody answers, and calls of what is no URI", () => {
    const { bench, caller } = pair()
    const answer = (request: number, procedure: string) => bench.send(caller, CALL, request, {}, procedure)[0]?.[5]
    assert.equal(answer(1, "q"), "wamp.error.no_such_procedure")
    assert.equal(answer(2, "wamp.session.count"), "wamp.error.no_such_procedure")
    for (const [i, uri] of ["", "a..b", "a b"].entries()) assert.equal(answer(3 + i, uri), "wamp.error.invalid_uri")
  })

  it("registers patterns, tells their callee the procedure, and lets none take the protocol's own URIs", () => {
    const bench = new Bench()
    const [caller, callee] = [peer(1), peer(2)]
    bench.send(callee, REGISTER, 1, { match: "prefix" }, "a")
    bench.send(callee, REGISTER, 2, { match: "wildcard" }, ".x")
    assert.deepEqual(bench.send(caller, CALL, 1, {}, "a.x"), [[2, 68, 1, 1, { procedure: "a.x" }]])
    assert.deepEqual(bench.send(caller, CALL, 2, {}, "b.x"), [[2, 68, 2, 2, { procedure: "b.x" }]])
    bench.send(callee, REGISTER, 3, { match: "prefix" }, "")
    assert.equal(bench.send(caller, CALL, 3, {}, "wamp.x")[0]?.[5], "wamp.error.no_such_procedure")
    for (const [i, uri] of ["wamp", "wamp.x", "a..b"].entries()) {
      assert.deepEqual(bench.send(callee, REGISTER, 4 + i, {}, uri), [[2, 8, 64, 4 + i, {}, "wamp.error.invalid_uri"]])
    }
  })

  it("unregisters, once", () => {
    const { bench, caller, callee } = pair()
    assert.deepEqual(bench.send(caller, 66, 1, 1), [[1, 8, 66, 1, {}, "wamp.error.no_such_registration"]])
    assert.deepEqual(bench.send(callee, 66, 2, 1), [[2, 67, 2]])
    assert.deepEqual(bench.send(callee, 66, 3, 1), [[2, 8, 66, 3, {}, "wamp.error.no_such_registration"]])
    assert.equal(bench.send(caller, CALL, 2, {}, "p")[0]?.[5], "wamp.error.no_such_procedure")
  })

  it("shares a registration by its policy, and refuses a differing one", () => {
    const expected = { first: [2, 2, 2, 2], last: [4, 4, 4, 4], roundrobin: [2, 3, 4, 2], random: [3, 3, 3, 3] }
    for (const [invoke, order] of Object.entries(expected)) {
      const bench = new Bench(100, () => 0.5)
      const caller = peer(1)
      for (const id of [2, 3, 4]) assert.deepEqual(bench.send(peer(id), REGISTER, 1, { invoke }, "p"), [[id, 65, 1, 1]])
      for (const other of ["single", ...Object.keys(expected)].filter((one) => one !== invoke)) {
        const answer = bench.send(peer(9), REGISTER, 1, { invoke: other }, "p")
        assert.deepEqual(answer, [[9, 8, 64, 1, {}, "wamp.error.procedure_already_exists"]])
      }
      const routed = order.map((_, i) => bench.send(caller, CALL, i + 1, {}, "p")[0]?.[0])
      assert.deepEqual(routed, order, invoke)
    }
    const { bench, callee } = pair()
    const again = [peer(3), callee].map((who) => bench.send(who, REGISTER, 2, { invoke: "single" }, "p")[0]?.[5])
    assert.deepEqual(
      again,
      Array.from({ length: 2 }, () => "wamp.error.procedure_already_exists"),
    )
  })

  it("goes on with the callees that are left", () => {
    const bench = new Bench()
    const [caller, a, b] = [peer(1), peer(2), peer(3)]
    for (const who of [a, b]) bench.send(who, REGISTER, 1, { invoke: "first" }, "p")
    bench.leave(a)
    assert.equal(bench.send(caller, CALL, 1, {}, "p")[0]?.[0], 3)
    assert.deepEqual(bench.leave(b), [canceled(1, "callee left")])
    assert.equal(bench.send(caller, CALL, 2, {}, "p")[0]?.[5], "wamp.error.no_such_procedure")
  })

  it("discloses the caller where caller or callee asks", () => {
    const details = { caller: 1, caller_authid: "user1", caller_authrole: "member" }
    const plain = pair()
    assert.deepEqual(plain.bench.send(plain.caller, CALL, 1, {}, "p")[0]?.[4], {})
    assert.deepEqual(plain.bench.send(plain.caller, CALL, 2, { disclose_me: true }, "p")[0]?.[4], details)
    const asked = pair(ALL, ALL, { disclose_caller: true })
    assert.deepEqual(asked.bench.send(asked.caller, CALL, 1, {}, "p")[0]?.[4], details)
  })

  it("carries progressive results to a caller that asked, and no others", () => {
    const { bench, caller, callee } = pair()
    assert.deepEqual(bench.send(caller, CALL, 1, { receive_progress: true }, "p")[0]?.[4], { receive_progress: true })
    for (const part of [1, 2]) {
      assert.deepEqual(bench.send(callee, YIELD, 1, { progress: true }, [part]), [
        [1, 50, 1, { progress: true }, [part]],
      ])
    }
    assert.deepEqual(bench.send(callee, YIELD, 1, {}, [3]), [[1, 50, 1, {}, [3]]])
    bench.send(caller, CALL, 2, {}, "p")
    assert.deepEqual(bench.send(callee, YIELD, 2, { progress: true }, [1]), [])
    assert.deepEqual(bench.send(callee, YIELD, 2, {}, [2]), [[1, 50, 2, {}, [2]]])
  })

  it("carries progressive invocations to one callee under one number", () => {
    const bench = new Bench()
    const [caller, a, b] = [peer(1), peer(2), peer(3)]
    for (const who of [a, b]) bench.send(who, REGISTER, 1, { invoke: "roundrobin" }, "p")
    const progress = { progress: true }
    assert.deepEqual(bench.send(caller, CALL, 1, progress, "p", [1]), [[2, 68, 1, 1, progress, [1]]])
    assert.equal(bench.send(caller, CALL, 2, {}, "p")[0]?.[0], 3)
    assert.deepEqual(bench.send(caller, CALL, 1, progress, "p", [2]), [[2, 68, 1, 1, progress, [2]]])
    assert.deepEqual(bench.send(caller, CALL, 1, {}, "p", [3]), [[2, 68, 1, 1, {}, [3]]])
    bench.violates(caller, CALL, 1, {}, "p", [4])
    assert.deepEqual(bench.send(a, YIELD, 1, {}), [[1, 50, 1, {}]])
    assert.deepEqual(bench.send(caller, CALL, 1, {}, "p", [5]), [])
    assert.deepEqual(bench.send(caller, CALL, 2, {}, "another"), [])
    bench.violates(caller, CALL, 2, {}, "p")
  })

  it("wants progressive invocations announced, and call canceling by the callee", () => {
    const unannounced = pair([])
    unannounced.bench.violates(unannounced.caller, CALL, 1, { progress: true }, "p")
    for (const features of [[], ["progressive_call_invocations"], ["call_canceling"]]) {
      const { bench, caller } = pair(ALL, features)
      const answer = bench.send(caller, CALL, 1, { progress: true }, "p")
      assert.deepEqual(answer, [[1, 8, CALL, 1, {}, "wamp.error.feature_not_supported"]])
    }
    const other = pair(ALL, ["progressive_call_invocations", "call_cancelling"])
    assert.equal(other.bench.send(other.caller, CALL, 1, { progress: true }, "p")[0]?.[1], 68)
  })

  it("cancels by skip: an error at once, no interrupt, the late answer is dropped", () => {
    const { bench, caller, callee } = pair()
    bench.send(caller, CALL, 1, {}, "p")
    assert.deepEqual(bench.send(caller, CANCEL, 1, { mode: "skip" }), [canceled(1)])
    assert.deepEqual(bench.send(callee, YIELD, 1, {}), [])
    assert.deepEqual(bench.send(caller, CANCEL, 1, { mode: "skip" }), [])
  })

  it("cancels by killnowait, the default: an error at once and an interrupt", () => {
    for (const options of [{}, { mode: "killnowait" }]) {
      const { bench, caller, callee } = pair()
      bench.send(caller, CALL, 1, {}, "p")
      assert.deepEqual(bench.send(caller, CANCEL, 1, options), [canceled(1), [2, 69, 1, { mode: "killnowait" }]])
      assert.deepEqual(bench.send(callee, 8, 68, 1, {}, "wamp.error.canceled"), [])
    }
  })

  it("cancels by kill: an interrupt, then whatever the callee answers", () => {
    for (const answer of [
      [YIELD, 1, {}],
      [8, 68, 1, {}, "wamp.error.canceled"],
    ]) {
      const { bench, caller, callee } = pair()
      bench.send(caller, CALL, 1, {}, "p")
      assert.deepEqual(bench.send(caller, CANCEL, 1, { mode: "kill" }), [[2, 69, 1, { mode: "kill" }]])
      assert.deepEqual(bench.send(caller, CANCEL, 1, { mode: "skip" }), [])
      assert.equal(bench.send(callee, ...answer).length, 1)
      assert.deepEqual(bench.send(callee, ...answer), [])
    }
  })

  it("sends no interrupt to a callee that did not announce call canceling", () => {
    for (const mode of ["skip", "kill", "killnowait"]) {
      const { bench, caller } = pair(ALL, [])
      bench.send(caller, CALL, 1, {}, "p")
      assert.deepEqual(bench.send(caller, CANCEL, 1, { mode }), [canceled(1)])
    }
    const { bench, caller } = pair(ALL, [])
    bench.send(caller, CALL, 1, {}, "p")
    assert.deepEqual(bench.leave(caller), [])
  })

  it("cancels nothing of others", () => {
    const { bench, caller, callee } = pair()
    bench.send(caller, CALL, 1, {}, "p")
    assert.deepEqual(bench.send(peer(3), CANCEL, 1, {}), [])
    assert.equal(bench.send(callee, YIELD, 1, {}).length, 1)
  })

  it("ends a call whose time is up, and counts anew from each progressive result", () => {
    const { bench, caller, callee } = pair()
    bench.send(caller, CALL, 1, { timeout: 100, receive_progress: true }, "p")
    assert.deepEqual(bench.expire(99), [])
    bench.send(callee, YIELD, 1, { progress: true })
    assert.deepEqual(bench.expire(198), [])
    const timeout = [1, 8, CALL, 1, {}, "wamp.error.timeout"]
    assert.deepEqual(bench.expire(199), [timeout, [2, 69, 1, { mode: "killnowait" }]])
    assert.deepEqual(bench.send(callee, YIELD, 1, {}), [])
    assert.equal(bench.realm.hasDeadlines, false)
    bench.send(caller, CALL, 2, { timeout: 0 }, "p")
    assert.equal(bench.realm.hasDeadlines, false)
  })

  it("leaves the time to a callee that asked for it", () => {
    const { bench, caller } = pair(ALL, ALL, { forward_timeout: true })
    assert.deepEqual(bench.send(caller, CALL, 1, { timeout: 100 }, "p")[0]?.[4], { timeout: 100 })
    assert.deepEqual(bench.expire(1000), [])
    const unable = pair(ALL, [], { forward_timeout: true })
    assert.deepEqual(unable.bench.send(unable.caller, CALL, 1, { timeout: 100 }, "p")[0]?.[4], {})
    assert.equal(unable.bench.expire(100).length, 1)
  })

  it("interrupts the callee when the caller leaves, and drops what it still answers", () => {
    const { bench, caller, callee } = pair()
    bench.send(caller, CALL, 1, {}, "p")
    assert.deepEqual(bench.leave(caller), [[2, 69, 1, { mode: "killnowait" }]])
    assert.deepEqual(bench.send(callee, YIELD, 1, {}), [])
  })

  it("tells the caller when the callee leaves", () => {
    const { bench, caller, callee } = pair()
    bench.send(caller, CALL, 1, {}, "p")
    bench.send(caller, CALL, 2, { timeout: 5 }, "p")
    assert.deepEqual(bench.leave(callee), [canceled(1, "callee left"), canceled(2, "callee left")])
    assert.equal(bench.realm.hasDeadlines, false)
  })

  it("aborts a callee that answers what it was never asked", () => {
    const { bench, caller, callee } = pair()
    bench.send(caller, CALL, 1, {}, "p")
    bench.violates(callee, YIELD, 2, {})
    bench.violates(callee, 8, 68, 2, {}, "e")
    bench.violates(peer(3), YIELD, 1, {})
  })

  it("aborts who sends options of a wrong type", () => {
    for (const bad of [
      { timeout: -1 },
      { timeout: 1.5 },
      { timeout: "1" },
      { disclose_me: 1 },
      { receive_progress: 1 },
    ]) {
      const { bench, caller } = pair()
      bench.violates(caller, CALL, 1, bad, "p")
    }
    const { bench, caller, callee } = pair()
    bench.violates(caller, CANCEL, 1, { mode: "abort" })
    for (const bad of [{ invoke: "all" }, { match: "" }, { disclose_caller: 1 }, { forward_timeout: null }]) {
      bench.violates(callee, REGISTER, 2, bad, "q")
    }
  })

  it("bounds registrations and open calls of a session", () => {
    const bench = new Bench(1)
    const [caller, callee] = [peer(1), peer(2)]
    bench.send(callee, REGISTER, 1, {}, "p")
    assert.equal(bench.send(callee, REGISTER, 2, {}, "q")[0]?.[5], "wamp.error.not_authorized")
    bench.send(caller, CALL, 1, {}, "p")
    assert.equal(bench.send(caller, CALL, 2, {}, "p")[0]?.[5], "wamp.error.not_authorized")
    bench.send(callee, YIELD, 1, {})
    assert.equal(bench.send(caller, CALL, 3, {}, "p")[0]?.[1], 68)
  })
})

describe("router: payload passthru mode", () => {
  it("forwards the attributes on INVOCATION, RESULT and ERROR, progressive ones included", () => {
    const { bench, caller, callee } = pair()
    const options = { ...PPT, progress: true, receive_progress: true }
    assert.deepEqual(bench.send(caller, CALL, 1, options, "p", [1])[0]?.[4], options)
    assert.deepEqual(bench.send(caller, CALL, 1, PPT, "p", [1])[0]?.[4], { ...PPT, receive_progress: true })
    const progress = { ...PPT, progress: true }
    assert.deepEqual(bench.send(callee, YIELD, 1, progress, [1]), [[1, 50, 1, progress, [1]]])
    assert.deepEqual(bench.send(callee, YIELD, 1, PPT, [1]), [[1, 50, 1, PPT, [1]]])
    bench.send(caller, CALL, 2, {}, "p")
    assert.deepEqual(bench.send(callee, 8, 68, 2, PPT, "e", [1]), [[1, 8, CALL, 2, PPT, "e", [1]]])
  })

  it("asks for the announcement in the very role: each missing one has the outcome that the chapter gives it", () => {
    const roles = ["caller", "callee", "publisher", "subscriber"] as const
    /** Announces the mode in every role but one. */
    const lacking = (id: number, role?: (typeof roles)[number]): Peer =>
      makePeer(
        id,
        { authid: `user${id}`, authrole: "member", authmethod: "test" },
        {
          roles: Object.fromEntries(roles.map((one) => [one, { features: { payload_passthru_mode: one !== role } }])),
        },
      )
    const set = (without?: (typeof roles)[number]) => {
      const bench = new Bench()
      const [near, far] = [lacking(1, without), lacking(2, without)]
      bench.send(far, REGISTER, 1, {}, "p")
      bench.send(far, 32, 2, {}, "t")
      return { bench, near, far }
    }
    const unsupported = "wamp.error.feature_not_supported"
    {
      const { bench, near } = set("caller")
      bench.violates(near, CALL, 1, PPT, "p")
      assert.equal(bench.send(near, 16, 2, PPT, "t")[0]?.[1], 36)
    }
    {
      const { bench, near } = set("publisher")
      bench.violates(near, 16, 1, PPT, "t")
      assert.equal(bench.send(near, CALL, 2, PPT, "p")[0]?.[1], 68)
    }
    {
      const { bench, near } = set("callee")
      assert.deepEqual(bench.send(near, CALL, 1, PPT, "p"), [[1, 8, CALL, 1, {}, unsupported]])
    }
    for (const answer of [
      [YIELD, 1, PPT],
      [YIELD, 1, { ...PPT, progress: true }],
      [8, 68, 1, PPT, "e"],
    ]) {
      const { bench, near, far } = set("callee")
      bench.send(near, CALL, 1, {}, "p")
      bench.violates(far, ...answer)
      const other = set("caller")
      other.bench.send(other.near, CALL, 1, { receive_progress: true }, "p")
      const told = [1, 8, CALL, 1, {}, unsupported]
      const callee = answer[0] === YIELD ? [[2, 8, YIELD, 1, {}, unsupported]] : []
      assert.deepEqual(other.bench.send(other.far, ...answer), [...callee, told])
    }
    {
      // Nobody could be told: the subscriber has to cope.
      const { bench, near } = set("subscriber")
      assert.deepEqual(bench.send(near, 16, 1, PPT, "t"), [[2, 36, 1, 1001, PPT]])
    }
  })

  it("aborts a caller or callee that did not announce it", () => {
    const { bench, caller } = pair([])
    bench.violates(caller, CALL, 1, PPT, "p")
    for (const answer of [
      [YIELD, 1, PPT],
      [8, 68, 1, PPT, "e"],
    ]) {
      const { bench, caller, callee } = pair(ALL, [])
      bench.send(caller, CALL, 1, {}, "p")
      bench.violates(callee, ...answer)
      assert.deepEqual(bench.leave(callee), [canceled(1, "callee left")])
    }
  })

  it("answers feature_not_supported for a callee that did not announce it", () => {
    const { bench, caller } = pair(ALL, [])
    assert.deepEqual(bench.send(caller, CALL, 1, PPT, "p"), [[1, 8, CALL, 1, {}, "wamp.error.feature_not_supported"]])
  })

  it("keeps the options of a progressive invocation's first part, whatever later ones say", () => {
    const { bench, caller } = pair()
    const first = { ...PPT, progress: true, disclose_me: true, receive_progress: true }
    const frozen = { ...PPT, receive_progress: true, caller: 1, caller_authid: "user1", caller_authrole: "member" }
    assert.deepEqual(bench.send(caller, CALL, 1, first, "p", [1]), [[2, 68, 1, 1, { ...frozen, progress: true }, [1]]])
    const others = [{}, { ppt_scheme: "x_other", ppt_keyid: "0x2" }, { disclose_me: false, timeout: 5 }]
    for (const options of others) {
      const later = bench.send(caller, CALL, 1, { ...options, progress: true }, "p", [2])
      assert.deepEqual(later, [[2, 68, 1, 1, { ...frozen, progress: true }, [2]]])
    }
    assert.equal(bench.realm.hasDeadlines, false)
    assert.deepEqual(bench.send(caller, CALL, 1, { ppt_scheme: 7 }, "p", [3]), [[2, 68, 1, 1, frozen, [3]]])
  })

  it("does not begin with passthru in the middle of a progressive invocation", () => {
    const { bench, caller } = pair([...ALL_BUT_PPT], [...ALL_BUT_PPT])
    bench.send(caller, CALL, 1, { progress: true }, "p")
    const later = bench.send(caller, CALL, 1, { ...PPT, progress: true }, "p", [2])
    assert.deepEqual(later, [[2, 68, 1, 1, { progress: true }, [2]]])
  })

  it("tells both when the caller did not announce it", () => {
    const { bench, caller, callee } = pair([])
    bench.send(caller, CALL, 1, {}, "p")
    assert.deepEqual(bench.send(callee, YIELD, 1, PPT, [1]), [
      [2, 8, YIELD, 1, {}, "wamp.error.feature_not_supported"],
      [1, 8, CALL, 1, {}, "wamp.error.feature_not_supported"],
    ])
    bench.send(caller, CALL, 2, {}, "p")
    const error = bench.send(callee, 8, 68, 2, PPT, "e", [1])
    assert.deepEqual(error, [[1, 8, CALL, 2, {}, "wamp.error.feature_not_supported"]])
  })
})

describe("router: any sequence of messages", () => {
  const uri = fc.constantFrom("a", "a.b", "a.b.c", "", "a..c", "wamp.x")
  const id = fc.integer({ min: 1, max: 12 })
  const options = fc.record(
    {
      match: fc.constantFrom("exact", "prefix", "wildcard"),
      invoke: fc.constantFrom("single", "roundrobin", "random", "first", "last"),
      progress: fc.boolean(),
      receive_progress: fc.boolean(),
      timeout: fc.constantFrom(0, 5, 50),
      mode: fc.constantFrom("skip", "kill", "killnowait"),
      acknowledge: fc.boolean(),
      exclude_me: fc.boolean(),
      ppt_scheme: fc.constantFrom("wamp", ""),
    },
    { requiredKeys: [] },
  )
  const next = fc.constant("next")
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constant(REGISTER), next, options, uri) },
    { weight: 8, arbitrary: fc.tuple(fc.constant(CALL), fc.oneof(next, id), options, uri) },
    { weight: 8, arbitrary: fc.tuple(fc.constant(YIELD), id, options) },
    { weight: 3, arbitrary: fc.tuple(fc.constant(8), fc.constant(68), id, options, uri) },
    { weight: 3, arbitrary: fc.tuple(fc.constant(CANCEL), id, options) },
    { weight: 1, arbitrary: fc.tuple(fc.constant(66), next, id) },
    { weight: 2, arbitrary: fc.tuple(fc.constant(32), next, options, uri) },
    { weight: 2, arbitrary: fc.tuple(fc.constant(16), next, options, uri) },
    { weight: 1, arbitrary: fc.tuple(fc.constant(34), next, id) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("leave")) },
    { weight: 2, arbitrary: fc.tuple(fc.constant("wait"), fc.integer({ min: 1, max: 30 })) },
  )

  it("throws only protocol violations, answers every call exactly once, and forgets who left", () => {
    const features = [undefined, [], ["call_canceling", "progressive_call_invocations"]]
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), step), { maxLength: 80 }), (steps) => {
        const realm = new Realm({ maxHeld: 5, randomId: () => 1, random: () => 0.5 })
        const seats = features.map((one, i) => ({ peer: peer(i + 1, one), request: 0, open: new Set<number>() }))
        let fresh = 10
        let now = 0

        const account = (outgoing: unknown[][]): void => {
          for (const [to, code, first, second, details] of outgoing) {
            const seat = seats.find((one) => one.peer.id === to)
            assert.ok(seat, "nothing goes to who left")
            const isFinal = code === 50 && (second as { progress?: boolean }).progress !== true
            if (code === 50) assert.ok(seat.open.has(first as number), "results are for open calls")
            if (isFinal) seat.open.delete(first as number)
            if (code === 8 && first === CALL) {
              assert.ok(seat.open.delete(second as number), `an error for an open call: ${JSON.stringify(details)}`)
            }
          }
        }
        const leave = (at: number): void => {
          const seat = seats[at]
          assert.ok(seat)
          const outgoing = realm.leave(seat.peer)
          seats[at] = { peer: peer(fresh++, features[at]), request: 0, open: new Set() }
          account(rows(outgoing))
        }

        for (const [at, [what, ...rest]] of steps) {
          const seat = seats[at]
          assert.ok(seat)
          if (what === REGISTER && at === 0) continue
          if (what === "leave") leave(at)
          else if (what === "wait") account(rows(realm.expire((now += Number(rest[0])))))
          else {
            const last = seat.request
            if (rest[0] === "next") rest[0] = ++seat.request
            // Any other number of a CALL may be new as well; what is not is a continuation.
            if (what === CALL) seat.request = Math.max(seat.request, Number(rest[0]))
            if (what === CALL && seat.request > last) seat.open.add(seat.request)
            try {
              const message = parseMessage([what, ...rest]) as RealmMessage
              account(rows(realm.receive(seat.peer, message, now)))
            } catch (error) {
              if (!(error instanceof ProtocolViolation)) throw error
              leave(at)
            }
          }
        }
        // The first seat registers nothing: once the others are gone, each of its calls has its answer.
        leave(1)
        leave(2)
        assert.deepEqual(seats[0]?.open, new Set(), "no call is left without an answer")
        assert.equal(realm.hasDeadlines, false)
      }),
      { numRuns: 1000 },
    )
  })
})
