import type { Command } from "commander"
import { readerOf } from "../../chain/embedded.ts"
import { curves } from "../../core/curves/choice.ts"
import { E2eeError } from "../../core/errors.ts"
import { examine } from "../doctor/examine.ts"
import type { Finding } from "../doctor/finding.ts"
import { addressOption, deploymentOf, durationOption, globalsOf, transportOf } from "../options.ts"
import { outputOf, printable, Reported } from "../output.ts"

interface DoctorOptions {
  readonly router: string
  readonly wampRealm: string
  readonly realm?: string
  readonly realmFile: string
  readonly timeout: string
}

/** `doctor`: looks at what this machine needs, and says what to do about it. */
export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("look at Node, curves, files, chain, router, clock, keystore and identities; says what to do")
    .option("--router <url>", "WebSocket URL of the WAMP router", "ws://127.0.0.1:8080/")
    .option("--wamp-realm <name>", "realm at the router", "realm1")
    .option("--realm <address>", "the realm; by default the realm file's")
    .option("--realm-file <file>", "the realm's public certificates", "deployments/realm.json")
    .option("--timeout <time>", "how long each look may take, in seconds", "5")
    .action(async (options: DoctorOptions, command: Command) => {
      const globals = globalsOf(command)
      const output = outputOf(command)
      if (!/^wss?:\/\/\S+$/.test(options.router) || !URL.canParse(options.router))
        throw new E2eeError(
          "usage.invalid",
          `--router ${JSON.stringify(options.router)} is no WebSocket URL; expected ws://… or wss://…`,
        )
      output.progress("looking …")
      const findings = await examine({
        nodeVersion: process.versions.node,
        curves: curves.name,
        rpc: globals.rpc,
        client: readerOf(transportOf(globals)),
        deploymentFile: globals.deployment,
        deployment: () => deploymentOf(globals),
        realmFile: options.realmFile,
        ...(options.realm === undefined ? {} : { realm: addressOption(options.realm, "--realm") }),
        router: options.router,
        wampRealm: options.wampRealm,
        keystore: globals.keystore,
        timeoutMs: durationOption(options.timeout, "--timeout"),
        clock: Date.now,
      })
      const problems = findings.filter(({ level }) => level === "problem")
      const [first] = problems
      output.result(
        { ok: first === undefined, code: first?.code ?? null, checks: findings },
        findings.map((finding) => textOf(finding)).join("\n"),
      )
      if (first === undefined) return
      const names = problems.map(({ check }) => check).join(", ")
      process.stderr.write(`wamp-e2ee: ${problems.length} to be solved: ${printable(names)} (${first.code})\n`)
      throw new Reported()
    })
}

function textOf({ check, level, message, code, advice }: Finding): string {
  const line = `${level.padEnd(8)} ${check}: ${message}${code === undefined ? "" : ` (${code})`}`
  return [line, ...(advice === undefined ? [] : [`         ${advice}`])].map(printable).join("\n")
}
