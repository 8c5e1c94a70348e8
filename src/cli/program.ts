import { createRequire } from "node:module"
import { Command, CommanderError } from "commander"
import { isE2eeError } from "../core/errors.ts"
import { addAgentCommand } from "./commands/agent.ts"
import { addAttestDeviceCommands } from "./commands/attest-device.ts"
import { addAttestationCommands } from "./commands/attestation.ts"
import { addCertificateCommands } from "./commands/certificate.ts"
import { addDelegateCommands } from "./commands/delegate.ts"
import { addDeployCommand } from "./commands/deploy.ts"
import { addDevelopmentCommands } from "./commands/development.ts"
import { addDoctorCommand } from "./commands/doctor.ts"
import { addJudgeCommand } from "./commands/judge.ts"
import { addKeyCommands } from "./commands/key.ts"
import { addLogCommands } from "./commands/log.ts"
import { addMessageCommands } from "./commands/messages.ts"
import { addOperatorCommands } from "./commands/operator.ts"
import { addPinCommands } from "./commands/pins.ts"
import { addPolicyCommands } from "./commands/policy.ts"
import { addRealmCommands } from "./commands/realm.ts"
import { addRelayCommands } from "./commands/relay.ts"
import { addTrustCommands } from "./commands/trust.ts"
import { addVerifyCommand } from "./commands/verify.ts"
import { Reported, reportFailure } from "./output.ts"

/** Runs one command line. Resolves to the exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function run(args: readonly string[]): Promise<number> {
  const program = createProgram()
  try {
    await program.parseAsync([...args], { from: "user" })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Reported) return 1
    reportFailure(error, args.includes("--json"))
    return isE2eeError(error, "usage.invalid") ? 2 : 1
  }
}

export function createProgram(): Command {
  const { env } = process
  const { version } = createRequire(import.meta.url)("../../package.json") as { version: string }
  const program = new Command("wamp-e2ee")
    .version(version)
    .description("End-to-end encrypted WAMP between machines that verify each other on-chain.")
    .option(
      "--rpc <url>",
      "RPC of the registries' chain (WAMP_E2EE_RPC)",
      env["WAMP_E2EE_RPC"] ?? "http://127.0.0.1:8545",
    )
    .option(
      "--deployment <file>",
      "where the registries are (WAMP_E2EE_DEPLOYMENT)",
      env["WAMP_E2EE_DEPLOYMENT"] ?? "deployments/registries.json",
    )
    .option(
      "--keystore <dir>",
      "folder of encrypted keys (WAMP_E2EE_KEYSTORE)",
      env["WAMP_E2EE_KEYSTORE"] ?? "keystore",
    )
    .option(
      "--password-file <file>",
      "file with the keystore's password; asked on the terminal otherwise (WAMP_E2EE_PASSWORD_FILE)",
      env["WAMP_E2EE_PASSWORD_FILE"],
    )
    .option("--json", "print JSON")
    .showHelpAfterError("(add --help for what is expected)")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
  program.commandsGroup("Keys and machines:")
  addKeyCommands(program)
  addDelegateCommands(program)
  addVerifyCommand(program)
  addPinCommands(program)
  addDoctorCommand(program)
  program.commandsGroup("Registries:")
  addDeployCommand(program)
  addOperatorCommands(program)
  addRealmCommands(program)
  addCertificateCommands(program)
  addAttestationCommands(program)
  addAttestDeviceCommands(program)
  addRelayCommands(program)
  addLogCommands(program)
  program.commandsGroup("Messages:")
  addMessageCommands(program)
  addAgentCommand(program)
  addPolicyCommands(program)
  addJudgeCommand(program)
  addTrustCommands(program)
  program.commandsGroup("Development:")
  addDevelopmentCommands(program)
  inheritAll(program)
  return program
}

/** Global options may stand behind the command, and no command ends the process by itself. */
function inheritAll(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride().showHelpAfterError("(add --help for what is expected)")
    inheritAll(child)
  }
}
