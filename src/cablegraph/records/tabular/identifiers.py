"""Make IRIs of the identifiers in a table, and know the words that stand for no value."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_SHORT = re.compile(r"(?P<prefix>[A-Za-z]+):\s?(?P<id>[^\s<>\"{}|\\^`/:]+)")
_LOCAL = re.compile(r"[^\s<>\"{}|\\^`#]+")
#: What a number of an authority looks like: the last sign may be a letter that checks the rest.
_NUMBER = re.compile(r"\d[\d-]*[\dX]?")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data", "identifiers.toml").read_text("utf-8"))


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(form["pattern"]), form["prefix"]) for form in _data()["forms"]]


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(_data()["placeholders"]["words"])


def is_placeholder(words: str) -> bool:
    """Tell whether a cell says that nothing is known.

    >>> is_placeholder("O. O."), is_placeholder("Omsk")
    (True, False)
    """
    return not words or words.casefold() in _placeholders()


def is_iri(words: str) -> bool:
    """Tell whether words are an address of the web and nothing else."""
    return _IRI.fullmatch(words) is not None


def to_reference(words: str, prefix: str | None, stem: str) -> str | None:
    """Return the IRI that an identifier stands for, or ``FILE#ID`` for one of the table's own.

    >>> to_reference("Q42", None, "letters"), to_reference("gnd:118584138", None, "letters")
    ('http://www.wikidata.org/entity/Q42', 'https://d-nb.info/gnd/118584138')
    >>> to_reference("p 12", None, "letters"), to_reference("p12", None, "letters")
    (None, 'letters#p12')
    """
    if is_iri(words):
        return words
    if (short := _SHORT.fullmatch(words)) and short["prefix"].lower() in _data()["prefixes"]:
        return str(_data()["prefixes"][short["prefix"].lower()]) + short["id"]
    for pattern, start in _forms():
        if pattern.fullmatch(words):
            return start + words
    if prefix and _NUMBER.fullmatch(words):
        return prefix + words
    return f"{stem}#{words}" if _LOCAL.fullmatch(words) else None
