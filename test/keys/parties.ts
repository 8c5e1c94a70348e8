import { sha256 } from "@noble/hashes/sha2.js"
import { chainToJson } from "../../src/certificate/issue.ts"
import { concatBytes, toHex, utf8ToBytes } from "../../src/core/bytes.ts"
import { ed25519PublicKey } from "../../src/core/ed25519.ts"
import { Secret } from "../../src/core/secret.ts"
import { makeAnnouncement, type Announcement } from "../../src/keys/announcement.ts"
import type { Member } from "../../src/keys/member.ts"
import { ReaderSecrets, WriterSecrets } from "../../src/keys/branch-secrets.ts"
import { Keyring } from "../../src/keys/keyring.ts"
import { policyHash } from "../../src/keys/policy.ts"
import { generationCommitment, scopeId } from "../../src/keys/schedule.ts"
import type { Branch, Role } from "../../src/keys/roles.ts"
import { ownKeyPackage, type Self, type SessionContext } from "../../src/session/context.ts"
import type { PassthruMessage } from "../../src/payload/attributes.ts"
import { DEFAULT_PROFILE } from "../../src/payload/profile.ts"
import type { Arguments, Opened, Sealed } from "../../src/session/messages/sealing.ts"
import {
  openGranted,
  sealGranted,
  type GrantedOpenOptions,
  type GrantedSealOptions,
  type LocatedKey,
} from "../../src/session/messages/signed.ts"
import { parseScopes, policyOf, type ScopeOptions } from "../../src/session/scope.ts"
import { judgeChain } from "../../src/trust/judge.ts"
import { buildChain, factsOf, NOW, party, POLICY, REALM } from "../trust/chains.ts"

/** A party of that name, as an endpoint is itself. */
export function selfOf(name: string, csKey = party(name).csKey, chain = buildChain({ delegate: party(name) })): Self {
  return {
    chain,
    address: party(name).address,
    capabilityBits: 0n,
    instance: toHex(sha256(utf8ToBytes(`instance of ${name}`)).subarray(0, 8)),
    csKey,
    csPubKey: ed25519PublicKey(csKey),
    x: new Secret(sha256(utf8ToBytes(`x of ${name}`))),
  }
}

/** As much of a session's context as key packages need. */
export function contextOf(name: string, now = NOW, csKey = party(name).csKey): SessionContext {
  return { self: selfOf(name, csKey), trust: { realm: REALM }, clock: () => now } as unknown as SessionContext
}

/** The same party as a verified member. */
export function memberOf(name: string, ...roles: (Role | "agent")[]): Member {
  const chain = buildChain({ delegate: party(name) })
  return {
    instance: selfOf(name).instance,
    roles: new Set(roles),
    delegate: judgeChain(chain, factsOf(chain), POLICY),
    chain: chainToJson(chain),
    certificates: chain,
    verifiedAt: NOW,
    proven: true,
  }
}

/** What an agent of that name announces for a scope. */
export function announcementOf(
  name: string,
  changes: Partial<
    Pick<Announcement, "scope" | "policy" | "generation" | "t0" | "commitment" | "tree" | "previous">
  > = {},
  options: ScopeOptions = { uri: "com.example.", match: "prefix" },
  now = NOW,
): Announcement {
  const [scope] = parseScopes([options])
  if (scope === undefined) throw new Error("no scope")
  const content = {
    scope: scopeId(REALM, scope.match, scope.uri),
    policy: policyHash(policyOf(scope, REALM)),
    generation: now,
    t0: now,
    commitment: generationCommitment(new Secret(new Uint8Array(32).fill(1))),
    tree: undefined,
    previous: undefined,
    ...changes,
  }
  return makeAnnouncement(content, ownKeyPackage(contextOf(name, now)), party(name).csKey)
}

/** Random bytes that are the same in every run: a counter, hashed. */
export function countedRandom(seed = "random"): (length: number) => Uint8Array {
  let count = 0
  const block = (): Uint8Array => sha256(utf8ToBytes(`${seed} ${count++}`))
  return (length) => concatBytes(block(), ...Array.from({ length: Math.ceil(length / 32) - 1 }, block)).slice(0, length)
}

/** A ring of a party, whose branch has a secret of these bytes in epoch 0 of an announcement. */
export function ringOf(
  name: string,
  level: "read" | "write",
  {
    branch = "call",
    secret = new Uint8Array(32).fill(2),
    announcement = announcementOf("agent"),
    epochs = 3,
  }: { branch?: Branch; secret?: Uint8Array; announcement?: Announcement; epochs?: number } = {},
): Keyring {
  const self = party(name).csPubKey
  const reader = new ReaderSecrets(0, new Secret(secret))
  const own = Array.from({ length: epochs }, (_, epoch) => reader.writer(epoch, self) as Secret)
  const secrets = level === "read" ? reader : new WriterSecrets(self, 0, own)
  return new Keyring({ branch, announcement, secrets, self })
}

type Sealing = Omit<GrantedSealOptions, "key" | "mode" | "profile" | "csKey"> &
  Partial<Pick<GrantedSealOptions, "key" | "mode" | "profile" | "csKey">>

/** Seals in a ring as its owner would, in epoch 0 unless a key is given. */
export function sealIn(ring: Keyring, payload: Arguments, options: Sealing & { readonly owner: string }): Sealed {
  const { owner, ...place } = options
  const key = { ...ring.ownKey(place.kind, place.uri, 0), ring }
  return sealGranted(payload, { mode: "sig", profile: DEFAULT_PROFILE, key, csKey: party(owner).csKey, ...place })
}

type Opening = Omit<GrantedOpenOptions, "find" | "mode" | "profile"> &
  Partial<Pick<GrantedOpenOptions, "mode" | "profile">> & { readonly epochs?: readonly number[] }

/** Opens what a ring has the key of, in epoch 0 unless others are given. */
export function openIn(ring: Keyring, message: PassthruMessage, options: Opening): Opened<Member> {
  const { epochs = [0], ...place } = options
  const find = (keyId: string): LocatedKey | undefined => {
    const key = ring.find(keyId, place.kind, place.uri, epochs)
    return key && { ...key, ring }
  }
  return openGranted(message, { mode: "sig", profile: DEFAULT_PROFILE, find, ...place })
}
