// Writes src/chain/generated from what `hardhat build` left in artifacts/: ABI, code and storage layout of the registries.
// `generate` is apart from the writing, so that a test can compare the checked-in files with what would be written.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { keccak_256 } from "@noble/hashes/sha3.js"
import { fromHex, toHex } from "../src/core/bytes.ts"

interface Artifact {
  abi: readonly object[]
  bytecode: string
  deployedBytecode: string
  immutableReferences: Record<string, readonly { start: number; length: number }[]>
}

interface Variable {
  label: string
  slot: string
  offset: number
  type: string
}

interface Layout {
  storage: readonly Variable[]
  types: Record<string, { label: string; numberOfBytes: string; members?: readonly Variable[] }>
}

const root = new URL("../", import.meta.url)
const target = new URL("src/chain/generated/", root)
const header = "// Written by scripts/generate-abi.ts from the compiled contracts; do not edit.\n"

/** File name to text of everything in src/chain/generated. */
export function generate(): Record<string, string> {
  return {
    "OperatorRegistry.ts": operatorRegistry(readArtifact("OperatorRegistry")),
    "RealmRegistry.ts": reading("RealmRegistry", "OperatorRegistry", "operators", readArtifact("RealmRegistry")),
    "AttestationRegistry.ts": reading(
      "AttestationRegistry",
      "RealmRegistry",
      "owners and roots",
      readArtifact("AttestationRegistry"),
    ),
    "layout.ts": layout(),
  }
}

function operatorRegistry(artifact: Artifact): string {
  const code = fromHex(artifact.deployedBytecode)
  if (code === undefined || Object.keys(artifact.immutableReferences).length > 0) {
    throw new Error("OperatorRegistry has immutables: its code hash is not one constant any more")
  }
  return [
    header,
    constant("operatorRegistryAbi", artifact.abi),
    constant("operatorRegistryBytecode", artifact.bytecode),
    "/** keccak256 of the code at every OperatorRegistry. */",
    constant("operatorRegistryCodeHash", toHex(keccak_256(code))),
  ].join("\n")
}

/** A registry whose code has one immutable: the address of the registry that it reads. */
function reading(name: string, other: string, what: string, artifact: Artifact): string {
  const references = Object.values(artifact.immutableReferences)
  if (references.length !== 1) throw new Error(`${name} is expected to have one immutable, its ${other}`)
  const [own, theirs] = [lowered(name), lowered(other)]
  return [
    header,
    'import { keccak_256 } from "@noble/hashes/sha3.js"',
    'import { concatBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"\n',
    constant(`${own}Abi`, artifact.abi),
    constant(`${own}Bytecode`, artifact.bytecode),
    `/** Byte position in the bytecode where the code of ${name.match(/^[AO]/) ? "an" : "a"} ${name} begins; it goes on to the end. */`,
    constant(`${own}CodeStart`, codeStart(artifact)),
    `/** Byte positions in that code of the 32-byte words that hold the ${other}'s address, zero in the bytecode. */`,
    constant(
      `${theirs}Positions`,
      (references[0] ?? []).map(({ start }) => start),
    ),
    `/** keccak256 of the code at ${name.match(/^[AO]/) ? "an" : "a"} ${name} that reads ${what} from \`${theirs}\` (20 bytes of hex). */
export function ${own}CodeHash(${theirs}: string): Hex {
  const address = fromHex(${theirs}, 20)
  const code = fromHex(${own}Bytecode)?.slice(${own}CodeStart)
  if (address === undefined || code === undefined) throw new TypeError(\`not an address: \${${theirs}}\`)
  const word = concatBytes(new Uint8Array(12), address)
  for (const position of ${theirs}Positions) code.set(word, position)
  return toHex(keccak_256(code))
}
`,
  ].join("\n")
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function codeStart({ bytecode, deployedBytecode }: Artifact): number {
  if (!bytecode.endsWith(deployedBytecode.slice(2))) throw new Error("the creation code does not end in the code")
  return (bytecode.length - deployedBytecode.length) / 2
}

function layout(): string {
  const operators = readLayout("OperatorRegistry")
  const realms = readLayout("RealmRegistry")
  const attestations = readLayout("AttestationRegistry")
  const sections = [
    constant("operatorRegistrySlots", slotsOf(operators.storage)),
    constant("operatorLayout", membersOf(operators, "struct IOperatorRegistry.Operator")),
    constant("realmRegistrySlots", slotsOf(realms.storage)),
    constant("realmLayout", membersOf(realms, "struct RealmState.StoredRealm")),
    constant("recordLayout", membersOf(realms, "struct RealmState.StoredRecord")),
    constant("revocationLayout", membersOf(realms, "struct IRealmRegistry.Revocation")),
    constant("custodyLayout", membersOf(realms, "struct Custody.State")),
    constant("attestationRegistrySlots", slotsOf(attestations.storage)),
    constant("attestationLogLayout", membersOf(attestations, "struct IAttestationRegistry.Log")),
    constant("attestationPolicyLayout", membersOf(attestations, "struct IAttestationRegistry.Policy")),
    constant("attesterLayout", membersOf(attestations, "struct IAttestationRegistry.Attester")),
    constant("measurementLayout", membersOf(attestations, "struct IAttestationRegistry.Measurement")),
  ]
  return [
    header,
    'import { keccak_256 } from "@noble/hashes/sha3.js"',
    'import { concatBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"\n',
    "// Where the registries keep their state. A member lies `offset` bytes from the right end of slot `slot` (from the",
    "// start of its struct) and is `bytes` long.\n",
    ...sections,
    slotFunctions,
  ].join("\n")
}

const slotFunctions = `/** The parts of the word that is a grant, in storage and in events: bits from the low end. */
export const grantBits = {
  issuer: { at: 0, bits: 160 },
  capabilities: { at: 160, bits: 8 },
  standing: { at: 168, bits: 8 },
  validFrom: { at: 176, bits: 40 },
  notAfter: { at: 216, bits: 40 },
} as const

/** Bits of a grant's standing. */
export const standingBits = { depth: 0x0f, overlapped: 0x20, admitted: 0x40, revoked: 0x80 } as const

/** The parts of the word \`log\` of a realm: bits from the low end. */
export const logBits = { policy: { at: 0, bits: 8 }, sequence: { at: 8, bits: 40 }, head: { at: 48, bits: 208 } } as const

/** A grant's or log's word taken apart. */
export function unpack<Name extends string>(
  value: bigint,
  parts: Readonly<Record<Name, { at: number; bits: number }>>,
): Record<Name, bigint> {
  const entries = Object.entries<{ at: number; bits: number }>(parts)
  return Object.fromEntries(
    entries.map(([name, { at, bits }]) => [name, BigInt.asUintN(bits, value >> BigInt(at))]),
  ) as Record<Name, bigint>
}

/** Bytes of a digest that name a certificate in records and revocations. */
export const DIGEST_BYTES = 27

/** First slot of an operator's record. */
export function operatorSlot(ca: string): Hex {
  return toHex(mapped(word(ca, 20), number(operatorRegistrySlots.operators)))
}

/** First slot of a realm: head, sequence and policy. */
export function realmSlot(realm: string): Hex {
  return toHex(mapped(word(realm, 20), number(realmRegistrySlots.realms)))
}

/** First of the two slots of a subject's record. */
export function recordSlot(realm: string, subject: string): Hex {
  return toHex(mapped(word(subject, 20), mapped(word(realm, 20), number(realmRegistrySlots.records))))
}

/** The slot of what \`authority\` said against the certificate \`digest\` (32 bytes, of which 27 count). */
export function revocationSlot(realm: string, authority: string, digest: string): Hex {
  const name = word(digest, 32).fill(0, DIGEST_BYTES)
  const key = keccak_256(concatBytes(word(realm, 20), word(authority, 20), name))
  return toHex(mapped(key, number(realmRegistrySlots.revocations)))
}

/** The slot of what the attestation registry counts of a realm: epoch, sequence and head. */
export function attestationLogSlot(realm: string): Hex {
  return toHex(mapped(word(realm, 20), number(attestationRegistrySlots.logs)))
}

/** First of the two slots of a role's policy. \`role\` has 32 bytes. */
export function attestationPolicySlot(realm: string, role: string): Hex {
  return toHex(mapped(word(role, 32), mapped(word(realm, 20), number(attestationRegistrySlots.policies))))
}

/** The slot of an attester by its id, 32 bytes. */
export function attesterSlot(realm: string, id: string): Hex {
  return toHex(mapped(word(id, 32), mapped(word(realm, 20), number(attestationRegistrySlots.attesters))))
}

/** First of the two slots of a role's measurement by its key, 32 bytes. */
export function measurementSlot(realm: string, role: string, key: string): Hex {
  const ofRealm = mapped(word(realm, 20), number(attestationRegistrySlots.measurements))
  return toHex(mapped(word(key, 32), mapped(word(role, 32), ofRealm)))
}

/** The slot \`index\` places after \`slot\`. */
export function slotAfter(slot: Hex, index: number): Hex {
  return toHex(number(BigInt(slot) + BigInt(index)))
}

function mapped(key: Uint8Array, base: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(key, base))
}

function word(text: string, length: number): Uint8Array {
  const bytes = fromHex(text, length)
  if (bytes === undefined) throw new TypeError(\`not \${length} bytes of hex: \${text}\`)
  return concatBytes(new Uint8Array(32 - length), bytes)
}

function number(value: number | bigint): Uint8Array {
  const bytes = fromHex(BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, "0"))
  return bytes ?? new Uint8Array(32)
}
`

function slotsOf(variables: readonly Variable[]): Record<string, number> {
  return Object.fromEntries(variables.map(({ label, slot }) => [label.replace(/^_/, ""), Number(slot)]))
}

function membersOf(layout: Layout, label: string): object {
  const type = Object.values(layout.types).find((type) => type.label === label)
  if (type?.members === undefined) throw new Error(`the compiler's storage layout has no ${label}`)
  return Object.fromEntries(
    type.members.map(({ label, slot, offset, type }) => [
      label,
      { slot: Number(slot), offset, bytes: Number(layout.types[type]?.numberOfBytes) },
    ]),
  )
}

function constant(name: string, value: unknown): string {
  return `export const ${name} = ${JSON.stringify(value, undefined, typeof value === "string" ? 0 : 1)} as const\n`
}

function readArtifact(name: string): Artifact & { buildInfoId: string } {
  return readJson(`artifacts/contracts/${name}.sol/${name}.json`) as Artifact & { buildInfoId: string }
}

function readLayout(name: string): Layout {
  const output = readJson(`artifacts/build-info/${readArtifact(name).buildInfoId}.output.json`) as {
    output: { contracts: Record<string, Record<string, { storageLayout?: Layout }>> }
  }
  const layout = output.output.contracts[`project/contracts/${name}.sol`]?.[name]?.storageLayout
  if (layout === undefined)
    throw new Error(`no storage layout of ${name}: is outputSelection set in hardhat.config.ts?`)
  return layout
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, root), "utf8"))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(target, { recursive: true })
  const files = generate()
  for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, target), text)
  for (const name of readdirSync(target)) if (!(name in files)) console.log(`not written by this script: ${name}`)
}
