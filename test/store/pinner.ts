import { writeSync } from "node:fs"
import { openPins } from "../../src/store/pins.ts"
import { pinPeer } from "./pinned.ts"

// A process that pins: FILE, the first peer's number, how many, and how many at a time. Prints each once it is saved.
const [path = "", first = "0", count = "0", atOnce = "1"] = process.argv.slice(2)
const store = await openPins(path)
let next = Number(first)
const end = next + Number(count)
const worker = async (): Promise<void> => {
  while (next < end) {
    const number = next++
    await pinPeer(store, number)
    writeSync(1, `${number}\n`)
  }
}
await Promise.all(Array.from({ length: Number(atOnce) }, worker))
