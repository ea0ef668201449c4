"""Invented authority files and mapping sets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cablegraph.authorities.table import Authorities, read_authorities

HEAD = """\
#curie_map:
#  cg: https://example.org/id/
#  geonames: https://sws.geonames.org/
#  hsg: https://history.state.gov/people/
#  viaf: http://viaf.org/viaf/
#  wikidata: http://www.wikidata.org/entity/
#mapping_set_id: https://example.org/links
#license: https://creativecommons.org/publicdomain/zero/1.0/
"""
COLUMNS = (
    "subject_id", "predicate_id", "predicate_modifier", "object_id", "mapping_justification",
    "author_label", "object_source", "mapping_date", "confidence", "comment",
)  # fmt: skip

ENTITIES = """\
key,type,label_en,label_ru,notation,speaks_for,note
event/feast,event,Feast of Zubov,,,,
org/guild,body,Guild of Bakers,Гильдия пекарей,,,
person/petrov,person,Ivan Petrov,Иван Петров,,,
person/zubov,person,Zubov,Зубов,,,
place/torgau,place,Torgau,Торгау,,,
"""
NAMES = """\
key,form,language,kind,correct,scope,note
person/petrov,Петров,ru,common,,,
person/petrov,Petrov,en,romanised,,,
person/zubov,Zubov,en,romanised,,,
place/torgau,Torgau,en,common,,,
org/guild,Guild of Bakers,en,common,,,
"""

Rows = Callable[..., Path]


def row(subject: str, object_id: str, **more: str) -> dict[str, str]:
    """Return the cells of a mapping, sure and exact unless told otherwise."""
    usual = {
        "predicate_id": "skos:exactMatch", "mapping_justification": "semapv:ManualMappingCuration",
        "author_label": "Ada Example", "mapping_date": "2001-02-03", "confidence": "1",
        "comment": "Seen on the stone.",
    }  # fmt: skip
    return usual | {"subject_id": f"cg:{subject}", "object_id": object_id} | more


@pytest.fixture
def write_set(tmp_path: Path) -> Rows:
    """Return a function that writes rows as a mapping set."""

    def write(*rows: dict[str, str], head: str = HEAD) -> Path:
        lines = ["\t".join(COLUMNS)]
        lines += ["\t".join(one.get(column, "") for column in COLUMNS) for one in rows]
        path = tmp_path / "links.sssom.tsv"
        path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an invented authority file."""
    found = tmp_path / "authorities"
    found.mkdir()
    (found / "entities.csv").write_text(ENTITIES, encoding="utf-8")
    (found / "names.csv").write_text(NAMES, encoding="utf-8")
    return found


@pytest.fixture
def authorities(folder: Path) -> Authorities:
    """The invented authority file."""
    return read_authorities(folder)
