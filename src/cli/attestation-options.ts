import { readFile } from "node:fs/promises"
import type { Command } from "commander"
import { keccak256 } from "viem"
import { BANKS, isSelection, KINDS, MASKS, roleOf, type Bank, type Kind } from "../attestation/facts.ts"
import { CAPABILITIES } from "../certificate/capabilities.ts"
import type { Window } from "../chain/registries/attestation.ts"
import { NO_END } from "../chain/registries/realms.ts"
import type { Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { digestOption, momentOption } from "./options.ts"
import { requests, writes, type RequestOptions, type WriteOptions } from "./writing.ts"

/** Which registers of which kinds of platforms. */
export interface SelectionOptions {
  readonly bank?: string
  readonly pcrs?: string
}

/** How long something counts. */
export interface WindowOptions {
  readonly notBefore?: string
  readonly notAfter?: string
}

export interface RevokeOptions extends WriteOptions, RequestOptions {
  readonly reason: string
  readonly unseen?: boolean
}

/** Stands for an id or key that is not asked for. */
export const ANYTHING: Hex = `0x${"00".repeat(32)}`

/** Options of commands that revoke for ever. */
export function revokes(command: Command, who: string): Command {
  return requests(writes(command, who))
    .option("--reason <code>", "0 to 255, kept with the revocation", "0")
    .option("--unseen", "also what the registry has never seen, so that it never counts")
}

/** A mistyped id would be revoked as well, and the one that was meant would go on counting. */
export function unseen(what: string): E2eeError {
  return new E2eeError("usage.invalid", `${what}: check it with \`attest show\`, or add --unseen`)
}

export function withWindow(command: Command): Command {
  return command
    .option(
      "--not-before <moment>",
      "from when it counts: POSIX seconds, or one such as 2026-01-31T12:00:00Z; at once by default",
    )
    .option("--not-after <moment>", "when it ends; never by default")
}

export function windowOption({ notBefore, notAfter }: WindowOptions): Window {
  return {
    notBefore: notBefore === undefined ? 0 : Math.floor(momentOption(notBefore, "--not-before") / 1_000),
    notAfter: notAfter === undefined ? NO_END : Math.floor(momentOption(notAfter, "--not-after") / 1_000),
  }
}

/** A role by its name, or by the 32 bytes that stand in the registry. */
export function roleOption(text: string): Hex {
  if (text.startsWith("0x")) return digestOption(text, "role")
  if (text.length > 64) throw new E2eeError("usage.invalid", "the role's name has more than 64 characters")
  return roleOf(text)
}

const ROLE_NAMES = new Map([...Object.keys(CAPABILITIES), "router"].map((name) => [roleOf(name), name]))

/** The name of a role that has a usual one, else its 32 bytes. */
export function roleText(role: Hex): string {
  return ROLE_NAMES.get(role) ?? role
}

export function kindOption(text: string): Kind {
  if (isKindName(text)) return KINDS[text]
  throw new E2eeError("usage.invalid", `kind ${JSON.stringify(text)}; expected ${Object.keys(KINDS).join(" or ")}`)
}

/** Comma-separated names; each once, ascending. */
export function kindsOption(text: string): Kind[] {
  const kinds = new Set(text.split(",").map((name) => kindOption(name.trim())))
  return Object.values(KINDS).filter((kind) => kinds.has(kind))
}

export function kindText(kind: Kind): string {
  return Object.entries(KINDS).find(([, number]) => number === kind)?.[0] ?? String(kind)
}

export function bankOption(text: string): Bank {
  const bank = Object.entries(BANKS).find(([name]) => name === text)?.[1]
  if (bank !== undefined) return bank
  throw new E2eeError("usage.invalid", `bank ${JSON.stringify(text)}; expected ${Object.keys(BANKS).join(", ")}`)
}

export function bankText(bank: Bank): string {
  return Object.entries(BANKS).find(([, id]) => id === bank)?.[0] ?? String(bank)
}

/** Numbers and ranges of registers, such as 0-3,7: as a mask with bit n for PCR n. */
export function pcrsOption(text: string): number {
  let mask = 0
  for (const part of text.split(",")) {
    const [, first = "", last = first] = /^\s*(\d{1,2})(?:-(\d{1,2}))?\s*$/.exec(part) ?? []
    const [from, to] = [Number(first), Number(last)]
    if (first === "" || from > to || to > 23)
      throw new E2eeError(
        "usage.invalid",
        `--pcrs ${JSON.stringify(text)}; expected numbers from 0 to 23 such as 0-3,7`,
      )
    for (let pcr = from; pcr <= to; pcr++) mask |= 2 ** pcr
  }
  return mask
}

/** The registers of a mask as {@link pcrsOption} takes them. */
export function pcrsText(mask: number): string {
  const parts: string[] = []
  for (let pcr = 0; pcr < 32; pcr++) {
    const first = pcr
    if ((mask & (2 ** pcr)) === 0) continue
    while ((mask & (2 ** (pcr + 1))) !== 0) pcr++
    parts.push(first === pcr ? String(pcr) : `${first}-${pcr}`)
  }
  return parts.join(",")
}

/** Refuses, before anybody pays, what the registry takes of none of the kinds. */
export function checkSelection(kinds: readonly Kind[], bank: Bank, mask: number): void {
  for (const kind of kinds) {
    if (isSelection(kind, bank, mask)) continue
    throw new E2eeError(
      "usage.invalid",
      `${kindText(kind)} has no ${bankText(bank)} PCRs ${pcrsText(mask)} to prove; expected PCRs of ${pcrsText(MASKS[kind])}` +
        (kind === KINDS["aws-nitro"] ? " in bank sha384" : ""),
    )
  }
}

/** keccak256 of a document, where one is named. */
export async function documentOption(path: string | undefined): Promise<Hex | undefined> {
  if (path === undefined) return undefined
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new E2eeError("store.missing", `the document ${path} cannot be read; check its name`, { cause })
  })
  return keccak256(bytes)
}

function isKindName(text: string): text is keyof typeof KINDS {
  return Object.hasOwn(KINDS, text)
}
