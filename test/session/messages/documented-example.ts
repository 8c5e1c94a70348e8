import { readFileSync } from "node:fs"

/** The example of docs/how-it-works.md, from which others implement: name and bytes as hex, lines joined. */
export function documented(): Record<string, string> {
  const page = readFileSync(new URL("../../../docs/how-it-works.md", import.meta.url), "utf8")
  const [, block = ""] = /An example:.*?```text\n(.*?)```/s.exec(page) ?? []
  return Object.fromEntries(
    [...block.matchAll(/^(\w+) +(.*(?:\n .*)*)$/gm)].map(([, name, text = ""]) => [name, text.replace(/\s+/g, "")]),
  )
}
