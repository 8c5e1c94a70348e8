import type { Command } from "commander"
import * as attestation from "../../chain/registries/attestation.ts"
import { E2eeError } from "../../core/errors.ts"
import {
  bankOption,
  checkSelection,
  documentOption,
  kindsOption,
  pcrsOption,
  pcrsText,
  roleOption,
  type SelectionOptions,
} from "../attestation-options.ts"
import { addressOption, durationOption } from "../options.ts"
import { openWriting, writes, type WriteOptions } from "../writing.ts"
import { addShowCommand } from "./attestation-show.ts"
import { addAttesterCommands } from "./attester.ts"
import { addMeasurementCommands } from "./measurement.ts"

interface PolicyOptions extends WriteOptions, SelectionOptions {
  readonly required?: boolean
  readonly optional?: boolean
  readonly kinds: string
  readonly maxAge: string
  readonly document?: string
}

/** `attest`: what platforms a realm believes, with which keys and of which measurements. */
export function addAttestationCommands(program: Command): void {
  const attest = program.command("attest").description("remote attestation: platforms that a realm believes")
  addPolicy(attest)
  addMeasurementCommands(attest)
  addAttesterCommands(attest)
  addShowCommand(attest)
}

function addPolicy(attest: Command): void {
  writes(attest.command("policy <realm> <role>"), "the realm's owner")
    .description("set what is asked of the platforms of a role, in place of what was asked before; raises the epoch")
    .option("--required", "refuse peers in the role that show no evidence")
    .option("--optional", "ask for none; what is shown is judged all the same")
    .option("--kinds <names>", "of tpm-2.0 and aws-nitro, comma-separated", "tpm-2.0")
    .option("--bank <name>", "sha256, sha384 or sha512; aws-nitro has sha384", "sha256")
    .requiredOption("--pcrs <numbers>", "registers that a quote selects, exactly these, such as 0-3,7")
    .option("--max-age <time>", "greatest age of evidence: seconds, or 90s, 5m, 1h", "5m")
    .option("--document <file>", "what explains the policy: its hash is written")
    .action(async (text: string, name: string, options: PolicyOptions, command: Command) => {
      const [realm, role] = [addressOption(text, "realm"), roleOption(name)]
      if ((options.required === true) === (options.optional === true)) {
        throw new E2eeError("usage.invalid", "expected either --required or --optional")
      }
      const kinds = kindsOption(options.kinds)
      const [bank, mask] = [bankOption(options.bank ?? ""), pcrsOption(options.pcrs ?? "")]
      checkSelection(kinds, bank, mask)
      const maximumAge = Math.ceil(durationOption(options.maxAge, "--max-age") / 1_000)
      if (maximumAge < 1 || maximumAge >= 2 ** 32)
        throw new E2eeError("usage.invalid", `--max-age ${options.maxAge}; expected 1 second to 2^32`)
      const document = await documentOption(options.document)
      const { deployment, perform } = await openWriting(command, options)
      const required = options.required === true
      const wish = { required, kinds, bank, mask, maximumAge, ...(document === undefined ? {} : { document }) }
      const said = `realm ${realm} ${required ? "requires" : "judges"} PCRs ${pcrsText(mask)} of ${options.kinds} in role ${name}`
      await perform(attestation.setPolicy(deployment, realm, role, wish), { realm, role, ...wish }, said)
    })
}
