// How much faster node:crypto is than noble at what the library asks of curves: `npm run bench:curves`.
// Both in one process and in turns, medians; the ratio holds elsewhere, the microseconds do not. Some seconds.
import { chooseCurves } from "../src/core/curves/choice.ts"
import { nobleCurves } from "../src/core/curves/noble.ts"
import type { CurveOperations } from "../src/core/curves/operations.ts"
import { nodeCrypto } from "../src/core/curves/platform.ts"
import { Secret } from "../src/core/secret.ts"

const TURNS = 15
const TURN_MS = 15

const fresh = (): Secret => new Secret(crypto.getRandomValues(new Uint8Array(32)))
const [seed, scalar] = [fresh(), fresh()]
const message = crypto.getRandomValues(new Uint8Array(40))
const [verifier, signature] = [nobleCurves.ed25519PublicKey(seed), nobleCurves.sign(message, seed)]
const wrong = Uint8Array.from(signature, (byte, i) => (i === 40 ? byte ^ 1 : byte))
const peer = nobleCurves.x25519PublicKey(fresh())

const cases: Readonly<Record<string, (by: CurveOperations) => unknown>> = {
  "sign, key in use": (by) => by.sign(message, seed),
  "sign, key anew": (by) => by.sign(message, fresh()),
  verify: (by) => by.verify(message, signature, verifier),
  "verify, refused": (by) => by.verify(message, wrong, verifier),
  "Ed25519 public key": (by) => by.ed25519PublicKey(fresh()),
  "X25519 shared secret, key in use": (by) => by.x25519(scalar, peer),
  "X25519 shared secret, key anew": (by) => by.x25519(fresh(), peer),
  "X25519 public key": (by) => by.x25519PublicKey(fresh()),
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Microseconds of one, over a turn. */
function turn(work: () => unknown): number {
  const began = performance.now()
  let count = 0
  do {
    work()
    count++
  } while (performance.now() - began < TURN_MS)
  return ((performance.now() - began) * 1_000) / count
}

const platform = chooseCurves(nodeCrypto)
const rows: Record<string, Record<string, number>> = {}
for (const [name, work] of Object.entries(cases)) {
  const times = new Map([nobleCurves, platform].map((by) => [by, [] as number[]]))
  for (let i = 0; i < TURNS + 1; i++) {
    for (const [by, of] of times) {
      const us = turn(() => work(by))
      if (i > 0) of.push(us) // the first warms up
    }
  }
  const [noble = 0, node = 0] = [nobleCurves, platform].map((by) => median(times.get(by) ?? []))
  rows[name] = {
    "noble us": Number(noble.toFixed(0)),
    [`${platform.name} us`]: Number(node.toFixed(0)),
    ratio: Number((noble / node).toFixed(1)),
  }
}
if (process.argv.includes("--json"))
  console.log(JSON.stringify({ node: process.version, backend: platform.name, curves: rows }))
else {
  console.log(`Node ${process.version}, backend ${platform.name}, median of ${TURNS} turns`)
  console.table(rows)
}
