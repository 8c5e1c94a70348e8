import { sized16, u32 } from "../core/byte-writer.ts"
import { concatBytes, equalBytes } from "../core/bytes.ts"
import { HIERARCHY, nameOf, parsePublic, type PublicArea } from "../attestation/tpm/public-area.ts"
import { PASSWORD, type Tpm } from "./tpm.ts"

const CC_FLUSH_CONTEXT = 0x165
const CC_READ_PUBLIC = 0x173
const CC_CREATE_PRIMARY = 0x131

/** A key that the TPM holds, transient or persistent. */
export interface LoadedKey {
  readonly handle: number
  readonly area: PublicArea
  /** nameAlg (2) || digest. */
  readonly name: Uint8Array
}

/** Makes the key of a template from the seed of a hierarchy: always the same. It takes room until it is flushed. */
export async function createPrimary(
  tpm: Tpm,
  template: Uint8Array,
  hierarchy: number = HIERARCHY.endorsement,
): Promise<LoadedKey> {
  const sensitive = sized16(sized16(), sized16())
  const { handle, parameters } = await tpm.send({
    name: "CreatePrimary",
    code: CC_CREATE_PRIMARY,
    handles: [hierarchy],
    sessions: [PASSWORD],
    // outsideInfo and creationPCR: none
    parameters: concatBytes(sensitive, sized16(template), sized16(), u32(0)),
    givesHandle: true,
  })
  const area = parsePublic(parameters.sized16(parameters.left))
  parameters.sized16(parameters.left) // creationData
  parameters.sized16(64) // creationHash
  parameters.u16() // creationTicket: tag, hierarchy, digest
  parameters.u32()
  parameters.sized16(64)
  const name = parameters.sized16(66)
  parameters.end()
  if (!equalBytes(name, nameOf(area))) throw parameters.fail("the name is not that of the key")
  return { handle, area, name }
}

/** A key that is loaded already, a persistent one (0x81……) for example. */
export async function readPublic(
  tpm: Tpm,
  handle: number,
): Promise<LoadedKey & { readonly qualifiedName: Uint8Array }> {
  const { parameters } = await tpm.send({ name: "ReadPublic", code: CC_READ_PUBLIC, handles: [handle] })
  const area = parsePublic(parameters.sized16(parameters.left))
  const [name, qualifiedName] = [parameters.sized16(66), parameters.sized16(66)]
  parameters.end()
  if (!equalBytes(name, nameOf(area))) throw parameters.fail("the name is not that of the key")
  return { handle, area, name, qualifiedName }
}

/** Frees the room of a transient key or session. */
export async function flush(tpm: Tpm, handle: number): Promise<void> {
  const { parameters } = await tpm.send({ name: "FlushContext", code: CC_FLUSH_CONTEXT, parameters: u32(handle) })
  parameters.end()
}

/** Makes a key, gives it to `use`, and flushes it whatever happens. */
export async function withPrimary<T>(tpm: Tpm, template: Uint8Array, use: (key: LoadedKey) => Promise<T>): Promise<T> {
  const key = await createPrimary(tpm, template)
  try {
    return await use(key)
  } finally {
    await flush(tpm, key.handle)
  }
}
