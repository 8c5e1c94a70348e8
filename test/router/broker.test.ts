import assert from "node:assert/strict"
import { Bench, peer } from "./peers.ts"

const SUBSCRIBE = 32
const PUBLISH = 16

describe("router: broker", () => {
  const [ann, bob, cleo] = [peer(1), peer(2), peer(3, undefined, "cleo", "guest")]

  it("delivers to exact, prefix and wildcard subscriptions, with the topic for patterns alone", () => {
    const bench = new Bench()
    assert.deepEqual(bench.send(bob, SUBSCRIBE, 1, {}, "a.b.c"), [[2, 33, 1, 1]])
    assert.deepEqual(bench.send(bob, SUBSCRIBE, 2, { match: "prefix" }, "a.b"), [[2, 33, 2, 2]])
    assert.deepEqual(bench.send(cleo, SUBSCRIBE, 1, { match: "wildcard" }, "a..c"), [[3, 33, 1, 3]])
    assert.deepEqual(bench.send(ann, PUBLISH, 1, {}, "a.b.c", [1], { k: 2 }), [
      [2, 36, 1, 1001, {}, [1], { k: 2 }],
      [2, 36, 2, 1001, { topic: "a.b.c" }, [1], { k: 2 }],
      [3, 36, 3, 1001, { topic: "a.b.c" }, [1], { k: 2 }],
    ])
    assert.deepEqual(bench.send(ann, PUBLISH, 2, {}, "a.x.c"), [[3, 36, 3, 1002, { topic: "a.x.c" }]])
    assert.deepEqual(bench.send(ann, PUBLISH, 3, {}, "b"), [])
  })

  it("gives subscribers of one pattern one id, and one peer one event", () => {
    const bench = new Bench()
    for (const [who, request] of [
      [bob, 1],
      [bob, 2],
      [cleo, 1],
    ] as const) {
      assert.deepEqual(bench.send(who, SUBSCRIBE, request, {}, "t")[0]?.slice(1), [33, request, 1])
    }
    assert.deepEqual(
      bench.send(ann, PUBLISH, 1, {}, "t").map(([to]) => to),
      [2, 3],
    )
  })

  it("acknowledges only where asked", () => {
    const bench = new Bench()
    assert.deepEqual(bench.send(ann, PUBLISH, 1, { acknowledge: true }, "t"), [[1, 17, 1, 1001]])
    assert.deepEqual(bench.send(ann, PUBLISH, 2, {}, "a..b"), [])
    for (const [request, topic] of [
      [3, "a..b"],
      [4, "wamp.x"],
      [5, "wamp"],
      [6, "a b"],
      [7, ""],
    ] as const) {
      const answer = bench.send(ann, PUBLISH, request, { acknowledge: true }, topic)
      assert.deepEqual(answer, [[1, 8, PUBLISH, request, {}, "wamp.error.invalid_uri"]])
    }
  })

  it("keeps the newest event of a topic for later subscribers who want it, where its publisher asked for that", () => {
    const bench = new Bench()
    const retain = { retain: true, ppt_scheme: "wamp" }
    bench.send(ann, PUBLISH, 1, { retain: true }, "a.b", ["old"])
    bench.send(ann, PUBLISH, 2, retain, "a.b", ["new"])
    bench.send(ann, PUBLISH, 3, {}, "a.b", ["not kept"])
    bench.send(ann, PUBLISH, 4, { retain: true, exclude_authid: ["cleo"] }, "a.c", [1])
    assert.deepEqual(bench.send(bob, SUBSCRIBE, 1, { get_retained: true }, "a.b"), [
      [2, 33, 1, 1],
      [2, 36, 1, 1002, { ppt_scheme: "wamp", retained: true }, ["new"]],
    ])
    assert.deepEqual(bench.send(cleo, SUBSCRIBE, 1, { get_retained: true, match: "prefix" }, "a."), [
      [3, 33, 1, 2],
      [3, 36, 2, 1002, { ppt_scheme: "wamp", retained: true, topic: "a.b" }, ["new"]],
    ])
    assert.deepEqual(bench.send(bob, SUBSCRIBE, 2, {}, "a.c"), [[2, 33, 2, 3]])
  })

  it("keeps events of 256 topics, the newest", () => {
    const bench = new Bench()
    for (let i = 1; i <= 300; i++) bench.send(ann, PUBLISH, i, { retain: true }, `t.${i}`, [i])
    const kept = bench.send(bob, SUBSCRIBE, 1, { get_retained: true, match: "prefix" }, "t.").slice(1)
    assert.deepEqual([kept.length, kept[0]?.at(-1), kept.at(-1)?.at(-1)], [256, [45], [300]])
  })

  it("leaves the publisher out unless exclude_me is false", () => {
    const bench = new Bench()
    bench.send(ann, SUBSCRIBE, 1, {}, "t")
    assert.deepEqual(bench.send(ann, PUBLISH, 2, {}, "t"), [])
    assert.deepEqual(bench.send(ann, PUBLISH, 3, { exclude_me: true }, "t"), [])
    assert.deepEqual(bench.send(ann, PUBLISH, 4, { exclude_me: false }, "t").length, 1)
  })

  it("discloses the publisher where asked", () => {
    const bench = new Bench()
    bench.send(bob, SUBSCRIBE, 1, {}, "t")
    const details = { publisher: 1, publisher_authid: "user1", publisher_authrole: "member" }
    assert.deepEqual(bench.send(ann, PUBLISH, 1, { disclose_me: true }, "t"), [[2, 36, 1, 1001, details]])
    assert.deepEqual(bench.send(ann, PUBLISH, 2, { disclose_me: false }, "t"), [[2, 36, 1, 1002, {}]])
  })

  it("applies black- and whitelists of sessions, authids and authroles, all at once", () => {
    const bench = new Bench()
    for (const who of [bob, cleo]) bench.send(who, SUBSCRIBE, 1, {}, "t")
    const cases: [object, number[]][] = [
      [{}, [2, 3]],
      [{ exclude: [2] }, [3]],
      [{ exclude_authid: ["cleo"] }, [2]],
      [{ exclude_authrole: ["guest"] }, [2]],
      [{ eligible: [3] }, [3]],
      [{ eligible: [] }, []],
      [{ eligible_authid: ["user2"] }, [2]],
      [{ eligible_authrole: ["guest", "member"] }, [2, 3]],
      [{ eligible: [2, 3], exclude_authrole: ["guest"] }, [2]],
      [{ eligible: [2], eligible_authrole: ["guest"] }, []],
    ]
    cases.forEach(([options, expected], i) => {
      const receivers = bench.send(ann, PUBLISH, i + 1, options, "t").map(([to]) => to)
      assert.deepEqual(receivers, expected, JSON.stringify(options))
    })
  })

  it("ends a subscription by unsubscribing or leaving", () => {
    const bench = new Bench()
    for (const who of [bob, cleo]) bench.send(who, SUBSCRIBE, 1, {}, "t")
    assert.deepEqual(bench.send(bob, 34, 2, 1), [[2, 35, 2]])
    assert.deepEqual(bench.send(bob, 34, 3, 1), [[2, 8, 34, 3, {}, "wamp.error.no_such_subscription"]])
    assert.deepEqual(bench.send(bob, 34, 4, 99), [[2, 8, 34, 4, {}, "wamp.error.no_such_subscription"]])
    assert.deepEqual(
      bench.send(ann, PUBLISH, 1, {}, "t").map(([to]) => to),
      [3],
    )
    bench.leave(cleo)
    assert.deepEqual(bench.send(ann, PUBLISH, 2, {}, "t"), [])
  })

  it("refuses subscriptions to what is no URI, and more than a session may hold", () => {
    const bench = new Bench(2)
    assert.deepEqual(bench.send(bob, SUBSCRIBE, 1, {}, "a..b"), [[2, 8, 32, 1, {}, "wamp.error.invalid_uri"]])
    bench.send(bob, SUBSCRIBE, 2, {}, "a")
    bench.send(bob, SUBSCRIBE, 3, {}, "wamp.session.on_join")
    assert.equal(bench.send(bob, SUBSCRIBE, 4, {}, "c")[0]?.[5], "wamp.error.not_authorized")
    assert.equal(bench.send(bob, SUBSCRIBE, 5, {}, "a")[0]?.[1], 33)
    bench.send(bob, 34, 6, 1)
    assert.equal(bench.send(bob, SUBSCRIBE, 7, {}, "c")[0]?.[1], 33)
  })

  it("forwards passthru attributes, and payloads untouched; also to who did not announce the mode", () => {
    const bench = new Bench()
    bench.send(bob, SUBSCRIBE, 1, {}, "t")
    bench.send(peer(9, []), SUBSCRIBE, 1, {}, "t")
    const attributes = { ppt_scheme: "wamp", ppt_serializer: "cbor", ppt_cipher: "x", ppt_keyid: "0x1" }
    const payload = [new Uint8Array([1, 2])]
    const events = bench.send(ann, PUBLISH, 1, { ...attributes, other: 1 }, "t", payload)
    assert.deepEqual(
      events,
      [2, 9].map((to) => [to, 36, 1, 1001, attributes, payload]),
    )
    assert.equal(events[0]?.[5], payload)
  })

  it("does not forward attributes without a scheme", () => {
    const bench = new Bench()
    bench.send(bob, SUBSCRIBE, 1, {}, "t")
    assert.deepEqual(bench.send(ann, PUBLISH, 1, { ppt_keyid: "x", ppt_scheme: "" }, "t"), [[2, 36, 1, 1001, {}]])
  })

  it("aborts who uses passthru without announcing it, or with attributes that are no strings", () => {
    new Bench().violates(peer(9, []), PUBLISH, 1, { ppt_scheme: "wamp" }, "t")
    for (const name of ["ppt_scheme", "ppt_serializer", "ppt_cipher", "ppt_keyid"]) {
      for (const value of [1, null, ["x"], {}])
        new Bench().violates(ann, PUBLISH, 1, { ppt_scheme: "wamp", [name]: value }, "t")
    }
  })

  it("aborts who sends options of a wrong type", () => {
    const bad = [{ acknowledge: 1 }, { exclude_me: "no" }, { disclose_me: null }, { exclude: 2 }, { exclude: ["2"] }]
    const more = [{ eligible: [0] }, { exclude_authid: [1] }, { eligible_authrole: "guest" }]
    for (const options of [...bad, ...more]) new Bench().violates(ann, PUBLISH, 1, options, "t")
    for (const match of ["regex", 1, null]) new Bench().violates(ann, SUBSCRIBE, 1, { match }, "t")
  })

  it("wants rising request numbers", () => {
    const bench = new Bench()
    bench.send(ann, SUBSCRIBE, 5, {}, "t")
    for (const request of [5, 4, 1]) {
      bench.violates(ann, SUBSCRIBE, request, {}, "t")
      bench.violates(ann, PUBLISH, request, {}, "t")
      bench.violates(ann, 34, request, 1)
      bench.violates(ann, 64, request, {}, "p")
      bench.violates(ann, 66, request, 1)
    }
    assert.equal(bench.send(ann, SUBSCRIBE, 9, {}, "t")[0]?.[1], 33)
  })
})
