import type { PublicClient } from "viem"
import { parseChain } from "../../certificate/parse.ts"
import { checkDeployment, type Deployment } from "../../chain/deployment.ts"
import { chainError } from "../../chain/errors.ts"
import { onChain as trustOnChain } from "../../chain/trust/on-chain.ts"
import { realmOf } from "../../chain/registries/realms.ts"
import type { Address } from "../../core/address.ts"
import type { CurveOperations } from "../../core/curves/operations.ts"
import { E2eeError } from "../../core/errors.ts"
import { listKeys, type ListedEntry } from "../../store/keystore.ts"
import { readRealmFile } from "../realm-file.ts"
import { askRouter } from "./ask-router.ts"
import { look, type Finding, type Seen } from "./finding.ts"
import * as judge from "./judge.ts"
import { judgeRouter } from "./judge-router.ts"

/** What to look at. */
export interface Surroundings {
  readonly nodeVersion: string
  readonly curves: CurveOperations["name"]
  readonly rpc: string
  readonly client: PublicClient
  readonly deploymentFile: string
  readonly deployment: () => Promise<Deployment>
  readonly realmFile: string
  /** The realm file's where absent. */
  readonly realm?: Address
  readonly router: string
  readonly wampRealm: string
  readonly keystore: string
  /** For each look. */
  readonly timeoutMs: number
  /** POSIX milliseconds. */
  readonly clock: () => number
}

/** Looks at everything, each thing for a limited time and whatever became of the others, and judges what was seen. */
export async function examine(around: Surroundings): Promise<Finding[]> {
  const { client, rpc, timeoutMs, clock } = around
  const within = <T>(what: string, code: "store.io" | "chain.unreachable", work: () => Promise<T>): Promise<Seen<T>> =>
    look(what, code, timeoutMs, work)
  const router = askRouter(around.router, around.wampRealm, timeoutMs)
  const [deployment, realmFile, entries, chain] = await Promise.all([
    within("the deployment file", "store.io", around.deployment),
    within("the realm file", "store.io", () => readRealmFile(around.realmFile)),
    within("the keystore", "store.io", () => listKeys(around.keystore)),
    within("the chain's newest block", "chain.unreachable", () => newestBlock(client)),
  ])
  const realm = around.realm ?? (realmFile.ok ? realmFile.value[0]?.certificate.realm : undefined)
  /** What needs chain and deployment is not asked without them: that they are missing is said once. */
  const deployed = async <T>(what: string, work: (there: Deployment) => Promise<T>): Promise<Seen<T>> => {
    if (!chain.ok) return chain
    return deployment.ok ? within(what, "chain.unreachable", () => work(deployment.value)) : deployment
  }
  const [registries, found, identities, sights] = await Promise.all([
    deployed("the registries", (there) => checkDeployment(client, there)),
    realm === undefined ? undefined : deployed("the realm", (there) => realmOf(client, there, realm)),
    Promise.all(identitiesIn(entries).map((entry) => identitySight(entry, client, deployed))),
    router,
  ])
  const known = realmFile.ok ? realmFile.value : undefined
  const onChain = chain.ok && deployment.ok ? [judge.judgeRegistries(registries), judge.judgeRealm(found, known)] : []
  const now = clock()
  const routerTime = [...sights.values()].flatMap((sight) => (sight.ok ? (sight.value.time ?? []) : []))[0]
  return [
    judge.judgeNode(around.nodeVersion),
    judge.judgeCurves(around.curves),
    judge.judgeDeployment(around.deploymentFile, deployment),
    judge.judgeRealmFile(around.realmFile, realmFile, deployment),
    judge.judgeChain(hostOf(rpc), chain, deployment, now),
    ...onChain,
    ...judgeRouter(hostOf(around.router), around.wampRealm, sights),
    judge.judgeClock(now, chain, routerTime),
    ...judge.judgeKeystore(around.keystore, entries),
    ...identities.map((identity) => judge.judgeIdentity(identity, now)),
  ]
}

/** What is printed of a URL: paths and user names often hold a secret, and what a doctor says is shown around. */
function hostOf(url: string): string {
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

async function newestBlock(client: PublicClient): Promise<judge.ChainSight> {
  try {
    const [chainId, block] = await Promise.all([client.getChainId(), client.getBlock()])
    return { chainId, block: block.number, timestamp: block.timestamp }
  } catch (error) {
    throw chainError(error, "reading the newest block")
  }
}

type Identity = ListedEntry & { readonly kind: "identity" }

function identitiesIn(entries: Seen<readonly ListedEntry[]>): Identity[] {
  return entries.ok ? entries.value.filter((entry) => entry.kind === "identity") : []
}

async function identitySight(
  { name, csPubKey, certificates }: Identity,
  client: PublicClient,
  deployed: <T>(what: string, work: (there: Deployment) => Promise<T>) => Promise<Seen<T>>,
): Promise<judge.IdentitySight> {
  const chain = await look(`the certificates of ${name}`, "store.corrupt", 1_000, async () => parseChain(certificates))
  const facts = await deployed(`what the registries say of ${name}`, async (deployment) => {
    const realm = chain.ok ? judge.realmOfChain(chain.value) : undefined
    if (!chain.ok || realm === undefined) throw new E2eeError("store.corrupt", `${name} has no authority certificate`)
    return trustOnChain({ client, deployment, realm }).facts(chain.value)
  })
  return { name, csPubKey, chain, facts }
}
