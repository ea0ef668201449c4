"""Tell the reference of a unit level by level, as citations give it: fonds, inventory, file.

Finding aids write the reference of a unit in full, or what it adds to the one above; with the code
of the repository or without; with the names of the levels or without.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

_SEPARATOR = re.compile(r"\s*[/,;:]\s*|[\s_.-]+")
_CUT = re.compile(r"\s*[/,;]\s*")


@cache
def terms() -> dict[str, Any]:
    """Return the words and patterns of terms.toml."""
    text = resources.files(__package__).joinpath("terms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _labels() -> tuple[re.Pattern[str], ...]:
    found = terms()["labels"]
    return tuple(
        re.compile(rf"(?<!\w)(?:{words}){found['number']}", re.IGNORECASE)
        for words in found["levels"]
    )


@cache
def _words() -> re.Pattern[str]:
    return re.compile(terms()["labels"]["words"])


@dataclass(frozen=True, slots=True)
class Code:
    """The reference of a unit: as it stands without the repository, and level by level."""

    written: str
    levels: tuple[str, ...]


NONE = Code("", ())


def read_code(written: str, above: Code, repository: tuple[str, ...], *, whole: bool) -> Code:
    """Read the identifier of a unit under that of the unit *above*.

    Shape: *repository* are the codes of country and repository that may stand before it; a
        *whole* one is not cut at the signs in it, unless it says its levels or repeats those above.

    >>> fonds = read_code("RU/ABC/45", NONE, ("RU", "RU-ABC"), whole=True)
    >>> series = read_code("RU/ABC/45/1", fonds, ("RU", "RU-ABC"), whole=False)
    >>> series.levels, read_code("339", series, (), whole=False).levels
    (('45', '1'), ('45', '1', '339'))
    >>> read_code("Fond 45, Opis 1, Delo 339", NONE, (), whole=True).levels
    ('45', '1', '339')
    """
    text = _without_repository(" ".join(written.split()).strip(" ,;:/"), repository)
    ranks = {n: m["code"].strip("/.-") for n, p in enumerate(_labels()) if (m := p.search(text))}
    if len(ranks) > 1 and len(above.levels) >= min(ranks):
        return Code(text, (*above.levels[: min(ranks)], *(ranks[n] for n in sorted(ranks))))
    if len(ranks) == 1 and _labels()[next(iter(ranks))].fullmatch(text):
        text = next(iter(ranks.values()))
    text = _words().sub("", text)
    rest = _rest(text, above)
    if rest is not None:
        return Code(text, (*above.levels, *filter(None, _CUT.split(rest))))
    parts = [part for part in _CUT.split(text) if part]
    own = (text,) if whole or above.levels else tuple(parts)
    return Code(text, (*above.levels, *own))


def _rest(text: str, above: Code) -> str | None:
    """Return what a reference adds to the one above that it begins with."""
    for before in (above.written, " ".join(above.levels)):
        signs = [part for part in _SEPARATOR.split(before.casefold()) if part]
        ends = list(islice(_SEPARATOR.finditer(text), len(signs)))
        if signs and len(ends) == len(signs) and ends[-1].end() < len(text):
            found = _SEPARATOR.split(text[: ends[-1].start()].casefold())
            if found == signs:
                return text[ends[-1].end() :]
    return None


def _without_repository(text: str, repository: tuple[str, ...]) -> str:
    codes = {_letters(code) for code in repository if _letters(code)}
    codes |= {a + b for a in codes for b in codes if a != b}
    longest = 2 * max(map(len, codes), default=0)  # as many signs as letters between them
    start = 0
    for sign in _SEPARATOR.finditer(text[:longest]):
        if _letters(text[: sign.start()]) in codes:
            start = sign.end()
    return text[start:]


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
