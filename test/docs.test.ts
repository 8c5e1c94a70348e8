import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { ERROR_CODES } from "../src/core/errors.ts"

const root = new URL("../", import.meta.url)
const pages = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync(new URL("docs/", root)).map((name) => `docs/${name}`),
].filter((name) => name.endsWith(".md"))

const textOf = (page: string): string => readFileSync(new URL(page, root), "utf8")

/** Text of links and pictures behind code is no link. */
function relativeLinks(page: string): string[] {
  const prose = textOf(page)
    .replace(/^```.*?^```/gms, "")
    .replace(/`[^`\n]*`(?!\])/g, "")
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? "").filter((link) => !/^[a-z]+:/.test(link))
}

/** The name of a heading in a link, as GitHub makes it. */
function anchorsOf(page: string): Set<string> {
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, text]) => text ?? "")
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    ),
  )
}

/** Numbers by the names that they have in the code of key distribution, wherever that is. */
const constants = new Map<string, number[]>()
for (const folder of [
  "src/keys",
  "src/keys/tree",
  "src/attestation",
  "src/session",
  "src/session/members",
  "src/session/messages",
  "src",
])
  for (const name of readdirSync(new URL(`${folder}/`, root)).filter((file) => file.endsWith(".ts")))
    for (const [, names = "", values = ""] of textOf(`${folder}/${name}`).matchAll(
      /const \[?([A-Z_, ]+)\]? = \[?([\d_, ]+)\]?$/gm,
    ))
      for (const [i, one] of names.split(", ").entries())
        constants.set(one, [...(constants.get(one) ?? []), Number(values.split(", ")[i]?.replaceAll("_", ""))])

describe("documents", () => {
  it("give every error code once, in the order of the list, and no other", () => {
    const rows = [...textOf("docs/errors.md").matchAll(/^\| `([^`]+)` +\|/gm)].map(([, code]) => code)
    assert.deepEqual(rows, Object.keys(ERROR_CODES))
  })

  it("name no error code that does not exist", () => {
    const families = [...new Set(Object.keys(ERROR_CODES).map((code) => code.split(".")[0]))].join("|")
    for (const page of pages) {
      const named = textOf(page).matchAll(new RegExp(`\`((?:${families})\\.[a-z_]+)\``, "g"))
      for (const [, code = ""] of named) assert.ok(Object.hasOwn(ERROR_CODES, code), `${page} names ${code}`)
    }
  })

  it("give limits of key distribution as the code has them", () => {
    const [, limits = ""] = /## Limits\n(.*?)\n## /s.exec(textOf("docs/key-states.md")) ?? []
    const rows = [...limits.matchAll(/^\| `([A-Z_]+)` +\| +([\d,]+) \|/gm)]
    assert.ok(rows.length >= 30, `only ${rows.length} limits were found`)
    for (const [, name = "", value = ""] of rows) {
      const values = constants.get(name) ?? []
      const wanted = Number(value.replaceAll(",", ""))
      assert.ok(values.length > 0, `no constant is called ${name}`)
      for (const one of values) assert.equal(one, wanted, name)
    }
  })

  it("link to files and headings that exist", () => {
    let links = 0
    for (const page of pages) {
      for (const link of relativeLinks(page)) {
        links++
        const [path = "", anchor] = link.split("#")
        const target = new URL(path === "" ? page : path, new URL(page, root))
        const name = path === "" ? page : target.href.slice(root.href.length)
        assert.ok(existsSync(new URL(name, root)), `${page} links to ${link}`)
        if (anchor !== undefined) assert.ok(anchorsOf(name).has(anchor), `${page} links to the heading ${link}`)
      }
    }
    assert.ok(links >= 5, `only ${links} links were found`)
  })
})
