import assert from "node:assert/strict"
import { spawn, type ChildProcess } from "node:child_process"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Two machines of two operators, by the command line alone. */
describe("the command line", function () {
  this.timeout(600_000)
  let folder: string
  let rpc = ""
  let router = ""
  const children: ChildProcess[] = []

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-"))
    await writeFile(join(folder, "password"), "a password for tests\n", { mode: 0o600 })
    rpc = ((await serve(["chain", "--port", "0"])) as { url: string }).url
    router = ((await serve(["router", "--port", "0"])) as { url: string }).url
  })
  after(async () => {
    await Promise.all(children.map((child) => stop(child)))
    await rm(folder, { recursive: true, force: true })
  })

  function start(args: readonly string[]): ChildProcess {
    const global = ["--password-file", "password", ...(rpc === "" ? [] : ["--rpc", rpc])]
    return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", MAIN, ...global, ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    })
  }

  async function run(...args: string[]): Promise<Ended> {
    const child = start(args)
    let [out, err] = ["", ""]
    child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()))
    child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()))
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve))
    return { code, out, err }
  }

  async function json(...args: string[]): Promise<Record<string, unknown>> {
    const { code, out, err } = await run("--json", ...args)
    assert.equal(code, 0, err)
    return JSON.parse(out) as Record<string, unknown>
  }

  /** Starts what runs until interrupted; resolves to its first line of JSON. */
  async function serve(args: readonly string[]): Promise<unknown> {
    const child = start(["--json", ...args])
    children.push(child)
    return new Promise((resolve, reject) => {
      let out = ""
      let err = ""
      child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()))
      child.stdout?.on("data", (chunk: Buffer) => {
        out += chunk.toString()
        const [line] = out.split("\n")
        if (out.includes("\n")) resolve(JSON.parse(line ?? ""))
      })
      child.on("close", (code) => reject(new Error(`ended with ${code}: ${err}`)))
    })
  }

  async function stop(child: ChildProcess): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    child.kill("SIGINT")
    return new Promise((resolve) => child.on("close", resolve))
  }

  function refused({ code, out, err }: Ended, exit: number, word: RegExp): void {
    assert.equal(code, exit, `${out}${err}`)
    assert.match(err, word)
    assert.equal(err.trim().split("\n").length, 1, `one line, not: ${err}`)
    assert.doesNotMatch(err, /\n\s+at /)
  }

  it("deploys, enrols, admits, issues, calls, and refuses the revoked", async () => {
    for (const [i, name] of ["owner", "op-a", "op-b"].entries())
      await json("key", "new", name, "--development", String(i))
    await json("deploy", "--key", "owner")
    await json("operator", "enroll", "--key", "op-a")
    const { ca } = await json("operator", "enroll", "--key", "op-b")
    const { realm } = await json("realm", "create", "--key", "owner")
    await json("realm", "admit", String(realm), "--key", "owner", "--operator-key", "op-a")
    await json("realm", "admit", String(realm), "--key", "owner", "--operator", String(ca))
    await json("operator", "accept", String(realm), "--key", "op-b", "--realm-file", "deployments/realm.json")
    assert.equal((await json("operator", "show", String(ca)))["status"], "active")
    assert.equal((await json("realm", "show", String(realm)))["policy"], "open")
    await json("delegate", "issue", "pump", "--key", "op-a")
    await json("delegate", "issue", "panel", "--key", "op-b")
    await serve(["register", "com.example.add2", "--as", "pump", "--router", router])
    const answer = await json("call", "com.example.add2", "[2, 3]", "--as", "panel", "--router", router)
    assert.deepEqual(answer["args"], [5])
    await json("delegate", "revoke", "panel", "--key", "op-b")
    await new Promise((resolve) => setTimeout(resolve, 1_100)) // the callee believes a verdict for one second
    refused(await run("call", "com.example.add2", "[2, 3]", "--as", "panel", "--router", router), 1, /trust\.revoked/)
  })

  it("hands out a scope's keys by its owner's signed policy, and proves what was said", async () => {
    const { realm } = JSON.parse(await readFile(join(folder, "deployments/realm.json"), "utf8"))[0][0].message
    for (const name of ["guard", "spare"]) await json("delegate", "issue", name, "--key", "op-a")
    const draft = { realm, uri: "com.plant.", match: "prefix", serial: 1, epochMs: 1_000, generationMs: 600_000 }
    await writeFile(join(folder, "draft.json"), JSON.stringify(draft))
    const { owner, hash } = await json("policy", "sign", "draft.json", "--as", "owner", "--out", "policy.json")
    assert.equal((await json("policy", "show", "policy.json", "--owner", String(owner)))["hash"], hash)
    refused(await run("policy", "show", "policy.json", "--owner", String(realm)), 1, /keys\.policy/)
    const scope = ["--policy", "policy.json", "--policy-owner", String(owner), "--router", router]
    const agent = await serve(["agent", "com.plant.x", "--as", "guard", ...scope])
    assert.deepEqual(agent, { ok: true, event: "agent", uri: "com.plant.x", isAgent: true })
    const keeper = children.at(-1)!
    const standby = (await serve(["agent", "com.plant.x", "--as", "spare", ...scope])) as { isAgent: boolean }
    assert.equal(standby.isAgent, false)
    await serve(["register", "com.plant.add2", "--as", "pump", "--evidence", "evidence", ...scope])
    const call = async (): Promise<unknown> =>
      (await json("call", "com.plant.add2", "[2, 3]", "--as", "guard", ...scope))["args"]
    assert.deepEqual(await call(), [5])
    // Whoever has not the owner's policy has other keys.
    const other = await run("call", "com.plant.add2", "[2, 3]", "--as", "guard", "--router", router)
    refused(other, 1, /keys\.policy/)
    refused(await run("call", "com.plant.add2", "--as", "guard", "--policy", "policy.json"), 2, /--policy-owner/)
    refused(await run("call", "com.plant.add2", "--as", "guard", "--tpm", "none", ...scope), 1, /device\./)

    // The agent is killed; the standby takes its place.
    keeper.kill("SIGKILL")
    await new Promise((resolve) => keeper.on("close", resolve))
    assert.deepEqual(await call(), [5])

    const [file] = await readdir(join(folder, "evidence"))
    const said = await json("judge", join("evidence", file!), "--chain", "signer.json")
    assert.deepEqual(
      [said["what"], said["kind"], said["uri"], said["args"]],
      ["message", "call", "com.plant.add2", [2, 3]],
    )
    assert.equal((await json("verify", "signer.json", "--realm", realm))["accepted"] ?? true, true)
    const bytes = await readFile(join(folder, "evidence", file!))
    bytes[bytes.length - 1]! ^= 1
    await writeFile(join(folder, "changed"), bytes)
    refused(await run("judge", "changed"), 1, /keys\.evidence/)
  })

  it("shows a realm's whole history and proves it, and an operator's", async () => {
    const [realm, ca] = await Promise.all([
      readFile(join(folder, "deployments", "realm.json"), "utf8").then(
        (text) => /"realm":\s*"(0x\w+)"/.exec(text)?.[1],
      ),
      json("key", "show", "op-b").then(({ address }) => String(address)),
    ])
    const { code, out } = await run("--json", "realm", "log", String(realm))
    assert.equal(code, 0)
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    assert.deepEqual(
      lines.slice(0, -1).map(({ sequence, event }) => [sequence, event]),
      ["RealmCreated", "Anchored", "OperatorAccepted", "Anchored", "OperatorAccepted", "Revoked"].map((name, i) => [
        i + 1,
        name,
      ]),
    )
    const { ok, complete, sequence } = lines.at(-1) ?? {}
    assert.deepEqual([ok, complete, sequence], [true, true, 6])
    assert.match(
      (await run("realm", "log", String(realm))).out,
      /^1 {2}block \d+ {2}RealmCreated .*\n[^]*\ncomplete: 6 events/,
    )
    assert.match((await run("operator", "log", ca)).out, /Enrolled[^]*\n1 events add up to the record/)
    const liar = await serveLies(rpc)
    const lied = await run("realm", "log", String(realm), "--rpc", liar.url)
    liar.close()
    refused(lied, 1, /first breaks at event 2.*chain\.log_incomplete/)
    assert.equal(lied.out, "")
    refused(await run("realm", "log", ca), 1, /trust\.unknown_realm/)
    refused(await run("realm", "log", "0x12"), 2, /usage\.invalid/)
  })

  it("publishes to a subscriber", async () => {
    await json("delegate", "issue", "display", "--key", "op-b")
    const child = start(["--json", "subscribe", "com.heat.a", "--as", "display", "--router", router])
    children.push(child)
    const lines: string[] = []
    const event = new Promise<string>((resolve) => {
      let out = ""
      child.stdout?.on("data", (chunk: Buffer) => {
        out += chunk.toString()
        lines.splice(0, lines.length, ...out.trim().split("\n"))
        if (lines.length === 1) void run("publish", "com.heat.a", "[21.5]", "--as", "pump", "--router", router)
        if (lines.length === 2) resolve(lines[1] ?? "")
      })
    })
    assert.deepEqual((JSON.parse(await event) as { args: unknown }).args, [21.5])
    assert.equal(await stop(child), 0)
  })

  it("keeps keys to their owner, encrypted", async () => {
    const file = join(folder, "keystore", "owner.json")
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    assert.doesNotMatch(
      await readFile(file, "utf8"),
      /ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80/,
    )
  })

  it("says what is wrong in one line, with the right exit code", async () => {
    const call = ["call", "com.example.add2", "[1]", "--as", "pump", "--router", router]
    await writeFile(join(folder, "wrong"), "another password\n")
    refused(await run(...call, "--password-file", "wrong"), 1, /store\.password/)
    refused(await run(...call, "--password-file", "absent"), 1, /store\.missing/)
    refused(await run(...call, "--deployment", "absent.json"), 1, /store\.missing/)
    refused(await run(...call, "--rpc", "http://127.0.0.1:9"), 1, /chain\.unreachable/)
    refused(
      await run("call", "com.example.add2", "[1]", "--as", "pump", "--router", "ws://127.0.0.1:9/"),
      1,
      /session\.connection/,
    )
    refused(await run("call", "com.example.add2", "[1]", "--as", "nobody", "--router", router), 1, /store\.missing/)
    refused(await run("call", "com.example.add2", "no list", "--as", "pump", "--router", router), 2, /usage\.invalid/)
    refused(await run("key", "new", "owner", "--development", "1"), 1, /store\.exists/)
    refused(await run("operator", "show", "0x12"), 2, /usage\.invalid/)
    refused(await run("operator", "enroll", "--key", "op-a"), 1, /OperatorExists.*chain\.reverted/)
    for (const args of [["bogus"], ["call"], ["key", "new", "x", "--bogus"], []])
      assert.equal((await run(...args)).code, 2, args.join(" "))
    for (const args of [["--help"], ["--version"], ["call", "--help"], ["realm", "admit", "--help"]])
      assert.equal((await run(...args)).code, 0)
  })
})

/** A node in front of another that keeps the second of several events to itself. */
async function serveLies(rpc: string): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    void (async () => {
      let body = ""
      for await (const chunk of request) body += String(chunk)
      const headers = { "content-type": "application/json" }
      const answer = await fetch(rpc, { method: "POST", headers, body })
      const told = (await answer.json()) as { result?: unknown }
      if (Array.isArray(told.result) && body.includes("eth_getLogs")) told.result.splice(1, 1)
      response.writeHead(200, headers).end(JSON.stringify(told))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
