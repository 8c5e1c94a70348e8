import type { Command } from "commander"
import { asE2eeError, E2eeError } from "../../core/errors.ts"
import type { Details } from "../../endpoint.ts"
import { Result } from "../../session/messages/result.ts"
import { evidenceKeeper, withEvidenceOption, type EvidenceOptions } from "../evidence-folder.ts"
import { commonMessageOptions, withEndpoint, type EndpointOptions } from "../message-endpoint.ts"
import { argumentsOption, keywordsOption } from "../options.ts"
import { untilInterrupted } from "../until-interrupted.ts"

interface MessageOptions extends EndpointOptions {
  readonly kwargs: string
  readonly timeout: string
}

/** `call`, `register`, `publish`, `subscribe`: encrypted WAMP from the shell. */
export function addMessageCommands(program: Command): void {
  commonMessageOptions(program.command("call <procedure> [arguments]"))
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
  withEvidenceOption(commonMessageOptions(program.command("register <procedure>")))
    .description("answer calls until interrupted")
    .option("--return <json>", "what to answer; by default the sum of numbers, else the arguments themselves")
    .action(async (uri: string, options: MessageOptions & EvidenceOptions & { return?: string }, command: Command) => {
      const fixed = options.return === undefined ? undefined : argumentsOption(`[${options.return}]`)
      const keep = evidenceKeeper(options)
      await withEndpoint(uri, options, command, async (endpoint, output, ended) => {
        await endpoint.register(uri, async (args, kwargs, details) => {
          await keep(details)
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
  commonMessageOptions(program.command("publish <topic> [arguments]"))
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
  withEvidenceOption(commonMessageOptions(program.command("subscribe <topic>")))
    .description("print events until interrupted")
    .option("--match <match>", "exact, prefix or wildcard", "exact")
    .action(async (uri: string, options: MessageOptions & EvidenceOptions & { match: string }, command: Command) => {
      const { match } = options
      const keep = evidenceKeeper(options)
      if (match !== "exact" && match !== "prefix" && match !== "wildcard")
        throw new E2eeError("usage.invalid", `--match ${JSON.stringify(match)}; expected exact, prefix or wildcard`)
      await withEndpoint(uri, options, command, async (endpoint, output, ended) => {
        const print = (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>, details: Details): void =>
          output.result(
            { event: "event", uri: details.uri, args, kwargs, sender: senderFields(details.sender) },
            `${details.uri} by ${details.sender.address}: ${JSON.stringify(args, bigintText)}`,
          )
        const kept: typeof print = (args, kwargs, details) => {
          print(args, kwargs, details)
          keep(details).catch((error: unknown) => output.warn(asE2eeError(error, "store.io", "evidence").message))
        }
        await endpoint.subscribe(uri, kept, { match })
        output.result({ ok: true, subscribed: uri }, `subscribed ${uri}; stop with Ctrl+C`)
        await untilInterrupted(ended)
      })
    })
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
