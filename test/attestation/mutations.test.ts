import assert from "node:assert/strict"
import { appraise } from "../../src/attestation/appraise.ts"
import { checkEndorsement } from "../../src/attestation/enrolment/endorsement.ts"
import { decodeEvidence, encodeEvidence, type TpmEvidence } from "../../src/attestation/evidence.ts"
import { BANKS } from "../../src/attestation/facts.ts"
import { replayFirmwareLog } from "../../src/attestation/log/firmware.ts"
import { replayImaLog } from "../../src/attestation/log/ima.ts"
import { pcrsOf } from "../../src/attestation/tpm/attest.ts"
import { parsePublic } from "../../src/attestation/tpm/public-area.ts"
import { verify } from "../../src/attestation/verify.ts"
import { concatBytes, utf8ToBytes } from "../../src/core/bytes.ts"
import { isE2eeError } from "../../src/core/errors.ts"
import { NOW, REGISTERS } from "./world.ts"
import { ellipticSigner, issue, keyCertSign, keyEncipherment, rsaSpki } from "./authority.ts"
import { bundleOf, documentOf, enclaveExpectation, enclaveFacts, enclaveNonce, NITRO } from "./enclave.ts"
import { bootNamed, bytesOf, LOGS } from "./machines.ts"
import { readVectors, type Vector } from "./vectors.ts"

/** How many inputs are changed; .ci/run asks for more. */
const MUTATIONS = Number(process.env["ATTESTATION_MUTATIONS"] ?? 10_000)

type Draw = (below: number) => number

/** Numbers from a seed (xorshift). */
function numbersFrom(seed: number): Draw {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** A copy that differs in one place or a few. */
function changed(draw: Draw, bytes: Uint8Array): Uint8Array {
  const at = draw(bytes.length)
  const some = (length: number): Uint8Array => Uint8Array.from({ length }, () => draw(256))
  switch (draw(8)) {
    case 0:
      return bytes.slice(0, at)
    case 1:
      return concatBytes(bytes, some(1 + draw(8)))
    case 2: // left out
      return concatBytes(bytes.slice(0, at), bytes.slice(at + 1 + draw(16)))
    case 3: // put in
      return concatBytes(bytes.slice(0, at), some(1 + draw(4)), bytes.slice(at))
    case 4: // told twice
      return concatBytes(bytes.slice(0, at), bytes.slice(Math.max(0, at - draw(64))))
    case 5: {
      const copy = Uint8Array.from(bytes)
      copy[at] = ([0, 1, 0x7f, 0x80, 0xff] as const)[draw(5)] ?? 0
      return copy
    }
    default: {
      const copy = Uint8Array.from(bytes)
      for (let flips = draw(3); flips >= 0; flips--) {
        const bit = draw(8 * bytes.length)
        copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      }
      return copy
    }
  }
}

const vectors = new Map(readVectors().map((vector) => [vector.id, vector]))
const vectorNamed = (id: string): Vector => vectors.get(id) ?? assert.fail(`no vector ${id}`)
const SOUND = ["accepted", "accepted-rsassa", "accepted-rsapss", "accepted-p384", "accepted-below"].map(vectorNamed)

async function judge({ expectation, facts, local }: Vector, evidence: Uint8Array): Promise<unknown> {
  return appraise(await verify(decodeEvidence(evidence), expectation), facts, local)
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
/** What of a log was extended into each register that is quoted; the rest is nobody's word. */
const extended = (log: Uint8Array): string => {
  const { events } = replayFirmwareLog(log, BANKS.sha256)
  const into = pcrsOf(REGISTERS.mask).map((quoted) => events.filter(({ pcr }) => pcr === quoted && pcr !== 10))
  return JSON.stringify(into.map((of) => of.map(({ digest }) => [...digest])))
}
const measured = (log: Uint8Array): string =>
  JSON.stringify(replayImaLog(log, BANKS.sha256).entries.map(({ fields, violation }) => [fields, violation]))

const asciiLog = asciiOf(LOGS.imaLog)
const maker = ellipticSigner("maker of TPMs", "P-256")
const root = issue({ subject: "maker", issuer: "maker", spki: maker.spki, pathLength: 0, usage: keyCertSign }, maker)
const endorsementKey = parsePublic(bytesOf(bootNamed("ovmf-A").ekPub))
const endorsement = issue(
  {
    subject: "a TPM",
    issuer: "maker",
    spki: rsaSpki(endorsementKey.key.type === "rsa" ? endorsementKey.key.modulus : assert.fail()),
    usage: keyEncipherment,
    purposes: ["2.23.133.8.1"],
  },
  maker,
)
const document = documentOf(enclaveNonce())

/** Each changes one input and judges it. Undefined: the change changed nothing that anybody signed. */
interface Input {
  readonly name: string
  /** How often among all. */
  readonly weight: number
  readonly play: (draw: Draw) => Promise<unknown>
}

const UNCHANGED = Symbol("unchanged")

function part(name: "publicArea" | "statement" | "signature"): Input {
  return {
    name,
    weight: 16,
    play: async (draw) => {
      const vector = SOUND[draw(SOUND.length)] ?? assert.fail()
      const evidence = decodeEvidence(vector.evidence) as TpmEvidence
      const other = changed(draw, evidence[name])
      if (same(other, evidence[name])) return UNCHANGED
      return judge(vector, encodeEvidence({ ...evidence, [name]: other }))
    },
  }
}

function log(name: "firmwareLog" | "imaLog", from: Uint8Array, read: (log: Uint8Array) => string): Input {
  return {
    name: `${name} of ${from.length} bytes`,
    weight: 8,
    play: async (draw) => {
      const vector = vectorNamed("accepted-logs")
      const other = changed(draw, from)
      const outcome = await judge(
        vector,
        encodeEvidence({ ...(decodeEvidence(vector.evidence) as TpmEvidence), [name]: other }),
      )
      return read(other) === read(from) ? UNCHANGED : outcome
    },
  }
}

const INPUTS: readonly Input[] = [
  part("publicArea"),
  part("statement"),
  part("signature"),
  {
    name: "evidence",
    weight: 24,
    play: async (draw) => {
      const vector = SOUND[draw(SOUND.length)] ?? assert.fail()
      const other = changed(draw, vector.evidence)
      return same(other, vector.evidence) ? UNCHANGED : judge(vector, other)
    },
  },
  log("firmwareLog", LOGS.firmwareLog, extended),
  log("imaLog", LOGS.imaLog, measured),
  log("imaLog", asciiLog, measured),
  {
    name: "document",
    weight: 6,
    play: async (draw) => {
      const other = changed(draw, document)
      if (same(other, document)) return UNCHANGED
      const quote = await verify({ kind: NITRO, document: other }, enclaveExpectation())
      return appraise(quote, enclaveFacts(), vectorNamed("accepted").local)
    },
  },
  {
    name: "certificate of a document",
    weight: 4,
    play: async (draw) => {
      const bundle = bundleOf()
      const at = draw(bundle.cabundle.length + 1)
      const chosen = bundle.cabundle[at] ?? bundle.certificate
      const other = changed(draw, chosen)
      if (same(other, chosen)) return UNCHANGED
      const altered = { certificate: other, cabundle: bundle.cabundle }
      const wrong = at < bundle.cabundle.length ? { ...bundle, cabundle: bundle.cabundle.with(at, other) } : altered
      return verify({ kind: NITRO, document: documentOf(enclaveNonce(), { bundle: wrong }) }, enclaveExpectation())
    },
  },
  {
    name: "endorsement certificate",
    weight: 6,
    play: async (draw) => {
      const other = changed(draw, endorsement)
      if (same(other, endorsement)) return UNCHANGED
      return checkEndorsement(endorsementKey, other, { roots: [root], intermediates: [], keys: [] }, NOW).then(
        () => "accepted",
      )
    },
  },
]

describe("attestation: changed evidence", function () {
  this.timeout(0) // .ci/run ends it

  it("is sound before it is changed", async () => {
    for (const vector of [...SOUND, vectorNamed("accepted-logs")]) await judge(vector, vector.evidence)
    const ascii = decodeEvidence(vectorNamed("accepted-logs").evidence) as TpmEvidence
    await judge(vectorNamed("accepted-logs"), encodeEvidence({ ...ascii, imaLog: asciiLog }))
    await verify({ kind: NITRO, document }, enclaveExpectation())
    await checkEndorsement(endorsementKey, endorsement, { roots: [root], intermediates: [], keys: [] }, NOW)
  })

  it(`is refused with a code and nothing else, ${MUTATIONS} times`, async () => {
    const seed = Number(process.env["ATTESTATION_SEED"] ?? Math.floor(Math.random() * 2 ** 31))
    const draw = numbersFrom(seed)
    const deck = INPUTS.flatMap((input) => Array.from({ length: input.weight }, () => input))
    const codes = new Map<string, Set<string>>(INPUTS.map(({ name }) => [name, new Set()]))
    for (let i = 0; i < MUTATIONS; i++) {
      const input = deck[i % deck.length] ?? assert.fail()
      const where = `input ${i}, ${input.name}, of ATTESTATION_SEED=${seed}`
      let outcome: unknown
      try {
        outcome = await input.play(draw)
      } catch (error) {
        const code = isE2eeError(error) ? error.code : "none"
        assert.match(code, /^attestation\./, `${where}: ${String(error)}`)
        codes.get(input.name)?.add(code)
        continue
      }
      assert.equal(outcome, UNCHANGED, `${where} was accepted`)
    }
    // The changes go deep enough to meet more than the first checks.
    for (const [name, met] of codes) assert.ok(met.size > 0, `${name} was never refused`)
    const all = new Set([...codes.values()].flatMap((met) => [...met]))
    assert.ok(all.size >= 10, [...all].join(", "))
  })
})

/** The log in the kernel's other form. */
function asciiOf(binary: Uint8Array): Uint8Array {
  const view = new DataView(binary.buffer, binary.byteOffset)
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
  const { entries } = replayImaLog(binary, BANKS.sha256)
  let at = 0
  const lines = entries.map(({ template, fields: [file = bytesOf(), path = bytesOf(), signature = bytesOf()] }) => {
    const digest = hex(binary.slice(at + 4, at + 24))
    at += 28 + view.getUint32(at + 24, true)
    at += 4 + view.getUint32(at, true)
    const name = Buffer.from(path.slice(0, -1)).toString()
    return `10 ${digest} ${template} sha256:${hex(file.slice(8))} ${name} ${hex(signature)}\n`
  })
  return utf8ToBytes(lines.join(""))
}
