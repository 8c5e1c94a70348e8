import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sha256 } from "@noble/hashes/sha2.js"
import { appraiserBy, BANKS, Enrolment, KINDS, measurementKey, roleOf } from "../src/attestation/index.ts"
import { nameOf, parsePublic } from "../src/attestation/tpm/public-area.ts"
import { pcrsOf } from "../src/attestation/tpm/attest.ts"
import { writerOf } from "../src/chain/embedded.ts"
import { attestation, onChain, onChainAttestation, realms, send, type Call } from "../src/chain/index.ts"
import { openSession } from "../src/cli/wamp-session.ts"
import { concatBytes, toHex, utf8ToBytes, type Hex } from "../src/core/bytes.ts"
import { asE2eeError, E2eeError, type ErrorCode } from "../src/core/errors.ts"
import { answerEnrolment, offerEnrolment, openAttester, readRegisters, type Tpm } from "../src/device/index.ts"
import { extendRegister } from "../src/device/registers.ts"
import { createEndpoint, type Endpoint } from "../src/endpoint.ts"
import { delegateOf, deliver, foundRealm, require, running, type Machine, type Stops, type Tell } from "./demo-realm.ts"
import { findPlaintext } from "./plaintext-search.ts"
import { isSwtpmInstalled, openSwtpm, startSwtpm, swtpmEnded } from "./swtpm.ts"

/** The role in the registry whose policy counts for everybody here. */
const ROLE = "machine"
const SCOPE = {
  uri: "com.example.",
  match: "prefix",
  attested: { agents: ROLE, readers: ROLE, writers: ROLE },
} as const
const PROCEDURE = "com.example.valve.set"
const TOPIC = "com.example.pressure"
const ARGS = ["open valve seven slowly", 21.5]
const EVENT_ARGS = ["pressure in the cooling loop", 3.25]
const BANK = BANKS.sha256
/** Registers 0, 4 and 7: firmware, boot loader, Secure Boot. */
const MASK = 0b1001_0001
/** Seconds. */
const MAXIMUM_AGE = 300
const WINDOW = { notBefore: 0, notAfter: realms.NO_END }

/**
 * The main job between two machines that prove to each other, by software TPMs, what they were started with: admitted as
 * measured, refused once a register was extended, the measurement revoked, the attestation key revoked.
 */
export async function runAttestedDemo(tell: Tell): Promise<void> {
  if (!isSwtpmInstalled())
    throw new E2eeError(
      "device.missing",
      "swtpm, the TPM in software, is not installed; install it (Debian, Ubuntu: apt-get install swtpm; Fedora: dnf install swtpm) and start again",
    )
  return running((stops) => steps(tell, stops))
}

async function steps(tell: Tell, stops: Stops): Promise<void> {
  const { chain, reader, router, received, deployment, realm, owner, pump, panel } = await foundRealm(tell, stops)
  const write = async (call: Call): Promise<number> => Number((await send(writerOf(chain.transport, owner), call)).gas)
  const role = roleOf(ROLE)

  const wish = { required: true, kinds: [KINDS["tpm-2.0"]], bank: BANK, mask: MASK, maximumAge: MAXIMUM_AGE }
  const gas = await write(attestation.setPolicy(deployment, realm, role, wish))
  const { attestationRegistry } = deployment
  tell({
    step: "policy",
    registry: attestationRegistry,
    role: ROLE,
    registers: pcrsOf(MASK),
    maximumAge: MAXIMUM_AGE,
    gas,
  })

  const anchor = async (computer: Computer): Promise<Hex> => {
    const digest = toHex(await computer.digest())
    const measured = { kind: KINDS["tpm-2.0"], bank: BANK, mask: MASK, digest, ...WINDOW }
    const spent = await write(attestation.addMeasurement(deployment, realm, role, measured))
    const measurement = measurementKey(KINDS["tpm-2.0"], BANK, MASK, digest)
    tell({ step: "measurement", name: computer.name, software: computer.software, measurement, gas: spent })
    return measurement
  }
  const enrol = async (computer: Computer, machine: Machine): Promise<Hex> => {
    const { attester, keyName } = await computer.enrol()
    const enrolled = { kind: KINDS["tpm-2.0"], name: toHex(keyName), delegate: delegateOf(machine.chain), ...WINDOW }
    const spent = await write(attestation.enrollAttester(deployment, realm, enrolled))
    tell({ step: "enrol", name: computer.name, attester, delegate: enrolled.delegate, gas: spent })
    return attester
  }
  /** A program on a machine, as it is started: with an endpoint of its own. */
  const start = async (computer: Computer, machine: Machine): Promise<Endpoint> => {
    const session = await openSession(router.url, "realm1")
    stops.push(() => session.close())
    const prove = await computer.attester()
    const endpoint = await createEndpoint({
      connection: session.connection,
      identity: { certificates: machine.chain, csKey: machine.csKey },
      trust: onChain({ client: reader, deployment, realm }),
      attestation: { prove, judge: appraiserBy(onChainAttestation({ client: reader, deployment, realm })) },
      scopes: [SCOPE],
      // Each message asks the registries anew, so that a revocation bites with the next one.
      recheckMs: 0,
    })
    stops.push(() => endpoint.close())
    return endpoint
  }

  const [pumpComputer, panelComputer] = [await Computer.start("pump", stops), await Computer.start("panel", stops)]
  for (const [computer, software] of [
    [pumpComputer, "pump 1.0"],
    [panelComputer, "panel 1.0"],
  ] as const) {
    await computer.boot(software)
    tell({ step: "tpm", name: computer.name, software, registers: await computer.shown() })
  }
  await enrol(pumpComputer, pump)
  const panelKey = await enrol(panelComputer, panel)
  await anchor(pumpComputer)
  const panelMeasurement = await anchor(panelComputer)

  let executions = 0
  const callee = await start(pumpComputer, pump)
  await callee.register(PROCEDURE, ([text, value]) => {
    executions++
    return `done: ${String(text)} to ${String(value)} bar`
  })
  const admitted = async (endpoint: Endpoint, why: string): Promise<void> => {
    const result = await endpoint.call(PROCEDURE, ARGS)
    require(result === "done: open valve seven slowly to 21.5 bar", "the result is another")
    tell({ step: "admitted", name: "panel", software: panelComputer.software, why, result })
  }
  const refused = async (endpoint: Endpoint, why: string, expected: ErrorCode): Promise<void> => {
    const before = executions
    const error = await endpoint.call(PROCEDURE, ARGS).then(
      () => undefined,
      (failure: unknown) => asE2eeError(failure, "internal.invariant", "the refused call"),
    )
    require(error?.code === expected && executions === before, `${why}: ended in ${error?.code ?? "a result"}`)
    tell({
      step: "refused",
      name: "panel",
      software: panelComputer.software,
      why,
      code: expected,
      message: error.message,
    })
  }

  const running = await start(panelComputer, panel)
  await admitted(running, "measured as the realm accepts it")
  tell({ step: "event", topic: TOPIC, args: await deliver(callee, running, TOPIC, EVENT_ARGS) })
  const found = findPlaintext(Buffer.concat(received), [ARGS, ARGS[0], EVENT_ARGS, EVENT_ARGS[0]])
  require(found === undefined, `the router received plaintext: ${found}`)

  await panelComputer.extend(4, "a boot loader of somebody else")
  await refused(await start(panelComputer, panel), "register 4 was extended", "attestation.measurement")

  await panelComputer.boot("panel 1.0")
  const rebooted = await start(panelComputer, panel)
  await admitted(rebooted, "restarted with what it was measured with")

  const revokeMeasurement = attestation.revokeMeasurement(deployment, realm, role, panelMeasurement)
  tell({ step: "revoke", what: "measurement", id: panelMeasurement, gas: await write(revokeMeasurement) })
  await refused(rebooted, "its measurement is revoked on-chain", "attestation.measurement_standing")

  await panelComputer.boot("panel 1.1")
  await anchor(panelComputer)
  const updated = await start(panelComputer, panel)
  await admitted(updated, "updated")

  const revokeAttester = attestation.revokeAttester(deployment, realm, panelKey)
  tell({ step: "revoke", what: "attestation key", id: panelKey, gas: await write(revokeAttester) })
  await refused(updated, "its attestation key is revoked on-chain", "attestation.attester_standing")
  tell({ step: "done", ok: true, admittedCalls: 3, refusedCalls: 3 })
}

/** A computer: a TPM in software, whose registers are extended by what it is started with. */
class Computer {
  readonly name: string
  readonly #folder: string
  #running: { readonly child: Awaited<ReturnType<typeof startSwtpm>>; readonly tpm: Tpm } | undefined
  #software = ""

  private constructor(name: string, folder: string) {
    this.name = name
    this.#folder = folder
  }

  static async start(name: string, stops: Stops): Promise<Computer> {
    const computer = new Computer(name, await mkdtemp(join(tmpdir(), `wamp-e2ee-${name}-`)))
    stops.push(() => rm(computer.#folder, { recursive: true, force: true }))
    stops.push(() => computer.#off())
    return computer
  }

  get software(): string {
    return this.#software
  }

  get #tpm(): Tpm {
    if (this.#running === undefined) throw new E2eeError("internal.invariant", `${this.name} is off`)
    return this.#running.tpm
  }

  /** Off and on: its registers begin anew, and hold what it is started with. */
  async boot(software: string): Promise<void> {
    if (this.#running !== undefined)
      // In order, or the TPM cannot say that its clock never went back.
      await this.#tpm.send({ name: "Shutdown", code: 0x145, parameters: new Uint8Array(2) })
    await this.#off()
    const path = join(this.#folder, "tpm.sock")
    const child = await startSwtpm(this.#folder, path, ["--terminate"])
    this.#running = { child, tpm: await openSwtpm(path) }
    this.#software = software
    for (const pcr of pcrsOf(MASK)) await this.extend(pcr, `${software}, register ${pcr}`)
  }

  extend(pcr: number, what: string): Promise<void> {
    return extendRegister(this.#tpm, pcr, new Map([[BANK, sha256(utf8ToBytes(what))]]))
  }

  async digest(): Promise<Uint8Array> {
    return sha256(concatBytes(...(await readRegisters(this.#tpm, { bank: BANK, mask: MASK }))))
  }

  async shown(): Promise<Record<string, Hex>> {
    const values = await readRegisters(this.#tpm, { bank: BANK, mask: MASK })
    return Object.fromEntries(pcrsOf(MASK).map((pcr, i) => [String(pcr), toHex(values[i] ?? new Uint8Array())]))
  }

  attester(): ReturnType<typeof openAttester> {
    return openAttester(this.#tpm)
  }

  /** Credential activation. A TPM in software has no maker: its endorsement key is noted here, at the machine itself. */
  async enrol(): Promise<ReturnType<Enrolment["complete"]>> {
    const { offer, template } = await offerEnrolment(this.#tpm)
    const trust = { roots: [], intermediates: [], keys: [nameOf(parsePublic(offer.endorsementKey))] }
    const enrolment = await Enrolment.begin(offer, trust, crypto.getRandomValues(new Uint8Array(64)), Date.now())
    return enrolment.complete(await answerEnrolment(this.#tpm, template, enrolment.credential), Date.now())
  }

  async #off(): Promise<void> {
    const off = this.#running
    this.#running = undefined
    await off?.tpm.close()
    if (off !== undefined) await swtpmEnded(off.child)
  }
}
