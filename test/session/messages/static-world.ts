import { sha256 } from "@noble/hashes/sha2.js"
import { utf8ToBytes } from "../../../src/core/bytes.ts"
import { Secret } from "../../../src/core/secret.ts"
import type { ErrorCode } from "../../../src/core/errors.ts"
import { StaticRing, staticAuthenticator } from "../../../src/keys/static-ring.ts"
import type { DataKey } from "../../../src/keys/schedule.ts"
import type { Messaging } from "../../../src/messaging.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { parseProfile, type ProfileOptions } from "../../../src/payload/profile.ts"
import type { Carriage, Connection, Payload } from "../../../src/session/connection.ts"
import { seal, type SealOptions } from "../../../src/session/messages/sealing.ts"
import { createStaticEndpoint, type StaticDetails, type StaticScopeOptions } from "../../../src/static-endpoint.ts"
import { countedRandom } from "../../keys/parties.ts"
import { NOW } from "../../trust/chains.ts"
import { FakeRouter } from "../fake-router.ts"

/** 32 bytes that are the same in every run. */
export const keyOf = (name: string): Uint8Array => sha256(utf8ToBytes(`static key ${name}`))
export const dataKeyOf = (name: string): DataKey => new StaticRing([{ key: keyOf(name) }]).own

export interface StaticInhabitant {
  readonly endpoint: Messaging<StaticDetails>
  /** Codes of everything that was refused and is nobody's return value, in order. */
  readonly refused: ErrorCode[]
  readonly warned: string[]
}

/** A router and a clock that endpoints with static keys share. */
export class StaticWorld {
  readonly router = new FakeRouter()
  readonly #endpoints: Messaging<StaticDetails>[] = []
  now = NOW

  /** An endpoint with keys of those names, the first of which seals. */
  async join(
    names: readonly string[],
    scope: Partial<StaticScopeOptions> = {},
    over: Carriage | Connection = "passthru",
  ): Promise<StaticInhabitant> {
    const refused: ErrorCode[] = []
    const warned: string[] = []
    const keys = names.map((name) => ({ key: new Secret(keyOf(name)) }))
    const endpoint = await createStaticEndpoint({
      connection: typeof over === "string" ? this.router.connect(over) : over,
      scopes: [{ uri: "com.example.", match: "prefix", keys, ...scope }],
      onRefusal: ({ code }) => refused.push(code),
      onWarning: (message) => warned.push(message),
      clock: () => this.now,
    })
    this.#endpoints.push(endpoint)
    return { endpoint, refused, warned }
  }

  async close(): Promise<void> {
    await Promise.all(this.#endpoints.map((endpoint) => endpoint.close()))
  }
}

export interface Forgery extends Partial<Omit<SealOptions, "profile" | "key" | "authenticate">> {
  /** Name of the key of the box. */
  readonly key?: string
  /** Name of the key of the authenticator, if it is another. */
  readonly signs?: string
  readonly profile?: ProfileOptions
  /** Instead of what the rules ask for. */
  readonly authenticator?: Uint8Array
}

const random = countedRandom("forged")
let sequence = 0

/** An event as anybody with the keys could make it. */
export function forge(changes: Forgery & { readonly uri: string }): Payload & { readonly sealed: true } {
  const { key = "a", signs = key, profile: options = {}, authenticator, ...place } = changes
  const profile = parseProfile(options)
  const { attributes, payload } = seal(
    { args: ["forged"], kwargs: {} },
    {
      kind: KIND.event,
      instance: "0x0102030405060708",
      sequence: sequence++,
      now: NOW,
      random,
      ...place,
      profile,
      key: dataKeyOf(key),
      authenticate: (covered) =>
        authenticator ?? staticAuthenticator(dataKeyOf(signs), profile, { kind: KIND.event, ...place }, covered),
    },
  )
  return { sealed: true, attributes, payload }
}
