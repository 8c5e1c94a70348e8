import type { Command } from "commander"
import { startEmbeddedChain } from "../../chain/embedded.ts"
import { E2eeError } from "../../core/errors.ts"
import { startRouter } from "../../router/index.ts"
import { globalsOf, readText } from "../options.ts"
import { outputOf } from "../output.ts"
import { cryptosignOf, type RouterAuthentication } from "../router-authentication.ts"
import { untilInterrupted } from "../until-interrupted.ts"

/** `chain` and `router`: the embedded parts in the foreground, on loopback, for development. */
export function addDevelopmentCommands(program: Command): void {
  program
    .command("chain")
    .description("run the embedded development chain on 127.0.0.1 until interrupted; everybody knows its keys")
    .option("--port <port>", "port to listen on; 0 takes a free one", "8545")
    .action(async ({ port }: { port: string }, command: Command) => {
      const output = outputOf(command)
      const chain = await startEmbeddedChain({ port: portOption(port) })
      output.result(
        { ok: true, url: chain.url },
        `chain: ${chain.url} (development only, nothing is kept); stop with Ctrl+C`,
      )
      await untilInterrupted()
      await chain.close()
    })
  program
    .command("router")
    .description("run the embedded WAMP router on 127.0.0.1 until interrupted; for development")
    .option("--port <port>", "port to listen on; 0 takes a free one", "8080")
    .option("--cryptosign", "let in only clients that prove their key (WAMP-cryptosign)")
    .option("--allow <key=authid:role>", "let this public key in; may be given again", collect, [])
    .option("--trust-realm <address>", "let in machines that the registries admit to this realm")
    .option("--as <identity>", "machine identity by which the router proves itself to clients that ask")
    .option("--attest <role>", "have clients show a platform that the realm's policy for this role accepts")
    .option("--bind-channel", "let in only clients that bind their session to TLS")
    .option("--tls-cert <file>", "serve wss: with this certificate (PEM)")
    .option("--tls-key <file>", "and its private key (PEM)")
    .action(async (options: RouterAuthentication & RouterFiles & { port: string }, command: Command) => {
      const output = outputOf(command)
      const cryptosign = await cryptosignOf(options, globalsOf(command))
      const tls = await tlsOf(options)
      const router = await startRouter({
        port: portOption(options.port),
        ...(cryptosign === undefined ? {} : { authentication: { cryptosign } }),
        ...(tls === undefined ? {} : { tls }),
        log: (event) => {
          if (event.event === "session_refused") output.warn(`refused a session: ${event.why} (${event.uri})`)
        },
      })
      output.result({ ok: true, url: router.url }, `router: ${router.url} (development only); stop with Ctrl+C`)
      await untilInterrupted()
      await router.close()
      cryptosign?.identity?.key.wipe()
    })
}

interface RouterFiles {
  readonly tlsCert?: string
  readonly tlsKey?: string
}

async function tlsOf({
  tlsCert,
  tlsKey,
  bindChannel,
}: RouterFiles & RouterAuthentication): Promise<{ cert: string; key: string } | undefined> {
  if (tlsCert === undefined && tlsKey === undefined && !bindChannel) return undefined
  if (tlsCert === undefined || tlsKey === undefined)
    throw new E2eeError(
      "usage.invalid",
      "--tls-cert and --tls-key go together, and --bind-channel needs them; give both",
    )
  const cert = await readText(tlsCert, "the certificate", "name another with --tls-cert")
  return { cert, key: await readText(tlsKey, "the private key", "name another with --tls-key") }
}

function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value]
}

function portOption(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new E2eeError("usage.invalid", `--port ${JSON.stringify(text)} is no port; expected 0 to 65535`)
}
