import { strict as assert } from "node:assert"
import { readFileSync, readdirSync } from "node:fs"
import { dirname, join, posix, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"

/** Every file with what it imports: files of ours by their path from src, anything else by its bare name. */
type Graph = ReadonlyMap<string, readonly string[]>

const FLOORS: Readonly<Record<string, number>> = {
  core: 0,
  certificate: 1,
  cryptosign: 1,
  payload: 1,
  trust: 2,
  attestation: 2,
  keys: 3,
  session: 4,
  chain: 5,
  store: 5,
  wamp: 5,
  web: 5,
  zlib: 5,
  device: 5,
  router: 5,
  surface: 6,
  cli: 7,
}

const SRC = join(dirname(fileURLToPath(import.meta.url)), "..", "src")
const NAMES = String.raw`(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\w+|(?:\w+\s*,\s*)?\{[^}]*\}|\w+\s*,\s*\*\s+as\s+\w+)`
const IMPORT = new RegExp(
  String.raw`^(?:import|export)\s+(?:${NAMES}\s+from\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)`,
  "gm",
)

function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, named, dynamic]) => named ?? dynamic ?? "")
}

function graphOf(texts: ReadonlyMap<string, string>): Graph {
  const graph = new Map<string, string[]>()
  for (const [file, text] of texts) {
    const targets = importsOf(text).map((name) => (name.startsWith(".") ? posix.join(posix.dirname(file), name) : name))
    graph.set(file, targets)
  }
  return graph
}

function roomOf(file: string): string {
  return file.includes("/") ? (file.split("/", 1)[0] ?? "") : "surface"
}

/** One line for each fault of a graph; none when it is sound. */
function faultsOf(graph: Graph): string[] {
  const faults: string[] = []
  for (const [file, targets] of graph) {
    const room = roomOf(file)
    const floor = FLOORS[room]
    if (floor === undefined) faults.push(`${file}: the room ${room} has no floor`)
    for (const target of targets.filter(isOurs)) {
      const other = roomOf(target)
      const below = FLOORS[other]
      if (!graph.has(target)) faults.push(`${file}: imports ${target}, which is not there`)
      else if (floor === undefined || below === undefined || other === room) continue
      else if (below > floor) faults.push(`${file}: upward import of ${target}`)
      else if (below === floor) faults.push(`${file}: sideways import of ${target}`)
      else if (room === "router" && other !== "core" && other !== "cryptosign")
        faults.push(`${file}: the router may import core and cryptosign alone, not ${target}`)
      else if (room === "cryptosign" && other !== "core")
        faults.push(`${file}: what the router uses may import core alone, not ${target}`)
    }
  }
  return [...faults, ...circlesOf(graph)]
}

function circlesOf(graph: Graph): string[] {
  const circles: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) circles.push(`circle: ${[...path.slice(at), file].join(" > ")}`)
    if (at >= 0 || done.has(file)) return
    for (const target of graph.get(file) ?? []) if (isOurs(target)) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
  return circles
}

function reachableFrom(graph: Graph, start: string): Set<string> {
  const reached = new Set<string>()
  const waiting = [start]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue
    reached.add(file)
    waiting.push(...(graph.get(file) ?? []))
  }
  return reached
}

function tooHeavy(reached: Iterable<string>): string[] {
  return [...reached].filter(
    (name) => !name.endsWith(".ts") && /^(viem|ws|@noble\/post-quantum|node:.*)(\/|$)/.test(name),
  )
}

function isOurs(name: string): boolean {
  return name.endsWith(".ts")
}

function made(files: Readonly<Record<string, readonly string[]>>): Graph {
  return new Map(Object.entries(files))
}

describe("architecture", () => {
  const texts = new Map(
    readdirSync(SRC, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(SRC, path).split(sep).join("/"), readFileSync(path, "utf8")] as const),
  )
  const graph = graphOf(texts)

  it("sees every import statement", () => {
    for (const [file, text] of texts) {
      const statements = text.match(/^import\b/gm)?.length ?? 0
      const seen = importsOf(text).length
      assert.ok(seen >= statements, `${file}: ${statements} import statements, ${seen} seen`)
    }
    assert.ok([...graph.values()].flat().length > 200)
  })

  it("has no upward or sideways import and no circle", () => {
    assert.deepEqual(faultsOf(graph), [])
  })

  it("lets the chain rules alone mint verified delegates", () => {
    const named = [...texts].filter(([, text]) => text.includes("mintVerifiedDelegate")).map(([file]) => file)
    assert.deepEqual(named.sort(), ["trust/judge.ts", "trust/verified-delegate.ts"])
    const importers = [...graph].filter(([, targets]) => targets.includes("trust/verified-delegate.ts"))
    assert.ok(importers.length > 1)
  })

  it("lets verification alone mint verified quotes, and appraisal alone verified platforms", () => {
    const namers = (name: string): string[] =>
      [...texts]
        .filter(([, text]) => text.includes(name))
        .map(([file]) => file)
        .sort()
    assert.deepEqual(namers("mintVerifiedQuote"), ["attestation/verified.ts", "attestation/verify.ts"])
    assert.deepEqual(namers("mintVerifiedPlatform"), ["attestation/appraise.ts", "attestation/verified.ts"])
  })

  it("loads neither a chain client nor Node from the verification of attestation", () => {
    for (const start of ["attestation/verify.ts", "attestation/appraise.ts", "attestation/evidence.ts"]) {
      const reached = reachableFrom(graph, start)
      assert.ok(reached.has("core/errors.ts"))
      assert.deepEqual(tooHeavy(reached), [])
    }
  })

  it("loads neither a chain client nor Node from the main entry and the adapters", () => {
    assert.ok(reachableFrom(graph, "index.ts").has("session/messages/sealing.ts"))
    for (const start of ["index.ts", "wamp/wampy.ts", "wamp/autobahn.ts"])
      assert.deepEqual(tooHeavy(reachableFrom(graph, start)), [], start)
  })

  it("loads the verification of evidence with the entry for it alone", () => {
    assert.ok(reachableFrom(graph, "attestation/index.ts").has("attestation/verify.ts"))
    const reached = reachableFrom(graph, "index.ts")
    assert.ok(reached.has("session/members/platforms.ts"))
    for (const heavy of ["attestation/verify.ts", "attestation/tpm/verify.ts", "attestation/nitro/verify.ts"])
      assert.ok(!reached.has(heavy), heavy)
  })

  it("loads no chain client for a standalone trustroot, whether its bundle comes from a URL or a file", () => {
    assert.ok(reachableFrom(graph, "index.ts").has("standalone.ts"))
    for (const start of ["standalone.ts", "store/bundle-file.ts", "store/bundle-state.ts"]) {
      const reached = reachableFrom(graph, start)
      assert.ok(reached.has("trust/standalone/trustroot.ts") || reached.has("trust/standalone/bundle.ts"))
      assert.deepEqual(
        [...reached].filter((name) => /^(viem|ws|hardhat|chain)(\/|$)/.test(name)),
        [],
      )
    }
    assert.deepEqual(tooHeavy(reachableFrom(graph, "standalone.ts")), [])
  })

  describe("the checker itself", () => {
    const sound = {
      "index.ts": ["keys/a.ts"],
      "keys/a.ts": ["core/b.ts", "keys/c.ts"],
      "keys/c.ts": [],
      "core/b.ts": [],
    }
    const cases: readonly [string, Readonly<Record<string, readonly string[]>>, RegExp][] = [
      ["an upward import", { "core/b.ts": ["keys/c.ts"] }, /core\/b\.ts: upward import of keys\/c\.ts/],
      ["an import of the surface", { "keys/c.ts": ["index.ts"] }, /keys\/c\.ts: upward import of index\.ts/],
      ["a sideways import", { "chain/x.ts": ["store/y.ts"], "store/y.ts": [] }, /chain\/x\.ts: sideways import/],
      ["a circle within a room", { "keys/c.ts": ["keys/a.ts"] }, /circle: keys\/a\.ts > keys\/c\.ts > keys\/a\.ts/],
      ["a file that imports itself", { "core/b.ts": ["core/b.ts"] }, /circle: core\/b\.ts > core\/b\.ts/],
      ["a router that looks into payloads", { "router/r.ts": ["keys/c.ts"] }, /may import core and cryptosign alone/],
      ["a room without a floor", { "attic/x.ts": [] }, /attic has no floor/],
      ["an import of nothing", { "keys/c.ts": ["core/gone.ts"] }, /core\/gone\.ts, which is not there/],
    ]

    it("finds a sound graph sound", () => {
      assert.deepEqual(faultsOf(made(sound)), [])
    })

    for (const [name, change, expected] of cases) {
      it(`finds ${name}`, () => {
        const faults = faultsOf(made({ ...sound, ...change }))
        assert.equal(faults.filter((fault) => expected.test(fault)).length, 1, faults.join("\n"))
      })
    }

    it("finds a heavy import behind others", () => {
      const reached = reachableFrom(
        made({ ...sound, "core/b.ts": ["viem/accounts", "node:fs", "ws", "cborg"] }),
        "index.ts",
      )
      assert.deepEqual(tooHeavy(reached).sort(), ["node:fs", "viem/accounts", "ws"])
    })

    it("reads every form of import", () => {
      const text = [
        'import "a"',
        'import b from "b"',
        'import * as c from "c"',
        'import type { D } from "d"',
        'import {\n  e,\n  type E,\n} from "e"',
        'export * from "f"',
        'export { g } from "g"',
        'const h = await import("h")',
        'import i, { j } from "i"',
        'const text = `from "not"`',
      ].join("\n")
      assert.deepEqual(importsOf(text), ["a", "b", "c", "d", "e", "f", "g", "h", "i"])
    })
  })
})
