import { E2eeError } from "../core/errors.ts"
import { LIMITS } from "./limits.ts"
import { isDictionary } from "./plain.ts"
import type { PayloadSerializer } from "./serializer.ts"

interface Arguments {
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
}

/**
 * A payload as plain implementations of the specification make it, `{"args": list, "kwargs": dict}` without a frame:
 * nothing in it tells who made it, when, or for which URI. Throws `session.unsupported` for a serialiser that has none.
 */
export function encodeBare(
  serializer: PayloadSerializer,
  args: Arguments["args"],
  kwargs: Arguments["kwargs"],
): Uint8Array {
  return bareOf(serializer).join(serializer.rest(args, kwargs))
}

/** Undefined for a frame. Throws `payload.decode_failed` or `payload.too_large`. */
export function decodeBare(serializer: PayloadSerializer, bytes: Uint8Array): Arguments | undefined {
  const bare = bareOf(serializer).split(bytes)
  if (bare === undefined) return undefined
  const args = bare.args ?? []
  const kwargs = bare.kwargs ?? {}
  if (!Array.isArray(args) || !isDictionary(kwargs) || Object.keys(kwargs).length > LIMITS.kwargs)
    throw new E2eeError(
      "payload.decode_failed",
      "a payload without a frame has args that are no list, or kwargs that are none",
    )
  return { args: args as unknown[], kwargs }
}

function bareOf(serializer: PayloadSerializer): NonNullable<PayloadSerializer["bare"]> {
  if (serializer.bare !== undefined) return serializer.bare
  throw new E2eeError("session.unsupported", `the serialiser ${serializer.name} has no form without a frame`)
}
