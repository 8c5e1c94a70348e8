"""Key grants: both sides of the handshake, and what is in it. key-messages.md, "At the grant procedure"."""

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .basics import LABELS, Refused, decode_list, encode, expand, hmac_sha256, is_bytes, is_count, sha256, want
from .noise import Handshake
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
    fields = decode_list(payload, MALFORMED, 8 if policy.settings["hybrid"] is None else 9)
    version, scope, policy_hash, role, instance, package, time, about = fields[:8]
    want(version == 1, MALFORMED, "version")
    want(is_count(role) and role < len(ROLES), MALFORMED, "role")
    want(isinstance(package, bytes), MALFORMED, "package")
    parsed = parse_package(package)
    want(parsed.x == noise.rs, "keys.agreement", "another key than the package's")
    want(is_bytes(scope, 32) and is_bytes(policy_hash, 32) and is_bytes(instance, 8), MALFORMED, "lengths")
    want(is_count(time) and (about is None or is_bytes(about, 8)), MALFORMED, "time or about")
    want(len(fields) == 8 or is_bytes(fields[8], 1184), MALFORMED, "public key")
    return fields, parsed, noise


def read_answer(data: bytes, noise: Handshake, policy: Policy, kem: Decapsulation | None) -> tuple[bytes, bytes]:
    """As the requester: the payload of the second message, and the grant. A denial is raised with its code."""
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
    payload = noise.read_second(message, psk)
    verdict, *code = decode_list(payload, MALFORMED, 1, 2)
    if verdict == 0:
        [word] = code
        known = isinstance(word, str) and (word.startswith(TOLD) or word == "keys.policy")
        raise Refused(word if known else "keys.grant_refused", "denied")
    want(verdict == 1, MALFORMED, "verdict")
    _, receive = noise.split()
    grant = b"".join(receive.decrypt(piece) for piece in rest)
    parse_grant(grant)
    return payload, grant


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
