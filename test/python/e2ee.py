"""Sealed payloads with static keys, written from docs/how-it-works.md alone ("Messages", "Static keys").

Shares no code with the library: secretbox and X25519 are libsodium's, AES-GCM is OpenSSL's, Keccak PyCryptodome's.
"""

import hashlib
import hmac
import io
import os
import time
from dataclasses import dataclass, field

import cbor2
import nacl.bindings
import nacl.exceptions
from Crypto.Hash import keccak
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

EVENT, CALL, RESULT, ERROR = 1, 2, 3, 4
MORE, LAST = 1, 2
TAG = 16
NONCE = {"xsalsa20poly1305": 24, "aes256gcm": 12}
SKEW_MS = 300_000


class Refused(Exception):
    """What does not hold, in one word of the peer's own, and a sentence."""

    def __init__(self, word: str, why: str):
        super().__init__(why)
        self.word = word


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def eip55(address: bytes) -> str:
    digits = address.hex()
    digest = keccak.new(digest_bits=256, data=digits.encode()).hexdigest()
    return "0x" + "".join(c.upper() if int(d, 16) >= 8 else c for c, d in zip(digits, digest))


def key_id(key: bytes) -> str:
    """libsodium clamps, as X25519 does (RFC 7748, section 5)."""
    return eip55(sha256(nacl.bindings.crypto_scalarmult_base(key))[12:])


def commitment(key: bytes) -> bytes:
    return sha256(b"wek1 commit", key)


def seal_box(cipher: str, key: bytes, nonce: bytes, plain: bytes) -> bytes:
    if cipher == "aes256gcm":
        sealed = AESGCM(key).encrypt(nonce, plain, None)
        ciphertext, tag = sealed[:-TAG], sealed[-TAG:]
        return nonce + ciphertext + tag
    sealed = nacl.bindings.crypto_secretbox(plain, nonce, key)
    tag, ciphertext = sealed[:TAG], sealed[TAG:]
    return nonce + tag + ciphertext


def open_box(cipher: str, key: bytes, box: bytes) -> tuple[bytes, bytes]:
    """Nonce and plaintext. The parts are taken where the page says that they are, each by its length."""
    size = NONCE[cipher]
    if len(box) < size + TAG:
        raise Refused("decrypt", f"a box of {len(box)} bytes")
    nonce, rest = box[:size], box[size:]
    try:
        if cipher == "aes256gcm":
            ciphertext, tag = rest[: len(rest) - TAG], rest[len(rest) - TAG :]
            plain = AESGCM(key).decrypt(nonce, ciphertext + tag, None)
        else:
            tag, ciphertext = rest[:TAG], rest[TAG:]
            plain = nacl.bindings.crypto_secretbox_open(tag + ciphertext, nonce, key)
    except (InvalidTag, nacl.exceptions.CryptoError):
        raise Refused("decrypt", "the box does not open") from None
    if len(plain) != len(box) - size - TAG:
        raise Refused("decrypt", "the box has another length than nonce, tag and plaintext")
    return nonce, plain


def decode(data: bytes) -> object:
    stream = io.BytesIO(data)
    try:
        value = cbor2.load(stream)
    except cbor2.CBORDecodeError as error:
        raise Refused("decode", str(error)) from None
    if stream.read():
        raise Refused("decode", "bytes follow the item")
    return value


def in_band(attributes: dict[str, str], box: bytes) -> bytes:
    names = [attributes[f"ppt_{name}"] for name in ("scheme", "serializer", "cipher")]
    header = cbor2.dumps([*names, bytes.fromhex(attributes["ppt_keyid"][2:])])
    return b"WE2E\x01" + bytes([len(header)]) + header + box


def from_in_band(data: bytes) -> tuple[dict[str, str], bytes]:
    if data[:5] != b"WE2E\x01":
        raise Refused("attributes", "no in-band header of version 1")
    end = 6 + data[5]
    scheme, serializer, cipher, key = decode(data[6:end])
    return (
        {"ppt_scheme": scheme, "ppt_serializer": serializer, "ppt_cipher": cipher, "ppt_keyid": eip55(key)},
        data[end:],
    )


@dataclass
class Sealed:
    attributes: dict[str, str]
    box: bytes
    correlation: bytes


@dataclass
class Opened:
    args: list
    kwargs: dict
    correlation: bytes
    key: bytes
    frame: bool
    error: str | None


@dataclass
class Sealer:
    """One end point: its keys, of which the first seals, and what it has seen. `frames` off makes it a plain one."""

    keys: list[bytes]
    cipher: str = "xsalsa20poly1305"
    frames: bool = True
    instance: bytes = field(default_factory=lambda: os.urandom(8))
    sequence: int = 0
    seen: set = field(default_factory=set)
    nonces: set = field(default_factory=set)

    def attributes(self, key: bytes) -> dict[str, str]:
        return {
            "ppt_scheme": "wamp",
            "ppt_serializer": "cbor",
            "ppt_cipher": self.cipher,
            "ppt_keyid": key_id(key),
        }

    def authenticator(self, key: bytes, kind: int, uri: str, nonce: bytes, header: bytes, rest: bytes) -> bytes:
        profile = ["wamp", "cbor", self.cipher, False, None]
        context = cbor2.dumps([profile, kind, uri, bytes.fromhex(key_id(key)[2:])])
        message = b"wek1 kc" + sha256(context) + nonce + sha256(header) + sha256(rest)
        return hmac.new(key, message, hashlib.sha256).digest()

    def seal(
        self,
        kind: int,
        uri: str,
        args: list,
        kwargs: dict,
        *,
        key: bytes | None = None,
        correlation: bytes | None = None,
        error: str | None = None,
        nonce: bytes | None = None,
        now: int | None = None,
    ) -> Sealed:
        key = key or self.keys[0]
        nonce = nonce or os.urandom(NONCE[self.cipher])
        if not self.frames:
            plain, header = cbor2.dumps({"args": args, "kwargs": kwargs}), b""
        else:
            optional = [correlation, error] if error else [correlation] if correlation else []
            now = int(time.time() * 1000) if now is None else now
            header = cbor2.dumps([1, LAST, self.sequence, now, self.instance, *optional])
            self.sequence += 1
            rest = cbor2.dumps("args") + cbor2.dumps(args) + cbor2.dumps("kwargs") + cbor2.dumps(kwargs)
            e2e = bytes([len(header)]) + header + self.authenticator(key, kind, uri, nonce, header, rest)
            plain = bytes.fromhex("a363653265") + cbor2.dumps(e2e) + rest
        box = seal_box(self.cipher, key, nonce, plain)
        return Sealed(self.attributes(key), box, sha256(nonce, header)[:16])

    def open(
        self,
        kind: int,
        uri: str,
        attributes: dict,
        box: bytes,
        *,
        correlation: bytes | None = None,
        error: str | None = None,
    ) -> Opened:
        key = next((one for one in self.keys if key_id(one) == attributes.get("ppt_keyid")), None)
        if key is None:
            raise Refused("unknown_key", f"no key {attributes.get('ppt_keyid')}")
        if attributes != self.attributes(key):
            raise Refused("attributes", f"the attributes are {attributes}")
        nonce, plain = open_box(self.cipher, key, box)
        if nonce in self.nonces:
            raise Refused("replay", "a nonce came twice")
        content = decode(plain)
        if not isinstance(content, dict):
            raise Refused("decode", "the payload is no map")
        header = b""
        found = error
        if self.frames:
            header, found = self.check_frame(kind, uri, key, nonce, plain, content, correlation, error)
        self.nonces.add(nonce)
        # A plain implementation reads these two and passes over whatever else there is.
        args, kwargs = content.get("args"), content.get("kwargs")
        return Opened(args or [], kwargs or {}, sha256(nonce, header)[:16], key, "e2e" in content, found)

    def check_frame(self, kind, uri, key, nonce, plain, content, correlation, error) -> tuple[bytes, str | None]:
        e2e = content.get("e2e")
        if list(content) != ["e2e", "args", "kwargs"] or not isinstance(e2e, bytes):
            raise Refused("decode", "the payload is no frame")
        beginning = bytes.fromhex("a363653265") + cbor2.dumps(e2e)
        if not plain.startswith(beginning):
            raise Refused("decode", "the frame begins otherwise")
        length = e2e[0]
        header, authenticator = e2e[1 : 1 + length], e2e[1 + length :]
        expected = self.authenticator(key, kind, uri, nonce, header, plain[len(beginning) :])
        if not hmac.compare_digest(expected, authenticator):
            raise Refused("authenticator", "the authenticator is another place's or key's")
        version, flags, sequence, sent, instance, *optional = decode(header)
        theirs, named = (optional + [None, None])[:2]
        if (version, flags) != (1, LAST) or len(optional) > 2:
            raise Refused("place", "not one whole message of version 1")
        if instance == self.instance:
            raise Refused("place", "a message of our own came back")
        if theirs != correlation:
            raise Refused("place", "it answers another request")
        if (named is not None) != (kind == ERROR) or (error is not None and named != error):
            raise Refused("place", f"it names the error {named}")
        if abs(time.time() * 1000 - sent) > SKEW_MS:
            raise Refused("stale", "it is too old, or of the future")
        if (kind, instance, sequence) in self.seen:
            raise Refused("replay", "its sequence was seen before")
        self.seen.add((kind, instance, sequence))
        return header, named
