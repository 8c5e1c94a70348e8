import { readFileSync } from "node:fs"
import { mnemonicToAccount } from "viem/accounts"
import { authorityCertificate, delegateCertificate } from "../../src/certificate/issue.ts"
import { AUTHORITY_TYPE, type Certificate } from "../../src/certificate/types.ts"
import type { Hex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"

interface Vector {
  readonly primaryType: string
  readonly message: Readonly<Record<string, string>>
  readonly signature: Hex
  readonly digest: Hex
  readonly recovered: Hex
}

const file = new URL("../vectors/certificates.json", import.meta.url)
/** Example 3 of authentication_cryptosign.md: delegate, authority, root. */
export const VECTORS = (JSON.parse(readFileSync(file, "utf8")) as { certificates: Vector[] }).certificates

export function certificateOf({ primaryType, message }: Vector): Certificate {
  const text = (name: string): string => message[name] ?? ""
  const hex = (name: string): Hex => text(name) as Hex
  const common = {
    chainId: BigInt(text("chainId")),
    verifyingContract: hex("verifyingContract"),
    validFrom: BigInt(text("validFrom")),
    meta: text("meta"),
  }
  return primaryType === AUTHORITY_TYPE
    ? authorityCertificate({
        ...common,
        issuer: hex("issuer"),
        subject: hex("subject"),
        realm: hex("realm"),
        capabilities: BigInt(text("capabilities")),
      })
    : delegateCertificate({
        ...common,
        delegate: hex("delegate"),
        csPubKey: hex("csPubKey"),
        bootedAt: BigInt(text("bootedAt")),
      })
}

const MNEMONIC = "avocado style uncover thrive same grace crunch want essay reduce current edge"

/** Keys of the specification's examples: account 0 is the trustroot, account 1 the delegate. */
export function exampleKey(addressIndex: number): Secret {
  const { privateKey } = mnemonicToAccount(MNEMONIC, { addressIndex }).getHdKey()
  if (privateKey === null) throw new Error("the mnemonic gives no key")
  return new Secret(privateKey)
}

/** The chain of the vectors in the specification's JSON form, written independently of the code under test. */
export function specificationForm(): [Record<string, unknown>, string][] {
  const type = (text: string): { name: string; type: string }[] =>
    text.split(",").map((field) => ({ type: field.split(" ")[0] ?? "", name: field.split(" ")[1] ?? "" }))
  const authority = type(
    "uint256 chainId,address verifyingContract,uint256 validFrom,address issuer,address subject,address realm,uint64 capabilities,string meta",
  )
  const delegate = type(
    "uint256 chainId,address verifyingContract,uint256 validFrom,address delegate,bytes32 csPubKey,uint64 bootedAt,string meta",
  )
  return VECTORS.map(({ primaryType, message, signature }) => [
    {
      domain: { name: "WMP", version: "1" },
      message: {
        ...message,
        ...(message["csPubKey"] === undefined ? {} : { csPubKey: message["csPubKey"].slice(2) }),
      },
      primaryType,
      types: {
        EIP712Domain: type("string name,string version"),
        [primaryType]: primaryType === AUTHORITY_TYPE ? authority : delegate,
      },
    },
    signature.slice(2),
  ])
}
