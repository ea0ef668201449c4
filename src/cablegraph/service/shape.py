"""What queries have in common that differ in spaces, comments, values and variables only."""

from __future__ import annotations

import re

#: Longer texts are taken as they are; to take them apart would cost every request.
_LONGEST = 20_000
_PART = re.compile(
    r"""(?P<kept><[^<>"{}|^`\\\x00-\x20]*+>)|(?P<comment>\#[^\n\r]*+)
      |(?P<text>\"{3}(?:\\.|(?!\"{3}).)*+\"{3}|'{3}(?:\\.|(?!'{3}).)*+'{3}
      |\"(?:\\.|[^"\\\n\r])*+\"|'(?:\\.|[^'\\\n\r])*+')
      |(?P<variable>[?$]\w++)|(?P<number>\b\d[\d.eE]*+)|(?P<space>\s++)""",
    re.VERBOSE | re.DOTALL,
)
_INSTEAD = {"comment": " ", "text": "''", "number": "0", "space": " "}


def find_shape(text: str) -> str:
    """Return the shape of a query.

    >>> find_shape("ASK { ?who :age 5 } # all")
    'ASK { ?0 :age 0 }'
    """
    if len(text) > _LONGEST:
        return " ".join(text.split())
    numbers: dict[str, int] = {}

    def shorten(part: re.Match[str]) -> str:
        kind = part.lastgroup or "kept"
        if kind == "variable":
            return f"?{numbers.setdefault(part[0][1:], len(numbers))}"
        return _INSTEAD.get(kind, part[0])

    return " ".join(_PART.sub(shorten, text).split())
