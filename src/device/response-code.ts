/** Responses by which a TPM says that it will do the command later (Part 2, 6.6.3): send it again. */
export const AGAIN: ReadonlySet<number> = new Set([0x90a, 0x908, 0x922])

/** The response codes that a person may meet here (Part 2, 6.6.3). */
const NAMES: Readonly<Record<number, string>> = {
  0x100: "TPM_RC_INITIALIZE: the TPM was not started",
  0x101: "TPM_RC_FAILURE: the TPM is in failure mode",
  0x143: "TPM_RC_COMMAND_CODE: the TPM lacks the command",
  0x12f: "TPM_RC_AUTH_UNAVAILABLE",
  0x14b: "TPM_RC_NV_AUTHORIZATION: the index may not be read so",
  0x14a: "TPM_RC_NV_UNINITIALIZED: the index was never written",
  0x901: "TPM_RC_CONTEXT_GAP",
  0x902: "TPM_RC_OBJECT_MEMORY: no room for a key, flush another; take /dev/tpmrm0 rather than /dev/tpm0",
  0x903: "TPM_RC_SESSION_MEMORY: no room for a session",
  0x904: "TPM_RC_MEMORY",
  0x908: "TPM_RC_YIELDED",
  0x90a: "TPM_RC_TESTING: the TPM tests itself",
  0x920: "TPM_RC_NV_RATE",
  0x921: "TPM_RC_LOCKOUT: too many wrong authorisations, wait",
  0x922: "TPM_RC_RETRY",
  0x923: "TPM_RC_NV_UNAVAILABLE",
}

/** Format-one codes, which name a parameter, handle or session besides. */
const FORMAT_ONE: Readonly<Record<number, string>> = {
  0x02: "TPM_RC_ATTRIBUTES",
  0x03: "TPM_RC_HASH",
  0x04: "TPM_RC_VALUE",
  0x05: "TPM_RC_HIERARCHY: the hierarchy is disabled",
  0x0b: "TPM_RC_HANDLE: there is nothing at the handle",
  0x0e: "TPM_RC_AUTH_FAIL",
  0x12: "TPM_RC_SCHEME",
  0x15: "TPM_RC_SIZE",
  0x1d: "TPM_RC_POLICY_FAIL",
  0x1f: "TPM_RC_INTEGRITY: the credential is not for this TPM and key",
  0x22: "TPM_RC_BAD_AUTH: the hierarchy has a password",
  0x26: "TPM_RC_CURVE: the TPM lacks the curve",
}

/** A response code for people: number, name and what it is about. */
export function responseText(code: number): string {
  const number = `0x${code.toString(16).padStart(3, "0")}`
  if ((code & 0x80) === 0) return `${number} ${NAMES[code] ?? ""}`.trim()
  const name = FORMAT_ONE[code & 0x3f] ?? "see Part 2, 6.6.3 of the TPM 2.0 Library"
  const position = (code >> 8) & 0xf
  const about =
    (code & 0x40) !== 0 ? `parameter ${position}` : position >= 8 ? `session ${position - 8}` : `handle ${position}`
  return `${number} ${name} (${about})`
}
