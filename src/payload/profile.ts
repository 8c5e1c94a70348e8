import { E2eeError } from "../core/errors.ts"
import { packingOf, type Compression } from "./compression.ts"
import { CIPHERS, secretbox, type Cipher, type CipherName } from "./cipher.ts"
import { deflate, gzip } from "./deflate.ts"
import { SERIALIZERS, type PayloadSerializer, type SerializerName } from "./serializer.ts"

/** How payloads of a scope are written and sealed: the same for all of its end points, nothing is negotiated. */
export interface Profile {
  readonly serializer: PayloadSerializer
  readonly cipher: Cipher
  /** Whether lengths are padded to size classes. */
  readonly padding: boolean
  /** How arguments are made smaller where that pays; absent: never. */
  readonly compression?: Compression
}

export interface ProfileOptions {
  /** `cbor` (default), `msgpack`, `json`, or a serialiser of the application's own. */
  readonly serializer?: SerializerName | PayloadSerializer
  /** `xsalsa20poly1305` (default) or `aes256gcm`. */
  readonly cipher?: CipherName
  /** Pads lengths to size classes, so that a router learns less from them; 12 % larger at most. Default false. */
  readonly padding?: boolean
  /**
   * `deflate`, `gzip`, or one of `wamp-e2ee/zlib` or of the application's own: makes arguments of 512 bytes and more
   * smaller where it pays. Off by default, since lengths then tell what a payload has in common with itself: whoever can
   * have a text of his choice put beside a secret, again and again, and sees lengths, guesses the secret letter by letter
   * (CRIME, CVE-2012-4929), padding or not. Never for scopes in which one payload holds both.
   */
  readonly compression?: CompressionName | Compression
}

export type CompressionName = "deflate" | "gzip"
export const COMPRESSIONS: Readonly<Record<CompressionName, Compression>> = { deflate, gzip }

export const DEFAULT_PROFILE: Profile = { serializer: SERIALIZERS.cbor, cipher: secretbox, padding: false }

/** `ppt_scheme` of the specification, or a custom one ("Custom Schemes"); names that a router forwards anywhere. */
const SCHEME = /^(wamp|x_[a-z0-9_]{1,30})$/
const NAME = /^[a-z][a-z0-9_]{0,30}$/

/** Throws `usage.invalid`. */
export function parseProfile(options: ProfileOptions): Profile {
  const { cipher = "xsalsa20poly1305", padding = false } = options
  if (typeof padding !== "boolean") throw unknown("padding", padding, ["true", "false"])
  if (!Object.hasOwn(CIPHERS, cipher)) throw unknown("cipher", cipher, Object.keys(CIPHERS))
  const serializer = serializerOf(options.serializer)
  const compression = compressionOf(options.compression)
  if (compression === undefined) return { serializer, cipher: CIPHERS[cipher], padding }
  packingOf(serializer)
  return { serializer, cipher: CIPHERS[cipher], padding, compression }
}

function serializerOf(given: ProfileOptions["serializer"] = "cbor"): PayloadSerializer {
  if (typeof given === "string") {
    if (!Object.hasOwn(SERIALIZERS, given)) throw unknown("serializer", given, Object.keys(SERIALIZERS))
    return SERIALIZERS[given]
  }
  if (!SCHEME.test(given.scheme)) throw unknown("scheme", given.scheme, ["wamp", "one that starts with x_"])
  if (!NAME.test(given.name)) throw unknown("serializer", given.name, ["a name of a-z, 0-9, _"])
  return given
}

function compressionOf(given: ProfileOptions["compression"]): Compression | undefined {
  if (given === undefined) return undefined
  if (typeof given === "string" && Object.hasOwn(COMPRESSIONS, given)) return COMPRESSIONS[given]
  // What JavaScript passed may be anything.
  const { name, compress, decompress } = Object(given) as Partial<Record<keyof Compression, unknown>>
  if (typeof compress !== "function" || typeof decompress !== "function")
    throw unknown("compression", typeof given === "string" ? given : typeof given, [
      ...Object.keys(COMPRESSIONS),
      "an object with compress and decompress",
    ])
  if (typeof name !== "string" || !NAME.test(name)) throw unknown("compression", name, ["a name of a-z, 0-9, _"])
  return given as Compression
}

function unknown(what: string, got: unknown, expected: readonly string[]): E2eeError {
  return new E2eeError("usage.invalid", `${what} ${JSON.stringify(got)}; expected ${expected.join(" or ")}`)
}
