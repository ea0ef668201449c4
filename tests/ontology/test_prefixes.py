"""A prefix means one thing in every file of the ontology."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cablegraph.namespaces import PREFIXES

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
FILES = sorted(p for p in ONTOLOGY.rglob("*") if p.suffix in (".ttl", ".rq"))
DECLARED = re.compile(
    r"(?im)^\s*@?prefix\s+([a-z0-9-]*):\s*<([^>]*)>"
    r"|sh:prefix \"([a-z0-9-]+)\" ; sh:namespace \"([^\"]+)\""
)


def declarations(path: Path) -> list[tuple[str, str]]:
    text = path.read_text(encoding="utf-8")
    return [(a or c, b or d) for a, b, c, d in DECLARED.findall(text)]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_prefixes_agree_with_the_code(path: Path) -> None:
    """A prefix that the code lists means the same namespace here, and the other way round."""
    by_iri = {iri: prefix for prefix, iri in PREFIXES.items()}
    for prefix, iri in declarations(path):
        assert PREFIXES.get(prefix, iri) == iri
        assert by_iri.get(iri, prefix) == prefix


def test_prefixes_agree_with_each_other() -> None:
    """No two files give one prefix two meanings, and no namespace has two prefixes."""
    pairs = {pair for path in FILES for pair in declarations(path)}

    assert len({prefix for prefix, _ in pairs}) == len(pairs)
    assert len({iri for _, iri in pairs}) == len(pairs)


def test_every_file_declares_only_what_it_uses() -> None:
    """A declared prefix is used at least once after its declaration."""
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        for prefix, _ in declarations(path):
            assert re.search(rf"(?<![\w:@]){prefix}:(?!\s*<)", text), (path.name, prefix)


def test_the_context_has_every_prefix() -> None:
    """The JSON-LD context holds the prefixes of the code, with the same meaning."""
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]

    assert PREFIXES == {prefix: context.get(prefix) for prefix in PREFIXES}
