"""Several witnesses of one claim become one claim."""

from __future__ import annotations

import re

from cablegraph.extraction.extract import gather
from cablegraph.extraction.needed import fold_case, holds_any
from cablegraph.extraction.posts import _posts
from cablegraph.records.claims import Certainty, Claim, Entity, Evidence, Link

POSTS = "The Commander of the Front, the commander-in-chief; командующий фронтом, КОМАНДУЮЩЕГО"


def _at(start: int) -> Evidence:
    return Evidence("transcript", start, start + 3, 1, start + 1, "abc", None)


def _claim(*starts: int, certainty: Certainty = "certain") -> Claim:
    return Claim(
        key="telegram/x/claim/y",
        about="telegram/x",
        value=Link("schema:mentions", "place/y"),
        evidence=tuple(map(_at, starts)),
        rule="mention-named",
        certainty=certainty,
    )


def test_the_places_of_all_witnesses_stand_in_order_and_once() -> None:
    """A witness that says the same adds its places; one that is less sure takes nothing away."""
    (one,) = gather([_claim(9, certainty="possible"), _claim(5, 9), _claim(1), _claim(5)])

    assert (_at(1), _at(5), _at(9)) == one.evidence
    assert one.certainty == "certain"


def test_labels_of_an_entity_are_those_of_all_witnesses() -> None:
    """The first label of a language counts."""
    labels = ({"en": "A"}, {"ru": "А", "en": "B"})
    claims = [
        Claim(
            key="org/a",
            about="org/a",
            value=Entity("rico:CorporateBody", one),
            evidence=(_at(3),),
            rule="unlisted-name",
        )
        for one in labels
    ]
    (one,) = gather(claims)

    assert isinstance(one.value, Entity)
    assert {"ru": "А", "en": "A"} == one.value.labels
    assert (_at(3),) == one.evidence


def test_no_post_does_without_the_letters_that_it_needs() -> None:
    """A post is sought only in texts that hold some of its letters."""
    for language in ("en", "ru"):
        for needed, _, pattern in _posts(language):
            assert "" not in needed
            blank = re.sub("|".join(map(re.escape, needed)), "#", fold_case(POSTS))
            assert not holds_any(blank, needed)
            assert pattern.search(blank) is None
