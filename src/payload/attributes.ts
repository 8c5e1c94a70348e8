import { E2eeError } from "../core/errors.ts"
import type { Profile } from "./profile.ts"

/** The passthru attributes of a sealed payload (payload_passthru_mode.md, "Message Attributes"). */
export interface PassthruAttributes {
  readonly ppt_scheme: string
  readonly ppt_serializer: string
  readonly ppt_cipher: string
  readonly ppt_keyid: string
}

export const PASSTHRU_KEYS = ["ppt_scheme", "ppt_serializer", "ppt_cipher", "ppt_keyid"] as const

/** One message's payload with its attributes as a router handed them over: hostile until judged. */
export interface PassthruMessage {
  readonly attributes: Readonly<Record<string, unknown>>
  readonly payload: Uint8Array
}

export function attributesFor({ serializer, cipher }: Profile, keyId: string): PassthruAttributes {
  return {
    ppt_scheme: serializer.scheme,
    ppt_serializer: serializer.name,
    ppt_cipher: cipher.name,
    ppt_keyid: keyId,
  }
}

/** The key id, when the attributes are exactly the profile's: no negotiation by a peer's or router's message. */
export function parseAttributes(profile: Profile, attributes: Readonly<Record<string, unknown>>): string {
  const { ppt_keyid: _id, ...expected } = attributesFor(profile, "")
  for (const [key, value] of Object.entries(expected)) {
    const got = own(attributes, key)
    if (got !== value) throw refused(key, got, JSON.stringify(value))
  }
  const keyId = own(attributes, "ppt_keyid")
  if (typeof keyId !== "string" || !/^0x[0-9a-fA-F]{40}$/.test(keyId))
    throw refused("ppt_keyid", keyId, "0x and 40 hex digits")
  return keyId
}

function own(attributes: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(attributes, key) ? attributes[key] : undefined
}

function refused(key: string, got: unknown, expected: string): E2eeError {
  const shown = typeof got === "string" ? JSON.stringify(got.slice(0, 48)) : typeof got
  return new E2eeError("payload.attributes", `${key} is ${shown}; expected ${expected}`)
}
