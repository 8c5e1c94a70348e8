import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { generate } from "../../scripts/generate-vectors.ts"
import { chainToJson } from "../../src/certificate/issue.ts"
import { startEmbeddedChain } from "../../src/chain/embedded.ts"
import { durationOption, integerOption, momentOption } from "../../src/cli/options.ts"
import type { Verdict } from "../../src/cli/verdict.ts"
import { publishDocument } from "../../src/store/bundle-file.ts"
import { refuses } from "../arbitrary.ts"
import { VECTORS } from "../certificate/vectors.ts"
import { after as bundleAfter, firstDocument } from "../trust/standalone/bundles.ts"
import { buildChain, NOW, party, REALM } from "../trust/chains.ts"
import { startWorld } from "../world.ts"
import { failed, runHere, type Ended } from "./in-process.ts"

const vectors = fileURLToPath(new URL("../vectors/", import.meta.url))
const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url))
const SPECIFICATION = join(vectors, "specification-chain.json")
const ROOT = "0xf766Dc789CF04CD18aE75af2c5fAf2DA6650Ff57"
const NOBODY = "0x00000000000000000000000000000000000000AA"
/** What is right for the specification's chain. */
const RIGHT = {
  "--trustroot": ROOT,
  "--realm": "0xA6e693CC4A2b4F1400391a728D26369D9b82ef96",
  "--chain-id": "1",
  "--contract": ROOT,
  "--block": "15212703",
}
const RULES = Array.from({ length: 18 }, (_, i) => `CCR-${i + 1}`)

type Fields = Verdict & { readonly believed: Readonly<Record<string, unknown>> }
const fieldsOf = ({ out }: Ended): Fields => {
  assert.equal(out.trim().split("\n").length, 1, `one JSON object, not: ${out}`)
  return JSON.parse(out) as Fields
}
const brokenIn = ({ rules }: Verdict): string[] => rules.filter(({ ok }) => ok === false).map(({ rule }) => rule)
const verify = (file: string, options: Readonly<Record<string, string>>, ...more: string[]): Promise<Ended> =>
  runHere("verify", file, ...Object.entries(options).flat(), ...more)

describe("verify", function () {
  this.timeout(60_000)
  let folder: string
  before(async () => (folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-"))))
  after(() => rm(folder, { recursive: true, force: true }))

  async function file(name: string, text: string): Promise<string> {
    const path = join(folder, name)
    await writeFile(path, text)
    return path
  }

  describe("the specification's chain", () => {
    it("is accepted with the right options, rule by rule", async () => {
      const ended = await verify(SPECIFICATION, RIGHT)
      assert.equal(ended.code, 0, ended.err)
      assert.equal(ended.err, "")
      const lines = ended.out.split("\n")
      assert.deepEqual(
        lines.slice(0, 18).map((line) => line.split(/ {2,}/, 2)),
        RULES.map((rule) => [rule, "pass"]),
      )
      assert.match(ended.out, /believed {2}what was stated here/)
      assert.match(ended.out, new RegExp(`accepted {2}delegate ${VECTORS[0]!.recovered}`))
    })

    it("says the same to programs", async () => {
      const ended = await verify(SPECIFICATION, RIGHT, "--json")
      assert.equal(ended.code, 0, ended.err)
      const { ok, code, rules, believed } = fieldsOf(ended)
      assert.deepEqual({ ok, code }, { ok: true, code: null })
      assert.deepEqual(
        rules.map(({ rule, ok }) => [rule, ok]),
        RULES.map((rule) => [rule, true]),
      )
      assert.match(rules[12]?.note ?? "", /a file proves no key/)
      assert.match(rules[15]?.note ?? "", /age was not asked/)
      assert.deepEqual(believed, {
        model: "stated",
        realm: RIGHT["--realm"],
        chainId: "1",
        contract: ROOT,
        block: "15212703",
        trustroots: [ROOT],
      })
    })

    const WRONG: readonly [keyof typeof RIGHT, string, string, string][] = [
      ["--trustroot", NOBODY, "CCR-4", "trust.root"],
      ["--realm", NOBODY, "CCR-2", "trust.realm"],
      ["--chain-id", "2", "CCR-1", "trust.context"],
      ["--contract", NOBODY, "CCR-1", "trust.context"],
      ["--block", "15212702", "CCR-1", "trust.context"],
    ]
    for (const [option, value, rule, code] of WRONG) {
      it(`is refused with another ${option}`, async () => {
        const ended = await verify(SPECIFICATION, { ...RIGHT, [option]: value }, "--json")
        failed(ended, 1, code)
        const verdict = fieldsOf(ended)
        assert.deepEqual([verdict.ok, verdict.code, brokenIn(verdict)], [false, code, [rule]])
        const text = await verify(SPECIFICATION, { ...RIGHT, [option]: value })
        failed(text, 1, code)
        assert.match(text.out, new RegExp(`^${rule} +REFUSED `, "m"))
        assert.match(text.out, new RegExp(`^refused {3}${code}$`, "m"))
      })
    }

    it("is judged by age only where that is asked", async () => {
      const booted = Number(BigInt(VECTORS[0]!.message["bootedAt"]!) / 1_000_000_000n)
      const at = (now: number, ...more: string[]) => verify(SPECIFICATION, RIGHT, "--now", String(now), ...more)
      assert.equal((await at(booted + 86_400 + 300, "--max-age", "24h")).code, 0)
      failed(await at(booted + 86_400 + 302, "--max-age", "24h"), 1, "trust.age")
      failed(await at(booted + 86_400 + 302, "--max-age", "86400"), 1, "trust.age")
      assert.equal((await at(booted + 86_400 + 302)).code, 0)
      failed(await at(booted - 301), 1, "trust.age")
    })

    it("is judged by the proven key only where that is asked", async () => {
      const key = VECTORS[0]!.message["csPubKey"]!
      assert.equal((await verify(SPECIFICATION, RIGHT, "--proven-key", key)).code, 0)
      failed(await verify(SPECIFICATION, RIGHT, "--proven-key", "11".repeat(32)), 1, "trust.possession")
    })
  })

  describe("the cases of test/vectors/chains", () => {
    const cases = generate()

    it("are the ones that the script writes", async () => {
      const files = (await readdir(join(vectors, "chains"))).filter((name) => name.endsWith(".json"))
      assert.deepEqual(files.sort(), Object.keys(cases).sort())
      for (const name of files) assert.equal(await readFile(join(vectors, "chains", name), "utf8"), cases[name], name)
    })

    it("have an accepted and a refused one for every rule", () => {
      for (const rule of RULES) {
        assert.ok(cases[`${rule}.ok.json`], rule)
        assert.ok(cases[`${rule}.refused.json`], rule)
      }
    })

    for (const [name, text] of Object.entries(cases)) {
      it(name, async () => {
        const { expect } = JSON.parse(text) as { expect: { ok: boolean; rule?: string; code?: string } }
        assert.equal(expect.ok, name.endsWith(".ok.json"))
        const ended = await runHere("--json", "verify", "--case", join(vectors, "chains", name))
        const verdict = fieldsOf(ended)
        assert.equal(ended.code, expect.ok ? 0 : 1)
        assert.equal(verdict.ok, expect.ok)
        assert.equal(verdict.code, expect.code ?? null)
        assert.deepEqual(brokenIn(verdict), expect.ok ? [] : [expect.rule])
        assert.deepEqual(
          verdict.rules.map(({ rule }) => rule),
          RULES,
        )
      })
    }

    it("leave rules unjudged that have nothing to speak of", async () => {
      const judged = async (name: string): Promise<string[]> => {
        const verdict = fieldsOf(await runHere("--json", "verify", "--case", join(vectors, "chains", name)))
        return verdict.rules.filter(({ ok }) => ok !== null).map(({ rule }) => rule)
      }
      assert.deepEqual(await judged("CCR-15.refused.json"), ["CCR-3", "CCR-15"])
      assert.deepEqual(await judged("CCR-17.refused.json"), ["CCR-17"])
      assert.deepEqual(await judged("CCR-18.refused.json"), ["CCR-18"])
      const text = await runHere("verify", "--case", join(vectors, "chains", "CCR-3.refused.json"))
      assert.equal(text.out.match(/^CCR-\d+ +not judged /gm)?.length, 16)
    })
  })

  describe("what is no chain", () => {
    const good = () => readFile(SPECIFICATION, "utf8")
    const INPUTS: readonly [string, () => string | Promise<string>, string][] = [
      ["an empty file", () => "", "certificate.malformed"],
      ["no JSON", () => "[[", "certificate.malformed"],
      ["an empty list", () => "[]", "certificate.malformed"],
      ["a case where a chain is expected", () => generate()["CCR-1.ok.json"] ?? "", "certificate.malformed"],
      ["a number that lost digits", async () => (await good()).replace(/\d{19}/, "1.6e18"), "certificate.malformed"],
      ["more than a chain can have", () => `[${" ".repeat(300_000)}]`, "certificate.malformed"],
      ["more than is read", () => " ".repeat(1_048_577), "certificate.malformed"],
    ]
    for (const [name, text, code] of INPUTS) {
      it(`refuses ${name}`, async () => {
        failed(await verify(await file("input.json", await text()), RIGHT), 1, code)
        const { ok, code: said } = fieldsOf(await verify(join(folder, "input.json"), RIGHT, "--json"))
        assert.deepEqual([ok, said], [false, code])
      })
    }

    it("reads no more than a file can need, of a case neither", async () => {
      const path = await file("long.json", " ".repeat(1_048_577))
      assert.match((await runHere("verify", "--case", path)).err, /has over 1048576 bytes/)
    })

    it("refuses bytes that are no text", async () => {
      await writeFile(join(folder, "bytes"), Uint8Array.of(0x5b, 0xff, 0x5d))
      failed(await verify(join(folder, "bytes"), RIGHT), 1, "certificate.malformed")
    })

    it("refuses a missing file and a folder", async () => {
      failed(await verify(join(folder, "absent.json"), RIGHT), 1, "store.missing")
      failed(await verify(folder, RIGHT), 1, "store.io")
    })

    for (const [name, change] of Object.entries<(text: string) => string>({
      "no object": () => "[]",
      "no JSON": (text) => text.slice(1),
      "no trust": (text) => text.replace('"trust"', '"other"'),
      "no policy": (text) => text.replace('"policy"', '"other"'),
      "a wrong realm": (text) => text.replace('"realm": "0x', '"realm": "'),
      "a wrong block": (text) => text.replace('"block": 1000', '"block": "1000"'),
      "a wrong time": (text) => text.replace('"now": 1', '"now": -1'),
      "trustroots that are no list": (text) => text.replace(/"trustroots": \[[^\]]*\]/, '"trustroots": 1'),
      "a revocation that is no digest": (text) => text.replace('"revoked": []', '"revoked": ["0x12"]'),
      "an epoch without a block": (text) => text.replace('"epochs": []', `"epochs": [{ "issuer": "${ROOT}" }]`),
    })) {
      it(`refuses a case with ${name}`, async () => {
        const text = generate()["CCR-2.ok.json"] ?? ""
        const changed = change(text)
        assert.notEqual(changed, text)
        failed(await runHere("verify", "--case", await file("case.json", changed)), 1, "certificate.malformed")
      })
    }
  })

  describe("wrong usage", () => {
    const USAGE: readonly [string, string[], RegExp][] = [
      ["no realm", [], /--realm is missing/],
      ["offline without all of it", ["--trustroot", ROOT, "--realm", ROOT, "--block", "1"], /--chain-id is missing/],
      ["a bundle without its signer", ["--bundle", "b.json", "--realm", ROOT], /--trustroot is missing/],
      [
        "a bundle with a block",
        ["--bundle", "b.json", "--realm", ROOT, "--block", "1"],
        /--block does not go with a bundle/,
      ],
      ["a chain id without a trustroot", ["--chain-id", "1"], /--trustroot/],
      ["a realm that is no address", ["--realm", "realm1"], /--realm "realm1"/],
      ["a case with other options", ["--case", "--realm", ROOT], /--case with another option \(realm\)/],
      ["a moment that is none", ["--realm", ROOT, "--now", "yesterday"], /--now "yesterday"/],
      ["an age that is none", ["--realm", ROOT, "--max-age", "1w"], /--max-age "1w"/],
      ["a key that is none", ["--realm", ROOT, "--proven-key", "12"], /--proven-key "12"/],
    ]
    for (const [name, options, word] of USAGE) {
      it(name, async () => {
        const ended = await runHere("verify", SPECIFICATION, ...options)
        failed(ended, 2, "usage.invalid")
        assert.match(ended.err, word)
      })
    }

    it("reads integers, spans and moments", () => {
      assert.equal(integerOption("18446744073709551617", "--block"), 2n ** 64n + 1n)
      for (const text of ["", "-1", "0x10", "1.0", `${2n ** 256n}`])
        refuses(() => integerOption(text, "--block"), "usage.invalid")
      assert.deepEqual(
        ["90", "90s", "2m", "24h", "7d"].map((text) => durationOption(text, "--max-age")),
        [90_000, 90_000, 120_000, 86_400_000, 604_800_000],
      )
      for (const text of ["", "h", "-1h", "1.5h", "1y"])
        refuses(() => durationOption(text, "--max-age"), "usage.invalid")
      assert.equal(momentOption("1700000000", "--now"), 1_700_000_000_000)
      assert.equal(momentOption("2023-11-14T22:13:20Z", "--now"), 1_700_000_000_000)
      for (const text of ["", "2023-11-14", "2023-99-14T22:13:20Z", "1700000000000"])
        refuses(() => momentOption(text, "--now"), "usage.invalid")
    })
  })

  it("asks a standalone trustroot's bundle, and no chain", async () => {
    const chain = buildChain()
    const document = firstDocument()
    const [path, revoking] = [join(folder, "standalone.json"), join(folder, "revoking.json")]
    await writeFile(path, chainToJson(chain))
    await publishDocument(join(folder, "bundle.json"), document)
    await publishDocument(revoking, bundleAfter(document, { revoke: [chain[1]!.digest] }))
    const options = { "--realm": REALM, "--trustroot": party("root").address, "--now": String(NOW / 1_000) }
    const by = (bundle: string, more: Record<string, string> = {}) =>
      verify(path, { ...options, "--bundle": bundle, ...more }, "--json")
    const accepted = await by(join(folder, "bundle.json"))
    assert.equal(accepted.code, 0, accepted.err)
    assert.equal(fieldsOf(accepted).believed["model"], "standalone")
    failed(await by(revoking), 1, "trust.revoked")
    failed(await by(join(folder, "bundle.json"), { "--trustroot": NOBODY }), 1, "trustroot.signature")
    failed(await by(join(folder, "bundle.json"), { "--realm": NOBODY }), 1, "trustroot.context")
    failed(await by(join(folder, "bundle.json"), { "--chain-id": "1" }), 1, "trustroot.context")
    failed(await by(join(folder, "bundle.json"), { "--now": String(NOW / 1_000 + 3_600) }), 1, "trustroot.expired")
    failed(await by(path), 1, "trustroot.malformed")
    failed(await by(join(folder, "absent.json")), 1, "store.missing")
  })

  it("reads standard input as a program of its own", async () => {
    const args = [MAIN, "verify", "-", ...Object.entries({ ...RIGHT, "--block": "1" }).flat()]
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"] })
    let [out, err] = ["", ""]
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()))
    child.stdin.end(await readFile(SPECIFICATION))
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve))
    assert.match(out, /^CCR-1 +REFUSED /)
    failed({ code: code ?? -1, out, err }, 1, "trust.context")
  })
})

describe("verify against a chain", function () {
  this.timeout(60_000)
  let folder: string
  let served: Awaited<ReturnType<typeof startEmbeddedChain>>
  let world: Awaited<ReturnType<typeof startWorld>>
  let global: string[]
  before(async () => {
    served = await startEmbeddedChain({ port: 0 })
    world = await startWorld(served)
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-"))
    await writeFile(join(folder, "registries.json"), JSON.stringify(world.deployment))
    global = ["--json", "--rpc", served.url ?? "", "--deployment", join(folder, "registries.json")]
  })
  after(async () => {
    await world.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it("believes the registries, says so, and refuses what they revoked", async () => {
    const { realm, machine } = await world.foundRealm(world.owner)
    const pump = await machine(0)
    const path = join(folder, "chain.json")
    await writeFile(path, chainToJson(pump.certificates))
    const args = [...global, "verify", path, "--realm", realm]
    const before = await runHere(...args)
    assert.equal(before.code, 0, before.err)
    const { believed } = fieldsOf(before)
    assert.equal(believed["model"], "on-chain")
    assert.ok(["single-rpc", "quorum", "light-client", "pinned"].includes(String(believed["level"])))
    assert.match(String(believed["block"]), /^\d+$/)
    await world.revoke(pump)
    const after = await runHere(...args)
    failed(after, 1, "trust.revoked")
    assert.deepEqual(brokenIn(fieldsOf(after)), ["CCR-16"])
    failed(await runHere(...args.slice(0, -1), NOBODY), 1, "trust.realm")
  })

  it("asks several nodes, which need not be believed one by one", async () => {
    const { realm, machine } = await world.foundRealm(world.owner)
    const path = join(folder, "proven.json")
    await writeFile(path, chainToJson((await machine(1)).certificates))
    const args = [...global, "verify", path, "--realm", realm, "--quorum"]
    const same = await runHere(...args, `${served.url}, ${served.url}`)
    assert.equal(same.code, 0, same.err)
    const { believed } = fieldsOf(same)
    assert.equal(believed["level"], "quorum")
    assert.match(String(believed["blockHash"]), /^0x[0-9a-f]{64}$/)
    failed(await runHere(...args, "http://127.0.0.1:9"), 1, "chain.no_quorum")
    failed(await runHere(...args, "localhost"), 2, "usage.invalid")
    failed(await runHere(...args, served.url ?? "", "--trustroot", NOBODY), 2, "usage.invalid")
  })

  it("gives no verdict without a chain or a deployment", async () => {
    const args = ["verify", SPECIFICATION, "--realm", NOBODY]
    failed(await runHere(...global, ...args, "--rpc", "http://127.0.0.1:9"), 1, "chain.unreachable")
    failed(await runHere(...global, ...args, "--deployment", join(folder, "absent.json")), 1, "store.missing")
    failed(await runHere(...global, ...args, "--rpc", "localhost"), 2, "usage.invalid")
  })
})
