import { createServer } from "node:net"
import { fileURLToPath } from "node:url"
import {
  createPublicClient,
  createWalletClient,
  custom,
  http,
  type EIP1193Provider,
  type PublicClient,
  type Transport,
} from "viem"
import { mnemonicToAccount, privateKeyToAccount } from "viem/accounts"
import { toHex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import type { Wallet, Writer } from "./registries/transaction.ts"

/** A development chain in this process, or served on loopback. Never for real value: everybody knows its keys. */
export interface EmbeddedChain {
  readonly transport: Transport
  /** Of a served chain. */
  readonly url?: string
  close(): Promise<void>
}

/** Hardhat's well-known development phrase: its accounts hold ether on the embedded chain. */
const DEVELOPMENT_PHRASE = "test test test test test test test test test test test junk"

/** Starts a chain on Hardhat's EVM; with `port` (0 for a free one) served over HTTP and WebSocket on 127.0.0.1. */
export async function startEmbeddedChain(options: { readonly port?: number } = {}): Promise<EmbeddedChain> {
  if (Number(process.versions.node.split(".")[0]) < 22) {
    throw new E2eeError(
      "session.unsupported",
      `the embedded chain needs Node 22 or newer; this is ${process.versions.node}; use another node's RPC instead`,
    )
  }
  const hardhat = await import("hardhat/hre").catch((cause: unknown) => {
    throw new E2eeError(
      "session.unsupported",
      "the embedded chain needs the package hardhat; install it: npm install hardhat@3",
      { cause },
    )
  })
  // Hardhat wants the root of an npm package: ours, so that it works from any folder.
  const root = fileURLToPath(new URL("../..", import.meta.url))
  const environment = await hardhat.createHardhatRuntimeEnvironment({}, {}, root)
  if (options.port === undefined) {
    const connection = await environment.network.create()
    const transport = custom(connection.provider as unknown as EIP1193Provider, { retryCount: 0 })
    return { transport, close: () => connection.close() }
  }
  await refuseTakenPort(options.port)
  const server = await environment.network.createServer(undefined, "127.0.0.1", options.port)
  const { address, port } = await server.listen()
  const url = `http://${address}:${port}`
  return { transport: http(url), url, close: () => server.close() }
}

/** Hardhat's server throws out of anybody's reach when it cannot listen: so the port is tried before. */
async function refuseTakenPort(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once("error", (cause) => {
      const advice = "choose another with --port, or 0 for a free one"
      reject(new E2eeError("session.connection", `the chain cannot listen on port ${port}; ${advice}`, { cause }))
    })
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()))
  })
}

/** A development account's secret key (32 bytes). */
export function developmentKey(index: number): Secret {
  const key = mnemonicToAccount(DEVELOPMENT_PHRASE, { addressIndex: index }).getHdKey().privateKey
  if (key === null || key === undefined) throw new E2eeError("internal.invariant", "the development phrase gave no key")
  return new Secret(key)
}

/** Clients for reading, and for writing with a secret key (32 bytes). */
export function readerOf(transport: Transport): PublicClient {
  return createPublicClient({ transport, cacheTime: 0, pollingInterval: 100 })
}

export function writerOf(transport: Transport, key: Secret): Writer {
  const account = privateKeyToAccount(toHex(key.expose()))
  const wallet: Wallet = createWalletClient({ account, transport })
  return { client: readerOf(transport), wallet }
}
