import type { Command } from "commander"
import { parseChain } from "../../certificate/parse.ts"
import type { CertificateChain } from "../../certificate/types.ts"
import { fromHex, toHex, type Hex } from "../../core/bytes.ts"
import { asE2eeError, E2eeError } from "../../core/errors.ts"
import type { TrustPolicy } from "../../trust/facts.ts"
import { statedFacts } from "../../trust/stated.ts"
import { parseCase } from "../case-file.ts"
import { readInput } from "../files.ts"
import { withChainTrustOptions } from "../chain-trust.ts"
import { groundsOf, type FactsOf, type Grounds } from "../grounds.ts"
import { durationOption, globalsOf, momentOption } from "../options.ts"
import { outputOf, printable, Reported } from "../output.ts"
import { verdictFields, verdictOf, verdictOnRefusal, verdictText, type Verdict } from "../verdict.ts"

interface VerifyOptions extends Grounds {
  readonly maxAge?: string
  readonly provenKey?: string
  readonly now?: string
  readonly case?: boolean
}

/** Milliseconds that clocks may differ; the endpoint's default. */
const SKEW = 300_000

/** `verify`: a chain in a file, judged by every rule. */
export function addVerifyCommand(program: Command): void {
  const command = program.command("verify <file>")
  withChainTrustOptions(command)
    .description(
      "verify a certificate chain, a JSON array of [typedData, signature]; - reads standard input. With --trustroot " +
        "nobody is asked, or the --bundle alone; without it the registries of --deployment are, at --rpc",
    )
    .option("--realm <address>", "the realm that the chain has to be for")
    .option(
      "--bundle <source>",
      "file or URL of a standalone trustroot's bundle, signed by --trustroot; no chain is asked",
    )
    .option("--trustroot <address>", "offline: the root CA that counts; nothing is taken to be revoked")
    .option("--chain-id <n>", "offline: chain id of the registries")
    .option("--contract <address>", "offline: the realm registry")
    .option("--block <n>", "offline: newest block; certificates from later ones are refused")
    .option("--max-age <time>", "oldest boot of the delegate: seconds, or 90m, 24h, 7d; not judged otherwise")
    .option("--proven-key <hex>", "the session key that the peer proved to hold; not judged otherwise")
    .option("--now <time>", "judge as of this moment: POSIX seconds or 2026-01-31T12:00:00Z")
    .option("--case", "the file is a test case, which says itself what to believe", false)
    .action(async (file: string, options: VerifyOptions, command: Command) => {
      const judge = options.case ? caseJudge(options) : judgeFor(options, command)
      const output = outputOf(command)
      output.progress("judging …")
      const verdict = await verdictOn(await readInput(file), judge)
      const lines = verdictText(verdict).split("\n").map(printable)
      output.result(verdictFields(verdict), lines.join("\n"))
      if (verdict.ok) return
      const { rule, reason } = verdict.rules.find(({ ok }) => ok === false) ?? {}
      process.stderr.write(`wamp-e2ee: ${printable(`${rule}: ${reason}`)} (${verdict.code})\n`)
      throw new Reported()
    })
}

/** Reads what is to be judged, and on what grounds. */
type Judge = (text: string) => {
  readonly policy: TrustPolicy
  readonly read: () => CertificateChain
  readonly facts: FactsOf
}

async function verdictOn(text: string, judge: Judge): Promise<Verdict> {
  const { read, facts, policy } = judge(text)
  let chain: CertificateChain
  try {
    chain = read()
  } catch (error) {
    const coded = asE2eeError(error, "internal.invariant", "reading the chain")
    const verdict = verdictOnRefusal(coded)
    if (verdict === undefined) throw coded
    return verdict
  }
  return verdictOf(chain, await facts(chain), policy)
}

/** The options are judged before the file is read. */
function judgeFor(options: VerifyOptions, command: Command): Judge {
  const policy = policyOf(options)
  const facts = groundsOf(options, globalsOf(command), policy.now)
  return (text) => ({ policy, facts, read: () => parseChain(text) })
}

function caseJudge(options: VerifyOptions): Judge {
  const other = Object.keys(options).find((name) => name !== "case")
  if (other !== undefined)
    throw new E2eeError("usage.invalid", `--case with another option (${other}); a case says everything itself`)
  return (text) => {
    const { trust, policy, chain } = parseCase(text)
    return { policy, read: chain, facts: (given) => statedFacts(given, trust) }
  }
}

function policyOf({ maxAge, provenKey, now }: VerifyOptions): TrustPolicy {
  return {
    now: now === undefined ? Date.now() : momentOption(now, "--now"),
    skew: SKEW,
    ...(maxAge === undefined ? {} : { maxAge: durationOption(maxAge, "--max-age") }),
    ...(provenKey === undefined ? {} : { provenKey: keyOption(provenKey) }),
  }
}

function keyOption(text: string): Hex {
  const bytes = fromHex(text, 32)
  if (bytes === undefined)
    throw new E2eeError("usage.invalid", `--proven-key ${JSON.stringify(text)} is no key; expected 32 bytes of hex`)
  return toHex(bytes)
}
