import { readFile } from "node:fs/promises"
import { createInterface } from "node:readline"
import { Writable } from "node:stream"
import type { Command } from "commander"
import { http, type Transport } from "viem"
import { capabilityBits, isCapability } from "../certificate/capabilities.ts"
import { parseDeployment, type Deployment } from "../chain/deployment.ts"
import { writerOf } from "../chain/embedded.ts"
import type { Writer } from "../chain/registries/transaction.ts"
import { parseAddress, type Address } from "../core/address.ts"
import { fromHex, toHex, type Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { openKey } from "../store/keystore.ts"

/** Options that every command takes, with what their environment variables give. */
export interface GlobalOptions {
  readonly rpc: string
  readonly deployment: string
  readonly keystore: string
  readonly passwordFile?: string
  readonly json?: boolean
}

export function globalsOf(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>()
}

export function transportOf({ rpc }: GlobalOptions): Transport {
  if (!/^https?:\/\/\S+$/.test(rpc))
    throw new E2eeError("usage.invalid", `--rpc ${JSON.stringify(rpc)} is no URL; expected http://… or https://…`)
  return http(rpc, { retryCount: 1, timeout: 10_000 })
}

export async function deploymentOf({ deployment }: GlobalOptions): Promise<Deployment> {
  return parseDeployment(
    await readText(deployment, "the deployment file", "deploy first, or name it with --deployment"),
  )
}

/** The chain as the holder of a key of the keystore writes to it; the key's address is its account. */
export async function writerFor(
  globals: GlobalOptions,
  key: string,
): Promise<Writer & { readonly key: Secret; readonly address: Address }> {
  const secret = await secretKey(globals, key)
  const writer = writerOf(transportOf(globals), secret)
  return { ...writer, key: secret, address: parseAddress(writer.wallet.account.address) as Address }
}

export async function secretKey(globals: GlobalOptions, name: string): Promise<Secret> {
  return openKey(globals.keystore, name, { password: await passwordOf(globals, `password of ${name}`) })
}

/** Reads a public text file. Throws `store.missing` or `store.io`. */
export async function readText(path: string, what: string, advice: string): Promise<string> {
  try {
    return await readFile(path, "utf8")
  } catch (cause) {
    const { code } = cause as { code?: string }
    if (code === "ENOENT") throw new E2eeError("store.missing", `${what} ${path} does not exist; ${advice}`, { cause })
    throw new E2eeError("store.io", `${what} ${path} cannot be read (${code}); ${advice}`, { cause })
  }
}

export function addressOption(text: string, what: string): Address {
  const address = parseAddress(text)
  if (address === undefined)
    throw new E2eeError("usage.invalid", `${what} ${JSON.stringify(text)} is no address; expected 0x and 40 hex digits`)
  return address
}

/** An integer of a chain: an id or block number, uint256. */
export function integerOption(text: string, what: string): bigint {
  const value = /^\d{1,78}$/.test(text) ? BigInt(text) : -1n
  if (value < 0n || value >> 256n !== 0n)
    throw new E2eeError("usage.invalid", `${what} ${JSON.stringify(text)} is no integer; expected decimal digits`)
  return value
}

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3_600, d: 86_400 }

/** A span of time, in milliseconds. */
export function durationOption(text: string, what: string): number {
  const [, digits, unit = ""] = /^(\d{1,10})([smhd]?)$/.exec(text) ?? []
  if (digits === undefined)
    throw new E2eeError(
      "usage.invalid",
      `${what} ${JSON.stringify(text)} is no time; expected seconds, or a number with m, h or d such as 24h`,
    )
  return Number(digits) * (UNITS[unit] ?? 1) * 1_000
}

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/

/** A moment, in POSIX milliseconds. */
export function momentOption(text: string, what: string): number {
  const time = /^\d{1,11}$/.test(text) ? Number(text) * 1_000 : DATE.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new E2eeError(
      "usage.invalid",
      `${what} ${JSON.stringify(text)} is no moment; expected POSIX seconds, or one such as 2026-01-31T12:00:00Z`,
    )
  return time
}

/** A whole number of an option, from `least` to `most`. */
export function numberOption(text: string, name: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d{1,16}$/.test(text) && value >= least && value <= most) return value
  throw new E2eeError(
    "usage.invalid",
    `${name} ${JSON.stringify(text)}; expected a whole number from ${least} to ${most}`,
  )
}

/** Why something is revoked: one byte, kept with the revocation. */
export function reasonOption(text: string): number {
  return numberOption(text, "--reason", 0, 255)
}

/** 32 bytes of hex. */
export function digestOption(text: string, name: string): Hex {
  const bytes = text.startsWith("0x") ? fromHex(text, 32) : undefined
  if (bytes !== undefined) return toHex(bytes)
  throw new E2eeError("usage.invalid", `${name} ${JSON.stringify(text)}; expected 0x and 64 hex digits`)
}

/** What cannot be undone is done with --yes, or after a person on the terminal typed yes. */
export async function confirmed(yes: boolean | undefined, what: string): Promise<void> {
  if (yes === true) return
  if (!process.stdin.isTTY)
    throw new E2eeError("usage.invalid", `${what} cannot be undone, and there is no terminal to ask on; add --yes`)
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await new Promise<string>((resolve) => lines.question(`${what} cannot be undone. Type yes: `, resolve))
  lines.close()
  if (answer.trim() !== "yes") throw new E2eeError("usage.invalid", `${what}: not confirmed; nothing was done`)
}

export function capabilitiesOption(text: string): bigint {
  const names = text.split(",").map((name) => name.trim())
  return capabilityBits(
    names.map((name) => {
      if (!isCapability(name))
        throw new E2eeError(
          "usage.invalid",
          `capability ${JSON.stringify(name)} is unknown; expected provider, consumer, gateway, exchange, public-relay, private-relay, intermediate-ca`,
        )
      return name
    }),
  )
}

/** Arguments of a call or event as JSON: a list. */
export function argumentsOption(text: string): readonly unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  if (!Array.isArray(value))
    throw new E2eeError(
      "usage.invalid",
      `arguments ${JSON.stringify(text.slice(0, 60))} are no JSON list; expected one like '[2, 3]'`,
    )
  return value
}

export function keywordsOption(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new E2eeError(
      "usage.invalid",
      `--kwargs ${JSON.stringify(text.slice(0, 60))} is no JSON object; expected one like '{"unit":"bar"}'`,
    )
  }
  return value as Readonly<Record<string, unknown>>
}

const given = new Map<string, string>()

/** From --password-file, else asked on the terminal without showing it. Never from the command line or environment. */
export async function passwordOf({ passwordFile }: GlobalOptions, prompt: string): Promise<string> {
  if (passwordFile !== undefined) {
    const text = await readText(passwordFile, "the password file", "name another with --password-file")
    return text.replace(/\r?\n$/, "")
  }
  const known = given.get(prompt)
  if (known !== undefined) return known
  if (!process.stdin.isTTY)
    throw new E2eeError(
      "usage.invalid",
      "no password: there is no terminal to ask on; name a file with --password-file",
    )
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(`${prompt}: `)
  const answer = await new Promise<string>((resolve) => lines.once("line", resolve))
  lines.close()
  process.stderr.write("\n")
  given.set(prompt, answer)
  return answer
}
