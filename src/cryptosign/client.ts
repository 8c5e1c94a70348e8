import { equalBytes, type Hex } from "../core/bytes.ts"
import { ed25519PublicKey } from "../core/ed25519.ts"
import { asE2eeError, E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { credentialsToWire, isDictionary, isGiven, parseCredentials, type Credentials } from "./credentials.ts"
import { parseWireHex, proofOf, proves, wireHex, type ChannelBinding } from "./proof.ts"

/** The connection that a handshake is to be bound to. */
export interface Channel {
  readonly type: ChannelBinding
  /** The id (32 bytes) of the connection that is being opened, asked for once a challenge came. */
  readonly id: () => Uint8Array | Promise<Uint8Array>
}

/** Whom a client takes for its router: a public key, or a judgement that rejects. The key is proven when it is asked. */
export type RouterCheck = Hex | ((router: Credentials) => Promise<void>)

export interface ClientParts {
  /** Seed of the Ed25519 key, 32 bytes. */
  readonly key: Secret
  readonly certificates: readonly unknown[]
  readonly trustroot: Credentials["trustroot"]
  readonly channel?: Channel | undefined
  readonly router?: RouterCheck | undefined
  /**
   * Shows the platform where the router asks for it: AUTHENTICATE.Extra for its challenge (32 bytes) and PCR numbers. By a
   * key for that alone: a router may have any 32 bytes quoted.
   */
  readonly attest?:
    ((challenge: Uint8Array, registers: readonly number[]) => Promise<Record<string, unknown>>) | undefined
  /** 32 bytes that nobody can guess. */
  readonly random: () => Uint8Array
}

type Attempt = {
  readonly challenge: Uint8Array | undefined
  at: "greeted" | "challenged" | "answered"
  extra?: Record<string, unknown>
}

/** PCRs of a TPM, but for 16 and 23, which anybody can reset. */
const isRegister = (pcr: unknown): pcr is number =>
  typeof pcr === "number" && Number.isInteger(pcr) && pcr >= 0 && pcr < 23 && pcr !== 16

/**
 * The client's side of WAMP-cryptosign, one HELLO after another: signs one challenge a HELLO, and none before the router
 * has proven itself where that was asked for. What is refused throws `session.authentication`, or what the check of the
 * router throws.
 */
export class ClientHandshake {
  readonly #parts: ClientParts
  readonly #publicKey: Hex
  #attempt: Attempt | undefined

  constructor(parts: ClientParts) {
    this.#parts = parts
    this.#publicKey = ed25519PublicKey(parts.key)
  }

  /** HELLO.Details.authextra of a new handshake; what was open before is void. */
  hello(): Record<string, unknown> {
    const { certificates, trustroot, channel, router, random } = this.#parts
    const challenge = router === undefined ? undefined : random()
    this.#attempt = { challenge, at: "greeted" }
    return {
      ...credentialsToWire({ publicKey: this.#publicKey, certificates, trustroot }),
      ...(channel === undefined ? {} : { channel_binding: channel.type }),
      ...(challenge === undefined ? {} : { challenge: wireHex(challenge) }),
    }
  }

  /** AUTHENTICATE.Signature for a CHALLENGE's AuthMethod and Extra. */
  async answer(method: unknown, extra: unknown): Promise<string> {
    const attempt = this.#attempt
    if (attempt?.at !== "greeted") throw refusal("a challenge that nothing asked for")
    attempt.at = "challenged"
    if (method !== "cryptosign") throw refusal("a challenge of another method than cryptosign")
    if (!isDictionary(extra)) throw refusal("a challenge without a dictionary")
    const challenge = parseWireHex(extra["challenge"], 32)
    if (challenge === undefined) throw refusal("a challenge that is not 64 hex digits")
    const channelId = await this.#boundChannel(extra["channel_binding"])
    if (attempt.challenge !== undefined) await this.#checkRouter(attempt.challenge, challenge, channelId, extra)
    const shown = isGiven(extra["attest"]) ? await this.#attest(challenge, extra["attest"]) : {}
    if (this.#attempt !== attempt) throw refusal("a challenge of a connection that is over")
    attempt.at = "answered"
    attempt.extra = shown
    return proofOf(challenge, channelId, this.#parts.key)
  }

  /** AUTHENTICATE.Extra, once the challenge is answered. */
  get extra(): Record<string, unknown> {
    return this.#attempt?.extra ?? {}
  }

  /** To be called for a WELCOME: a router that asked for no proof, or whose own was refused, must not be believed. */
  welcome(): void {
    const { at } = this.#attempt ?? {}
    this.#attempt = undefined
    if (at !== "answered") throw refusal("a welcome before any proof")
  }

  /** The specification's MUST: the binding in use is the one asked for, or the client goes no further. */
  async #boundChannel(inUse: unknown): Promise<Uint8Array | undefined> {
    const { channel } = this.#parts
    if (channel === undefined) {
      if (isGiven(inUse)) throw refusal("a channel binding that was not asked for")
      return undefined
    }
    if (inUse !== channel.type) throw refusal(`no channel binding, though ${channel.type} was asked for`)
    const id = await channel.id()
    if (id.length !== 32)
      throw new E2eeError("usage.invalid", `the channel's id has ${id.length} bytes; expected 32 of ${channel.type}`)
    return id
  }

  async #attest(challenge: Uint8Array, registers: unknown): Promise<Record<string, unknown>> {
    const { attest } = this.#parts
    if (attest === undefined)
      throw new E2eeError(
        "attestation.absent",
        "the router asks what this machine runs, and there is nothing to show; pass attest, or use another router",
      )
    const isList = Array.isArray(registers) && registers.length > 0 && registers.every(isRegister)
    if (!isList || new Set(registers).size !== registers.length)
      throw refusal("a demand for registers that prove nothing, or twice")
    return attest(challenge, registers as readonly number[])
  }

  async #checkRouter(
    asked: Uint8Array,
    challenge: Uint8Array,
    channelId: Uint8Array | undefined,
    extra: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { router } = this.#parts
    // The router's key may be ours by mistake: our own challenge would then have us make the proof it lacks.
    if (equalBytes(asked, challenge)) throw refusal("our own challenge back")
    if (!isGiven(extra["signature"])) throw refusal("no proof of its own, though it was asked for one")
    let shown: Credentials
    try {
      shown = parseCredentials(extra)
    } catch (error) {
      throw asE2eeError(error, "session.authentication", "the router sent credentials of a wrong form")
    }
    if (shown.publicKey === this.#publicKey) throw refusal("our own key as its own")
    if (typeof router === "string" && router !== shown.publicKey)
      throw new E2eeError("session.authentication", `the router's key is ${shown.publicKey}; expected ${router}`)
    if (!proves(extra["signature"], asked, channelId, shown.publicKey)) throw refusal("a proof that does not hold")
    if (typeof router === "function") await router(shown)
  }
}

function refusal(what: string): E2eeError {
  return new E2eeError("session.authentication", `the router sent ${what}; nothing was signed for it`)
}
