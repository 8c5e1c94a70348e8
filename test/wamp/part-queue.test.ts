import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { E2eeError } from "../../src/core/errors.ts"
import { PartQueue } from "../../src/wamp/part-queue.ts"
import { rejects } from "../arbitrary.ts"

async function all<T>(queue: PartQueue<T>): Promise<T[]> {
  const parts: T[] = []
  for await (const part of queue) parts.push(part)
  return parts
}
const LOST = new E2eeError("session.connection", "lost")

describe("wamp: parts that wait for their reader", () => {
  it("come in order, whether they are there before their reader or after", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer(), fc.boolean())), async (parts) => {
        const queue = new PartQueue<number>()
        const read = all(queue)
        for (const [part, pause] of parts) {
          queue.push(part)
          if (pause) await Promise.resolve()
        }
        queue.end()
        assert.deepEqual(
          await read,
          parts.map(([part]) => part),
        )
      }),
    )
  })

  it("end once, and nothing comes behind the end", async () => {
    const queue = new PartQueue<number>()
    queue.push(1)
    queue.end()
    queue.push(2)
    assert.deepEqual(await all(queue), [1])
    assert.deepEqual(await all(queue), [])
  })

  it("fail their reader at once when the session is lost, and drop what waited", async () => {
    const waiting = new PartQueue<number>()
    const read = all(waiting)
    await Promise.resolve()
    waiting.fail(LOST)
    await rejects(read, "session.connection")
    const full = new PartQueue<number>()
    full.push(1)
    full.fail(LOST)
    full.fail(new E2eeError("session.cancelled", "later"))
    await rejects(all(full), "session.connection")
  })

  it("are no more than 1,024", async () => {
    const queue = new PartQueue<number>()
    for (let i = 0; i < 1_024; i++) queue.push(i)
    const iterator = queue[Symbol.asyncIterator]()
    assert.deepEqual(await iterator.next(), { done: false, value: 0 })
    queue.push(1_024)
    queue.push(1_025)
    await rejects(iterator.next(), "payload.too_large")
  })
})
