"""What is still to be decided, shown, decided on, and never asked again."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from cablegraph.authorities.table import Authorities
from cablegraph.cli import main
from cablegraph.errors import LinkError
from cablegraph.links.check import read_links
from cablegraph.links.model import LinkSet
from cablegraph.links.queue import Item, Suggestion, find_items, open_items, read_records
from cablegraph.records.claims import Claim, Entity, Evidence, Link, Reading

from .conftest import ENTITIES, NAMES, Rows, row

WIKIDATA = "http://www.wikidata.org/entity/"
OFFERS = f"""\
subject_id,subject_label,object_id,object_label,score,match,types,service,date
https://example.org/id/person/petrov,Ivan Petrov,{WIKIDATA}Q1,Petrov the Baker,90,true,Q5,https://r.example/,2001-01-01
https://example.org/id/person/petrov,Ivan Petrov,{WIKIDATA}Q2,"Petrov, a street",40,false,,https://r.example/,2001-01-01
https://example.org/id/place/torgau,Torgau,sssom:NoMapping,,,false,,https://r.example/,2001-01-01
"""


def a_claim(key: str, value: object, line: int, words: str) -> Claim:
    evidence = Evidence("transcript", 0, len(words), line, 5, words)
    return Claim(
        key=key, about="telegram/t-1", value=value, evidence=(evidence,), rule="mention",  # type: ignore[arg-type]
    )  # fmt: skip


READING = Reading(
    key="t-1",
    source="t-1.txt",
    sha256="0" * 64,
    texts={},
    claims=(
        a_claim("telegram/t-1/mention/1", Link("schema:mentions", "person/petrov"), 3, "Петрову"),
        a_claim("telegram/t-1/mention/2", Link("schema:mentions", "person/petrov"), 7, "Petrov"),
        a_claim("telegram/t-1/mention/3", Link("schema:mentions", "place/torgau"), 4, "Torgau"),
        a_claim("person/ada", Entity("rico:Person", {"en": "Ada"}), 9, "Ada"),
        a_claim("telegram/t-1/mention/4", Link("schema:mentions", "group/we"), 9, "we"),
    ),
)


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A collection of one document, built, with an offer of a reconciliation service."""
    seeds, output = tmp_path / "seeds", tmp_path / "output"
    (seeds / "authorities").mkdir(parents=True)
    (output / "records").mkdir(parents=True)
    (seeds / "cablegraph.toml").write_text('base = "https://example.org/"\n')
    (seeds / "t-1.txt").write_text("Ada wrote to Petrov.\n")
    (seeds / "authorities" / "entities.csv").write_text(ENTITIES, encoding="utf-8")
    (seeds / "authorities" / "names.csv").write_text(NAMES, encoding="utf-8")
    (output / "records" / "t-1.json").write_bytes(msgspec.json.encode(READING))
    (tmp_path / "offers.csv").write_text(OFFERS, encoding="utf-8")
    return tmp_path


def run(collection: Path, *more: str, keys: str = "") -> Result:
    options = ["link", str(collection / "seeds"), "-o", str(collection / "output"), *more]
    return CliRunner().invoke(main, options, input=keys)


def ask(collection: Path, keys: str, *more: str) -> Result:
    offers = ["--candidates", str(collection / "offers.csv")]
    return run(collection, *offers, "--by", "Ada E", "--date", "2001-02-03", *more, keys=keys)


def links_of(collection: Path) -> LinkSet:
    return read_links(collection / "seeds" / "links.sssom.tsv")


def test_an_entity_is_shown_where_it_is_named_first(authorities: Authorities) -> None:
    """The first words that name somebody are kept; a group is nobody elsewhere."""
    items = find_items([READING], authorities)

    assert ["person/ada", "person/petrov", "place/torgau"] == list(items)
    assert (3, "Петрову", True) == (
        items["person/petrov"].line, items["person/petrov"].words, items["person/petrov"].listed
    )  # fmt: skip
    assert ("Ada", False) == (items["person/ada"].label, items["person/ada"].listed)


def test_what_is_settled_is_not_offered(write_set: Rows) -> None:
    """A rejected pair, another item of a linked authority, a search in vain: none is asked."""
    items = [Item(key, key, True) for key in ("person/petrov", "person/zubov", "place/torgau")]
    vain = row("place/torgau", "sssom:NoTermFound", object_source="authority:wikidata")
    links = read_links(
        write_set(
            row("person/petrov", "wikidata:Q1"),
            row("person/zubov", "wikidata:Q3", predicate_modifier="Not"),
            vain,
        )
    )
    offers = {item.subject: [Suggestion(f"{WIKIDATA}Q{n}", "", 1, "x") for n in (2, 3)]
              for item in items}  # fmt: skip
    still = list(open_items(items, links, offers))

    assert ["person/zubov"] == [item.subject for item in still]
    assert [f"{WIKIDATA}Q2"] == [one.object for one in still[0].suggestions]


def test_an_editor_accepts(collection: Path) -> None:
    """One key makes a link with author, day, and what it was suggested by."""
    result = ask(collection, "a\nq\n")
    (link,) = links_of(collection).links

    assert 0 == result.exit_code, result.output
    assert f"{collection}/seeds/t-1.txt:3:5: Петрову" in result.output
    assert "→ wikidata:Q1  Petrov the Baker  score 90" in result.output
    assert ("person/petrov", f"{WIKIDATA}Q1", "accepted") == (
        link.subject, link.object, link.decision
    )  # fmt: skip
    kept = {slot: link.cells[slot] for slot in ("author_label", "mapping_date", "confidence")}
    assert {"author_label": "Ada E", "mapping_date": "2001-02-03", "confidence": "1"} == kept
    assert "semapv:MappingReview" == link.cells["mapping_justification"]
    assert "https://r.example/" in link.cells["comment"]


def test_what_was_answered_is_never_asked_again(collection: Path) -> None:
    """A rejected suggestion does not come back, nor does the entity once it is settled."""
    ask(collection, "r\nq\n")
    again = ask(collection, "r\ns\ns\n")
    last = ask(collection, "q\n")

    assert "Q1" not in again.output
    assert "Q2" in again.output
    assert "Q1" not in last.output
    assert "Q2" not in last.output
    assert ["rejected", "rejected"] == [link.decision for link in links_of(collection).links]


def test_an_identifier_can_be_typed(collection: Path) -> None:
    """A bare number is one of the authority that is searched; nonsense is not kept."""
    result = ask(collection, "s\ns\ni\nnonsense\ni\nQ77\nq\n")
    (link,) = links_of(collection).links

    assert "no identifier of Wikidata" in result.output
    assert f"{WIKIDATA}Q77" == link.object
    assert "semapv:ManualMappingCuration" == link.cells["mapping_justification"]


def test_nothing_found_is_an_answer(collection: Path) -> None:
    """None ends the questions on an entity for the authority that was searched."""
    ask(collection, "n\nq\n")
    (link,) = links_of(collection).links

    assert ("person/petrov", "none", "wikidata") == (link.subject, link.decision, link.source)
    assert "sssom:NoTermFound" == link.cells["object_id"]


def test_every_answer_is_kept_at_once(collection: Path) -> None:
    """What was answered before the input ended abruptly is in the file."""
    result = ask(collection, "c\n")

    assert 0 == result.exit_code
    assert "skos:closeMatch" == links_of(collection).links[0].predicate
    assert [] == list((collection / "seeds").glob(".*"))


def test_links_written_meanwhile_are_kept(collection: Path, write_set: Rows) -> None:
    """A row that another editor has added since the file was read does not get lost."""
    from cablegraph.commands.link_dialogue import add_link
    from cablegraph.links.sssom import new_link

    path = write_set(row("person/zubov", "wikidata:Q9"))
    stale = LinkSet(read_links(path).head, ())
    cells = row("person/petrov", "wikidata:Q1")
    add_link(path, stale, new_link(cells, "person/petrov", f"{WIKIDATA}Q1"))

    assert ["person/petrov", "person/zubov"] == [one.subject for one in read_links(path).links]


def test_a_table_goes_out_and_comes_back(collection: Path) -> None:
    """An exported table with its decisions filled in makes the links, and they are settled."""
    table = collection / "open.csv"
    offers = ["--candidates", str(collection / "offers.csv")]
    run(collection, *offers, "--export", str(table))
    rows = table.read_text(encoding="utf-8").split("\n")
    filled = [_decide(line, {"wikidata:Q1": "accept", "wikidata:Q2": "reject"}) for line in rows]
    table.write_text("\n".join(filled), encoding="utf-8")
    result = run(collection, "--import", str(table), "--by", "Ada E", "--date", "2001-02-03")

    assert 0 == result.exit_code, result.output
    assert {f"{WIKIDATA}Q1": "accepted", f"{WIKIDATA}Q2": "rejected"} == {
        link.object: link.decision for link in links_of(collection).links
    }
    run(collection, *offers, "--export", str(table))
    assert "person/petrov" not in table.read_text(encoding="utf-8")


def _decide(line: str, decisions: dict[str, str]) -> str:
    for curie, decision in decisions.items():
        if f",{curie}," in line:
            return line[: line.rindex(",", 0, line.rindex(","))] + f",{decision},"
    return line


def test_bad_rows_of_a_table_are_one_line_each_and_change_nothing(collection: Path) -> None:
    """All faults are told at once; the good rows beside them are not written either."""
    table = collection / "bad.csv"
    table.write_text(
        "subject_id,object_id,decision,date\n"
        "person/petrov,wikidata:Q1,accept,\n"
        "person/petrov,wikidata:Q2,perhaps,\n"
        "person/nobody,wikidata:Q3,accept,\n"
        "person/ada,what,accept,\n"
        "person/ada,wikidata:Q4,accept,31.12.2001\n"
        "person/ada,nowhere,none,\n"
        "person/petrov,wikidata:Q1,reject,\n"
    )
    result = run(collection, "--import", str(table), "--by", "Ada", "--date", "2001-02-03")
    told = result.output.strip().split("\n")

    assert 1 == result.exit_code
    assert [f"{table}:{line}" for line in ("3:3", "4:1", "5:2", "6:4", "7:2", "8:3")] == [
        ":".join(line.split(": ")[0].split(":")[:3]) for line in told
    ]
    assert not (collection / "seeds" / "links.sssom.tsv").exists()


@pytest.mark.parametrize("broken", ['subject_id\n"a', "a,b\n1,2\n", "\xff"])
def test_a_table_that_is_none_is_one_line(collection: Path, broken: str) -> None:
    """A table without the columns, with an open quotation mark, or not in UTF-8."""
    table = collection / "bad.csv"
    table.write_bytes(broken.encode("latin-1"))
    result = run(collection, "--import", str(table), "--by", "Ada")

    assert 1 == result.exit_code
    assert 1 == len(result.output.strip().split("\n"))
    assert "LinkError" in result.output


@pytest.mark.parametrize(
    ("object_id", "label"),
    [
        (f"{WIKIDATA}Q5", "two\nlines\tand\ra tab\u2028"),
        (f"{WIKIDATA}Q5", "x" * 50_000),
        (f"{WIKIDATA}Q5", '"quoted" #comment'),
        (f"{WIKIDATA}L5", "a lexeme"),
        (WIKIDATA, "nothing after the namespace"),
        ("https://unknown.example/5", "no prefix"),
        ("javascript:alert(1)", "no address"),
    ],
)
def test_whatever_a_service_offers_the_file_stays_readable(
    collection: Path, object_id: str, label: str
) -> None:
    """Line breaks, long labels and strange addresses are tamed or refused, never written so."""
    import csv

    with (collection / "offers.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["subject_id", "object_id", "object_label", "score", "service"])
        rows.writerow(["person/petrov", object_id, label, "x", "https://r.example/"])
    result = ask(collection, "a\nq\n")
    path = collection / "seeds" / "links.sssom.tsv"
    accepted = [link.object for link in read_links(path).links] if path.exists() else []

    assert 0 == result.exit_code, result.output
    assert accepted == ([object_id] if object_id.endswith("Q5") else [])


def test_what_is_found_later_replaces_that_there_was_nothing(collection: Path) -> None:
    """An identifier takes the place of the search in vain, so that the set stays consistent."""
    table = collection / "found.csv"
    ask(collection, "n\nq\n")
    table.write_text("subject_id,object_id,decision\nperson/petrov,wikidata:Q1,accept\n")
    run(collection, "--import", str(table), "--by", "Ada", "--date", "2001-02-04")
    table.write_text("subject_id,object_id,decision\nperson/petrov,wikidata,none\n")
    refused = run(collection, "--import", str(table), "--by", "Ada", "--date", "2001-02-05")

    assert [f"{WIKIDATA}Q1"] == [link.object for link in links_of(collection).links]
    assert "has an identifier of wikidata" in refused.output


def test_a_formula_is_disarmed_and_read_back(collection: Path) -> None:
    """A cell that a spreadsheet would calculate gets an apostrophe, which is taken off again."""
    from cablegraph.links.exchange import read_table, to_table

    item = Item("person/ada", "=1+1", False, "a.txt", 1, 1, "+7")
    table = collection / "t.csv"
    table.write_text(to_table([item], {}), encoding="utf-8")
    (found,) = read_table(table, ())

    assert "'=1+1" in table.read_text()
    assert ("=1+1", "+7") == (found.cells["subject_label"], found.cells["words"])


def test_the_options_are_checked(collection: Path) -> None:
    """Without a name, with a day that is none, or an unknown authority nothing is asked."""
    assert "--by" in run(collection).output
    assert "is no day" in run(collection, "--by", "Ada", "--date", "today").output
    assert "is no authority" in run(collection, "--beacon", "nowhere").output


def test_an_output_without_records_is_told(tmp_path: Path) -> None:
    """An empty folder, and a record that is none, are one line."""
    with pytest.raises(LinkError, match="there are no records"):
        list(read_records(tmp_path))
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.json").write_text(json.dumps({"key": 1}))
    with pytest.raises(LinkError, match="not a record of this version"):
        list(read_records(tmp_path))
