import { strict as assert } from "node:assert"
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const { PYTHON_PEER, KEY_VECTOR_CHANGES = "100" } = process.env
const here = fileURLToPath(new URL(".", import.meta.url))
const VECTORS = fileURLToPath(new URL("../vectors/key-distribution.json", import.meta.url))

if (PYTHON_PEER !== undefined) {
  describe("key distribution in Python, written from the documentation", function () {
    this.timeout(300_000)
    const run = (...given: string[]) =>
      spawnSync(PYTHON_PEER, ["-m", "key_distribution", ...given], { cwd: here, encoding: "utf8" })
    let folder: string
    before(() => (folder = mkdtempSync(join(tmpdir(), "key-vectors-"))))
    after(() => rmSync(folder, { recursive: true }))

    it("makes every value of the vectors again, refuses what has to be refused, and notices every change", () => {
      const { status, stdout, stderr } = run(VECTORS, KEY_VECTOR_CHANGES)
      process.stdout.write(stdout.replace(/^/gm, "      ").trimEnd() + "\n")
      assert.equal(status, 0, stderr)
      const [, values = 0, messages = 0] = /^(\d+) values hold.*\n(\d+) messages/.exec(stdout) ?? []
      assert.ok(Number(values) >= 900 && Number(messages) >= 200, stdout)
    })

    for (const [what, from, to] of [
      ["data key", /("key": ?"0x[0-9a-f]{20})(.)/, (digit: string) => (digit === "0" ? "1" : "0")],
      ["code of a refusal", /("code": ?"keys\.package_signatur)(e)/, () => "o"],
    ] as const)
      it(`ends with 1 for another ${what}`, () => {
        const text = readFileSync(VECTORS, "utf8")
        const changed = text.replace(from, (_, before: string, digit: string) => before + to(digit))
        assert.notEqual(changed, text)
        const file = join(folder, "changed.json")
        writeFileSync(file, changed)
        const { status, stdout, stderr } = run(file)
        assert.deepEqual([status, stdout], [1, ""], stderr)
        assert.match(stderr, /Deviation/)
      })
  })
}
