import { createRequire } from "node:module"
import { Wampy } from "wampy"
import { CborSerializer } from "wampy/CborSerializer.js"
import { JsonSerializer } from "wampy/JsonSerializer.js"
import { MsgpackSerializer } from "wampy/MsgpackSerializer.js"
import { capabilityBits } from "../src/certificate/capabilities.ts"
import {
  delegateChain,
  operatorCertificate,
  randomSalt,
  randomSecret,
  rootCertificate,
  type Place,
} from "../src/certificate/enrol.ts"
import { addressOfKey } from "../src/certificate/signature.ts"
import type { CertificateChain } from "../src/certificate/types.ts"
import { developmentKey, readerOf, startEmbeddedChain, writerOf, type EmbeddedChain } from "../src/chain/embedded.ts"
import { certificates as registry, deployRegistries, operators, realms, send } from "../src/chain/index.ts"
import type { Secret } from "../src/core/secret.ts"
import { wampy } from "../src/wamp/wampy.ts"

/** A machine as tests use it: its chain, its session key, and its operator's key. */
export interface Machine {
  readonly certificates: CertificateChain
  readonly csKey: Secret
  readonly operatorKey: Secret
}

/** A chain with registries, one realm and two admitted operators, as an enrolled operator would find it. */
export async function startWorld(given?: EmbeddedChain) {
  const chain = given ?? (await startEmbeddedChain())
  const client = readerOf(chain.transport)
  const owner = developmentKey(0)
  const deployment = await deployRegistries(writerOf(chain.transport, owner))
  const operatorKeys = [developmentKey(1), developmentKey(2)] as const
  for (const key of operatorKeys)
    await send(writerOf(chain.transport, key), operators.enroll(deployment, { controller: addressOfKey(key) }))

  async function foundRealm(ownerKey: Secret) {
    const salt = randomSalt()
    const realm = await realms.realmAddress(client, deployment, addressOfKey(ownerKey), salt)
    const place = async (): Promise<Place> => ({
      chainId: BigInt(deployment.chainId),
      verifyingContract: deployment.realmRegistry,
      realm,
      validFrom: await client.getBlockNumber(),
    })
    const root = rootCertificate(await place(), ownerKey)
    await send(writerOf(chain.transport, ownerKey), realms.create(deployment, { salt, policy: "open", root }))
    const above = new Map<Secret, CertificateChain>()
    for (const key of operatorKeys) {
      const certificate = operatorCertificate(await place(), ownerKey, addressOfKey(key))
      await send(writerOf(chain.transport, key), registry.admit(deployment, certificate))
      above.set(key, [certificate, root])
    }
    const machine = async (
      operator: 0 | 1,
      capabilities = capabilityBits(["provider", "consumer"]),
    ): Promise<Machine> => {
      const operatorKey = operatorKeys[operator]
      const csKey = randomSecret()
      const certificates = delegateChain(await place(), {
        operatorKey,
        delegateKey: randomSecret(),
        csKey,
        capabilities,
        now: Date.now(),
        above: above.get(operatorKey)!,
      })
      return { certificates, csKey, operatorKey }
    }
    return { realm, root, place, machine }
  }

  async function revoke(machine: Machine, index = 1): Promise<void> {
    const { certificate, digest } = machine.certificates[index]!
    const [{ certificate: authority }] = [machine.certificates[1]!]
    if (authority.kind !== "authority") throw new Error("no authority certificate")
    const subject = certificate.kind === "authority" ? certificate.subject : certificate.delegate
    const call = registry.revoke(deployment, { realm: authority.realm, subject, digest })
    await send(writerOf(chain.transport, machine.operatorKey), call)
  }

  return { chain, client, deployment, owner, operatorKeys, foundRealm, revoke, stop: () => chain.close() }
}

export const WAMPY_SERIALIZERS = { json: JsonSerializer, msgpack: MsgpackSerializer, cbor: CborSerializer } as const

/** An open session of the wampy client and the connection over it. */
export async function openWampy(url: string, serializer: keyof typeof WAMPY_SERIALIZERS = "msgpack") {
  const { WebSocket } = createRequire(import.meta.url)("ws") as { WebSocket: unknown }
  const options = {
    realm: "realm1",
    ws: WebSocket,
    serializer: new WAMPY_SERIALIZERS[serializer](),
    autoReconnect: false,
  }
  const client = new Wampy(url, options as never)
  await client.connect()
  return { client, connection: wampy(client), close: () => client.disconnect() }
}
