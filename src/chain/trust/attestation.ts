import type { AttestationFacts } from "../../attestation/facts.ts"
import type { AttestationProvider } from "../../attestation/provider.ts"
import { isE2eeError } from "../../core/errors.ts"
import type { Asked } from "./appraisal-in-storage.ts"
import { callingAppraisals, provingAppraisals } from "./appraisal-reader.ts"
import { believedBlocks } from "./believed-blocks.ts"
import { attestationRegistryOf } from "../deployment.ts"
import type { Header } from "./header.ts"
import { realmIn, sourceOf, type OnChainOptions } from "./on-chain.ts"
import type { Appraisal } from "../registries/attestation.ts"
import { SeenEpoch } from "./seen-epoch.ts"

const NOTHING = `0x${"00".repeat(32)}` as const

/**
 * What the attestation registry says of platforms, at the level of trust of `head`: by one call of a node that is believed,
 * or slot by slot proven. Everything is as of one block, and of one deeper for what speaks for a platform. Throws
 * `usage.invalid` for a deployment without the registry.
 */
export function onChainAttestation(options: Omit<OnChainOptions, "maxAge">): AttestationProvider {
  const { deployment } = options
  const [realm, registry] = [realmIn(options.realm), attestationRegistryOf(deployment)]
  const source = sourceOf(options)
  const reader =
    source.level === "single-rpc"
      ? callingAppraisals(source.clients[0], deployment, realm)
      : provingAppraisals(source.clients, deployment, realm)
  const blocks = believedBlocks(source, deployment.chainId, options)
  const seen = new SeenEpoch()
  let checked: Promise<void> | undefined

  /** Before the registry was deployed nothing stood in it, and nothing can be asked. */
  async function appraisalBefore(safe: Header, asked: Asked): Promise<Partial<Appraisal>> {
    try {
      return await reader.appraisal(safe, asked)
    } catch (error) {
      if (isE2eeError(error, "chain.wrong_code")) return {}
      throw error
    }
  }

  return {
    realm,
    async facts({ role, attesterId = NOTHING, measurementKey = NOTHING }) {
      checked ??= reader.check()
      await checked.catch((error: unknown) => {
        checked = undefined // a node that was down may come back
        throw error
      })
      const { head, safe } = await blocks()
      const asked = { role, attesterId, measurementKey }
      const ofHead = await reader.appraisal(head, asked)
      const ofSafe = safe === head ? ofHead : await appraisalBefore(safe, asked)
      seen.check(ofHead.epoch, head.number, safe.number)
      return {
        source: {
          model: "on-chain",
          level: source.level,
          block: head.number,
          blockHash: head.hash,
          safeBlock: safe.number,
        },
        chainId: BigInt(deployment.chainId),
        registry,
        realm,
        ...asked,
        ...standing(ofHead, ofSafe),
      }
    },
  }
}

type Standing = Pick<AttestationFacts, "policy" | "attester" | "measurement">

/**
 * The newest block's word, for what speaks against a platform; whatever speaks for it must stand in the safe block, too.
 * A weaker policy needs no depth of its own but for `required`: the measurement that it accepts does.
 */
function standing(head: Appraisal, safe: Partial<Appraisal>): Standing {
  const { policy, attester, measurement } = head
  return {
    ...(policy && { policy: { ...policy, required: policy.required || safe.policy?.required === true } }),
    ...(attester && {
      attester: {
        ...attester,
        confirmed: covers(safe.attester, attester, safe.attester?.delegate === attester.delegate),
      },
    }),
    ...(measurement && { measurement: { ...measurement, confirmed: covers(safe.measurement, measurement, true) } }),
  }
}

interface Windowed {
  readonly notBefore: bigint
  readonly notAfter: bigint
  readonly revoked: boolean
}

/** Whether what stood at the safe block was as much as what stands now. */
function covers(deep: Windowed | undefined, now: Windowed, isSame: boolean): boolean {
  if (deep === undefined || deep.revoked || !isSame) return false
  return deep.notBefore <= now.notBefore && now.notAfter <= deep.notAfter
}
