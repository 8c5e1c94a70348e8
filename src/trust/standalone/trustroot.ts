import { recoverSigner } from "../../certificate/signature.ts"
import type { Address } from "../../core/address.ts"
import { asE2eeError, E2eeError, isE2eeError } from "../../core/errors.ts"
import { acceptBundle, requireContext, requireTimely, type BundlePolicy } from "./accept-bundle.ts"
import { BundleIndex } from "./bundle-facts.ts"
import type { SignedBundle } from "./bundle.ts"
import { documentToJson } from "./issue-bundle.ts"
import { parseDocument } from "./parse-bundle.ts"

/** Where the newest document is to be had. */
export interface BundleSource {
  /** For messages. */
  readonly name: string
  /** JSON text or its UTF-8 bytes. What it rejects with is taken for `trustroot.unreachable` unless it has a code. */
  read(signal: AbortSignal): Promise<string | Uint8Array>
}

export interface BundlePlace {
  readonly realm: Address
  /** The configured one. */
  readonly trustroot: Address
}

/** Where the newest bundle that was accepted survives a restart. */
export interface BundleState {
  /** The text with the highest sequence that was saved there. Rejects when that cannot be told: never "none" instead. */
  load(place: BundlePlace): Promise<string | undefined>
  /** Resolves once it survives a crash. Rejects with `trustroot.fork` for a sequence that has another text already. */
  save(place: BundlePlace, sequence: number, text: string): Promise<void>
}

export interface TrustrootSettings {
  readonly policy: Omit<BundlePolicy, "seen">
  readonly source: BundleSource
  readonly state: BundleState
  /** Looks for a newer bundle after so many milliseconds, where the bundle's own hint is longer. */
  readonly refreshMs: number
  /** Milliseconds that the source has to answer. */
  readonly timeoutMs: number
  readonly skewMs: number
  readonly clock: () => number
  /** Ends all looking when it is aborted. */
  readonly signal?: AbortSignal | undefined
  /** Told when no newer bundle could be had, or none be saved, while the last one still counts. */
  readonly onRefusal: (error: E2eeError) => void
}

/** Milliseconds until the next look after a failed one: doubled with each, up to the most. */
const RETRY = 1_000
const MAX_RETRY = 60_000

/** The newest bundle of a trustroot: looked for when it is asked for and due, kept until its end, never exchanged for an older one. */
export class Trustroot {
  readonly #settings: TrustrootSettings
  #held: { readonly signed: SignedBundle; readonly index: BundleIndex } | undefined
  #looking: Promise<void> | undefined
  #lastLook = -Infinity
  #nextLook = -Infinity
  #failures = 0
  #failure: E2eeError | undefined

  constructor(settings: TrustrootSettings) {
    this.#settings = settings
  }

  /** The bundle that counts now. Rejects with a coded error when there is none. */
  async current(): Promise<BundleIndex> {
    const { clock, skewMs } = this.#settings
    const now = clock()
    // A clock that was put back must not keep an old bundle in use.
    if (now >= this.#nextLook || now < this.#lastLook) await this.look().catch(() => undefined)
    const held = this.#held
    if (held === undefined) throw this.#failure ?? new E2eeError("internal.invariant", "no bundle and no reason")
    requireTimely(held.signed.bundle, clock(), skewMs)
    return held.index
  }

  /** Looks for a newer bundle now; concurrent looks are one. Rejects with the reason when the source gave none that counts. */
  look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => (this.#looking = undefined))
    return this.#looking
  }

  async #lookOnce(): Promise<void> {
    const { clock, refreshMs } = this.#settings
    this.#lastLook = clock()
    try {
      await this.#renew()
      const { refreshHint, notAfter } = (this.#held as { signed: SignedBundle }).signed.bundle
      this.#failures = 0
      this.#failure = undefined
      this.#nextLook = Math.min(clock() + Math.min(refreshHint * 1_000, refreshMs), notAfter * 1_000)
    } catch (error) {
      const coded = asE2eeError(error, "trustroot.unreachable", this.#settings.source.name)
      this.#failure = coded
      this.#nextLook = clock() + Math.min(RETRY * 2 ** this.#failures++, MAX_RETRY, refreshMs)
      if (this.#held !== undefined) this.#settings.onRefusal(coded)
      throw coded
    }
  }

  async #renew(): Promise<void> {
    const { policy, state, clock, skewMs, onRefusal } = this.#settings
    const stored = await this.#recall()
    const seen = this.#held?.signed
    const document = parseDocument(await this.#read())
    const accepted = acceptBundle(document, { ...policy, ...(seen === undefined ? {} : { seen }) })
    requireTimely(accepted.bundle, clock(), skewMs)
    const { sequence } = accepted.bundle
    if (stored === undefined || stored.bundle.sequence < sequence) {
      // Handovers have done their work: from here on this bundle says who may sign.
      const text = documentToJson({ head: accepted, handovers: [] })
      await state.save(policy, sequence, text).catch((error: unknown) => {
        if (isE2eeError(error, "trustroot.fork")) throw error
        // Its revocations count all the same; only a restart could be shown an older one. Tried again at the next look.
        onRefusal(asE2eeError(error, "store.io", "the bundle cannot be saved"))
      })
    }
    if (accepted !== seen) this.#hold(accepted)
  }

  /** What this process or another one saved, which counts where it is newer than what is held. */
  async #recall(): Promise<SignedBundle | undefined> {
    const { policy, state, onRefusal } = this.#settings
    let stored: SignedBundle | undefined
    try {
      const text = await state.load(policy)
      stored = text === undefined ? undefined : parseStored(text)
    } catch (error) {
      if (this.#held === undefined) throw error
      onRefusal(asE2eeError(error, "store.io", "the saved bundle cannot be read"))
    }
    if (stored === undefined) return undefined
    requireContext(stored.bundle, policy)
    const held = this.#held?.signed
    if (held === undefined || held.bundle.sequence < stored.bundle.sequence) this.#hold(stored)
    else if (held.bundle.sequence === stored.bundle.sequence && held.digest !== stored.digest) {
      onRefusal(
        new E2eeError(
          "trustroot.fork",
          `there are two bundles ${held.bundle.sequence}: ${held.digest} and ${stored.digest}; ask the trustroot's owner which is right`,
        ),
      )
    }
    return stored
  }

  #hold(signed: SignedBundle): void {
    this.#held = { signed, index: new BundleIndex(signed.bundle, this.#settings.policy.trustroot) }
  }

  /** The source's answer within its time, also of a source that does not listen to its signal. */
  async #read(): Promise<string | Uint8Array> {
    const { source, timeoutMs, signal } = this.#settings
    const ended = (): E2eeError =>
      signal?.aborted === true
        ? new E2eeError("session.closed", "the trustroot is no longer looked at: its signal was aborted")
        : new E2eeError("trustroot.unreachable", `${source.name} did not answer within ${timeoutMs} ms`)
    if (signal?.aborted === true) throw ended()
    const stop = new AbortController()
    return new Promise((resolve, reject) => {
      const end = (): void => {
        reject(ended())
        stop.abort()
      }
      const timer = setTimeout(end, timeoutMs)
      signal?.addEventListener("abort", end)
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener("abort", end)
      }
      void new Promise<string | Uint8Array>((answer) => answer(source.read(stop.signal)))
        .finally(done)
        .then(resolve, reject)
    })
  }
}

/** What was saved was judged then; now it must only be whole. */
function parseStored(text: string): SignedBundle {
  try {
    const { head } = parseDocument(text)
    if (recoverSigner(head.digest, head.signature) === head.bundle.signer) return head
  } catch (cause) {
    throw new E2eeError("store.corrupt", "the saved bundle is damaged; nothing is believed until it is removed", {
      cause,
    })
  }
  throw new E2eeError("store.corrupt", "the saved bundle is not its signer's; nothing is believed until it is removed")
}
