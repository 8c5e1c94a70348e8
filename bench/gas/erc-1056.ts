import { encodePacked, keccak256, parseSignature, type Address } from "viem"
import { account, type Fixture } from "../../test/contracts/fixture.ts"
import { gasOf } from "./operations.ts"
import { deployPeer, versionOf, type Peer } from "./peers.ts"

const PACKAGE = "ethr-did-registry"
const KIND = `0x${"76".repeat(32)}` as const
const VALIDITY = 86_400n
const SIGNED = ["bytes1", "bytes1", "address", "uint256", "address", "string", "bytes32", "address", "uint256"] as const

/** ERC-1056: a delegate of the issuer's identity stands for a certificate (one level, no capabilities). */
export async function measureErc1056(fixture: Fixture): Promise<Peer> {
  const [relayer, issuer] = [account(0), account(5)]
  const registry = await deployPeer(fixture, PACKAGE, "EthereumDIDRegistry", [])

  const add = async (delegate: Address) => {
    const nonce = (await registry.read("nonce", [issuer.address])) as bigint
    const { address } = registry
    const packed = encodePacked(SIGNED, [
      "0x19",
      "0x00",
      address,
      nonce,
      issuer.address,
      "addDelegate",
      KIND,
      delegate,
      VALIDITY,
    ])
    const { r, s, v } = parseSignature(await issuer.sign({ hash: keccak256(packed) }))
    return registry.send(relayer, "addDelegateSigned", [issuer.address, Number(v), r, s, KIND, delegate, VALIDITY])
  }

  await add(account(90).address) // the identity's first costs more
  const added = await add(account(91).address)
  const again = await add(account(91).address)
  const revoked = await registry.send(issuer, "revokeDelegate", [issuer.address, KIND, account(91).address])
  return {
    title: `ERC-1056 (${PACKAGE} ${versionOf(PACKAGE)})`,
    gas: {
      "anchor-relayed": { call: "addDelegateSigned", gas: gasOf(added) },
      renew: { call: "addDelegateSigned", gas: gasOf(again) },
      revoke: { call: "revokeDelegate", gas: gasOf(revoked) },
    },
  }
}
