import { encode as encodeCbor } from "cborg"
import { pack as encodeMsgpack } from "msgpackr"

/** A value as it could lie in bytes on a wire: in every serialisation of WAMP, and in what wraps bytes as text. */
export function formsOf(value: unknown): { readonly form: string; readonly bytes: Buffer }[] {
  const json = Buffer.from(JSON.stringify(value), "utf8")
  const forms = [
    { form: "json", bytes: json },
    { form: "msgpack", bytes: Buffer.from(encodeMsgpack(value)) },
    { form: "cbor", bytes: Buffer.from(encodeCbor(value)) },
    { form: "cbor with floats of 64 bits", bytes: Buffer.from(encodeCbor(value, { float64: true })) },
  ]
  if (typeof value === "string") {
    forms.push(
      { form: "text", bytes: Buffer.from(value, "utf8") },
      { form: "utf16", bytes: Buffer.from(value, "utf16le") },
    )
    forms.push({ form: "hex", bytes: Buffer.from(Buffer.from(value, "utf8").toString("hex")) })
    for (let shift = 0; shift < 3; shift++) {
      // Base64 reads three bytes at a time: what stands before decides which of three texts it becomes.
      const text = Buffer.from("\0".repeat(shift) + value, "utf8").toString("base64")
      forms.push({ form: `base64 at ${shift}`, bytes: Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, -4)) })
    }
  }
  return forms
}

/** The first form of any value that lies in the bytes. Values shorter than 6 bytes prove nothing and are refused. */
export function findPlaintext(haystack: Uint8Array, values: readonly unknown[]): string | undefined {
  const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength)
  for (const value of values) {
    for (const { form, bytes: needle } of formsOf(value)) {
      if (needle.length < 6)
        throw new RangeError(`${form} of a value has ${needle.length} bytes; too few to search for`)
      if (bytes.includes(needle)) return `${form} of ${JSON.stringify(value)}`
    }
  }
  return undefined
}
