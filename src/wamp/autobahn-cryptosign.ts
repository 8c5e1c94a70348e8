import type { Identity } from "../certificate/identity.ts"
import type { SerializerName } from "../core/wire/serializers.ts"
import { tappedSerializers, type AutobahnSerializer } from "./autobahn-serializer.ts"
import { handshakeOf, type HandshakeSettings } from "./handshake.ts"

export interface AutobahnCryptosignSettings extends HandshakeSettings {
  /** Names as for `serializers()`, which this takes the place of. */
  readonly serializers?: readonly SerializerName[]
}

/** Options of autobahn-js 26, to be spread into those of `new autobahn.Connection`. */
export interface AutobahnCryptosignOptions {
  readonly authid: string
  readonly authmethods: string[]
  readonly authextra: Record<string, unknown>
  readonly onchallenge: (session: unknown, method: string, extra: unknown) => Promise<string>
  readonly serializers: AutobahnSerializer[]
}

const [HELLO, WELCOME, AUTHENTICATE] = [1, 2, 5]

/**
 * WAMP-cryptosign with an endpoint's identity, for a client of autobahn-js 26:
 * `new autobahn.Connection({ …, ...cryptosign(identity) })`. The router must ask for the proof: one that welcomes without
 * is refused. There is no channel binding: the client's WebSocket does not show its TLS connection. Throws
 * `usage.invalid`, or what a malformed chain is refused with.
 */
export function cryptosign(identity: Identity, settings: AutobahnCryptosignSettings = {}): AutobahnCryptosignOptions {
  const { serializers = ["msgpack", "cbor", "json"] } = settings
  const { authid, handshake, told } = handshakeOf(identity, settings)
  return {
    authid,
    authmethods: ["cryptosign"],
    authextra: {},
    onchallenge: (_session, method, extra) =>
      handshake.answer(method, extra).catch((error: unknown) => {
        throw told(error)
      }),
    // The client keeps one authextra for all its connections, and believes a WELCOME that comes without a CHALLENGE.
    serializers: tappedSerializers(serializers, {
      sent(message) {
        const [type, realm, details] = message
        if (type === AUTHENTICATE) return [...message.slice(0, 2), handshake.extra]
        return type === HELLO ? [type, realm, { ...(details as object), authextra: handshake.hello() }] : message
      },
      received(message) {
        if (message[0] !== WELCOME) return message
        try {
          handshake.welcome()
        } catch (error) {
          throw told(error)
        }
        return message
      },
    }),
  }
}
