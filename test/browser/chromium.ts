import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findPlaintext } from "../../scripts/plaintext-search.ts"
import { capabilityBits } from "../../src/certificate/capabilities.ts"
import { delegateChain, operatorCertificate, randomSecret, rootCertificate } from "../../src/certificate/enrol.ts"
import { chainToJson } from "../../src/certificate/issue.ts"
import { addressOfKey } from "../../src/certificate/signature.ts"
import { toHex } from "../../src/core/bytes.ts"
import {
  ApplicationError,
  createEndpoint,
  documentOf,
  documentToJson,
  firstBundle,
  signBundle,
  standalone,
  type Endpoint,
} from "../../src/index.ts"
import { startRouter } from "../../src/router/index.ts"
import { autobahn } from "../../src/wamp/autobahn.ts"
import { startHostile } from "../router/hostile.ts"
import { named } from "../trust/chains.ts"
import { autobahnClient, opened, until } from "../world.ts"
import { bundle, sizes } from "./bundles.ts"
import { AUTOBAHN_ADD, CANARY, ECHO, FAIL, NEVER, NEWS, RELAY, SCOPES, SUM, type Report, type Stage } from "./stage.ts"

const TIME_LIMIT = 50_000
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]
const EXPECTED = {
  curves: "noble",
  "autobahn calls wampy": 5,
  "wampy calls autobahn": 9,
  "Node calls wampy": 13,
  "Node calls autobahn": 17,
  "trust of wampy": "standalone",
  "trust of autobahn": "first-use",
  pins: ["peer", "peer", "realm"],
  desk: conversation("desk"),
  panel: conversation("panel"),
  outside: "session.outside_scope",
  "after an attack": [CANARY, 2],
  "after a restart": [CANARY, CANARY, 3, 7],
  errors: [],
}

function conversation(name: string): object {
  return {
    echoed: true,
    parts: [3, 6],
    sum: 6,
    failure: ["com.example.error.dry", [CANARY]],
    cancelled: "session.cancelled",
    news: `to ${name}: ${CANARY}`,
  }
}

/** A realm of one operator, without a chain: a bundle says who is in it. */
function foundRealm() {
  const rootKey = randomSecret()
  const operatorKey = randomSecret()
  const trustroot = addressOfKey(rootKey)
  const realm = named("a realm of browsers")
  const now = Date.now()
  const place = { chainId: 1n, verifyingContract: trustroot, realm, validFrom: BigInt(Math.floor(now / 1_000)) }
  const above = [operatorCertificate(place, rootKey, addressOfKey(operatorKey)), rootCertificate(place, rootKey)]
  const capabilities = capabilityBits(["provider", "consumer"])
  const machine = () => {
    const csKey = randomSecret()
    return {
      csKey,
      certificates: delegateChain(place, { operatorKey, delegateKey: randomSecret(), csKey, capabilities, now, above }),
    }
  }
  const life = { lifeSeconds: 3_600, refreshSeconds: 60 }
  const document = documentToJson(documentOf(signBundle(firstBundle({ trustroot, realm, now, ...life }), rootKey)))
  return { trustroot, realm, machine, document }
}

/** What Node serves: echo, sum, failure, something that never ends, and calls back into the page. */
async function serve(node: Endpoint, cancelled: unknown[]): Promise<void> {
  await node.register(ECHO, ([value]) => value ?? null)
  await node.register(FAIL, () => {
    throw new ApplicationError("com.example.error.dry", [CANARY])
  })
  await node.register(SUM, async ([first], _kwargs, { input, progress }) => {
    let sum = Number(first)
    for await (const { args } of input ?? []) {
      sum += Number(args[0])
      progress?.([sum])
    }
    return sum
  })
  await node.register(NEVER, ([name], _kwargs, { signal }) => {
    signal.addEventListener("abort", () => cancelled.push(name))
    return new Promise(() => undefined)
  })
  await node.register(RELAY, ([uri, ...args]) => node.call(String(uri), args))
  await node.subscribe(NEWS, ([name, text]) =>
    node.publish(`${NEWS}.${String(name)}`, [`to ${String(name)}: ${String(text)}`]),
  )
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ""
  for await (const part of request) text += String(part)
  return text
}

/** The page in Chromium, its two endpoints and one in Node, through one router; resolves when all was as expected. */
export async function runPage(): Promise<void> {
  const frames: Uint8Array[] = []
  const tap = (_direction: string, _session: number, frame: Uint8Array): void =>
    void frames.push(Uint8Array.from(frame))
  let router = await startRouter({ tap })
  const { port } = router
  const hostile = await startHostile(router.url)
  const { trustroot, realm, machine, document } = foundRealm()
  const cancelled: unknown[] = []

  const { client } = autobahnClient(router.url)
  await opened(client)
  const state = { load: async () => undefined, save: async () => undefined }
  const trust = standalone({ trustroot, realm, source: new TextEncoder().encode(document), state })
  const node = await createEndpoint({ connection: autobahn(client), identity: machine(), trust, scopes: SCOPES })
  await serve(node, cancelled)

  const page = await bundle(PROGRAM)
  let report: (report: Report) => void = () => undefined
  const reported = new Promise<Report>((resolve) => (report = resolve))
  const machineOf = ({ certificates, csKey }: ReturnType<typeof machine>) => ({
    certificates: chainToJson(certificates),
    csKey: toHex(csKey.expose()),
  })
  const server = createServer((request, response) => {
    const answer = (type: string, content: string | Uint8Array): void =>
      void response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(content)
    const { origin } = new URL(`http://${request.headers.host}`)
    const routes: Record<string, () => void | Promise<void>> = {
      "GET /": () => answer("text/html", '<!doctype html><script type="module" src="/page.js"></script>'),
      "GET /page.js": () => answer("text/javascript", page),
      "GET /bundle.json": () => answer("application/json", document),
      "GET /stage": () => {
        const stage: Stage = {
          router: hostile.url,
          bundle: `${origin}/bundle.json`,
          trustroot,
          realm,
          chainId: 1,
          verifyingContract: trustroot,
          machines: { wampy: machineOf(machine()), autobahn: machineOf(machine()) },
        }
        answer("application/json", JSON.stringify(stage))
      },
      "POST /attack": () => {
        for (const link of hostile.links)
          if (link.serializer.name === "cbor") link.send("toClient", [50, "constructor", null])
        answer("text/plain", "")
      },
      "POST /restart": async () => {
        await router.close({ deadlineMs: 50 })
        router = await startRouter({ port, tap })
        answer("text/plain", "")
      },
      "POST /report": async () => {
        report(JSON.parse(await textOf(request)) as Report)
        answer("text/plain", "")
      },
    }
    const route = routes[`${request.method} ${request.url}`]
    if (route === undefined) response.writeHead(404).end()
    else void Promise.resolve(route()).catch((error: unknown) => report({ error: String(error) }))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")

  const profile = await mkdtemp(join(tmpdir(), "wamp-e2ee-chromium-"))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const browser = spawn("chromium", [...FLAGS, `--user-data-dir=${profile}`, url], {
    stdio: ["ignore", "ignore", "pipe"],
  })
  let said = ""
  browser.stderr.on("data", (text: Buffer) => (said = (said + String(text)).slice(-4_000)))
  const gone = once(browser, "exit")
  const timer = setTimeout(
    () => report({ error: `no report within ${TIME_LIMIT} ms; the browser said:\n${said}` }),
    TIME_LIMIT,
  )
  gone.then(
    () => report({ error: `the browser ended; it said:\n${said}` }),
    (error: unknown) => report({ error: `the browser did not start: ${String(error)}` }),
  )
  try {
    const { facts, error } = await reported
    if (error !== undefined) throw new Error(error)
    assert.deepEqual(facts, EXPECTED)
    await until(() => cancelled.length === 2)
    assert.deepEqual(cancelled.toSorted(), ["desk", "panel"])
    const all = Buffer.concat(frames)
    assert.ok(all.includes(AUTOBAHN_ADD), "the router saw URIs")
    assert.equal(findPlaintext(all, [CANARY]), undefined)
  } finally {
    clearTimeout(timer)
    browser.kill()
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 3_000))])
    if (browser.exitCode === null && browser.signalCode === null) browser.kill("SIGKILL")
    server.closeAllConnections()
    server.close()
    await node.close()
    client.close()
    await hostile.close()
    await router.close({ deadlineMs: 50 })
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

const PROGRAM = `
import { tell } from "./test/browser/page.ts"
const report = await tell()
await fetch("/report", { method: "POST", body: JSON.stringify(report) })
`

if (import.meta.main) {
  const began = performance.now()
  const say = (text: string): void => void process.stdout.write(`${text}\n`)
  try {
    for (const [client, { library, withClient }] of Object.entries(await sizes()))
      say(`bundle of ${client}: the library ${library}, with the client ${withClient} (minified, gzip)`)
    await runPage()
    const seconds = Math.round((performance.now() - began) / 1_000)
    say(`Chromium: ${Object.keys(EXPECTED).length} facts as expected (${seconds} s)`)
    process.exitCode = 0
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 1
  }
  process.exit()
}
