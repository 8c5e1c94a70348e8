import type { Command } from "commander"
import { measurementKey, type AttestationPolicy, type Kind } from "../../attestation/facts.ts"
import * as attestation from "../../chain/registries/attestation.ts"
import { makeRequest } from "../../chain/registries/relayed.ts"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import {
  bankOption,
  checkSelection,
  documentOption,
  kindOption,
  pcrsOption,
  revokes,
  roleOption,
  unseen,
  windowOption,
  withWindow,
  ANYTHING,
  type RevokeOptions,
  type SelectionOptions,
  type WindowOptions,
} from "../attestation-options.ts"
import { addressOption, digestOption, reasonOption } from "../options.ts"
import {
  isRequested,
  lifetimeOption,
  openWriting,
  writeRequest,
  writes,
  type WriteOptions,
  type Writing,
} from "../writing.ts"

interface MeasurementOptions extends WriteOptions, SelectionOptions, WindowOptions {
  readonly kind?: string
  readonly document?: string
}

/** `attest measurement`: what a role's platforms may have. */
export function addMeasurementCommands(attest: Command): void {
  const measurement = attest.command("measurement").description("measurements that a role's platforms may have")
  addMeasurements(measurement)
  addRevocation(measurement)
}

function addMeasurements(measurement: Command): void {
  withWindow(writes(measurement.command("add <realm> <role> <digests...>"), "the realm's owner"))
    .description("accept measurements: SHA-256 over the registers, ascending; what the role's policy asks by default")
    .option("--kind <name>", "tpm-2.0 or aws-nitro")
    .option("--bank <name>", "sha256, sha384 or sha512")
    .option("--pcrs <numbers>", "the registers that were measured")
    .option("--document <file>", "what explains the measurements: its hash is written with each")
    .action(
      async (text: string, name: string, digests: readonly string[], options: MeasurementOptions, command: Command) => {
        const [realm, role] = [addressOption(text, "realm"), roleOption(name)]
        const measured = digests.map((digest) => digestOption(digest, "digest"))
        const window = windowOption(options)
        const document = await documentOption(options.document)
        const writing = await openWriting(command, options)
        const selection = await selectionOf(writing, realm, role, options)
        const added = measured.map((digest) => ({
          ...selection,
          digest,
          ...window,
          ...(document === undefined ? {} : { document }),
        }))
        const keys = added.map(({ kind, bank, mask, digest }) => measurementKey(kind, bank, mask, digest))
        const { deployment, perform } = writing
        const [first] = added
        const call =
          first !== undefined && added.length === 1
            ? attestation.addMeasurement(deployment, realm, role, first)
            : attestation.addMeasurements(deployment, realm, role, added)
        await perform(call, { realm, role, keys, ...selection, ...window }, `accepted: ${keys.join(", ")}`)
      },
    )
}

function addRevocation(measurement: Command): void {
  revokes(measurement.command("revoke <realm> <role> <keys...>"), "the realm's owner or root")
    .description("revoke measurements for ever, by their keys: see `attest show`; raises the epoch")
    .action(
      async (text: string, name: string, keyTexts: readonly string[], options: RevokeOptions, command: Command) => {
        const [realm, role] = [addressOption(text, "realm"), roleOption(name)]
        const keys = keyTexts.map((key) => digestOption(key, "key"))
        const reason = reasonOption(options.reason)
        const writing = await openWriting(command, options)
        const { client, deployment, perform, sender } = writing
        const [first] = keys
        if (first === undefined) throw new E2eeError("usage.invalid", "expected a measurement's key")
        if (options.unseen !== true) {
          for (const measurementKey of keys) {
            const asked = { role, attesterId: ANYTHING, measurementKey }
            const { measurement } = await attestation.appraisalOf(client, deployment, realm, asked)
            if (measurement === undefined) throw unseen(`measurement ${measurementKey} was never added to role ${name}`)
          }
        }
        if (isRequested(options)) {
          if (keys.length > 1) {
            throw new E2eeError("usage.invalid", "a batch is sent by the key itself: without --sign-only, --prepare")
          }
          const wish = { realm, role, measurement: first, authority: await sender(), reason }
          const request = await makeRequest(client, deployment, "measurement.revoke", wish, lifetimeOption(options))
          return writeRequest(writing, request, options, options.key)
        }
        const call =
          keys.length === 1
            ? attestation.revokeMeasurement(deployment, realm, role, first, reason)
            : attestation.revokeMeasurements(deployment, realm, role, keys, reason)
        await perform(call, { realm, role, keys, reason }, `revoked: ${keys.join(", ")}`)
      },
    )
}

/** What was measured: as the options say, or as the role's policy asks. */
async function selectionOf(
  { client, deployment }: Pick<Writing, "client" | "deployment">,
  realm: Address,
  role: Hex,
  options: MeasurementOptions,
): Promise<Pick<attestation.Measured, "kind" | "bank" | "mask">> {
  const { kind: kindText, bank: bankText, pcrs } = options
  const given = {
    ...(kindText === undefined ? {} : { kind: kindOption(kindText) }),
    ...(bankText === undefined ? {} : { bank: bankOption(bankText) }),
    ...(pcrs === undefined ? {} : { mask: pcrsOption(pcrs) }),
  }
  const whole = { ...(Object.keys(given).length < 3 ? await asked(client, deployment, realm, role) : {}), ...given }
  const { kind, bank, mask } = whole
  if (kind === undefined || bank === undefined || mask === undefined) {
    const why = "the role has no policy, or one of several kinds"
    throw new E2eeError("usage.invalid", `${why}: say what was measured with --kind, --bank and --pcrs`)
  }
  checkSelection([kind], bank, mask)
  return { kind, bank, mask }
}

async function asked(
  client: Writing["client"],
  deployment: Writing["deployment"],
  realm: Address,
  role: Hex,
): Promise<{ readonly kind?: Kind } & Partial<Pick<AttestationPolicy, "bank" | "mask">>> {
  const question = { role, attesterId: ANYTHING, measurementKey: ANYTHING }
  const { policy } = await attestation.appraisalOf(client, deployment, realm, question)
  if (policy === undefined) return {}
  const [kind] = policy.kinds
  const { bank, mask } = policy
  return { bank, mask, ...(policy.kinds.length === 1 && kind !== undefined ? { kind } : {}) }
}
