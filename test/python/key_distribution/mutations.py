"""Shows that the checks see every deviation: each value of the vectors and each label is changed, one at a time."""

import random
from collections.abc import Iterator

from .basics import LABELS
from .checks import SECTIONS, Vectors

# Randomness of ML-KEM's encapsulation, of which only what comes of it is checked.
ENCAPSULATION = ("answered", 0)


def leaves(value: object, path: tuple = ()) -> Iterator[tuple]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        yield path
        return
    for key, item in items:
        yield from leaves(item, (*path, key))


def is_checked(data: dict, path: tuple) -> bool:
    section, *rest = path
    if section == "about" or rest[-1:] == ["name"] and section in ("grants", "messages", "refused", "showings"):
        return False
    # Another callee, of whom no more counts than that it is another.
    if path == ("parties", "second callee", "instance"):
        return False
    if section == "grants" and tuple(rest[-2:]) == ENCAPSULATION and len(data["grants"][rest[0]]["answered"]) == 2:
        return False
    # What is to be refused is refused when it is changed once more; its code counts.
    return section != "refused" or rest[-1] == "code"


def changed(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if value is None:
        return "0x00"
    # In the middle, where texts differ from each other; a digit stays one.
    at = len(value) // 2 if len(value) > 3 else len(value) - 1
    if not value:
        return "x"
    other = {"0": "1", "f": "e", "F": "E"}.get(value[at], chr(ord(value[at]) ^ 1) if value[at] not in "9@`" else "8")
    return value[:at] + other + value[at + 1 :]


def notices(data: dict, first: str) -> bool:
    """Whether any section fails, the changed one first."""
    names = [first] if first in SECTIONS else []
    for name in [*names, *(name for name in SECTIONS if name not in names)]:
        vectors = Vectors(data, None)
        vectors.section = name
        try:
            SECTIONS[name](vectors)
        except Exception:
            return True
    return False


def mutate(data: dict, most: int, seed: int) -> tuple[int, list[str]]:
    """How many values were changed, and which changes nobody noticed."""
    paths = [path for path in leaves(data) if is_checked(data, path)]
    if most < len(paths):
        paths = random.Random(seed).sample(paths, most)
    unnoticed = []
    for path in paths:
        holder = data
        for key in path[:-1]:
            holder = holder[key]
        kept = holder[path[-1]]
        holder[path[-1]] = changed(kept)
        if not notices(data, path[0]):
            unnoticed.append(".".join(map(str, path)))
        holder[path[-1]] = kept
    return len(paths), unnoticed


def relabel(data: dict) -> tuple[int, list[str]]:
    """The same with every label of the formulas."""
    unnoticed = []
    for name, label in list(LABELS.items()):
        LABELS[name] = label[:-1] + bytes([label[-1] ^ 1])
        if not notices(data, "generations"):
            unnoticed.append(name)
        LABELS[name] = label
    return len(LABELS), unnoticed
