/**
 * Every failure of this library is an {@link E2eeError} with a code from this closed list; docs/errors.md prints the
 * same list with advice. A code's first word names the part that refused.
 */
export const ERROR_CODES = {
  // certificate: one certificate, looked at by itself
  "certificate.malformed": "a certificate does not have the shape the specification gives it",
  "certificate.signature_form": "a signature is not 65 bytes r, s, v with low s and v of 27 or 28 (CCR-17)",
  "certificate.foreign_types": "a certificate carries types or a domain other than WAMP's (CCR-18)",
  // trust: a chain of certificates judged against a trustroot, one code a rule
  "trust.context": "chain id or contract differ from local policy, or a certificate is not valid yet (CCR-1)",
  "trust.realm": "an authority certificate is for another realm (CCR-2)",
  "trust.types": "the delegate certificate is not first, or another certificate is no authority certificate (CCR-3)",
  "trust.root": "the last certificate is not the self-signed certificate of the trustroot (CCR-4)",
  "trust.linkage": "a certificate was not issued by the subject of the next (CCR-5)",
  "trust.validity_order": "an authority certificate is older than its issuer's (CCR-6)",
  "trust.capabilities": "a certificate has capabilities that its issuer lacks (CCR-7)",
  "trust.subject": "the first authority certificate is for another delegate (CCR-8)",
  "trust.delegate_validity": "the delegate certificate is older than its authority certificate (CCR-9)",
  "trust.root_signature": "the root certificate is not signed by the root (CCR-10)",
  "trust.authority_signature": "an authority certificate is not signed by its issuer (CCR-11)",
  "trust.delegate_signature": "the delegate certificate is not signed by its delegate (CCR-12)",
  "trust.possession": "the peer did not prove to hold the key that its certificate names (CCR-13)",
  "trust.not_a_ca": "a certificate issues another one without a CA capability (CCR-14)",
  "trust.length": "a chain has fewer than 2 or more than 8 certificates (CCR-15)",
  "trust.revoked": "a certificate on the path is revoked (CCR-16)",
  "trust.expired": "a certificate on the path is past its end (CCR-16)",
  "trust.superseded": "a certificate on the path is older than its issuer's epoch (CCR-16)",
  "trust.age": "the delegate booted in the future or longer ago than policy allows (CCR-16)",
  "trust.operator": "the operator on the path is not admitted to the realm, or is revoked",
  "trust.unconfirmed": "what speaks for the peer is too new in the chain, or is not yet confirmed by a person",
  "trust.pin_changed":
    "a pinned peer or realm came back with another key, authority or root, or by a weaker trust model",
  "trust.capability_missing": "the peer is verified but lacks the capability for what it asks",
  "trust.unknown_realm": "the realm does not exist at the trustroot",
  // trustroot: a signed bundle of a standalone trustroot; nothing of it is a peer's fault
  "trustroot.malformed": "a bundle does not have the shape of one",
  "trustroot.signature": "a bundle is not signed by the trustroot, nor by a successor that it named",
  "trustroot.context": "a bundle is for another realm, chain or contract, or is dated in the future",
  "trustroot.expired": "the newest bundle is past its end, and no newer one is to be had",
  "trustroot.rollback": "a bundle is older than one that was seen before",
  "trustroot.fork": "two bundles of the trustroot have one sequence and other content",
  "trustroot.unreachable": "the bundle's source does not answer, or not with a bundle",
  // payload: bytes from a peer or a router
  "payload.plaintext_forbidden": "an unprotected payload arrived for a URI inside a protected scope",
  "payload.attributes": "passthru attributes are missing, unknown or of the wrong type",
  "payload.too_large": "a payload, its depth or its number of elements is over the limit",
  "payload.decrypt_failed": "the box does not open with the key it names",
  "payload.decode_failed": "the opened payload is no frame",
  "payload.encode_failed": "an argument cannot be encoded",
  "payload.context": "a payload belongs to another URI, kind, realm, request or sender",
  "payload.signature": "the sender's signature does not cover the payload",
  "payload.replay": "a payload was seen before, or is older than the replay window",
  "payload.incomplete": "parts of a progressive call or result are missing, or came in another order",
  "payload.stale": "a payload's time is further from now than the allowed skew",
  // keys: agreement and distribution
  "keys.unknown_key": "no data key with that id is held, and none was granted",
  "keys.no_agent": "nobody answers key grants for the scope",
  "keys.grant_refused": "the key agent refused the grant",
  "keys.grant_malformed": "a grant message is not of its form",
  "keys.agreement": "the key agreement failed: wrong signature, wrong transcript or a low-order point",
  "keys.package_malformed": "a key package is not of its form",
  "keys.package_signature": "a key package is not signed by the key that it names",
  "keys.package_mismatch": "a key package and the certificates of its maker do not name each other",
  "keys.package_expired": "a key package is past its end, or not valid yet",
  "keys.policy": "the policy of a scope is not its owner's, or another than the peer's",
  "keys.announcement": "an announcement of keys is not of its form, or not its agent's",
  "keys.tick": "a tick is not of its form, or not its agent's",
  "keys.epoch": "no key is held for the epoch",
  "keys.stale": "the key agent has not confirmed the present keys in time",
  "keys.rollback": "keys of an earlier generation or epoch were announced again",
  "keys.evidence": "evidence is not of its form, was changed, or proves nothing",
  "keys.rekey": "a re-key message is not of its form, not the announced one, or not for the keys that are held",
  "keys.forked": "the key agent announced one thing to some members and another to others",
  // session: the endpoint and its calls
  "session.outside_scope": "the URI is in no protected scope of this endpoint",
  "session.reserved_uri": "the URI is reserved for key distribution or for the router",
  "session.timeout": "no answer came before the deadline",
  "session.cancelled": "the caller cancelled the call",
  "session.closed": "the endpoint or its connection is closed",
  "session.router_error": "the router, not the peer, answered with an error",
  "session.application_error": "the peer's handler answered with an error",
  "session.connection": "the WAMP connection could not be made or was lost",
  "session.authentication":
    "the router did not prove who it is, did not accept our proof, or asked for one in a wrong way",
  "session.unsupported": "the router or client lacks a feature that is needed",
  // chain: the EVM node
  "chain.unreachable": "the chain's RPC endpoint does not answer",
  "chain.wrong_chain": "the node is of another chain",
  "chain.wrong_code": "there is no registry, or another program, at the address",
  "chain.reverted": "the registry refused the transaction",
  "chain.pending": "a transaction was sent, and whether it is mined is not known yet",
  "chain.replaced": "another transaction of the account took the place of the one that was sent",
  "chain.request": "a request signed for somebody else to send is unsigned, expired, spent, or not its signer's",
  "chain.bad_answer": "the node's answer is not of its form",
  "chain.bad_proof": "a header or proof does not hold: the node lies, or its chain hashes otherwise",
  "chain.no_quorum": "too few nodes agree on the newest block",
  "chain.stale_head": "the newest block that the node knows is too old, or older than one seen before",
  "chain.log_incomplete": "the node's log of a realm or operator does not add up to what the registry holds",
  "chain.funds": "the account cannot pay for the transaction",
  // attestation: what a peer shows of its platform; one code a check, in the order of the checks
  "attestation.absent": "a platform has to be attested, and no evidence came",
  "attestation.kind": "evidence is of a kind that is unknown or not allowed",
  "attestation.too_large": "evidence, or a part of it, is over its limit",
  "attestation.malformed": "evidence is not of its form, or bytes follow its end",
  "attestation.key_attributes":
    "the attestation key is not bound to its TPM, or may sign what is no statement of the TPM",
  "attestation.attester": "the attestation key is not the one that was enrolled",
  "attestation.delegate": "the attestation key is enrolled for another delegate",
  "attestation.unconfirmed": "what speaks for the platform is too new in the chain",
  "attestation.attester_standing": "the attester is revoked, or its time has not begun or is over",
  "attestation.scheme": "the signature is of another scheme than its key",
  "attestation.signature": "the signature over the evidence is wrong",
  "attestation.magic": "the signed bytes were not made by a TPM",
  "attestation.type": "the TPM signed another statement than a quote",
  "attestation.binding": "the evidence was made for another session, peer, realm, policy or purpose",
  "attestation.challenge": "the challenge was not issued here, was answered before, or is too old",
  "attestation.signer": "the qualified name of the signing key is not that of the key shown",
  "attestation.bank": "not exactly one bank of registers is quoted, or another than policy asks",
  "attestation.selection": "the registers quoted are not those that policy asks",
  "attestation.digest": "the register values shown do not give the digest that was signed",
  "attestation.event_log": "an event log does not replay to the registers quoted",
  "attestation.measurement": "the measurement is not anchored for the realm and role",
  "attestation.measurement_standing": "the measurement is revoked, or its time has not begun or is over",
  "attestation.clock": "the clock of the TPM may have gone back",
  "attestation.reset": "the TPM was reset since it was last seen, or an older state of it is shown",
  "attestation.age": "the evidence is older than policy allows",
  "attestation.firmware": "the firmware of the TPM is not one that is expected",
  "attestation.certificate":
    "a certificate of the vendor's chain is not valid, or the chain does not end in a pinned root",
  "attestation.activation": "the endorsement key did not open the credential for this attestation key",
  "attestation.policy": "the attestation policy is missing, weak or older than one seen before",
  // device: the TPM of this machine
  "device.missing": "there is no TPM at the path, or it may not be opened",
  "device.io": "the connection to the TPM failed, was closed or ran out of time",
  "device.refused": "the TPM refused a command",
  "device.bad_answer": "the TPM's answer is not of its form",
  // store: the disk
  "store.missing": "a file or key does not exist",
  "store.exists": "a file or key exists already",
  "store.corrupt": "a stored file is damaged",
  "store.password": "the password is wrong",
  "store.mode": "a secret file can be read by others",
  "store.io": "the disk refused",
  // usage: what a person typed or a program passed
  "usage.invalid": "an argument or option is not of its form",
  // internal: a promise of ours broken
  "internal.invariant": "a promise of this library was broken; please report it",
} as const

export type ErrorCode = keyof typeof ERROR_CODES

/** What every failure of this library is. `message` says what, which value, what was expected and what to do. */
export class E2eeError extends Error {
  override readonly name: string = "E2eeError"
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** True for an error of ours, optionally with one given code. */
export function isE2eeError(error: unknown, code?: ErrorCode): error is E2eeError {
  return error instanceof E2eeError && (code === undefined || error.code === code)
}

/** The error itself if it is one of ours, otherwise a coded one around it. */
export function asE2eeError(error: unknown, code: ErrorCode, what: string): E2eeError {
  if (error instanceof E2eeError) return error
  return new E2eeError(code, `${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
}
