import assert from "node:assert/strict"
import * as fc from "fast-check"
import { CHALLENGE_LIFE_MS, Challenges } from "../../src/attestation/challenges.ts"
import { refuses } from "../arbitrary.ts"

const random = (n: number): Uint8Array => {
  const bytes = new Uint8Array(32)
  new DataView(bytes.buffer).setUint32(0, n)
  return bytes
}

describe("attestation: challenges", () => {
  it("are good for one answer", () => {
    const challenges = new Challenges()
    const challenge = challenges.issue(random(1), 1_000)
    assert.equal(challenges.spend(challenge, 2_000), 1_000)
    refuses(() => challenges.spend(challenge, 2_000), "attestation.challenge")
  })

  it("of others are not good", () => {
    refuses(() => new Challenges().spend(random(1), 0), "attestation.challenge")
    refuses(() => new Challenges().spend(new Uint8Array(), 0), "attestation.challenge")
  })

  it("end after a minute, and when the clock is set back", () => {
    for (const now of [CHALLENGE_LIFE_MS + 1, -1]) {
      const challenges = new Challenges()
      const challenge = challenges.issue(random(1), 0)
      refuses(() => challenges.spend(challenge, now), "attestation.challenge")
      refuses(() => challenges.spend(challenge, 1), "attestation.challenge")
    }
  })

  it("are forgotten, oldest first, where somebody asks for too many", () => {
    const challenges = new Challenges()
    for (let i = 0; i < 1_025; i++) challenges.issue(random(i), i)
    refuses(() => challenges.spend(random(0), 2_000), "attestation.challenge")
    assert.equal(challenges.spend(random(1), 2_000), 1)
  })

  it("are 32 fresh bytes", () => {
    const challenges = new Challenges()
    refuses(() => challenges.issue(new Uint8Array(31), 0), "usage.invalid")
    challenges.issue(random(1), 0)
    refuses(() => challenges.issue(random(1), 0), "usage.invalid")
  })

  it("are never answered twice, in whatever order they are asked for and answered", () => {
    const step = fc.record({ issue: fc.boolean(), n: fc.nat(20), wait: fc.nat(30_000) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const challenges = new Challenges()
        const open = new Map<number, number>()
        let now = 0
        for (const { issue, n, wait } of steps) {
          now += wait
          const since = open.get(n)
          if (issue && since === undefined) {
            challenges.issue(random(n), now)
            open.set(n, now)
          } else if (!issue) {
            open.delete(n)
            if (since === undefined || now - since > CHALLENGE_LIFE_MS)
              refuses(() => challenges.spend(random(n), now), "attestation.challenge")
            else assert.equal(challenges.spend(random(n), now), since)
          }
        }
      }),
    )
  })
})
