import type { Command } from "commander"
import { trustedRouters } from "../../authentication.ts"
import { parseChain } from "../../certificate/parse.ts"
import { E2eeError } from "../../core/errors.ts"
import { createEndpoint, type Details, type Endpoint } from "../../endpoint.ts"
import { Result } from "../../session/result.ts"
import { loadIdentity } from "../../store/identity.ts"
import { argumentsOption, globalsOf, keywordsOption, passwordOf } from "../options.ts"
import { outputOf, type Output } from "../output.ts"
import { trustFor, withTrustOptions, type TrustOptions } from "../peer-trust.ts"
import { untilInterrupted } from "../until-interrupted.ts"
import { openSession } from "../wamp-session.ts"

interface MessageOptions extends TrustOptions {
  readonly as: string
  readonly router: string
  readonly wampRealm: string
  readonly cryptosign?: boolean
  readonly routerKey?: string
  readonly verifyRouter?: boolean
  readonly bindChannel?: boolean
  readonly scope?: string
  readonly kwargs: string
  readonly timeout: string
}

/** `call`, `register`, `publish`, `subscribe`: encrypted WAMP from the shell. */
export function addMessageCommands(program: Command): void {
  common(program.command("call <procedure> [arguments]"))
    .description("call a procedure; arguments are a JSON list")
    .option("--kwargs <json>", "keyword arguments, a JSON object", "{}")
    .option("--timeout <seconds>", "time to wait for the answer", "30")
    .action(async (uri: string, text: string | undefined, options: MessageOptions, command: Command) => {
      const args = argumentsOption(text ?? "[]")
      const kwargs = keywordsOption(options.kwargs)
      const timeoutMs = secondsOption(options.timeout)
      await withEndpoint(uri, options, command, async (endpoint, output) => {
        const answer = await endpoint.callDetailed(uri, args, { kwargs, timeoutMs })
        const { sender } = answer.details
        output.result(
          { ok: true, args: answer.args, kwargs: answer.kwargs, sender: senderFields(sender) },
          answer.args.map((item) => JSON.stringify(item, bigintText)).join("\n"),
        )
      })
    })
  common(program.command("register <procedure>"))
    .description("answer calls until interrupted")
    .option("--return <json>", "what to answer; by default the sum of numbers, else the arguments themselves")
    .action(async (uri: string, options: MessageOptions & { return?: string }, command: Command) => {
      const fixed = options.return === undefined ? undefined : argumentsOption(`[${options.return}]`)
      await withEndpoint(uri, options, command, async (endpoint, output, ended) => {
        await endpoint.register(uri, (args, kwargs, details) => {
          output.result(
            { event: "call", uri, args, kwargs, sender: senderFields(details.sender) },
            `call of ${uri} by ${details.sender.address}: ${JSON.stringify(args, bigintText)}`,
          )
          if (fixed !== undefined) return fixed[0]
          const sum = args.length > 0 && args.every((item) => typeof item === "number")
          return sum ? args.reduce((total: number, item) => total + (item as number), 0) : new Result(args, kwargs)
        })
        output.result({ ok: true, registered: uri }, `registered ${uri}; stop with Ctrl+C`)
        await untilInterrupted(ended)
      })
    })
  common(program.command("publish <topic> [arguments]"))
    .description("publish an event; arguments are a JSON list")
    .option("--kwargs <json>", "keyword arguments, a JSON object", "{}")
    .option(
      "--linger <seconds>",
      "how long to stay for subscribers that ask for keys, when no other key agent is there",
      "2",
    )
    .action(
      async (uri: string, text: string | undefined, options: MessageOptions & { linger: string }, command: Command) => {
        const args = argumentsOption(text ?? "[]")
        const kwargs = keywordsOption(options.kwargs)
        const linger = secondsOption(options.linger)
        await withEndpoint(uri, options, command, async (endpoint, output) => {
          await endpoint.publish(uri, args, { kwargs })
          output.result({ ok: true, published: uri }, `published ${uri}`)
          if (endpoint.isKeyAgent(uri)) await new Promise((resolve) => setTimeout(resolve, linger))
        })
      },
    )
  common(program.command("subscribe <topic>"))
    .description("print events until interrupted")
    .option("--match <match>", "exact, prefix or wildcard", "exact")
    .action(async (uri: string, options: MessageOptions & { match: string }, command: Command) => {
      const { match } = options
      if (match !== "exact" && match !== "prefix" && match !== "wildcard")
        throw new E2eeError("usage.invalid", `--match ${JSON.stringify(match)}; expected exact, prefix or wildcard`)
      await withEndpoint(uri, options, command, async (endpoint, output, ended) => {
        const print = (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>, details: Details): void =>
          output.result(
            { event: "event", uri: details.uri, args, kwargs, sender: senderFields(details.sender) },
            `${details.uri} by ${details.sender.address}: ${JSON.stringify(args, bigintText)}`,
          )
        await endpoint.subscribe(uri, print, { match })
        output.result({ ok: true, subscribed: uri }, `subscribed ${uri}; stop with Ctrl+C`)
        await untilInterrupted(ended)
      })
    })
}

function common(command: Command): Command {
  return withTrustOptions(command)
    .requiredOption("--as <identity>", "machine identity of the keystore, from `delegate issue`")
    .option("--router <url>", "WebSocket URL of the WAMP router", "ws://127.0.0.1:8080/")
    .option("--wamp-realm <name>", "realm at the router", "realm1")
    .option("--cryptosign", "prove who this is to the router; without, only to one that asks (WAMP-cryptosign)")
    .option("--router-key <key>", "the router must prove this public key (64 hex digits)")
    .option("--verify-router", "the router must prove a certificate of this realm")
    .option("--bind-channel", "bind the session to its TLS connection: needs wss: and a router that does so too")
    .option("--scope <prefix>", "protected URI prefix; by default everything but the last component of the URI")
}

async function withEndpoint(
  uri: string,
  options: MessageOptions,
  command: Command,
  work: (endpoint: Endpoint, output: Output, ended: Promise<void>) => Promise<void>,
): Promise<void> {
  const globals = globalsOf(command)
  const output = outputOf(command)
  const stored = await loadIdentity(globals.keystore, options.as, {
    password: await passwordOf(globals, `password of ${options.as}`),
  })
  const certificates = parseChain(stored.certificates)
  const authority = certificates[1]?.certificate
  if (authority?.kind !== "authority")
    throw new E2eeError("store.corrupt", `identity ${options.as} has no authority certificate`)
  const trust = await trustFor(globals, options, authority, certificates)
  output.progress(`connecting to ${options.router} …`)
  const identity = { certificates, csKey: stored.csKey }
  if (options.routerKey !== undefined && options.verifyRouter)
    throw new E2eeError("usage.invalid", "--router-key and --verify-router are two ways to know the router; choose one")
  const router = options.routerKey ?? (options.verifyRouter ? trustedRouters(trust) : undefined)
  const bindChannel = options.bindChannel === true
  const always = options.cryptosign === true || router !== undefined || bindChannel
  const session = await openSession(options.router, options.wampRealm, { identity, always, router, bindChannel })
  try {
    const onRefusal = (error: E2eeError, where: string): void =>
      output.warn(`refused ${where}: ${error.message} (${error.code})`)
    const scope = options.scope ?? uri.split(".").slice(0, -1).join(".")
    const scopes = [{ uri: scope === "" ? uri : scope, match: scope === "" ? ("exact" as const) : ("prefix" as const) }]
    const endpoint = await createEndpoint({
      connection: session.connection,
      identity,
      trust,
      scopes,
      onRefusal,
    })
    try {
      await work(endpoint, output, session.ended)
    } finally {
      await endpoint.close()
    }
  } finally {
    await session.close()
    stored.csKey.wipe()
    stored.delegateKey.wipe()
  }
}

function senderFields(sender: Details["sender"]): Record<string, unknown> {
  return {
    address: sender.address,
    operator: sender.operator,
    realm: sender.realm,
    capabilities: sender.capabilities,
    source: sender.source,
  }
}

function secondsOption(text: string): number {
  const seconds = Number(text)
  if (text !== "" && seconds >= 0 && seconds <= 86_400) return Math.round(seconds * 1_000)
  throw new E2eeError("usage.invalid", `${JSON.stringify(text)} is no time; expected seconds from 0 to 86400`)
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value
}
