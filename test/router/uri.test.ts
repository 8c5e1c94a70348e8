import assert from "node:assert/strict"
import * as fc from "fast-check"
import { PatternTable } from "../../src/router/patterns.ts"
import type { Pattern } from "../../src/router/patterns.ts"
import { isReserved, isUri, matchesWildcard, MAX_URI_LENGTH } from "../../src/router/uri.ts"
import type { Match } from "../../src/router/uri.ts"

describe("router: URIs and patterns", () => {
  it("takes loose URIs and refuses empty components, whitespace, # and excess length", () => {
    for (const uri of ["a", "com.example.Proc-1", "com.été.x"]) assert.ok(isUri(uri), uri)
    for (const uri of ["", ".", "a.", ".a", "a..b", "a b", "a\t", "a#b"]) assert.ok(!isUri(uri), uri)
    assert.ok(isUri("a".repeat(MAX_URI_LENGTH)))
    assert.ok(!isUri("a".repeat(MAX_URI_LENGTH + 1)))
  })

  it("lets patterns have empty components, but no whitespace", () => {
    for (const match of ["prefix", "wildcard"] as const) {
      for (const uri of ["", ".", "a.", "a..b"]) assert.ok(isUri(uri, match), uri)
      assert.ok(!isUri("a b", match))
    }
  })

  it("reserves what has wamp as its first component, and nothing else", () => {
    assert.ok(isReserved("wamp") && isReserved("wamp.session.count"))
    assert.ok(!isReserved("wampum.x") && !isReserved("a.wamp"))
  })

  it("matches the specification's examples of wildcards", () => {
    assert.ok(matchesWildcard("com.myapp..userevent", "com.myapp.foo.userevent"))
    for (const uri of ["com.myapp.foo.userevent.bar", "com.myapp.foo.user", "com.myapp2.foo.userevent"]) {
      assert.ok(!matchesWildcard("com.myapp..userevent", uri), uri)
    }
  })

  it("finds the specification's best match for each of its calls", () => {
    const table = new PatternTable<Pattern & { number: number }>()
    const rows: [string, Match][] = [
      ["a1.b2.c3.d4.e55", "exact"],
      // Written with a dot at the end: as the specification has it, `a1.b2.c3` is a prefix of the fifth call too.
      ["a1.b2.c3.", "prefix"],
      ["a1.b2.c3.d4.", "prefix"],
      ["a1.b2..d4.e5", "wildcard"],
      ["a1.b2.c33..e5", "wildcard"],
      ["a1.b2..d4.e5..g7", "wildcard"],
      ["a1.b2..d4..f6.g7", "wildcard"],
    ]
    for (const order of [rows, rows.toReversed()]) {
      for (const [uri, match] of order) table.add({ uri, match, number: rows.findIndex((row) => row[0] === uri) + 1 })
    }
    const calls: [string, number | undefined][] = [
      ["a1.b2.c3.d4.e55", 1],
      ["a1.b2.c3.d98.e74", 2],
      ["a1.b2.c3.d4.e325", 3],
      ["a1.b2.c55.d4.e5", 4],
      ["a1.b2.c33.d4.e5", 5],
      ["a1.b2.c88.d4.e5.f6.g7", 6],
      ["a2.b2.c2.d2.e2", undefined],
    ]
    for (const [uri, number] of calls) assert.equal(table.best(uri)?.number, number, uri)
  })

  it("finds exactly the entries that match, whatever is in the table", () => {
    const component = fc.constantFrom("a", "b", "ab", "")
    const pattern = fc.record({
      uri: fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(".")),
      match: fc.constantFrom<Match>("exact", "prefix", "wildcard"),
    })
    const uri = fc
      .array(fc.constantFrom("a", "b", "ab"), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join("."))
    fc.assert(
      fc.property(fc.array(pattern), uri, (patterns, uri) => {
        const unique = [...new Map(patterns.map((one) => [`${one.match} ${one.uri}`, one])).values()]
        const table = new PatternTable<Pattern>()
        for (const one of unique) table.add(one)
        const expected = unique.filter((one) => {
          if (one.match === "exact") return one.uri === uri
          return one.match === "prefix" ? uri.startsWith(one.uri) : matchesWildcard(one.uri, uri)
        })
        assert.deepEqual(new Set(table.matching(uri)), new Set(expected))
        for (const one of unique) table.remove(one)
        assert.deepEqual(table.matching(uri), [])
      }),
    )
  })
})
