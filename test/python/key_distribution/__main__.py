"""python -m key_distribution VECTORS [CHANGES [SEED]]

Checks all of the vectors, and prints how much that is; then changes so many values of them, and each label, one at a time,
and expects every change to be noticed. Exits with 1 where anything deviates.
"""

import json
import sys
import time
from pathlib import Path

from .checks import SECTIONS, Vectors
from .formats import Formats
from .mutations import mutate, relabel


def check(data: dict, formats: Formats | None) -> dict[str, int]:
    vectors = Vectors(data, formats)
    for name, section in SECTIONS.items():
        vectors.section = name
        section(vectors)
    return vectors.counts


def main(path: str, changes: str = "0", seed: str = "") -> int:
    formats = Formats()
    data = json.loads(Path(path).read_text())
    counts = check(data, formats)
    told = ", ".join(f"{count} of {name}" for name, count in counts.items())
    print(f"{sum(counts.values())} values hold: {told}")
    print(f"{sum(formats.checked.values())} messages are of their form, of {len(formats.checked)} forms")
    if changes == "0":
        return 0
    number = int(seed or time.time_ns() % 1_000_000_000)
    values, unnoticed = mutate(data, int(changes), number)
    labels, unlabelled = relabel(data)
    print(f"{values} changed values (seed {number}) and {labels} changed labels: {len(unnoticed + unlabelled)} unnoticed")
    for one in unnoticed + unlabelled:
        print(f"unnoticed: {one}", file=sys.stderr)
    return 1 if unnoticed + unlabelled else 0


sys.exit(main(*sys.argv[1:]))
