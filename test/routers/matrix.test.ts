import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { WebSocket, WebSocketServer } from "ws"
import { MESSAGES, type Cell, type Outcomes, type Road } from "../../scripts/matrix/cells.ts"
import { CONTENT } from "../../scripts/matrix/content.ts"
import { limitIn, LIMITS } from "../../scripts/matrix/limits.ts"
import { measure } from "../../scripts/matrix/measure.ts"
import { OPEN } from "../../scripts/matrix/meet.ts"
import { documented, rowsOf } from "../../scripts/matrix/page.ts"
import { PARTS, run, type Measured } from "../../scripts/matrix/run.ts"
import { CODE } from "../../src/router/messages.ts"
import { startRouter, type Router } from "../../src/router/index.ts"
import { wampy } from "../../src/wamp/wampy.ts"
import { startHostile, type Hostile, type Rewrite } from "../router/hostile.ts"
import { openWampy } from "../world.ts"
import { ROUTER_NAMES, ROUTERS } from "./routers.ts"

const root = new URL("../../", import.meta.url)

// Each router is measured once; the rest compares. Without .ci/routers.sh that is the embedded one alone.
for (const router of ROUTERS) {
  describe(`matrix: endpoints through ${router.name}`, function () {
    this.timeout(300_000)
    let measured: Measured

    before(async () => {
      measured = await run(router)
    })

    for (const part of ["matrix", "mixed"] as const) {
      for (const row of documented(part).filter(([name]) => name === router.name)) {
        it(`over ${String(row[1])}: ${[...new Set(row.slice(2))].join(", ")}`, () => {
          const found = rowsOf(part, [measured]).find(([, over]) => over === row[1])
          const reasons = measured[part].flatMap(({ outcomes }) => Object.values(outcomes).map(({ reason }) => reason))
          assert.deepEqual(found, row, JSON.stringify(reasons.filter(Boolean)))
        })
      }
    }

    const [titles = [], ...facts] = documented("beside")
    for (const [fact = "", ...fates] of facts) {
      const fate = fates[titles.indexOf(router.name) - 1]
      it(`${fact}: ${String(fate)}`, () => {
        assert.equal(measured.beside[fact], fate)
      })
    }

    it("finds nothing else beside the messages", () => {
      assert.deepEqual(
        Object.keys(measured.beside),
        facts.map(([fact]) => fact),
      )
    })
  })
}

describe("matrix: docs/routers.md", () => {
  it("has a row for each client, serialiser and router, and a cell for each kind of message", () => {
    const cells = (part: "matrix" | "mixed") =>
      documented(part)
        .slice(1)
        .flatMap((row) => row.slice(2))
    assert.deepEqual(PARTS, ["matrix", "mixed", "beside"])
    assert.deepEqual([cells("matrix").length, cells("mixed").length], [144, 96])
    assert.deepEqual(documented("matrix")[0], ["router", "over", ...MESSAGES])
    assert.deepEqual(documented("beside")[0], ["", ...ROUTER_NAMES])
    for (const cell of [...cells("matrix"), ...cells("mixed")]) assert.match(cell, /^(passthru|in-band|\[.*\]\(#.*\))$/)
  })

  it("explains each limit under a heading of its own", () => {
    const page = readFileSync(new URL("docs/routers.md", root), "utf8")
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, text]) => text?.toLowerCase().replaceAll(" ", "-"))
    const anchors = new Set(headings.map((name) => `docs/routers.md#${String(name)}`))
    for (const { link } of LIMITS) assert.ok(anchors.has(link), link)
  })
})

describe("matrix: what it takes for a failure", function () {
  this.timeout(60_000)
  const side = { client: "wampy", serializer: "json" } as const
  const road: Road = { near: side, far: side, router: "embedded" }
  const pass: Rewrite = (_direction, message) => message
  let router: Router
  let hostile: Hostile

  before(async () => {
    router = await startRouter()
    hostile = await startHostile(router.url, pass)
  })
  afterEach(() => {
    hostile.rewrite = pass
  })
  after(async () => {
    await hostile.close()
    await router.close()
  })

  /** The kinds that failed, each with why. */
  function failures(outcomes: Outcomes): Record<string, string> {
    return Object.fromEntries(MESSAGES.flatMap((kind) => (outcomes[kind].ok ? [] : [[kind, outcomes[kind].reason]])))
  }

  it("is nothing where nothing is wrong", async () => {
    assert.deepEqual(failures(await measure(road, hostile.url)), {})
  })

  it("is one kind of message that does not arrive, and no other", async () => {
    hostile.rewrite = (_direction, message) => (message[0] === CODE.EVENT ? null : message)
    const found = await measure(road, hostile.url, { patience: 1_500 })
    assert.deepEqual(failures(found), { event: "nothing came within 1500 ms" })
    assert.equal(limitIn(found.event), undefined)
  })

  it("is a part that a router drops", async () => {
    let parts = 0
    hostile.rewrite = (direction, message) => {
      const isPart = message[0] === CODE.RESULT && (message[2] as { progress?: true }).progress === true
      return direction === "toClient" && isPart && parts++ === 1 ? null : message
    }
    const found = failures(await measure(road, hostile.url))
    assert.deepEqual(Object.keys(found), ["progressive"])
    assert.match(String(found["progressive"]), /^payload\.incomplete: /)
  })

  it("is plaintext on the wire, though everything arrives", async () => {
    const open: typeof OPEN = {
      ...OPEN,
      wampy: async (url, serializer) => {
        const session = await openWampy(url, serializer)
        const { connection } = session
        const leak = (): Promise<unknown> => session.client.publish("org.elsewhere", CONTENT.event.args[0] as string)
        const publish: typeof connection.publish = async (...given) => {
          await connection.publish(...given)
          // A key agent publishes, too: signed, and not sealed.
          if (given[1].sealed) await leak()
        }
        return { ...session, connection: { ...connection, publish } }
      },
    }
    const found = failures(await measure(road, hostile.url, { open }))
    assert.deepEqual(Object.keys(found), ["publish", "event"])
    for (const reason of Object.values(found)) assert.match(reason, /^plaintext was seen on the wire: .*the event/)
  })

  it("is another carriage than the endpoint says", async () => {
    let sessions = 0
    const open: typeof OPEN = {
      ...OPEN,
      wampy: async (url, serializer) => {
        const session = await openWampy(url, serializer)
        // The first is the one that answers.
        const carriage = sessions++ === 0 ? "in-band" : "passthru"
        return { ...session, connection: wampy(session.client, { carriage }) }
      },
    }
    const found = failures(await measure(road, hostile.url, { open }))
    const reason = "the endpoint says passthru, the wire in-band"
    assert.deepEqual(found, { result: reason, progressive: reason, error: reason })
  })

  it("is a serialiser that the router does not take, unless that is a limit of this router", async () => {
    const { server, url } = await jsonAlone(router.url)
    try {
      const over = { client: "autobahn", serializer: "cbor" } as const
      const found = async (name: Road["router"]) => (await measure({ near: side, far: over, router: name }, url)).call
      const ours = await found("nexus")
      assert.deepEqual([ours.reason, limitIn(ours)], ["the router takes no session over cbor", undefined])
      assert.equal(limitIn(await found("fox-wamp"))?.name, "JSON alone")
    } finally {
      await new Promise((resolve) => server.close(resolve))
    }
    const gone = (await measure({ near: side, far: side, router: "fox-wamp" }, url)).call
    assert.match(String(gone.reason), /is gone$/)
    assert.equal(limitIn(gone), undefined)
  })
})

/** A way to a router that takes JSON alone. */
async function jsonAlone(target: string) {
  const handleProtocols = (offered: Set<string>): string | false => offered.has("wamp.2.json") && "wamp.2.json"
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols })
  server.on("connection", (client) => {
    if (client.protocol === "") return client.terminate()
    const way = new WebSocket(target, client.protocol)
    const opened = new Promise((resolve) => way.once("open", resolve))
    client.on("message", (frame: Buffer) => void opened.then(() => way.send(frame, { binary: false })))
    way.on("message", (frame: Buffer) => client.send(frame, { binary: false }))
    client.on("close", () => way.close())
    way.on("close", () => client.close())
  })
  await new Promise((resolve) => server.once("listening", resolve))
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

describe("npm run matrix", function () {
  this.timeout(120_000)
  const matrix = (...args: string[]) => {
    const { NEXUS: _nexus, CROSSBAR: _crossbar, FOX_WAMP: _foxWamp, ...env } = process.env
    const program = fileURLToPath(new URL("scripts/matrix.ts", root))
    return spawnSync(process.execPath, [program, "--here", ...args], { encoding: "utf8", env })
  }

  it("gives one list with --json, and exits with 0 when all is well", () => {
    const { status, stdout, stderr } = matrix("--json", "--router", "embedded")
    const cells = JSON.parse(stdout) as Cell[]
    assert.deepEqual([status, stderr, cells.length], [0, "", 36])
    const kinds = new Set(cells.map((cell) => Object.keys(cell).join()))
    assert.deepEqual([...kinds], ["client,serializer,router,message,ok,carriage,reason"])
    assert.ok(cells.every(({ ok, carriage, reason }) => ok && carriage === "passthru" && reason === null))
  })

  it("says which router is not to be had, and exits with 1", () => {
    const { status, stdout, stderr } = matrix("--json", "--router", "nexus")
    const cells = JSON.parse(stdout) as Cell[]
    assert.deepEqual([status, cells.length], [1, 36])
    assert.match(stderr, /nexus IS NOT TO BE HAD/)
    assert.ok(cells.every(({ ok, reason }) => !ok && reason === "nexus is not to be had here, so nothing was measured"))
  })

  it("refuses options that it does not know", () => {
    for (const args of [["--jsn"], ["--write", "--router", "embedded"]]) {
      const { status, stderr, stdout } = matrix(...args)
      assert.deepEqual([status, stdout], [2, ""])
      assert.match(stderr, /usage: npm run matrix/)
    }
  })
})
