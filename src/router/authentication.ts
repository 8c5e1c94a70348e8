import { randomUUID } from "node:crypto"
import type { ChannelBinding } from "../cryptosign/proof.ts"
import type { Dict } from "./messages.ts"
import type { Identity } from "./peer.ts"

/** What a client says of itself before it is let in. */
export interface Hello {
  readonly realm: string
  /** HELLO.Details as they came, authmethods, authid and authextra among them; nothing in it is checked. */
  readonly details: Dict
  /** The id (32 bytes) of the client's connection for a channel binding; undefined where it has none. */
  readonly channelId: (binding: ChannelBinding) => Uint8Array | undefined
}

/** Judgement on a HELLO, or on the answer to a challenge. A challenge may follow a challenge. */
export type Verdict =
  | { readonly kind: "accepted"; readonly identity: Identity }
  | {
      readonly kind: "refused"
      /** ABORT.Reason and its message. */
      readonly uri: string
      readonly message: string
      /** For the router's log alone. */
      readonly why?: string
    }
  | {
      readonly kind: "challenged"
      /** CHALLENGE.AuthMethod and CHALLENGE.Extra. */
      readonly method: string
      readonly extra: Dict
      /** Judges AUTHENTICATE.Signature and AUTHENTICATE.Extra. */
      readonly answer: (signature: string, extra: Dict) => Verdict | Promise<Verdict>
    }

/** Decides who a client is. One that throws refuses (`wamp.error.authentication_failed`). */
export type Authenticate = (hello: Hello) => Verdict | Promise<Verdict>

/** Lets everybody in, under an authid of the router's own choice. */
export const anonymous: Authenticate = () => ({
  kind: "accepted",
  identity: { authid: randomUUID(), authrole: "anonymous", authmethod: "anonymous" },
})
