"""Key trees: key-tree.md."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from .basics import LABELS, decode_list, encode, is_bytes, is_count, sha256, want
from .schedule import BRANCHES
from .told import Announcement

MAX_DEPTH = 20
CODE = "keys.rekey"


def level(node: int) -> int:
    """How often 1 ends its binary form."""
    return ((node + 1) & -(node + 1)).bit_length() - 1


def parent(node: int) -> int:
    step = 1 << level(node)
    return node + step if (node >> (level(node) + 1)) % 2 == 0 else node - step


def nodes_above(leaves: list[int]) -> set[int]:
    above: set[int] = set()
    for node in leaves:
        for _ in range(MAX_DEPTH):
            node = parent(node)
            above.add(node)
    return above


class Path:
    def __init__(self, data: bytes, scope: bytes, branch: str, generation: int):
        leaf, secrets = decode_list(data, "keys.grant_malformed", 2)
        depth = len(secrets) // 32 - 1
        want(len(secrets) % 32 == 0 and 0 <= depth <= MAX_DEPTH, "keys.grant_malformed", "secrets")
        want(leaf % 2 == 0 and leaf < 2 ** (depth + 1) - 1, "keys.grant_malformed", "leaf")
        self.leaf, self.scope, self.branch, self.generation = leaf, scope, branch, generation
        self.nodes = [leaf]
        for _ in range(depth):
            self.nodes.append(parent(self.nodes[-1]))
        self.secrets = [secrets[32 * i : 32 * i + 32] for i in range(depth + 1)]

    def encoded(self) -> bytes:
        return encode([self.leaf, b"".join(self.secrets)])

    def unbox(self, child: int, secret: bytes, generation: int, box: bytes) -> bytes:
        ad = encode([self.scope, self.branch, generation, child])
        key = sha256(LABELS["tree box"], secret, sha256(ad))
        try:
            return ChaCha20Poly1305(key).decrypt(bytes(12), box, ad)
        except InvalidTag:
            want(False, CODE, "a box does not open")
            raise

    def open(self, rekey: list) -> bytes:
        """The generation's secret; goes on to the next secrets."""
        _, before, generation, removed, parts = rekey
        want(before == self.generation, CODE, "from another generation")
        want(self.leaf not in removed, CODE, "removed")
        fresh, boxes = nodes_above(removed), dict(map(tuple, parts))
        reached: list[bytes] = []
        for i, node in enumerate(self.nodes):
            child = self.nodes[i - 1]
            if i == 0 or node not in fresh:
                reached.append(self.secrets[i])
            elif child in boxes:
                reached.append(self.unbox(child, reached[-1], generation, boxes[child]))
            else:
                want(child in fresh, CODE, "a part is missing")
                reached.append(sha256(LABELS["tree up"], reached[-1]))
        self.secrets = [sha256(LABELS["tree next"], secret) for secret in reached]
        self.generation = generation
        return sha256(LABELS["tree out"], reached[-1])


def parse_rekey(data: bytes) -> list:
    fields = decode_list(data, CODE, 5)
    version, before, generation, removed, parts = fields
    want(version == 1 and is_count(before) and is_count(generation) and before < generation, CODE, "head")
    want(isinstance(removed, list) and len(removed) <= 256, CODE, "removed")
    want(all(is_count(leaf) and leaf % 2 == 0 and leaf < 2**21 - 1 for leaf in removed), CODE, "leaves")
    want(isinstance(parts, list) and len(parts) <= 1024, CODE, "parts")
    fresh = nodes_above(removed)
    for node, box in parts:
        placed = is_count(node) and node < 2**21 - 1 and parent(node) in fresh and node not in removed
        want(placed and is_bytes(box, 48), CODE, "part")
    for numbers in (removed, [node for node, _ in parts]):
        want(all(a < b for a, b in zip(numbers, numbers[1:])), CODE, "order")
    return fields


def rekeys_hash(rekeys: bytes) -> bytes:
    return sha256(LABELS["tree"], rekeys)


def announced_rekeys(rekeys: bytes, announcement: Announcement) -> dict[str, list | None]:
    want(announcement.tree is not None and rekeys_hash(rekeys) == announcement.tree, CODE, "not the announced one")
    parsed = [one if one is None else parse_rekey(one) for one in decode_list(rekeys, CODE, 2)]
    for one in parsed:
        want(one is None or one[2] == announcement.generation, CODE, "for another generation")
    return dict(zip(BRANCHES, parsed))
