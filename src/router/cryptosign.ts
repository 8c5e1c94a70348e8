import { randomBytes } from "node:crypto"
import { toHex, type Hex } from "../core/bytes.ts"
import { ed25519PublicKey } from "../core/ed25519.ts"
import { E2eeError, isE2eeError } from "../core/errors.ts"
import { parseAddress, type Address } from "../core/address.ts"
import type { Secret } from "../core/secret.ts"
import { credentialsToWire, isGiven, parseCredentials, type Credentials } from "../cryptosign/credentials.ts"
import { CHANNEL_BINDINGS, parseWireHex, proofOf, proves, wireHex, type ChannelBinding } from "../cryptosign/proof.ts"
import type { Authenticate, Hello, Verdict } from "./authentication.ts"
import type { Dict } from "./messages.ts"

/** Under which name and role a client is let in. */
export interface Admission {
  readonly authid: string
  readonly authrole: string
}

/** A client that has proven to hold its key. */
export interface ProvenClient {
  /** The WAMP realm it wants to join. */
  readonly realm: string
  /** Ed25519 public key, 32 bytes. */
  readonly provenKey: Hex
  readonly authextra: Dict
}

/** A proven client with the chain it shows, as it came: nothing of it is checked but the key. */
export interface CertifiedClient extends ProvenClient {
  readonly certificates: readonly unknown[]
  /** What the client takes for its trustroot: must be what is configured here for the realm. */
  readonly trustroot: Address | undefined
}

/** How clients' platforms are judged. */
export interface PlatformCheck {
  /** For one login. Rejects where it cannot be learnt what is to be asked. */
  begin(): Promise<PlatformLogin>
}

export interface PlatformLogin {
  /** PCR numbers that are to be quoted. */
  readonly registers: readonly number[]
  /** Rejects with a code of `attestation` for what must not be let in. */
  judge(client: ShownPlatform): Promise<void>
}

/** What a client shows of its platform, as it came: nothing of it is checked. */
export interface ShownPlatform {
  /** That the quote has to be for, 32 bytes. */
  readonly challenge: Uint8Array
  /** Under which the client would be let in. */
  readonly authid: string
  /** AUTHENTICATE.Extra.quote and AUTHENTICATE.Extra.measurement. */
  readonly quote: unknown
  readonly measurement: unknown
}

/** Which clients are let in: by `keys`, else by `judge` where they show certificates, else by `authorize`. */
export interface CryptosignOptions {
  /** Public keys (64 hex digits) and under which name and role each is let in; role `user` by default. */
  readonly keys?: readonly { readonly publicKey: string; readonly authid: string; readonly authrole?: string }[]
  /** Judges a chain. Rejects with a code of `trust` or `certificate` for one that must not be let in. */
  readonly judge?: (client: CertifiedClient) => Admission | Promise<Admission>
  /** Undefined refuses. */
  readonly authorize?: (client: ProvenClient) => Admission | undefined | Promise<Admission | undefined>
  /** With what the router proves itself to clients that ask. A key of its own, which opens no session elsewhere. */
  readonly identity?: {
    /** Ed25519 seed, 32 bytes. */
    readonly key: Secret
    /** The router's chain in the specification's form, and the root it ends in. */
    readonly certificates?: readonly unknown[]
    readonly trustroot?: string
  }
  /**
   * Asks clients that are let in for their platform too (authentication_cryptosign.md, "Remote Attestation"): such as
   * `attestedClients` of wamp-e2ee/attestation. Off by default.
   */
  readonly attest?: PlatformCheck
  /** Whether clients must bind the session to its TLS connection. Default false. */
  readonly requireChannelBinding?: boolean
  /** Milliseconds a client has for its answer. Default 10,000. */
  readonly timeLimitMs?: number
  /** Milliseconds; only differences count. */
  readonly clock?: () => number
}

/** One text for all that is refused: a client learns nothing of keys or rules. */
const DENIED = {
  kind: "refused",
  uri: "wamp.error.authentication_denied",
  message: "authentication was denied",
} as const
const FAILED = {
  kind: "refused",
  uri: "wamp.error.authentication_failed",
  message: "the router could not decide",
} as const

/** Lets in whoever proves to hold a key that is admitted. Throws `usage.invalid` for options that are not of their form. */
export function cryptosign(options: CryptosignOptions): Authenticate {
  const listed = listedKeys(options)
  const own = ownCredentials(options)
  const { judge, authorize, timeLimitMs = 10_000, clock = () => performance.now() } = options
  if (listed.size === 0 && judge === undefined && authorize === undefined)
    throw new E2eeError("usage.invalid", "cryptosign would let nobody in; give keys, judge or authorize")
  if (!(timeLimitMs > 0)) throw new E2eeError("usage.invalid", `timeLimitMs is ${timeLimitMs}; expected more than 0`)

  const admit = async (client: CertifiedClient): Promise<Admission | undefined> => {
    const { realm, provenKey, authextra } = client
    const known = listed.get(provenKey)
    if (known !== undefined) return known
    if (client.certificates.length > 0 && judge !== undefined) return judge(client)
    return authorize?.({ realm, provenKey, authextra })
  }

  return async (hello) => {
    const { details } = hello
    const methods = details["authmethods"]
    if (!isGiven(methods) || (Array.isArray(methods) && methods.length === 0))
      return refusal("wamp.error.authentication_required", "this router wants cryptosign")
    if (!Array.isArray(methods) || !methods.includes("cryptosign"))
      return refusal("wamp.error.no_matching_auth_method", "this router wants cryptosign")
    let asked: Asked
    try {
      asked = parseAuthextra(hello, options.requireChannelBinding ?? false)
    } catch (error) {
      return { ...DENIED, why: error instanceof Error ? error.message : String(error) }
    }
    if (asked.shown.publicKey === own?.publicKey) return { ...DENIED, why: "it shows the router's own key" }

    let login: PlatformLogin | undefined
    try {
      login = await options.attest?.begin()
    } catch (error) {
      return verdictOnError(error)
    }
    const challenge = Uint8Array.from(randomBytes(32))
    const since = clock()
    let answered = false
    const answer = async (signature: string, shown: Dict): Promise<Verdict> => {
      if (answered) return { ...DENIED, why: "a second answer" }
      answered = true
      if (clock() - since > timeLimitMs) return { ...DENIED, why: "the answer came too late" }
      const { publicKey: provenKey, certificates, trustroot } = asked.shown
      if (!proves(signature, challenge, asked.channelId, provenKey))
        return { ...DENIED, why: "the proof does not hold" }
      const client = { realm: hello.realm, provenKey, authextra: asked.authextra, certificates, trustroot }
      try {
        const verdict = verdictOn(await admit(client), asked.authid, provenKey)
        if (verdict.kind !== "accepted") return verdict
        const { quote, measurement } = shown
        await login?.judge({ challenge, authid: verdict.identity.authid, quote, measurement })
        return verdict
      } catch (error) {
        return verdictOnError(error)
      }
    }
    const attest = login && { attest: [...login.registers] }
    const extra = { ...challengeExtra(challenge, asked, options, own), ...attest }
    return { kind: "challenged", method: "cryptosign", extra, answer }
  }
}

/** A HELLO as far as this method reads it. */
interface Asked {
  readonly authextra: Dict
  readonly shown: Credentials
  readonly authid: string | undefined
  /** To be signed by the router, 32 bytes. */
  readonly challenge: Uint8Array | undefined
  /** The binding that is in use. */
  readonly binding: ChannelBinding | undefined
  readonly channelId: Uint8Array | undefined
}

/** Throws TypeError with the reason. */
function parseAuthextra({ details, channelId: channelIdOf }: Hello, mustBind: boolean): Asked {
  const shown = parseCredentials(details["authextra"])
  const authextra = details["authextra"] as Dict
  const { authid } = details
  if (isGiven(authid) && typeof authid !== "string") throw new TypeError("authid is no text")
  const challenge = parseWireHex(authextra["challenge"], 32)
  if (isGiven(authextra["challenge"]) && challenge === undefined) throw new TypeError("challenge is not 64 hex digits")
  const wanted = authextra["channel_binding"]
  const binding = CHANNEL_BINDINGS.find((name) => name === wanted)
  if (isGiven(wanted) && binding === undefined) throw new TypeError("the channel binding is unknown")
  const channelId = binding && channelIdOf(binding)
  if (mustBind && channelId === undefined) throw new TypeError("it does not bind its channel")
  return {
    authextra,
    shown,
    authid: typeof authid === "string" ? authid : undefined,
    challenge,
    binding: channelId && binding,
    channelId,
  }
}

/** CHALLENGE.Extra. A binding that was asked for and is not to be had is left out, and the client decides. */
function challengeExtra(
  challenge: Uint8Array,
  { binding, channelId, challenge: theirs }: Asked,
  { identity }: CryptosignOptions,
  own: Credentials | undefined,
): Dict {
  const proof = identity &&
    own &&
    theirs && { ...credentialsToWire(own), signature: proofOf(theirs, channelId, identity.key) }
  return { challenge: wireHex(challenge), channel_binding: binding ?? null, ...proof }
}

function verdictOn(admission: Admission | undefined, asked: string | undefined, provenKey: Hex): Verdict {
  if (admission === undefined) return { ...DENIED, why: `nobody admitted the key ${provenKey}` }
  const { authid, authrole } = admission
  if (asked !== undefined && asked !== authid)
    return { ...DENIED, why: `it asked for the authid ${JSON.stringify(asked.slice(0, 100))}, and is ${authid}` }
  return { kind: "accepted", identity: { authid, authrole, authmethod: "cryptosign" } }
}

/** What rules refuse is denied; what could not be found out has failed. */
function verdictOnError(error: unknown): Verdict {
  const why = error instanceof Error ? error.message : String(error)
  return isE2eeError(error) && /^(trust|certificate|attestation)\./.test(error.code)
    ? { ...DENIED, why }
    : { ...FAILED, why }
}

function refusal(uri: string, message: string): Verdict {
  return { kind: "refused", uri, message }
}

function listedKeys({ keys = [] }: CryptosignOptions): Map<Hex, Admission> {
  const listed = new Map<Hex, Admission>()
  for (const { publicKey, authid, authrole = "user" } of keys) {
    const key = parseWireHex(publicKey.replace(/^0x/, ""), 32)
    if (key === undefined)
      throw new E2eeError(
        "usage.invalid",
        `the key of ${authid} is ${JSON.stringify(publicKey)}; expected 64 hex digits`,
      )
    if (listed.has(toHex(key))) throw new E2eeError("usage.invalid", `the key ${publicKey} is given twice`)
    listed.set(toHex(key), { authid, authrole })
  }
  return listed
}

function ownCredentials({ identity }: CryptosignOptions): Credentials | undefined {
  if (identity === undefined) return undefined
  const { key, certificates = [], trustroot } = identity
  const root = trustroot === undefined ? undefined : parseAddress(trustroot)
  if (trustroot !== undefined && root === undefined)
    throw new E2eeError("usage.invalid", `trustroot ${JSON.stringify(trustroot)} is no address`)
  return { publicKey: ed25519PublicKey(key), certificates, trustroot: root }
}
