import type { Arguments } from "./sealing.ts"

/** What a handler returns, or a call resolves to, when it is not exactly one value. */
export class Result implements Arguments {
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>

  constructor(args: readonly unknown[] = [], kwargs: Readonly<Record<string, unknown>> = {}) {
    this.args = args
    this.kwargs = kwargs
  }
}

/** A handler's value as arguments: a {@link Result} as it is, nothing for undefined, else the value as the one argument. */
export function toArguments(value: unknown): Arguments {
  if (value instanceof Result) return value
  return { args: value === undefined ? [] : [value], kwargs: {} }
}

/** What a call resolves to: the one value, undefined for none, a {@link Result} otherwise. */
export function fromArguments({ args, kwargs }: Arguments): unknown {
  return args.length <= 1 && Object.keys(kwargs).length === 0 ? args[0] : new Result(args, kwargs)
}
