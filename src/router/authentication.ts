import { randomUUID } from "node:crypto"
import type { Dict } from "./messages.ts"
import type { Identity } from "./peer.ts"

/** What a client says of itself before it is let in. */
export interface Hello {
  readonly realm: string
  /** HELLO.Details as they came, authmethods, authid and authextra among them; nothing in it is checked. */
  readonly details: Dict
}

/** Judgement on a HELLO, or on the answer to a challenge. A challenge may follow a challenge. */
export type Verdict =
  | { readonly kind: "accepted"; readonly identity: Identity }
  | { readonly kind: "refused"; readonly uri: string; readonly message: string }
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
