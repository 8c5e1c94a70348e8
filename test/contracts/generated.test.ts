import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { keccak256, stringToHex, encodeAbiParameters, type Address, type Hex } from "viem"
import { operatorRegistryCodeHash } from "../../src/chain/generated/OperatorRegistry.ts"
import { realmRegistryCodeHash } from "../../src/chain/generated/RealmRegistry.ts"
import { generate } from "../../scripts/generate-abi.ts"
import { deploy, isInstrumented } from "./fixture.ts"

const generated = new URL("../../src/chain/generated/", import.meta.url)
const vectors = JSON.parse(readFileSync(new URL("../vectors/certificates.json", import.meta.url), "utf8")) as {
  certificates: {
    src: string
    primaryType: string
    digest: Hex
    message: Record<string, string>
  }[]
}

describe("what is generated from the contracts", () => {
  it("is checked in as the generator writes it (npm run generate)", () => {
    if (isInstrumented) return
    const files = generate()
    assert.deepEqual(readdirSync(generated).toSorted(), Object.keys(files).toSorted())
    for (const [name, text] of Object.entries(files)) {
      assert.ok(readFileSync(new URL(name, generated), "utf8") === text, `${name} is stale: npm run generate`)
    }
  })

  it("knows the code of deployed registries in advance", async () => {
    if (isInstrumented) return
    const { chain, operatorsAt, realmsAt } = await deploy()
    const hashOf = async (address: Address) => keccak256((await chain.getCode({ address })) ?? "0x")
    assert.equal(await hashOf(operatorsAt), operatorRegistryCodeHash)
    assert.equal(await hashOf(realmsAt), realmRegistryCodeHash(operatorsAt))
    assert.notEqual(await hashOf(realmsAt), realmRegistryCodeHash(realmsAt))
    assert.throws(() => realmRegistryCodeHash("0x12"), TypeError)
  })

  it("fits in a contract: 24,576 bytes", async () => {
    if (isInstrumented) return
    const { chain, operatorsAt, realmsAt } = await deploy()
    for (const address of [operatorsAt, realmsAt]) {
      const code = await chain.getCode({ address })
      assert.ok(code && (code.length - 2) / 2 <= 24_576)
    }
  })
})

describe("the Solidity twin of certificate digests", () => {
  it("agrees with the published vectors", async () => {
    const { realms } = await deploy()
    for (const { primaryType, digest, message, src } of vectors.certificates) {
      const common = {
        chainId: BigInt(message["chainId"] ?? ""),
        verifyingContract: message["verifyingContract"] as Address,
        validFrom: BigInt(message["validFrom"] ?? ""),
        meta: message["meta"] ?? "",
      }
      const ours =
        primaryType === "EIP712DelegateCertificate"
          ? await realms.read.digestOfDelegate([
              {
                ...common,
                delegate: message["delegate"] as Address,
                csPubKey: message["csPubKey"] as Hex,
                bootedAt: BigInt(message["bootedAt"] ?? ""),
              },
            ])
          : await realms.read.digestOf([
              {
                ...common,
                issuer: message["issuer"] as Address,
                subject: message["subject"] as Address,
                realm: message["realm"] as Address,
                capabilities: BigInt(message["capabilities"] ?? ""),
              },
            ])
      assert.equal(ours, digest, src)
    }
    assert.equal(vectors.certificates.length, 3)
  })

  it("has the domain {name: WMP, version: 1} and nothing else in it", () => {
    const hash = (text: string) => keccak256(stringToHex(text))
    const separator = keccak256(
      encodeAbiParameters(
        [{ type: "bytes32" }, { type: "bytes32" }, { type: "bytes32" }],
        [hash("EIP712Domain(string name,string version)"), hash("WMP"), hash("1")],
      ),
    )
    const source = readFileSync(new URL("../../contracts/libraries/AuthorityCertificate.sol", import.meta.url), "utf8")
    assert.ok(source.includes(`DOMAIN_SEPARATOR = ${separator};`))
  })
})
