import { PinTable, type Pins } from "../../../src/trust/first-use/pin-table.ts"

/** Pins in memory. */
export class MemoryPins implements Pins {
  table = new PinTable()
  writes = 0

  async find(...where: Parameters<Pins["find"]>) {
    return this.table.find(...where)
  }

  async update(...how: Parameters<Pins["update"]>) {
    this.writes++
    return this.table.update(...how)
  }

  /** A person's word for all that is pinned. */
  confirm(kind: "realm" | "peer"): void {
    for (const pin of this.table.pins) if (pin.kind === kind) this.table.put({ ...pin, confirmed: true })
  }
}
