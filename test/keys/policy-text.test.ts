import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { openPolicy, policyHashHex, signPolicy, type ScopePolicy } from "../../src/keys/policy.ts"
import { parsePolicyDraft, parseSignedPolicy, signedPolicyToJson } from "../../src/keys/policy-text.ts"
import { isE2eeError } from "../../src/core/errors.ts"
import { DEFAULT_PROFILE, parseProfile } from "../../src/payload/profile.ts"
import { refuses } from "../arbitrary.ts"
import { named, party, REALM } from "../trust/chains.ts"

const owner = party("owner")
const policy: Omit<ScopePolicy, "owner"> = {
  realm: REALM,
  match: "prefix",
  uri: "com.example.",
  agents: [named("agent")],
  readers: "certified",
  writers: [],
  epochMs: 60_000,
  generationMs: 3_600_000,
  mode: "sig",
  replay: "window",
  historyEpochs: 0,
  profile: DEFAULT_PROFILE,
  serial: 7,
}
const signed = (changes: Partial<ScopePolicy> = {}) => signPolicy({ ...policy, ...changes }, owner.key)
const own = { ...DEFAULT_PROFILE.serializer, scheme: "x_own" as const, name: "own" }
const written = JSON.parse(signedPolicyToJson(signed())) as Record<string, unknown>
const changed = (changes: object): string => JSON.stringify({ ...written, ...changes })

describe("keys: signed policies as text", () => {
  it("come back as they were, with their owner's signature", () => {
    for (const changes of [
      {},
      { hybrid: "mlkem768", trees: true, attested: { agents: "agent", readers: "pump" } },
      { profile: parseProfile({ cipher: "aes256gcm", serializer: "json", padding: true, compression: "deflate" }) },
    ]) {
      const before = signed(changes)
      const after = parseSignedPolicy(signedPolicyToJson(before, 2))
      assert.deepEqual(after, before)
      assert.equal(policyHashHex(openPolicy(after, owner.address)), policyHashHex(before.policy))
    }
  })

  it("need the application's own serialiser where they name one", () => {
    const before = signed({ profile: { ...DEFAULT_PROFILE, serializer: own } })
    const text = signedPolicyToJson(before)
    refuses(() => parseSignedPolicy(text), "keys.policy")
    assert.deepEqual(parseSignedPolicy(text, { serializers: [own] }), before)
  })

  it("are refused in any other form", () => {
    const texts = [
      "",
      "[]",
      "null",
      "{",
      changed({ more: 1 }),
      changed({ signature: "0x" }),
      changed({ signature: undefined }),
      changed({ realm: "0x12" }),
      changed({ owner: REALM.toLowerCase().slice(2) }),
      changed({ match: "wildcard" }),
      changed({ uri: 5 }),
      changed({ agents: "anybody" }),
      changed({ readers: [5] }),
      changed({ epochMs: "60000" }),
      changed({ profile: null }),
      changed({ profile: { more: true } }),
      changed({ profile: { serializer: "__proto__" } }),
      changed({ profile: { compression: "toString" } }),
      changed({ trees: "yes" }),
      changed({ attested: "yes" }),
      changed({ serial: undefined }),
      " ".repeat(131_073),
    ]
    for (const text of texts) refuses(() => parseSignedPolicy(text), "keys.policy")
    for (const text of [
      changed({ epochMs: 1 }),
      changed({ mode: "none" }),
      changed({ profile: { cipher: "rot13" } }),
      changed({ attested: { all: "x" } }),
    ])
      refuses(() => parseSignedPolicy(text), "usage.invalid")
  })

  it("do not open once a field was changed", () => {
    for (const changes of [{ serial: 8 }, { writers: "certified" }, { owner: REALM }, { profile: { padding: true } }])
      refuses(() => openPolicy(parseSignedPolicy(changed(changes)), owner.address), "keys.policy")
  })

  it("are drafted without owner and signature, and without what has defaults", () => {
    const { owner: _, signature: __, epochMs: ___, ...draft } = written
    assert.deepEqual(parsePolicyDraft(JSON.stringify(draft), { epochMs: 60_000 }), policy)
    refuses(() => parsePolicyDraft(JSON.stringify(draft), {}), "keys.policy")
    refuses(() => parsePolicyDraft(JSON.stringify(written), {}), "keys.policy")
  })

  it("take any text, and refuse it with a code", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((o) => changed(o)),
        ),
        (text) => {
          try {
            parseSignedPolicy(text)
          } catch (error) {
            assert.ok(isE2eeError(error, "keys.policy") || isE2eeError(error, "usage.invalid"), String(error))
          }
        },
      ),
    )
  })
})
