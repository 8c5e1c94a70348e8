"""The key schedule: key-distribution.md, "Key schedule"."""

import nacl.bindings

from .basics import LABELS, eip55, encode, expand, hmac_sha256, sha256

EVENT, CALL, RESULT, ERROR = 1, 2, 3, 4
BRANCHES = ("call", "event")


def scope_id(realm: bytes, match: str, uri: str) -> bytes:
    return sha256(LABELS["scope"], encode([realm, match, uri]))


def announcement_hash(announcement: bytes) -> bytes:
    return sha256(LABELS["announced"], announcement)


def commitment(*secrets: bytes) -> bytes:
    return sha256(LABELS["commitment"], *secrets)


def first(announcement: bytes, generation_secret: bytes, branch: str) -> bytes:
    return expand(hmac_sha256(announcement, generation_secret), LABELS[branch])


def after(branch_secret: bytes, epochs: int = 1) -> bytes:
    for _ in range(epochs):
        branch_secret = expand(branch_secret, LABELS["next"])
    return branch_secret


def epoch_commitment(branch_secret: bytes) -> bytes:
    return sha256(LABELS["epoch"], branch_secret)


def writer_secret(branch_secret: bytes, writer: bytes) -> bytes:
    return expand(branch_secret, LABELS["writer"] + writer)


def data_key(secret: bytes, kind: int, realm: bytes, uri: str, announcement: bytes) -> bytes:
    derived = bytearray(expand(secret, LABELS["data key"] + encode([kind, realm, uri, announcement])))
    derived[0] &= 248
    derived[31] = (derived[31] & 127) | 64
    return bytes(derived)


def key_id(key: bytes) -> str:
    return eip55(sha256(nacl.bindings.crypto_scalarmult_base(key))[12:])
