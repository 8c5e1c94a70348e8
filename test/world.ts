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
import { autobahn, serializers, type AutobahnClient, type SerializerName } from "../src/wamp/autobahn.ts"
import { sealing, wampy } from "../src/wamp/wampy.ts"

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
export async function openWampy(url: string, serializer: SerializerName = "msgpack") {
  return connectWampy(url, new WAMPY_SERIALIZERS[serializer]())
}

/** {@link openWampy} with what the adapter can do announced from the beginning. */
export async function openSealing(url: string, serializer: SerializerName = "msgpack") {
  return connectWampy(url, sealing(new WAMPY_SERIALIZERS[serializer]()))
}

async function connectWampy(url: string, serializer: object) {
  const { WebSocket } = createRequire(import.meta.url)("ws") as { WebSocket: unknown }
  const options = { realm: "realm1", ws: WebSocket, serializer, autoReconnect: false }
  const client = new Wampy(url, options as never)
  await client.connect()
  return { client, connection: wampy(client), close: () => client.disconnect() }
}

/** What tests use of autobahn-js, which has no types of its own. */
export interface Autobahn extends AutobahnClient {
  onopen: (session: AutobahnSession, details: Record<string, unknown>) => void
  onclose: (reason: string, details: { readonly will_retry: boolean }) => boolean | undefined
  readonly session: AutobahnSession
  readonly transport: { close(code?: number): void; readonly serializer: object }
  open(): void
  close(): void
}

export interface AutobahnSession {
  readonly id: number
  readonly isOpen: boolean
  call(
    uri: string,
    args?: unknown[],
    kwargs?: object,
    options?: object,
  ): Promise<unknown> & { cancel(o?: object): void }
  publish(uri: string, args?: unknown[], kwargs?: object, options?: object): Promise<unknown>
  register(
    uri: string,
    procedure: (args: unknown[], kwargs: object) => unknown,
    options?: object,
  ): Promise<{ readonly on_unregister: Promise<unknown> }>
  unregister(registration: never): Promise<unknown>
  subscribe(uri: string, handler: (args: unknown[], kwargs: object) => void, options?: object): Promise<unknown>
  unsubscribe(subscription: never): Promise<unknown>
}

export const autobahnJs = createRequire(import.meta.url)("autobahn") as {
  readonly Connection: new (options: object) => Autobahn
  readonly Session: new (
    transport: object,
    ...handlers: unknown[]
  ) => AutobahnSession & { onjoin: unknown; onleave: unknown }
  readonly log: { warn: (...args: unknown[]) => void }
}
// It tells the console of each connection that ends.
autobahnJs.log.warn = () => undefined

/** A client of autobahn-js that is not open yet; reconnects quickly. `errors` are what it would print. */
export function autobahnClient(url: string, options: object = {}): { client: Autobahn; errors: unknown[] } {
  const errors: unknown[] = []
  const client = new autobahnJs.Connection({
    url,
    realm: "realm1",
    serializers: serializers("msgpack"),
    initial_retry_delay: 0.02,
    max_retries: -1,
    max_retry_delay: 0.1,
    on_user_error: (error: unknown) => errors.push(error),
    on_internal_error: (error: unknown) => errors.push(error),
    ...options,
  })
  return { client, errors }
}

/** Opens it; resolves to WELCOME.Details, and rejects when the client gives up. */
export function opened(client: Autobahn): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    client.onopen = (_session, details) => resolve(details)
    client.onclose = (reason, { will_retry }) => void (will_retry || reject(new Error(`the client gave up: ${reason}`)))
    client.open()
  })
}

/** An open session of autobahn-js and the connection over it. */
export async function openAutobahn(url: string, serializer: SerializerName = "msgpack") {
  const { client, errors } = autobahnClient(url, { serializers: serializers(serializer) })
  await opened(client)
  return {
    client,
    errors,
    connection: autobahn(client),
    close: () => closed(client),
  }
}

/** Closes it. One whose router is gone gives up with its next attempt, and keeps no process running. */
export async function closed(client: Autobahn): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    client.onclose = () => {
      resolve()
      return true
    }
  })
  if (!client.isConnected) return
  client.close()
  await gone
}

export async function until(holds: () => boolean, milliseconds = 5_000): Promise<void> {
  for (let i = 0; i < milliseconds / 10 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  if (!holds()) throw new Error(`what was waited for did not happen within ${milliseconds} ms`)
}
