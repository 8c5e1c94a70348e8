import { concatBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import { x25519PublicKey, x25519SharedSecret } from "../core/x25519.ts"
import {
  MAX_NOISE_MESSAGE,
  requireSize,
  SymmetricState,
  TAG_BYTES,
  unauthentic,
  type CipherState,
} from "./noise-symmetric.ts"

// The Noise Protocol Framework, revision 34, section 5.3: HandshakeState, for a pattern of section 7.5 and its form with
// a pre-shared key of section 9.4.

/**
 * The initiator knows the responder's static key beforehand (`<- s`). With the first message the responder learns the
 * initiator's, which nobody else can read; with the second both are authenticated, with forward secrecy.
 */
const PATTERNS = {
  IK: [
    ["e", "es", "s", "ss"],
    ["e", "ee", "se"],
  ],
  /** For a hybrid: a second secret mixed in, such as one of a post-quantum KEM, which has to break as well. */
  IKpsk2: [
    ["e", "es", "s", "ss"],
    ["e", "ee", "se", "psk"],
  ],
} as const

export type Pattern = keyof typeof PATTERNS

export interface HandshakeOptions {
  readonly pattern: Pattern
  /** What both sides have to agree on beforehand, of any length; not transmitted. */
  readonly prologue: Uint8Array
  /** Own static X25519 key, 32 bytes; stays its owner's and is not wiped here. */
  readonly s: Secret
  /** For the ephemeral key; what it gives is overwritten. */
  readonly random: (length: number) => Uint8Array
}

/** What follows a handshake. */
export interface Transport {
  readonly send: CipherState
  readonly receive: CipherState
  /** The same for both sides and no other session, 32 bytes. */
  readonly handshakeHash: Uint8Array
}

/**
 * One side of one handshake: the initiator writes and reads, the responder reads and writes, then both split. Whatever
 * fails ends it and wipes its secrets; a step out of turn, or a second time, is `internal.invariant`.
 */
export class HandshakeState {
  readonly #initiator: boolean
  readonly #pattern: Pattern
  readonly #symmetric: SymmetricState
  readonly #s: Secret
  readonly #random: (length: number) => Uint8Array
  #e: Secret | undefined
  #rs: Uint8Array | undefined
  #re: Uint8Array | undefined
  /** The message to come, from 0. */
  #turn = 0
  #over = false

  private constructor({ pattern, prologue, s, random }: HandshakeOptions, initiator: boolean, rs?: Uint8Array) {
    this.#initiator = initiator
    this.#pattern = pattern
    this.#symmetric = new SymmetricState(this.protocol)
    this.#s = s
    this.#random = random
    this.#rs = rs === undefined ? undefined : Uint8Array.from(rs)
    this.#symmetric.mixHash(prologue)
    this.#symmetric.mixHash(rs ?? x25519PublicKey(s))
  }

  /** @param options `rs` is the responder's static key, 32 bytes */
  static initiator(options: HandshakeOptions & { readonly rs: Uint8Array }): HandshakeState {
    return new HandshakeState(options, true, options.rs)
  }

  static responder(options: HandshakeOptions): HandshakeState {
    return new HandshakeState(options, false)
  }

  /** Name of the pattern with its algorithms (section 8). */
  get protocol(): string {
    return `Noise_${this.#pattern}_25519_ChaChaPoly_SHA256`
  }

  /** Hash of all that was said so far, 32 bytes: the same on both sides where each read what the other wrote. */
  get transcript(): Uint8Array {
    return this.#symmetric.handshakeHash
  }

  /** The other side's static key, 32 bytes: the responder has it once the first message is authenticated. */
  get remoteStatic(): Uint8Array {
    if (this.#rs === undefined || (!this.#initiator && this.#turn === 0))
      throw misused("the other side's key is not known yet")
    return Uint8Array.from(this.#rs)
  }

  /**
   * The next message with a payload. Throws `payload.too_large` (nothing is lost then), or `keys.agreement` for a
   * responder's key of low order.
   * @param psk 32 bytes for the second message of IKpsk2, and for no other
   */
  writeMessage(payload: Uint8Array, psk?: Secret): Uint8Array {
    const tokens = this.#next(true, psk)
    const keys = tokens.includes("s") ? 32 + 32 + TAG_BYTES : 32
    requireSize(keys + payload.length + TAG_BYTES)
    return this.#orWipe(() => {
      const sent = tokens.map((token) => this.#send(token, psk))
      return concatBytes(...sent, this.#symmetric.encryptAndHash(payload))
    })
  }

  /**
   * The payload of the other side's next message. Throws `keys.agreement` for whatever is not authentic, of another
   * length or made with a key of low order.
   * @param psk as for {@link writeMessage}
   */
  readMessage(message: Uint8Array, psk?: Secret): Uint8Array {
    const tokens = this.#next(false, psk)
    return this.#orWipe(() => {
      if (message.length > MAX_NOISE_MESSAGE) throw unauthentic()
      let at = 0
      const take = (length: number): Uint8Array => {
        if (at + length > message.length) throw unauthentic()
        return Uint8Array.from(message.subarray(at, (at += length)))
      }
      for (const token of tokens) {
        if (token === "e") this.#mixEphemeral((this.#re = take(32)))
        else if (token === "s") this.#rs = this.#symmetric.decryptAndHash(take(32 + TAG_BYTES))
        else this.#mix(token, psk)
      }
      return this.#symmetric.decryptAndHash(message.subarray(at))
    })
  }

  /** Once, after the last message: keys for what follows. The handshake's own are wiped. */
  split(): Transport {
    if (this.#over || this.#turn !== PATTERNS[this.#pattern].length) throw misused("it is not at its end")
    const [first, second] = this.#symmetric.split()
    const handshakeHash = this.#symmetric.handshakeHash
    this.wipe()
    return this.#initiator
      ? { send: first, receive: second, handshakeHash }
      : { send: second, receive: first, handshakeHash }
  }

  /** Gives the handshake up: its secrets are overwritten. */
  wipe(): void {
    this.#over = true
    this.#e?.wipe()
    this.#symmetric.wipe()
  }

  /** The tokens of the next message, if it is for this side to write or read. */
  #next(writes: boolean, psk: Secret | undefined): readonly Token[] {
    const tokens: readonly Token[] | undefined = PATTERNS[this.#pattern][this.#turn]
    if (this.#over || tokens === undefined || writes !== (this.#initiator === (this.#turn % 2 === 0)))
      throw misused(`it cannot ${writes ? "write" : "read"} now`)
    if (tokens.includes("psk") !== (psk !== undefined)) throw misused("a pre-shared key is missing, or has no place")
    if (psk !== undefined && psk.length !== 32) throw misused(`its pre-shared key has ${psk.length} bytes, not 32`)
    return tokens
  }

  #orWipe<T>(work: () => T): T {
    try {
      const result = work()
      this.#turn++
      return result
    } catch (error) {
      this.wipe()
      throw error
    }
  }

  /** What a token adds to an own message: a key, or nothing. */
  #send(token: Token, psk: Secret | undefined): Uint8Array {
    if (token === "s") return this.#symmetric.encryptAndHash(x25519PublicKey(this.#s))
    if (token !== "e") {
      this.#mix(token, psk)
      return new Uint8Array()
    }
    const random = this.#random(32)
    this.#e = new Secret(random)
    random.fill(0)
    const publicKey = x25519PublicKey(this.#e)
    this.#mixEphemeral(publicKey)
    return publicKey
  }

  /** With a pre-shared key in the pattern, ephemeral keys make every key anew (section 9.2). */
  #mixEphemeral(publicKey: Uint8Array): void {
    this.#symmetric.mixHash(publicKey)
    if (this.#pattern === "IKpsk2") this.#symmetric.mixKey(publicKey)
  }

  /** The first letter of an agreement is the initiator's key, the second the responder's. */
  #mix(token: Exclude<Token, "e" | "s">, psk: Secret | undefined): void {
    if (token === "psk") {
      this.#symmetric.mixKeyAndHash((psk as Secret).expose())
      return
    }
    const [own, remote] = this.#initiator ? [token[0], token[1]] : [token[1], token[0]]
    const [secret, publicKey] = [own === "e" ? this.#e : this.#s, remote === "e" ? this.#re : this.#rs]
    const shared = x25519SharedSecret(secret as Secret, publicKey as Uint8Array)
    this.#symmetric.mixKey(shared.expose())
    shared.wipe()
  }
}

type Token = (typeof PATTERNS)[Pattern][number][number]

function misused(why: string): E2eeError {
  return new E2eeError("internal.invariant", `a handshake was used out of turn: ${why}`)
}
