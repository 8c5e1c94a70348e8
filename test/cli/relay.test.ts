import assert from "node:assert/strict"
import { readFile, writeFile } from "node:fs/promises"
import { encodeFunctionData, type Address, type Hex } from "viem"
import { mnemonicToAccount } from "viem/accounts"
import { operatorRegistryAbi } from "../../src/chain/generated/OperatorRegistry.ts"
import { openShell, type Shell } from "./shell.ts"

const DAY = 86_400
const NAMES = ["payer", "root", "ca", "controller", "next", "owner"] as const
/** A contract wallet at this address: PUSH4 magic, shifted to the left end, returned as one word. It says yes to all. */
const WALLET: Address = "0x00000000000000000000000000000000000A11e7"
const SAYS_YES: Hex = "0x631626ba7e60e01b5f5260205ff3"
const SAYS_NO: Hex = "0x63ffffffff60e01b5f5260205ff3"

type File = Record<string, unknown> & {
  typedData: { message: Record<string, string>; domain: Record<string, unknown> }
}

describe("requests and contract wallets", function () {
  this.timeout(60_000)
  let at: Shell
  let realm = ""
  const address = (name: (typeof NAMES)[number]) => at.addressOf(name)
  const read = async (file: string) => JSON.parse(await readFile(file, "utf8")) as File
  const change = async (file: string, edit: (content: File) => void) => {
    const content = await read(file)
    edit(content)
    await writeFile("changed.json", JSON.stringify(content))
    return "changed.json"
  }
  const pass = async (seconds: number) => {
    await at.test.increaseTime({ seconds })
    await at.test.mine({ blocks: 1 })
  }
  /** What a contract wallet does with calldata. */
  const execute = async (printed: Record<string, unknown>) => {
    const { to, data, value } = printed as { to: Address; data: Hex; value: string }
    assert.equal(value, "0")
    await at.test.impersonateAccount({ address: WALLET })
    await at.test.setBalance({ address: WALLET, value: 10n ** 18n })
    const params = [{ from: WALLET, to, data, gas: "0xf4240" }] as never
    const hash = await at.client.request({ method: "eth_sendTransaction" as never, params })
    assert.equal((await at.client.waitForTransactionReceipt({ hash })).status, "success")
  }

  before(async () => {
    at = await openShell(NAMES)
    await at.json("deploy", "--key", "payer")
    await at.test.setCode({ address: WALLET, bytecode: SAYS_YES })
  })
  after(() => at.close())

  describe("a request", () => {
    const enroll = ["operator", "enroll", "--key", "ca", "--sign-only"]

    it("is signed by one account and sent by another, once", async () => {
      await at.json(...enroll, "--controller", address("controller"), "--out", "enroll.json")
      assert.equal((await at.json("operator", "show", address("ca")))["status"], "unknown")
      const shown = await at.json("request", "show", "enroll.json")
      assert.deepEqual([shown["action"], shown["signer"], shown["signed"]], ["operator.enroll", address("ca"), true])
      const checked = await at.shell("relay", "enroll.json", "--check")
      assert.match(
        checked.out,
        new RegExp(`good: operator\\.enroll.*${address("ca")}.*controller ${address("controller")}`),
      )
      const before = await at.client.getTransactionCount({ address: address("ca") })
      await at.json("relay", "enroll.json", "--key", "payer")
      assert.equal(await at.client.getTransactionCount({ address: address("ca") }), before)
      const record = await at.json("operator", "show", address("ca"))
      assert.deepEqual([record["status"], record["controller"]], ["active", address("controller")])
      await at.refused(1, /nonce 0 is spent, the next is 1.*chain\.request/, "relay", "enroll.json", "--key", "payer")
    })

    it("is not overwritten, and has its file", async () => {
      await at.refused(1, /store\.exists/, ...enroll, "--out", "enroll.json")
      await at.refused(1, /store\.missing/, "relay", "absent.json", "--key", "payer")
      await at.refused(2, /who sends it/, "operator", "enroll", "--prepare")
      await at.refused(2, /not both/, ...enroll, "--prepare")
      await at.refused(2, /--sign-only needs the key/, "operator", "enroll", "--from", address("next"), "--sign-only")
      await at.refused(2, /--deadline/, ...enroll, "--deadline", "604801", "--out", "late.json")
    })

    it("ends at its deadline", async () => {
      await at.json("operator", "enroll", "--key", "next", "--sign-only", "--deadline", "3600", "--out", "short.json")
      await pass(3_700)
      await at.refused(1, /deadline \d+ is past.*chain\.request/, "relay", "short.json", "--key", "payer")
    })

    it("is good for a week at most", async () => {
      await at.json(
        "operator",
        "enroll",
        "--from",
        address("root"),
        "--prepare",
        "--deadline",
        String(7 * DAY),
        "--out",
        "week.json",
      )
      const { deadline } = (await read("week.json")).typedData.message
      assert.equal(Number(deadline), Number((await at.client.getBlock()).timestamp) + 7 * DAY)
    })

    it("is refused when it was changed, with another signature or for another chain", async () => {
      await at.json("operator", "enroll", "--key", "next", "--sign-only", "--out", "good.json")
      const relay = async (word: RegExp, exit: 1 | 2, edit: (content: File) => void) =>
        at.refused(exit, word, "relay", await change("good.json", edit), "--key", "payer")
      await relay(/signature is not that of.*chain\.request/, 1, ({ typedData }) => {
        typedData.message["controller"] = address("payer")
      })
      await relay(
        /signature is not that of.*chain\.request/,
        1,
        (content) => (content["signature"] = `0x${"11".repeat(65)}`),
      )
      await relay(/not signed.*request sign.*chain\.request/, 1, (content) => delete content["signature"])
      await relay(/is not due, the next is 0.*chain\.request/, 1, ({ typedData }) => (typedData.message["nonce"] = "5"))
      await relay(/chain 1; expected 31337.*chain\.wrong_chain/, 1, (content) => {
        content["chainId"] = 1
        content.typedData.domain["chainId"] = 1
      })
      await relay(/for the registry.*chain\.wrong_code/, 1, (content) => {
        content["verifyingContract"] = WALLET
        content.typedData.domain["verifyingContract"] = WALLET
      })
      await relay(/typed data is not that/, 2, ({ typedData }) => (typedData.domain["name"] = "Another"))
      await relay(/typed data is not that/, 2, ({ typedData }) => (typedData.message["more"] = "1"))
      await relay(/signer .* is not the message's/, 2, (content) => (content["signer"] = address("payer")))
      await relay(/unknown field "extra"/, 2, (content) => (content["extra"] = 1))
      await relay(/action "operator.steal" is unknown/, 2, (content) => (content["action"] = "operator.steal"))
      await relay(/nonce "-1" is no uint256/, 2, ({ typedData }) => (typedData.message["nonce"] = "-1"))
      await relay(/its kind is "other"/, 2, (content) => (content["kind"] = "other"))
      await writeFile("text.json", "no JSON")
      await at.refused(2, /it is not JSON/, "relay", "text.json", "--key", "payer")
    })

    it("is signed elsewhere: prepared, signed offline or by a wallet, put in", async () => {
      await at.json("operator", "enroll", "--from", address("next"), "--prepare", "--out", "next.json")
      await at.refused(2, /the key is that of/, "request", "sign", "next.json", "--key", "ca")
      await at.refused(2, /either --key/, "request", "sign", "next.json")
      await at.refused(2, /takes no consent/, "request", "sign", "next.json", "--key", "next", "--consent")
      const { out } = await at.shell("request", "show", "next.json", "--typed-data")
      const typed = JSON.parse(out) as Record<string, never>
      const account = mnemonicToAccount("test test test test test test test test test test test junk", {
        addressIndex: 4,
      })
      assert.equal(account.address, address("next"))
      const signature = await account.signTypedData(typed as never)
      await at.refused(2, /not hex/, "request", "sign", "next.json", "--signature", "0x1")
      // As hardware wallets may say it, with v of 0 or 1.
      const short = `${signature.slice(0, -2)}${signature.endsWith("1b") ? "00" : "01"}`
      await at.json("request", "sign", "next.json", "--signature", short)
      await at.json("relay", "next.json", "--key", "payer")
      assert.equal((await at.json("operator", "show", address("next")))["status"], "active")
    })

    it("is sent by a contract wallet that executes its calldata", async () => {
      await at.json("operator", "enroll", "--key", "owner", "--sign-only", "--out", "calldata.json")
      await execute(await at.json("relay", "calldata.json", "--calldata"))
      assert.equal((await at.json("operator", "show", address("owner")))["status"], "active")
    })
  })

  describe("every kind of request", () => {
    it("creates a realm whose root key is elsewhere, and keeps its certificate", async () => {
      await at.json("realm", "create", "--key", "owner", "--root", address("root"), "--prepare", "--out", "realm.json")
      await at.json("request", "sign", "realm.json", "--key", "root")
      await at.refused(1, /CertificateSignatureInvalid/, "relay", "realm.json", "--key", "payer")
      await at.json("relay", "realm.json", "--key", "owner")
      const message = (await read("realm.json")).typedData.message
      realm = String(message["realm"])
      assert.equal((await at.json("realm", "show", realm))["owner"], address("owner"))
    })

    it("admits and accepts", async () => {
      const admit = ["realm", "admit", realm, "--key", "root", "--operator", address("ca")]
      await at.json(...admit, "--sign-only", "--out", "admit.json")
      await at.json("relay", "admit.json", "--key", "payer")
      await at.json("operator", "accept", realm, "--key", "ca", "--sign-only", "--out", "accept.json")
      await at.json("relay", "accept.json", "--key", "payer")
      const record = (await at.json("certificate", "show", realm, address("ca")))["record"] as { accepted: boolean }
      assert.equal(record.accepted, true)
    })

    it("anchors with the consent of the subject, and revokes by the issuer's word", async () => {
      await at.json("realm", "policy", realm, "permitted", "--key", "owner")
      const anchor = ["realm", "anchor", realm, "--subject", address("next"), "--issuer-key", "ca", "--sign-only"]
      await at.json(...anchor, "--out", "anchor.json")
      await at.refused(1, /CertificateConsentMissing/, "relay", "anchor.json", "--key", "payer")
      const { digest } = await at.json("request", "sign", "anchor.json", "--key", "next", "--consent")
      await at.json("relay", "anchor.json", "--key", "payer")
      const named = ["--subject", address("next"), "--digest", String(digest)]
      await at.json("certificate", "revoke", realm, ...named, "--key", "ca", "--sign-only", "--out", "revoke.json")
      await at.json("relay", "revoke.json", "--key", "payer")
      const record = (await at.json("certificate", "show", realm, address("next")))["record"] as { revoked: boolean }
      assert.equal(record.revoked, true)
    })

    it("rotates an operator whose next key is elsewhere, and a root", async () => {
      const ca = address("ca")
      await at.json("operator", "rotate", ca, "--new-ca", address("payer"), "--prepare", "--out", "rotate.json")
      await at.json("request", "sign", "rotate.json", "--key", "payer")
      await at.refused(1, /OperatorNotController/, "relay", "rotate.json", "--key", "payer")
      await at.json("relay", "rotate.json", "--key", "controller")
      assert.equal((await at.json("operator", "show", ca))["successorCa"], address("payer"))

      const rotate = ["realm", "rotate-root", realm, "--root", address("controller"), "--prepare", "--out", "root.json"]
      await at.json(...rotate, "--overlap", "0")
      await at.json("request", "sign", "root.json", "--key", "controller")
      await at.json("relay", "root.json", "--key", "owner")
      const shown = await at.json("realm", "show", realm)
      assert.equal((shown["root"] as { ca: string }).ca, address("controller"))
      assert.equal(shown["previousRoot"], undefined)
    })

    it("revokes an operator by its controller's word", async () => {
      const revoke = ["operator", "revoke", address("ca"), "--key", "controller", "--sign-only", "--out", "end.json"]
      await at.json(...revoke, "--reason", "2")
      await at.json("relay", "end.json", "--key", "owner")
      assert.equal((await at.json("operator", "show", address("ca")))["status"], "revoked")
    })
  })

  describe("a contract wallet", () => {
    it("signs requests by ERC-1271, and what it does not sign is refused before anybody pays", async () => {
      await at.json("operator", "enroll", "--from", WALLET, "--prepare", "--out", "wallet.json")
      await at.json("request", "sign", "wallet.json", "--signature", "0x1234")
      await at.test.setCode({ address: WALLET, bytecode: SAYS_NO })
      await at.refused(1, /signature is not that of.*chain\.request/, "relay", "wallet.json", "--key", "payer")
      await at.test.setCode({ address: WALLET, bytecode: SAYS_YES })
      await at.json("relay", "wallet.json", "--key", "payer")
      assert.equal((await at.json("operator", "show", WALLET))["status"], "active")
    })

    it("executes every write by its calldata, and needs no key of ours", async () => {
      const from = ["--from", WALLET, "--calldata"]
      const printed = await at.shell("operator", "revoke", WALLET, "--calldata", "--reason", "1")
      assert.deepEqual(JSON.parse(printed.out), {
        to: (await at.json("operator", "controller", "offer", WALLET, WALLET, "--calldata"))["to"],
        data: encodeFunctionData({ abi: operatorRegistryAbi, functionName: "revoke", args: [WALLET, 1] }),
        value: "0",
      })
      const owned = await at.json("realm", "create", "--root-key", "root", ...from)
      await execute(owned)
      const own = String(owned["realm"])
      assert.equal((await at.json("realm", "show", own))["owner"], WALLET)
      for (const args of [
        ["realm", "policy", own, "private"],
        ["realm", "guardian", own, address("payer"), "--delay", "30"],
        ["realm", "rotate-root", own, "--root-key", "next"],
        ["realm", "owner", "offer", own, address("owner")],
        ["operator", "profile", WALLET, "--uri", "https://example.com"],
        ["operator", "epoch", WALLET],
        ["operator", "revoke", WALLET],
      ])
        await execute(await at.json(...args, ...from))
      await at.json("realm", "owner", "accept", own, "--key", "owner")
      assert.equal((await at.json("operator", "show", WALLET))["status"], "revoked")
      await at.refused(2, /not both/, "realm", "policy", own, "private", "--key", "owner", "--from", WALLET)
    })
  })
})
