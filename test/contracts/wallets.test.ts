import assert from "node:assert/strict"
import { concatHex, encodeFunctionData, parseEventLogs, type Address, type Hex } from "viem"
import type { HDAccount } from "viem/accounts"
import { operatorRegistryAbi } from "../../src/chain/generated/OperatorRegistry.ts"
import {
  account,
  admit,
  CAP,
  createRealm,
  DAY,
  deploy,
  enroll,
  issue,
  now,
  refuses,
  signRequest,
  type Fixture,
} from "./fixture.ts"

const relayer = account(0)
const owner = account(1)
const root = account(2)
const ca = account(3)
const machine = account(4)
const WALLET: Address = "0x00000000000000000000000000000000000A11e7"

/** Wallets in a few bytes of code each: what they answer to isValidSignature. */
const ANSWERS = {
  // PUSH4 magic, shifted to the left end, returned as one word.
  yes: "0x631626ba7e60e01b5f5260205ff3",
  no: "0x63ffffffff60e01b5f5260205ff3",
  reverts: "0x5f5ffd",
  "answers four bytes": "0x631626ba7e60e01b5f5260045ff3",
  "answers dirty bytes after the magic": "0x631626ba7e60e01b6001175f5260205ff3",
  "answers a megabyte": "0x631626ba7e60e01b5f52620fffff5ff3",
  "burns all gas": "0x5b5f56",
  "answers true": "0x60015f5260205ff3",
  "writes state": "0x60015f55631626ba7e60e01b5f5260205ff3",
} as const satisfies Record<string, Hex>

describe("contract wallets and delegated accounts", () => {
  let fixture: Fixture
  let realm: Address

  beforeEach(async () => {
    fixture = await deploy()
    await fixture.test.mine({ blocks: 20 })
    await enroll(fixture, ca)
    ;({ realm } = await createRealm(fixture, { owner, root }))
  })

  const send = (from: HDAccount, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)

  async function walletCertificate() {
    const message = fixture.certificate({ issuer: WALLET, subject: machine.address, realm, validFrom: 2n })
    return { message, digest: await fixture.realms.read.digestOf([message]) }
  }

  async function admitWallet() {
    await fixture.test.setCode({ address: WALLET, bytecode: ANSWERS.yes })
    await fixture.test.impersonateAccount({ address: WALLET })
    await fixture.test.setBalance({ address: WALLET, value: 10n ** 18n })
    const asWallet = async (to: Address, data: Hex) => {
      const hash = await fixture.provider.request({
        method: "eth_sendTransaction",
        params: [{ from: WALLET, to, data, gas: "0xf4240" }],
      })
      const receipt = await fixture.chain.getTransactionReceipt({ hash: hash as Hex })
      assert.equal(receipt.status, "success")
      return receipt
    }
    const enrolment = encodeFunctionData({
      abi: operatorRegistryAbi,
      functionName: "enroll",
      args: [WALLET, `0x${"00".repeat(32)}`, ""],
    })
    const receipt = await asWallet(fixture.operatorsAt, enrolment)
    assert.equal(parseEventLogs({ abi: operatorRegistryAbi, logs: receipt.logs })[0]?.eventName, "Enrolled")
    const { message, signature, digest } = await issue(fixture, root, {
      realm,
      subject: WALLET,
      capabilities: CAP.intermediate | CAP.provider,
    })
    await send(relayer, "admit", message, signature, "0x")
    const deadline = (await now(fixture)) + DAY
    await send(relayer, "acceptFor", realm, WALLET, digest, deadline, "0x1234")
  }

  it("an ERC-1271 wallet is an issuer whose word counts while it says yes", async () => {
    await admitWallet()
    const { message, digest } = await walletCertificate()
    for (const [name, bytecode] of Object.entries(ANSWERS)) {
      if (name === "yes") continue
      await fixture.test.setCode({ address: WALLET, bytecode })
      await refuses(send(relayer, "anchor", message, "0xabcd"), "CertificateSignatureInvalid", [digest, WALLET])
    }
    await fixture.test.setCode({ address: WALLET, bytecode: "0x" })
    await refuses(send(relayer, "anchor", message, "0xabcd"), "CertificateSignatureInvalid", [digest, WALLET])
    await fixture.test.setCode({ address: WALLET, bytecode: ANSWERS.yes })
    await send(relayer, "anchor", message, "0xabcd")
  })

  it("a wallet is given 500,000 gas, no more and no less", async () => {
    await admitWallet()
    const { message } = await walletCertificate()
    // GAS, which itself costs 2, compared with 499,998; the magic times the outcome, shifted and returned.
    await fixture.test.setCode({ address: WALLET, bytecode: "0x5a6207a11e14631626ba7e0260e01b5f5260205ff3" })
    await send(relayer, "anchor", message, "0xabcd")
  })

  it("a wallet that burns gas burns no more than its share", async () => {
    await admitWallet()
    await fixture.test.setCode({ address: WALLET, bytecode: ANSWERS["burns all gas"] })
    const { message, digest } = await walletCertificate()
    await refuses(send(relayer, "anchor", message, "0x"), "CertificateSignatureInvalid", [digest, WALLET])
    // The view as a transaction of plenty of gas: both of the wallet's signatures are asked for.
    const data = encodeFunctionData({
      abi: fixture.realms.abi,
      functionName: "verifyChain",
      args: [
        realm,
        { ...message, delegate: WALLET, csPubKey: `0x${"00".repeat(32)}`, bootedAt: 0n },
        "0x",
        [message],
        ["0x"],
      ],
    })
    const hash = await fixture.wallet(relayer).sendTransaction({ to: fixture.realmsAt, data, gas: 10_000_000n })
    const { gasUsed, status } = await fixture.chain.getTransactionReceipt({ hash })
    assert.equal(status, "success")
    assert.ok(gasUsed > 1_000_000n && gasUsed < 1_200_000n, `${gasUsed}`)
  })

  it("an account with code behind EIP-7702 keeps its key: its signature counts, the code is not asked", async () => {
    await admit(fixture, { realm, root, ca })
    const deaf = account(15).address
    await fixture.test.setCode({ address: deaf, bytecode: ANSWERS.reverts })
    const authorization = await fixture.wallet(ca).signAuthorization({ contractAddress: deaf })
    await fixture
      .wallet(relayer)
      .sendTransaction({ to: relayer.address, authorizationList: [authorization], gas: 100_000n })
    const code = await fixture.chain.getCode({ address: ca.address })
    assert.equal(code, concatHex(["0xef0100", deaf]).toLowerCase())

    const { message, signature } = await issue(fixture, ca, { realm, subject: machine.address })
    await send(relayer, "anchor", message, signature)
    const deadline = (await now(fixture)) + DAY
    const type =
      "Revoke(address realm,address authority,address subject,bytes32 digest,uint8 reason,uint256 nonce,uint256 deadline)"
    const digest = await fixture.realms.read.digestOf([message])
    const request = { realm, authority: ca.address, subject: machine.address, digest, reason: 1, nonce: 0n, deadline }
    const signed = await signRequest(fixture, "RealmRegistry", ca, type, request)
    await send(relayer, "revokeFor", realm, ca.address, machine.address, digest, 1, deadline, signed)
  })
})
