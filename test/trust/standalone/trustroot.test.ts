import { strict as assert } from "node:assert"
import type { ErrorCode } from "../../../src/core/errors.ts"
import { E2eeError } from "../../../src/core/errors.ts"
import { standalone, type StandaloneOptions } from "../../../src/standalone.ts"
import type { BundleDocument } from "../../../src/trust/standalone/bundle.ts"
import { documentToJson, rotation } from "../../../src/trust/standalone/issue-bundle.ts"
import { parseDocument } from "../../../src/trust/standalone/parse-bundle.ts"
import type { BundleState } from "../../../src/trust/standalone/trustroot.ts"
import { rejects } from "../../arbitrary.ts"
import { after, firstDocument, LIFE } from "./bundles.ts"
import { buildChain, named, NOW, party, REALM } from "../chains.ts"

const first = firstDocument()
const second = after(first)
const chain = buildChain()

/** A state that lives as long as the test, as a disk would. */
class Memory implements BundleState {
  readonly saved = new Map<number, string>()
  failsWith: E2eeError | undefined

  async load(): Promise<string | undefined> {
    return this.saved.get(Math.max(0, ...this.saved.keys()))
  }

  async save(_place: unknown, sequence: number, text: string): Promise<void> {
    if (this.failsWith) throw this.failsWith
    if ((this.saved.get(sequence) ?? text) !== text) throw new E2eeError("trustroot.fork", "another")
    this.saved.set(sequence, text)
  }
}

/** A provider whose source gives what the test says. */
class Desk {
  now = NOW
  reads = 0
  readonly refused: ErrorCode[] = []
  readonly state: Memory
  readonly trust
  answer: () => Promise<string | Uint8Array>

  constructor(document: BundleDocument | undefined, options: Partial<StandaloneOptions> = {}, state = new Memory()) {
    this.state = state
    this.answer = async () => (document === undefined ? Promise.reject(new Error("down")) : documentToJson(document))
    this.trust = standalone({
      trustroot: party("root").address,
      realm: REALM,
      source: () => {
        this.reads++
        return this.answer()
      },
      state,
      clock: () => this.now,
      onRefusal: ({ code }) => this.refused.push(code),
      ...options,
    })
  }

  gives(document: BundleDocument): void {
    this.answer = async () => documentToJson(document)
  }

  async sequence(): Promise<number> {
    const { source } = await this.trust.facts(chain)
    assert.equal(source.model, "standalone")
    return (source as { sequence: number }).sequence
  }
}

describe("trust: a standalone trustroot", () => {
  it("looks when it is due by the bundle's hint, and not before", async () => {
    const desk = new Desk(first)
    assert.equal(await desk.sequence(), 1)
    desk.gives(second)
    desk.now += LIFE.refreshSeconds * 1_000 - 1
    assert.equal(await desk.sequence(), 1)
    desk.now += 1
    assert.equal(await desk.sequence(), 2)
    assert.equal(desk.reads, 2)
  })

  it("looks sooner where local policy says so, at once when told, and when the clock was put back", async () => {
    const desk = new Desk(first, { refreshMs: 10 })
    await desk.sequence()
    desk.gives(second)
    desk.now += 10
    assert.equal(await desk.sequence(), 2)
    desk.gives(after(second))
    assert.equal((await desk.trust.refresh()).sequence, 3)
    desk.gives(after(after(second)))
    desk.now -= 100
    assert.equal(await desk.sequence(), 4)
  })

  it("makes one look of many that are concurrent", async () => {
    const desk = new Desk(first)
    let release = (): void => undefined
    const gate = new Promise<void>((resolve) => (release = resolve))
    const { answer } = desk
    desk.answer = async () => {
      await gate
      return answer()
    }
    const all = Promise.all([...Array(20)].map(() => desk.sequence()))
    release()
    assert.deepEqual(new Set(await all), new Set([1]))
    assert.equal(desk.reads, 1)
  })

  it("keeps the last bundle until its end while the source is down, and trusts nobody from then on", async () => {
    const desk = new Desk(first)
    await desk.sequence()
    desk.answer = () => Promise.reject(new Error("down"))
    const ends = NOW + LIFE.lifeSeconds * 1_000
    desk.now = ends - 1
    assert.equal(await desk.sequence(), 1)
    desk.now = ends
    await rejects(desk.sequence(), "trustroot.expired")
    assert.ok(desk.refused.every((code) => code === "trustroot.unreachable"))
    desk.gives(after(first, {}, party("root"), { now: ends }))
    desk.now += 60_000
    assert.equal(await desk.sequence(), 2)
  })

  it("waits longer with each failure before it looks again", async () => {
    const desk = new Desk(undefined)
    await rejects(desk.sequence(), "trustroot.unreachable")
    for (const wait of [1_000, 2_000, 4_000]) {
      const { reads } = desk
      desk.now += wait - 1
      await rejects(desk.sequence(), "trustroot.unreachable")
      assert.equal(desk.reads, reads)
      desk.now += 1
      await rejects(desk.sequence(), "trustroot.unreachable")
      assert.equal(desk.reads, reads + 1)
    }
    desk.gives(first)
    desk.now += 60_000
    assert.equal(await desk.sequence(), 1)
  })

  const refusals: readonly [string, BundleDocument | string, ErrorCode][] = [
    ["an older bundle", first, "trustroot.rollback"],
    ["another bundle of the same sequence", after(first, { block: 9_999n }), "trustroot.fork"],
    ["a stranger's bundle", firstDocument(party("stranger")), "trustroot.signature"],
    ["what is no bundle", "{}", "trustroot.malformed"],
    ["a newer bundle past its end", after(second, {}, party("root"), { now: NOW - 7_200_000 }), "trustroot.expired"],
    ["a bundle from the future", after(second, {}, party("root"), { now: NOW + 600_000 }), "trustroot.context"],
  ]
  for (const [name, document, code] of refusals) {
    it(`reports ${name} and keeps the last one`, async () => {
      const desk = new Desk(second)
      await desk.sequence()
      desk.answer = async () => (typeof document === "string" ? document : documentToJson(document))
      desk.now += 60_000
      assert.equal(await desk.sequence(), 2)
      assert.deepEqual(desk.refused, [code])
      await rejects(desk.trust.refresh(), code)
      assert.deepEqual([...desk.state.saved.keys()], [1, 2].slice(1))
    })
  }

  it("refuses a bundle of another realm, chain or contract", async () => {
    const expectations: Partial<StandaloneOptions>[] = [
      { realm: named("another realm") },
      { chainId: 1n },
      { verifyingContract: named("another") },
    ]
    for (const options of expectations) await rejects(new Desk(first, options).sequence(), "trustroot.context")
  })

  it("believes nothing that was saved for another chain than is configured now", async () => {
    const state = new Memory()
    await new Desk(first, {}, state).sequence()
    await rejects(new Desk(undefined, { chainId: 1n }, state).sequence(), "trustroot.context")
  })

  it("is shown no older bundle after a restart, nor by a process that saw less", async () => {
    const state = new Memory()
    await new Desk(second, {}, state).sequence()
    const restarted = new Desk(first, {}, state)
    assert.equal(await restarted.sequence(), 2)
    assert.deepEqual(restarted.refused, ["trustroot.rollback"])
    await rejects(restarted.trust.refresh(), "trustroot.rollback")
    const slow = new Desk(first)
    const other = new Desk(first, {}, slow.state)
    assert.deepEqual([await slow.sequence(), await other.sequence()], [1, 1])
    other.gives(second)
    assert.equal((await other.trust.refresh()).sequence, 2)
    slow.now += 60_000
    assert.equal(await slow.sequence(), 2)
    assert.deepEqual(slow.refused, ["trustroot.rollback"])
  })

  it("starts from what was saved while the source is down", async () => {
    const state = new Memory()
    await new Desk(second, {}, state).sequence()
    const restarted = new Desk(undefined, {}, state)
    assert.equal(await restarted.sequence(), 2)
    assert.deepEqual(restarted.refused, ["trustroot.unreachable"])
  })

  it("believes nothing when what was saved is damaged or another's", async () => {
    for (const text of ["{}", documentToJson(second).replace(/"refreshHint":60/, '"refreshHint":61')]) {
      const state = new Memory()
      state.saved.set(2, text)
      await rejects(new Desk(second, {}, state).sequence(), "store.corrupt")
    }
  })

  it("uses a bundle that cannot be saved, says so, and saves it at the next look", async () => {
    const desk = new Desk(first)
    desk.state.failsWith = new E2eeError("store.io", "full")
    assert.equal(await desk.sequence(), 1)
    assert.deepEqual(desk.refused, ["store.io"])
    desk.state.failsWith = undefined
    await desk.trust.refresh()
    assert.deepEqual([...desk.state.saved.keys()], [1])
  })

  it("refuses what another process saw otherwise", async () => {
    const state = new Memory()
    const desk = new Desk(second, {}, state)
    state.failsWith = new E2eeError("trustroot.fork", "another")
    await rejects(desk.sequence(), "trustroot.fork")
  })

  it("follows rotations over restarts, and needs no handover that it has seen", async () => {
    const heir = party("heir")
    const naming = after(first, rotation(first.head.bundle, heir.address, NOW / 1_000 + 600))
    const taken = after(naming, {}, heir)
    const state = new Memory()
    await new Desk(naming, {}, state).sequence()
    const bare = parseDocument(documentToJson({ ...taken, handovers: [] }))
    assert.equal(await new Desk(bare, {}, state).sequence(), 3)
    const late = new Desk(after(naming), {}, state)
    await rejects(late.trust.refresh(), "trustroot.fork")
    await rejects(new Desk(bare).sequence(), "trustroot.signature")
    assert.equal(await new Desk(taken).sequence(), 3)
  })

  it("waits for no source longer than it may, even one that does not listen", async () => {
    const desk = new Desk(first, { timeoutMs: 10 })
    desk.answer = () => new Promise(() => undefined)
    await rejects(desk.sequence(), "trustroot.unreachable")
  })

  it("ends when its signal is aborted, before a look and during one", async () => {
    const stop = new AbortController()
    const desk = new Desk(first, { signal: stop.signal })
    desk.answer = () => new Promise(() => undefined)
    const waiting = desk.sequence()
    await new Promise((resolve) => setImmediate(resolve))
    stop.abort()
    await rejects(waiting, "session.closed")
    await rejects(desk.trust.refresh(), "session.closed")
  })

  it("takes bytes, and refuses options that are not of their form", async () => {
    const source = new TextEncoder().encode(documentToJson(first))
    assert.equal(await new Desk(first, { source }).sequence(), 1)
    const wrong: Partial<StandaloneOptions>[] = [
      { trustroot: "0x12" },
      { realm: "realm1" },
      { verifyingContract: "no" },
      { refreshMs: 0 },
      { timeoutMs: Number.NaN },
      { source: "http://example.org/bundle" },
      { source: "bundle.json" },
    ]
    for (const options of wrong)
      assert.throws(() => new Desk(first, options), { code: "usage.invalid" }, JSON.stringify(options))
  })
})
