"""Claims beside the ones that took their place, told in words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from cablegraph.comparison.claims import find_turns
from cablegraph.comparison.passages import find_passages
from cablegraph.comparison.records import Claim, Record
from cablegraph.comparison.text import shorten
from cablegraph.comparison.wording import Labels, find_differences, tell_field, tell_value
from cablegraph.records import claims as typed

from .comparison_builds import a_claim, a_record

TEMPLATES = Path(__file__).parents[3] / "src/cablegraph/comparison/fields.toml"


def claim(key: str = "telegram/t-1/number/7", **more: Any) -> Claim:
    """Return a claim as it is read from a record."""
    return msgspec.convert(a_claim(key, **more), Claim)


def number(written: str, kind: str = "register-number", **more: Any) -> Claim:
    """Return a number, whose key has what is written."""
    value = {"is": "number", "kind": kind, "written": written}
    return claim(f"telegram/t-1/number/{kind}-{written}", value=value, **more)


def test_a_field_with_another_value_is_one_change() -> None:
    """Where one claim of a field went and one came, they belong together though keys differ."""
    old, new = number("7"), number("8")

    assert [(old, new)] == [tuple(turn) for turn in find_turns([old], [new])]


def test_where_several_fill_a_field_nothing_is_guessed() -> None:
    """Of one number that became two nobody can tell which is the old one."""
    turns = find_turns([number("7")], [number("8"), number("9")])

    assert ["removed", "added", "added"] == [turn.change for turn in turns]


def test_another_field_is_another_claim() -> None:
    """A number of one kind does not take the place of a number of another."""
    turns = find_turns([number("7")], [number("7", kind="case-number")])

    assert {"added", "removed"} == {turn.change for turn in turns}


@pytest.mark.parametrize(
    ("value", "field", "told"),
    [
        ({"is": "link", "property": "rico:hasDocumentaryFormType", "target": "a/b"},
         "has documentary form type", "a/b"),
        ({"is": "party", "role": "sender", "agent": "person/x"}, "sender", "Mr X (person/x)"),
        ({"is": "date", "kind": "date-sent", "written": ["3 May", "May 3"], "edtf": "1951-05-03"},
         "date sent", "3 May, May 3 = 1951-05-03"),
        ({"is": "stance", "kind": "supports", "force": None, "holders": ["person/x"], "on": "p/1"},
         "stance, supports", "Mr X (person/x) on p/1"),
        ({"is": "entity", "type": "rico:Person", "labels": {"ru": "Икс", "en": "X"}},
         "not in the authority file", "X"),
        ({"is": "omen", "sign": "comet", "year": 1951}, "omen", "sign: comet; year: 1951"),
    ],
)  # fmt: skip
def test_a_claim_is_told_in_words(value: dict[str, Any], field: str, told: str) -> None:
    """Concepts become words, things get their label; a kind nobody knows is told whole."""
    one = claim(value=value)

    assert (field, told) == (tell_field(one), tell_value(one, Labels({"person/x": "Mr X"})))


def test_every_kind_of_claim_has_words() -> None:
    """Each kind of claim has templates, and these name fields that it has."""
    templates = tomllib.loads(TEMPLATES.read_text("utf-8"))
    kinds = {kind.__struct_config__.tag: kind for kind in get_args(typed.Value)}

    assert kinds.keys() == templates.keys()
    for tag, kind in kinds.items():
        named = set(re.findall(r"\{(\w+)\}", "".join(templates[tag].values())))
        assert set() == named - set(kind.__struct_fields__), tag


def test_what_differs_beside_the_value_is_named() -> None:
    """Certainty, status, reason, rule and rivals are told where they differ, and only there."""
    old = number("7", rivals=["telegram/t-1/number/8"])
    new = number("7", status="preferred", certainty="probable")

    assert [
        "certainty: certain → probable",
        "status: none → preferred",
        "rivals: telegram/t-1/number/8 → none",
    ] == find_differences(old, new, Labels({}))


def test_a_field_of_the_value_that_is_not_shown_is_named() -> None:
    """A change that the words of the value hide is told by the name of its field."""
    value = {"is": "offer", "label": "talks", "point": "1", "part_of": None}
    old, new = claim(value=value), claim(value=value | {"point": "2"})

    assert ["point: 1 → 2"] == find_differences(old, new, Labels({}))


def test_changed_words_of_a_text_have_their_place() -> None:
    """A passage is told without what both begin and end with, at its line and column."""
    version = a_claim("telegram/t-1/text/transcript",
                      value={"is": "version", "layer": "transcript", "line": 10})  # fmt: skip
    old, new = (
        msgspec.convert(
            a_record("t-1", version, texts={"transcript": f"first\nthe {word} of May\nlast"}),
            Record,
        )
        for word in ("third", "fourth")
    )
    (told,) = find_passages(old, new, ("source",))

    assert told.old is not None
    assert told.new is not None
    assert ("words of the transcript", "third", "fourth") == (
        told.field, told.old.value, told.new.value,
    )  # fmt: skip
    (place,) = told.new.words
    assert ("t-1.txt", 11, 5, "fourth") == (place.file, place.line, place.column, place.quote)


def test_an_added_line_of_a_text_has_nothing_on_the_other_side() -> None:
    """What is new stands beside nothing."""
    old, new = (
        msgspec.convert(a_record("t-1", texts={"scan": text}), Record)
        for text in ("a\nb", "a\nx y\nb")
    )
    (told,) = find_passages(old, new, ("source",))

    assert told.old is not None
    assert told.new is not None
    assert ("", "x y") == (told.old.value, told.new.value)


def test_a_long_text_is_cut_to_what_differs() -> None:
    """The first difference is inside what is shown of either text."""
    one, two = "x " * 400 + "old" + " y" * 400, "x " * 400 + "new" + " y" * 400

    assert "old" in shorten(one, two)
    assert "new" in shorten(two, one)
    assert len(shorten(one, two)) <= 102
