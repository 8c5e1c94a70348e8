import { ALG } from "../../src/attestation/tpm/algorithms.ts"
import { pcrsOf, type PcrSelection } from "../../src/attestation/tpm/attest.ts"
import { HIERARCHY, nameOf, OBJECT, parsePublic } from "../../src/attestation/tpm/public-area.ts"
import { sized16, u16, u32, u8 } from "../../src/core/byte-writer.ts"
import { concatBytes } from "../../src/core/bytes.ts"
import type { LoadedKey } from "../../src/device/keys.ts"
import type { Quote } from "../../src/device/quote.ts"
import { PASSWORD, type Tpm } from "../../src/device/tpm.ts"

/** Commands that only tests need: what an attacker with a real TPM may do, and what a maker does in the factory. */

const { fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, restricted, sign, decrypt } = OBJECT
export const SIGNING = fixedTPM | fixedParent | sensitiveDataOrigin | userWithAuth | restricted | sign
const P256 = 0x0003
const P384 = 0x0004

export interface SigningTemplate {
  readonly attributes?: number
  /** RSA where absent. */
  readonly curve?: "P-256" | "P-384"
  readonly scheme?: number
  readonly hash?: number
}

/** A template for signing keys of every make. */
export function signingTemplate(options: SigningTemplate): Uint8Array {
  const {
    attributes = SIGNING,
    curve,
    hash = ALG.sha256,
    scheme = curve === undefined ? ALG.rsassa : ALG.ecdsa,
  } = options
  const signature = scheme === ALG.null ? u16(ALG.null) : concatBytes(u16(scheme), u16(hash))
  const head = concatBytes(u16(ALG.sha256), u32(attributes), sized16(), u16(ALG.null), signature)
  return curve === undefined
    ? concatBytes(u16(ALG.rsa), head, u16(2_048), u32(0), sized16())
    : concatBytes(u16(ALG.ecc), head, u16(curve === "P-256" ? P256 : P384), u16(ALG.null), sized16(), sized16())
}

/** A storage key under which others are made. */
export function storageTemplate(): Uint8Array {
  const attributes = fixedTPM | fixedParent | sensitiveDataOrigin | userWithAuth | restricted | decrypt
  const aes = concatBytes(u16(ALG.aes), u16(128), u16(ALG.cfb))
  const ecc = concatBytes(u16(ALG.null), u16(P256), u16(ALG.null), sized16(), sized16())
  return concatBytes(u16(ALG.ecc), u16(ALG.sha256), u32(attributes), sized16(), aes, ecc)
}

/** Create and Load: a key below another. */
export async function createBelow(tpm: Tpm, parent: LoadedKey, template: Uint8Array): Promise<LoadedKey> {
  const { parameters } = await tpm.send({
    name: "Create",
    code: 0x153,
    handles: [parent.handle],
    sessions: [PASSWORD],
    parameters: concatBytes(sized16(sized16(), sized16()), sized16(template), sized16(), u32(0)),
  })
  const secret = parameters.sized16(1_024)
  const area = parameters.sized16(1_024)
  const loaded = await tpm.send({
    name: "Load",
    code: 0x157,
    handles: [parent.handle],
    sessions: [PASSWORD],
    parameters: concatBytes(sized16(secret), sized16(area)),
    givesHandle: true,
  })
  const parsed = parsePublic(area)
  return { handle: loaded.handle, area: parsed, name: nameOf(parsed) }
}

/** Quote of any selection, also none and several. */
export async function quoteOf(
  tpm: Tpm,
  key: LoadedKey,
  selections: readonly PcrSelection[],
  extraData: Uint8Array,
): Promise<Quote> {
  const list = selections.map(({ bank, mask }) => {
    const select = new Uint8Array(3)
    for (const pcr of pcrsOf(mask)) select[pcr >> 3] = (select[pcr >> 3] ?? 0) | (1 << (pcr & 7))
    return concatBytes(u16(bank), u8(3), select)
  })
  const { parameters } = await tpm.send({
    name: "Quote",
    code: 0x158,
    handles: [key.handle],
    sessions: [PASSWORD],
    parameters: concatBytes(sized16(extraData), u16(ALG.null), u32(list.length), ...list),
  })
  return { statement: parameters.sized16(1_024), signature: parameters.rest() }
}

/** Another statement that the same key signs with the same extra data: GetTime. */
export async function timeStatement(tpm: Tpm, key: LoadedKey, extraData: Uint8Array): Promise<Quote> {
  const { parameters } = await tpm.send({
    name: "GetTime",
    code: 0x14c,
    handles: [HIERARCHY.endorsement, key.handle],
    sessions: [PASSWORD, PASSWORD],
    parameters: concatBytes(sized16(extraData), u16(ALG.null)),
  })
  return { statement: parameters.sized16(1_024), signature: parameters.rest() }
}

/**
 * Has the key sign bytes of the caller's: Hash, with the ticket that they do not begin like a statement of the TPM, then
 * Sign. A restricted key signs nothing else.
 */
export async function signBytes(tpm: Tpm, key: LoadedKey, message: Uint8Array): Promise<Uint8Array> {
  const hashed = await tpm.send({
    name: "Hash",
    code: 0x17d,
    parameters: concatBytes(sized16(message), u16(ALG.sha256), u32(HIERARCHY.owner)),
  })
  const digest = hashed.parameters.sized16(64)
  const ticket = hashed.parameters.rest()
  const { parameters } = await tpm.send({
    name: "Sign",
    code: 0x15d,
    handles: [key.handle],
    sessions: [PASSWORD],
    parameters: concatBytes(sized16(digest), u16(ALG.null), ticket),
  })
  return parameters.rest()
}

const PLATFORM = 0x4000000c
/** TPMA_NV: ppwrite, ppread, ownerread, authread, platformcreate, no_da. */
const CERTIFICATE_ATTRIBUTES = 0x1 | (1 << 16) | (1 << 17) | (1 << 18) | (1 << 30) | (1 << 25)

/** What a maker does: defines an index and writes a certificate there. */
export async function writeIndex(tpm: Tpm, index: number, bytes: Uint8Array): Promise<void> {
  const area = concatBytes(u32(index), u16(ALG.sha256), u32(CERTIFICATE_ATTRIBUTES), sized16(), u16(bytes.length))
  await tpm.send({
    name: "NV_DefineSpace",
    code: 0x12a,
    handles: [PLATFORM],
    sessions: [PASSWORD],
    parameters: concatBytes(sized16(), sized16(area)),
  })
  for (let at = 0; at < bytes.length; at += 512)
    await tpm.send({
      name: "NV_Write",
      code: 0x137,
      handles: [PLATFORM, index],
      sessions: [PASSWORD],
      parameters: concatBytes(sized16(bytes.slice(at, at + 512)), u16(at)),
    })
}
