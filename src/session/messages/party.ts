import type { Address } from "../../core/address.ts"
import type { E2eeError } from "../../core/errors.ts"
import type { Role } from "../../keys/roles.ts"
import type { PassthruMessage } from "../../payload/attributes.ts"
import type { KIND } from "../../payload/frame.ts"
import type { Connection } from "../connection.ts"
import type { Arguments, Opened, Place, Sealed } from "./sealing.ts"

/** What an endpoint itself starts, and what answers it. */
export type RequestPlace = Place & {
  readonly kind: typeof KIND.event | typeof KIND.call
  /** Marks an event that the router is to keep for later subscribers. */
  readonly retained?: boolean | undefined
  /** Address of the one delegate that is to take a call, where a scope pins its calls. */
  readonly callee?: Address | undefined
}
export type AnswerPlace = Place & { readonly kind: typeof KIND.result | typeof KIND.error }

/** An endpoint's part in one scope, however its keys come: by grants, or given as they are. */
export interface Party<Sender> {
  readonly connection: Connection
  readonly clock: () => number
  /** Whether the scope keeps events for later subscribers. */
  readonly keepsHistory: boolean
  /** Gets the keys for a role, where there are none yet. */
  join(role: Role): Promise<void>
  /** {@link join}, and judges again all that will read what is sealed next. @param callee for whom alone a call is meant */
  prepare(role: "caller" | "publisher", callee?: Address): Promise<void>
  /** Seals with the keys of now: to be called right after {@link prepare}. */
  seal(payload: Arguments, place: RequestPlace): Sealed
  sealAnswer(payload: Arguments, request: Opened<Sender>, place: AnswerPlace): Sealed
  /** Opens a message for a role and judges its sender again; nothing is released before. */
  open(role: Role, message: PassthruMessage, place: Place): Promise<Opened<Sender>>
  /** Whether a message is an error by its key: where ERROR would be mangled, errors travel as results. */
  isError(message: PassthruMessage, uri: string): boolean
  /** Whether, after its callee said that it has no key for a call, there are other keys by now. */
  renew(call: Sealed): Promise<boolean>
  /** Tells of what was refused and is nobody's return value. */
  refuse(error: unknown, where: string): E2eeError
}
