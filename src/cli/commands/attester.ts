import type { Command } from "commander"
import { attesterId, isKeyName, type Kind } from "../../attestation/facts.ts"
import * as attestation from "../../chain/registries/attestation.ts"
import { makeRequest } from "../../chain/registries/relayed.ts"
import { fromHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import {
  ANYTHING,
  kindOption,
  revokes,
  unseen,
  windowOption,
  withWindow,
  type RevokeOptions,
  type WindowOptions,
} from "../attestation-options.ts"
import { addressOption, digestOption, reasonOption } from "../options.ts"
import { isRequested, lifetimeOption, openWriting, writeRequest, writes, type WriteOptions } from "../writing.ts"

/** `attest attester`: attestation keys, each for the platform of one delegate. */
export function addAttesterCommands(attest: Command): void {
  const attester = attest.command("attester").description("attestation keys, each for the platform of one delegate")
  addEnrolment(attester)
  addRevocation(attester)
}

function addEnrolment(attester: Command): void {
  withWindow(writes(attester.command("enroll <realm> <delegate>"), "the realm's owner"))
    .description("enrol an attestation key for the platform of a delegate, or replace its enrolment")
    .option("--kind <name>", "tpm-2.0 or aws-nitro", "tpm-2.0")
    .requiredOption("--name <hex>", "the key's Name as the TPM computes it; of aws-nitro the 48 bytes of PCR4")
    .action(
      async (
        text: string,
        delegateText: string,
        options: WriteOptions & WindowOptions & { kind: string; name: string },
        command: Command,
      ) => {
        const [realm, delegate] = [addressOption(text, "realm"), addressOption(delegateText, "delegate")]
        const kind = kindOption(options.kind)
        const [name, id] = nameOption(kind, options.name)
        const window = windowOption(options)
        const { deployment, perform } = await openWriting(command, options)
        const call = attestation.enrollAttester(deployment, realm, { kind, name, delegate, ...window })
        await perform(call, { realm, id, delegate, kind, ...window }, `attester ${id} speaks for ${delegate}`)
      },
    )
}

function addRevocation(attester: Command): void {
  revokes(attester.command("revoke <realm> <id>"), "the realm's owner or root, or the delegate")
    .description("revoke an attestation key for ever: see `attest show`; raises the epoch")
    .action(async (text: string, idText: string, options: RevokeOptions, command: Command) => {
      const [realm, id] = [addressOption(text, "realm"), digestOption(idText, "id")]
      const reason = reasonOption(options.reason)
      const writing = await openWriting(command, options)
      const { client, deployment, perform, sender } = writing
      if (options.unseen !== true) {
        const asked = { role: ANYTHING, attesterId: id, measurementKey: ANYTHING }
        const { attester } = await attestation.appraisalOf(client, deployment, realm, asked)
        if (attester === undefined) throw unseen(`attester ${id} was never enrolled in realm ${realm}`)
      }
      if (isRequested(options)) {
        const wish = { realm, attester: id, authority: await sender(), reason }
        const request = await makeRequest(client, deployment, "attester.revoke", wish, lifetimeOption(options))
        return writeRequest(writing, request, options, options.key)
      }
      const call = attestation.revokeAttester(deployment, realm, id, reason)
      await perform(call, { realm, id, reason }, `attester ${id} is revoked, for ever`)
    })
}

function nameOption(kind: Kind, text: string): readonly [name: Hex, id: Hex] {
  const bytes = text.startsWith("0x") ? fromHex(text) : undefined
  if (bytes === undefined || !isKeyName(kind, bytes)) {
    const wanted =
      kind === 1
        ? "0x000b, 0x000c or 0x000d and the hash, as `tpm2_readpublic` prints it"
        : "0x and 96 hex digits, PCR4"
    throw new E2eeError("usage.invalid", `--name ${JSON.stringify(text.slice(0, 160))}; expected ${wanted}`)
  }
  return [text.toLowerCase() as Hex, attesterId(kind, bytes)]
}
