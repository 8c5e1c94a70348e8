import type { Command } from "commander"
import { trustedRouters } from "../authentication.ts"
import { parseChain } from "../certificate/parse.ts"
import { E2eeError } from "../core/errors.ts"
import { createEndpoint, type Endpoint } from "../endpoint.ts"
import { mlKem768 } from "../keys/hybrid.ts"
import { openPolicy } from "../keys/policy.ts"
import { parseSignedPolicy } from "../keys/policy-text.ts"
import type { ScopeOptions } from "../session/scope.ts"
import { loadIdentity } from "../store/identity.ts"
import { scopeMemory } from "../store/scope-memory.ts"
import { addressOption, globalsOf, passwordOf, readText } from "./options.ts"
import { outputOf, type Output } from "./output.ts"
import { withPlatforms, withProofOptions, type ProofOptions } from "./platform-proof.ts"
import { trustFor, withTrustOptions, type TrustOptions } from "./peer-trust.ts"
import { openSession } from "./wamp-session.ts"

/** Options of every command that takes part in a scope. */
export interface EndpointOptions extends TrustOptions, ProofOptions {
  readonly as: string
  readonly router: string
  readonly wampRealm: string
  readonly cryptosign?: boolean
  readonly routerKey?: string
  readonly verifyRouter?: boolean
  readonly bindChannel?: boolean
  readonly scope?: string
  readonly policy?: string
  readonly policyOwner?: string
  readonly memory?: string
}

export function commonMessageOptions(command: Command): Command {
  return withProofOptions(withTrustOptions(command))
    .requiredOption("--as <identity>", "machine identity of the keystore, from `delegate issue`")
    .option("--router <url>", "WebSocket URL of the WAMP router", "ws://127.0.0.1:8080/")
    .option("--wamp-realm <name>", "realm at the router", "realm1")
    .option("--cryptosign", "prove who this is to the router; without, only to one that asks (WAMP-cryptosign)")
    .option("--router-key <key>", "the router must prove this public key (64 hex digits)")
    .option("--verify-router", "the router must prove a certificate of this realm")
    .option("--bind-channel", "bind the session to its TLS connection: needs wss: and a router that does so too")
    .option("--scope <prefix>", "protected URI prefix; by default everything but the last component of the URI")
    .option("--policy <file>", "the scope's signed policy, from `policy sign`, instead of --scope and defaults")
    .option("--policy-owner <address>", "who has to have signed --policy")
    .option(
      "--memory <folder>",
      "remembers each scope's newest keys by number, so that no router can have old ones taken",
    )
}

/** Opens a session and an endpoint for the scope of a URI, and closes both after the work. */
export async function withEndpoint(
  uri: string,
  options: EndpointOptions,
  command: Command,
  work: (endpoint: Endpoint, output: Output, ended: Promise<void>) => Promise<void>,
): Promise<void> {
  const globals = globalsOf(command)
  const output = outputOf(command)
  const scope = await scopeFor(uri, options)
  if (options.routerKey !== undefined && options.verifyRouter)
    throw new E2eeError("usage.invalid", "--router-key and --verify-router are two ways to know the router; choose one")
  const stored = await loadIdentity(globals.keystore, options.as, {
    password: await passwordOf(globals, `password of ${options.as}`),
  })
  try {
    const certificates = parseChain(stored.certificates)
    const authority = certificates[1]?.certificate
    if (authority?.kind !== "authority")
      throw new E2eeError("store.corrupt", `identity ${options.as} has no authority certificate`)
    const trust = await trustFor(globals, options, authority, certificates)
    const identity = { certificates, csKey: stored.csKey }
    const router = options.routerKey ?? (options.verifyRouter ? trustedRouters(trust) : undefined)
    const bindChannel = options.bindChannel === true
    const always = options.cryptosign === true || router !== undefined || bindChannel
    await withPlatforms(options, globals, trust.realm, async ({ attestation, forRouter: attest }) => {
      output.progress(`connecting to ${options.router} …`)
      const proof = { identity, always, router, bindChannel, attest }
      const session = await openSession(options.router, options.wampRealm, proof)
      try {
        const onRefusal = (error: E2eeError, where: string): void =>
          output.warn(`refused ${where}: ${error.message} (${error.code})`)
        const memory = options.memory === undefined ? {} : { memory: scopeMemory(options.memory) }
        const { connection } = session
        const platforms = attestation === undefined ? {} : { attestation }
        const made = { connection, identity, trust, scopes: [scope], onRefusal, ...memory, ...platforms }
        const endpoint = await createEndpoint(made)
        try {
          await work(endpoint, output, session.ended)
        } finally {
          await endpoint.close()
        }
      } finally {
        await session.close()
      }
    })
  } finally {
    stored.csKey.wipe()
    stored.delegateKey.wipe()
  }
}

async function scopeFor(uri: string, { scope, policy: file, policyOwner }: EndpointOptions): Promise<ScopeOptions> {
  if (file === undefined) {
    if (policyOwner !== undefined)
      throw new E2eeError("usage.invalid", "--policy-owner without --policy; name the policy's file")
    const prefix = scope ?? uri.split(".").slice(0, -1).join(".")
    return prefix === "" ? { uri, match: "exact" } : { uri: prefix, match: "prefix" }
  }
  if (policyOwner === undefined || scope !== undefined)
    throw new E2eeError("usage.invalid", "--policy goes with --policy-owner and without --scope, which it says itself")
  const owner = addressOption(policyOwner, "--policy-owner")
  const document = parseSignedPolicy(await readText(file, "the policy", "`policy sign` writes one"))
  const { match, hybrid, uri: own } = openPolicy(document, owner)
  return { uri: own, match, signed: { document, owner }, ...(hybrid === mlKem768.name && { hybrid: mlKem768 }) }
}
