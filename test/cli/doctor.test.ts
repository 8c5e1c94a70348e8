import assert from "node:assert/strict"
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { WebSocketServer, type WebSocket } from "ws"
import { startEmbeddedChain } from "../../src/chain/embedded.ts"
import type { Deployment } from "../../src/chain/deployment.ts"
import type { Realm } from "../../src/chain/registries/realms.ts"
import { askRouter } from "../../src/cli/doctor/ask-router.ts"
import { look, type Finding, type Seen } from "../../src/cli/doctor/finding.ts"
import * as judge from "../../src/cli/doctor/judge.ts"
import { judgeRouter, type RouterAnswer, type RouterSights } from "../../src/cli/doctor/judge-router.ts"
import { saveRealmFile, type RealmCertificates } from "../../src/cli/realm-file.ts"
import { toTypedData } from "../../src/certificate/issue.ts"
import { randomSecret } from "../../src/certificate/enrol.ts"
import { E2eeError, type ErrorCode } from "../../src/core/errors.ts"
import { startRouter } from "../../src/router/index.ts"
import { createKey, saveIdentity } from "../../src/store/index.ts"
import {
  altered,
  buildChain,
  CHAIN_ID,
  CONTRACT,
  draftChain,
  factsOf,
  factsWith,
  NOW,
  party,
  REALM,
  signChain,
} from "../trust/chains.ts"
import { startWorld } from "../world.ts"
import { failed, runHere, type Ended } from "./in-process.ts"

const seen = <T>(value: T): Seen<T> => ({ ok: true, value })
const unseen = (code: ErrorCode): Seen<never> => ({ ok: false, error: new E2eeError(code, `a message; and advice`) })

/** What a finding has to be: a level, and of a problem its code. */
type Expected = "ok" | "warning" | ErrorCode

function judged(findings: Finding | readonly Finding[], ...expected: Expected[]): void {
  const all = [findings].flat() as Finding[]
  assert.deepEqual(
    all.map(({ level, code }) => code ?? level),
    expected,
    JSON.stringify(all),
  )
  for (const { level, message, code, advice } of all) {
    assert.equal(code === undefined, level !== "problem")
    assert.doesNotMatch(`${message}${advice}`.replace(/undefined$/, ""), /\n|undefined|NaN/)
    if (level === "warning") assert.ok(advice)
  }
}

const DEPLOYMENT: Deployment = {
  chainId: Number(CHAIN_ID),
  operatorRegistry: party("operators").address,
  realmRegistry: CONTRACT,
  block: 1,
} as Deployment
const chain = buildChain()
const CERTIFICATES = chain.slice(2).toReversed() as RealmCertificates
const SECONDS = NOW / 1_000

describe("doctor: judgement", () => {
  it("of Node", () => {
    judged(judge.judgeNode("24.21.0"), "ok")
    judged(judge.judgeNode("20.19.0"), "warning")
    for (const version of ["20.18.3", "18.20.0"]) judged(judge.judgeNode(version), "session.unsupported")
  })

  it("of the library of curves", () => {
    judged(judge.judgeCurves("node:crypto"), "ok")
    judged(judge.judgeCurves("noble"), "warning")
  })

  it("of the deployment file", () => {
    judged(judge.judgeDeployment("f", seen(DEPLOYMENT)), "ok")
    for (const code of ["store.missing", "usage.invalid"] as const)
      judged(judge.judgeDeployment("f", unseen(code)), code)
  })

  it("of the realm file", () => {
    const file = (certificates: Seen<RealmCertificates>, deployment: Seen<Deployment> = seen(DEPLOYMENT)) =>
      judge.judgeRealmFile("f", certificates, deployment)
    judged(file(seen(CERTIFICATES)), "ok")
    judged(file(seen(CERTIFICATES), unseen("store.missing")), "ok")
    judged(file(unseen("store.missing")), "warning")
    judged(file(unseen("certificate.malformed")), "certificate.malformed")
    judged(file(seen(CERTIFICATES), seen({ ...DEPLOYMENT, chainId: 1 })), "trust.context")
    judged(file(seen(CERTIFICATES), seen({ ...DEPLOYMENT, realmRegistry: REALM })), "trust.context")
  })

  const sight = (age: number, chainId = 1): Seen<judge.ChainSight> =>
    seen({ chainId, block: 7n, timestamp: BigInt(SECONDS - age) })
  const live = seen({ ...DEPLOYMENT, chainId: 1 })

  it("of the chain", () => {
    const node = (chain: Seen<judge.ChainSight>, deployment: Seen<Deployment> = live) =>
      judge.judgeChain("http://node", chain, deployment, NOW)
    judged(node(sight(12)), "ok")
    judged(node(sight(60)), "ok")
    judged(node(sight(61)), "chain.stale_head")
    judged(node(sight(9_999, 31_337), seen(DEPLOYMENT)), "ok")
    judged(node(sight(12), unseen("store.missing")), "ok")
    judged(node(sight(12), seen(DEPLOYMENT)), "chain.wrong_chain")
    judged(node(unseen("chain.unreachable")), "chain.unreachable")
  })

  it("of the registries' code", () => {
    judged(judge.judgeRegistries(seen(undefined)), "ok")
    judged(judge.judgeRegistries(unseen("chain.wrong_code")), "chain.wrong_code")
  })

  it("of the realm", () => {
    const root = { ca: party("root").address, validFrom: 1, capabilities: 255 }
    const next = { ...root, ca: party("next root").address }
    const record = (more: Partial<Realm> = {}): Seen<Realm> =>
      seen({ realm: REALM, policy: "open", root, ...more } as Realm)
    judged(judge.judgeRealm(record(), CERTIFICATES), "ok")
    judged(judge.judgeRealm(record(), undefined), "ok")
    judged(judge.judgeRealm(record({ root: next, previousRoot: root }), CERTIFICATES), "warning")
    judged(judge.judgeRealm(record({ root: next }), CERTIFICATES), "trust.root")
    judged(judge.judgeRealm(record({ root: next, realm: CONTRACT }), CERTIFICATES), "ok")
    judged(judge.judgeRealm(undefined, undefined), "warning")
    judged(judge.judgeRealm(unseen("trust.unknown_realm"), undefined), "trust.unknown_realm")
  })

  it("of the clock", () => {
    const clock = (chain: Seen<judge.ChainSight>, ahead?: number) =>
      judge.judgeClock(NOW, chain, ahead === undefined ? undefined : NOW - ahead * 1_000)
    const none = unseen("chain.unreachable")
    judged(clock(sight(12), 1), "ok")
    judged(clock(none, -30), "ok")
    judged(clock(none, 31), "warning")
    judged(clock(none, 300), "warning")
    judged(clock(none, 301), "payload.stale")
    judged(clock(none, -301), "payload.stale")
    judged(clock(sight(-31)), "warning")
    judged(clock(sight(-301)), "payload.stale")
    judged(clock(sight(301)), "payload.stale")
    judged(clock(none), "warning")
    judged(clock(sight(9_999, 31_337)), "warning")
    judged(clock(sight(9_999, 31_337), 0), "ok")
  })

  it("of the keystore", () => {
    const unreadable = (problem: ErrorCode) => ({ name: "x", kind: "unreadable", problem, reason: "why" }) as const
    judged(judge.judgeKeystore("dir", seen([])), "ok")
    judged(judge.judgeKeystore("dir", unseen("store.missing")), "warning")
    judged(judge.judgeKeystore("dir", unseen("store.mode")), "store.mode")
    judged(
      judge.judgeKeystore("dir", seen([unreadable("store.mode"), unreadable("store.corrupt")])),
      "ok",
      "store.mode",
      "store.corrupt",
    )
  })

  describe("of an identity", () => {
    const sight = (more: Partial<judge.IdentitySight> = {}): judge.IdentitySight => ({
      name: "pump",
      csPubKey: party("delegate").csPubKey.slice(2),
      chain: seen(chain),
      facts: seen(factsOf(chain)),
      ...more,
    })
    const of = (more: Partial<judge.IdentitySight> = {}): Finding => judge.judgeIdentity(sight(more), NOW)
    const ending = (inSeconds: number) =>
      signChain(altered(draftChain(), 1, { meta: `notAfter=${SECONDS + inSeconds}` }))
    const day = 86_400

    it("that passes every rule", () => judged(of(), "ok"))
    it("whose chain cannot be read", () =>
      judged(of({ chain: unseen("certificate.malformed"), facts: unseen("store.corrupt") }), "certificate.malformed"))
    it("that holds another key than its certificate names", () =>
      judged(of({ csPubKey: party("stranger").csPubKey.slice(2) }), "trust.possession"))
    it("that is revoked", () => judged(of({ facts: seen(factsWith(chain, 1, { revoked: true })) }), "trust.revoked"))
    it("that is older than its issuer's epoch", () =>
      judged(of({ facts: seen(factsWith(chain, 1, { issuerEpoch: 121n })) }), "trust.superseded"))
    it("whose end is past", () => {
      judged(of({ facts: seen(factsWith(chain, 2, { notAfter: BigInt(SECONDS) })) }), "trust.expired")
      judged(of({ chain: seen(ending(0)), facts: unseen("chain.unreachable") }), "trust.expired")
    })
    it("whose end is near", () => {
      const facts = (inSeconds: number) => seen(factsWith(chain, 1, { notAfter: BigInt(SECONDS + inSeconds) }))
      judged(of({ facts: facts(7 * day - 1) }), "warning")
      judged(of({ facts: facts(7 * day) }), "ok")
      assert.match(of({ facts: facts(3 * day) }).message, /ends in 3 days/)
      assert.match(of({ facts: facts(7_300) }).message, /ends in 2 hours/)
    })
    it("whose operator is not admitted", () =>
      judged(of({ facts: seen(factsOf(chain, { operator: "not-admitted" })) }), "trust.operator"))
    it("that cannot be judged for want of a chain", () =>
      judged(of({ facts: unseen("chain.unreachable"), chain: seen(ending(30 * day)) }), "warning"))
  })

  describe("of a router", () => {
    const features = (...names: string[]) => ({ features: Object.fromEntries(names.map((name) => [name, true])) })
    const PASSTHRU = "payload_passthru_mode"
    const roles = (dealer: unknown, broker: unknown): RouterAnswer => ({
      kind: "welcome",
      details: { roles: { dealer, broker } },
    })
    const full = roles(
      features(PASSTHRU, "pattern_based_registration"),
      features(PASSTHRU, "pattern_based_subscription"),
    )
    const of = (...answers: (RouterAnswer | ErrorCode)[]): Finding[] => {
      const names = ["msgpack", "json", "cbor"] as const
      const sights: RouterSights = new Map(
        answers.map((answer, i) => [
          names[i] ?? "cbor",
          typeof answer === "string" ? unseen(answer) : seen({ answer }),
        ]),
      )
      return judgeRouter("ws://router", "realm1", sights)
    }
    const unspoken: RouterAnswer = { kind: "unspoken" }

    it("that has all", () => judged(of(full, full, full), "ok", "ok"))
    it("that is not there", () => judged(of("session.connection", "session.connection"), "session.connection"))
    it("that speaks nothing of ours", () => judged(of(unspoken, unspoken, unspoken), "session.unsupported"))
    it("that does not speak MessagePack", () => judged(of(unspoken, full, unspoken), "warning", "ok"))
    it("of which one session failed", () => judged(of(full, "session.connection", unspoken), "ok", "ok"))
    it("that refuses the realm", () =>
      judged(of({ kind: "abort", reason: "wamp.error.no_such_realm" }), "ok", "session.router_error"))
    it("that wants to be shown a key", () =>
      judged(of({ kind: "abort", reason: "wamp.error.authentication_required" }), "ok", "warning"))
    it("that asks for authentication", () => judged(of({ kind: "challenge", method: "cryptosign" }), "ok", "warning"))
    it("without passthru for dealer, broker or both", () => {
      const some = features(PASSTHRU)
      for (const answer of [roles(some, features()), roles(features(), some), roles(features(), features())])
        judged(of(answer), "ok", "session.unsupported")
      assert.match(of(roles(some, {}))[1]?.message ?? "", /^broker without/)
    })
    it("without patterns", () => judged(of(roles(features(PASSTHRU), features(PASSTHRU))), "ok", "warning"))
    it("whose details are of another form", () => {
      const truthy = { features: { [PASSTHRU]: "true" } }
      for (const details of [undefined, null, 7, {}, { roles: [] }, { roles: { dealer: truthy, broker: truthy } }])
        judged(of({ kind: "welcome", details }), "ok", "session.unsupported")
    })
  })

  it("of what hangs: it is seen as an error in time, and one that is none of ours as one", async () => {
    const hanging = await look("it", "chain.unreachable", 10, () => new Promise<never>(() => undefined))
    assert.ok(!hanging.ok && hanging.error.code === "chain.unreachable", "a hanging look")
    const thrown = await look("it", "store.io", 1_000, () => Promise.reject(new TypeError("odd")))
    assert.ok(!thrown.ok && thrown.error.code === "store.io", "a thrown TypeError")
    const coded = await look("it", "store.io", 1_000, () => Promise.reject(new E2eeError("store.mode", "m")))
    assert.ok(!coded.ok && coded.error.code === "store.mode", "an error of ours")
  })
})

describe("doctor: asking a router", function () {
  this.timeout(30_000)
  const servers: Server[] = []
  after(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))))

  /** A WebSocket server that is no router of ours. */
  async function fake(onSocket: (socket: WebSocket) => void, headers: Record<string, string> = {}): Promise<string> {
    const server = createServer((_request, response) => response.writeHead(404).end())
    const sockets = new WebSocketServer({ server })
    sockets.on("headers", (lines) => lines.push(...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)))
    sockets.on("connection", onSocket)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }
  const codes = async (url: string, timeoutMs = 2_000): Promise<unknown[]> =>
    [...(await askRouter(url, "realm1", timeoutMs)).values()].map((sight) =>
      sight.ok ? sight.value.answer.kind : sight.error.code,
    )

  it("learns serialisations and features of the embedded one", async () => {
    const router = await startRouter({ serializers: ["json", "cbor"], realms: ["realm1"] })
    try {
      const sights = await askRouter(router.url, "realm1", 2_000)
      judged(judgeRouter(router.url, "realm1", sights), "warning", "ok")
      judged(
        judgeRouter(router.url, "r", await askRouter(router.url, "other", 2_000)),
        "warning",
        "session.router_error",
      )
    } finally {
      await router.close()
    }
  })

  it("learns of a challenge", async () => {
    const router = await startRouter({
      authenticate: () => ({
        kind: "challenged",
        method: "ticket",
        extra: {},
        answer: () => ({ kind: "refused", uri: "wamp.error.authentication_failed", message: "no" }),
      }),
    })
    try {
      assert.deepEqual(await codes(router.url), ["challenge", "challenge", "challenge"])
    } finally {
      await router.close()
    }
  })

  it("takes the time from the HTTP answer", async () => {
    const date = "Tue, 14 Nov 2023 22:13:20 GMT"
    const url = await fake((socket) => socket.on("message", () => socket.send('[3, {}, "wamp.error.x"]')), {
      Date: date,
    })
    const sight = (await askRouter(url, "realm1", 2_000)).get("json")
    assert.ok(sight?.ok)
    assert.deepEqual(sight.value, { answer: { kind: "abort", reason: "wamp.error.x" }, time: NOW })
  })

  it("ends with whoever never answers, answers nonsense or hangs up", async () => {
    assert.deepEqual(await codes(await fake(() => undefined), 50), Array(3).fill("session.connection"))
    const nonsense = await fake((socket) => socket.on("message", () => socket.send("hello")))
    assert.deepEqual(await codes(nonsense), Array(3).fill("session.connection"))
    const gone = await fake((socket) => socket.on("message", () => socket.close()))
    assert.deepEqual(await codes(gone), Array(3).fill("session.connection"))
    assert.deepEqual(await codes("ws://127.0.0.1:9/"), Array(3).fill("session.connection"))
  })

  it("knows a web server from a router", async () => {
    const server = createServer((_request, response) => response.writeHead(200).end("hello"))
    server.on("upgrade", (_request, socket) => socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"))
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`
    assert.deepEqual(await codes(url), ["unspoken", "unspoken", "unspoken"])
  })
})

describe("doctor", function () {
  this.timeout(120_000)
  let folder: string
  let served: Awaited<ReturnType<typeof startEmbeddedChain>>
  let world: Awaited<ReturnType<typeof startWorld>>
  let router: Awaited<ReturnType<typeof startRouter>>
  let realm: Awaited<ReturnType<(typeof world)["foundRealm"]>>
  const password = "a password for tests"
  const weak = { password, dangerouslyWeakScryptN: 2 ** 14 }

  before(async () => {
    served = await startEmbeddedChain({ port: 0 })
    world = await startWorld(served)
    router = await startRouter()
    realm = await world.foundRealm(world.owner)
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-"))
    await writeFile(join(folder, "registries.json"), JSON.stringify(world.deployment))
    await saveRealmFile(join(folder, "realm.json"), [realm.root])
    await createKey(join(folder, "keystore"), "operator", world.operatorKeys[0], weak)
  })
  after(async () => {
    await router.close()
    await world.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const doctor = (...more: string[]): Promise<Ended> =>
    runHere(
      "--json",
      ...Object.entries({
        "--rpc": served.url ?? "",
        "--deployment": join(folder, "registries.json"),
        "--keystore": join(folder, "keystore"),
      }).flat(),
      "doctor",
      ...Object.entries({ "--router": router.url, "--realm-file": join(folder, "realm.json") }).flat(),
      ...more,
    )
  const findings = ({ out }: Ended): Finding[] => (JSON.parse(out) as { checks: Finding[] }).checks
  const levels = (ended: Ended): Record<string, string> =>
    Object.fromEntries(findings(ended).map(({ check, level, code }) => [check, code ?? level]))
  /** Asserts that one thing is a problem, that it decides, and that everything else was looked at all the same. */
  function only(ended: Ended, check: string, code: ErrorCode): void {
    failed(ended, 1, code)
    const found = levels(ended)
    assert.equal(found[check], code, ended.out)
    assert.deepEqual(
      findings(ended).flatMap(({ check, level }) => (level === "problem" ? [check] : [])),
      [check],
    )
    assert.equal(found["node"], "ok")
    assert.ok("clock" in found && Object.keys(found).some((name) => name.startsWith("keystore")), ended.out)
  }

  async function identity(name: string): Promise<Awaited<ReturnType<typeof realm.machine>>> {
    const machine = await realm.machine(0)
    const certificates = JSON.parse(
      JSON.stringify(machine.certificates.map(toTypedData), (_key, value: unknown) =>
        typeof value === "bigint" ? value.toString() : value,
      ),
    ) as unknown[]
    const identity = { certificates, delegateKey: randomSecret(), csKey: machine.csKey }
    await saveIdentity(join(folder, "keystore"), name, identity, { ...weak, overwrite: true })
    return machine
  }

  it("finds everything well, for people and for programs", async () => {
    await identity("pump")
    const ended = await doctor()
    assert.equal(ended.code, 0, ended.err + ended.out)
    const { ok, code } = JSON.parse(ended.out) as { ok: boolean; code: unknown }
    assert.deepEqual([ok, code], [true, null])
    assert.deepEqual(levels(ended), {
      node: "ok",
      curves: "ok",
      deployment: "ok",
      "realm file": "ok",
      chain: "ok",
      registries: "ok",
      realm: "ok",
      router: "ok",
      "router features": "ok",
      clock: "warning", // a development chain and this router say no time
      keystore: "ok",
      "identity pump": "ok",
    })
    const text = await runHere("doctor", "--rpc", "http://127.0.0.1:9", "--router", "ws://user:secret@127.0.0.1:9/path")
    assert.equal(text.code, 1)
    assert.match(text.out, /^problem {2}chain: .* \(chain\.unreachable\)\n {9}Start the node/m)
    assert.match(text.out, /^problem {2}router: .* \(session\.connection\)$/m)
    assert.doesNotMatch(text.out + text.err, /secret/)
  })

  it("finds what is missing or wrong, each by its code", async () => {
    only(await doctor("--deployment", join(folder, "absent.json")), "deployment", "store.missing")
    only(await doctor("--rpc", "http://127.0.0.1:9"), "chain", "chain.unreachable")
    only(await doctor("--router", "ws://127.0.0.1:9/"), "router", "session.connection")
    only(await doctor("--realm", party("nobody").address), "realm", "trust.unknown_realm")
    only(await doctor("--realm-file", join(folder, "registries.json")), "realm file", "certificate.malformed")
    const changed = async (fields: object): Promise<string> => {
      const path = join(folder, "other.json")
      await writeFile(path, JSON.stringify({ ...world.deployment, ...fields }))
      return path
    }
    const swapped = await doctor("--deployment", await changed({ realmRegistry: world.deployment.operatorRegistry }))
    assert.equal(levels(swapped)["registries"], "chain.wrong_code")
    assert.equal(levels(swapped)["realm file"], "trust.context")
    const elsewhere = await doctor("--deployment", await changed({ chainId: 1 }))
    assert.equal(levels(elsewhere)["chain"], "chain.wrong_chain")
    assert.equal(levels(elsewhere)["registries"], "chain.wrong_chain")
  })

  it("finds an open keystore, an open file and a damaged one", async () => {
    const keystore = join(folder, "open")
    await mkdir(keystore, { mode: 0o700 })
    await createKey(keystore, "a", world.operatorKeys[0], weak)
    await writeFile(join(keystore, "b.json"), "{}", { mode: 0o600 })
    only(await doctor("--keystore", keystore), "keystore b", "store.corrupt")
    await rm(join(keystore, "b.json"))
    await chmod(join(keystore, "a.json"), 0o644)
    only(await doctor("--keystore", keystore), "keystore a", "store.mode")
    await chmod(keystore, 0o755)
    only(await doctor("--keystore", keystore), "keystore", "store.mode")
    assert.equal(levels(await doctor("--keystore", join(folder, "absent")))["keystore"], "warning")
  })

  it("finds a revoked identity", async () => {
    const machine = await identity("doomed")
    assert.equal(levels(await doctor())["identity doomed"], "ok")
    const { certificate, digest } = machine.certificates[1]!
    assert.equal(certificate.kind, "authority")
    if (certificate.kind !== "authority") return
    await world.revoke(machine)
    only(await doctor(), "identity doomed", "trust.revoked")
    assert.ok(digest)
    await rm(join(folder, "keystore", "doomed.json"))
  })

  it("goes on in time when a node never answers", async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve))
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    try {
      only(await doctor("--rpc", url, "--timeout", "1"), "chain", "chain.unreachable")
    } finally {
      silent.closeAllConnections()
      silent.close()
    }
  })

  it("refuses wrong usage", async () => {
    for (const wrong of [
      ["--router", "http://127.0.0.1/"],
      ["--router", "ws://"],
      ["--realm", "realm1"],
      ["--timeout", "soon"],
      ["--rpc", "localhost"],
    ])
      failed(await doctor(...wrong), 2, "usage.invalid")
  })
})
