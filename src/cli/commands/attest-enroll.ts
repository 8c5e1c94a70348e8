import type { Command } from "commander"
import { Enrolment, type EnrolledKey, type EnrolmentOffer } from "../../attestation/enrolment/enrolment.ts"
import type { EndorsementTrust } from "../../attestation/enrolment/endorsement.ts"
import { nameOf, parsePublic } from "../../attestation/tpm/public-area.ts"
import { fromHex, toHex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { PEERS, ROUTERS } from "../../device/attester.ts"
import { answerEnrolment, offerEnrolment } from "../../device/enrolment.ts"
import type { EndorsementTemplate } from "../../device/templates.ts"
import { writeJson } from "../files.ts"
import { readText } from "../options.ts"
import { outputOf, type Output } from "../output.ts"
import { certificatesOf, keyNameOption, withDevice, withTpm } from "../platform-options.ts"

interface TrustOptions {
  readonly roots?: string
  readonly intermediates?: string
  readonly knownKey?: string
}

interface FileOptions {
  readonly out: string
  readonly overwrite?: boolean
}

/** `attest enroll`: whether an attestation key is in a real TPM; what comes out is anchored by `attest attester enroll`. */
export function addEnrollCommands(attest: Command): void {
  const enroll = attest.command("enroll").description("find out whether a machine's attestation key is in a real TPM")

  withTrust(withPurpose(withDevice(enroll.command("here"))))
    .description("all of it at the machine itself")
    .action(async (options: TrustOptions & DeviceOptions, command: Command) => {
      const trust = await trustOf(options)
      const key = await withTpm(options.device, async (tpm) => {
        const purpose = purposeOf(options)
        const { offer, template } = await offerEnrolment(tpm, purpose)
        const enrolment = await begin(offer, trust)
        return enrolment.complete(await answerEnrolment(tpm, template, enrolment.credential, purpose), Date.now())
      })
      report(outputOf(command), key)
    })

  withFile(withPurpose(withDevice(enroll.command("offer"))))
    .description("1, at the machine: write what it shows of its TPM")
    .action(async (options: FileOptions & DeviceOptions, command: Command) => {
      const { device, ...file } = options
      const { offer, template } = await withTpm(device, (tpm) => offerEnrolment(tpm, purposeOf(options)))
      const known = toHex(nameOf(parsePublic(offer.endorsementKey)))
      const certificate = offer.endorsementCertificate
      await writeJson(
        file.out,
        {
          template,
          endorsementKey: toHex(offer.endorsementKey),
          attestationKey: toHex(offer.attestationKey),
          ...(certificate === undefined ? {} : { endorsementCertificate: toHex(certificate) }),
        },
        file.overwrite === true,
      )
      outputOf(command).result(
        { ok: true, file: file.out, endorsementKey: known, certified: certificate !== undefined },
        `offer            ${file.out}\nendorsement key  ${known}, ${certificate ? "with" : "WITHOUT"} its maker's certificate`,
      )
    })

  withTrust(withFile(enroll.command("check <offer>")))
    .description("2, at the operator's: seal a secret for the TPM, and wait until it is typed or piped in")
    .action(async (path: string, options: TrustOptions & FileOptions, command: Command) => {
      const [{ offer, template }, trust] = [await offerIn(path), await trustOf(options)]
      const output = outputOf(command)
      const enrolment = await begin(offer, trust)
      const { blob, seed } = enrolment.credential
      await writeJson(options.out, { template, blob: toHex(blob), seed: toHex(seed) }, options.overwrite === true)
      process.stderr.write(`challenge ${options.out}: have the machine answer it, then type its answer\n`)
      const answer = fromHex((await firstLine()).trim())
      if (answer === undefined)
        throw new E2eeError("usage.invalid", "the answer is no hex; expected what `answer` prints")
      report(output, enrolment.complete(answer, Date.now()))
    })

  withPurpose(withDevice(enroll.command("answer <challenge>")))
    .description("3, at the machine: open the secret")
    .action(async (path: string, options: DeviceOptions, command: Command) => {
      const { template, ...credential } = await challengeIn(path)
      const purpose = purposeOf(options)
      const answer = toHex(await withTpm(options.device, (tpm) => answerEnrolment(tpm, template, credential, purpose)))
      outputOf(command).result({ ok: true, answer }, answer)
    })
}

interface DeviceOptions {
  readonly device: string
  readonly forRouters?: boolean
}

function withPurpose(command: Command): Command {
  return command.option("--for-routers", "the TPM's key that attests to routers, in place of the one for peers")
}

function purposeOf({ forRouters }: DeviceOptions): string {
  return forRouters === true ? ROUTERS : PEERS
}

function withTrust(command: Command): Command {
  return command
    .option("--roots <path>", "certificates of makers that are trusted: a file, DER or PEM, or a folder of them")
    .option("--intermediates <path>", "certificates between those and the TPM's own")
    .option(
      "--known-key <name>",
      "name of an endorsement key that was read at the machine itself, without a certificate",
    )
}

function withFile(command: Command): Command {
  return command.requiredOption("--out <file>", "the file to write").option("--overwrite", "replace a file", false)
}

async function trustOf({ roots, intermediates, knownKey }: TrustOptions): Promise<EndorsementTrust> {
  if (roots === undefined && knownKey === undefined)
    throw new E2eeError(
      "usage.invalid",
      "nobody is trusted: name makers with --roots, or the key itself with --known-key",
    )
  return {
    roots: roots === undefined ? [] : await certificatesOf(roots),
    intermediates: intermediates === undefined ? [] : await certificatesOf(intermediates),
    keys: knownKey === undefined ? [] : [keyNameOption(knownKey, "--known-key")],
  }
}

function begin(offer: EnrolmentOffer, trust: EndorsementTrust): Promise<Enrolment> {
  return Enrolment.begin(offer, trust, crypto.getRandomValues(new Uint8Array(64)), Date.now())
}

function report(output: Output, { attester, keyName }: EnrolledKey): void {
  output.result(
    { ok: true, attester, keyName: toHex(keyName) },
    `key name  ${toHex(keyName)}\nattester  ${attester}\nin a real TPM: anchor it with \`attest attester enroll\``,
  )
}

async function offerIn(path: string): Promise<{ offer: EnrolmentOffer; template: EndorsementTemplate }> {
  const { template, endorsementKey, attestationKey, endorsementCertificate } = await hexIn(path, "the offer", "offer")
  return {
    template: templateIn(template, path),
    offer: {
      endorsementKey: bytesIn(endorsementKey, path),
      attestationKey: bytesIn(attestationKey, path),
      ...(endorsementCertificate === undefined
        ? {}
        : { endorsementCertificate: bytesIn(endorsementCertificate, path) }),
    },
  }
}

async function challengeIn(path: string) {
  const { template, blob, seed } = await hexIn(path, "the challenge", "check")
  return { template: templateIn(template, path), blob: bytesIn(blob, path), seed: bytesIn(seed, path) }
}

async function hexIn(path: string, what: string, command: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(path, what, `it is written by \`attest enroll ${command}\``)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>
  } catch {
    // refused below
  }
  throw new E2eeError(
    "attestation.malformed",
    `${path} is not of its form; expected what \`attest enroll ${command}\` writes`,
  )
}

function bytesIn(value: unknown, path: string): Uint8Array {
  const bytes = typeof value === "string" ? fromHex(value) : undefined
  if (bytes !== undefined) return bytes
  throw new E2eeError("attestation.malformed", `${path} is not of its form; expected hex`)
}

function templateIn(value: unknown, path: string): EndorsementTemplate {
  if (value === "L-1" || value === "L-2") return value
  throw new E2eeError("attestation.malformed", `${path} names the template ${String(value)}; expected L-1 or L-2`)
}

async function firstLine(): Promise<string> {
  let text = ""
  for await (const chunk of process.stdin) {
    text += String(chunk)
    if (text.includes("\n") || text.length > 200) break
  }
  return text.split("\n", 1)[0] ?? ""
}
