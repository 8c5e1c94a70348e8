import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import {
  fitsPattern,
  grantUri,
  parseScopes,
  policyOf,
  requireScope,
  scopeOf,
  type ScopeOptions,
} from "../../src/session/scope.ts"
import { onlyRefuses, refuses } from "../arbitrary.ts"
import { REALM } from "../trust/chains.ts"

const scopes = parseScopes([
  { uri: "com.example", match: "prefix" },
  { uri: "com.example.deep.", match: "prefix" },
  { uri: "com.example.deep.one" },
  { uri: "org.single" },
])
const nameOf = (uri: string): string | undefined => scopeOf(scopes, uri)?.uri

describe("session: scopes", () => {
  it("end prefixes at a component", () => {
    assert.deepEqual(
      scopes.map((scope) => [scope.uri, scope.match, policyOf(scope, REALM).mode]),
      [
        ["com.example.", "prefix", "sig"],
        ["com.example.deep.", "prefix", "sig"],
        ["com.example.deep.one", "exact", "sig"],
        ["org.single", "exact", "sig"],
      ],
    )
    assert.equal(nameOf("com.example"), undefined)
    assert.equal(nameOf("com.examples.x"), undefined)
    assert.equal(nameOf("com.example.x"), "com.example.")
  })

  it("take the exact one first, then the longest prefix", () => {
    assert.equal(nameOf("com.example.deep.one"), "com.example.deep.one")
    assert.equal(nameOf("com.example.deep.two"), "com.example.deep.")
    assert.equal(nameOf("org.single.x"), undefined)
    assert.equal(nameOf("org.single"), "org.single")
  })

  it("are refused when they are none", () => {
    const bad: readonly ScopeOptions[][] = [
      [],
      [{ uri: "" }],
      [{ uri: "a..b" }],
      [{ uri: "a b" }],
      [{ uri: "a.#" }],
      [{ uri: "a." }],
      [{ uri: ".", match: "prefix" }],
      [{ uri: "a".repeat(201) }],
      [{ uri: "a", match: "wildcard" as "exact" }],
      [{ uri: "a", mode: "none" as "sig" }],
      [{ uri: "a" }, { uri: "a" }],
      [
        { uri: "a", match: "prefix" },
        { uri: "a.", match: "prefix" },
      ],
    ]
    for (const options of bad) refuses(() => parseScopes(options), "usage.invalid")
    for (const uri of ["wamp", "wamp.x"]) refuses(() => parseScopes([{ uri }]), "session.reserved_uri")
    refuses(() => parseScopes([{ uri: "wamp.", match: "prefix" }]), "session.reserved_uri")
    assert.equal(parseScopes([{ uri: "wampum" }]).length, 1)
  })

  it("refuse URIs outside, reserved ones and what is no URI", () => {
    assert.equal(requireScope(scopes, "com.example.x").uri, "com.example.")
    assert.equal(requireScope(scopes, "com.example.deep.", "prefix").uri, "com.example.deep.")
    assert.equal(requireScope(scopes, "com.example.deep..x", "wildcard").uri, "com.example.deep.")
    refuses(() => requireScope(scopes, "net.other"), "session.outside_scope")
    refuses(() => requireScope(scopes, "com.", "prefix"), "session.outside_scope")
    refuses(() => requireScope(scopes, "com..x", "wildcard"), "session.outside_scope")
    for (const uri of ["wamp.x", "com.example.e2ee.grant", "com.example.e2ee.info", "e2ee.ann"])
      refuses(() => requireScope(scopes, uri), "session.reserved_uri")
    for (const uri of ["", "a..b", "a b", "com.example."]) refuses(() => requireScope(scopes, uri), "usage.invalid")
  })

  it("have their grants under their own prefix", () => {
    assert.deepEqual(scopes.map(grantUri), [
      "com.example.e2ee.grant",
      "com.example.deep.e2ee.grant",
      "com.example.deep.one.e2ee.grant",
      "org.single.e2ee.grant",
    ])
  })

  it("tell what a router may deliver to a pattern", () => {
    assert.ok(fitsPattern("a.b", "a.b", "exact"))
    assert.ok(!fitsPattern("a.b.c", "a.b", "exact"))
    assert.ok(fitsPattern("a.b.c", "a.b.", "prefix"))
    assert.ok(!fitsPattern("a.bc", "a.b.", "prefix"))
    assert.ok(fitsPattern("a.b.c", "a..c", "wildcard"))
    assert.ok(!fitsPattern("a.b.d", "a..c", "wildcard"))
    assert.ok(!fitsPattern("a.b.c.d", "a..c", "wildcard"))
    assert.ok(!fitsPattern("a..c", "a..c", "wildcard"))
    assert.ok(!fitsPattern("a.b c", "a.", "prefix"))
  })

  it("hold every URI that a pattern they take lets through", () => {
    const component = fc.constantFrom("com", "example", "deep", "one", "x", "")
    const pattern = fc.array(component, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("."))
    const uri = fc.array(fc.constantFrom("com", "example", "deep", "one", "x"), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(pattern, fc.constantFrom("prefix" as const, "wildcard" as const), uri, (pattern, match, parts) => {
        onlyRefuses(() => {
          const scope = requireScope(scopes, pattern, match)
          const concrete = parts.join(".")
          if (fitsPattern(concrete, pattern, match) && scope.match === "prefix") {
            assert.ok(concrete.startsWith(scope.uri), `${concrete} is outside ${scope.uri}`)
          }
        }, /^(usage\.invalid|session\.(outside_scope|reserved_uri))$/)
      }),
      { numRuns: 2_000 },
    )
  })
})
