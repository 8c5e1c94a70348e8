import type { Member } from "../../src/keys/member.ts"
import type { Speaker } from "../../src/keys/grant.ts"
import type { Role } from "../../src/keys/roles.ts"
import { chainToJson } from "../../src/certificate/issue.ts"
import { sha256 } from "@noble/hashes/sha2.js"
import { toHex, utf8ToBytes } from "../../src/core/bytes.ts"
import { judgeChain } from "../../src/trust/judge.ts"
import { buildChain, factsOf, NOW, party, POLICY } from "../trust/chains.ts"

/** A party of that name with a chain of its own, as it speaks. */
export function speakerOf(name: string, chain = buildChain({ delegate: party(name) })): Speaker {
  const instance = toHex(sha256(utf8ToBytes(`instance of ${name}`)).subarray(0, 8))
  return { chain: chainToJson(chain), instance, csKey: party(name).csKey }
}

/** The same party as a verified member. */
export function memberOf(name: string, ...roles: (Role | "agent")[]): Member {
  const chain = buildChain({ delegate: party(name) })
  const { chain: text, instance } = speakerOf(name, chain)
  return {
    instance,
    roles: new Set(roles),
    delegate: judgeChain(chain, factsOf(chain), POLICY),
    chain: text,
    verifiedAt: NOW,
    proven: true,
  }
}

/** Random bytes that are the same in every run: a counter, hashed. */
export function countedRandom(seed = "random"): (length: number) => Uint8Array {
  let count = 0
  return (length) => sha256(utf8ToBytes(`${seed} ${count++}`)).slice(0, length)
}
