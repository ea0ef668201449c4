"""The links of the collection: every identifier that was confirmed, and none that was not."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from cablegraph.authorities.table import read_authorities
from cablegraph.links.check import read_links
from cablegraph.links.model import Link, LinkSet
from cablegraph.links.sssom import render_links
from cablegraph.pipeline import build

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent.parent / "seeds"
LINKS = SEEDS / "links.sssom.tsv"
#: How the list of confirmed identifiers names what the mapping set names by a prefix.
PREFIXES = {
    "hsg-people": "hsg", "frus-person": "frus", "wcda-document": "wcda",
    "wilson-cold-war-files": "coldwarfiles",
}  # fmt: skip
#: Identifiers that nothing confirms, or that are somebody else's.
UNCONFIRMED = ("Q2862267", "111623", "107407", "81908")


@pytest.fixture(scope="module")
def links() -> LinkSet:
    """The mapping set of the collection."""
    return read_links(LINKS)


def read_confirmed() -> list[tuple[str, str, str]]:
    with (HERE / "authority-links.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["entity"], row["scheme"], row["id"]) for row in csv.DictReader(lines)]


def tell(link: Link) -> tuple[str, str, str]:
    """Return key, authority and identifier as the list of confirmed ones has them."""
    prefix, _, local = link.cells["object_id"].partition(":")
    local = re.sub(r"^document/|/$", "", local)
    whole = link.object if prefix in ("frus", "coldwarfiles") else local
    names = {prefix: scheme for scheme, prefix in PREFIXES.items()}
    return link.subject, names.get(prefix, prefix), whole


def test_every_confirmed_identifier_is_linked(links: LinkSet) -> None:
    """The accepted links are the confirmed identifiers, all 143, and one argued identity."""
    confirmed = read_confirmed()
    accepted = [link for link in links.links if link.decision == "accepted"]
    exact = [tell(link) for link in accepted if link.predicate == "skos:exactMatch"]

    assert 143 == len(confirmed) == len(set(confirmed))
    assert sorted(confirmed) == sorted(exact)
    assert ["person/krasovsky"] == [
        link.subject for link in accepted if link.predicate == "skos:closeMatch"
    ]


def test_every_link_says_who_when_and_on_what_grounds(links: LinkSet) -> None:
    """An accepted or rejected link has its authority, author, day, confidence and source."""
    for link in links.links:
        assert link.cells["author_label"]
        assert link.cells["mapping_date"]
        assert link.cells["comment"]
        assert link.cells.get("object_source") or link.predicate == "skos:closeMatch"
        assert ("confidence" in link.cells) == (link.decision != "none")


def test_nothing_unconfirmed_is_accepted(links: LinkSet) -> None:
    """What nothing confirms is no link, and a namesake is a rejected one."""
    found = {tell(link)[2]: link.decision for link in links.links if link.object}
    named = {identifier: found.get(identifier) for identifier in UNCONFIRMED}

    expected = {"Q2862267": None, "111623": "rejected", "107407": "rejected", "81908": None}
    assert expected == named


def test_a_search_without_result_is_kept(links: LinkSet) -> None:
    """Where somebody looked in vain, the set says so, and has no identifier of that authority."""
    vain = {(link.subject, link.source) for link in links.links if link.decision == "none"}
    have = {(link.subject, link.scheme.prefix) for link in links.links
            if link.decision == "accepted" and link.scheme}  # fmt: skip

    assert ("archive/rgaspi", "wikidata") in vain
    assert set() == vain & have


def test_every_linked_entity_is_in_the_authority_file(links: LinkSet) -> None:
    """The subject of a link has a row of its own, save the documents themselves."""
    authorities = read_authorities(SEEDS / "authorities")
    subjects = {link.subject for link in links.links}

    assert set() == {s for s in subjects if s not in authorities and s[:9] != "telegram/"}


def test_the_set_is_canonical(links: LinkSet) -> None:
    """Written again, the set is the same, byte for byte."""
    assert LINKS.read_bytes().decode("utf-8") == render_links(links)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the collection that a test may change."""
    copied = tmp_path_factory.mktemp("links") / "seeds"
    shutil.copytree(SEEDS, copied)
    return copied


def build_with(seeds: Path, *more: str) -> set[str]:
    """Build the copy with rows added to its links; return the lines of the graph."""
    whole = LINKS.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in more)
    (seeds / "links.sssom.tsv").write_text(whole, encoding="utf-8")
    output = seeds.parent / "output"
    assert () == build([seeds], output).faults
    return set((output / "graph" / "cablegraph.nq").read_text(encoding="utf-8").split("\n"))


def a_row(object_id: str, *, modifier: str = "", confidence: str = "1") -> str:
    """Return a link of a person whom both documents name."""
    given = {
        "subject_id": "cg:person/mao", "subject_label": "Mao Zedong", "author_label": "Ada Example",
        "predicate_id": "skos:exactMatch", "predicate_modifier": modifier, "object_id": object_id,
        "mapping_justification": "semapv:ManualMappingCuration", "mapping_date": "2001-02-03",
        "confidence": confidence, "comment": "Invented.",
    }  # fmt: skip
    lines = LINKS.read_text(encoding="utf-8").split("\n")
    header = next(line for line in lines if not line.startswith("#"))
    return "\t".join(given.get(column, "") for column in header.split("\t"))


@pytest.mark.slow
def test_a_row_more_adds_its_statements_and_a_rejected_one_none(seeds: Path) -> None:
    """A build with one link more has its match and its claim more; a denied one changes nothing."""
    before = build_with(seeds)
    more = build_with(seeds, a_row("snac:123")) - before
    matches = [
        line for line in more if "exactMatch> <https://snaccooperative.org/view/123>" in line
    ]

    assert 1 == len(matches)
    assert all("/link/snac-123>" in line or "/linkset/" in line for line in more - {*matches})
    assert before == build_with(seeds, a_row("snac:123", modifier="Not"))


@pytest.mark.slow
def test_links_are_a_graph_of_their_own_that_names_only_what_documents_name(seeds: Path) -> None:
    """Matches stand in graph/external; whom no document names has none; nothing is owl:sameAs."""
    lines = build_with(seeds)
    matches = [line for line in lines if re.search("(?:exact|close)Match> <http", line)
               and "/id/" in line.partition(" ")[0]]  # fmt: skip

    assert {"<https://w3id.org/cablegraph/graph/external>"} == {
        line.removesuffix(" .").rpartition(" ")[2] for line in matches
    }
    assert any("/person/mao> " in line and "Q5816>" in line for line in matches)
    assert not [line for line in lines if "/person/nehru" in line or "sameAs" in line]
    assert not [line for line in lines for one in UNCONFIRMED if f"/{one}>" in line]
