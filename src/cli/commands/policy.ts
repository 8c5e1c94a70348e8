import type { Command } from "commander"
import { ZERO_ADDRESS } from "../../core/address.ts"
import { openPolicy, policyHashHex, signPolicy, type ScopePolicy } from "../../keys/policy.ts"
import { parsePolicyDraft, parseSignedPolicy, signedPolicyToJson } from "../../keys/policy-text.ts"
import { parseScopes, policyOf } from "../../session/scope.ts"
import { writeJson } from "../files.ts"
import { addressOption, globalsOf, readText, secretKey } from "../options.ts"
import { outputOf, printable } from "../output.ts"

interface SignOptions {
  readonly as: string
  readonly out: string
  readonly overwrite: boolean
}

/** `policy`: settings of a scope as a document that its owner signed. */
export function addPolicyCommands(program: Command): void {
  const policy = program.command("policy").description("signed policies of scopes: whoever has another gets no keys")
  policy
    .command("sign <draft>")
    .description(
      "sign a policy as its owner. The draft is JSON: realm, uri, match (prefix or exact), serial, and what is not to be " +
        "by default of agents, readers, writers, epochMs, generationMs, mode, replay, historyEpochs, profile, hybrid, trees, attested",
    )
    .requiredOption("--as <key>", "the owner's key in the keystore")
    .requiredOption("--out <file>", "where to write the signed policy, a public file")
    .option("--overwrite", "replace an existing file", false)
    .action(async (file: string, options: SignOptions, command: Command) => {
      const draft = parsePolicyDraft(await readText(file, "the draft", "write one: see --help"), DEFAULTS)
      const key = await secretKey(globalsOf(command), options.as)
      const signed = signPolicy(draft, key)
      key.wipe()
      await writeJson(options.out, JSON.parse(signedPolicyToJson(signed)), options.overwrite)
      const fields = { ok: true, file: options.out, ...namesOf(signed.policy) }
      outputOf(command).result(fields, `${options.out}: policy of ${signed.policy.uri}, ${summary(signed.policy)}`)
    })
  policy
    .command("show <file>")
    .description("read a signed policy, and check its signature")
    .option("--owner <address>", "who has to have signed it; by default whom it names")
    .action(async (file: string, { owner }: { readonly owner?: string }, command: Command) => {
      const signed = parseSignedPolicy(await readText(file, "the policy", "`policy sign` writes one"))
      const expected = owner === undefined ? signed.policy.owner : addressOption(owner, "--owner")
      const opened = openPolicy(signed, expected)
      const { signature: _, ...shown } = JSON.parse(signedPolicyToJson(signed)) as Record<string, unknown>
      const lines = Object.entries(shown).map(([name, value]) => `${name.padEnd(14)}${JSON.stringify(value)}`)
      const text = [...lines, `signed by owner; ${summary(opened)}`].map(printable).join("\n")
      outputOf(command).result({ ok: true, ...shown, ...namesOf(opened) }, text)
    })
}

/** What endpoints take where a program says nothing; who and where is for the owner to say. */
const DEFAULTS: Partial<ScopePolicy> = defaults()

function defaults(): Partial<ScopePolicy> {
  const [scope] = parseScopes([{ uri: "com.example" }])
  if (scope === undefined) return {}
  const {
    realm: _,
    uri: __,
    match: ___,
    owner: ____,
    serial: _____,
    profile: ______,
    ...rest
  } = policyOf(scope, ZERO_ADDRESS)
  return rest
}

function namesOf(policy: ScopePolicy): Record<string, unknown> {
  return { owner: policy.owner, serial: policy.serial, hash: policyHashHex(policy) }
}

function summary(policy: ScopePolicy): string {
  return `serial ${policy.serial}, hash ${policyHashHex(policy)}, owner ${policy.owner}`
}
