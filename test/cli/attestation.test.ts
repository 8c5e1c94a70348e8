import assert from "node:assert/strict"
import { readFile, writeFile } from "node:fs/promises"
import { decodeFunctionData, keccak256, stringToBytes } from "viem"
import { attesterId, BANKS, KINDS, MASKS, measurementKey, roleOf } from "../../src/attestation/facts.ts"
import { attestationRegistryAbi } from "../../src/chain/index.ts"
import { pcrsOption, pcrsText } from "../../src/cli/attestation-options.ts"
import { fromHex, type Hex } from "../../src/core/bytes.ts"
import { openShell, type Shell } from "./shell.ts"

const NOBODY = "0x00000000000000000000000000000000000000AA"
const NAMES = ["owner", "root", "machine", "payer", "stranger"] as const
const NAME: Hex = `0x000b${"4e".repeat(32)}`
const digest = (i: number): Hex => `0x${String(i).repeat(64)}`
const keyOf = (i: number) => measurementKey(KINDS["tpm-2.0"], BANKS.sha256, 0x8f, digest(i))
const ID = attesterId(KINDS["tpm-2.0"], fromHex(NAME)!)
const PCRS = ["--pcrs", "0-3,7"]

describe("attestation commands", function () {
  this.timeout(60_000)
  let at: Shell
  let realm = ""
  const address = (name: (typeof NAMES)[number]) => at.addressOf(name)
  const by = (name: (typeof NAMES)[number]) => ["--key", name]
  const show = async () => at.json("attest", "show", realm)
  const standing = async (list: "attesters" | "measurements" | "policies") =>
    (await show())[list] as Record<string, unknown>[]

  before(async () => {
    at = await openShell(NAMES)
    await at.json("deploy", "--key", "owner")
    realm = String((await at.json("realm", "create", "--key", "owner", "--root-key", "root"))["realm"])
  })
  after(() => at.close())

  it("deploy prints the registry, and adds it to a file from before there was one", async () => {
    const written = JSON.parse(await readFile("deployments/registries.json", "utf8")) as Record<string, unknown>
    const { attestationRegistry, ...before } = written
    assert.match(
      (await at.shell("deploy", "--key", "payer")).out,
      new RegExp(`AttestationRegistry ${attestationRegistry}`),
    )
    await writeFile("old.json", JSON.stringify(before))
    const old = ["--deployment", "old.json"]
    assert.equal((await at.json(...old, "realm", "show", realm))["owner"], address("owner"))
    await at.refused(2, /no attestationRegistry.*wamp-e2ee deploy.*usage\.invalid/, ...old, "attest", "show", realm)
    await at.json(...old, "deploy", "--key", "payer")
    assert.deepEqual(JSON.parse(await readFile("old.json", "utf8")), written)
    await at.json(...old, "attest", "show", realm)
    await writeFile("other.json", JSON.stringify({ ...written, attestationRegistry: NOBODY }))
    await at.refused(1, /other\.json.*store\.exists/, "--deployment", "other.json", "deploy", "--key", "payer")
  })

  describe("attest policy", () => {
    const policy = (...more: string[]) => ["attest", "policy", realm, "provider", ...more]

    it("sets what a role's platforms are asked, by the owner", async () => {
      await writeFile("policy.md", "why")
      const options = ["--required", "--max-age", "2m", "--document", "policy.md"]
      await at.json(...policy(...PCRS, ...options, ...by("owner")))
      const expected = {
        role: roleOf("provider"),
        name: "provider",
        required: true,
        kinds: [1],
        bank: BANKS.sha256,
        mask: 0x8f,
        maximumAge: 120,
        document: keccak256(stringToBytes("why")),
      }
      assert.deepEqual(await standing("policies"), [expected])
      const { out } = await at.shell("attest", "show", realm)
      assert.match(out, /\n {2}role provider: required, tpm-2\.0, sha256 PCRs 0-3,7, at most 120 s old\n/)
      await at.refused(
        1,
        /RealmNotOwner.*realm owner's key.*chain\.reverted/,
        ...policy(...PCRS, "--optional", ...by("root")),
      )
      await at.refused(1, /RealmUnknown/, "attest", "policy", NOBODY, "x", ...PCRS, "--optional", ...by("owner"))
    })

    it("says whether evidence is required, and asks only what can be proven", async () => {
      await at.refused(2, /either --required or --optional/, ...policy(...PCRS, ...by("owner")))
      await at.refused(
        2,
        /either --required or --optional/,
        ...policy(...PCRS, "--required", "--optional", ...by("owner")),
      )
      const set = (...more: string[]) => policy("--optional", ...by("owner"), ...more)
      assert.equal((await at.shell(...set())).code, 2)
      for (const pcrs of ["", "24", "3-1", "a", "1,,2", "-1", "0-99"])
        await at.refused(2, /--pcrs/, ...set(`--pcrs=${pcrs}`))
      await at.refused(2, /tpm-2\.0 has no sha256 PCRs 16 to prove/, ...set("--pcrs", "16"))
      await at.refused(2, /expected PCRs of 0-15,17-22/, ...set("--pcrs", "0,23"))
      await at.refused(2, /aws-nitro has no sha256 PCRs 0/, ...set("--pcrs", "0", "--kinds", "aws-nitro"))
      await at.refused(2, /bank "sha1"/, ...set(...PCRS, "--bank", "sha1"))
      await at.refused(2, /kind "sgx"/, ...set(...PCRS, "--kinds", "tpm-2.0,sgx"))
      await at.refused(2, /--max-age/, ...set(...PCRS, "--max-age", "0"))
      await at.refused(1, /store\.missing/, ...set(...PCRS, "--document", "absent"))
      await at.refused(2, /role/, "attest", "policy", realm, "", ...PCRS, "--optional", ...by("owner"))
      await at.refused(2, /role "0x12"/, "attest", "policy", realm, "0x12", ...PCRS, "--optional", ...by("owner"))
    })

    it("takes kinds together, and roles by their 32 bytes", async () => {
      const both = ["--kinds", "aws-nitro,tpm-2.0", "--bank", "sha384", "--pcrs", "0-2", "--optional", ...by("owner")]
      await at.json("attest", "policy", realm, digest(7), ...both)
      const { role, name, kinds, bank, required } = (await standing("policies")).at(-1) ?? {}
      assert.deepEqual([role, name, kinds, bank, required], [digest(7), digest(7), [1, 2], BANKS.sha384, false])
    })

    it("prints what a contract wallet is to execute", async () => {
      const { data, to } = await at.json(...policy(...PCRS, "--optional", "--calldata"))
      assert.equal(
        to,
        (JSON.parse(await readFile("deployments/registries.json", "utf8")) as { attestationRegistry: string })
          .attestationRegistry,
      )
      const { functionName, args } = decodeFunctionData({ abi: attestationRegistryAbi, data: data as Hex })
      assert.deepEqual([functionName, args?.[1]], ["setPolicy", roleOf("provider")])
    })
  })

  describe("attest measurement", () => {
    const add = (...more: string[]) => ["attest", "measurement", "add", realm, "provider", ...more, ...by("owner")]
    const revoke = (...more: string[]) => ["attest", "measurement", "revoke", realm, "provider", ...more]

    it("adds one or many of what the role's policy asks, and says their keys", async () => {
      const one = await at.json(...add(digest(1), "--not-after", "2100-01-01T00:00:00Z"))
      assert.deepEqual(one["keys"], [keyOf(1)])
      const many = await at.json(...add(digest(2), digest(3)))
      assert.deepEqual(many["keys"], [keyOf(2), keyOf(3)])
      const [first, second] = await standing("measurements")
      const of = { kind: 1, bank: BANKS.sha256, mask: 0x8f, digest: digest(1) }
      assert.deepEqual([first?.["key"], first?.["of"], first?.["notAfter"]], [keyOf(1), of, Date.UTC(2100) / 1_000])
      assert.deepEqual([second?.["notAfter"], second?.["notBefore"], second?.["revoked"]], [undefined, 0, false])
    })

    it("adds what is said, where the policy does not say it alone", async () => {
      const elsewhere = ["attest", "measurement", "add", realm, "router", digest(1), ...by("owner")]
      await at.refused(2, /no policy.*--kind, --bank and --pcrs/, ...elsewhere)
      await at.refused(2, /no policy.*--kind, --bank and --pcrs/, ...elsewhere, "--kind", "tpm-2.0", "--bank", "sha384")
      const { keys } = await at.json(...elsewhere, "--kind", "aws-nitro", "--bank", "sha384", "--pcrs", "0-2")
      assert.deepEqual(keys, [measurementKey(KINDS["aws-nitro"], BANKS.sha384, 7, digest(1))])
      const ofTwo = ["attest", "measurement", "add", realm, digest(7), digest(1), ...by("owner")]
      await at.refused(2, /several kinds/, ...ofTwo)
      const chosen = await at.json(...ofTwo, "--kind", "tpm-2.0")
      assert.deepEqual(chosen["keys"], [measurementKey(KINDS["tpm-2.0"], BANKS.sha384, 7, digest(1))])
      await at.refused(2, /aws-nitro has no sha256/, ...add(digest(1), "--kind", "aws-nitro"))
    })

    it("refuses what is no digest or window, and who is not the owner", async () => {
      await at.refused(2, /digest "0x12"/, ...add("0x12"))
      await at.refused(2, /--not-after "soon"/, ...add(digest(4), "--not-after", "soon"))
      await at.refused(1, /AttestationWindowInvalid.*ends in the future/, ...add(digest(4), "--not-after", "5"))
      const strange = ["attest", "measurement", "add", realm, "provider", digest(4), ...by("stranger")]
      await at.refused(1, /RealmNotOwner/, ...strange)
    })

    it("revokes for ever, one or many, by owner or root", async () => {
      await at.refused(1, /AttestationNotAuthorised.*owner or root/, ...revoke(keyOf(1), ...by("stranger")))
      const before = Number((await show())["epoch"])
      await at.json(...revoke(keyOf(1), "--reason", "3", ...by("root")))
      await at.json(...revoke(keyOf(1), keyOf(2), ...by("owner")))
      assert.equal((await show())["epoch"], before + 2)
      await at.refused(1, /AttestationRevoked.*never comes back/, ...revoke(keyOf(1), ...by("owner")))
      await at.refused(1, /AttestationRevoked/, ...add(digest(1)))
      const revoked = (await standing("measurements")).map(({ revoked }) => revoked)
      assert.deepEqual(revoked.slice(0, 3), [true, true, false])
    })

    it("does not take a mistyped key for one, unless told to", async () => {
      await at.refused(2, /never added to role provider.*--unseen/, ...revoke(digest(9), ...by("owner")))
      await at.refused(2, /never added/, ...revoke(keyOf(3), digest(9), ...by("owner")))
      await at.json(...revoke(digest(9), "--unseen", ...by("owner")))
      const last = (await standing("measurements")).at(-1)
      assert.deepEqual([last?.["key"], last?.["revoked"], last?.["of"]], [digest(9), true, undefined])
      assert.match((await at.shell("attest", "show", realm)).out, /role provider: never added, REVOKED/)
    })

    it("is revoked by a signature that somebody else sends", async () => {
      await at.json(...revoke(keyOf(3), "--sign-only", "--out", "revoke.json", ...by("root")))
      assert.match((await at.shell("request", "show", "revoke.json")).out, /measurement\.revoke.*signed/)
      await at.json("relay", "revoke.json", ...by("payer"))
      assert.equal((await standing("measurements"))[2]?.["revoked"], true)
      await at.refused(1, /nonce 0 is spent.*chain\.request/, "relay", "revoke.json", ...by("payer"))
      await at.refused(2, /a batch/, ...revoke(keyOf(3), keyOf(2), "--prepare", "--from", address("root")))
    })
  })

  describe("attest attester", () => {
    const enroll = (...more: string[]) => ["attest", "attester", "enroll", realm, address("machine"), ...more]
    const revoke = (id: string, ...more: string[]) => ["attest", "attester", "revoke", realm, id, ...more]

    it("enrols a key for one delegate, and replaces it while it stands", async () => {
      const { id } = await at.json(...enroll("--name", NAME, "--not-after", "2000000000", ...by("owner")))
      assert.equal(id, ID)
      const delegate = address("machine")
      const stands = { id: ID, kind: 1, delegate, notBefore: 0, revoked: false }
      assert.deepEqual(await standing("attesters"), [{ ...stands, notAfter: 2_000_000_000 }])
      await at.json(...enroll("--name", NAME.toUpperCase().replace("0X", "0x"), ...by("owner")))
      assert.deepEqual(await standing("attesters"), [stands])
      assert.match(
        (await at.shell("attest", "show", realm)).out,
        new RegExp(`attester ${ID}: tpm-2.0 of ${delegate}\n`),
      )
    })

    it("refuses what is no Name, and who is not the owner", async () => {
      assert.equal((await at.shell(...enroll(...by("owner")))).code, 2)
      for (const name of ["0x12", NAME.slice(2), `0x0004${"4e".repeat(20)}`, `${NAME}00`]) {
        await at.refused(2, /--name.*tpm2_readpublic/, ...enroll("--name", name, ...by("owner")))
      }
      await at.refused(2, /--name.*PCR4/, ...enroll("--name", NAME, "--kind", "aws-nitro", ...by("owner")))
      await at.refused(1, /RealmNotOwner/, ...enroll("--name", NAME, ...by("machine")))
      await at.refused(2, /delegate "me"/, "attest", "attester", "enroll", realm, "me", "--name", NAME, ...by("owner"))
      const self = ["attest", "attester", "enroll", realm, realm, "--name", NAME, ...by("owner")]
      await at.refused(1, /AttesterDelegateInvalid.*other than zero/, ...self)
    })

    it("revokes a key for ever: the delegate itself by a request, the owner or root at once", async () => {
      await at.refused(1, /AttestationNotAuthorised/, ...revoke(ID, ...by("stranger")))
      await at.refused(2, /never enrolled.*--unseen/, ...revoke(digest(8), ...by("owner")))
      await at.json(...revoke(ID, "--prepare", "--from", address("machine"), "--out", "attester.json"))
      await at.json("request", "sign", "attester.json", ...by("machine"))
      await at.json("relay", "attester.json", ...by("payer"))
      assert.equal((await standing("attesters"))[0]?.["revoked"], true)
      await at.refused(1, /AttestationRevoked/, ...revoke(ID, ...by("owner")))
      await at.refused(1, /AttestationRevoked.*another key/, ...enroll("--name", NAME, ...by("owner")))
      await at.json(...revoke(digest(8), "--unseen", ...by("root")))
      assert.match((await at.shell("attest", "show", realm)).out, /never enrolled, REVOKED/)
    })
  })

  it("attest show proves what it shows complete, and knows no realm that is none", async () => {
    const { complete, sequence, head } = await show()
    assert.equal(complete, true)
    assert.match(
      (await at.shell("attest", "show", realm)).out,
      new RegExp(`${sequence} events add up to the registry's head ${head}`),
    )
    await at.refused(1, /trust\.unknown_realm/, "attest", "show", NOBODY)
    await at.refused(2, /realm "0x12"/, "attest", "show", "0x12")
  })

  it("explain what they take", async () => {
    const { out } = await at.shell("attest", "--help")
    for (const name of ["policy", "measurement", "attester", "show"]) assert.match(out, new RegExp(`\n {2}${name} `))
    assert.match((await at.shell("attest", "policy", "--help")).out, /--pcrs <numbers>/)
    assert.match((await at.shell("attest", "attester", "enroll", "--help")).out, /the realm's owner/)
    assert.equal((await at.shell("attest", "bogus")).code, 2)
  })

  it("write registers as they read them", () => {
    for (const mask of [1, 0x8f, 0x5555, ...Object.values(MASKS), 0xff_ff_ff]) {
      assert.equal(pcrsOption(pcrsText(mask)), mask)
    }
    assert.equal(pcrsText(pcrsOption(" 7 ,0-2,1-3")), "0-3,7")
  })
})
