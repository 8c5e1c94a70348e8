import { encodeAbiParameters, encodePacked, keccak256, numberToHex, parseAbiParameters, parseSignature } from "viem"
import { account, ZERO, ZERO32, type Fixture } from "../../test/contracts/fixture.ts"
import { BATCH, gasOf } from "./operations.ts"
import { deployPeer, versionOf, type Peer } from "./peers.ts"

const PACKAGE = "@ethereum-attestation-service/eas-contracts"
/** What a certificate says beside issuer and end, which an attestation has anyway. */
const SCHEMA = "address subject,address realm,uint64 capabilities,uint256 validFrom"
const FIELDS = parseAbiParameters(SCHEMA)
const ATTEST = [
  { name: "attester", type: "address" },
  { name: "schema", type: "bytes32" },
  { name: "recipient", type: "address" },
  { name: "expirationTime", type: "uint64" },
  { name: "revocable", type: "bool" },
  { name: "refUID", type: "bytes32" },
  { name: "data", type: "bytes" },
  { name: "value", type: "uint256" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint64" },
] as const

/** The Ethereum Attestation Service: an attestation by the issuer stands for a certificate. */
export async function measureEas(fixture: Fixture): Promise<Peer> {
  const [relayer, issuer, realm] = [account(0), account(5), account(6).address]
  const schemas = await deployPeer(fixture, PACKAGE, "SchemaRegistry", [])
  const eas = await deployPeer(fixture, PACKAGE, "EAS", [schemas.address])
  await schemas.send(relayer, "register", [SCHEMA, ZERO, true])
  const schema = keccak256(encodePacked(["string", "address", "bool"], [SCHEMA, ZERO, true]))
  const name = "EAS"
  const version = (await eas.read("version")) as string
  const domain = { name, version, chainId: Number(fixture.chainId), verifyingContract: eas.address }

  const attestation = (index: number) => ({
    recipient: account(index).address,
    expirationTime: 0n,
    revocable: true,
    refUID: ZERO32,
    data: encodeAbiParameters(FIELDS, [account(index).address, realm, 64n, 902n]),
    value: 0n,
  })
  const attest = async (index: number, nonce: bigint) => {
    const data = attestation(index)
    const message = { attester: issuer.address, schema, ...data, nonce, deadline: 0n }
    const signed = await issuer.signTypedData({ domain, types: { Attest: ATTEST }, primaryType: "Attest", message })
    const { r, s, v } = parseSignature(signed)
    const request = { schema, data, signature: { v: Number(v), r, s }, attester: issuer.address, deadline: 0n }
    return eas.send(relayer, "attestByDelegation", [request])
  }
  const attestMany = (from: number) =>
    eas.send(issuer, "multiAttest", [
      [{ schema, data: Array.from({ length: BATCH }, (_, i) => attestation(from + i)) }],
    ])
  const uidsOf = ({ logs }: { logs: readonly { data: `0x${string}` }[] }) =>
    logs.map(({ data }) => ({ uid: data, value: 0n }))

  await attest(90, 0n) // the issuer's first costs more
  const relayed = await attest(91, 1n)
  const batch = await attestMany(100)
  const [first, ...rest] = uidsOf(batch)
  const [extra] = uidsOf(await attestMany(120))
  const digest = (i: number) => keccak256(numberToHex(i))
  const digests = Array.from({ length: BATCH }, (_, i) => digest(i))

  return {
    title: `EAS ${versionOf(PACKAGE)}`,
    gas: {
      "anchor-relayed": { call: "attestByDelegation", gas: gasOf(relayed) },
      "anchor-batch": { call: "multiAttest", gas: gasOf(batch, BATCH) },
      revoke: { call: "revoke", gas: gasOf(await eas.send(issuer, "revoke", [{ schema, data: first }])) },
      "revoke-batch": {
        call: "multiRevoke",
        gas: gasOf(await eas.send(issuer, "multiRevoke", [[{ schema, data: [...rest, extra] }]]), BATCH),
      },
      "revoke-unseen": {
        call: "revokeOffchain",
        gas: gasOf(await eas.send(issuer, "revokeOffchain", [digest(BATCH)])),
      },
      "revoke-batch-unseen": {
        call: "multiRevokeOffchain",
        gas: gasOf(await eas.send(issuer, "multiRevokeOffchain", [digests]), BATCH),
      },
    },
  }
}
