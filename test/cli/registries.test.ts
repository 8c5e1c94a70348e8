import assert from "node:assert/strict"
import { readFile, writeFile } from "node:fs/promises"
import { createServer, type AddressInfo } from "node:net"
import { keccak256, stringToBytes } from "viem"
import { NO_CUSTODY } from "../../src/chain/registries/custody.ts"
import { plannedRegistries } from "../../src/chain/registries/create2.ts"
import { readRealmFile } from "../../src/cli/realm-file.ts"
import { openShell, type Shell } from "./shell.ts"

const DAY = 86_400
const NOBODY = "0x00000000000000000000000000000000000000AA"
const NAMES = ["owner", "root", "ca", "controller", "next", "guardian", "stranger"] as const

describe("registry commands", function () {
  this.timeout(60_000)
  let at: Shell
  const address = (name: (typeof NAMES)[number]) => at.addressOf(name)
  const operator = async (name: (typeof NAMES)[number]) => at.json("operator", "show", address(name))
  const custody = async (...show: string[]) => (await at.json(...show))["custody"]
  const pass = async (seconds: number) => {
    await at.test.increaseTime({ seconds })
    await at.test.mine({ blocks: 1 })
  }

  before(async () => {
    at = await openShell(NAMES)
  })
  after(() => at.close())

  describe("deploy", () => {
    it("finds what was deployed, and leaves a file alone that says the same", async () => {
      const first = await at.json("deploy", "--key", "owner")
      assert.equal(first["existed"], false)
      assert.equal(first["realmRegistry"], plannedRegistries().realmRegistry.address)
      const again = await at.shell("deploy", "--key", "stranger")
      assert.equal(again.code, 0, again.err)
      assert.match(again.out, /already deployed on chain 31337/)
    })

    it("replaces a file that says otherwise only when told to", async () => {
      const elsewhere = ["--deployment", "plain.json", "deploy", "--key", "owner"]
      await at.json(...elsewhere, "--plain")
      await at.refused(1, /plain\.json.*store\.exists/, ...elsewhere)
      await at.json(...elsewhere, "--overwrite")
    })

    it("wants a key, and sensible numbers", async () => {
      assert.equal((await at.shell("deploy")).code, 2)
      await at.refused(2, /--confirmations "0".*usage\.invalid/, "deploy", "--key", "owner", "--confirmations", "0")
      await at.refused(2, /--wait "soon".*usage\.invalid/, "deploy", "--key", "owner", "--wait", "soon")
    })
  })

  describe("operator", () => {
    it("is enrolled under a controller of its own, with a profile", async () => {
      await writeFile("operator.json", "{}")
      const profile = ["--uri", "https://example.com/operator.json", "--document", "operator.json"]
      await at.json("operator", "enroll", "--key", "ca", "--controller", address("controller"), ...profile)
      const shown = await operator("ca")
      assert.equal(shown["status"], "active")
      assert.equal(shown["controller"], address("controller"))
      assert.equal(shown["profile"], keccak256(stringToBytes("{}")))
      await at.refused(1, /OperatorExists.*nothing is to be done.*chain\.reverted/, "operator", "enroll", "--key", "ca")
      await at.refused(1, /store\.missing/, "operator", "enroll", "--key", "next", "--document", "absent")
      await at.refused(2, /who sends it.*usage\.invalid/, "operator", "enroll")
      await at.refused(1, /store\.missing/, "operator", "enroll", "--key", "absent")
    })

    it("changes its profile and epoch by its controller alone", async () => {
      const ca = address("ca")
      await at.refused(1, /OperatorNotController/, "operator", "profile", ca, "--key", "ca", "--uri", "https://a.b")
      await at.json("operator", "profile", ca, "--key", "controller", "--uri", "https://a.b")
      assert.equal((await operator("ca"))["profile"], undefined)
      const { epoch } = await at.json("operator", "epoch", ca, "--key", "ca")
      assert.equal((await operator("ca"))["epoch"], epoch)
      await at.refused(1, /OperatorEpochInvalid/, "operator", "epoch", ca, "--key", "ca", "--block", "1")
      await at.refused(2, /--block/, "operator", "epoch", ca, "--key", "ca", "--block", "-1")
    })

    it("changes its controller in two steps, or by recovery after the delay", async () => {
      const ca = address("ca")
      const show = ["operator", "show", ca]
      await at.json("operator", "controller", "offer", ca, address("next"), "--key", "controller")
      await at.refused(1, /CustodyNotPending/, "operator", "controller", "accept", ca, "--key", "stranger")
      await at.json("operator", "controller", "accept", ca, "--key", "next")
      assert.equal((await operator("ca"))["controller"], address("next"))

      await at.refused(2, /--delay/, "operator", "guardian", ca, address("guardian"), "--key", "next", "--delay", "6")
      await at.refused(2, /--none/, "operator", "guardian", ca, "--key", "next")
      await at.json("operator", "guardian", ca, address("guardian"), "--key", "next", "--delay", "7")
      await at.refused(
        1,
        /CustodyNotGuardian/,
        "operator",
        "recovery",
        "start",
        ca,
        address("controller"),
        "--key",
        "stranger",
      )
      assert.doesNotMatch((await at.shell(...show)).out, /RECOVERY/)
      await at.json("operator", "recovery", "start", ca, address("controller"), "--key", "guardian")
      const shown = `guardian ${address("guardian")} with a delay of 7 days; RECOVERY by ${address("controller")}`
      assert.ok((await at.shell(...show)).out.includes(shown), shown)
      await at.json("operator", "recovery", "cancel", ca, "--key", "next")
      await at.refused(1, /CustodyNoRecovery/, "operator", "recovery", "complete", ca, "--key", "controller")
      await at.json("operator", "recovery", "start", ca, address("controller"), "--key", "guardian")
      await at.refused(1, /CustodyRecoveryNotReady/, "operator", "recovery", "complete", ca, "--key", "controller")
      await pass(7 * DAY)
      await at.json("operator", "recovery", "complete", ca, "--key", "controller")
      assert.equal((await operator("ca"))["controller"], address("controller"))
      await at.json("operator", "guardian", ca, "--none", "--key", "controller")
      assert.deepEqual(await custody(...show), NO_CUSTODY)
    })
  })

  describe("a realm file", () => {
    const file = ["--realm-file", "kept/realm.json"]
    const create = ["realm", "create", "--from", NOBODY, "--root-key", "root", "--calldata", ...file]
    const rootOf = async (path: string) => (await readRealmFile(path))[0]?.certificate.realm

    it("has what a contract wallet is still to send: the registry keeps but a digest", async () => {
      const first = await at.json(...create)
      assert.equal(await rootOf("kept/realm.json"), first["realm"])
    })

    it("has what was sent when a person interrupted the waiting", async () => {
      const sent = ["realm", "create", "--key", "owner", "--root-key", "root", "--confirmations", "9"]
      const height = await at.client.getBlockNumber()
      const running = at.refused(1, /transaction 0x.*chain\.pending/, ...sent, "--realm-file", "sent/realm.json")
      while ((await at.client.getBlockNumber()) === height) await new Promise((resolve) => setTimeout(resolve, 20))
      process.emit("SIGTERM")
      await running
      assert.equal((await readRealmFile("sent/realm.json")).length, 1)
    })

    it("of another realm is kept beside the new one", async () => {
      const first = await rootOf("kept/realm.json")
      const second = await at.json(...create)
      assert.equal(await rootOf("kept/realm.json"), second["realm"])
      assert.equal(await rootOf(`kept/realm.json.${first}`), first)
    })
  })

  it("chain names a port that is taken, in one line", async () => {
    const other = createServer()
    const port = await new Promise<number>((resolve) =>
      other.listen(0, "127.0.0.1", () => resolve((other.address() as AddressInfo).port)),
    )
    await at.refused(
      1,
      new RegExp(`port ${port}; choose another.*session\\.connection`),
      "chain",
      "--port",
      String(port),
    )
    await new Promise((resolve) => other.close(resolve))
  })

  describe("realm", () => {
    let realm = ""
    const create = ["realm", "create", "--key", "owner", "--root-key", "root"]

    it("has an owner apart from its root", async () => {
      const made = await at.json(...create, "--salt", `0x${"01".repeat(32)}`)
      realm = String(made["realm"])
      const shown = await at.json("realm", "show", realm)
      assert.equal(shown["owner"], address("owner"))
      assert.equal((shown["root"] as { ca: string }).ca, address("root"))
      await at.refused(1, /RealmExists.*another salt/, ...create, "--salt", `0x${"01".repeat(32)}`)
      await at.refused(2, /--salt/, ...create, "--salt", "0x01")
      await at.refused(2, /policy "closed"/, ...create, "--policy", "closed")
      await at.refused(2, /has to sign/, "realm", "create", "--key", "owner", "--root", address("root"))
      await at.refused(1, /trust\.unknown_realm/, "realm", "show", NOBODY)
      await at.refused(2, /usage\.invalid/, "realm", "show", "0x12")
    })

    it("admits, is accepted by the operator or its controller, removes and admits again", async () => {
      const admit = ["realm", "admit", realm, "--key", "owner", "--root-key", "root", "--operator", address("ca")]
      await at.json(...admit)
      await at.refused(
        1,
        /OperatorNotCaller/,
        "operator",
        "accept",
        realm,
        "--key",
        "stranger",
        "--operator",
        address("ca"),
      )
      await at.json("operator", "accept", realm, "--key", "controller", "--operator", address("ca"))
      await at.refused(1, /OperatorAlreadyAccepted/, "operator", "accept", realm, "--key", "ca")
      const record = (await at.json("certificate", "show", realm, address("ca")))["record"] as Record<string, unknown>
      assert.deepEqual([record["accepted"], record["revoked"], record["issuer"]], [true, false, address("root")])

      const remove = ["realm", "remove", realm, "--operator", address("ca")]
      await at.refused(1, /RevocationNotAuthorised/, ...remove, "--key", "stranger")
      await at.refused(1, /trust\.operator/, ...remove, "--key", "owner", "--digest", `0x${"11".repeat(32)}`)
      await at.json(...remove, "--key", "owner", "--reason", "3")
      await at.refused(1, /CertificateRevoked/, ...remove, "--key", "owner")
      await at.json("realm", "admit", realm, "--key", "root", "--operator-key", "ca")
      assert.equal((await readRealmFile("deployments/realm.json")).length, 3)

      await at.refused(1, /OperatorNotActive/, "realm", "admit", realm, "--key", "root", "--operator-key", "stranger")
      await at.refused(2, /either --operator-key/, "realm", "admit", realm, "--key", "root")
      const elsewhere = ["--operator", address("ca"), "--digest", `0x${"11".repeat(32)}`]
      await at.refused(1, /trust\.operator/, "realm", "remove", NOBODY, ...elsewhere, "--key", "owner")
    })

    it("anchors machines, one and many, and revokes them in one transaction", async () => {
      for (const name of ["pump-1", "pump-2", "pump-3"]) await at.json("delegate", "issue", name, "--key", "ca")
      await at.json("realm", "anchor", realm, "pump-1", "--key", "stranger")
      const { subjects } = await at.json("realm", "anchor", realm, "pump-2", "pump-3", "--key", "stranger")
      assert.equal((subjects as string[]).length, 2)
      await at.refused(1, /CertificateNotNewer/, "realm", "anchor", realm, "pump-1", "--key", "stranger")
      await at.refused(2, /expected names/, "realm", "anchor", realm, "--key", "stranger")
      await at.refused(1, /trust\.realm/, "realm", "anchor", NOBODY, "pump-1", "--key", "stranger")
      const { digests } = await at.json("certificate", "revoke", realm, "pump-1", "pump-2", "--key", "ca")
      assert.equal((digests as string[]).length, 2)
      const [subject = ""] = subjects as string[]
      const shown = await at.json("certificate", "show", realm, subject)
      assert.equal((shown["record"] as { revoked: boolean }).revoked, true)
      await at.refused(
        2,
        /a batch/,
        "certificate",
        "revoke",
        realm,
        "pump-1",
        "pump-3",
        "--key",
        "ca",
        "--as",
        address("ca"),
      )
      await at.refused(2, /--reason/, "certificate", "revoke", realm, "pump-3", "--key", "ca", "--reason", "256")
    })

    it("revokes what was never anchored, and as its owner in the issuer's name", async () => {
      const named = ["--subject", address("stranger"), "--digest", `0x${"22".repeat(32)}`]
      await at.json("certificate", "revoke", realm, ...named, "--key", "owner", "--as", address("ca"), "--reason", "4")
      const asked = ["--digest", `0x${"22".repeat(32)}`, "--issuer", address("ca")]
      const { revocation } = await at.json("certificate", "show", realm, address("stranger"), ...asked)
      assert.equal((revocation as { reason: number }).reason, 4)
      await at.refused(1, /CertificateRevoked/, "certificate", "revoke", realm, ...named, "--key", "ca")
      await at.refused(2, /expected names/, "certificate", "revoke", realm, "--key", "ca")
    })

    it("anchors a certificate for a CA further down, whose epoch is its own", async () => {
      const below = ["--subject", address("next"), "--capabilities", "intermediate-ca,provider"]
      await at.json("realm", "anchor", realm, ...below, "--issuer-key", "ca", "--key", "stranger")
      const { epoch } = await at.json("realm", "epoch", realm, "--key", "next")
      const record = (await at.json("certificate", "show", realm, address("next")))["record"] as { epoch: number }
      assert.equal(record.epoch, epoch)
      await at.refused(1, /RealmOperatorEpoch.*operator epoch/, "realm", "epoch", realm, "--key", "ca")
      await at.refused(1, /RealmNoRecord/, "realm", "epoch", realm, "--key", "stranger")
      await at.refused(
        2,
        /--issuer goes with --prepare/,
        "realm",
        "anchor",
        realm,
        ...below,
        "--issuer",
        address("ca"),
        "--key",
        "ca",
      )
    })

    it("rotates its root: machines of the former one count, operators are admitted anew", async () => {
      await at.refused(1, /RealmNotOwner/, "realm", "rotate-root", realm, "--key", "root", "--root-key", "next")
      await at.json("realm", "rotate-root", realm, "--key", "owner", "--root-key", "guardian", "--overlap", "10")
      const shown = await at.json("realm", "show", realm)
      assert.equal((shown["root"] as { ca: string }).ca, address("guardian"))
      assert.equal((shown["previousRoot"] as { ca: string }).ca, address("root"))
      const [first, second] = await readRealmFile("deployments/realm.json")
      assert.deepEqual([first?.certificate.issuer, second?.certificate.issuer], [address("guardian"), address("root")])
      await at.json("delegate", "issue", "pump-4", "--key", "ca")
      const again = ["realm", "admit", realm, "--key", "owner", "--root-key", "guardian", "--operator", address("ca")]
      assert.equal((await at.json(...again))["accepted"], true, "it stands in the realm and need not accept again")
      const { authority } = await at.json("delegate", "issue", "pump-5", "--key", "ca")
      assert.match(String(authority), /^0x[0-9a-f]{64}$/)
      const file = JSON.parse(await readFile("keystore/pump-5.json", "utf8")) as {
        certificates: [{ message: { issuer: string } }][]
      }
      assert.equal(file.certificates.at(-1)?.[0].message.issuer, address("guardian"))
      await at.refused(
        2,
        /--overlap/,
        "realm",
        "rotate-root",
        realm,
        "--key",
        "owner",
        "--root-key",
        "root",
        "--overlap",
        "91",
      )
    })

    it("tightens its policy only, and in a private realm the owner consents", async () => {
      await at.json("realm", "policy", realm, "permitted", "--key", "owner")
      await at.refused(1, /RealmPolicyNotTighter/, "realm", "policy", realm, "open", "--key", "owner")
      await at.refused(1, /RealmNotOwner/, "realm", "policy", realm, "private", "--key", "stranger")
      const anchor = ["realm", "anchor", realm, "--subject", address("stranger"), "--issuer-key", "ca", "--key", "root"]
      await at.refused(1, /CertificateConsentMissing.*consent/, ...anchor)
      await at.json(...anchor, "--consent-key", "stranger")
      await at.json("realm", "policy", realm, "private", "--key", "owner")
      await at.refused(1, /CertificateConsentMissing/, "realm", "anchor", realm, "pump-5", "--key", "stranger")
      await at.json("realm", "anchor", realm, "pump-5", "--key", "stranger", "--consent-key", "owner")

      const admit = ["realm", "admit", realm, "--root-key", "guardian", "--operator-key", "controller"]
      await at.json("operator", "enroll", "--key", "controller")
      await at.refused(1, /CertificateConsentMissing/, ...admit)
      await at.refused(2, /must be its owner/, ...admit, "--key", "root")
      await at.json(...admit, "--key", "owner")
    })

    it("changes its owner in two steps, or by recovery", async () => {
      await at.json("realm", "owner", "offer", realm, address("next"), "--key", "owner")
      await at.json("realm", "owner", "accept", realm, "--key", "next")
      await at.json("realm", "guardian", realm, address("guardian"), "--key", "next", "--delay", "7")
      await at.json("realm", "recovery", "start", realm, address("owner"), "--key", "guardian")
      await at.json("realm", "recovery", "cancel", realm, "--key", "next")
      await at.json("realm", "recovery", "start", realm, address("owner"), "--key", "guardian")
      await pass(7 * DAY)
      await at.refused(1, /CustodyNotSuccessor/, "realm", "recovery", "complete", realm, "--key", "stranger")
      await at.json("realm", "recovery", "complete", realm, "--key", "owner")
      assert.equal((await at.json("realm", "show", realm))["owner"], address("owner"))
    })

    it("is left by the operator, for ever under that certificate", async () => {
      const leave = ["operator", "leave", realm, "--key", "controller", "--operator", address("ca")]
      await at.json(...leave)
      await at.refused(1, /CertificateRevoked/, ...leave)
      await at.refused(1, /trust\.operator/, "operator", "leave", realm, "--key", "root")
    })
  })

  describe("operator, later", () => {
    it("tells on a terminal what happens, and nothing in a pipe", async () => {
      const enroll = ["operator", "enroll", "--key", "guardian"]
      const { code, out, err } = await at.watched(...enroll, "--controller", address("owner"))
      assert.equal(code, 0, err)
      assert.match(out, /^operator 0x[0-9a-fA-F]{40} is enrolled\n$/)
      assert.match(err, /^enrolling the operator …\nsent 0x[0-9a-f]{64}\n(waiting.*\n)?in block \d+, 1 confirmation\n$/)
      const quiet = await at.shell("operator", "profile", address("guardian"), "--key", "owner", "--uri", "https://a.b")
      assert.deepEqual([quiet.code, quiet.err], [0, ""])
    })

    it("is followed by another CA, whose key signs", async () => {
      const ca = address("ca")
      const rotate = ["operator", "rotate", ca, "--key", "controller"]
      await at.refused(1, /OperatorNotController/, "operator", "rotate", ca, "--key", "ca", "--new-key", "next")
      await at.refused(2, /--new-ca goes with --prepare/, ...rotate, "--new-ca", address("next"))
      await at.refused(2, /either --new-key/, ...rotate)
      await at.json(...rotate, "--new-key", "next", "--overlap", "90")
      const shown = await operator("ca")
      assert.deepEqual([shown["status"], shown["successorCa"]], ["active", address("next")])
      assert.equal((await operator("next"))["controller"], address("controller"))
      await pass(90 * DAY)
      assert.equal((await operator("ca"))["status"], "retired")
      await at.refused(1, /OperatorAlreadyRotated/, ...rotate, "--new-key", "guardian")
    })

    it("is revoked only when that is confirmed", async () => {
      const revoke = ["operator", "revoke", address("next"), "--key", "controller"]
      await at.refused(2, /cannot be undone.*--yes/, ...revoke)
      assert.equal((await operator("next"))["status"], "active")
      await at.json(...revoke, "--yes", "--reason", "9")
      assert.equal((await operator("next"))["status"], "revoked")
      await at.refused(1, /OperatorRevoked/, ...revoke, "--yes")
      await at.refused(1, /OperatorUnknown/, "operator", "revoke", NOBODY, "--key", "controller", "--yes")
    })
  })

  it("explains what it takes, and refuses what is no command", async () => {
    const { out } = await at.shell("realm", "rotate-root", "--help")
    assert.match(out, /--overlap <days>/)
    const { code, err } = await at.shell("operator", "bogus")
    assert.equal(code, 2, err)
  })
})
