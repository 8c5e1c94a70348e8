import { AUTHORITY_FIELDS, AUTHORITY_TYPE, DOMAIN } from "../../certificate/types.ts"

/** One field of what is signed: an EIP-712 type without structs in it. */
export interface Field {
  readonly name: string
  readonly type: string
}

/** A registry by its name in a deployment. */
export type RegistryName = "operatorRegistry" | "realmRegistry" | "attestationRegistry"

interface Shape {
  readonly primaryType: string
  readonly fields: readonly Field[]
  /** The field that names whose signature it needs. */
  readonly signer: string
  /** The registry that reads it; certificates name theirs themselves. */
  readonly registry: RegistryName
  /** What the sender adds, and nobody signs. */
  readonly terms: readonly ("salt" | "policy" | "overlapUntil" | "consent")[]
}

/** Everything that one account signs and another sends. Requests spend a nonce and end; certificates do neither. */
export const SHAPES = {
  "operator.enroll": {
    primaryType: "Enroll",
    fields: fields("address ca,address controller,bytes32 profile,string uri,uint256 nonce,uint256 deadline"),
    signer: "ca",
    registry: "operatorRegistry",
    terms: [],
  },
  "operator.rotate": {
    primaryType: "Rotate",
    fields: fields("address ca,address newCa,uint40 retiresAt,uint256 nonce,uint256 deadline"),
    signer: "newCa",
    registry: "operatorRegistry",
    terms: [],
  },
  "operator.revoke": {
    primaryType: "Revoke",
    fields: fields("address ca,address controller,uint8 reason,uint256 nonce,uint256 deadline"),
    signer: "controller",
    registry: "operatorRegistry",
    terms: [],
  },
  "operator.accept": {
    primaryType: "Accept",
    fields: fields("address realm,address operator,bytes32 digest,uint256 nonce,uint256 deadline"),
    signer: "operator",
    registry: "realmRegistry",
    terms: [],
  },
  "certificate.revoke": {
    primaryType: "Revoke",
    fields: fields(
      "address realm,address authority,address subject,bytes32 digest,uint8 reason,uint256 nonce,uint256 deadline",
    ),
    signer: "authority",
    registry: "realmRegistry",
    terms: [],
  },
  "attester.revoke": {
    primaryType: "RevokeAttester",
    fields: fields("address realm,bytes32 attester,address authority,uint8 reason,uint256 nonce,uint256 deadline"),
    signer: "authority",
    registry: "attestationRegistry",
    terms: [],
  },
  "measurement.revoke": {
    primaryType: "RevokeMeasurement",
    fields: fields(
      "address realm,bytes32 role,bytes32 measurement,address authority,uint8 reason,uint256 nonce,uint256 deadline",
    ),
    signer: "authority",
    registry: "attestationRegistry",
    terms: [],
  },
  "realm.create": certificate(["salt", "policy"]),
  "realm.rotate-root": certificate(["overlapUntil"]),
  "realm.admit": certificate(["consent"]),
  "realm.anchor": certificate(["consent"]),
} as const satisfies Readonly<Record<string, Shape>>

export type Action = keyof typeof SHAPES
export type RelayedAction =
  | "operator.enroll"
  | "operator.rotate"
  | "operator.revoke"
  | "operator.accept"
  | "certificate.revoke"
  | "attester.revoke"
  | "measurement.revoke"
export type CertificateAction = Exclude<Action, RelayedAction>

export function shapeOf(action: Action): Shape {
  return SHAPES[action]
}

export function isAction(text: string): text is Action {
  return Object.hasOwn(SHAPES, text)
}

export function isCertificateAction(action: Action): action is CertificateAction {
  return shapeOf(action).primaryType === AUTHORITY_TYPE
}

const DOMAIN_NAMES: Readonly<Record<RegistryName, string>> = {
  operatorRegistry: "WMP OperatorRegistry",
  realmRegistry: "WMP RealmRegistry",
  attestationRegistry: "WMP AttestationRegistry",
}

/** The domain of what is signed: a certificate's names no chain, its fields do. */
export function domainOf(
  action: Action,
  chainId: number,
  verifyingContract: string,
): Readonly<Record<string, unknown>> {
  if (isCertificateAction(action)) return DOMAIN
  return { name: DOMAIN_NAMES[shapeOf(action).registry], version: "1", chainId, verifyingContract }
}

export const CERTIFICATE_DOMAIN_FIELDS: readonly Field[] = fields("string name,string version")
export const REQUEST_DOMAIN_FIELDS: readonly Field[] = fields(
  "string name,string version,uint256 chainId,address verifyingContract",
)

function certificate<const Terms extends Shape["terms"]>(terms: Terms): Shape & { readonly terms: Terms } {
  return { primaryType: AUTHORITY_TYPE, fields: AUTHORITY_FIELDS, signer: "issuer", registry: "realmRegistry", terms }
}

function fields(text: string): readonly Field[] {
  return text.split(",").map((field) => {
    const [type = "", name = ""] = field.split(" ")
    return { name, type }
  })
}
