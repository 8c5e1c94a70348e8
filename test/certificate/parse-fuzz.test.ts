import assert from "node:assert/strict"
import { chainToJson, toTypedData } from "../../src/certificate/issue.ts"
import { parseChain } from "../../src/certificate/parse.ts"
import { isE2eeError } from "../../src/core/errors.ts"
import { buildChain } from "../trust/chains.ts"

/** How many inputs are made; .ci/run asks for two million. */
const INPUTS = Number(process.env["PARSER_INPUTS"] ?? 100_000)

/** Numbers from 0 to 2^32 - 1 from a seed (xorshift): fast-check's own would take most of the time. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const chain = buildChain({ length: 3 })
const TEXT = chainToJson(chain)
const WIRE = chain.map(toTypedData) as unknown[]
const ONE = chainToJson(chain.slice(1, 2))

const TOKENS: readonly string[] = [
  [...'[]{},:"\\-0\uE000\ud800'],
  ["null", "true", "1e999", "-1", "1.5", "12345678901234567890", "1".repeat(90), "[[", "]]", "\\u0000", '\\"', "\n"],
  ['"__proto__"', '"domain"', '"message"', '"primaryType"', '"types"', '"EIP712Domain"', '"meta"', '"bootedAt"'],
  ['"EIP712DelegateCertificate"', '"EIP712AuthorityCertificate"', '"chainId"', '"0x"', '"0x00"', '"00"', '""'],
  ["\uE000integer:5"],
].flat()
const VALUES: readonly unknown[] = [
  [undefined, null, true, 0, -0, -1, 1.5, Number.NaN, Infinity, 2 ** 53, 2 ** 53 - 1, 0n, -1n, 1n << 64n, 1n << 256n],
  ["", "0x", "00", "0x00", "1", "01", "-1", "1e3", "\ud800", "\0", "a".repeat(5_000), "0".repeat(130), "f".repeat(130)],
  ["\uE000integer:5", "__proto__", "EIP712DelegateCertificate", "EIP712AuthorityCertificate", `0x${"Aa".repeat(20)}`],
  [[], [[]], [null], [1, 2], [[], []], {}, { message: {} }, { length: 2 }, Object.create(null), new Date(0), new Map()],
  [Symbol("s"), () => 1, /x/, new Uint8Array(65), Array.from({ length: 65 })] as unknown[],
].flat()

type Draw = (below: number) => number
const oneOf = <T>(draw: Draw, items: readonly T[]): T => items[draw(items.length)] as T

function randomText(draw: Draw): string {
  return String.fromCharCode(...Array.from({ length: draw(24) }, () => draw(draw(4) === 0 ? 65_536 : 128)))
}

function tokens(draw: Draw): string {
  let text = draw(2) === 0 ? "[[" : ""
  for (let i = draw(12); i >= 0; i--) text += oneOf(draw, TOKENS)
  return text
}

/** A valid text with some places cut out, doubled or replaced. */
function editedText(draw: Draw): string {
  let text = draw(16) === 0 ? TEXT : ONE
  for (let i = draw(3); i >= 0; i--) {
    const at = draw(text.length + 1)
    const end = at + draw(draw(4) === 0 ? 400 : 6)
    const between = [oneOf(draw, TOKENS), text.slice(at, end).repeat(2), "", randomText(draw)]
    text = text.slice(0, at) + oneOf(draw, between) + text.slice(end)
  }
  return text
}

/** A copy of a valid value in which something at any depth is another value, is gone, or is one too many. */
function editedValue(draw: Draw, value: unknown): unknown {
  const isRecord = typeof value === "object" && value !== null
  if (!isRecord || draw(12) === 0) return oneOf(draw, VALUES)
  if (Array.isArray(value)) {
    const copy: unknown[] = [...(value as unknown[])]
    const at = draw(copy.length + 1)
    const kind = draw(10)
    if (kind === 0) copy.splice(at, 1)
    else if (kind === 1) copy.splice(at, 0, oneOf(draw, [...VALUES, ...copy]))
    else copy[at] = editedValue(draw, copy[at])
    return copy
  }
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) }
  const names = Object.keys(copy)
  const name = oneOf(draw, names.length === 0 ? ["meta"] : names)
  const kind = draw(12)
  if (kind === 0) delete copy[name]
  else if (kind === 1) copy[oneOf(draw, ["extra", "constructor", "toString", "meta", "chainId"])] = oneOf(draw, VALUES)
  else copy[name] = editedValue(draw, copy[name])
  return copy
}

const KINDS: readonly ((draw: Draw) => unknown)[] = [
  randomText,
  tokens,
  editedText,
  (draw) => editedValue(draw, draw(8) === 0 ? WIRE : WIRE.slice(draw(2), 2)),
]

describe("certificate: parser, fuzzed", function () {
  this.timeout(0) // .ci/run ends it

  it(`gives nothing but errors of its own for ${INPUTS} inputs`, () => {
    const seed = Number(process.env["PARSER_SEED"] ?? Math.floor(Math.random() * 2 ** 31))
    const draw = numbersFrom(seed)
    const seen = {
      accepted: 0,
      "certificate.malformed": 0,
      "certificate.foreign_types": 0,
      "certificate.signature_form": 0,
    }
    for (let i = 0; i < INPUTS; i++) {
      const input = KINDS[i % KINDS.length]?.(draw)
      try {
        const parsed = parseChain(input)
        // What was taken is written back as the same chain: nothing of it was guessed or lost.
        if (seen.accepted++ % 100 === 0) assert.deepEqual(parseChain(chainToJson(parsed)), parsed)
      } catch (error) {
        const code = isE2eeError(error) ? error.code : "none"
        assert.ok(code in seen, `input ${i} of PARSER_SEED=${seed}: ${String(error)}`)
        seen[code as keyof typeof seen]++
      }
    }
    // The inputs go deep enough to meet every answer.
    for (const [answer, times] of Object.entries(seen)) assert.ok(times > INPUTS / 200, `${answer}: ${times}`)
  })
})
