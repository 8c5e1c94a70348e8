import { appraiserBy, type AppraiserOptions } from "../../../src/attestation/appraiser-by.ts"
import { BANKS, KINDS, roleOf, type AttestationFacts, type AttestationPolicy } from "../../../src/attestation/facts.ts"
import type { AttestationProvider, AttestationQuestion } from "../../../src/attestation/provider.ts"
import type { Address } from "../../../src/core/address.ts"
import type { Hex } from "../../../src/core/bytes.ts"
import { E2eeError } from "../../../src/core/errors.ts"
import type { EndpointOptions } from "../../../src/endpoint.ts"
import type { ScopeOptions } from "../../../src/session/scope.ts"
import { SoftwareTpm } from "../../attestation/software-tpm.ts"
import { CHAIN_ID, named, party, REALM } from "../../trust/chains.ts"
import type { Carried } from "../fake-router.ts"
import { World, type Inhabitant } from "../world.ts"

const NOTHING: Hex = `0x${"00".repeat(32)}`
export const REGISTRY = named("attestation registry")
export const MASK = 0b1001_0101
export const BANK = BANKS.sha256
/** A role's name in the registry, of whoever holds keys on the tests' machines. */
export const MACHINE = "machine"

/** A registry that is a table. Its epoch grows as the contract's does. */
export class RegistryTable implements AttestationProvider {
  readonly realm = REALM
  chainId = CHAIN_ID
  registry = REGISTRY
  reachable = true
  /** Questions that were asked. */
  asked = 0
  #epoch = 0n
  readonly #policies = new Map<Hex, Omit<AttestationPolicy, "epoch">>()
  readonly #attesters = new Map<Hex, { readonly delegate: Address; revoked: boolean }>()
  readonly #measurements = new Map<string, { revoked: boolean }>()

  setPolicy(role: string, changes: Partial<AttestationPolicy> = {}): void {
    this.#epoch++
    const kinds = [KINDS["tpm-2.0"]]
    const usual = { required: true, kinds, bank: BANK, mask: MASK, maximumAge: 3_600n, document: NOTHING }
    this.#policies.set(roleOf(role), { ...usual, ...changes })
  }

  enroll(attester: Hex, delegate: Address): void {
    this.#attesters.set(attester, { delegate, revoked: false })
  }

  measure(role: string, key: Hex): void {
    this.#measurements.set(`${roleOf(role)} ${key}`, { revoked: false })
  }

  revokeAttester(attester: Hex): void {
    const known = this.#attesters.get(attester)
    if (known === undefined) throw new Error("not enrolled")
    known.revoked = true
    this.#epoch++
  }

  revokeMeasurement(role: string, key: Hex): void {
    const known = this.#measurements.get(`${roleOf(role)} ${key}`)
    if (known === undefined) throw new Error("not anchored")
    known.revoked = true
    this.#epoch++
  }

  async facts({ role, attesterId, measurementKey }: AttestationQuestion): Promise<AttestationFacts> {
    this.asked++
    if (!this.reachable) throw new E2eeError("chain.unreachable", "the registry does not answer")
    const policy = this.#policies.get(role)
    const attester = attesterId && this.#attesters.get(attesterId)
    const measurement = measurementKey && this.#measurements.get(`${role} ${measurementKey}`)
    const standing = { notBefore: 0n, notAfter: 2n ** 40n, confirmed: true }
    return {
      source: { model: "on-chain", level: "single-rpc", block: 100n, safeBlock: 90n },
      chainId: this.chainId,
      registry: this.registry,
      realm: this.realm,
      role,
      attesterId: attesterId ?? NOTHING,
      measurementKey: measurementKey ?? NOTHING,
      ...(policy && { policy: { ...policy, epoch: this.#epoch } }),
      ...(attester && { attester: { ...standing, ...attester } }),
      ...(measurement && { measurement: { ...standing, ...measurement, document: NOTHING } }),
    }
  }
}

/** A world in which everybody has a machine that was measured as it should be, and enrolled. */
export class AttestedWorld extends World {
  readonly registry = new RegistryTable()
  readonly #machines = new Map<string, SoftwareTpm>()
  scope: ScopeOptions = {
    uri: "com.example.",
    match: "prefix",
    attested: { agents: MACHINE, readers: MACHINE, writers: MACHINE },
  }

  constructor(policy: Partial<AttestationPolicy> = {}) {
    super()
    this.registry.setPolicy(MACHINE, policy)
  }

  /** Someone's machine: booted, measured and enrolled. */
  machine(name: string): SoftwareTpm {
    const known = this.#machines.get(name)
    if (known !== undefined) return known
    const machine = new SoftwareTpm(name)
    boot(machine, name)
    this.#machines.set(name, machine)
    this.registry.enroll(machine.id, party(name).address)
    this.anchor(name)
    return machine
  }

  /** Accepts what someone's machine runs now. */
  anchor(name: string, role = MACHINE): Hex {
    const key = this.machine(name).measurement(BANK, MASK)
    this.registry.measure(role, key)
    return key
  }

  /** An appraiser of its own. */
  judge(options: AppraiserOptions = {}): ReturnType<typeof appraiserBy> {
    return appraiserBy(this.registry, options)
  }

  async live(name: string, options: Partial<EndpointOptions> = {}): Promise<Inhabitant> {
    const attestation = { prove: this.machine(name), judge: this.judge() }
    return this.join(name, {}, { scopes: [this.scope], attestation, ...options })
  }

  /** What goes to and from the agent but for questions of what is in force: requests, evidence, and their answers. */
  get talks(): Carried[] {
    return this.router.carried.filter(({ type, uri, payload }) => {
      const bytes: unknown = payload.sealed ? undefined : payload.args[0]
      const isGrant = uri.endsWith("e2ee.grant") && (type === "CALL" || type === "RESULT")
      return isGrant && bytes instanceof Uint8Array && bytes.length !== 32 && bytes[1] !== 0 && bytes[0] !== 0x81
    })
  }
}

/** The same software on everybody's machine, and a name of its own. */
export function boot(machine: SoftwareTpm, name: string): void {
  machine.extend(0, "firmware")
  machine.extend(4, "boot loader")
  machine.extend(7, `secure boot of ${name}`)
}

/** What a message to or from the agent is. */
export function bytesOf({ payload }: Carried): Uint8Array {
  const bytes: unknown = payload.sealed ? undefined : payload.args[0]
  if (bytes instanceof Uint8Array) return bytes
  throw new Error("no bytes")
}
