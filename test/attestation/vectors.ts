import { readdirSync, readFileSync } from "node:fs"
import { fromHex, toHex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import type { Judged } from "./cases.ts"

/** A recorded case: test/vectors/attestation/README.md gives the form of its file. */
export interface Vector extends Judged {
  readonly id: string
  readonly about: string
  readonly code?: ErrorCode
}

const FOLDER = new URL("../vectors/attestation/", import.meta.url)

export function vectorText({ id: _id, ...vector }: Vector): string {
  const shown = (_key: string, value: unknown): unknown =>
    typeof value === "bigint" ? `${value}n` : value instanceof Uint8Array ? `bytes:${toHex(value).slice(2)}` : value
  return `${JSON.stringify(vector, shown, 1)}\n`
}

export function readVectors(): Vector[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const vector = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"), revived) as Vector
      return { ...vector, id: name.slice(0, -".json".length) }
    })
}

function revived(_key: string, value: unknown): unknown {
  if (typeof value !== "string") return value
  if (value.startsWith("bytes:")) return fromHex(value.slice("bytes:".length))
  return /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value
}
