import type { SerializerName } from "../../router/index.ts"
import { ASKS_FOR_PROOF } from "../wamp-session.ts"
import { fine, problem, problemOf, warning, type Finding, type Seen } from "./finding.ts"

/** What a router answered to a HELLO. */
export type RouterAnswer =
  | { readonly kind: "welcome"; readonly details: unknown }
  | { readonly kind: "abort"; readonly reason: string }
  | { readonly kind: "challenge"; readonly method: string }
  /** The router does not speak the serialisation. */
  | { readonly kind: "unspoken" }

export interface RouterSight {
  readonly answer: RouterAnswer
  /** POSIX milliseconds of the HTTP answer's Date, where it has one. */
  readonly time?: number
}

/** One attempt for each serialisation. */
export type RouterSights = ReadonlyMap<SerializerName, Seen<RouterSight>>

/** Prefix and wildcard registrations and subscriptions need them; nothing else does. */
const PATTERNS = [
  ["dealer", "pattern_based_registration"],
  ["broker", "pattern_based_subscription"],
] as const

/** Whether the router is there, which serialisations it speaks, and whether it carries sealed payloads. */
export function judgeRouter(url: string, realm: string, sights: RouterSights): Finding[] {
  const check = "router"
  const seen = [...sights.values()]
  const spoken = [...sights].filter(([, sight]) => sight.ok && sight.value.answer.kind !== "unspoken")
  if (spoken.length === 0) {
    const failed = seen.find((sight) => !sight.ok)
    if (failed !== undefined && !failed.ok)
      return [problemOf(check, failed.error, `Start the router, or name another than ${url} with --router.`)]
    const advice = "Use a WAMP router that speaks JSON, MessagePack or CBOR over WebSocket."
    return [problem(check, "session.unsupported", `${url} speaks no serialisation of ours`, advice)]
  }
  const names = spoken.map(([name]) => name)
  const what = `${url} speaks ${names.join(", ")}`
  const reached = names.includes("msgpack")
    ? fine(check, what)
    : warning(check, what, "These commands speak MessagePack: turn it on at the router to use them.")
  const answers = spoken.flatMap(([, sight]) => (sight.ok ? [sight.value.answer] : []))
  return [reached, ...judgeAnswer(realm, answers)]
}

function judgeAnswer(realm: string, answers: readonly RouterAnswer[]): Finding[] {
  const check = "router features"
  const welcome = answers.find(({ kind }) => kind === "welcome")
  if (welcome?.kind === "welcome") return judgeFeatures(check, welcome.details)
  const abort = answers.find(({ kind }) => kind === "abort")
  if (abort?.kind === "abort" && !ASKS_FOR_PROOF.has(abort.reason)) {
    const advice = "Name a realm of the router with --wamp-realm."
    return [problem(check, "session.router_error", `realm ${realm} is refused: ${abort.reason}`, advice)]
  }
  const challenge = answers.find(({ kind }) => kind === "challenge")
  const method = challenge?.kind === "challenge" ? ` (${challenge.method})` : ""
  const advice = "Look at the router's configuration: dealer and broker need payload_passthru_mode."
  return [warning(check, `not announced: realm ${realm} asks for authentication${method}`, advice)]
}

function judgeFeatures(check: string, details: unknown): Finding[] {
  const roles = ["dealer", "broker"] as const
  const lacking = roles.filter((role) => !announces(details, role, "payload_passthru_mode"))
  if (lacking.length > 0) {
    const what = `${lacking.join(" and ")} without payload_passthru_mode`
    return [problem(check, "session.unsupported", what, "Turn payload passthru on, or use a router that has it.")]
  }
  const missing = PATTERNS.filter(([role, feature]) => !announces(details, role, feature)).map(([, feature]) => feature)
  if (missing.length > 0)
    return [
      warning(check, `no ${missing.join(", no ")}`, "Register and subscribe by exact URIs, or use another router."),
    ]
  return [fine(check, "payload passthru of dealer and broker, patterns of both")]
}

/** Whether WELCOME.Details says so; a router may send anything. */
function announces(details: unknown, role: string, feature: string): boolean {
  let value = details
  for (const name of ["roles", role, "features", feature]) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return false
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return value === true
}
