import type { Command } from "commander"
import { chainToJson } from "../../certificate/issue.ts"
import { judge, type Judgement } from "../../session/messages/judge.ts"
import { createFile } from "../../store/atomic-file.ts"
import { readBytes } from "../files.ts"
import { outputOf, printable } from "../output.ts"

/** Bytes of evidence at most: a frame of 1 MiB, its chain, and room. */
const MAX_EVIDENCE = 2 * 1_048_576

/** `judge`: evidence in a file, judged offline. */
export function addJudgeCommand(program: Command): void {
  program
    .command("judge <file>")
    .description(
      "judge evidence of a message or of a key agent that contradicts itself, asking nobody; - reads standard input. " +
        "Whether the chain's root is the realm's, and what of it is revoked, `verify` says of --chain's file",
    )
    .option("--chain <file>", "write the signer's certificate chain to this new file, for `verify`")
    .action(async (file: string, options: { readonly chain?: string }, command: Command) => {
      const judgement = judge(await readBytes(file, MAX_EVIDENCE, "keys.evidence"))
      if (options.chain !== undefined)
        await createFile(options.chain, new TextEncoder().encode(`${chainToJson(judgement.chain, 2)}\n`))
      const lines = linesOf(judgement).map(printable)
      outputOf(command).result({ ok: true, ...fieldsOf(judgement) }, lines.join("\n"))
    })
}

function fieldsOf({ chain, ...fields }: Judgement): Record<string, unknown> {
  return { ...fields, ...signerOf(chain) }
}

function signerOf(chain: Judgement["chain"]): { delegate: string | undefined; root: string | undefined } {
  const [delegate, root] = [chain[0]?.certificate, chain.at(-1)?.certificate]
  return {
    delegate: delegate?.kind === "delegate" ? delegate.delegate : undefined,
    root: root?.kind === "authority" ? root.issuer : undefined,
  }
}

function linesOf(judgement: Judgement): string[] {
  const { delegate, root } = signerOf(judgement.chain)
  const signer = `by         ${delegate} (session key ${judgement.signer}), certified below ${root}`
  if (judgement.what === "fork")
    return [
      `proved     a key agent said two things of generation ${judgement.generation}, and signed both`,
      `scope      ${judgement.scope}`,
      signer,
    ]
  const { kind, uri, realm, generation, epoch, time, sequence, error, args, kwargs } = judgement
  return [
    `proved     ${kind} of ${uri}${error === undefined ? "" : `, error ${error}`}`,
    signer,
    `realm      ${realm}, generation ${generation}, epoch ${epoch}`,
    `sent       ${new Date(time).toISOString()} by the sender's clock, as its number ${sequence}`,
    `arguments  ${JSON.stringify(args, exact)} ${JSON.stringify(kwargs, exact)}`,
  ]
}

function exact(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString()
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value
}
