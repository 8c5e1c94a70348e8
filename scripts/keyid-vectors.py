"""Prints test/vectors/keyids.json: ppt_keyid of data keys, by libraries that share no line with ours.

X25519 is libsodium's (PyNaCl), SHA-256 is Python's, keccak256 is PyCryptodome's; EIP-55 is written out below.

    pip install pynacl pycryptodome && python3 scripts/keyid-vectors.py > test/vectors/keyids.json
"""

import hashlib
import json

from Crypto.Hash import keccak
from nacl.bindings import crypto_scalarmult_base


def eip55(address: bytes) -> str:
    digits = address.hex()
    hashed = keccak.new(digest_bits=256, data=digits.encode()).hexdigest()
    return "0x" + "".join(d.upper() if int(h, 16) >= 8 else d for d, h in zip(digits, hashed))


def case(about: str, key: bytes) -> dict:
    public = crypto_scalarmult_base(key)
    keyid = eip55(hashlib.sha256(public).digest()[-20:])
    return {"about": about, "key": key.hex(), "public": public.hex(), "keyid": keyid}


def twin(key: bytes, low: int, high: int) -> bytes:
    return bytes([key[0] & 0xF8 | low]) + key[1:31] + bytes([key[31] & 0x3F | high])


ALICE = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
BOB = bytes.fromhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")

cases = [
    case("RFC 7748, 6.1: Alice", ALICE),
    case("RFC 7748, 6.1: Bob", BOB),
    case("zeros", bytes(32)),
    case("ones", b"\xff" * 32),
    *(
        case(f"Alice's key with low bits {low} and high bits {high:#x}", twin(ALICE, low, high))
        for low in (0, 7)
        for high in (0x00, 0x40, 0x80, 0xC0)
    ),
    *(case(f"SHA-256 of \"keyid {i}\"", hashlib.sha256(f"keyid {i}".encode()).digest()) for i in range(32)),
]
lines = ",\n".join("    " + json.dumps(one) for one in cases)
print(f'{{\n  "about": "Written by scripts/keyid-vectors.py",\n  "cases": [\n{lines}\n  ]\n}}')
