// Writes test/vectors/key-distribution.json: what docs/key-distribution.md says, with all secrets, for implementations in
// other languages. Secrets, nonces, times and randomness are fixed, so that the same bytes come out each time.
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { encodeJson } from "../src/core/json.ts"
import { NOW, REALM } from "../test/trust/chains.ts"
import { showings } from "./key-vectors/attested.ts"
import { evidence } from "./key-vectors/evidence.ts"
import { describeGeneration, packages, policies, scopes } from "./key-vectors/generations.ts"
import { DENIAL, describeGrant, HISTORY, HYBRID_GRANT, infos, LONG, READER, WRITER } from "./key-vectors/grants.ts"
import { controls, disclosures, messages, seeds } from "./key-vectors/messages.ts"
import { refused } from "./key-vectors/refused.ts"
import { ATTESTED, DSIG, HYBRID, MAC, members, parties, SIG } from "./key-vectors/scene.ts"
import { AFTER, BEFORE, rekeyed, WITH_PATH } from "./key-vectors/trees.ts"

const target = new URL("../test/vectors/key-distribution.json", import.meta.url)

const contents = {
  about:
    "Written by scripts/generate-key-vectors.ts from fixed secrets; docs/key-messages.md says what each is, docs/key-distribution.md how it is made. Byte strings are hex, times POSIX milliseconds.",
  realm: REALM,
  now: NOW,
  parties,
  members,
  scopes,
  policies,
  packages,
  generations: {
    sig: describeGeneration(SIG),
    mac: describeGeneration(MAC),
    dsig: describeGeneration(DSIG),
    hybrid: describeGeneration(HYBRID, 1),
    attested: describeGeneration(ATTESTED, 1),
    trees: describeGeneration(BEFORE, 2),
    "trees, re-keyed": describeGeneration(AFTER, 2),
  },
  infos,
  grants: [
    describeGrant(READER, "sig"),
    describeGrant(WRITER, "sig"),
    describeGrant(DENIAL, "sig"),
    describeGrant(HISTORY, "mac"),
    describeGrant(LONG, "sig"),
    describeGrant(HYBRID_GRANT, "hybrid"),
    describeGrant(WITH_PATH, "trees"),
  ],
  showings,
  trees: rekeyed,
  controls,
  messages,
  seeds,
  disclosures,
  evidence,
  refused,
}

/** A line for each entry of what is at the top. */
function entries(value: unknown): string {
  if (Array.isArray(value)) return `[\n${value.map((one) => `    ${encodeJson(one)}`).join(",\n")}\n  ]`
  if (typeof value !== "object" || value === null) return encodeJson(value)
  const lines = Object.entries(value).map(([name, one]) => `    ${JSON.stringify(name)}: ${encodeJson(one)}`)
  return `{\n${lines.join(",\n")}\n  }`
}

export function generate(): string {
  const lines = Object.entries(contents).map(([name, value]) => `  ${JSON.stringify(name)}: ${entries(value)}`)
  return `{\n${lines.join(",\n")}\n}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, generate())
