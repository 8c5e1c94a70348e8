import { AbiDecodingZeroDataError, BaseError, ContractFunctionZeroDataError, type PublicClient } from "viem"
import type { Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import { appraisalInSlots, appraisalSlots, type Asked } from "./appraisal-in-storage.ts"
import { attestationRegistryOf, checkDeployment, type Deployment } from "../deployment.ts"
import { chainError } from "../errors.ts"
import { attestationRegistryAbi, attestationRegistryCodeHash } from "../generated/AttestationRegistry.ts"
import type { Header } from "./header.ts"
import { proverBy } from "./prover.ts"
import { appraisalOfAnswer, type Appraisal } from "../registries/attestation.ts"
import { inTime } from "../rpc.ts"

/** Reads what the attestation registry says of a platform at a block. */
export interface AppraisalReader {
  /** Whether there is what to read from: once is enough. */
  check(): Promise<void>
  /** Throws `chain.wrong_code` where the registry is not there at the block. */
  appraisal(block: Header, asked: Asked): Promise<Appraisal>
}

/** Believes the node: one call of `appraisalOf`. */
export function callingAppraisals(client: PublicClient, deployment: Deployment, realm: Address): AppraisalReader {
  const address = attestationRegistryOf(deployment)
  const what = `reading the attestation of realm ${realm}`
  return {
    check: () => checkDeployment(client, deployment),
    async appraisal({ hash, number }, { role, attesterId, measurementKey }) {
      const answer = client.readContract({
        address,
        abi: attestationRegistryAbi,
        functionName: "appraisalOf",
        args: [realm, role, attesterId, measurementKey],
        blockHash: hash,
      })
      const caught = answer.catch((error: unknown) => {
        if (!isNothing(error)) throw chainError(error, what)
        const there = `at ${address} there is no code in block ${number}`
        throw new E2eeError("chain.wrong_code", `${there}; expected AttestationRegistry; check the deployment file`)
      })
      return appraisalOfAnswer(await inTime(caught, what))
    },
  }
}

/** Believes no node: every slot is proven against the block's state root, and so is the program at the address. */
export function provingAppraisals(
  clients: readonly PublicClient[],
  deployment: Deployment,
  realm: Address,
): AppraisalReader {
  const prover = proverBy(clients)
  const program = {
    name: "AttestationRegistry",
    address: attestationRegistryOf(deployment),
    code: attestationRegistryCodeHash(deployment.realmRegistry),
  }
  return {
    check: () => prover.check(deployment),
    async appraisal(block, asked) {
      const { values } = await prover.prove(block, program, appraisalSlots(realm, asked))
      return appraisalInSlots(values, block.number)
    },
  }
}

function isNothing(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  const isEmpty = (e: unknown): boolean =>
    e instanceof ContractFunctionZeroDataError || e instanceof AbiDecodingZeroDataError
  return error.walk(isEmpty) !== null
}
