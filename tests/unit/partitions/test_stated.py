"""A document is taken apart quickly, and comes to the same as line by line."""

from __future__ import annotations

import gc
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.graph.iris import Iris
from cablegraph.graph.shared import find_named
from cablegraph.graph.spans import SPAN_TERMS
from cablegraph.graph.statements import state
from cablegraph.namespaces import PREFIXES
from cablegraph.partitions import stated, work
from cablegraph.partitions.buckets import Bucket
from cablegraph.partitions.meetings import digest_of, find_entities, number_of, project
from cablegraph.partitions.stated import divide, find_looked, look_into, merge
from cablegraph.partitions.task import Order, Task
from cablegraph.records.claims import Claim, Evidence, Name, Party, Reading, Version
from cablegraph.validation.rows import cut_lines
from cablegraph.workshop import Made, Source

_IRIS = Iris("https://e.org/c/")
_SHARED = " <https://e.org/c/graph/authorities> ."
_WORDS = 'Marenko calls "on"\nHällam.'
_TERM = re.compile(r"<[^<>\s\"]+/id/(?:person|org|group|position|place|archive)/[^<>\s\"/]+>")


def _claim(key: str, about: str, value: Party | Name | Version, layer: str) -> Claim:
    evidence = Evidence(layer=layer, start=0, end=7, line=1, column=1, quote="Marenko")
    return Claim(key=key, about=about, value=value, evidence=(evidence,), rule="test")


@pytest.fixture
def made() -> Made:
    """Return a telegram of two text versions; the name of one begins as that of the other."""
    root, layers = "telegram/t-1", ("en", "en-2")
    claims = [
        _claim(f"{root}/text/{one}", root, Version(one, "translation", "en", 0, 26, 1), one)
        for one in layers
    ]
    claims += [
        _claim(f"{root}/claim/a", root, Party("sender", "person/marenko"), "en-2"),
        _claim(f"{root}/claim/b", root, Party("reader", "org/ministry"), "en"),
        _claim("person/hallam/name/h", "person/hallam", Name("h", "Hällam", "en", "full"), "en"),
    ]
    texts = dict.fromkeys(layers, _WORDS)
    reading = Reading(
        key="t-1", source="t-1.txt", sha256="0" * 64, claims=tuple(claims), texts=texts
    )
    return Made(Source(Path("t-1.txt"), "t-1.txt"), reading, state(reading, _IRIS))


def test_a_document_is_taken_apart_as_line_by_line(made: Made) -> None:
    """Graphs, digests, names and what rules look at are those of all its lines."""
    own = [line for line in made.lines if not line.endswith(_SHARED)]
    found = look_into(made, _IRIS)

    assert own == [line.decode() for line in divide(found.own)]
    assert len(own) == found.count > len(found.own)
    assert [line for line in made.lines if line.endswith(_SHARED)] == found.shared
    assert hashlib.sha256("".join(f"{line}\n" for line in own).encode()).hexdigest() == found.digest
    assert digest_of(own) == found.number
    assert sorted(project(own)) == found.looked
    assert {term for line in made.lines for term in _TERM.findall(line)} == found.named
    rows = (line.split(" ", 2) for line in own)
    assert tuple(sorted(map(number_of, find_entities(rows)))) == found.about
    assert found.looked
    assert found.about
    assert {"<https://e.org/c/id/org/ministry>"} < found.named


def test_spans_are_left_out(made: Made) -> None:
    """What rules look at, and what claims are about, is there; nothing on spans is."""
    wanted = stated.named_by_rules() | {f"<{PREFIXES['rdf']}subject>"}
    own = cut_lines(line for line in made.lines if not line.endswith(_SHARED))
    expected = {row for row in own if row[1] in wanted}
    found = set(find_looked(made))

    assert found <= expected
    assert all(re.match(r"<[^ ]+/text/en(-2)?/span/", row[0]) for row in expected - found)
    assert not any("/span/" in subject for subject, *_ in found)
    assert expected - found
    assert found


def test_spans_stay_if_a_rule_looks_at_them(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of the ontology that names what is said of spans sees every line."""
    every = {row[1] for row in cut_lines(made.lines)}
    monkeypatch.setattr(stated, "named_by_rules", lambda: SPAN_TERMS | every)
    own = [line for line in made.lines if not line.endswith(_SHARED)]

    assert cut_lines(own) == sorted(find_looked(made))


def _telegram(key: str, *also: str) -> Made:
    """Return a telegram of some claims, of which some are about other things."""
    root = f"telegram/{key}"
    about = [root, root, "person/hallam", *also]
    claims = [_claim(f"{root}/text/en", root, Version("en", "translation", "en", 0, 26, 1), "en")]
    claims += [
        _claim(f"{root}/claim/{number}", one, Party("sender", f"person/p-{number}"), "en")
        for number, one in enumerate(about)
    ]
    reading = Reading(
        key=key, source="t.txt", sha256="0" * 64, claims=tuple(claims), texts={"en": _WORDS}
    )
    return Made(Source(Path("t.txt"), "t.txt"), reading, state(reading, _IRIS))


_KEYS = st.sampled_from(["a", "a-1", "a-10", "b", "b.c"])


@given(st.sets(_KEYS, min_size=1), st.lists(_KEYS, max_size=2))
def test_documents_are_merged_line_by_line(keys: set[str], named: list[str]) -> None:
    """However lines stand together, they come out in the order of lines, also if one telegram
    tells of another."""
    made = [_telegram(key, *(f"telegram/{one}" for one in named)) for key in sorted(keys)]
    found = [look_into(one, _IRIS) for one in made]
    pieces = [piece for one in found for piece in one.own]
    apart = all(one.apart for one in found)
    merged = [line.decode() for line in divide(merge(pieces, b"\n", apart=apart))]

    own = [line for one in made for line in one.lines if not line.endswith(_SHARED)]
    assert sorted(own) == merged
    assert apart is all(set(named) <= {key} for key in keys)
    assert sum(one.count for one in found) == len(merged)


_STEPS = st.sampled_from(["id", "person", "org", "place", "telegram", "a", "b/c", "Ж"])
_NODES = st.lists(_STEPS, max_size=6).map(lambda steps: f"<h://e/{'/'.join(steps)}>")


@given(st.lists(st.tuples(_NODES, _NODES, _NODES | st.just('"a"'), _NODES)))
def test_names_are_those_of_subjects_objects_and_graphs(rows: list[tuple[str, ...]]) -> None:
    """A quick search finds what a pattern finds at every place."""
    lines = [f"{subject} <h://p> {value} {graph} ." for subject, _, value, graph in rows]
    expected = {term for line in lines if '"' not in line for term in _TERM.findall(line)}
    expected |= {term for line in lines for term in _TERM.findall(line.partition(" ")[0])}

    assert expected == find_named(lines)


def test_the_collector_is_as_it_was_after_a_bucket(tmp_path: Path) -> None:
    """A build within another program leaves its memory management alone."""
    before = gc.get_threshold()
    work.make_bucket(Task(Bucket("d", ()), Order(output=str(tmp_path))))

    assert before == gc.get_threshold()
