import { equalBytes, toHex, type Hex } from "../../core/bytes.ts"
import { asE2eeError, E2eeError } from "../../core/errors.ts"
import { staticAuthenticator, type StaticRing } from "../../keys/static-ring.ts"
import type { DataKey } from "../../keys/schedule.ts"
import type { Role } from "../../keys/roles.ts"
import { attributesFor, type PassthruMessage } from "../../payload/attributes.ts"
import { decodeBare, encodeBare } from "../../payload/bare.ts"
import type { RandomBytes } from "../../payload/cipher.ts"
import { correlationOf, decodeFrame, KIND } from "../../payload/frame.ts"
import type { Connection } from "../connection.ts"
import type { AnswerPlace, Party, RequestPlace } from "./party.ts"
import type { ReplayWindows } from "./replay.ts"
import type { Scope } from "../scope.ts"
import { box, open, seal, unbox, type Arguments, type Opened, type Place, type Sealed } from "./sealing.ts"

/** What holds for all static parties of one endpoint. */
export interface StaticContext {
  readonly connection: Connection
  readonly instance: Hex
  readonly clock: () => number
  readonly skewMs: number
  readonly random: RandomBytes
  readonly replay: ReplayWindows
  readonly onRefusal: (error: E2eeError, where: string) => void
  nextSequence(): number
}

/** Whether payloads without a frame, as plain implementations of the specification make them, are sent or taken. */
export interface Interop {
  readonly acceptBare: boolean
  readonly sendBare: boolean
}

/** How it is known that a message is from a holder of the key: by a frame of ours, or by nothing but that it opened. */
export type Authentication = "frame" | "bare"

/** A party whose keys everybody was given: whoever has them may have made a message, and reads all. */
export class StaticParty implements Party<Authentication> {
  readonly #context: StaticContext
  readonly #scope: Scope
  readonly #ring: StaticRing
  readonly #interop: Interop

  constructor(context: StaticContext, scope: Scope, ring: StaticRing, interop: Interop) {
    this.#context = context
    this.#scope = scope
    this.#ring = ring
    this.#interop = interop
  }

  get connection(): Connection {
    return this.#context.connection
  }

  get keepsHistory(): boolean {
    return false
  }

  get clock(): () => number {
    return this.#context.clock
  }

  async join(_role: Role): Promise<void> {
    await this.prepare()
  }

  async prepare(): Promise<void> {
    if (!this.#interop.sendBare || (await this.connection.carriage) === "passthru") return
    throw new E2eeError(
      "session.unsupported",
      "payloads without a frame need a router that announces payload_passthru_mode; this one does not",
    )
  }

  seal(payload: Arguments, place: RequestPlace): Sealed {
    return this.#seal(payload, place, this.#ring.own)
  }

  sealAnswer(payload: Arguments, request: Opened<Authentication>, place: AnswerPlace): Sealed {
    // Under the key that the caller is known to have.
    return this.#seal(payload, place, this.#ring.find(request.keyId) ?? this.#ring.own)
  }

  async open(role: Role, message: PassthruMessage, place: Place): Promise<Opened<Authentication>> {
    const { instance, clock, skewMs, replay } = this.#context
    const { profile } = this.#scope
    // A session may have been joined anew, at another router: a call that cannot be answered is not carried out.
    if (role === "callee") await this.prepare()
    try {
      return open<DataKey, Authentication>(message, {
        ...place,
        profile,
        find: (keyId) => this.#ring.find(keyId),
        verify: (frame, covered, key) => {
          if (equalBytes(frame.authenticator, staticAuthenticator(key, profile, place, covered))) return "frame"
          throw new E2eeError("payload.context", `a message for ${place.uri} was made for another place or key`)
        },
        now: clock(),
        skew: skewMs,
        replay,
        self: instance,
      })
    } catch (error) {
      // A frame that is refused stays refused: only what opened and has none may be bare.
      const bare = this.#interop.acceptBare ? this.#openBare(message, place) : undefined
      if (bare === undefined) throw error
      return bare
    }
  }

  isError(message: PassthruMessage, uri: string): boolean {
    // Keys are the same for results and errors: the frame tells, whose authenticator is checked when it is opened.
    try {
      const { profile } = this.#scope
      const { bytes } = unbox(message, profile, uri, (keyId) => this.#ring.find(keyId))
      return decodeFrame(profile.serializer, bytes, profile.compression).header.error !== undefined
    } catch {
      return false
    }
  }

  async renew(_call: Sealed): Promise<boolean> {
    return false
  }

  refuse(error: unknown, where: string): E2eeError {
    const coded = asE2eeError(error, "internal.invariant", where)
    this.#context.onRefusal(coded, where)
    return coded
  }

  #seal(payload: Arguments, place: Place, key: DataKey): Sealed {
    const { instance, clock, random } = this.#context
    const { profile } = this.#scope
    if (this.#interop.sendBare) {
      refuseInput(place)
      return this.#sealBare(payload, key)
    }
    return seal(payload, {
      ...place,
      profile,
      key,
      instance,
      sequence: this.#context.nextSequence(),
      now: clock(),
      random,
      authenticate: (covered) => staticAuthenticator(key, profile, place, covered),
    })
  }

  #sealBare({ args, kwargs }: Arguments, key: DataKey): Sealed {
    const { profile } = this.#scope
    const nonce = this.#context.random(profile.cipher.nonceBytes)
    return {
      attributes: { ...attributesFor(profile, key.keyId) },
      payload: box(profile, key, nonce, encodeBare(profile.serializer, args, kwargs)),
      correlation: correlationOf(nonce, new Uint8Array()),
    }
  }

  #openBare(message: PassthruMessage, place: Place): Opened<Authentication> | undefined {
    const { key, nonce, bytes } = unbox(message, this.#scope.profile, place.uri, (keyId) => this.#ring.find(keyId))
    const bare = decodeBare(this.#scope.profile.serializer, bytes)
    if (bare === undefined) return undefined
    refuseInput(place)
    const { random, clock } = this.#context
    return {
      ...bare,
      sender: "bare",
      keyId: key.keyId,
      correlation: correlationOf(nonce, new Uint8Array()),
      time: clock(),
      instance: toHex(random(8)),
      more: place.more ?? false,
      error: place.kind === KIND.error ? place.error : undefined,
      retained: false,
    }
  }
}

/** Of a call in parts, nothing but a frame tells whose each part is, and which is the last. */
function refuseInput({ kind, uri, more = false, part = 0 }: Place): void {
  if (kind !== KIND.call || (!more && part === 0)) return
  throw new E2eeError("session.unsupported", `${uri}: payloads without a frame carry no progressive calls`)
}
