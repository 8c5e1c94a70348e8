import { replayFirmwareLog } from "../../src/attestation/log/firmware.ts"
import type { Appraisal } from "../../src/attestation/appraise.ts"
import { nonceOf, type Binding } from "../../src/attestation/binding.ts"
import { encodeEvidence, type TpmEvidence } from "../../src/attestation/evidence.ts"
import { BANKS, KINDS, roleOf, type AttestationFacts } from "../../src/attestation/facts.ts"
import type { Expectation } from "../../src/attestation/kind.ts"
import { ALG } from "../../src/attestation/tpm/algorithms.ts"
import type { PcrSelection } from "../../src/attestation/tpm/attest.ts"
import { HIERARCHY, OBJECT } from "../../src/attestation/tpm/public-area.ts"
import { u16 } from "../../src/core/byte-writer.ts"
import { ZERO_ADDRESS } from "../../src/core/address.ts"
import { concatBytes } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { createPrimary, flush, type LoadedKey } from "../../src/device/keys.ts"
import { describeTpm, readClock, readRegisters } from "../../src/device/registers.ts"
import { attestationTemplate } from "../../src/device/templates.ts"
import type { Tpm } from "../../src/device/tpm.ts"
import { flipped } from "../arbitrary.ts"
import {
  createBelow,
  quoteOf,
  signBytes,
  SIGNING,
  signingTemplate,
  storageTemplate,
  timeStatement,
} from "../device/commands.ts"
import type { Simulator } from "../device/swtpm.ts"
import { LOGS } from "./machines.ts"
import {
  APPRAISAL,
  bindingFor,
  evidenceOf,
  expectationFor,
  factsFor,
  idOf,
  measurementOf,
  NOW,
  REGISTERS,
} from "./world.ts"

/** What a judge is given. */
export interface Judged {
  readonly evidence: Uint8Array
  readonly expectation: Expectation
  readonly facts: AttestationFacts
  readonly local: Appraisal
}

/** What an honest or dishonest machine does with its TPM, and what has to come of it. */
export interface AttestationCase {
  /** Also the name of its vector. */
  readonly id: string
  readonly about: string
  /** Absent: the platform is accepted. */
  readonly code?: ErrorCode
  /** `mine` is the machine that is enrolled and was booted as the logs say, `other` another one. */
  readonly make: (mine: Simulator, other: Simulator) => Promise<Judged>
}

const PEER = attestationTemplate("peers")

interface Made {
  readonly template?: Uint8Array
  readonly hierarchy?: number
  /** What the evidence is made for; what it is expected to be for stays. */
  readonly madeFor?: Partial<Binding>
  readonly evidence?: (tpm: Tpm, key: LoadedKey, binding: Binding) => Promise<TpmEvidence>
  readonly altered?: (evidence: TpmEvidence) => TpmEvidence
  readonly encoded?: (bytes: Uint8Array) => Uint8Array
  readonly expectation?: Partial<Expectation>
  readonly facts?: (facts: AttestationFacts) => AttestationFacts
  readonly local?: Partial<Appraisal> | ((tpm: Tpm) => Promise<Partial<Appraisal>>)
}

/** The good way, with what is asked for done otherwise. */
async function make(tpm: Tpm, made: Made = {}): Promise<Judged> {
  const key = await createPrimary(tpm, made.template ?? PEER, made.hierarchy)
  try {
    const binding = bindingFor(idOf(key))
    const measured = await readRegisters(tpm, REGISTERS)
    const local = typeof made.local === "function" ? await made.local(tpm) : made.local
    const own = { ...binding, ...made.madeFor }
    const evidence = await (made.evidence ?? evidenceOf)(tpm, key, own)
    const bytes = encodeEvidence(made.altered?.(evidence) ?? evidence)
    const facts = factsFor(binding.attester, measurementOf(measured))
    return {
      evidence: made.encoded?.(bytes) ?? bytes,
      expectation: expectationFor(binding, made.expectation),
      facts: made.facts?.(facts) ?? facts,
      local: { ...APPRAISAL, ...local },
    }
  } finally {
    await flush(tpm, key.handle)
  }
}

const good = (id: string, about: string, made: Made): AttestationCase => ({
  id,
  about,
  make: ({ tpm }) => make(tpm, made),
})
const bad = (id: string, about: string, code: ErrorCode, made: Made): AttestationCase => ({
  ...good(id, about, made),
  code,
})

const boundOtherwise = (word: string, about: string, madeFor: Partial<Binding>): AttestationCase =>
  bad(`binding-${word}`, `made for ${about}`, "attestation.binding", { madeFor })
const selecting = (...selections: readonly PcrSelection[]): Made => ({
  evidence: (tpm, key, binding) => evidenceOf(tpm, key, binding, { selections }),
})
const lacking = (word: string, attributes: number, scheme?: number): AttestationCase =>
  bad(`key-attributes-${word}`, `a signing key that is not ${word}`, "attestation.key_attributes", {
    template: signingTemplate({ curve: "P-256", attributes, ...(scheme === undefined ? {} : { scheme }) }),
  })

const log = LOGS.firmwareLog
/** Where each event of the log begins, behind the first, which has another form; and where the last ends. */
const EVENTS = eventOffsets(log)
const withLog = (firmwareLog: Uint8Array): Made => ({ altered: (evidence) => ({ ...evidence, ...LOGS, firmwareLog }) })
const cut = (from: number, to: number): Uint8Array => log.slice(EVENTS[from], EVENTS[to])
const EXTENDED = replayFirmwareLog(log, BANKS.sha256).events.length

/** A statement of SHA-1's bank cannot be expected here, that of another bank can. */
const wide = { bank: BANKS.sha384, mask: REGISTERS.mask } as const
const P384 = signingTemplate({ curve: "P-384", hash: ALG.sha384 })

export const CASES: readonly AttestationCase[] = [
  good("accepted", "a key of the library's template, no logs", {}),
  good("accepted-logs", "with both logs of a real boot", { altered: (evidence) => ({ ...evidence, ...LOGS }) }),
  good("accepted-owner", "a key of the owner hierarchy", { hierarchy: HIERARCHY.owner }),
  good("accepted-rsassa", "a key of RSA 2048 with PKCS #1 v1.5", { template: signingTemplate({ scheme: ALG.rsassa }) }),
  good("accepted-rsapss", "a key of RSA 2048 with PSS", { template: signingTemplate({ scheme: ALG.rsapss }) }),
  good("accepted-p384", "a key of P-384 that signs by SHA-384: the registry's digest is SHA-256 all the same", {
    template: P384,
  }),
  {
    id: "accepted-below",
    about: "a key below a storage key",
    make: ({ tpm }) => below(tpm, (parent) => [parent.name]),
  },
  good("accepted-seen", "seen before, at the same reset", {
    local: async (tpm) => ({ lastSeen: await readClock(tpm) }),
  }),

  bad("kind", "the policy allows enclaves alone", "attestation.kind", {
    expectation: { kinds: [KINDS["aws-nitro"]] },
  }),
  bad("too-large", "a statement of 1,025 bytes", "attestation.too_large", {
    altered: (evidence) => ({ ...evidence, statement: new Uint8Array(1_025) }),
  }),
  ...(["publicArea", "statement", "signature"] as const).flatMap((part) => [
    bad(`malformed-${part}-trailing`, `a byte behind the ${part}`, "attestation.malformed", {
      altered: (evidence) => ({ ...evidence, [part]: concatBytes(evidence[part], Uint8Array.of(0)) }),
    }),
    bad(`malformed-${part}-short`, `the ${part} without its last byte`, "attestation.malformed", {
      altered: (evidence) => ({ ...evidence, [part]: evidence[part].slice(0, -1) }),
    }),
  ]),
  bad("malformed-trailing", "a byte behind the evidence", "attestation.malformed", {
    encoded: (bytes) => concatBytes(bytes, Uint8Array.of(0)),
  }),
  bad("malformed-version", "another version of evidence", "attestation.malformed", {
    encoded: (bytes) => concatBytes(bytes.slice(0, 1), Uint8Array.of(2), bytes.slice(2)),
  }),

  // An unrestricted key signs whatever a program makes up, and needs no scheme of its own.
  lacking("restricted", SIGNING & ~OBJECT.restricted),
  lacking("fixed", SIGNING & ~(OBJECT.fixedTPM | OBJECT.fixedParent)),
  bad("key-attributes-decrypts", "a public area that may decrypt, too", "attestation.key_attributes", {
    altered: (evidence) => ({ ...evidence, publicArea: flipped(evidence.publicArea, 8 * 5 + 1) }),
  }),

  {
    id: "attester",
    about: "a sound quote by a key that is not the one enrolled",
    code: "attestation.attester",
    make: async ({ tpm }, other) => {
      const mine = await make(tpm)
      return { ...(await make(other.tpm)), expectation: mine.expectation, facts: mine.facts }
    },
  },
  bad("attester-unknown", "a key that nobody enrolled", "attestation.attester", {
    facts: (facts) => without(facts, "attester"),
  }),
  {
    id: "cuckoo",
    about: "a sound quote by another machine's enrolled key for this very session: the malware passes its challenge on",
    code: "attestation.delegate",
    make: async (_mine, other) => {
      const delegate = "0x00000000000000000000000000000000000000AA"
      const made = await make(other.tpm)
      const attester = made.facts.attester && ({ ...made.facts.attester, delegate } as const)
      return { ...made, facts: { ...made.facts, ...(attester === undefined ? {} : { attester }) } }
    },
  },
  standing("attester", "revoked", { revoked: true }),
  bad("attester-revoked-unseen", "a key that was revoked before anybody enrolled it", "attestation.attester_standing", {
    facts: (facts) => changed(facts, "attester", { revoked: true, delegate: ZERO_ADDRESS }),
  }),
  standing("attester", "expired", { notAfter: BigInt(NOW / 1_000) }),
  standing("attester", "early", { notBefore: BigInt(NOW / 1_000 + 1) }),
  bad("attester-unconfirmed", "the enrolment is not deep enough yet", "attestation.unconfirmed", {
    facts: (facts) => changed(facts, "attester", { confirmed: false }),
  }),

  bad("scheme-hash", "a signature that names another hash", "attestation.scheme", {
    altered: (evidence) => ({ ...evidence, signature: patched(evidence.signature, 2, u16(ALG.sha384)) }),
  }),
  bad("scheme-pss", "a signature of PKCS #1 v1.5 that says to be PSS", "attestation.scheme", {
    template: signingTemplate({ scheme: ALG.rsassa }),
    altered: (evidence) => ({ ...evidence, signature: patched(evidence.signature, 0, u16(ALG.rsapss)) }),
  }),
  bad("scheme-pkcs1", "a signature of PSS that says to be PKCS #1 v1.5", "attestation.scheme", {
    template: signingTemplate({ scheme: ALG.rsapss }),
    altered: (evidence) => ({ ...evidence, signature: patched(evidence.signature, 0, u16(ALG.rsassa)) }),
  }),
  bad("signature", "a bit of the signature", "attestation.signature", {
    altered: (evidence) => ({ ...evidence, signature: flipped(evidence.signature, 8 * 20) }),
  }),
  bad("signature-statement", "a bit of what was signed", "attestation.signature", {
    altered: (evidence) => ({ ...evidence, statement: flipped(evidence.statement, 8 * evidence.statement.length - 1) }),
  }),
  {
    id: "signature-other",
    about: "another machine's signature under the enrolled key",
    code: "attestation.signature",
    make: async ({ tpm }, other) => {
      let foreign: TpmEvidence | undefined
      await make(other.tpm, { altered: (evidence) => (foreign = evidence) })
      const { statement, signature } = foreign as TpmEvidence
      return make(tpm, { altered: (evidence) => ({ ...evidence, statement, signature }) })
    },
  },

  bad(
    "magic",
    "a statement made up by a program, signed by the restricted key as bytes of no consequence",
    "attestation.magic",
    {
      evidence: async (tpm, key, binding) => {
        const honest = await quoteOf(tpm, key, [REGISTERS], nonceOf(binding))
        const statement = patched(honest.statement, 0, Uint8Array.of(0))
        return evidenceOf(tpm, key, binding, { made: { statement, signature: await signBytes(tpm, key, statement) } })
      },
    },
  ),
  bad("type", "GetTime with the right nonce: no quote, and signed by the same key", "attestation.type", {
    evidence: async (tpm, key, binding) =>
      evidenceOf(tpm, key, binding, { made: await timeStatement(tpm, key, nonceOf(binding)) }),
  }),

  bad(
    "router-oracle",
    "a quote over 32 bytes that a router chose: the hash of the binding itself",
    "attestation.binding",
    {
      evidence: (tpm, key, binding) => evidenceOf(tpm, key, binding, { extraData: nonceOf(binding).slice(2) }),
    },
  ),
  bad("binding-empty", "a quote over nothing", "attestation.binding", {
    evidence: (tpm, key, binding) => evidenceOf(tpm, key, binding, { extraData: new Uint8Array() }),
  }),
  boundOtherwise("reflected", "the verifier itself, and sent back to it", { prover: "initiator" }),
  boundOtherwise("replayed", "an earlier challenge", { challenge: new Uint8Array(32).fill(0xc0) }),
  boundOtherwise("swapped", "a session with somebody else", { transcript: new Uint8Array(32).fill(0x72) }),
  boundOtherwise("suite", "another suite", { suite: "WEK1_IK_25519_ChaChaPoly_SHA25" }),
  boundOtherwise("chain", "a registry of another chain", { chainId: 1n }),
  boundOtherwise("registry", "another registry", { registry: "0x00000000000000000000000000000000000000AA" }),
  boundOtherwise("realm", "another realm", { realm: "0x00000000000000000000000000000000000000AA" }),
  boundOtherwise("role", "another role", { role: roleOf("consumer") }),
  boundOtherwise("epoch", "an older policy", { policyEpoch: 6n }),
  boundOtherwise("attester", "another attestation key", { attester: `0x${"11".repeat(32)}` }),

  bad("signer-null", "a key of the null hierarchy, which is another after each restart", "attestation.signer", {
    hierarchy: 0x40000007,
  }),
  {
    id: "signer-hidden",
    about: "a key below another that is not named",
    code: "attestation.signer",
    make: ({ tpm }) => below(tpm, () => []),
  },
  bad("signer-invented", "a key above that is none of the key's", "attestation.signer", {
    altered: (evidence) => ({ ...evidence, above: [concatBytes(u16(ALG.sha256), new Uint8Array(32))] }),
  }),

  bad("selection-empty", "no selection at all", "attestation.bank", selecting()),
  bad("bank-sha1", "the bank of SHA-1", "attestation.bank", selecting({ bank: ALG.sha1, mask: REGISTERS.mask })),
  bad("bank-sha384", "another bank than the policy's", "attestation.bank", selecting(wide)),
  bad("bank-two", "two banks, the right one first", "attestation.bank", selecting(REGISTERS, wide)),
  bad(
    "bank-twice",
    "the right bank in two parts",
    "attestation.bank",
    selecting({ ...REGISTERS, mask: 0x3ff }, { ...REGISTERS, mask: 0x4400 }),
  ),
  bad(
    "selection-none",
    "the right bank without a register",
    "attestation.selection",
    selecting({ ...REGISTERS, mask: 0 }),
  ),
  bad("selection-subset", "one register fewer", "attestation.selection", selecting({ ...REGISTERS, mask: 0x07ff })),
  bad("selection-superset", "one register more", "attestation.selection", selecting({ ...REGISTERS, mask: 0xc7ff })),

  bad("digest", "values of registers that were not quoted", "attestation.digest", {
    altered: (evidence) => ({
      ...evidence,
      registers: evidence.registers.map((register, i) => (i === 3 ? flipped(register, 0) : register)),
    }),
  }),
  bad("digest-fewer", "a register's value left out", "attestation.digest", {
    altered: (evidence) => ({ ...evidence, registers: evidence.registers.slice(1) }),
  }),
  bad("digest-swapped", "values in another order", "attestation.digest", {
    altered: (evidence) => ({ ...evidence, registers: evidence.registers.toReversed() }),
  }),

  bad(
    "log-changed",
    "a digest of the firmware's log changed",
    "attestation.event_log",
    withLog(flipped(log, 8 * ((EVENTS[5] ?? 0) + 20))),
  ),
  bad(
    "log-dropped",
    "an event of the firmware's log left out",
    "attestation.event_log",
    withLog(concatBytes(log.slice(0, EVENTS[5]), log.slice(EVENTS[6]))),
  ),
  bad(
    "log-added",
    "an event of the firmware's log told twice",
    "attestation.event_log",
    withLog(concatBytes(log.slice(0, EVENTS[6]), log.slice(EVENTS[5]))),
  ),
  bad("log-empty", "the firmware's log without events", "attestation.event_log", withLog(log.slice(0, EVENTS[0]))),
  bad("log-order", "two events of one register exchanged", "attestation.event_log", withLog(exchanged())),
  bad(
    "log-register",
    "an event moved to another register",
    "attestation.event_log",
    withLog(patched(log, EVENTS[5] ?? 0, Uint8Array.of(9))),
  ),
  bad("log-bank", "a log of another bank", "attestation.event_log", withLog(otherBank())),
  bad(
    "log-trailing",
    "a byte behind the firmware's log",
    "attestation.malformed",
    withLog(concatBytes(log, Uint8Array.of(0))),
  ),
  bad("ima-short", "the last file of IMA's log left out", "attestation.event_log", {
    altered: (evidence) => ({ ...evidence, imaLog: LOGS.imaLog.slice(0, imaEnd()) }),
  }),
  bad("ima-changed", "a path in IMA's log changed", "attestation.malformed", {
    altered: (evidence) => ({ ...evidence, imaLog: flipped(LOGS.imaLog, 8 * (LOGS.imaLog.length - 8)) }),
  }),
  bad("ima-violation", "an entry of IMA's log that says to be a violation", "attestation.event_log", {
    altered: (evidence) => ({ ...evidence, imaLog: patched(LOGS.imaLog, 4, new Uint8Array(20)) }),
  }),

  bad("measurement-unknown", "registers of software that the realm does not accept", "attestation.measurement", {
    facts: (facts) => without(facts, "measurement"),
  }),
  bad("measurement-other", "what the chain was asked about is another measurement", "attestation.measurement", {
    facts: (facts) => ({ ...facts, measurementKey: `0x${"22".repeat(32)}` }),
  }),
  standing("measurement", "revoked", { revoked: true }),
  standing("measurement", "expired", { notAfter: BigInt(NOW / 1_000) }),
  standing("measurement", "early", { notBefore: BigInt(NOW / 1_000 + 1) }),
  bad("measurement-unconfirmed", "the measurement is not deep enough yet", "attestation.unconfirmed", {
    facts: (facts) => changed(facts, "measurement", { confirmed: false }),
  }),

  bad("reset", "another reset than the last time", "attestation.reset", {
    local: async (tpm) => ({ lastSeen: { ...(await readClock(tpm)), resetCount: 999 } }),
  }),
  bad("reset-clock", "a clock that was further on", "attestation.reset", {
    local: async (tpm) => ({ lastSeen: { ...(await readClock(tpm)), clock: 1n << 60n } }),
  }),
  {
    id: "reset-restart",
    about: "a machine that was restarted in order since it was seen",
    code: "attestation.reset",
    make: async (_mine, other) => {
      const lastSeen = await readClock(other.tpm)
      await other.restart()
      return make(other.tpm, { local: { lastSeen } })
    },
  },
  {
    id: "clock",
    about: "a machine whose plug was pulled: its clock may have gone back",
    code: "attestation.clock",
    make: async (_mine, other) => {
      await other.restart("by the plug")
      const made = await make(other.tpm)
      await other.restart()
      return made
    },
  },

  bad("age", "asked for longer ago than the policy allows", "attestation.age", {
    expectation: { challengedAt: NOW - 60_001 },
  }),
  bad("age-future", "asked for in the future", "attestation.age", { expectation: { challengedAt: NOW + 1 } }),
  good("accepted-firmware", "firmware of the TPM that is expected", {
    local: async (tpm) => ({ firmware: [1n, (await describeTpm(tpm)).firmware] }),
  }),
  bad("firmware", "firmware of the TPM that is not expected", "attestation.firmware", { local: { firmware: [1n] } }),
  bad("policy-absent", "a role without a policy", "attestation.policy", {
    facts: (facts) => without(facts, "policy"),
  }),
  bad("policy-older", "a policy older than one that was seen", "attestation.policy", { local: { epochSeen: 8n } }),
  bad("policy-newer", "a policy that changed since the challenge", "attestation.policy", {
    facts: (facts) => changed(facts, "policy", { epoch: 8n }),
  }),
  bad("policy-kind", "the chain's policy allows enclaves alone", "attestation.kind", {
    facts: (facts) => changed(facts, "policy", { kinds: [KINDS["aws-nitro"]] }),
  }),
  bad("policy-bank", "the chain's policy asks for another bank", "attestation.bank", {
    facts: (facts) => changed(facts, "policy", { bank: BANKS.sha512 }),
  }),
  bad("policy-mask", "the chain's policy asks for other registers", "attestation.selection", {
    facts: (facts) => changed(facts, "policy", { mask: 0x7 }),
  }),
  bad("facts-realm", "facts of another realm", "attestation.binding", {
    facts: (facts) => ({ ...facts, realm: "0x00000000000000000000000000000000000000AA" }),
  }),
]

/** A key of the library's make, below a storage key. */
async function below(tpm: Tpm, above: (parent: LoadedKey) => Uint8Array[]): Promise<Judged> {
  const parent = await createPrimary(tpm, storageTemplate(), HIERARCHY.owner)
  const key = await createBelow(tpm, parent, signingTemplate({ curve: "P-256" }))
  try {
    const binding = bindingFor(idOf(key))
    const evidence = await evidenceOf(tpm, key, binding, { above: above(parent) })
    return {
      evidence: encodeEvidence(evidence),
      expectation: expectationFor(binding),
      facts: factsFor(binding.attester, measurementOf(evidence.registers)),
      local: APPRAISAL,
    }
  } finally {
    await flush(tpm, key.handle)
    await flush(tpm, parent.handle)
  }
}

function changed<K extends "policy" | "attester" | "measurement">(
  facts: AttestationFacts,
  name: K,
  changes: Partial<NonNullable<AttestationFacts[K]>>,
): AttestationFacts {
  return { ...facts, [name]: { ...facts[name], ...changes } }
}

function without(facts: AttestationFacts, name: "policy" | "attester" | "measurement"): AttestationFacts {
  const copy = { ...facts }
  delete copy[name]
  return copy
}

function standing(name: "attester" | "measurement", word: string, changes: object): AttestationCase {
  return bad(`${name}-${word}`, `${name} ${word}`, `attestation.${name}_standing`, {
    facts: (facts) => changed(facts, name, changes),
  })
}

function patched(bytes: Uint8Array, at: number, by: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy.set(by, at)
  return copy
}

/** Of a log with SHA-256 alone: register and type (8), one digest (4 + 2 + 32), length and text. */
function eventOffsets(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const offsets: number[] = []
  let at = 32 + view.getUint32(28, true)
  for (; at < bytes.length; at += 50 + view.getUint32(at + 46, true)) offsets.push(at)
  return [...offsets, at]
}

/** Two neighbouring events of one register that have different digests. */
function exchanged(): Uint8Array {
  for (let i = 1; i < EXTENDED - 1; i++) {
    const [first, second] = [cut(i, i + 1), cut(i + 1, i + 2)]
    if (first[0] === second[0] && first.join() !== second.join())
      return concatBytes(log.slice(0, EVENTS[i]), second, first, log.slice(EVENTS[i + 2]))
  }
  throw new Error("the log has no two neighbouring events of one register")
}

/** The log with its digests called SM3: the quoted bank is not in it. */
function otherBank(): Uint8Array {
  const copy = Uint8Array.from(log)
  const sm3 = 0x12
  copy[32 + 28] = sm3
  for (const at of EVENTS.slice(0, -1)) copy[at + 12] = sm3
  return copy
}

/** Where the last entry of IMA's log begins. */
function imaEnd(): number {
  const view = new DataView(LOGS.imaLog.buffer, LOGS.imaLog.byteOffset)
  let last = 0
  for (let at = 0; at < LOGS.imaLog.length;) {
    last = at
    at += 28 + view.getUint32(at + 24, true)
    at += 4 + view.getUint32(at, true)
  }
  return last
}
