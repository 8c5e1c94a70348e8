// The main job on embedded defaults: `npm start`, or `npm start -- --json` for one JSON object a line. With `--attested`
// between machines that prove by TPMs what they were started with.
import { asE2eeError } from "../src/core/errors.ts"
import { runAttestedDemo } from "./attested-demo.ts"
import type { Step } from "./demo-realm.ts"
import { runDemo } from "./demo.ts"

const HELP = `usage: npm start [-- --attested] [--json]

Runs the main job in this process: a chain, a router, two operators, one realm, an encrypted call and event between two
machines that verified each other on-chain, and a refused call after a revocation.

  --attested   between machines that prove to each other what they were started with, by TPMs in software (swtpm):
               admitted as measured, refused after a register was extended, the measurement or the key revoked
  --json       one JSON object a line
  --help       this text`

const args = process.argv.slice(2)
const json = args.includes("--json")
const unknown = args.find((arg) => arg !== "--json" && arg !== "--attested")
const run = args.includes("--attested") ? runAttestedDemo : runDemo
if (args.includes("--help")) {
  console.log(HELP)
} else if (unknown !== undefined) {
  console.error(`unknown argument ${unknown}\n\n${HELP}`)
  process.exitCode = 2
} else {
  try {
    await run(json ? (step) => console.log(JSON.stringify(step)) : (step) => console.log(describe(step)))
  } catch (error) {
    const { code, message } = asE2eeError(error, "internal.invariant", "the demonstration failed")
    if (json) console.log(JSON.stringify({ step: "done", ok: false, code, message }))
    console.error(`failed: ${message} (${code})`)
    process.exitCode = 1
  }
}

function describe({ step, ...fields }: Step): string {
  const text = (name: string): string => {
    const value = fields[name]
    return typeof value === "string" ? value : JSON.stringify(value)
  }
  const peer = (name: string): string => {
    const { address, operator } = fields[name] as { address: string; operator: string }
    return `${address} of operator ${operator}`
  }
  switch (step) {
    case "chain":
      return `chain      ${text("kind")}, chain id ${text("chainId")}`
    case "router":
      return `router     ${text("url")} (trusted with nothing)`
    case "deploy":
      return `deploy     OperatorRegistry ${text("operatorRegistry")}\n           RealmRegistry    ${text("realmRegistry")}`
    case "policy":
      return `policy     role ${text("role")}: TPM registers ${text("registers")}, evidence of the last ${text("maximumAge")} s (${text("gas")} gas)\n           AttestationRegistry ${text("registry")}`
    case "tpm":
      return `tpm        ${text("name")} was started with ${text("software")}, register 4 is ${(fields["registers"] as Record<string, string>)["4"]}`
    case "enrol":
      return `enrol      ${text("name")}: its TPM opened the credential, attester ${text("attester")} (${text("gas")} gas)`
    case "measurement":
      return `measure    ${text("software")} is accepted, ${text("measurement")} (${text("gas")} gas)`
    case "admitted":
      return `admitted   ${text("name")}, ${text("why")}\n           -> ${text("result")}`
    case "operator":
      return `operator   ${text("name")} enrolled its CA ${text("ca")} (${text("gas")} gas)`
    case "realm":
      return `realm      ${text("realm")}, root CA ${text("root")} (${text("gas")} gas)`
    case "admit":
      return `admit      ${text("name")}: certified by the realm, accepted by the operator (${text("gas")} gas)`
    case "delegate":
      return `delegate   ${text("name")} is ${text("address")}, a chain of ${text("certificates")} certificates`
    case "verified":
      return `verified   caller saw callee ${peer("callee")}\n           callee saw caller ${peer("caller")}`
    case "call":
      return `call       ${text("procedure")} ${text("args")}\n           -> ${text("result")}`
    case "event":
      return `event      ${text("topic")} ${text("args")}`
    case "router-saw":
      return `router saw ${text("messages")} messages, ${text("bytes")} bytes; the plaintext in them: ${fields["plaintextFound"] ? "FOUND" : "nowhere"}\n           ${text("sample").slice(0, 96)}…`
    case "revoke":
      return fields["what"] === undefined
        ? `revoke     ${text("name")} ${text("address")}, on-chain by its operator (${text("gas")} gas)`
        : `revoke     ${text("what")} ${text("id")}, on-chain by the realm's owner (${text("gas")} gas)`
    case "refused":
      return fields["why"] === undefined
        ? `refused    its next call: ${text("message")} (${text("code")})`
        : `refused    ${text("name")}, ${text("why")} (${text("code")})\n           ${text("message")}`
    default:
      return fields["admittedCalls"] === undefined
        ? `done       1 encrypted call, 1 encrypted event, 1 call refused after revocation: all as it should be`
        : `done       3 calls of machines as measured, 3 refused: all as it should be`
  }
}
