"""Invented builds: records, graph and manifest written by hand, without the pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cablegraph.comparison.compare import Comparison
from cablegraph.comparison.model import Group

BASE = "https://example.org/"
VERSIONS = {"authorities": "aaaa", "tool": "1.0", "vocabulary": "1.0"}
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
RIGHTS = "<http://purl.org/dc/terms/rights>"


def words(quote: str, line: int = 3, column: int = 5) -> dict[str, Any]:
    """Return evidence."""
    return {"layer": "transcript", "start": 0, "end": 1, "line": line, "column": column,
            "quote": quote}  # fmt: skip


def a_claim(key: str, about: str = "telegram/t-1", **more: Any) -> dict[str, Any]:
    """Return a claim of a record; a number, unless another value is given."""
    claim = {
        "key": key, "about": about, "rule": "number", "certainty": "certain", "status": None,
        "value": {"is": "number", "kind": "register-number", "written": "7"},
        "evidence": [words("No 7")], "reason": None, "rivals": [],
    }  # fmt: skip
    return claim | more


def a_title(key: str, text: str = "A telegram") -> dict[str, Any]:
    """Return the claim of a title."""
    value = {"is": "text", "property": "dcterms:title", "text": text, "language": "en"}
    return a_claim(f"telegram/{key}/claim/title", f"telegram/{key}", value=value)


def a_record(key: str = "t-1", *claims: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a record."""
    record = {"key": key, "source": f"{key}.txt", "sha256": f"{key}-0000", "decisions": [],
              "claims": [a_title(key), *claims], "texts": {}}  # fmt: skip
    return record | more


def a_line(subject: str, predicate: str, value: str, graph: str) -> str:
    """Return a line of the graph; subject is a path or an IRI."""
    subject = subject if "://" in subject else f"{BASE}id/{subject}"
    return f"<{subject}> {predicate} {value} <{BASE}graph/{graph}> ."


def an_entry(path: str, label: str, graph: str = "authorities") -> str:
    """Return a line of the authority file."""
    return a_line(path, LABEL, f'"{label}"@en', graph)


def lines_of(record: dict[str, Any]) -> Iterable[str]:
    """Yield a line for each claim, whose literal is all that the claim says, and one for the file.

    Shape: what is said of persons is in the shared graph, as in a real build.
    """
    own = f"telegram/{record['key']}"
    yield a_line(f"source/{record['sha256']}", "<e:is>", f'"{record["source"]}"', own)
    for claim in record["claims"]:
        said = json.dumps(json.dumps(claim, sort_keys=True, ensure_ascii=False), ensure_ascii=False)
        graph = "authorities" if claim["key"].startswith("person/") else own
        yield a_line(claim["key"], "<e:says>", said, graph)


def write_build(
    folder: Path,
    *records: dict[str, Any],
    lines: Iterable[str] = (),
    versions: dict[str, str] = VERSIONS,
) -> Path:
    """Write a build and return its folder."""
    (folder / "records").mkdir(parents=True)
    (folder / "graph").mkdir()
    found = set(lines)
    for record in records:
        (folder / "records" / f"{record['key']}.json").write_text(json.dumps(record), "utf-8")
        found.update(lines_of(record))
    text = "".join(line + "\n" for line in sorted(found))
    (folder / "graph/cablegraph.nq").write_text(text, "utf-8", newline="\n")
    (folder / "MANIFEST.json").write_text(json.dumps({"versions": versions}), "utf-8")
    return folder


def compared(old: Path, new: Path) -> dict[str, Group]:
    """Return the groups of a comparison by graph and thing."""
    return {f"{g.graph} {g.thing}".strip(): g for g in Comparison(old, new).groups()}


def kinds(group: Group) -> list[str]:
    """Return the causes of a group."""
    return [cause.kind for cause in group.why]
