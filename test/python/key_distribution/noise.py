"""Noise IK and IKpsk2 (revision 34) with 25519, ChaChaPoly and SHA256, from their primitives."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from .basics import LABELS, Refused, hmac_sha256, sha256, x25519, x25519_public


class Cipher:
    def __init__(self, key: bytes):
        self.aead = ChaCha20Poly1305(key)
        self.count = 0

    def nonce(self) -> bytes:
        self.count += 1
        return bytes(4) + (self.count - 1).to_bytes(8, "little")

    def encrypt(self, plain: bytes, ad: bytes = b"") -> bytes:
        return self.aead.encrypt(self.nonce(), plain, ad)

    def decrypt(self, sealed: bytes, ad: bytes = b"") -> bytes:
        try:
            return self.aead.decrypt(self.nonce(), sealed, ad)
        except (InvalidTag, ValueError):
            raise Refused("keys.agreement", "a message of the handshake is not authentic") from None


def hkdf(chaining_key: bytes, material: bytes, outputs: int) -> list[bytes]:
    key = hmac_sha256(chaining_key, material)
    blocks: list[bytes] = []
    for i in range(outputs):
        blocks.append(hmac_sha256(key, (blocks[-1] if blocks else b"") + bytes([i + 1])))
    return blocks


class Handshake:
    """One side; `psk` is mixed in with the second message of IKpsk2."""

    def __init__(self, pattern: str, prologue: bytes, initiator: bool, s: bytes, rs: bytes | None = None):
        name = LABELS[pattern]
        self.h = sha256(name) if len(name) > 32 else name.ljust(32, b"\0")
        self.ck = self.h
        self.cipher: Cipher | None = None
        self.psk_pattern = pattern == "IKpsk2"
        self.initiator, self.s, self.rs = initiator, s, rs
        self.e = self.re = b""
        self.mix_hash(prologue)
        self.mix_hash(rs if initiator else x25519_public(s))

    def mix_hash(self, data: bytes) -> None:
        self.h = sha256(self.h, data)

    def mix_key(self, material: bytes) -> None:
        self.ck, key = hkdf(self.ck, material, 2)
        self.cipher = Cipher(key)

    def mix_ephemeral(self, public: bytes) -> None:
        self.mix_hash(public)
        if self.psk_pattern:
            self.mix_key(public)

    def mix_psk(self, psk: bytes | None) -> None:
        if self.psk_pattern:
            self.ck, material, key = hkdf(self.ck, psk, 3)
            self.mix_hash(material)
            self.cipher = Cipher(key)

    def seal(self, plain: bytes) -> bytes:
        sealed = self.cipher.encrypt(plain, self.h)
        self.mix_hash(sealed)
        return sealed

    def open(self, sealed: bytes) -> bytes:
        plain = self.cipher.decrypt(sealed, self.h)
        self.mix_hash(sealed)
        return plain

    def write_first(self, ephemeral: bytes, payload: bytes) -> bytes:
        self.e = ephemeral
        public = x25519_public(ephemeral)
        self.mix_ephemeral(public)
        self.mix_key(x25519(self.e, self.rs))
        static = self.seal(x25519_public(self.s))
        self.mix_key(x25519(self.s, self.rs))
        return public + static + self.seal(payload)

    def read_first(self, message: bytes) -> bytes:
        if len(message) < 96:
            raise Refused("keys.agreement", "a first message is short")
        self.re = message[:32]
        self.mix_ephemeral(self.re)
        self.mix_key(x25519(self.s, self.re))
        self.rs = self.open(message[32:80])
        self.mix_key(x25519(self.s, self.rs))
        return self.open(message[80:])

    def write_second(self, ephemeral: bytes, payload: bytes, psk: bytes | None = None) -> bytes:
        self.e = ephemeral
        public = x25519_public(ephemeral)
        self.mix_ephemeral(public)
        self.mix_key(x25519(self.e, self.re))
        self.mix_key(x25519(self.e, self.rs))
        self.mix_psk(psk)
        return public + self.seal(payload)

    def read_second(self, message: bytes, psk: bytes | None = None) -> bytes:
        if len(message) < 48:
            raise Refused("keys.agreement", "a second message is short")
        self.re = message[:32]
        self.mix_ephemeral(self.re)
        self.mix_key(x25519(self.e, self.re))
        self.mix_key(x25519(self.s, self.re))
        self.mix_psk(psk)
        return self.open(message[32:])

    def split(self) -> tuple[Cipher, Cipher]:
        """What the initiator sends with, and the responder."""
        first, second = hkdf(self.ck, b"", 2)
        return Cipher(first), Cipher(second)
