"""Key grants: both sides of the handshake, and what is in it. key-messages.md, "At the grant procedure"."""

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .basics import LABELS, Refused, decode_list, encode, expand, hmac_sha256, is_bytes, is_count, keccak256, sha256, want
from .noise import Cipher, Handshake
from .schedule import BRANCHES, after, epoch_commitment
from .told import Package, Policy, Tick, parse_package

ROLES = ("callee", "caller", "subscriber", "publisher")
READS = ("callee", "subscriber")
PIECE = 65_535 - 16
MALFORMED = "keys.grant_malformed"
TOLD = ("trust.", "certificate.", "attestation.")


def branch_of(role: str) -> str:
    return "call" if role in ("callee", "caller") else "event"


def handshake(policy: Policy, realm: bytes, initiator: bool, s: bytes, rs: bytes | None = None) -> Handshake:
    pattern = "IK" if policy.settings["hybrid"] is None else "IKpsk2"
    return Handshake(pattern, LABELS["prologue"] + realm + policy.scope, initiator, s, rs)


def pre_shared_key(policy: Policy, transcript: bytes, shared: bytes, public: bytes, ciphertext: bytes) -> bytes:
    info = LABELS["hybrid"] + sha256(encode([policy.settings["hybrid"], public, ciphertext]))
    return expand(hmac_sha256(transcript, shared), info)


class Decapsulation:
    """The requester's ML-KEM-768 key pair, from its 64 bytes of randomness (d || z)."""

    def __init__(self, seed: bytes):
        self.private = MLKEM768PrivateKey.from_seed_bytes(seed)
        self.public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def shared(self, ciphertext: bytes) -> bytes:
        return self.private.decapsulate(ciphertext)


def read_request(data: bytes, policy: Policy, realm: bytes, agent_x: bytes) -> tuple[list, Package, Handshake]:
    """As the agent: fields of the payload, the requester's package, the handshake so far."""
    version, message = decode_list(data, MALFORMED, 2)
    want(version == 1 and isinstance(message, bytes), MALFORMED, "version or message")
    noise = handshake(policy, realm, False, agent_x)
    payload = noise.read_first(message)
    plain = 8 if policy.settings["hybrid"] is None else 9
    fields = decode_list(payload, MALFORMED, plain, plain + 1)
    version, scope, policy_hash, role, instance, package, time, about = fields[:8]
    want(version == 1, MALFORMED, "version")
    want(is_count(role) and role < len(ROLES), MALFORMED, "role")
    want(isinstance(package, bytes), MALFORMED, "package")
    parsed = parse_package(package)
    want(parsed.x == noise.rs, "keys.agreement", "another key than the package's")
    want(is_bytes(scope, 32) and is_bytes(policy_hash, 32) and is_bytes(instance, 8), MALFORMED, "lengths")
    want(is_count(time) and (about is None or is_bytes(about, 8)), MALFORMED, "time or about")
    want(plain == 8 or is_bytes(fields[8], 1184), MALFORMED, "public key")
    if len(fields) > plain:
        parse_demand(fields[plain])
    return fields, parsed, noise


def read_reply(
    data: bytes, noise: Handshake, policy: Policy, kem: Decapsulation | None, asks: bool = False
) -> tuple[list, bytes, tuple[Cipher, Cipher]]:
    """As the requester: the payload of the second message, what its pieces hold, and what both send with from then on."""
    head = 2 if kem is None else 3
    items = decode_list(data, MALFORMED)
    want(head <= len(items) <= head + 63, MALFORMED, "items")
    version, message, *rest = items
    want(version == 1 and all(isinstance(one, bytes) for one in items[1:]), MALFORMED, "items")
    psk = None
    if kem is not None:
        ciphertext = rest.pop(0)
        want(len(ciphertext) == 1088, MALFORMED, "ciphertext")
        psk = pre_shared_key(policy, noise.h, kem.shared(ciphertext), kem.public, ciphertext)
    verdict = decode_list(noise.read_second(message, psk), MALFORMED, 1, 2)
    raise_denial(verdict)
    send, receive = noise.split()
    if verdict[0] == 1:
        # Keys without the evidence that was asked for are not taken.
        want(not asks, "attestation.absent", "no evidence of the agent")
    else:
        want(verdict[0] == 2 and len(verdict) == 2, MALFORMED, "verdict")
    if verdict[0] == 2 and not asks:
        return verdict, b"", (send, receive)
    return verdict, b"".join(receive.decrypt(piece) for piece in rest), (send, receive)


def raise_denial(verdict: list) -> None:
    if verdict[0] == 0:
        word = verdict[1] if len(verdict) == 2 else None
        known = isinstance(word, str) and (word.startswith(TOLD) or word == "keys.policy")
        raise Refused(word if known else "keys.grant_refused", "denied")


def read_answer(data: bytes, noise: Handshake, policy: Policy, kem: Decapsulation | None) -> tuple[list, bytes]:
    """The same where no platform has to be shown: the grant."""
    verdict, grant, _ = read_reply(data, noise, policy, kem)
    want(verdict == [1], "attestation.absent", "evidence is asked for")
    parse_grant(grant)
    return verdict, grant


def parse_demand(data: object) -> list:
    want(isinstance(data, bytes), MALFORMED, "demand")
    fields = decode_list(data, MALFORMED, 8)
    challenge, chain, registry, epoch, kinds, bank, mask, age = fields
    want(is_bytes(challenge, 32) and is_bytes(registry, 20), MALFORMED, "lengths")
    want(isinstance(kinds, list) and len(kinds) <= 16 and all(map(is_count, kinds)), MALFORMED, "kinds")
    want(all(isinstance(one, int) and one >= 0 for one in (chain, epoch)), MALFORMED, "chain or epoch")
    want(all(map(is_count, (bank, mask, age))), MALFORMED, "counts")
    return fields


def parse_proof(data: bytes) -> list:
    fields = decode_list(data, MALFORMED, 0, 2)
    want(not fields or is_bytes(fields[0], 32) and isinstance(fields[1], bytes), MALFORMED, "proof")
    return fields


def read_evidence(data: bytes, transcript: bytes, receive: Cipher) -> list:
    """As the agent that waits for it: the requester's proof."""
    items = decode_list(data, MALFORMED)
    want(3 <= len(items) <= 23 and items[0] == 2, MALFORMED, "items")
    want(items[1] == transcript, "attestation.challenge", "another session's")
    want(all(isinstance(one, bytes) for one in items[2:]), MALFORMED, "pieces")
    return parse_proof(b"".join(receive.decrypt(piece) for piece in items[2:]))


def read_verdict(data: bytes, receive: Cipher) -> bytes:
    """As the requester that showed evidence: the grant."""
    items = decode_list(data, MALFORMED)
    want(2 <= len(items) <= 65 and items[0] == 2, MALFORMED, "items")
    want(all(isinstance(one, bytes) for one in items[1:]), MALFORMED, "pieces")
    verdict = decode_list(receive.decrypt(items[1]), MALFORMED, 1, 2)
    raise_denial(verdict)
    want(verdict == [1], MALFORMED, "verdict")
    grant = b"".join(receive.decrypt(piece) for piece in items[2:])
    parse_grant(grant)
    return grant


def binding(demand: list, suite: bytes, prover: str, transcript: bytes, realm: bytes, role: str, attester: bytes) -> bytes:
    """What evidence carries: attestation.md."""
    challenge, chain, registry, epoch = demand[:4]
    parts = [LABELS["binding"], suite, prover.encode(), challenge, transcript, chain.to_bytes(32, "big"), registry, realm]
    parts += [keccak256(role.encode()), attester, epoch.to_bytes(32, "big")]
    return b"WE" + sha256(*(len(part).to_bytes(2, "big") + part for part in parts))


def parse_grant(grant: bytes) -> list:
    fields = decode_list(grant, MALFORMED, 6, 7)
    announcement, tick, instance, epoch, secrets, members = fields[:6]
    want(isinstance(announcement, bytes) and isinstance(tick, bytes) and is_bytes(instance, 8), MALFORMED, "head")
    want(is_count(epoch), MALFORMED, "epoch")
    want(isinstance(secrets, list) and len(secrets) <= 1024, MALFORMED, "secrets")
    want(all(is_bytes(secret, 32) for secret in secrets), MALFORMED, "secrets")
    want(isinstance(members, list) and len(members) <= 256, MALFORMED, "members")
    for member in members:
        instance, role, chain = member
        want(is_bytes(instance, 8) and role in range(4) and isinstance(chain, str), MALFORMED, "member")
    want(len(fields) == 6 or isinstance(fields[6], bytes), MALFORMED, "path")
    return fields


def take(role: str, epoch: int, secrets: list[bytes], tick: Tick, policy: Policy) -> None:
    """That what was granted is what the agent committed to."""
    if role not in READS:
        want(len(secrets) > 0, MALFORMED, "no secrets")
        return
    back = tick.epoch - epoch
    want(len(secrets) == 1 and 0 <= back <= policy.settings["historyEpochs"] + 1, MALFORMED, "other epochs")
    held = epoch_commitment(after(secrets[0], back))
    want(held == tick.commitments[BRANCHES.index(branch_of(role))], "keys.forked", "other keys than committed to")
