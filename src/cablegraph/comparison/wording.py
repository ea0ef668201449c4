"""A claim in words: which field it fills, with what; templates are in fields.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from cablegraph.comparison.records import Claim

_TEMPLATES = Path(__file__).with_name("fields.toml")
_OPTIONAL = re.compile(r"\[([^][]*)\]")
_NAME = re.compile(r"\{(\w+)\}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CURIE = re.compile(r"[a-z]+:[A-Za-z]\w*")
#: Fields whose values are concepts or properties, and are told as words.
_TERMS = frozenset({"kind", "role", "property", "force", "attestation", "status"})
_LANGUAGES = ("en", "ru")
#: What is the same for both sides, or told elsewhere.
_NOT_COMPARED = frozenset({"is", "key"})


class Labels:
    """What things are called: by the claims of a document, else by the shared graphs."""

    def __init__(self, shared: Mapping[str, str], claims: Iterable[Claim] = ()) -> None:
        self._shared = shared
        self._own = {
            claim.key: text
            for claim in claims
            if (text := claim.value.get("label") or _pick(claim.value.get("labels")))
        }

    def tell(self, path: str) -> str:
        """Return the label of a thing with its path, or the path alone."""
        label = self._own.get(path) or self._shared.get(path)
        return f"{label} ({path})" if label else path


def tell_field(claim: Claim) -> str:
    """Return which field a claim fills: ``sender``, ``has documentary form type``."""
    return _fill(_template(claim)["field"], claim.value, Labels({}))


def tell_value(claim: Claim, labels: Labels) -> str:
    """Return what a claim fills its field with, on one line."""
    return " ".join(_fill(_template(claim)["value"], claim.value, labels).split())


def find_differences(old: Claim, new: Claim, labels: Labels) -> list[str]:
    """Return what differs between two claims beside value and words: ``status: x → y``."""
    names = sorted({*old.value, *new.value} - _NOT_COMPARED)
    pairs = [(name, old.value.get(name), new.value.get(name)) for name in names]
    if tell_value(old, labels) != tell_value(new, labels):
        pairs = []
    elif tell_field(old) != tell_field(new):
        pairs = [pair for pair in pairs if pair[0] not in _TERMS]
        pairs.insert(0, ("field", tell_field(old), tell_field(new)))
    for name in ("certainty", "status", "reason", "rule", "rivals"):
        pairs.append((name, getattr(old, name), getattr(new, name)))
    return [
        f"{name.replace('_', ' ')}: {_plain(name, was, labels) or 'none'}"
        f" → {_plain(name, now, labels) or 'none'}"
        for name, was, now in pairs
        if was != now
    ]


def spell(term: str) -> str:
    """Return a concept or a property as words.

    >>> spell("rico:hasDocumentaryFormType"), spell("cipher-telegram-number")
    ('has documentary form type', 'cipher telegram number')
    """
    local = term.rpartition(":")[2] if _CURIE.fullmatch(term) else term
    return _CAMEL.sub(" ", local).replace("-", " ").lower()


def _template(claim: Claim) -> dict[str, str]:
    kind = str(claim.value.get("is", ""))
    every = "; ".join(f"{name}: {{{name}}}" for name in sorted(claim.value) if name != "is")
    return _templates().get(kind) or {"field": kind, "value": every}


@lru_cache(maxsize=1)
def _templates() -> dict[str, dict[str, str]]:
    with _TEMPLATES.open("rb") as file:
        return tomllib.load(file)


def _fill(template: str, value: Mapping[str, Any], labels: Labels) -> str:
    def optional(found: re.Match[str]) -> str:
        given = all(value.get(name) for name in _NAME.findall(found[1]))
        return found[1] if given else ""

    def told(found: re.Match[str]) -> str:
        return _plain(found[1], value.get(found[1]), labels)

    return _NAME.sub(told, _OPTIONAL.sub(optional, template))


def _plain(name: str, value: Any, labels: Labels) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return _pick(value)
    if isinstance(value, list | tuple):
        return ", ".join(_plain(name, one, labels) for one in value)
    if name in _TERMS:
        return spell(str(value))
    return labels.tell(str(value))


def _pick(labels: Any) -> str:
    """Return the label of the first language that there is one in."""
    if not isinstance(labels, dict) or not labels:
        return ""
    known = [language for language in _LANGUAGES if language in labels]
    return str(labels[(known or sorted(labels))[0]])
