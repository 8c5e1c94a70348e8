import { capabilityBits } from "../../src/certificate/capabilities.ts"
import {
  delegateChain,
  operatorCertificate,
  randomSecret,
  rootCertificate,
  type Place,
} from "../../src/certificate/enrol.ts"
import type { Identity } from "../../src/certificate/identity.ts"
import { addressOfKey } from "../../src/certificate/signature.ts"
import { documentOf, firstBundle, signBundle, standalone } from "../../src/index.ts"
import { documentToJson } from "../../src/trust/standalone/issue-bundle.ts"
import type { TrustProvider } from "../../src/trust/provider.ts"

export interface Realm {
  /** Another machine of the realm, of an operator of its own. */
  machine(): Identity
  trust(): TrustProvider
}

/** A realm with a standalone trustroot, in memory: trust is as real as elsewhere, and needs no chain. */
export function foundRealm(): Realm {
  const rootKey = randomSecret()
  const root = addressOfKey(rootKey)
  const now = Date.now()
  // One second for all: no issuer is younger than what it issued.
  const place: Place = {
    chainId: 1n,
    verifyingContract: root,
    realm: root,
    validFrom: BigInt(Math.floor(now / 1_000)),
  }
  const life = { now, lifeSeconds: 3_600, refreshSeconds: 3_600 }
  const document = documentToJson(
    documentOf(signBundle(firstBundle({ trustroot: root, realm: root, ...life }), rootKey)),
  )
  return {
    machine: () => {
      const [operatorKey, csKey] = [randomSecret(), randomSecret()]
      const above = [operatorCertificate(place, rootKey, addressOfKey(operatorKey)), rootCertificate(place, rootKey)]
      const capabilities = capabilityBits(["provider", "consumer"])
      const delegate = { operatorKey, delegateKey: randomSecret(), csKey, capabilities, now: Date.now(), above }
      return { csKey, certificates: delegateChain(place, delegate) }
    },
    trust: () =>
      standalone({
        trustroot: root,
        realm: root,
        source: async () => document,
        state: { load: async () => undefined, save: async () => undefined },
      }),
  }
}
