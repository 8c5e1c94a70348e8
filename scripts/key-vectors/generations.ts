// Scope ids, policies, packages and generations, with every key that follows from them.
import { toHex } from "../../src/core/bytes.ts"
import { x25519PublicKey } from "../../src/core/x25519.ts"
import { chainReference, makeKeyPackage } from "../../src/keys/key-package.ts"
import { policyDigest, policyHash, type Rule, type ScopePolicy } from "../../src/keys/policy.ts"
import type { Branch } from "../../src/keys/roles.ts"
import { dataKey, epochCommitment, scopeId } from "../../src/keys/schedule.ts"
import { KIND } from "../../src/payload/frame.ts"
import { selfOf } from "../../test/keys/parties.ts"
import { named, NOW, party, REALM } from "../../test/trust/chains.ts"
import { fixed, hex, OWNER, SCOPES, tickOf, type Made } from "./scene.ts"

export const scopes = ([REALM, named("other realm")] as const).flatMap((realm) =>
  (
    [
      ["prefix", "com.example."],
      ["exact", "com.example.pump"],
      ["exact", "com.exämple.pump"],
    ] as const
  ).map(([match, uri]) => ({ realm, match, uri, id: toHex(scopeId(realm, match, uri)) })),
)

const LEVELS = ["agents", "readers", "writers"] as const

/** A policy's settings as a program has them: how they become CBOR, the specification says. */
function settings(policy: ScopePolicy): object {
  const { serializer, cipher, padding, compression } = policy.profile
  const rule = (given: Rule): Rule | null => (given === "certified" ? null : given)
  return {
    ...policy,
    agents: rule(policy.agents),
    readers: rule(policy.readers),
    writers: rule(policy.writers),
    profile: [serializer.scheme, serializer.name, cipher.name, padding, compression?.name ?? null],
    hybrid: policy.hybrid ?? null,
    trees: policy.trees ?? false,
    attested: policy.attested === undefined ? null : LEVELS.map((level) => policy.attested?.[level] ?? null),
  }
}

export const policies = Object.fromEntries(
  Object.entries(SCOPES).map(([name, { policy, signed }]) => {
    const signature = signed && { digest: policyDigest(policy), signature: signed.signature, signer: OWNER.address }
    return [name, { settings: settings(policy), hash: toHex(policyHash(policy)), ...signature }]
  }),
)

/** Packages of every form: certificates or their reference, roles, with and without the optional key. */
export const packages = (["certificates", "reference", "with pq"] as const).map((form) => {
  const { chain, address, x, csKey } = selfOf("callee")
  const content = {
    realm: REALM,
    principal: address,
    x: x25519PublicKey(x),
    notBefore: NOW,
    notAfter: NOW + 86_400_000,
    roles: new Set(form === "reference" ? (["callee", "subscriber"] as const) : (["agent"] as const)),
    certificates: form === "reference" ? chainReference(chain) : chain,
    ...(form === "with pq" ? { pq: fixed("pq", 1_184) } : {}),
  }
  return { form, party: "callee", bytes: toHex(makeKeyPackage(content, csKey)) }
})

const URIS = { call: ["com.example.pump", "com.example.välve"], event: ["com.example.level"] } as const

function keysOf(made: Made, writer: string, branch: Branch, epoch: number): object {
  const secret = made.branches[branch].writer(epoch, party(writer).csPubKey)
  if (secret === undefined) throw new Error(`no secret of epoch ${epoch}`)
  const kinds = branch === "call" ? ([KIND.call, KIND.result, KIND.error] as const) : ([KIND.event] as const)
  const announcement = made.announcement.hash
  const keys = kinds.flatMap((kind) =>
    URIS[branch].map((uri) => {
      const { key, keyId } = dataKey(secret, { kind, realm: REALM, uri, announcement })
      return { kind, uri, key: toHex(key.expose()), keyId }
    }),
  )
  return { writer, branch, epoch, secret: toHex(secret.expose()), keys }
}

export function describeGeneration(made: Made, epochs = 4): object {
  const { generation, t0, commitment, tree, previous, bytes, hash } = made.announcement
  const at = Array.from({ length: epochs }, (_, epoch) => epoch)
  return {
    policy: made.policyName,
    agent: "agent",
    secrets: made.secrets.map((secret) => toHex(secret.expose())),
    generation,
    t0,
    commitment: toHex(commitment),
    tree: hex(tree),
    previous: hex(previous),
    keyPackage: toHex(made.keyPackage),
    announcement: toHex(bytes),
    hash: toHex(hash),
    epochs: at.map((epoch) => {
      const [call, event] = [made.branches.call.branch(epoch), made.branches.event.branch(epoch)]
      const tick = tickOf(made, epoch)
      return {
        epoch,
        time: tick.time,
        call: toHex(call.expose()),
        event: toHex(event.expose()),
        commitments: [toHex(epochCommitment(call)), toHex(epochCommitment(event))],
        tick: toHex(tick.bytes),
      }
    }),
    writers: [0, epochs - 1].flatMap((epoch) => [
      keysOf(made, "caller", "call", epoch),
      keysOf(made, "publisher", "event", epoch),
    ]),
  }
}
