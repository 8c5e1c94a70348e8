import type { CertificateChain } from "../certificate/types.ts"
import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"
import type { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { x25519PublicKey } from "../core/x25519.ts"
import { makeKeyPackage } from "../keys/key-package.ts"
import type { RandomBytes } from "../payload/cipher.ts"
import type { TrustProvider } from "../trust/provider.ts"
import type { Connection } from "./connection.ts"
import type { Peers } from "./members/peers.ts"
import type { Platforms } from "./members/platforms.ts"

/** Runs work later; returns what takes it back. */
export interface Timers {
  after(milliseconds: number, work: () => void): () => void
}

/** Those of the platform; they keep no process alive. */
export const TIMERS: Timers = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds) as ReturnType<typeof setTimeout> & { unref?: () => void }
    timer.unref?.()
    return () => clearTimeout(timer)
  },
}

/** Who an endpoint is, from its start to its end. */
export interface Self {
  readonly chain: CertificateChain
  /** The delegate's address. */
  readonly address: Address
  readonly capabilityBits: bigint
  /** 8 random bytes: the endpoint's life, under which it speaks. No sequence is ever continued by another life. */
  readonly instance: Hex
  /** Ed25519 key that the certificate names. */
  readonly csKey: Secret
  readonly csPubKey: Hex
  /** X25519 key of this life, 32 bytes. */
  readonly x: Secret
}

/** What every part of an endpoint's session works with. */
export interface SessionContext {
  readonly connection: Connection
  readonly self: Self
  readonly trust: TrustProvider
  readonly peers: Peers
  readonly platforms: Platforms
  readonly clock: () => number
  readonly timers: Timers
  readonly skewMs: number
  readonly random: RandomBytes
  /** What outlives the process of each scope's newest generation, so that no clock and no router can go back behind it. */
  readonly memory: ScopeMemory
  /** Shared by callees of one procedure, where a scope's policy is `shared`. */
  readonly sharedReplay: SharedReplay | undefined
  /** Told of everything that was refused and is nobody's return value. */
  readonly onRefusal: (error: E2eeError, where: string) => void
}

/** Remembers which calls were claimed, for several endpoints together. */
export interface SharedReplay {
  /**
   * Whether nobody claimed the call before; whoever is told so runs it.
   * @param id 16 bytes, hex @param until POSIX milliseconds up to which it must be remembered
   */
  claim(id: Hex, until: number): Promise<boolean>
}

/** Remembers the newest generation of a scope. Nothing in it is secret. */
export interface ScopeMemory {
  /** @param scope id of the scope, hex */
  load(scope: Hex): Promise<RememberedGeneration | undefined>
  save(scope: Hex, generation: RememberedGeneration): Promise<void>
}

export interface RememberedGeneration {
  readonly generation: number
  /** Hash of its announcement, hex of 32 bytes. */
  readonly hash: Hex
}

/** Forgets with the process. */
export const NO_MEMORY: ScopeMemory = { load: async () => undefined, save: async () => undefined }

/** Milliseconds that a key package holds: a generation and some, less than the 24 hours that it may. */
const PACKAGE_MS = 82_800_000

/** An endpoint's own key package, made for now. */
export function ownKeyPackage({ self, trust, clock }: SessionContext): Uint8Array {
  const now = clock()
  return makeKeyPackage(
    {
      realm: trust.realm,
      principal: self.address,
      x: x25519PublicKey(self.x),
      notBefore: now,
      notAfter: now + PACKAGE_MS,
      roles: new Set(["callee", "caller", "subscriber", "publisher", "agent"]),
      certificates: self.chain,
    },
    self.csKey,
  )
}
