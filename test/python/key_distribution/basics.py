"""Hashes, keys, signatures, encodings: what all formulas are made of."""

import hashlib
import hmac
import io

import cbor2
import coincurve
import nacl.bindings
import nacl.exceptions
from Crypto.Hash import keccak

# Every label of the specification by a name, so that a test can show that each of them counts.
LABELS = {
    "scope": b"wek1 scope",
    "policy": b"wek1 policy",
    "certificates": b"wek1 certs",
    "package": b"wek1 kp",
    "announced": b"wek1 ann",
    "announcement": b"wek1 ann",
    "commitment": b"wek1 commit",
    "tick": b"wek1 tick",
    "epoch": b"wek1 ec",
    "call": b"call",
    "event": b"event",
    "next": b"next",
    "writer": b"writer",
    "data key": b"dek",
    "prologue": b"wek1",
    "IK": b"Noise_IK_25519_ChaChaPoly_SHA256",
    "IKpsk2": b"Noise_IKpsk2_25519_ChaChaPoly_SHA256",
    "hybrid": b"wek1 hybrid",
    "context": b"wek1 ctx",
    "signed": b"wek1 sig",
    "epoch key": b"wek1 dsig key",
    "disclosed": b"wek1 dsig",
    "seed": b"wek1 seed",
    "epoch seed": b"wek1 dsig seed",
    "tree": b"wek1 tree",
    "tree next": b"wek1 tree next",
    "tree up": b"wek1 tree up",
    "tree out": b"wek1 tree out",
    "tree box": b"wek1 tree box",
    "binding": b"wamp-e2ee attestation 1",
    "in-band": b"WE2E\x01",
    "certificate domain": b"WMP",
    "policy domain": b"wamp-e2ee",
}
MAX_COUNT = 2**53 - 1


class Refused(Exception):
    """What does not hold, with the code of the specification."""

    def __init__(self, code: str, why: str):
        super().__init__(f"{code}: {why}")
        self.code = code


def unhex(text: str) -> bytes:
    if not text.startswith("0x"):
        raise ValueError(f"{text[:20]} is no hex")
    return bytes.fromhex(text[2:])


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def expand(key: bytes, info: bytes, length: int = 32) -> bytes:
    """RFC 5869, section 2.3."""
    output, block = b"", b""
    while len(output) < length:
        block = hmac_sha256(key, block + info + bytes([len(output) // 32 + 1]))
        output += block
    return output[:length]


def encode(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)


def decode(data: bytes) -> object:
    """One item, and nothing behind it."""
    stream = io.BytesIO(data)
    value = cbor2.load(stream)
    if stream.read():
        raise ValueError("bytes follow the item")
    return value


def decode_list(data: bytes, code: str, *lengths: int) -> list:
    """A list in its one encoding: key-messages.md, "Rules for all"."""
    try:
        value = decode(data)
        if not isinstance(value, list) or encode(value) != data:
            raise ValueError("no list in its shortest form")
    except Exception as error:
        raise Refused(code, f"not of its form: {error}") from None
    if lengths and len(value) not in lengths:
        raise Refused(code, f"{len(value)} fields")
    return value


def want(holds: bool, code: str, why: str) -> None:
    if not holds:
        raise Refused(code, why)


def is_bytes(value: object, length: int) -> bool:
    return isinstance(value, bytes) and len(value) == length


def is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_COUNT


def verifies(label: str, message: bytes, signature: bytes, key: bytes) -> bool:
    if len(signature) != 64 or len(key) != 32:
        return False
    try:
        nacl.bindings.crypto_sign_open(signature + LABELS[label] + b"\0" + message, key)
        return True
    except nacl.exceptions.CryptoError:
        return False


def ed25519_public(seed: bytes) -> bytes:
    return nacl.bindings.crypto_sign_seed_keypair(seed)[0]


def x25519_public(secret: bytes) -> bytes:
    return nacl.bindings.crypto_scalarmult_base(secret)


def x25519(secret: bytes, public: bytes) -> bytes:
    try:
        return nacl.bindings.crypto_scalarmult(secret, public)
    except (nacl.exceptions.CryptoError, RuntimeError):
        raise Refused("keys.agreement", "a key of low order") from None


def keccak256(*parts: bytes) -> bytes:
    return keccak.new(digest_bits=256, data=b"".join(parts)).digest()


def eip55(address: bytes) -> str:
    digits = address.hex()
    digest = keccak256(digits.encode()).hex()
    return "0x" + "".join(c.upper() if int(d, 16) >= 8 else c for c, d in zip(digits, digest))


def signer(digest: bytes, signature: bytes) -> bytes | None:
    """Address of whoever signed: 65 bytes r, s, v, low s, v of 27 or 28."""
    half = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
    if len(signature) != 65 or signature[64] not in (27, 28) or int.from_bytes(signature[32:64], "big") > half:
        return None
    try:
        compact = signature[:64] + bytes([signature[64] - 27])
        public = coincurve.PublicKey.from_signature_and_message(compact, digest, hasher=None)
    except Exception:
        return None
    return keccak256(public.format(compressed=False)[1:])[12:]


def domain(name: str) -> bytes:
    """Separator of an EIP-712 domain that has a name and the version 1 alone."""
    kind = keccak256(b"EIP712Domain(string name,string version)")
    return keccak256(kind, keccak256(LABELS[name]), keccak256(b"1"))


def typed_digest(separator: bytes, kind: bytes, words: list[bytes]) -> bytes:
    return keccak256(b"\x19\x01", separator, keccak256(keccak256(kind), *words))
