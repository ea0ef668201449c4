"""Bodies that no list has: governments, missions, ministries and committees, by their nouns."""

from __future__ import annotations

import pytest
from extraction_papers import a_reading

from cablegraph.records.claims import Entity, Link

CASES = [
    ("The Chilean government has not answered the Peruvian embassy in Accra.",
     {"Chilean government", "Peruvian embassy in Accra"}),
    ("He went to the Ministry of Cotton Trade and saw the Relief Committee there.",
     {"Ministry of Cotton Trade", "Relief Committee"}),
    ("An Austrian Ministry of River Works was spoken of.", {"Ministry of River Works of Austria"}),
    ("They read it in the newspaper Nowy Brzask on Monday.", {"Nowy Brzask"}),
    ("The Lamp Oil Commission of the United Nations met.", {"Lamp Oil Commission"}),
    ("Our government and the ministry will wait; the committee met in Union Square.", set()),
    ("The Central Committee thanked the Soviet Union.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:30] for case in CASES])
def test_a_body_is_recognised_by_the_noun_of_its_name(text: str, expected: set[str]) -> None:
    """A name with a noun for a body is one; the noun alone, or a listed body, is none."""
    reading = a_reading("Telegram, Anna Falk to Per Lund", translation=f"{text}\n\nAnna Falk")

    made = {
        claim.key: claim.value.labels["en"]
        for claim in reading.claims
        if isinstance(claim.value, Entity) and claim.key.startswith("org/")
    }
    named = {
        claim.value.target
        for claim in reading.claims
        if isinstance(claim.value, Link) and claim.value.property == "schema:mentions"
    }
    assert expected == {label for key, label in made.items() if key in named}


def test_a_body_stands_in_its_own_words() -> None:
    """The evidence is the name without the article and the office before it."""
    text = "He spoke to the Deputy Minister and to the Ghanaian government."
    reading = a_reading("Telegram, Anna Falk to Per Lund", translation=f"{text}\n\nAnna Falk")

    found = [claim for claim in reading.claims if claim.key == "org/ghanaian-government"]
    assert ["Ghanaian government"] == [words.quote for claim in found for words in claim.evidence]
