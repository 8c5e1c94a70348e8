import type { Command } from "commander"
import { asE2eeError, type E2eeError } from "../core/errors.ts"

/** Where a command prints: results on standard output, as a line for people or one JSON object for programs. */
export interface Output {
  readonly json: boolean
  /** A result. `text` is for people. */
  result(fields: Readonly<Record<string, unknown>>, text: string): void
  /** What is going on, on standard error and only where a person watches. */
  progress(text: string): void
  /** What was refused meanwhile: a line on standard error. */
  warn(text: string): void
}

export function outputOf(command: Command): Output {
  const { json = false } = command.optsWithGlobals<{ json?: boolean }>()
  return {
    json,
    result: (fields, text) => {
      const line = json
        ? JSON.stringify(fields, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value))
        : text
      process.stdout.write(`${line}\n`)
    },
    progress: (text) => {
      if (process.stderr.isTTY && !json) process.stderr.write(`${text}\n`)
    },
    warn: (text) => void process.stderr.write(`wamp-e2ee: ${printable(text)}\n`),
  }
}

/** Ends a command with exit code 1 after it printed its result, which is a refusal, and its line on standard error. */
export class Reported extends Error {
  override readonly name = "Reported"
}

/** One clear line on standard error; with --json an object on standard output besides. Never a stack trace. */
export function reportFailure(error: unknown, json: boolean): void {
  const coded: E2eeError = asE2eeError(error, "internal.invariant", "this is a fault of the program")
  const message = printable(coded.message)
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, code: coded.code, message })}\n`)
  process.stderr.write(`wamp-e2ee: ${message} (${coded.code})\n`)
}

/** What peers and routers say may hold control characters: none reaches a terminal. */
export function printable(text: string): string {
  return [...text].map((character) => (isPrintable(character) ? character : " ")).join("")
}

/** Neither a control character nor one that turns the direction of text. */
function isPrintable(character: string): boolean {
  return !/[\p{Cc}\p{Cf}]/u.test(character)
}
