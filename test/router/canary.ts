/** Whether bytes hold a text as it is, in base64 at any of its three alignments, or in hex. */
export function sightings(text: string): (bytes: Uint8Array) => boolean {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${"\0".repeat(shift)}${text}`).toString("base64")
    // Without the characters that depend on what stands before and behind.
    return encoded.slice(shift === 0 ? 0 : shift + 1, Math.floor(((text.length + shift) * 8) / 6))
  })
  const needles = [text, ...base64, Buffer.from(text).toString("hex")].map((needle) => Buffer.from(needle))
  return (bytes) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return needles.some((needle) => buffer.includes(needle))
  }
}
