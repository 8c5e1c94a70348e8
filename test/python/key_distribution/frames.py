"""Sealed messages in the three modes: how-it-works.md, "Messages", and key-distribution.md, "Modes"."""

import zlib
from dataclasses import dataclass, field

import cbor2
import msgpack
import nacl.bindings
import nacl.exceptions
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .basics import LABELS, Refused, decode, ed25519_public, encode, expand, is_bytes, is_count, sha256, verifies, want
from .schedule import CALL, ERROR, EVENT, RESULT, after, data_key, key_id, writer_secret
from .told import SKEW_MS, Announcement, Policy

ROLE_OF = {EVENT: "publisher", CALL: "caller", RESULT: "callee", ERROR: "callee"}
PART, WHOLE, RETAINED = 1, 2, 4
WINDOW = 64
NONCE = {"xsalsa20poly1305": 24, "aes256gcm": 12}
AUTHENTICATOR = {"sig": 64, "mac": 0, "dsig": 160}


def open_box(cipher: str, key: bytes, box: bytes) -> tuple[bytes, bytes]:
    size = NONCE[cipher]
    want(len(box) >= size + 16, "payload.decrypt_failed", "a short box")
    nonce, sealed = box[:size], box[size:]
    try:
        if cipher == "aes256gcm":
            return nonce, AESGCM(key).decrypt(nonce, sealed, None)
        return nonce, nacl.bindings.crypto_secretbox_open(sealed, nonce, key)
    except (InvalidTag, nacl.exceptions.CryptoError):
        raise Refused("payload.decrypt_failed", "the box does not open") from None


def unpad(plain: bytes) -> bytes:
    stripped = plain.rstrip(b"\0")
    want(stripped.endswith(b"\x80"), "payload.decode_failed", "no end of padding")
    return stripped[:-1]


def beginning(serializer: str, e2e: bytes, entries: int) -> bytes:
    if serializer == "msgpack":
        return bytes([0x80 + entries]) + msgpack.packb("e2e") + msgpack.packb(e2e, use_bin_type=True)
    return bytes([0xA0 + entries]) + cbor2.dumps("e2e") + cbor2.dumps(e2e)


def read_map(serializer: str, data: bytes) -> dict:
    value = msgpack.unpackb(data, raw=False) if serializer == "msgpack" else decode(data)
    if not isinstance(value, dict):
        raise ValueError("no map")
    return value


@dataclass
class Frame:
    header: bytes
    authenticator: bytes
    rest: bytes
    content: dict
    flags: int
    sequence: int
    time: int
    instance: bytes
    correlation: bytes | None = None
    error: str | None = None
    part: int | None = None
    to: bytes | None = None


def parse_frame(profile: list, data: bytes) -> Frame:
    _, serializer, _, _, compression = profile
    code = "payload.decode_failed"
    try:
        content = read_map(serializer, data)
        packed = list(content) == ["e2e", "z"]
        want(packed and compression is not None or list(content) == ["e2e", "args", "kwargs"], code, "keys")
        e2e = content["e2e"]
        want(isinstance(e2e, bytes) and len(e2e) > 0, code, "e2e")
        head = beginning(serializer, e2e, 2 if packed else 3)
        want(data.startswith(head), code, "it begins otherwise")
        header = e2e[1 : 1 + e2e[0]]
        want(len(header) == e2e[0], code, "a short header")
        fields = decode(header)
        want(isinstance(fields, list) and encode(fields) == header and 5 <= len(fields) <= 9, code, "header")
        version, flags, sequence, time, instance, *optional = fields
        want(not optional or optional[-1] is not None, code, "an absent field at the end")
        correlation, error, part, to = (optional + [None] * 4)[:4]
        want(version == 1 and all(map(is_count, (flags, sequence, time))) and is_bytes(instance, 8), code, "header")
        want(correlation is None or is_bytes(correlation, 16), code, "correlation")
        want(error is None or isinstance(error, str), code, "error")
        want((part is None or is_count(part)) and (to is None or is_bytes(to, 8)), code, "part or to")
    except Refused:
        raise
    except Exception as error:
        raise Refused(code, f"no frame: {error}") from None
    rest = data[len(head) :]
    authenticator = e2e[1 + e2e[0] :]
    return Frame(header, authenticator, rest, content, flags, sequence, time, instance, correlation, error, part, to)


def arguments(profile: list, frame: Frame) -> tuple[list, dict]:
    """Inflated, where they are compressed, once everything else held."""
    _, serializer, _, _, compression = profile
    code = "payload.decode_failed"
    content = frame.content
    if "z" in content:
        algorithm, length, packed = content["z"]
        want(algorithm == compression and length > len(packed), code, "algorithm or length")
        engine = zlib.decompressobj(wbits={"deflate": -15, "gzip": 31}[compression])
        try:
            rest = engine.decompress(packed, length + 1)
        except zlib.error:
            raise Refused(code, "no stream") from None
        want(engine.eof and not engine.unused_data and len(rest) == length, code, "another length than was said")
        content = read_map(serializer, bytes([0x82 if serializer == "msgpack" else 0xA2]) + rest)
    return content["args"], content["kwargs"]


@dataclass
class Key:
    key: bytes
    id: str
    writer: bytes
    epoch: int


def context(announcement: Announcement, realm: bytes, kind: int, uri: str, key: Key) -> bytes:
    fields = [announcement.hash, realm, announcement.generation, key.epoch, kind, uri, key.writer]
    return sha256(LABELS["context"], encode(fields))


def covered(ctx: bytes, key: str, nonce: bytes, frame: Frame) -> bytes:
    return ctx + key.encode() + nonce + sha256(frame.header) + sha256(frame.rest)


def authentic(mode: str, frame: Frame, message: bytes, cs: bytes, announcement: bytes, epoch: int) -> bool:
    given = frame.authenticator
    if len(given) != AUTHENTICATOR[mode]:
        return False
    if mode == "mac":
        return True
    if mode == "sig":
        return verifies("signed", message, given, cs)
    public, naming, signature = given[:32], given[32:96], given[96:]
    named = sha256(encode([announcement, epoch, public]))
    return verifies("epoch key", named, naming, cs) and verifies("disclosed", message, signature, public)


def correlation_of(nonce: bytes, header: bytes) -> bytes:
    return sha256(nonce, header)[:16]


def earlier(seed: bytes) -> bytes:
    return sha256(LABELS["seed"], seed)


def epoch_key(seed: bytes) -> bytes:
    return ed25519_public(expand(seed, LABELS["epoch seed"]))


def in_band(attributes: dict, box: bytes) -> bytes:
    names = [attributes[f"ppt_{name}"] for name in ("scheme", "serializer", "cipher")]
    header = encode([*names, bytes.fromhex(attributes["ppt_keyid"][2:])])
    return LABELS["in-band"] + bytes([len(header)]) + header + box


@dataclass
class Member:
    cs: bytes
    instance: bytes
    roles: list[str]


@dataclass
class Receiver:
    """Who reads a branch of a generation from its first secret on, and whom it knows."""

    policy: Policy
    realm: bytes
    announcement: Announcement
    secrets: dict[str, bytes]
    self: Member
    members: list[Member]
    windows: dict[tuple, set[int]] = field(default_factory=dict)

    def find(self, id: str, kind: int, uri: str, epochs: list[int]) -> Key | None:
        own = kind in (RESULT, ERROR)
        for epoch in epochs:
            branch = after(self.secrets["event" if kind == EVENT else "call"], epoch)
            for writer in [self.self] if own else self.members:
                secret = writer_secret(branch, writer.cs)
                key = data_key(secret, kind, self.realm, uri, self.announcement.hash)
                if key_id(key) == id:
                    return Key(key, id, writer.cs, epoch)
        return None

    def open(self, attributes: dict, payload: bytes, place: dict) -> tuple[Frame, bytes, Key, Member, list, dict]:
        """In the order of how-it-works.md, "What is checked on receipt"."""
        kind, uri, settings = place["kind"], place["uri"], self.policy.settings
        profile = settings["profile"]
        wanted = dict(zip(("ppt_scheme", "ppt_serializer", "ppt_cipher"), profile))
        given = dict(attributes)
        id = given.pop("ppt_keyid", "")
        form = len(id) == 42 and id.startswith("0x") and all(c in "0123456789abcdefABCDEF" for c in id[2:])
        want(given == wanted and form, "payload.attributes", "other attributes")
        key = self.find(id, kind, uri, place["epochs"])
        if key is None:
            raise Refused("keys.unknown_key", "no such key")
        nonce, plain = open_box(profile[2], key.key, payload)
        plain = unpad(plain) if profile[3] else plain
        frame = parse_frame(profile, plain)
        misplaced = "payload.context"
        want(frame.instance != self.self.instance, misplaced, "our own")
        want(frame.to is None or frame.to == self.self.instance, misplaced, "for another callee")
        sender = next((one for one in self.members if one.instance == frame.instance), None)
        want(sender is not None and ROLE_OF[kind] in sender.roles, "keys.unknown_key", "no such sender")
        answers = kind in (RESULT, ERROR)
        want(answers or sender.cs == key.writer, misplaced, "not the writer of its key")
        message = covered(context(self.announcement, self.realm, kind, uri, key), id, nonce, frame)
        shown = authentic(settings["mode"], frame, message, sender.cs, self.announcement.hash, key.epoch)
        want(shown, "payload.signature", "not its sender's")
        retained = bool(frame.flags & RETAINED)
        more = bool(frame.flags & PART)
        known = (PART if more else WHOLE) | (RETAINED if retained else 0)
        want(frame.flags == known and (not retained or kind == EVENT), misplaced, "flags")
        want(frame.correlation == place["correlation"], misplaced, "another request's")
        want(not answers or frame.correlation is not None, misplaced, "no request's")
        want((frame.error is not None) == (kind == ERROR), misplaced, "errors alone name one")
        want(place["error"] is None or frame.error == place["error"], misplaced, "another error")
        want(more == place["more"], misplaced, "part or whole")
        want((frame.part or 0) == place["part"], "payload.incomplete", "another part")
        age = place["now"] - frame.time
        history = settings["historyEpochs"] * settings["epochMs"] if retained else 0
        want(-SKEW_MS <= age <= SKEW_MS + history, "payload.stale", "not now")
        seen = self.windows.setdefault((id, kind, frame.instance), set())
        fresh = frame.sequence not in seen and frame.sequence > max(seen, default=-1) - WINDOW
        want(fresh, "payload.replay", "seen before")
        seen.add(frame.sequence)
        args, kwargs = arguments(profile, frame)
        return frame, nonce, key, sender, args, kwargs
