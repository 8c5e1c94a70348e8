import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Wampy } from "wampy"
import { WebSocket } from "ws"
import { capabilityBits } from "../../src/certificate/capabilities.ts"
import { randomSecret } from "../../src/certificate/enrol.ts"
import { toTypedData } from "../../src/certificate/issue.ts"
import { sha256 } from "@noble/hashes/sha2.js"
import { BANKS, KINDS, roleOf } from "../../src/attestation/facts.ts"
import { startEmbeddedChain, writerOf } from "../../src/chain/embedded.ts"
import { attestation, onChain, realms, send } from "../../src/chain/index.ts"
import { withTpm } from "../../src/cli/platform-options.ts"
import { concatBytes, toHex } from "../../src/core/bytes.ts"
import { openAttester, ROUTERS } from "../../src/device/attester.ts"
import { readRegisters } from "../../src/device/registers.ts"
import { cryptosignOf, type RouterAuthentication } from "../../src/cli/router-authentication.ts"
import { ed25519PublicKey } from "../../src/core/ed25519.ts"
import { createEndpoint } from "../../src/index.ts"
import { startRouter } from "../../src/router/index.ts"
import { saveIdentity } from "../../src/store/index.ts"
import { cryptosign, wampy } from "../../src/wamp/wampy.ts"
import { rejects } from "../arbitrary.ts"
import { describeLive, startDevice } from "../device/swtpm.ts"
import { TLS } from "../router/tls/index.ts"
import { startWorld, type Machine } from "../world.ts"
import { failed, runHere } from "./in-process.ts"

const PASSWORD = "a password for tests"
const tlsFile = (name: string): string => fileURLToPath(new URL(`../router/tls/${name}`, import.meta.url))

describe("the command line with cryptosign", function () {
  this.timeout(60_000)
  let folder: string
  let world: Awaited<ReturnType<typeof startWorld>>
  let realm: Awaited<ReturnType<(typeof world)["foundRealm"]>>
  let globals: { rpc: string; deployment: string; keystore: string; passwordFile: string }
  const machines = new Map<string, Machine>()
  const closing: (() => Promise<unknown>)[] = []

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-"))
    world = await startWorld(await startEmbeddedChain({ port: 0 }))
    realm = await world.foundRealm(world.owner)
    const at = (name: string): string => join(folder, name)
    globals = {
      rpc: String(world.chain.url),
      deployment: at("registries.json"),
      keystore: at("keystore"),
      passwordFile: at("password"),
    }
    await writeFile(globals.passwordFile, `${PASSWORD}\n`)
    await writeFile(globals.deployment, JSON.stringify(world.deployment))
    const names = { pump: undefined, desk: undefined, "router-1": capabilityBits(["public-relay"]) }
    for (const [name, capabilities] of Object.entries(names)) {
      const machine = await realm.machine(0, capabilities)
      machines.set(name, machine)
      const texts = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value)
      const certificates = JSON.parse(JSON.stringify(machine.certificates.map(toTypedData), texts)) as unknown[]
      const identity = { certificates, delegateKey: randomSecret(), csKey: machine.csKey }
      await saveIdentity(globals.keystore, name, identity, { password: PASSWORD, dangerouslyWeakScryptN: 2 ** 14 })
    }
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })
  after(async () => {
    await world.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** A router with the options of the command `router`. */
  async function start(options: Partial<RouterAuthentication>, tls = false): Promise<string> {
    const authentication = await cryptosignOf({ allow: [], ...options }, globals)
    const router = await startRouter({
      ...(authentication === undefined ? {} : { authentication: { cryptosign: authentication } }),
      ...(tls ? { tls: TLS } : {}),
    })
    closing.push(() => router.close({ deadlineMs: 50 }))
    return router.url
  }

  const wholeRealm = () => ({ cryptosign: true, trustRealm: realm.realm, as: "router-1" })
  const where = (): string[] =>
    Object.entries({
      "--rpc": globals.rpc,
      "--deployment": globals.deployment,
      "--keystore": globals.keystore,
      "--password-file": globals.passwordFile,
    }).flat()
  const command = (...args: string[]) => runHere(...where(), "--json", ...args)
  const publish = (url: string, ...more: string[]) =>
    command("publish", "com.example.heat", "[21]", "--as", "desk", "--linger", "0", "--router", url, ...more)

  it("proves who it is to a router that asks, and calls through it", async () => {
    const url = await start(wholeRealm())
    const machine = machines.get("pump") as Machine
    const client = new Wampy(url, { realm: "realm1", ws: WebSocket, ...cryptosign(machine) } as never)
    await client.connect()
    const trust = onChain({ client: world.client, deployment: world.deployment, realm: realm.realm })
    const scopes = [{ uri: "com.example.", match: "prefix" }] as const
    const pump = await createEndpoint({ connection: wampy(client), identity: machine, trust, scopes })
    closing.push(() => client.disconnect())
    closing.push(() => pump.close())
    await pump.register("com.example.add", ([a, b]) => Number(a) + Number(b))
    const call = ["call", "com.example.add", "[2, 3]", "--as", "desk", "--router", url]
    for (const more of [[], ["--cryptosign"], ["--verify-router"]]) {
      const { code, out, err } = await command(...call, ...more)
      assert.equal(code, 0, err)
      assert.deepEqual((JSON.parse(out) as { args: unknown }).args, [5])
    }
  })

  describeLive("and a TPM", () => {
    it("shows its platform to a router that asks, by the key for that", async () => {
      const device = await startDevice()
      closing.push(() => device.close())
      const tpm = KINDS["tpm-2.0"]
      const mask = 0x91
      const { deployment } = world
      const { keyName, digest } = await withTpm(device.path, async (opened) => {
        const key = await openAttester(opened, { purpose: ROUTERS })
        const registers = await readRegisters(opened, { bank: BANKS.sha256, mask })
        await key.close()
        return { keyName: toHex(key.keyName), digest: toHex(sha256(concatBytes(...registers))) }
      })
      const window = { notBefore: 0, notAfter: realms.NO_END }
      const [role, bank] = [roleOf("provider"), BANKS.sha256]
      const desk = (machines.get("desk") as Machine).certificates[0]?.certificate
      assert.ok(desk?.kind === "delegate")
      const { delegate } = desk
      for (const call of [
        attestation.setPolicy(deployment, realm.realm, role, {
          required: false,
          kinds: [tpm],
          bank,
          mask,
          maximumAge: 60,
        }),
        attestation.addMeasurement(deployment, realm.realm, role, { kind: tpm, bank, mask, digest, ...window }),
        attestation.enrollAttester(deployment, realm.realm, { kind: tpm, name: keyName, delegate, ...window }),
      ])
        await send(writerOf(world.chain.transport, world.owner), call)
      const url = await start({ ...wholeRealm(), attest: "provider" })
      assert.equal((await publish(url, "--tpm", device.path, "--attest-router")).code, 0)
      failed(await publish(url, "--tpm", device.path), 1, "attestation.absent")
      failed(await publish(url), 1, "attestation.absent")
      failed(await publish(url, "--attest-router"), 2, "usage.invalid")
    })
  })

  it("asks for platforms of a realm's policy alone", async () => {
    await rejects(start({ attest: "provider" }), "usage.invalid")
    await rejects(start({ cryptosign: true, allow: [`${"ab".repeat(32)}=desk`], attest: "provider" }), "usage.invalid")
  })

  it("knows a router by its key", async () => {
    const url = await start(wholeRealm())
    const key = ed25519PublicKey((machines.get("router-1") as Machine).csKey)
    assert.equal((await publish(url, "--router-key", key.slice(2))).code, 0)
    failed(await publish(url, "--router-key", "ab".repeat(32)), 1, "session.authentication")
    failed(await publish(url, "--router-key", "key"), 2, "usage.invalid")
    failed(await publish(url, "--router-key", key, "--verify-router"), 2, "usage.invalid")
  })

  it("shows nothing to a router that does not ask, and nothing more to one that cannot prove itself", async () => {
    const hellos: string[] = []
    const open = await startRouter({
      tap: (direction, _session, frame) =>
        void (direction === "in" && hellos.push(Buffer.from(frame).toString("latin1"))),
    })
    closing.push(() => open.close({ deadlineMs: 50 }))
    assert.equal((await publish(open.url)).code, 0)
    assert.doesNotMatch(hellos[0] ?? "", /authextra|cryptosign/)
    failed(await publish(open.url, "--cryptosign"), 1, "session.authentication")
    failed(
      await publish(await start({ cryptosign: true, trustRealm: realm.realm }), "--verify-router"),
      1,
      "session.authentication",
    )
  })

  it("says that a router refuses this machine", async () => {
    const keys = { cryptosign: true, allow: [`${"ab".repeat(32)}=somebody:else`] }
    failed(await publish(await start(keys)), 1, "session.authentication")
    const elsewhere = await world.foundRealm(world.owner)
    failed(await publish(await start({ cryptosign: true, trustRealm: elsewhere.realm })), 1, "session.authentication")
  })

  it("lets in listed keys by name", async () => {
    const { csKey, certificates } = machines.get("desk") as Machine
    const [delegate] = certificates.map(({ certificate }) => certificate)
    assert.ok(delegate?.kind === "delegate")
    const listed = `${ed25519PublicKey(csKey).slice(2)}=${delegate.delegate}:desk`
    assert.equal((await publish(await start({ cryptosign: true, allow: [listed] }))).code, 0)
    const [only] = (await cryptosignOf({ cryptosign: true, allow: [listed] }, globals))?.keys ?? []
    assert.deepEqual([only?.authid, only?.authrole], [delegate.delegate, "desk"])
  })

  it("cannot bind a session to a router without TLS", async () => {
    failed(await publish(await start(wholeRealm()), "--bind-channel"), 1, "session.authentication")
    failed(await publish(await start({ ...wholeRealm(), bindChannel: true }, false)), 1, "session.authentication")
  })

  it("starts a router as it was told, over TLS, that tells whom it refused", async () => {
    const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url))
    const tls = ["--tls-cert", tlsFile("cert.pem"), "--tls-key", tlsFile("key.pem"), "--bind-channel"]
    const options = ["--cryptosign", "--trust-realm", realm.realm, "--as", "router-1", ...tls]
    const child = spawn(process.execPath, [main, ...where(), "--json", "router", "--port", "0", ...options], {
      stdio: ["ignore", "pipe", "pipe"],
    })
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve))
    closing.push(async () => {
      child.kill("SIGTERM")
      await ended
    })
    const line = (from: NodeJS.ReadableStream): Promise<string> =>
      new Promise((resolve) => {
        let text = ""
        from.on("data", (chunk: Buffer) => {
          text += chunk.toString()
          const refusal = /^.*refused.*$/m.exec(text)
          if (from === child.stdout ? text.includes("\n") : refusal) resolve(refusal?.[0] ?? text)
        })
      })
    const refusal = line(child.stderr)
    const { url } = JSON.parse(await line(child.stdout)) as { url: string }
    assert.match(url, /^wss:/)
    const client = new Wampy(url, {
      realm: "realm1",
      ws: class extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { ca: TLS.cert })
        }
      },
      ...cryptosign(machines.get("desk") as Machine),
      autoReconnect: false,
    } as never)
    await assert.rejects(client.connect())
    assert.match(
      await refusal,
      /^wamp-e2ee: refused a session: it does not bind its channel \(.*authentication_denied\)$/,
    )
  })

  it("says in one line what is wrong with the router's options", async () => {
    const wrong: Partial<RouterAuthentication>[] = [
      { cryptosign: true },
      { allow: ["ab=cd"] },
      { as: "router-1" },
      { bindChannel: true },
      { trustRealm: "0x12" },
      { cryptosign: true, allow: ["key"] },
      { cryptosign: true, trustRealm: "0x12" },
    ]
    for (const options of wrong) await rejects(cryptosignOf({ allow: [], ...options }, globals), "usage.invalid")
    assert.equal(await cryptosignOf({ allow: [] }, globals), undefined)
    failed(await command("router", "--port", "0", "--cryptosign"), 2, "usage.invalid")
    failed(await command("router", "--port", "0", "--tls-cert", "a"), 2, "usage.invalid")
    failed(await command("router", "--port", "0", "--tls-cert", "a", "--tls-key", "b"), 1, "store.missing")
  })
})
