import type { Command } from "commander"
import { startEmbeddedChain } from "../../chain/embedded.ts"
import { E2eeError } from "../../core/errors.ts"
import { startRouter } from "../../router/index.ts"
import { outputOf } from "../output.ts"
import { untilInterrupted } from "../until-interrupted.ts"

/** `chain` and `router`: the embedded parts in the foreground, on loopback, for development. */
export function addDevelopmentCommands(program: Command): void {
  program
    .command("chain")
    .description("run the embedded development chain on 127.0.0.1 until interrupted; everybody knows its keys")
    .option("--port <port>", "port to listen on; 0 takes a free one", "8545")
    .action(async ({ port }: { port: string }, command: Command) => {
      const output = outputOf(command)
      const chain = await startEmbeddedChain({ port: portOption(port) }).catch((error: unknown) => {
        if (error instanceof E2eeError) throw error
        throw new E2eeError(
          "session.connection",
          `the chain cannot listen on port ${port}; choose another with --port`,
          { cause: error },
        )
      })
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
    .action(async ({ port }: { port: string }, command: Command) => {
      const output = outputOf(command)
      const router = await startRouter({ port: portOption(port) })
      output.result({ ok: true, url: router.url }, `router: ${router.url} (development only); stop with Ctrl+C`)
      await untilInterrupted()
      await router.close()
    })
}

function portOption(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new E2eeError("usage.invalid", `--port ${JSON.stringify(text)} is no port; expected 0 to 65535`)
}
