"""Which literals count as the same, for any store and for one with rewrites."""

from __future__ import annotations

import random

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.loading.canonical import REWRITES, canonical_text, to_form
from cablegraph.loading.comparison import Expected, hash_set
from cablegraph.loading.stores import find_profiles

XSD = "http://www.w3.org/2001/XMLSchema#"
GEO = "http://www.opengis.net/ont/geosparql#wktLiteral"
VIRTUOSO_GEO = "http://www.openlinksw.com/schemas/virtrdf#Geometry"


def triple(text: str, datatype: str = "", language: str | None = None) -> pyoxigraph.Triple:
    """Return a statement with that literal."""
    kind = pyoxigraph.NamedNode(datatype) if datatype else None
    value = pyoxigraph.Literal(text, datatype=kind, language=language)
    return pyoxigraph.Triple(pyoxigraph.NamedNode("a:s"), pyoxigraph.NamedNode("a:p"), value)


@pytest.mark.parametrize(
    ("datatype", "forms"),
    [
        ("integer", ["1", "01", "+1", "+0001"]),
        ("integer", ["0", "-0", "+00"]),
        ("decimal", ["1.5", "1.50", "+01.5"]),
        ("decimal", ["1", "1.0", "1.", "+1.000"]),
        ("decimal", ["0", "-0.0", ".0"]),
        ("decimal", ["-0.5", "-.5", "-00.50"]),
        ("double", ["1E0", "1.0", "1e0", "+1", "10e-1"]),
        ("double", ["INF", "+INF"]),
        ("float", ["0.1", "1.0E-1", "0.10000000149011612"]),
        ("boolean", ["true", "1"]),
        ("boolean", ["false", "0"]),
        ("dateTime", ["1951-07-03T10:00:00Z", "1951-07-03T10:00:00.000Z"]),
        ("dateTime", ["1951-07-03T23:30:00Z", "1951-07-04T08:30:00+09:00"]),
        ("dateTime", ["1951-07-03T10:00:00.25", "1951-07-03T10:00:00.250"]),
        ("time", ["10:00:00.5Z", "10:00:00.500Z", "10:00:00.5+00:00"]),
        ("date", ["1951-07-03Z", "1951-07-03+00:00", "1951-07-03-00:00"]),
    ],
)  # fmt: skip
def test_forms_of_one_value_are_one(datatype: str, forms: list[str]) -> None:
    """Every lexical form of a value has the same canonical text."""
    assert 1 == len({canonical_text(form, XSD + datatype) for form in forms})


@pytest.mark.parametrize(
    ("datatype", "forms"),
    [
        ("integer", ["1", "-1", "10", "1x", "", "１"]),
        ("decimal", ["1.5", "1.05", "15", ".", "1e0", "-1.5"]),
        ("double", ["1.0", "1.0000000000000002", "NaN", "INF", "-INF", "one"]),
        ("dateTime", ["1951-07-03T10:00:00", "1951-07-03T10:00:00Z", "1951-07-03T10:00:01Z"]),
        ("dateTime", ["1951-13-03T10:00:00+01:00", "0001-01-01T00:00:00+14:00"]),
        ("date", ["1951-07-03", "1951-07-03Z", "1951-07-04", "1951-07-03+09:00"]),
        ("gYear", ["1951", "0951", "951"]),
        ("string", ["1", "01", "1 "]),
        ("boolean", ["true", "TRUE", "false"]),
    ],
)  # fmt: skip
def test_other_values_stay_apart(datatype: str, forms: list[str]) -> None:
    """What differs in value, or is no value at all, differs in its canonical text."""
    assert len(forms) == len({canonical_text(form, XSD + datatype) for form in forms})


def test_language_tags_are_compared_in_lower_case() -> None:
    """A tag is the same in any case; another tag and no tag are not."""
    same = {to_form(triple("Mao", language=tag)).line for tag in ("ru-Latn", "RU-LATN")}

    assert {'<a:s> <a:p> "Mao"@ru-latn .'} == same
    assert to_form(triple("Mao")).line not in same


@pytest.mark.parametrize(
    ("store", "ours", "theirs"),
    [
        ("oxigraph", ("7", XSD + "nonNegativeInteger"), ("7", XSD + "integer")),
        ("virtuoso", ("P6D", XSD + "duration"), ("518400.0", XSD + "duration")),
        ("virtuoso", ("P1Y2M", XSD + "duration"), ("14", XSD + "duration")),
        ("virtuoso", ("-PT1M0.5S", XSD + "duration"), ("-60.5", XSD + "duration")),
        ("virtuoso", ("1.0", XSD + "decimal"), ("1", XSD + "integer")),
        ("virtuoso", (str(2**63), XSD + "integer"), (str(2**63), XSD + "decimal")),
        (
            "virtuoso",
            ("POINT(37.61781 55.75204)", GEO),
            ("POINT(37.617809295654 55.752040863037)", VIRTUOSO_GEO),
        ),
    ],
)
def test_a_rewrite_is_the_same_only_for_its_store(
    store: str, ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    """What a store is known to change counts as the same there, and is counted; elsewhere not."""
    known, unknown = find_profiles()[store].rewrites, find_profiles()["generic"].rewrites
    sent, given = [triple(*ours)], [triple(*theirs)]
    found = Expected(sent, known).compare(given)

    assert found.is_same
    assert [1] == list(found.rewritten.values())
    assert {} == Expected(sent, known).compare(sent).rewritten
    assert not Expected(sent, unknown).compare(given).is_same


@pytest.mark.parametrize(
    ("store", "ours", "theirs"),
    [
        ("oxigraph", ("7", XSD + "nonNegativeInteger"), ("8", XSD + "integer")),
        ("virtuoso", ("P6D", XSD + "duration"), ("518401.0", XSD + "duration")),
        ("virtuoso", ("P1M", XSD + "duration"), ("1.0", XSD + "duration")),
        ("virtuoso", ("POINT(37.6 55.7)", GEO), ("POINT(55.7 37.6)", VIRTUOSO_GEO)),
        ("virtuoso", ("1.5", XSD + "decimal"), ("1", XSD + "integer")),
    ],
)
def test_a_rewrite_does_not_hide_another_value(
    store: str, ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    """A changed value is missing and not ours, though its kind may be rewritten."""
    found = Expected([triple(*ours)], find_profiles()[store].rewrites).compare([triple(*theirs)])

    assert (1, 1) == (found.missing, found.extra)


def test_profiles_name_rewrites_that_exist() -> None:
    """A rewrite in stores.toml is one of canonical.py, and each of those is some store's."""
    named = {name for profile in find_profiles().values() for name in profile.rewrites}

    assert set(REWRITES) == named


@pytest.mark.parametrize("kind", ["integer", "decimal", "double", "dateTime", "duration"])
def test_a_long_literal_takes_no_long_time(kind: str) -> None:
    """100 kB of digits and signs are looked at once."""
    for text in ("1" * 100_000, "P" + "1" * 100_000, "1." * 50_000, "-" * 100_000):
        to_form(triple(text, XSD + kind), sorted(REWRITES))
    to_form(triple("POINT(" + "1." * 50_000, GEO), sorted(REWRITES))


@given(st.lists(st.tuples(st.text(max_size=4), st.sampled_from(["", "en", "ru"]))), st.randoms())
def test_the_set_hash_knows_sets_alone(
    literals: list[tuple[str, str]], chance: random.Random
) -> None:
    """Order and repetition change nothing; one statement less always does."""
    triples = [triple(text, language=language or None) for text, language in literals]
    mixed = [*triples, *triples[:3]]
    chance.shuffle(mixed)

    assert Expected(triples, ()).hash == Expected(mixed, ()).hash
    assert Expected(triples, ()).compare(mixed).is_same
    assert len(set(triples)) == Expected(triples, ()).compare([], triples).missing


def test_the_set_hash_is_a_sum() -> None:
    """The hash of two is the sum of both modulo 2**256, as documented."""
    high = (2**256 - 1).to_bytes(32)
    assert f"{1:064x}" == hash_set([high, (2).to_bytes(32)])
