import { OPERATION_NAMES, OPERATIONS, targetOf, type Operation } from "./operations.ts"
import type { Peer } from "./peers.ts"

/** One Markdown table, padded as prettier pads. A peer that could not be measured is given by its name alone. */
export function tableOf(ours: Record<Operation, number>, peers: readonly (Peer | string)[]): string {
  const titles = peers.map((peer) => (typeof peer === "string" ? peer : peer.title))
  const rows = OPERATION_NAMES.map((operation) => {
    const target = targetOf(operation)
    const others = peers.map((peer) => {
      if (typeof peer === "string") return "not installed"
      const measured = peer.gas[operation]
      return measured ? `${grouped(measured.gas)} ${measured.call}` : ""
    })
    return [OPERATIONS[operation].what, grouped(ours[operation]), target ? grouped(target) : "", ...others]
  })
  return padded([["operation", "gas", "target", ...titles], ...rows])
}

/** What costs more than its target; empty when every target is met. */
export function missedBy(ours: Record<Operation, number>): string[] {
  return OPERATION_NAMES.flatMap((operation) => {
    const target = targetOf(operation)
    if (target === undefined || ours[operation] <= target) return []
    return [`${operation} costs ${grouped(ours[operation])}; its target is ${grouped(target)}`]
  })
}

/** A Markdown table, its titles first, padded as prettier pads. */
export function padded(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n")
}

function grouped(gas: number): string {
  return gas.toLocaleString("en-US")
}
