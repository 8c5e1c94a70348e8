import type { Facts } from "./fate.ts"

/** Facts of several routers beside each other, in Markdown. */
export function tableOf(routers: readonly { readonly name: string; readonly facts: Facts }[]): string {
  const facts = [...new Set(routers.flatMap(({ facts }) => Object.keys(facts)))]
  const rows = [
    ["", ...routers.map(({ name }) => name)],
    ["---", ...routers.map(() => "---")],
    ...facts.map((fact) => [fact, ...routers.map(({ facts }) => facts[fact] ?? "-")]),
  ]
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")
}
