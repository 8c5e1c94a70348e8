import type { Command } from "commander"
import { commonMessageOptions, withEndpoint, type EndpointOptions } from "../message-endpoint.ts"
import { untilInterrupted } from "../until-interrupted.ts"

/** Milliseconds between looks at who is agent. */
const LOOK = 500

/** `agent`: a key agent that is nothing else. */
export function addAgentCommand(program: Command): void {
  commonMessageOptions(program.command("agent <uri>"))
    .description(
      "grant the keys of the scope that a URI lies in, until interrupted; stands by where another does, and takes its " +
        "place when it is gone. SIGHUP gives everybody new keys",
    )
    .action(async (uri: string, options: EndpointOptions, command: Command) => {
      await withEndpoint(uri, options, command, async (endpoint, output, ended) => {
        let isAgent: boolean | undefined
        const look = (): void => {
          const now = endpoint.isKeyAgent(uri)
          if (now === isAgent) return
          isAgent = now
          const text = now ? `key agent of ${uri}'s scope` : "another is key agent; standing by"
          output.result({ ok: true, event: "agent", uri, isAgent }, `${text}; stop with Ctrl+C`)
        }
        const rotate = (): void => {
          if (!endpoint.isKeyAgent(uri)) return output.warn("new keys were asked for; another is key agent")
          endpoint.rotateKeys(uri)
          output.result({ ok: true, event: "rotated", uri }, "gave everybody new keys")
        }
        await endpoint.standAsKeyAgent(uri)
        look()
        const looking = setInterval(look, LOOK)
        process.on("SIGHUP", rotate)
        try {
          await untilInterrupted(ended)
        } finally {
          clearInterval(looking)
          process.off("SIGHUP", rotate)
        }
      })
    })
}
