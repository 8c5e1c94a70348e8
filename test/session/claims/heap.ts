import { Session } from "node:inspector/promises"
import { toHex, type Hex } from "../../../src/core/bytes.ts"
import { Secret } from "../../../src/core/secret.ts"

/** Copies of all secrets that were ever looked into while something ran. */
export async function secretsOf<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; secrets: Map<Hex, Uint8Array> }> {
  const secrets = new Map<Hex, Uint8Array>()
  const { expose, as } = Secret.prototype
  const note = (secret: Secret): void => {
    const bytes = expose.call(secret)
    if (bytes.some((byte) => byte !== 0)) secrets.set(toHex(bytes), Uint8Array.from(bytes))
  }
  Secret.prototype.expose = function () {
    note(this)
    return expose.call(this)
  }
  Secret.prototype.as = function (make) {
    note(this)
    return as.call(this, make as (bytes: Uint8Array) => object) as never
  }
  try {
    return { result: await work(), secrets }
  } finally {
    Object.assign(Secret.prototype, { expose, as })
  }
}

/**
 * Every buffer that the process can still reach, private fields and closures included: what a thief of its memory finds.
 * The debugger collects garbage first, and then finds objects by their prototype.
 */
export async function reachableBuffers(): Promise<ArrayBuffer[]> {
  const session = new Session()
  session.connect()
  try {
    const { result } = await session.post("Runtime.evaluate", { expression: "ArrayBuffer.prototype" })
    const { objects } = await session.post("Runtime.queryObjects", { prototypeObjectId: result.objectId ?? "" })
    const found = globalThis as { foundBuffers?: ArrayBuffer[] }
    await session.post("Runtime.callFunctionOn", {
      objectId: objects.objectId ?? "",
      functionDeclaration: "function () { globalThis.foundBuffers = this }",
    })
    const buffers = [...(found.foundBuffers ?? [])]
    delete found.foundBuffers
    return buffers
  } finally {
    session.disconnect()
  }
}

/** Names of the values that stand somewhere in a reachable buffer. Each has a buffer of its own, which does not count. */
export async function reachable(values: ReadonlyMap<string, Uint8Array>): Promise<string[]> {
  const own = new Set([...values.values()].map(({ buffer }) => buffer))
  if (own.size !== values.size || [...values.values()].some(({ buffer, length }) => buffer.byteLength !== length))
    throw new Error("values that share their buffers hide what they are looked for in")
  // Views all of them: a copy would stand in Node's pool.
  const heap = (await reachableBuffers()).filter((buffer) => !own.has(buffer)).map((buffer) => Buffer.from(buffer))
  return [...values]
    .filter(([, bytes]) => heap.some((buffer) => buffer.includes(Buffer.from(bytes.buffer))))
    .map(([name]) => name)
}
