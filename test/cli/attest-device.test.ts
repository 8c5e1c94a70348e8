import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { nonceOf } from "../../src/attestation/binding.ts"
import { encodeEvidence } from "../../src/attestation/evidence.ts"
import { manualBinding } from "../../src/cli/platform-options.ts"
import { toHex } from "../../src/core/bytes.ts"
import { ATTESTER, documentOf, NITRO, ROOT_FINGERPRINT } from "../attestation/enclave.ts"
import { LOGS } from "../attestation/machines.ts"
import { ellipticSigner, issue, keyAgreement, keyCertSign, spkiOf } from "../attestation/authority.ts"
import { parsePublic } from "../../src/attestation/tpm/public-area.ts"
import { fromHex } from "../../src/core/bytes.ts"
import { describeLive, startDevice } from "../device/swtpm.ts"
import { failed, runHere } from "./in-process.ts"

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url))
const CHALLENGE = `0x${"c1".repeat(32)}`

let folder: string
const file = (name: string): string => join(folder, name)

async function json(...args: readonly string[]): Promise<Record<string, string>> {
  const { code, out, err } = await runHere("--json", ...args)
  assert.equal(code, 0, `${args.join(" ")}: ${err}`)
  return JSON.parse(out) as Record<string, string>
}

/** `attest enroll check`, which waits for an answer on standard input. */
function checking(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, "--json", "attest", "enroll", "check", ...args])
  const written = { out: "", err: "" }
  child.stdout.on("data", (chunk: Buffer) => (written.out += chunk.toString()))
  child.stderr.on("data", (chunk: Buffer) => (written.err += chunk.toString()))
  const code = new Promise<number>((resolve) => child.once("exit", (exit) => resolve(exit ?? -1)))
  return {
    answered: async (line: string) => {
      child.stdin.end(`${line}\n`)
      return { code: await code, ...written }
    },
  }
}

async function appears(path: string): Promise<void> {
  for (let tries = 0; !existsSync(path); tries++) {
    assert.ok(tries < 500, `${path} was not written`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe("attest quote and enroll, without a TPM", () => {
  before(async () => (folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-"))))
  after(() => rm(folder, { recursive: true, force: true }))

  it("says that there is none", async () => {
    failed(await runHere("attest", "quote", "--device", file("none"), "--pcrs", "0"), 1, "device.missing")
    failed(
      await runHere("attest", "enroll", "offer", "--device", file("none"), "--out", file("o")),
      1,
      "device.missing",
    )
  })

  it("refuses options that are not of their form", async () => {
    const quote = ["attest", "quote", "--device", file("none")]
    for (const options of [
      ["--pcrs", "24"],
      ["--pcrs", "3-1"],
      ["--pcrs", "16"],
      ["--pcrs", "0,23"],
      ["--pcrs", "0", "--bank", "sha1"],
      ["--pcrs", "0", "--challenge", "0x11"],
    ])
      failed(await runHere(...quote, ...options), 2, "usage.invalid")
    const here = ["attest", "enroll", "here", "--device", file("none")]
    failed(await runHere(...here), 2, "usage.invalid")
    failed(await runHere(...here, "--known-key", "0x0004"), 2, "usage.invalid")
    failed(await runHere(...here, "--roots", file("nothing")), 1, "store.missing")
    await writeFile(file("no-root"), "no certificate")
    failed(await runHere(...here, "--roots", file("no-root")), 2, "usage.invalid")
  })

  it("refuses files that are not of their form", async () => {
    await writeFile(file("broken"), "{")
    await writeFile(file("empty"), "{}")
    for (const name of ["broken", "empty"]) {
      const verify = ["attest", "verify", file(name), "--challenge", CHALLENGE, "--pcrs", "0"]
      failed(await runHere(...verify), 1, "attestation.malformed")
      failed(
        await runHere("attest", "enroll", "answer", file(name), "--device", file("none")),
        1,
        "attestation.malformed",
      )
      const check = ["attest", "enroll", "check", file(name), "--known-key", `0x000b${"11".repeat(32)}`]
      failed(await runHere(...check, "--out", file("c")), 1, "attestation.malformed")
    }
  })

  it("verifies the document of an enclave", async () => {
    const challenge = fromHex(CHALLENGE) as Uint8Array
    const document = documentOf(nonceOf(manualBinding(challenge, ATTESTER)))
    await writeFile(file("document"), JSON.stringify({ evidence: toHex(encodeEvidence({ kind: NITRO, document })) }))
    const options = ["--challenge", CHALLENGE, "--pcrs", "0-2", "--bank", "sha384"]
    const root = ["--nitro-root", toHex(ROOT_FINGERPRINT)]
    const verified = await json("attest", "verify", file("document"), ...options, ...root)
    assert.equal(verified["attester"], ATTESTER)
    const text = await runHere("attest", "verify", file("document"), ...options, ...root)
    assert.match(text.out, /certified {4}2026-/)
    failed(await runHere("attest", "verify", file("document"), ...options), 1, "attestation.certificate")
  })
})

describeLive("attest quote, verify, enroll", function () {
  this.timeout(60_000)
  let device: Awaited<ReturnType<typeof startDevice>>
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-"))
    device = await startDevice()
  })
  after(async () => {
    await device.close()
    await rm(folder, { recursive: true, force: true })
  })

  const quote = (...more: readonly string[]): string[] => [
    "attest",
    "quote",
    "--device",
    device.path,
    "--pcrs",
    "0-3,7",
    ...more,
  ]
  const verify = (...more: readonly string[]): string[] =>
    ["attest", "verify", file("evidence.json"), "--pcrs", "0-3,7", "--challenge", CHALLENGE].concat(more)

  it("quotes what is to be anchored, and verifies it elsewhere", async () => {
    const quoted = await json(...quote("--challenge", CHALLENGE, "--out", file("evidence.json")))
    const text = await runHere(...quote())
    assert.match(text.out, new RegExp(`key name {5}${quoted["keyName"]}\n`))
    assert.match(text.out, /sha256 7 {5}0x0{64}\n/)
    const verified = await json(...verify())
    for (const field of ["attester", "digest", "measurement"]) assert.equal(verified[field], quoted[field])
    assert.deepEqual(verified["compared"], { attester: false, digest: false })
    const compared = ["--attester", quoted["attester"] ?? "", "--digest", quoted["digest"] ?? ""]
    assert.deepEqual((await json(...verify(...compared)))["compared"], { attester: true, digest: true })
    assert.match((await runHere(...verify())).out, /compared with nothing[\s\S]*whether the key is enrolled/)
  })

  it("refuses evidence for another challenge, key, measurement or selection", async () => {
    const other = `0x${"22".repeat(32)}`
    failed(await runHere(...verify("--challenge", other)), 1, "attestation.binding")
    failed(await runHere(...verify("--attester", other)), 1, "attestation.attester")
    failed(await runHere(...verify("--digest", other)), 1, "attestation.measurement")
    failed(await runHere(...verify("--pcrs", "0-3")), 1, "attestation.selection")
    failed(await runHere(...verify("--bank", "sha384")), 1, "attestation.bank")
  })

  it("refuses a log that is not this machine's, and keeps files that are there", async () => {
    await writeFile(file("log"), LOGS.firmwareLog)
    await runHere(...quote("--firmware-log", file("log"), "--out", file("logged.json"), "--challenge", CHALLENGE))
    const logged = ["attest", "verify", file("logged.json"), "--pcrs", "0-3,7", "--challenge", CHALLENGE]
    failed(await runHere(...logged), 1, "attestation.event_log")
    const before = await readFile(file("evidence.json"), "utf8")
    failed(await runHere(...quote("--out", file("evidence.json"))), 1, "store.exists")
    assert.equal(await readFile(file("evidence.json"), "utf8"), before)
    failed(await runHere(...quote("--firmware-log", file("no log"))), 1, "store.io")
  })

  it("enrols the TPM across two machines, with a secret that only it opens", async () => {
    const offered = await json("attest", "enroll", "offer", "--device", device.path, "--out", file("offer.json"))
    const [known, challenge] = [String(offered["endorsementKey"]), file("challenge.json")]
    const first = checking(file("offer.json"), "--known-key", known, "--out", challenge)
    await appears(challenge)
    const { answer = "" } = await json("attest", "enroll", "answer", challenge, "--device", device.path)
    const enrolled = await first.answered(answer)
    assert.equal(enrolled.code, 0, enrolled.err)
    const { attester, keyName } = JSON.parse(enrolled.out) as Record<string, string>
    assert.equal(attester, (await json(...quote()))["attester"])
    assert.equal(
      keyName,
      (await json("attest", "enroll", "here", "--device", device.path, "--known-key", known))["keyName"],
    )
    const here = ["attest", "enroll", "here", "--device", device.path, "--known-key", known]
    const forRouters = await json(...here, "--for-routers")
    assert.match(String(forRouters["keyName"]), /^0x000b[0-9a-f]{64}$/)
    assert.notEqual(forRouters["keyName"], keyName)
    const second = checking(file("offer.json"), "--known-key", known, "--out", file("second.json"))
    await appears(file("second.json"))
    const refused = await second.answered(answer)
    assert.equal(refused.code, 1)
    assert.match(refused.err, /\(attestation\.activation\)\n$/)
  })

  it("enrols a TPM by its maker's certificate, of a folder of DER and PEM", async () => {
    await json("attest", "enroll", "offer", "--device", device.path, "--out", file("certified.json"))
    const offer = JSON.parse(await readFile(file("certified.json"), "utf8")) as Record<string, string>
    const { key } = parsePublic(fromHex(offer["endorsementKey"] ?? "") as Uint8Array)
    assert.ok(key.type === "ecc")
    const [maker, factory] = [ellipticSigner("maker"), ellipticSigner("factory")]
    // The command judges by the real clock.
    const window = { notBefore: Date.now() - 3_600_000, notAfter: Date.now() + 3_600_000 }
    const ca = { usage: keyCertSign, ...window }
    const root = issue({ subject: "maker", issuer: "maker", spki: maker.spki, pathLength: 1, ...ca }, maker)
    const middle = issue({ subject: "factory", issuer: "maker", spki: factory.spki, pathLength: 0, ...ca }, maker)
    const P256 = Uint8Array.of(6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7)
    const spki = spkiOf("1.2.840.10045.2.1", P256, Uint8Array.of(4, ...key.x, ...key.y))
    const purposes = ["2.23.133.8.1"]
    const leaf = issue({ subject: "TPM", issuer: "factory", spki, usage: keyAgreement, purposes, ...window }, factory)
    await writeFile(file("certified.json"), JSON.stringify({ ...offer, endorsementCertificate: toHex(leaf) }))
    await writeFile(file("root.der"), root)
    const pem = Buffer.from(middle).toString("base64").replaceAll(/.{64}/g, "$&\n")
    await writeFile(file("middle.pem"), `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`)
    const check = [file("certified.json"), "--roots", file("root.der"), "--out", file("c.json")]
    failed(await runHere("attest", "enroll", "check", ...check), 1, "attestation.certificate")
    const waiting = checking(...check, "--intermediates", file("middle.pem"))
    await appears(file("c.json"))
    const { answer = "" } = await json("attest", "enroll", "answer", file("c.json"), "--device", device.path)
    assert.equal((await waiting.answered(answer)).code, 0)
  })
})
