import { concatBytes, fromHex, utf8ToBytes } from "../../core/bytes.ts"
import { malformed } from "../refusals.ts"

/** One record of the log: what both of its forms say. */
export interface ImaRecord {
  readonly pcr: number
  /** SHA-1 of the data, 20 bytes; zeros mark a violation. */
  readonly digest: Uint8Array
  readonly template: string
  readonly data: Uint8Array
  /** Bytes of the log up to its end. */
  readonly end: number
}

const refuse = malformed("the log of IMA")
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
const HASHES = "md5|sha1|sha224|sha256|sha384|sha512|sm3"
/** PCR, template digest, template, file digest, path, signature of ima-sig. The kernel writes no space into a path. */
const LINE = new RegExp(
  `^(\\d{1,2}) ([0-9a-f]{40}) (ima-ng|ima-sig) (${HASHES}):([0-9a-f]{32,128}) (\\S+)(?: ([0-9a-f]*))?$`,
)

/**
 * The ASCII form of ima-ng and ima-sig; what was hashed is put together again (ima_template_lib.c). Other templates are
 * refused here: their binary form says all. Throws `attestation.malformed`.
 */
export function* imaRecords(bytes: Uint8Array): Iterable<ImaRecord> {
  const lines = textOf(bytes).split("\n")
  let end = 0
  if (lines.pop() !== "") throw refuse("its last line has no end")
  for (const line of lines) {
    end += utf8ToBytes(line).length + 1
    const [, pcr = "", digest = "", template = "", hash = "", file = "", path = "", signature] = LINE.exec(line) ?? []
    const [fileDigest, sealed] = [fromHex(file), fromHex(signature ?? "")]
    const isWhole = path !== "" && fileDigest !== undefined && sealed !== undefined
    if (!isWhole || (template === "ima-sig") !== (signature !== undefined))
      throw refuse(`a line of ${line.length} characters is none of ima-ng or ima-sig`)
    const fields = [sized(utf8ToBytes(`${hash}:\0`), fileDigest), sized(utf8ToBytes(`${path}\0`))]
    if (template === "ima-sig") fields.push(sized(sealed))
    yield {
      pcr: Number(pcr),
      digest: fromHex(digest) ?? new Uint8Array(),
      template,
      data: concatBytes(...fields),
      end,
    }
  }
}

function sized(...parts: readonly Uint8Array[]): Uint8Array {
  const field = concatBytes(...parts)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, field.length, true)
  return concatBytes(length, field)
}

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw refuse("it is not UTF-8")
  }
}
