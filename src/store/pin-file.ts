import { createHash } from "node:crypto"
import { parseAddress, type Address } from "../core/address.ts"
import { fromHex, toHex, type Hex } from "../core/bytes.ts"
import { isE2eeError } from "../core/errors.ts"
import { PinTable } from "../trust/first-use/pin-table.ts"
import type { Pin, PinPlace, TrustModel } from "../trust/first-use/pins.ts"
import { corrupt, record } from "./secret-storage.ts"

// The text of a pin store, and of an export: one JSON object a line. The first names the format and counts the saves;
// the last has the SHA-256 of all before it, so that a changed bit or a missing end never reads as fewer pins. There is
// one way to write each pin, and no other is read: a pin cannot hide behind another spelling of itself.

const KIND = "wamp-e2ee pins"
const VERSION = 1

/** 20,000 pins with the longest chains take half of it. */
export const MAX_PIN_FILE_BYTES = 64 * 1024 * 1024

export interface PinFile {
  /** How often the store was saved. */
  readonly sequence: number
  readonly pins: readonly Pin[]
}

export function formatPins({ sequence, pins }: PinFile): string {
  const lines = [headerOf(sequence), ...pins.map(lineOf)]
  const text = lines.map((line) => `${line}\n`).join("")
  return `${text}${endOf(text)}`
}

/** Throws `store.corrupt`, naming `file`, for whatever {@link formatPins} has not written. */
export function parsePins(text: string, file: string): PinFile {
  const end = text.lastIndexOf("\n", text.length - 2) + 1
  const body = text.slice(0, end)
  if (body === "" || text.slice(end) !== endOf(body)) throw corrupt(file, "its checksum is missing or wrong")
  const [first = "", ...lines] = body.split("\n").slice(0, -1)
  const header = record(parseLine(first, file), "line 1", file)
  if (header["kind"] !== KIND) throw corrupt(file, `it is not of kind ${KIND}`)
  if (header["version"] !== VERSION) throw corrupt(file, `its version is not ${VERSION}, which this program reads`)
  const { sequence } = header
  if (typeof sequence !== "number" || !Number.isSafeInteger(sequence) || sequence < 0)
    throw corrupt(file, "its sequence is no count")
  if (first !== headerOf(sequence)) throw corrupt(file, "line 1 is not written in the one form that there is")
  const addresses = new Map<string, Address>() // most are the same again and again, and checksums cost
  return { sequence, pins: lines.map((line, i) => parsePin(line, addresses, `line ${i + 2}`, file)) }
}

/** The table of a file's pins; `store.corrupt` where they cannot stand beside each other. */
export function tableOf(pins: readonly Pin[], file: string): PinTable {
  try {
    return new PinTable(pins)
  } catch (error) {
    if (isE2eeError(error, "usage.invalid")) throw corrupt(file, error.message)
    throw error
  }
}

function headerOf(sequence: number): string {
  return JSON.stringify({ kind: KIND, version: VERSION, sequence })
}

function endOf(text: string): string {
  return `${JSON.stringify({ sha256: createHash("sha256").update(text).digest("hex") })}\n`
}

/** Written lines of pins, which never change: a store with many is saved and read again for each that is added. */
const lines = new WeakMap<Pin, string>()
const MAX_PARSED = 20_000
const parsed = new Map<string, Pin>()

function lineOf(pin: Pin): string {
  let line = lines.get(pin)
  if (line === undefined) {
    const { place, since, confirmed, model } = pin
    const { chainId, verifyingContract, realm } = place
    const where = { pin: pin.kind, chainId: chainId.toString(), verifyingContract, realm }
    const { delegate, csPubKey, bootedAt, issuer, digests } = pin.kind === "peer" ? pin : {}
    const own =
      pin.kind === "realm"
        ? { root: pin.root }
        : { delegate, csPubKey, bootedAt: String(bootedAt), issuer, digests: digests?.join(" ") }
    line = JSON.stringify({ ...where, ...own, since, confirmed, model })
    lines.set(pin, line)
  }
  return line
}

function parsePin(line: string, addresses: Map<string, Address>, where: string, file: string): Pin {
  const known = parsed.get(line)
  if (known !== undefined) return known
  const json = record(parseLine(line, file), where, file)
  const wrong = (name: string): Error => corrupt(file, `${where}: ${name} is not of its form`)
  const text = (name: string): string => {
    const value = json[name]
    if (typeof value !== "string") throw wrong(name)
    return value
  }
  const address = (name: string): Address => {
    const found = addresses.get(text(name)) ?? parseAddress(text(name))
    if (found === undefined) throw wrong(name)
    addresses.set(found, found)
    return found
  }
  const integer = (name: string, bits: bigint): bigint => {
    const value = /^\d{1,78}$/.test(text(name)) ? BigInt(text(name)) : undefined
    if (value === undefined || value >> bits !== 0n) throw wrong(name)
    return value
  }
  const hash = (hex: string, name: string): Hex => {
    const bytes = fromHex(hex, 32)
    if (bytes === undefined) throw wrong(name)
    return toHex(bytes)
  }
  const { since, confirmed } = json
  if (typeof since !== "number" || !Number.isSafeInteger(since) || since < 0) throw wrong("since")
  if (typeof confirmed !== "boolean") throw wrong("confirmed")
  const place: PinPlace = {
    chainId: integer("chainId", 256n),
    verifyingContract: address("verifyingContract"),
    realm: address("realm"),
  }
  const model = modelOf(text("model"))
  if (model === undefined) throw wrong("model")
  const kept = { place, since, confirmed, model }
  let pin: Pin
  if (json["pin"] === "realm") pin = { ...kept, kind: "realm", root: address("root") }
  else if (json["pin"] === "peer") {
    pin = {
      ...kept,
      kind: "peer",
      delegate: address("delegate"),
      csPubKey: hash(text("csPubKey"), "csPubKey"),
      bootedAt: integer("bootedAt", 64n),
      issuer: address("issuer"),
      digests: text("digests")
        .split(" ")
        .map((hex) => hash(hex, "digests")),
    }
  } else throw wrong("pin")
  if (lineOf(pin) !== line) throw corrupt(file, `${where}: it is not written in the one form that there is`)
  if (parsed.size >= MAX_PARSED) parsed.clear()
  parsed.set(line, pin)
  return pin
}

function parseLine(line: string, file: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw corrupt(file, "a line of it is not JSON")
  }
}

function modelOf(text: string): TrustModel | undefined {
  return text === "on-chain" || text === "standalone" || text === "first-use" ? text : undefined
}
