import type { Command } from "commander"
import type { AttestationPolicy } from "../../attestation/facts.ts"
import { readerOf } from "../../chain/embedded.ts"
import { readAttestationLog, type KnownAttester, type KnownMeasurement } from "../../chain/log/attestation-log.ts"
import { NO_END, realmOf } from "../../chain/registries/realms.ts"
import type { Hex } from "../../core/bytes.ts"
import { bankText, kindText, pcrsText, roleText } from "../attestation-options.ts"
import { addressOption, deploymentOf, globalsOf, transportOf } from "../options.ts"
import { outputOf } from "../output.ts"
import { readingOf } from "./log.ts"

/** `attest show`: everything that stands, out of the realm's events, proven complete against the registry's head. */
export function addShowCommand(attest: Command): void {
  attest
    .command("show <realm>")
    .description("show a realm's policies, attesters and measurements, proven complete against the registry's head")
    .action(async (text: string, _options: object, command: Command) => {
      const globals = globalsOf(command)
      const output = outputOf(command)
      const realm = addressOption(text, "realm")
      const [client, deployment] = [readerOf(transportOf(globals)), await deploymentOf(globals)]
      await realmOf(client, deployment, realm) // an unknown realm is no realm that asks for nothing
      const log = await readAttestationLog(client, deployment, realm, readingOf(output))
      const { block, epoch, sequence, head } = log
      const policies = [...log.policies].map(([role, policy]) => ({
        role,
        name: roleText(role),
        ...shownPolicy(policy),
      }))
      const attesters = [...log.attesters].map(([id, attester]) => ({ id, ...shown(attester) }))
      const measurements = log.measurements.map((measurement) => shown(measurement))
      const lines = [
        `realm ${realm}: epoch ${epoch}, ${sequence} events add up to the registry's head ${head} at block ${block.number}`,
        ...[...log.policies].map(([role, policy]) => policyText(role, policy)),
        ...[...log.attesters].map(([id, attester]) => attesterText(id, attester)),
        ...log.measurements.map(measurementText),
      ]
      const at = { block: Number(block.number), blockHash: block.hash }
      output.result(
        { ok: true, complete: true, realm, epoch, sequence, head, ...at, policies, attesters, measurements },
        lines.join("\n"),
      )
    })
}

/** Ends and starts as numbers, as everywhere in JSON; without an end none. */
function shown<T extends { readonly notBefore: bigint; readonly notAfter: bigint }>({
  notBefore,
  notAfter,
  ...rest
}: T) {
  const end = Number(notAfter)
  return { ...rest, notBefore: Number(notBefore), ...(end === NO_END ? {} : { notAfter: end }) }
}

function shownPolicy({ maximumAge, epoch: _epoch, ...policy }: AttestationPolicy) {
  return { ...policy, maximumAge: Number(maximumAge) }
}

function policyText(role: Hex, { required, kinds, bank, mask, maximumAge }: AttestationPolicy): string {
  const what = `${kinds.map(kindText).join(" or ")}, ${bankText(bank)} PCRs ${pcrsText(mask)}`
  return `  role ${roleText(role)}: ${required ? "required" : "optional"}, ${what}, at most ${maximumAge} s old`
}

function attesterText(id: Hex, attester: KnownAttester): string {
  const { kind, delegate } = attester
  const what = kind === undefined ? "never enrolled" : `${kindText(kind)} of ${delegate}`
  return `  attester ${id}: ${what}${standingText(attester)}`
}

function measurementText(measurement: KnownMeasurement): string {
  const { role, key, of } = measurement
  const what =
    of === undefined
      ? "never added"
      : `${kindText(of.kind)}, ${bankText(of.bank)} PCRs ${pcrsText(of.mask)}, digest ${of.digest}`
  return `  measurement ${key} of role ${roleText(role)}: ${what}${standingText(measurement)}`
}

function standingText(it: {
  readonly notBefore: bigint
  readonly notAfter: bigint
  readonly revoked: boolean
}): string {
  if (it.revoked) return ", REVOKED"
  const from = it.notBefore === 0n ? "" : `, from ${timeText(it.notBefore)}`
  return it.notAfter === BigInt(NO_END) ? from : `${from}, until ${timeText(it.notAfter)}`
}

function timeText(seconds: bigint): string {
  const time = new Date(Number(seconds) * 1_000)
  return Number.isNaN(time.getTime()) ? `${seconds} s` : time.toISOString()
}
