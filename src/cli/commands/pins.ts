import type { Command } from "commander"
import { parseChain } from "../../certificate/parse.ts"
import type { Address } from "../../core/address.ts"
import { utf8ToBytes } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { createFile } from "../../store/atomic-file.ts"
import { readIdentityPublic } from "../../store/identity.ts"
import { formatPins, parsePins, tableOf } from "../../store/pin-file.ts"
import { openPins, replaceDamaged, type PinStore } from "../../store/pins.ts"
import { claimOf, fingerprintOf, fingerprintsOf, type Pin } from "../../trust/first-use/pins.ts"
import { addressOption, globalsOf, readText } from "../options.ts"
import { outputOf } from "../output.ts"
import { pinsPath, withPinsOption } from "../peer-trust.ts"

interface PinsOptions {
  readonly pins?: string
  readonly realm?: string
}

/** `trust pins`: what first use remembers of peers. */
export function addPinCommands(program: Command): void {
  const trust =
    program.commands.find((command) => command.name() === "trust") ??
    program.command("trust").description("whom this machine trusts")
  const pins = trust.command("pins").description("roots and keys that were seen first, see --first-use")
  const add = (usage: string, description: string): Command =>
    withPinsOption(pins.command(usage)).description(description)
  const addForOne = (usage: string, description: string): Command =>
    add(usage, description).option("--realm <address>", "realm of the peer, where it is pinned in several")

  add("list", "list all pins with their fingerprints").action(async (options: PinsOptions, command: Command) => {
    const found = await (await storeOf(options, command)).list()
    outputOf(command).result(
      { ok: true, pins: found.map(fieldsOf) },
      found.length === 0 ? "no pins" : found.map(textOf).join("\n"),
    )
  })
  addForOne("show <address>", "show the pin of a peer or realm").action(
    async (address: string, options: PinsOptions, command: Command) => {
      const pin = only(await (await storeOf(options, command)).list(), address, options)
      const { digests } = pin.kind === "peer" ? pin : { digests: [] }
      const chain = digests.map((digest) => `\n  certificate ${digest}`).join("")
      outputOf(command).result({ ok: true, ...fieldsOf(pin) }, `${textOf(pin)}${chain}`)
    },
  )
  addForOne("confirm <address>", "say that a fingerprint was compared with its operator by another way")
    .option("--fingerprint <text>", "the one its operator told; refused where it differs")
    .action(async (address: string, options: PinsOptions & { fingerprint?: string }, command: Command) => {
      const store = await storeOf(options, command)
      const confirmed = await store.change((table) => {
        const pin = only(table.pins, address, options)
        refuseOther(pin, options.fingerprint)
        if (!pin.confirmed) table.put({ ...pin, confirmed: true })
        return { ...pin, confirmed: true }
      })
      outputOf(command).result({ ok: true, ...fieldsOf(confirmed) }, textOf(confirmed))
    })
  addForOne("forget <address>", "forget a peer, or a realm with its peers: the next contact is the first again").action(
    async (address: string, options: PinsOptions, command: Command) => {
      const store = await storeOf(options, command)
      const gone = await store.change((table) => table.forget(only(table.pins, address, options)))
      outputOf(command).result(
        { ok: true, forgotten: gone.map(fieldsOf) },
        gone.map((pin) => `forgotten: ${textOf(pin)}`).join("\n"),
      )
    },
  )
  add("export <file>", "write all pins to a new file").action(
    async (file: string, options: PinsOptions, command: Command) => {
      const found = await (await storeOf(options, command)).list()
      await createFile(file, utf8ToBytes(formatPins({ sequence: 0, pins: found })))
      outputOf(command).result({ ok: true, file, pins: found.length }, `${file}: ${found.length} pins`)
    },
  )
  add("import <file>", "add the pins of an exported file, confirmations too; refused where they contradict one here")
    .option("--replace-damaged", "put them in the place of a damaged file, which is kept beside it")
    .action(async (file: string, options: PinsOptions & { replaceDamaged?: boolean }, command: Command) => {
      const text = await readText(file, "the file of pins", "it is written by `trust pins export`")
      const others = [...tableOf(parsePins(text, file).pins, file).pins]
      const output = outputOf(command)
      if (options.replaceDamaged === true) {
        const kept = await replaceDamaged(pinsPath(globalsOf(command), options), others)
        output.result(
          { ok: true, added: others.length, kept },
          `${others.length} pins in place; the damaged file is ${kept}; restart what uses them`,
        )
        return
      }
      const { added } = await (await storeOf(options, command)).change((table) => table.merge(others))
      output.result({ ok: true, added }, `${added} pins added`)
    })
  pins
    .command("fingerprint <identity>")
    .description("show the fingerprints of one's own machine identity, to be told to others")
    .action(async (name: string, _options: object, command: Command) => {
      const chain = parseChain((await readIdentityPublic(globalsOf(command).keystore, name)).certificates)
      const shown = claimOf(chain)
      const authority = chain[1]?.certificate
      if (shown === undefined || authority?.kind !== "authority")
        throw new E2eeError("store.corrupt", `identity ${name} has no authority certificate`)
      const { realm } = authority
      const prints = fingerprintsOf(authority, shown)
      const { delegate, root } = shown
      outputOf(command).result(
        { ok: true, delegate, realm, root, fingerprint: prints.peer, realmFingerprint: prints.realm },
        `peer ${delegate}\n  ${prints.peer}\nrealm ${realm} with root ${root}\n  ${prints.realm}`,
      )
    })
}

function storeOf(options: PinsOptions, command: Command): Promise<PinStore> {
  return openPins(pinsPath(globalsOf(command), options))
}

/** The one pin of an address, of a peer or a realm. */
function only(pins: Iterable<Pin>, text: string, { realm: realmText }: PinsOptions): Pin {
  const address = addressOption(text, "address")
  const realm = realmText === undefined ? undefined : addressOption(realmText, "--realm")
  const found = [...pins].filter(
    (pin) => subjectOf(pin) === address && (realm === undefined || pin.place.realm === realm),
  )
  const [pin] = found
  if (pin === undefined)
    throw new E2eeError("store.missing", `nothing is pinned of ${address}; see \`trust pins list\``)
  if (found.length > 1) {
    const places = found.map(({ place }) => `realm ${place.realm} at chain ${place.chainId}`).join(", ")
    throw new E2eeError("usage.invalid", `${address} is pinned in several places (${places}); name one with --realm`)
  }
  return pin
}

function subjectOf(pin: Pin): Address {
  return pin.kind === "realm" ? pin.place.realm : pin.delegate
}

/** Compares what a person was told; spaces and capitals do not matter. */
function refuseOther(pin: Pin, told: string | undefined): void {
  const plain = (text: string): string => text.replaceAll(/[\s:-]/g, "").toLowerCase()
  if (told === undefined || plain(told) === plain(fingerprintOf(pin))) return
  throw new E2eeError(
    "trust.pin_changed",
    `the fingerprint here is ${fingerprintOf(pin)}; told was ${JSON.stringify(told)}: this is somebody else, or another key`,
  )
}

function fieldsOf(pin: Pin): Record<string, unknown> {
  const { place, ...own } = pin
  return { ...place, ...own, fingerprint: fingerprintOf(pin) }
}

function textOf(pin: Pin): string {
  const what =
    pin.kind === "realm"
      ? `realm ${pin.place.realm} with root ${pin.root}`
      : `peer ${pin.delegate} of realm ${pin.place.realm} by ${pin.issuer}`
  const state = pin.confirmed ? "confirmed" : "unconfirmed"
  return `${what}, ${state}, ${pin.model}, since ${new Date(pin.since).toISOString()}\n  ${fingerprintOf(pin)}`
}
