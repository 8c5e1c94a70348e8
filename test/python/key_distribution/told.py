"""Policies, key packages, announcements and ticks: key-messages.md, and how they are compared: key-states.md."""

from dataclasses import dataclass

from .basics import (
    LABELS,
    decode_list,
    domain,
    encode,
    is_bytes,
    is_count,
    keccak256,
    sha256,
    signer,
    typed_digest,
    unhex,
    verifies,
    want,
    x25519,
)
from .chains import Certificate, parse_one, reference
from .schedule import announcement_hash, scope_id

DAY_MS = 86_400_000
SKEW_MS = 300_000


@dataclass
class Policy:
    fields: list
    hash: bytes
    scope: bytes
    settings: dict

    @property
    def epochs(self) -> int:
        return -(-self.settings["generationMs"] // self.settings["epochMs"])

    def start(self, t0: int, epoch: int) -> int:
        return t0 + epoch * self.settings["epochMs"]


def policy_of(settings: dict) -> Policy:
    def rule(given: list | None) -> list | None:
        return None if given is None else [unhex(address) for address in given]

    s = settings
    fields = [1, unhex(s["realm"]), s["match"], s["uri"], unhex(s["owner"])]
    fields += [rule(s["agents"]), rule(s["readers"]), rule(s["writers"])]
    fields += [s["epochMs"], s["generationMs"], s["mode"], s["replay"], s["historyEpochs"], s["profile"], s["serial"]]
    optional = [s["hybrid"], True if s["trees"] else None, s["attested"]]
    while optional and optional[-1] is None:
        optional.pop()
    fields += optional
    scope = scope_id(unhex(s["realm"]), s["match"], s["uri"])
    return Policy(fields, sha256(LABELS["policy"], encode(fields)), scope, s)


POLICY_TYPE = b"ScopePolicy(address realm,string uri,string match,uint64 serial,bytes32 policyHash)"


def policy_digest(policy: Policy) -> bytes:
    s = policy.settings
    words = [unhex(s["realm"]).rjust(32, b"\0"), keccak256(s["uri"].encode()), keccak256(s["match"].encode())]
    words += [s["serial"].to_bytes(32, "big"), policy.hash]
    return typed_digest(domain("policy domain"), POLICY_TYPE, words)


def open_policy(policy: Policy, signature: bytes, owner: bytes) -> None:
    signed_by = signer(policy_digest(policy), signature)
    named = unhex(policy.settings["owner"])
    want(owner != bytes(20) and named == owner == signed_by, "keys.policy", "not its owner's")


def signed_fields(data: bytes, label: str, code: str, *lengths: int) -> tuple[list, bytes, bytes]:
    """Fields, their hash, signature."""
    *fields, signature = decode_list(data, code, *lengths)
    return fields, sha256(encode(fields)), signature


@dataclass
class Package:
    realm: bytes
    principal: bytes
    cs: bytes
    x: bytes
    not_before: int
    not_after: int
    roles: int
    certificates: list[Certificate] | bytes
    pq: bytes | None


def parse_package(data: bytes) -> Package:
    code = "keys.package_malformed"
    want(len(data) <= 65_535, code, "too long")
    fields, digest, signature = signed_fields(data, "package", code, 10, 11)
    version, realm, principal, cs, x, not_before, not_after, roles, certificates = fields[:9]
    pq = fields[9] if len(fields) == 10 else None
    want(version == 1, code, "version")
    want(is_bytes(realm, 20) and is_bytes(principal, 20) and is_bytes(cs, 32) and is_bytes(x, 32), code, "lengths")
    want(is_count(not_before) and is_count(not_after) and 0 < not_after - not_before <= DAY_MS, code, "times")
    want(is_count(roles) and 1 <= roles <= 31, code, "roles")
    want(pq is None or is_bytes(pq, 1184), code, "pq")
    shown = isinstance(certificates, list) and 1 <= len(certificates) <= 8 and all(isinstance(c, str) for c in certificates)
    want(shown or is_bytes(certificates, 32), code, "certificates")
    want(is_bytes(signature, 64), code, "signature")
    want(verifies("package", digest, signature, cs), "keys.package_signature", "not signed by its cs")
    parsed = [parse_one(one, "certificate.malformed") for one in certificates] if shown else certificates
    return Package(realm, principal, cs, x, not_before, not_after, roles, parsed, pq)


def check_package(package: Package, chain: list[Certificate], realm: bytes, now: int) -> None:
    """Against the chain of a delegate that was judged in a realm."""
    code = "keys.package_mismatch"
    delegate = chain[0]
    want(package.cs == bytes.fromhex(delegate.message["csPubKey"]), code, "cs")
    want(package.principal == delegate.address("delegate"), code, "principal")
    want(package.realm == realm, code, "realm")
    shown = package.certificates if isinstance(package.certificates, bytes) else reference(package.certificates)
    want(shown == reference(chain), code, "chain")
    in_time = package.not_before - SKEW_MS <= now < package.not_after + SKEW_MS
    want(in_time, "keys.package_expired", "not now")
    x25519(b"\1" * 32, package.x)


@dataclass
class Announcement:
    data: bytes
    scope: bytes
    policy: bytes
    generation: int
    t0: int
    commitment: bytes
    tree: bytes | None
    previous: bytes | None
    agent: Package
    hash: bytes


def parse_announcement(data: bytes) -> Announcement:
    code = "keys.announcement"
    fields, digest, signature = signed_fields(data, "announcement", code, 10)
    version, scope, policy, generation, t0, committed, tree, previous, package = fields
    want(version == 1, code, "version")
    want(isinstance(package, bytes), code, "package")
    agent = parse_package(package)
    want(isinstance(signature, bytes) and verifies("announcement", digest, signature, agent.cs), code, "signature")
    want(is_bytes(scope, 32) and is_bytes(policy, 32) and is_bytes(committed, 32), code, "lengths")
    want(is_count(generation) and is_count(t0), code, "counts")
    want(all(one is None or is_bytes(one, 32) for one in (tree, previous)), code, "hashes")
    return Announcement(data, scope, policy, generation, t0, committed, tree, previous, agent, announcement_hash(data))


def compare(newest: Announcement, other: Announcement, policy: Policy, now: int) -> None:
    """Whether `other` may take the place of what is held: key-states.md, "An announcement is compared"."""
    want(other.scope == policy.scope, "keys.announcement", "another scope")
    want(other.policy == policy.hash, "keys.policy", "another policy")
    want(max(other.generation, other.t0) - now <= SKEW_MS, "keys.announcement", "from the future")
    if other.hash == newest.hash:
        return
    same = other.generation == newest.generation
    want(not (same and other.agent.cs == newest.agent.cs), "keys.forked", "two for one generation")
    older = other.generation < newest.generation or (same and other.hash < newest.hash)
    want(not older, "keys.rollback", "an earlier generation")


@dataclass
class Tick:
    epoch: int
    commitments: list[bytes]
    time: int


def parse_tick(data: bytes, announcement: Announcement) -> Tick:
    code = "keys.tick"
    fields, digest, signature = signed_fields(data, "tick", code, 8)
    version, scope, generation, epoch, ann, commitments, time = fields
    want(version == 1, code, "version")
    place = (scope, generation, ann) == (announcement.scope, announcement.generation, announcement.hash)
    want(place, code, "another scope or generation")
    signed = isinstance(signature, bytes) and verifies("tick", digest, signature, announcement.agent.cs)
    want(signed, code, "not signed by the agent")
    listed = isinstance(commitments, list) and len(commitments) == 2 and all(is_bytes(c, 32) for c in commitments)
    want(listed and is_count(epoch) and is_count(time), code, "fields")
    return Tick(epoch, commitments, time)


def confirm(tick: Tick, newest: Tick, announcement: Announcement, policy: Policy, now: int) -> None:
    contradicts = tick.epoch == newest.epoch and tick.commitments != newest.commitments
    want(not contradicts, "keys.forked", "two commitments for one epoch")
    ahead = max(tick.time, policy.start(announcement.t0, tick.epoch)) - now
    want(ahead <= SKEW_MS, "keys.tick", "from the future")
    want(tick.epoch < policy.epochs, "keys.tick", "no epoch of its generation")
