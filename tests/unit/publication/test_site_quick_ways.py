"""The quick ways through a large collection: they say the same as the plain ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes
from site_sample import HOSTILE, write_hostile

from cablegraph.publication.site import render
from cablegraph.publication.site.build import build_site
from cablegraph.publication.site.facts import Facts
from cablegraph.publication.site.made import pack_notes, unpack_notes
from cablegraph.publication.site.search import find_words, pack_words, unpack_words
from cablegraph.publication.site.spill import Note, Spill, group_notes, read_notes
from cablegraph.publication.site.survey import read_part, survey
from cablegraph.publication.site.told import Value

TEMPLATES = sorted((Path(render.__file__).parent / "templates").glob("*.html"))
ESCAPING = set(render.FILTERS) - {"at_once"}
GRAPH = "<https://wires.example/graph/telegram/t-1>"
LINES = [
    f'<a:claim> <a:about> "o <x> ." {GRAPH} .\n',
    f"<a:claim> <a:about> <a:o> {GRAPH} .\n",
    f"<a:decision> <https://w3id.org/cablegraph/def#decides> <a:claim> {GRAPH} .\n",
]


def unescaped(template: str) -> Iterator[str]:
    """Yield what a template puts out where escaping is off and no filter escapes it."""
    for part in jinja2.Environment().parse(template).find_all(nodes.ScopedEvalContextModifier):
        for output in part.find_all(nodes.Output):
            for value in output.nodes:
                is_safe = isinstance(value, nodes.Filter) and value.name in ESCAPING
                if not is_safe and not isinstance(value, nodes.TemplateData):
                    yield str(value)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_where_escaping_is_off_each_value_has_a_filter_that_escapes(path: Path) -> None:
    """A value that a template forgets to escape is found before any reader meets it."""
    assert [] == list(unescaped(path.read_text("utf-8")))


def test_a_value_without_a_filter_is_found() -> None:
    """The check above sees a bare value, and one whose filter doesn't escape."""
    bare = "{% autoescape false %}{% filter at_once %}{{ a }}{{ b|html }}{% endfilter %}"

    assert 1 == len(list(unescaped(bare + "{% endautoescape %}")))
    assert 1 == len(list(unescaped("{% autoescape false %}{{ a|at_once }}{% endautoescape %}")))


@pytest.mark.parametrize("name", sorted(ESCAPING))
def test_each_filter_escapes(name: str) -> None:
    """Words that would be markup, or end an attribute, are neither."""
    value = Value(HOSTILE, href=HOSTILE, language=HOSTILE)
    given = {"show": (value,), "show_all": ((value, value),), "quoted": (HOSTILE, HOSTILE)}
    found = str(render.FILTERS[name](*given.get(name, (HOSTILE,))))

    assert "<script" not in found
    assert HOSTILE[:3] not in found


def test_statements_of_one_graph_are_those_of_their_lines() -> None:
    """Told the graph, it need not be looked for in each line, and nothing else differs."""
    assert Facts(LINES).said == Facts(LINES, graph=GRAPH).said


def test_who_points_at_a_node_by_a_property() -> None:
    """Only the subjects of that property are found."""
    facts = Facts(LINES, graph=GRAPH)

    assert ["<a:decision>"] == facts.pointing("<a:claim>", "cbl:decides")
    assert [] == facts.pointing("<a:claim>", "cbl:evidence")
    assert [] == facts.pointing("<a:o>", "cbl:decides")


def test_a_claim_is_whole_or_none() -> None:
    """A statement with a part left out is not told."""
    rdf = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    lines = [f"<a:c> {rdf}{part}> <a:{part}> ." for part in ("subject", "predicate", "object")]

    assert ("<a:subject>", "<a:predicate>", "<a:object>") == Facts(lines).claim("<a:c>")
    assert Facts(lines[:2]).claim("<a:c>") is None
    assert Facts(lines[1:]).claim("<a:c>") is None


def test_an_object_that_looks_like_the_graph_before_it_is_an_object(tmp_path: Path) -> None:
    """A line without a graph belongs to no document, whatever line stands before it."""
    (tmp_path / "work").mkdir()
    start = "<https://wires.example/id/person/ann>"
    lines = [
        f"{start} <a:p> <a:o> {GRAPH} .\n",
        f"{start} <a:p> {GRAPH} .\n",
        f'{start} <a:p> "last" {GRAPH} .',
    ]
    (tmp_path / "all.nq").write_text("".join(lines), "utf-8")
    known = survey([tmp_path / "all.nq"], tmp_path / "work", part_size=10)
    parts = [tmp_path / "work" / f"part-{number}.nq" for number in range(known.parts)]
    found = [document for part in parts for document in read_part(part)]

    assert [("telegram/t-1", [lines[0], f"{lines[2]}\n"])] == found
    assert lines[1] == (tmp_path / "work" / "shared.nq").read_text("utf-8")


def test_packed_notes_are_notes(tmp_path: Path) -> None:
    """What one process packs another keeps; a note that comes twice is there once."""
    note = Note("person/ann", "sent", text="two\nlines \u2028 here")
    notes = [note, Note("person/bob", "sent"), note]
    spill = Spill(tmp_path, 2)
    spill.keep(spill.pack("telegram/t", group_notes(notes)))
    left = spill.read(spill.number("person/ann"))["person/ann"]

    assert ["telegram/t"] == list(left)
    assert [note] == read_notes(left)
    assert [note] == read_notes(unpack_notes(pack_notes(left)))


def test_packed_words_are_words() -> None:
    """The words of a text come back with their numbers."""
    words = find_words(["peace", "peace in our time", "мир миру"])

    assert list(words) == unpack_words(pack_words(words))


def test_a_long_page_tells_the_ways_to_its_parts(tmp_path: Path) -> None:
    """Each way within the page leads to a heading; a part that is not there is not offered."""
    build_site(write_hostile(tmp_path / "output"), tmp_path / "site", workers=1)
    html = (tmp_path / "site/page/telegram/t-1/index.html").read_text("utf-8")
    jump = html.partition('<nav class="jump"')[2].partition("</nav>")[0]
    found = re.findall(r'href="#([^"]+)"', jump)

    assert ["h-texts", "h-stances", "h-disputed", "h-copies", "h-findings"] == found
    assert [] == [key for key in found if f'<h2 id="{key}">' not in html]
