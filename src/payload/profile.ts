import { E2eeError } from "../core/errors.ts"
import { CIPHERS, secretbox, type Cipher, type CipherName } from "./cipher.ts"
import { SERIALIZERS, type PayloadSerializer, type SerializerName } from "./serializer.ts"

/** How payloads of a scope are written and sealed: the same for all of its end points, nothing is negotiated. */
export interface Profile {
  readonly serializer: PayloadSerializer
  readonly cipher: Cipher
  /** Whether lengths are padded to size classes. */
  readonly padding: boolean
}

export interface ProfileOptions {
  /** `cbor` (default), `msgpack`, `json`, or a serialiser of the application's own. */
  readonly serializer?: SerializerName | PayloadSerializer
  /** `xsalsa20poly1305` (default) or `aes256gcm`. */
  readonly cipher?: CipherName
  /** Pads lengths to size classes, so that a router learns less from them; 12 % larger at most. Default false. */
  readonly padding?: boolean
}

export const DEFAULT_PROFILE: Profile = { serializer: SERIALIZERS.cbor, cipher: secretbox, padding: false }

/** `ppt_scheme` of the specification, or a custom one ("Custom Schemes"); names that a router forwards anywhere. */
const SCHEME = /^(wamp|x_[a-z0-9_]{1,30})$/
const NAME = /^[a-z][a-z0-9_]{0,30}$/

/** Throws `usage.invalid`. */
export function parseProfile(options: ProfileOptions): Profile {
  const { serializer = "cbor", cipher = "xsalsa20poly1305", padding = false } = options
  if (typeof padding !== "boolean") throw unknown("padding", padding, ["true", "false"])
  if (!Object.hasOwn(CIPHERS, cipher)) throw unknown("cipher", cipher, Object.keys(CIPHERS))
  if (typeof serializer === "string") {
    if (!Object.hasOwn(SERIALIZERS, serializer)) throw unknown("serializer", serializer, Object.keys(SERIALIZERS))
    return { serializer: SERIALIZERS[serializer], cipher: CIPHERS[cipher], padding }
  }
  if (!SCHEME.test(serializer.scheme)) throw unknown("scheme", serializer.scheme, ["wamp", "one that starts with x_"])
  if (!NAME.test(serializer.name)) throw unknown("serializer", serializer.name, ["a name of a-z, 0-9, _"])
  return { serializer, cipher: CIPHERS[cipher], padding }
}

function unknown(what: string, got: unknown, expected: readonly string[]): E2eeError {
  return new E2eeError("usage.invalid", `${what} ${JSON.stringify(got)}; expected ${expected.join(" or ")}`)
}
