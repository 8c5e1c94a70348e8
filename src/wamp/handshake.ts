import { encodeEvidence, type TpmEvidence } from "../attestation/evidence.ts"
import { BANKS } from "../attestation/facts.ts"
import type { Attester } from "../attestation/kind.ts"
import { readIdentity, trustrootOf, type Identity } from "../certificate/identity.ts"
import { toTypedData } from "../certificate/issue.ts"
import { parseAddress } from "../core/address.ts"
import { toHex } from "../core/bytes.ts"
import { asE2eeError, E2eeError } from "../core/errors.ts"
import { ClientHandshake, type Channel, type RouterCheck } from "../cryptosign/client.ts"
import { parseWireHex, wireHex } from "../cryptosign/proof.ts"

/** How a client proves an endpoint's identity, and whom it takes for its router. */
export interface HandshakeSettings {
  /** Name to be known by. Default the delegate's address, as routers that judge certificates give it. */
  readonly authid?: string
  /** Whether the chain is shown to the router, in the clear. Default true; a router that lists keys needs none. */
  readonly certificates?: boolean
  /** The trustroot's address. Default the root that the chain ends in. */
  readonly trustroot?: string
  /** Whom to take for the router: its public key (64 hex digits), or a judgement such as `trustedRouters(trust)`. */
  readonly router?: string | Exclude<RouterCheck, string>
  /**
   * Shows this machine's platform to a router that asks: `openAttester(tpm, { purpose: ROUTERS })` of wamp-e2ee/device.
   * Never the key for peers, which signs no router's challenge. Default: such routers are refused.
   */
  readonly attest?: Attester<TpmEvidence>
  /** Told why the session was not opened: the client's own error does not say. */
  readonly onRefusal?: (error: E2eeError) => void
}

export interface Handshake {
  readonly authid: string
  readonly handshake: ClientHandshake
  /** Tells why the router was refused, and gives it back coded. */
  readonly told: (error: unknown) => E2eeError
}

/** Throws `usage.invalid`, or what a malformed chain is refused with. @param channel TLS connection to be bound to */
export function handshakeOf(identity: Identity, settings: HandshakeSettings, channel?: Channel): Handshake {
  const { chain, delegate } = readIdentity(identity)
  const { certificates = true, onRefusal = (): void => undefined } = settings
  return {
    authid: settings.authid ?? delegate.delegate,
    handshake: new ClientHandshake({
      key: identity.csKey,
      certificates: certificates ? chain.map(toTypedData) : [],
      trustroot: certificates ? addressOption(settings.trustroot ?? trustrootOf(chain)) : undefined,
      channel,
      router: routerOption(settings.router),
      attest: settings.attest && quoting(settings.attest),
      random: () => crypto.getRandomValues(new Uint8Array(32)),
    }),
    told: (error) => {
      const coded = asE2eeError(error, "session.authentication", "the router could not be judged")
      onRefusal(coded)
      return coded
    },
  }
}

/** SHA-256's bank: the specification names none. The log goes apart, as it wants it. */
function quoting(attester: Attester<TpmEvidence>) {
  return async (challenge: Uint8Array, registers: readonly number[]): Promise<Record<string, unknown>> => {
    const mask = registers.reduce((all, pcr) => all + 2 ** pcr, 0)
    const { firmwareLog, imaLog: _unshown, ...quoted } = await attester.attest(challenge, { bank: BANKS.sha256, mask })
    const quote = wireHex(encodeEvidence(quoted))
    return firmwareLog === undefined ? { quote } : { quote, measurement: wireHex(firmwareLog) }
  }
}

function addressOption(text: string | undefined): ReturnType<typeof parseAddress> {
  if (text === undefined)
    throw new E2eeError("usage.invalid", "the chain ends before its root; name the root as trustroot")
  const address = parseAddress(text)
  if (address === undefined)
    throw new E2eeError(
      "usage.invalid",
      `trustroot ${JSON.stringify(text)} is no address; expected 0x and 40 hex digits`,
    )
  return address
}

function routerOption(router: HandshakeSettings["router"]): RouterCheck | undefined {
  if (typeof router !== "string") return router
  const key = parseWireHex(router.replace(/^0x/, ""), 32)
  if (key === undefined)
    throw new E2eeError("usage.invalid", `router ${JSON.stringify(router)} is no public key; expected 64 hex digits`)
  return toHex(key)
}
