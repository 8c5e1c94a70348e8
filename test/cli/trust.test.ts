import assert from "node:assert/strict"
import { spawn, type ChildProcess } from "node:child_process"
import { cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { randomSecret } from "../../src/certificate/enrol.ts"
import { addressOfKey } from "../../src/certificate/signature.ts"
import { bundleFile, createKey, openKey } from "../../src/store/index.ts"
import type { BundleDocument } from "../../src/trust/standalone/bundle.ts"
import { signBundle } from "../../src/trust/standalone/issue-bundle.ts"
import { parseBundle, parseDocument } from "../../src/trust/standalone/parse-bundle.ts"
import { startRouter, type Router } from "../../src/router/index.ts"
import { failed, runHere } from "./in-process.ts"

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url))
const PASSWORD = "a password for tests"
const never = new AbortController().signal

/** A realm without a chain, from the trustroot's key to a revoked machine, by the command line alone. */
describe("the command line without a chain", function () {
  this.timeout(60_000)
  let folder: string
  let router: Router
  const keys = new Map<string, `0x${string}`>()
  const children: ChildProcess[] = []
  const at = (name: string): string => join(folder, name)

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-trust-"))
    await writeFile(at("password"), `${PASSWORD}\n`, { mode: 0o600 })
    for (const name of ["root", "heir", "acme", "globex", "stranger"]) {
      const secret = randomSecret()
      keys.set(name, addressOfKey(secret))
      await createKey(at("keystore"), name, secret, { password: PASSWORD, dangerouslyWeakScryptN: 16_384 })
    }
    router = await startRouter()
  })
  after(async () => {
    for (const child of children) child.kill("SIGTERM")
    await router.close()
    await rm(folder, { recursive: true, force: true })
  })

  const address = (name: string): `0x${string}` => keys.get(name) ?? "0x"
  const globals = (): string[] => [
    "--json",
    `--keystore=${at("keystore")}`,
    `--password-file=${at("password")}`,
    // Whoever asks a chain here is refused.
    "--rpc=http://127.0.0.1:9",
    `--deployment=${at("absent.json")}`,
  ]
  const files = (): string[] => ["--bundle", at("bundle.json"), "--realm-file", at("realm.json")]
  const run = (...args: string[]): ReturnType<typeof runHere> => runHere(...globals(), ...args)
  const document = async (name = "bundle.json"): Promise<BundleDocument> =>
    parseDocument(await bundleFile(at(name)).read(never))

  async function json(...args: string[]): Promise<Record<string, unknown>> {
    const { code, out, err } = await run(...args)
    assert.equal(code, 0, err)
    return JSON.parse(out) as Record<string, unknown>
  }

  async function refused(exit: 1 | 2, errorCode: string, ...args: string[]): Promise<void> {
    failed(await run(...args), exit, errorCode)
  }

  async function call(as: string, ...more: string[]): Promise<Awaited<ReturnType<typeof runHere>>> {
    return run("call", "com.example.add2", "[2, 3]", "--as", as, "--router", router.url, ...more)
  }

  it("founds a realm, admits operators and issues machines", async () => {
    const made = await json("trust", "create", "--key", "root", "--refresh", "1s", ...files())
    assert.equal(made["trustroot"], address("root"))
    assert.equal(made["sequence"], 1)
    assert.equal((await stat(at("bundle.json"))).mode & 0o777, 0o644 & ~process.umask())
    const { head } = await document()
    assert.equal(head.bundle.verifyingContract, address("root"))
    assert.equal(head.bundle.notAfter - head.bundle.issuedAt, 7 * 86_400)
    for (const name of ["acme", "globex"])
      await json("trust", "admit", "--key", "root", "--operator", address(name), ...files())
    for (const [machine, operator] of [
      ["pump", "acme"],
      ["desk", "globex"],
    ] as const)
      await json("delegate", "issue", machine, "--key", operator, "--standalone", "--realm-file", at("realm.json"))
  })

  it("calls between machines that trust the bundle, and ends the one that a new bundle revokes", async () => {
    const args = [...globals(), "register", "com.example.add2", "--as", "pump", "--router", router.url]
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", MAIN, ...args, "--trustroot", at("bundle.json")],
      { stdio: ["ignore", "pipe", "ignore"] },
    )
    children.push(child)
    await new Promise((resolve) => child.stdout?.once("data", resolve))
    const trusting = ["--trustroot", at("bundle.json")]
    const answer = await call("desk", ...trusting)
    assert.equal(answer.code, 0, answer.err)
    const { args: values, sender } = JSON.parse(answer.out) as { args: unknown; sender: { source: unknown } }
    assert.deepEqual(values, [5])
    assert.deepEqual(sender.source, { model: "standalone", trustroot: address("root"), sequence: 1 })
    const { realm } = (await document()).head.bundle
    assert.equal((await call("desk", ...trusting, "--realm", realm, "--trustroot-key", address("root"))).code, 0)
    failed(
      await call("desk", ...trusting, "--trustroot-key", address("stranger"), "--trust-state", at("other")),
      1,
      "trustroot.signature",
    )
    failed(await call("desk"), 1, "store.missing") // the deployment file: no silent step from one model to another

    await json("trust", "revoke", "--key", "root", "--delegate", "desk", ...files())
    failed(await call("desk", ...trusting, "--first-use"), 2, "usage.invalid")
    const { head } = await document()
    assert.equal(head.bundle.sequence, 2)
    assert.equal(head.bundle.refreshHint, 1)
    assert.equal(head.bundle.revocations.length, 1)
    await new Promise((resolve) => setTimeout(resolve, 2_100)) // until the callee looks again, and judges again
    const ended = await call("desk", ...trusting)
    assert.equal(ended.code, 1)
    assert.match(ended.err, /\(trust\.revoked\)/)
  })

  it("shows, exports and imports a bundle, and imports no older one", async () => {
    const { head } = await document()
    const shown = await json("trust", "show", at("bundle.json"))
    assert.equal(shown["digest"], head.digest)
    assert.deepEqual(shown["revocations"], head.bundle.revocations)
    const text = await runHere("trust", "show", at("bundle.json"))
    assert.match(text.out, new RegExp(`^realm ${head.bundle.realm}, bundle 2 signed by ${address("root")}\n`))
    await json("trust", "export", at("copy.json"), "--bundle", at("bundle.json"))
    assert.deepEqual(await document("copy.json"), await document())
    const take = ["--trustroot", address("root"), "--realm", head.bundle.realm, "--bundle", at("mine.json")]
    const importing = (name: string, ...more: string[]): string[] => ["trust", "import", at(name), ...take, ...more]
    await json(...importing("copy.json"))
    await cp(at("copy.json"), at("old.json"))
    await json("trust", "renew", "--key", "root", "--life", "2d", "--refresh", "5m", "--bundle", at("bundle.json"))
    await json(...importing("bundle.json"))
    assert.equal((await document("mine.json")).head.bundle.refreshHint, 300)
    await refused(1, "trustroot.rollback", ...importing("old.json"))
    assert.equal((await document("mine.json")).head.bundle.sequence, 3)
    const elsewhere = ["--trust-state", at("elsewhere")]
    await refused(1, "trustroot.context", ...importing("bundle.json", ...elsewhere, "--realm", address("acme")))
    await refused(1, "trustroot.signature", ...importing("bundle.json", ...elsewhere, "--trustroot", address("acme")))
  })

  it("revokes operators, digests and what was issued until now", async () => {
    const before = (await document()).head.bundle
    const digest = "ab".repeat(32)
    await json("trust", "revoke", "--key", "root", ...files(), "--operator", address("globex"), "--digest", digest)
    await json("trust", "revoke", "--key", "root", ...files(), "--epoch", `${address("acme")}=7`)
    await json("trust", "revoke", "--key", "root", ...files(), "--epoch", address("acme"))
    const { revocations, epochs, sequence } = (await document()).head.bundle
    assert.equal(sequence, before.sequence + 3)
    assert.equal(revocations.length, before.revocations.length + 2)
    assert.ok(revocations.includes(`0x${digest}`))
    assert.equal(epochs.length, 1)
    assert.ok(Math.abs(Number(epochs[0]?.validFrom) - Date.now() / 1_000) < 60)
    await refused(2, "usage.invalid", "trust", "revoke", "--key", "root", ...files(), "--epoch", `${address("acme")}=7`)
  })

  it("lists operators where it is told to, and keeps a list from becoming empty", async () => {
    await json("trust", "admit", "--key", "root", "--operator", address("acme"), "--listed", ...files())
    assert.deepEqual((await document()).head.bundle.operators, [address("acme")])
    await json("trust", "admit", "--key", "root", "--operator", address("heir"), ...files())
    assert.equal((await document()).head.bundle.operators?.length, 2)
    for (const name of ["heir", "acme"])
      await json("trust", "revoke", "--key", "root", "--operator", address(name), ...files())
    assert.deepEqual((await document()).head.bundle.operators, [address("acme")])
  })

  it("prints what a key elsewhere has to sign, and publishes it once it is signed", async () => {
    const before = (await document()).head.bundle
    const printed = await runHere("trust", "renew", "--signer", address("root"), "--bundle", at("bundle.json"))
    assert.equal((await document()).head.bundle.sequence, before.sequence)
    const typedData = JSON.parse(printed.out) as { message: unknown }
    const bundle = parseBundle(typedData.message)
    const rootKey = await openKey(at("keystore"), "root", { password: PASSWORD })
    const { signature } = signBundle(bundle, rootKey)
    await writeFile(at("typed.json"), printed.out)
    const attach = ["trust", "attach", at("typed.json"), "--bundle", at("bundle.json"), "--signature"]
    await refused(1, "trustroot.signature", ...attach, (await document()).head.signature)
    await refused(1, "trustroot.malformed", ...attach, "0x12")
    await json(...attach, signature)
    assert.deepEqual((await document()).head.bundle, bundle)
    await refused(1, "trustroot.rollback", ...attach, signature)
  })

  it("rotates with both keys at once, and certifies again who still stands", async () => {
    await json("trust", "rotate", "--key", "root", "--successor-key", "heir", "--overlap", "1h", ...files())
    const { head, handovers } = await document()
    assert.equal(head.bundle.signer, address("heir"))
    assert.equal(handovers.at(-1)?.bundle.signer, address("root"))
    assert.equal(
      head.bundle.roots.find(({ root }) => root === address("root"))?.notAfter,
      handovers.at(-1)!.bundle.issuedAt + 3_600,
    )
    const certificates = JSON.parse(await readFile(at("realm.json"), "utf8")) as [{ message: { issuer: string } }][]
    assert.ok(certificates.every(([{ message }]) => message.issuer === address("heir")))
    await refused(1, "trustroot.signature", "trust", "renew", "--key", "root", "--bundle", at("bundle.json"))
    const answer = await call("pump", "--trustroot", at("bundle.json"), "--scope", "com.example.")
    assert.doesNotMatch(answer.err, /trustroot\./)
  })

  it("rotates to a key elsewhere, which takes over", async () => {
    await json("trust", "rotate", "--key", "heir", "--successor", address("stranger"), ...files())
    assert.deepEqual((await document()).head.bundle.successors, [address("stranger")])
    await json("trust", "renew", "--key", "stranger", "--bundle", at("bundle.json"))
    const { head, handovers } = await document()
    assert.equal(head.bundle.signer, address("stranger"))
    assert.equal(handovers.length, 2)
    await json("trust", "admit", "--key", "stranger", "--operator", address("acme"), ...files())
    const certificates = JSON.parse(await readFile(at("realm.json"), "utf8")) as unknown[]
    assert.equal(certificates.length, 2)
    const take = ["--trustroot", address("root"), "--realm", head.bundle.realm, "--bundle", at("mine.json")]
    await json("trust", "import", at("bundle.json"), ...take)
  })

  it("says what is wrong with the right exit code", async () => {
    const bundle = ["--bundle", at("bundle.json")]
    await refused(1, "store.exists", "trust", "create", "--key", "root", ...files())
    await refused(2, "usage.invalid", "trust", "renew", ...bundle)
    await refused(2, "usage.invalid", "trust", "renew", "--key", "root", "--signer", address("root"), ...bundle)
    await refused(1, "store.missing", "trust", "renew", "--key", "stranger", "--bundle", at("absent.json"))
    await refused(1, "trustroot.malformed", "trust", "renew", "--key", "stranger", ...bundle, "--life", "367d")
    await refused(2, "usage.invalid", "trust", "renew", "--key", "stranger", ...bundle, "--life", "long")
    await refused(2, "usage.invalid", "trust", "revoke", "--key", "stranger", ...files())
    await refused(2, "usage.invalid", "trust", "revoke", "--key", "stranger", ...files(), "--digest", "0x12")
    await refused(
      1,
      "trust.operator",
      "trust",
      "revoke",
      "--key",
      "stranger",
      ...files(),
      "--operator",
      address("heir"),
    )
    await refused(2, "usage.invalid", "trust", "rotate", "--key", "stranger", ...files())
    await refused(1, "trust.root", "trust", "admit", "--key", "acme", "--operator", address("acme"), ...files())
    await refused(
      2,
      "usage.invalid",
      "trust",
      "admit",
      "--signer",
      address("stranger"),
      "--operator",
      address("acme"),
      ...files(),
    )
    await writeFile(at("broken.json"), "{}")
    await refused(1, "trustroot.malformed", "trust", "show", at("broken.json"))
    const altered = (await readFile(at("bundle.json"), "utf8")).replace(/"refreshHint": \d+/, '"refreshHint": 61')
    await writeFile(at("altered.json"), altered)
    await refused(1, "trustroot.signature", "trust", "show", at("altered.json"))
  })
})
