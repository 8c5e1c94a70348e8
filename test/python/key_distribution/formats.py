"""The CDDL of docs/key-messages.md, against which every message of the vectors is checked."""

import re
from pathlib import Path

import cbor2
from cddl_verifier import Validator

PAGE = Path(__file__).parents[3] / "docs" / "key-messages.md"


class Formats:
    def __init__(self, page: Path = PAGE):
        blocks = re.findall(r"^```cddl\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE)
        self.validator = Validator("\n".join(blocks))
        self.checked: dict[str, int] = {}

    def check(self, rule: str, data: bytes) -> None:
        result = self.validator.validate(data, root_type=rule)
        if not result.valid:
            raise ValueError(f"no {rule}: {result.diagnostics[0].message}")
        if rule not in self.checked:
            self.refuses_more(rule, data)
        self.checked[rule] = self.checked.get(rule, 0) + 1

    def refuses_more(self, rule: str, data: bytes) -> None:
        """A rule that takes anything would show nothing."""
        value = cbor2.loads(data)
        other = {**value, "x": 1} if isinstance(value, dict) else [*value, {}]
        if self.validator.validate(cbor2.dumps(other), root_type=rule).valid:
            raise ValueError(f"{rule} takes anything")
