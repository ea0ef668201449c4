"""Why a graph says it, from a graph of one small telegram."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cablegraph.cli import main
from cablegraph.dataset import Dataset
from cablegraph.errors import QueryError
from cablegraph.explain.gather import explain
from cablegraph.explain.model import Explanation, Told
from cablegraph.explain.render import to_text
from cablegraph.graph.iris import Iris
from cablegraph.graph.statements import to_lines
from cablegraph.records.claims import (
    Claim,
    Evidence,
    Link,
    Number,
    Reading,
    Reference,
    Statement,
    Text,
    Version,
)

WORDS = "No. 12\nTo Beijing.\nLater: No. 13\n"
START = 5  # the text version stands after a line of its own
IRIS = Iris("https://example.org/")
CITY = "<https://example.org/id/place/beijing>"
AUTHORITY = (
    f'{CITY} <http://www.w3.org/2004/02/skos/core#prefLabel> "Beijing"@en '
    "<https://example.org/graph/authorities> ."
)
SPACE = (
    '<https://example.org/dataset> <http://rdfs.org/ns/void#uriSpace> "https://example.org/id/" '
    "<https://example.org/graph/dataset> ."
)


def words(quote: str) -> tuple[Evidence, ...]:
    """Return the evidence of a quotation of the text."""
    start = WORDS.index(quote)
    line = WORDS.count("\n", 0, start) + 2
    return (Evidence("body", START + start, START + start + len(quote), line, 1, quote),)


def a_reading() -> Reading:
    """Return a telegram with rival numbers, a place, a copy and a suspicion."""
    about, number = "telegram/t1", "telegram/t1/number"
    rivals = {
        f"{number}/12": (Number("registry", "12"), "No. 12", f"{number}/13"),
        f"{number}/13": (Number("registry", "13"), "No. 13", f"{number}/12"),
    }
    version = Version("body", "translation", "en", START, START + len(WORDS), 2)
    link = Link("schema:mentions", "place/beijing")
    copy = Reference("archive/x", "X, f. 1", fond="1")
    suspicion = Statement(about, "rico:isReplyTo", "telegram/t0")
    return Reading(
        key="t1",
        source="t1.txt",
        sha256=hashlib.sha256(b"head\n" + WORDS.encode()).hexdigest(),
        texts={"body": WORDS},
        claims=(
            Claim(key=f"{about}/text/body", about=about, value=version,
                  evidence=words("No. 12"), rule="layer"),
            *(
                Claim(key=key, about=about, value=value, evidence=words(quote), rule="numbers",
                      rivals=(rival,), status="unresolved", reason="two of them")
                for key, (value, quote, rival) in rivals.items()
            ),
            Claim(key=f"{about}/claim/city", about=about, value=link,
                  evidence=words("Beijing"), rule="names", certainty="probable"),
            Claim(key=f"{about}/claim/title", about=about,
                  value=Text("dcterms:title", "To «Beijing»\x1b[31m", "en"),
                  evidence=words("To Beijing"), rule="titles"),
            Claim(key="holding/x/1/reference", about="holding/x/1", value=copy,
                  evidence=words("Later"), rule="citation"),
            Claim(key=f"{about}/claim/reply", about=about, value=suspicion, status="hypothetical",
                  evidence=words("Later: No. 13"), rule="replies", certainty="possible"),
        ),
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A file with the graph of the telegram."""
    path = tmp_path / "graph.nq"
    lines = [*to_lines(a_reading(), IRIS), AUTHORITY, SPACE]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def explained(data: Path, name: str, *, incoming: bool = False) -> Explanation:
    """Explain a node of the graph."""
    return explain(Dataset.open(data).store, name, incoming=incoming, data=data)


def told(found: Explanation, predicate: str) -> list[Told]:
    """Return the statements of a predicate, known by the end of its IRI."""
    return [one for one in found.statements if (one.predicate.iri or "").endswith(predicate)]


def test_a_link_rests_on_the_words_of_its_claim(data: Path) -> None:
    """File, line, column and words come from the graph, with rule and certainty."""
    found = explained(data, "telegram/t1")
    (mention,) = told(found, "mentions")
    support = found.support[mention.support[0]]

    assert "words" == mention.origin
    assert "Beijing" == mention.object.text
    assert "probable" == support.certainty
    assert [("t1.txt", 3, 4, "Beijing")] == [
        (one.file, one.line, one.column, one.exact) for one in support.words
    ]
    assert ("No. 12\nTo ", ".\nLater: No. 13\n") == (
        support.words[0].before,
        support.words[0].after,
    )


def test_rivals_come_with_their_words(data: Path) -> None:
    """A number in conflict shows the other one, its status and where it stands."""
    found = explained(data, "telegram/t1/number/12")
    (support,) = found.support.values()
    (rival,) = support.rivals

    assert ("unresolved", "two of them") == (support.status, support.reason)
    assert "13" == rival.node.text
    assert [(4, 8)] == [(one.line, one.column) for one in rival.words]


def test_a_copy_is_carried_by_its_reference(data: Path) -> None:
    """A statement about the copy, or the fond it lies in, names the reference that shows it."""
    reference = ("https://example.org/id/holding/x/1/reference",)
    (holder,) = told(explained(data, "holding/x/1"), "hasOrHadHolder")
    (level,) = told(explained(data, "unit/x/1"), "hasRecordSetType")

    assert ("carried", reference) == (holder.origin, holder.support)
    assert ("carried", reference) == (level.origin, level.support)


def test_what_has_no_words_says_where_it_comes_from(data: Path) -> None:
    """The class of the telegram is file-level, a label of the authority file is the file's."""
    (kind,) = told(explained(data, "telegram/t1"), "#type")
    (label,) = told(explained(data, "place/beijing"), "prefLabel")

    assert ("file", ()) == (kind.origin, kind.support)
    assert ("authorities", ()) == (label.origin, label.support)


def test_a_hypothesis_is_told_as_not_asserted(data: Path) -> None:
    """What is only named stands among the statements, marked."""
    found = explained(data, "telegram/t1")
    (reply,) = told(found, "isReplyTo")

    assert not reply.asserted
    assert "(named, not asserted)" in to_text(found)


def test_incoming_statements_have_it_as_object(data: Path) -> None:
    """The other direction, and how many statements the first has."""
    found = explained(data, "place/beijing", incoming=True)

    assert ["https://example.org/id/telegram/t1"] == [one.subject.iri for one in found.statements]
    assert 1 == found.others


@pytest.mark.parametrize(
    "name",
    [
        "place/beijing",
        "https://example.org/id/place/beijing",
        "<https://example.org/id/place/beijing>",
        "beijing",
    ],
)
def test_a_node_is_found_by_many_names(data: Path, name: str) -> None:
    """A full IRI, a path and the unmistakable end of one are the same node."""
    assert CITY == f"<{explained(data, name).node.iri}>"


def test_a_curie_names_a_term(data: Path) -> None:
    """Terms and concepts of the vocabulary can be explained too."""
    assert "https://w3id.org/cablegraph/def#certainty" == explained(data, "cbl:certainty").node.iri
    assert "vocabulary" not in {one.origin for one in explained(data, "telegram/t1").statements}


def test_a_misspelt_name_gets_the_nearest(data: Path) -> None:
    """An unknown node is one line with what may have been meant."""
    with pytest.raises(QueryError, match=r"did you mean place/beijing") as raised:
        explained(data, "place/bejing")

    assert str(raised.value).startswith(f"{data}:1:1: QueryError: no node is named 'place/bejing'")


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "urn:", "cbl:", "nosuch:thing", "<", "a\nb", "毛"]
)
def test_no_name_is_a_crash(data: Path, name: str) -> None:
    """Whatever is typed, the answer is an error of ours."""
    with pytest.raises(QueryError):
        explained(data, name)


def test_words_are_marked_in_both_ways(data: Path) -> None:
    """Guillemets without colour, bold and underline with it; no control character of a source."""
    found = explained(data, "telegram/t1")
    plain, coloured = to_text(found), to_text(found, colour=True)

    assert "t1.txt:3:4  No. 12 To «Beijing». Later: No. 13  (" in plain
    assert "\x1b" not in plain
    assert "\x1b[1m\x1b[4mBeijing\x1b[0m" in coloured
    assert "\x1b[31m" not in coloured


def test_evidence_is_shown_once(data: Path) -> None:
    """The first statement shows the words, the others refer to them."""
    text = to_text(explained(data, "telegram/t1/number/12"))

    assert 1 == text.count("«No. 12»")
    assert "[1] as above" in text


def test_the_source_folder_is_compared(data: Path, tmp_path: Path) -> None:
    """With --source the path leads to the file; a file that is gone or has changed is told."""
    arguments = ["explain", "telegram/t1", "-d", str(data), "--source", str(tmp_path)]
    gone = CliRunner().invoke(main, arguments).output
    (tmp_path / "t1.txt").write_bytes(b"head\n" + WORDS.encode())
    same = CliRunner().invoke(main, arguments).output
    (tmp_path / "t1.txt").write_bytes(b"other")
    changed = CliRunner().invoke(main, arguments).output

    assert f"{tmp_path / 't1.txt'}:3:4  " in same
    assert ("not there" in gone, "changed since" in changed) == (True, True)
    assert "not there" not in same
    assert "changed" not in same


def test_json_holds_the_same(data: Path) -> None:
    """Statements name the keys of their support."""
    result = CliRunner().invoke(main, ["explain", "telegram/t1", "-d", str(data), "--json"])
    found = json.loads(result.output)

    assert {key for one in found["statements"] for key in one["support"]} == set(found["support"])


def test_data_without_a_graph_are_an_error_of_ours(tmp_path: Path) -> None:
    """A folder that was never built says so."""
    result = CliRunner().invoke(main, ["explain", "person/x", "-d", str(tmp_path)])

    assert 1 == result.exit_code
    assert "DataError: there is no such file; run the build first" in result.stderr
