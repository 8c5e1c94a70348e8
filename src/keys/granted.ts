import { fromHex, toHex, type Hex } from "../core/bytes.ts"
import { ERROR_CODES, E2eeError, type ErrorCode } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import { encodeCbor, encodeCborWithin } from "../payload/cbor.ts"
import { Fields } from "./fields.ts"
import { ROLES, roleOfWire, type Role } from "./roles.ts"

/**
 * What a member is granted: CBOR
 *
 *   [announcement, tick, agent's instance, epoch, [secret, …] of the role, [[instance, role, chain], …], ? path]
 */
export interface Grant {
  readonly announcement: Uint8Array
  readonly tick: Uint8Array
  /** Under which the agent itself speaks as a member. */
  readonly instance: Hex
  readonly epoch: number
  /** To a reader the branch's secret of `epoch`; to a writer its own of `epoch` and of those that follow. */
  readonly secrets: readonly Secret[]
  /** Members of the other side, as `[instance, role, chain]`: unverified until the receiver judged each. */
  readonly members: readonly { readonly instance: Hex; readonly role: Role; readonly chain: string }[]
  /** To a reader, in a scope with key trees: what it knows of its branch's. */
  readonly path?: Uint8Array | undefined
}

/** Members passed on in one grant at most: the newest, and the one asked about. */
export const MAX_MEMBERS = 256
/** Secrets of one grant at most. */
export const MAX_SECRETS = 1_024
/** Bytes of a secret in CBOR, and of the lists around them at most. */
const SECRET_BYTES = 34
const MAX_HEADS = 16

/** Secret: to be overwritten once it is encrypted. */
export function encodeGrant({ announcement, tick, instance, epoch, secrets, members, path }: Grant): Uint8Array {
  const others = members.map((m) => [bytesOf(m.instance), ROLES[m.role].wire, m.chain])
  const told = [announcement, tick, bytesOf(instance), epoch]
  const rest = encodeCbor([told, others]).length + (path?.length ?? 0)
  const most = rest + secrets.length * SECRET_BYTES + MAX_HEADS
  const exposed = secrets.map((secret) => secret.expose())
  return encodeCborWithin(most, [...told, exposed, others, ...(path === undefined ? [] : [path])])
}

/** Overwrites `body`. Throws `keys.grant_malformed`. */
export function parseGrant(body: Uint8Array): Grant {
  try {
    return grantOf(new Fields(body, "a grant", [6, 7]))
  } finally {
    body.fill(0)
  }
}

function grantOf(fields: Fields): Grant {
  const secrets = fields.list(4, "secrets", MAX_SECRETS)
  return {
    announcement: fields.bytes(0, "announcement"),
    tick: fields.bytes(1, "tick"),
    instance: toHex(fields.bytes(2, "instance", 8)),
    epoch: fields.count(3, "epoch"),
    secrets: secrets.map((secret) => {
      if (!(secret instanceof Uint8Array) || secret.length !== 32) throw fields.malformed("a secret is not 32 bytes")
      const kept = new Secret(secret)
      secret.fill(0)
      return kept
    }),
    members: fields.list(5, "members", MAX_MEMBERS).map((member) => {
      const [instance, wire, chain]: unknown[] = Array.isArray(member) && member.length === 3 ? member : []
      const role = roleOfWire(wire)
      if (!(instance instanceof Uint8Array) || instance.length !== 8 || role === undefined || typeof chain !== "string")
        throw fields.malformed("a member is no list of instance, role and chain")
      return { instance: toHex(instance), role, chain }
    }),
    ...(fields.all.length === 6 ? {} : { path: fields.bytes(6, "path") }),
  }
}

/** The agent's own word may only be a code of the closed list about trust, platforms or keys; else it is a plain refusal. */
export function denied(code: unknown): E2eeError {
  const known =
    typeof code === "string" &&
    Object.hasOwn(ERROR_CODES, code) &&
    /^(trust|certificate|attestation)\.|^keys\.policy$/.test(code)
  const ours = known ? (code as ErrorCode) : "keys.grant_refused"
  return new E2eeError(ours, `the key agent refused a grant to this identity: ${ERROR_CODES[ours]}`)
}

function bytesOf(hex: Hex): Uint8Array {
  return fromHex(hex, 8) as Uint8Array
}
