"""Key distribution, written from docs/key-distribution.md, docs/key-messages.md and docs/key-states.md alone.

Shares no code with the library: Ed25519, X25519 and secretbox are libsodium's (PyNaCl), ChaCha20-Poly1305, AES-GCM and
ML-KEM OpenSSL's (cryptography), secp256k1 is libsecp256k1 (coincurve), Keccak PyCryptodome's, CBOR is cbor2's.
"""
