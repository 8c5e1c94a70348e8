// The main job on embedded defaults: `npm start`, or `npm start -- --json` for one JSON object a line.
import { asE2eeError } from "../src/core/errors.ts"
import { runDemo, type Step } from "./demo.ts"

const HELP = `usage: npm start [-- --json]

Runs the main job in this process: a chain, a router, two operators, one realm, an encrypted call and event between two
machines that verified each other on-chain, and a refused call after a revocation.

  --json   one JSON object a line
  --help   this text`

const args = process.argv.slice(2)
const json = args.includes("--json")
if (args.includes("--help")) {
  console.log(HELP)
} else if (args.some((arg) => arg !== "--json")) {
  console.error(`unknown argument ${args.find((arg) => arg !== "--json")}\n\n${HELP}`)
  process.exitCode = 2
} else {
  try {
    await runDemo(json ? (step) => console.log(JSON.stringify(step)) : (step) => console.log(describe(step)))
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
      return `revoke     ${text("name")} ${text("address")}, on-chain by its operator (${text("gas")} gas)`
    case "refused":
      return `refused    its next call: ${text("message")} (${text("code")})`
    default:
      return `done       1 encrypted call, 1 encrypted event, 1 call refused after revocation: all as it should be`
  }
}
