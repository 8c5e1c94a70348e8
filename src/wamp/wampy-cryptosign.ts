import { decode as decodeCbor } from "cborg"
import type { Identity } from "../certificate/identity.ts"
import { BoundedTokenizer } from "../core/bounded-cbor.ts"
import type { E2eeError } from "../core/errors.ts"
import { parseJson, stringifyJson } from "../core/exact-json.ts"
import type { Channel, ClientHandshake } from "../cryptosign/client.ts"
import { handshakeOf, type HandshakeSettings } from "./handshake.ts"
import { unwrapped, wrapSerializer, type Serializer } from "./wampy-serializer.ts"

type Encoded = string | ArrayBuffer | Uint8Array

/** A serialiser as wampy has them. */
export interface WampySerializer {
  readonly protocol: string
  readonly isBinary: boolean
  encode(message: unknown): Encoded
  decode(bytes: Encoded): unknown
}

export interface CryptosignSettings extends HandshakeSettings {
  /** What goes with it in `new Wampy`, `sealing` or not; JSON by default, as with wampy itself. */
  readonly serializer?: WampySerializer | Serializer
  /** The TLS connection that the session is to be bound to. */
  readonly channel?: Channel
}

/** Options of wampy 8, to be spread into those of `new Wampy`. */
export interface CryptosignOptions {
  readonly authid: string
  readonly authmethods: string[]
  readonly authextra: Record<string, unknown>
  readonly authMode: "manual"
  readonly onChallenge: (method: string, extra: Record<string, unknown>) => Promise<string>
  readonly serializer: WampySerializer
}

const [HELLO, WELCOME, CHALLENGE, AUTHENTICATE] = [1, 2, 4, 5]

/**
 * What the client is given in place of a proof. Were an exception thrown, it would close the connection and never settle
 * `connect`; it does settle when a message cannot be written, and then sends nothing.
 */
const NO_PROOF = ""

const JSON_SERIALIZER: WampySerializer = {
  protocol: "json",
  isBinary: false,
  encode: (message) => JSON.stringify(message),
  decode: (text) => JSON.parse(text as string) as unknown,
}

/**
 * WAMP-cryptosign with an endpoint's identity, for a client of wampy 8: `new Wampy(url, { …, ...cryptosign(identity) })`.
 * The router must ask for the proof: one that welcomes without is refused. Throws `usage.invalid`, or what a malformed
 * chain is refused with.
 */
export function cryptosign(identity: Identity, settings: CryptosignSettings = {}): CryptosignOptions {
  const { serializer = JSON_SERIALIZER, channel } = settings
  const { authid, handshake, told } = handshakeOf(identity, settings, channel)
  const inner = unwrapped(serializer)
  const proving = handshaking(inner as WampySerializer, handshake, told)
  return {
    authid,
    authmethods: ["cryptosign"],
    authextra: {},
    authMode: "manual",
    onChallenge: (method, extra) =>
      handshake.answer(method, extra).catch((error: unknown) => {
        told(error)
        return NO_PROOF
      }),
    // Sealing goes around all else: it has to see each message as the client has it.
    serializer: inner === serializer ? proving : (wrapSerializer(proving as Serializer) as unknown as WampySerializer),
  }
}

/**
 * The client keeps one authextra for all its connections, and believes a WELCOME that comes without a CHALLENGE: its
 * serialiser, which sees every message, writes a fresh authextra into each HELLO and refuses such a WELCOME.
 */
function handshaking(
  inner: WampySerializer,
  handshake: ClientHandshake,
  told: (error: unknown) => E2eeError,
): WampySerializer {
  const json = inner.protocol === "json"
  return {
    protocol: inner.protocol,
    isBinary: inner.isBinary,
    encode(message) {
      if (!Array.isArray(message)) return inner.encode(message)
      if (message[0] === AUTHENTICATE && message[1] === NO_PROOF) throw new TypeError("there is no proof to send")
      if (message[0] === AUTHENTICATE) return inner.encode([...message.slice(0, 2), handshake.extra])
      if (message[0] !== HELLO) return inner.encode(message)
      const [code, realm, details] = message as [unknown, unknown, object]
      const hello = [code, realm, { ...details, authextra: handshake.hello() }]
      // Certificates hold integers beyond 2^53, which JSON.stringify refuses.
      return json ? stringifyJson(hello) : inner.encode(hello)
    },
    decode(bytes) {
      const message = inner.decode(bytes)
      if (!Array.isArray(message)) return message
      if (message[0] === CHALLENGE) return decodeExactly(inner.protocol, bytes) ?? message
      if (message[0] === WELCOME) {
        try {
          handshake.welcome()
        } catch (error) {
          throw told(error)
        }
      }
      return message
    },
  }
}

/** A CHALLENGE with its router's certificates, whose integers beyond 2^53 wampy's JSON and CBOR round. */
function decodeExactly(protocol: string, bytes: Encoded): unknown {
  if (typeof bytes === "string") return protocol === "json" ? parseJson(bytes) : undefined
  if (protocol !== "cbor") return undefined
  const options = { allowBigInt: true }
  const copy = new Uint8Array(bytes)
  return decodeCbor(copy, { ...options, tokenizer: new BoundedTokenizer(copy, options, { depth: 32, items: 16_384 }) })
}
