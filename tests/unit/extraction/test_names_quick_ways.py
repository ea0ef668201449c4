"""Names are sought only where they can begin, and found as by seeking them everywhere."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cablegraph.authorities.romanise import strip_marks
from cablegraph.extraction.bodies import _patterns, _patterns_in
from cablegraph.extraction.own_names import OwnNames, _capitals
from cablegraph.extraction.people_words import Words, lower_words

NAMES = (
    ("Vidaković", "v"),
    ("Ion Popa", "p"),
    ("Ри Ин Су", "r"),
    ("O’Hara", "o"),
    ("Popa-Lisse", "l"),
)
PIECES = (
    "Vidaković", "VIDAKOVIĆ's", "vidaković", "Ion", "Popa", "POPA", "Ri", "Ри", "Ину", "Су", "O",
    "Hara", "O’Hara", "the", "Lisse", "L.B.J.", "A.", "U.S.S.R.S", "x.y", "don't", " ", "-", ".",
    ", ", "\n", "1",
)  # fmt: skip
# A word as it is defined: initials with stops, else letters with single marks between them.
DEFINED = re.compile(r"(?:[^\W\d_]\.){1,3}[^\W\d_](?![^\W\d_])|[^\W\d_](?:['’‘ʼ-]?[^\W\d_])*")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def _own() -> OwnNames:
    own = OwnNames()
    for name, key in NAMES:
        own.add(name, f"person/{key}")
    return own


def _find_everywhere(own: OwnNames, text: str) -> list[tuple[int, int, str]]:
    words = re.finditer(r"[^\W\d_](?:['’‘ʼ-]?[^\W\d_])*", text)
    found, at = list[tuple[int, int, str]](), 0
    for word in words:
        if (
            word.start() >= at
            and word[0][0].isupper()
            and (one := own._longest(text, word.start()))
        ):
            at = one[0]
            found.append((word.start(), at - one[1], one[2]))
    return found


@given(text=TEXTS)
def test_own_names_are_found_as_by_seeking_them_everywhere(text: str) -> None:
    """Leaving out the words with which no name of the document begins loses none."""
    own = _own()

    assert _find_everywhere(own, text) == list(own.find(text))


def test_a_name_learnt_later_is_found_in_a_text_asked_for_before() -> None:
    """What a word may begin is asked anew when another name is known."""
    own = _own()

    assert () == own.find("Petrescu came")
    own.add("Petrescu", "person/x")
    assert ((0, 8, "person/x"),) == own.find("Petrescu came")


@given(text=TEXTS, ends=st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_own_names_in_a_part_are_found_as_in_a_text_of_its_own(
    text: str, ends: tuple[int, int]
) -> None:
    """A part of a text kept whole, wherever it is cut, has the names that it has alone."""
    alone, kept = _own(), _own()
    whole = (text + "Ion Popa " * 25)[:200]
    kept.keep(whole)
    for part in (whole[ends[0] : 200 - ends[1]], whole[ends[0] : 60], whole):
        assert alone.find(part) == kept.find(part)
    for own in (alone, kept):
        own.add("Lisse", "person/x")
    assert alone.find(whole[3:]) == kept.find(whole[3:])


@given(text=TEXTS)
def test_words_are_those_of_the_definition(text: str) -> None:
    """Each word has its place, without a possessive ending; a slice is a list of words."""
    expected = [
        (m.start(), m[0][:-2] if m[0].endswith(("'s", "’s")) else m[0])
        for m in DEFINED.finditer(text)
    ]
    words = Words(text)

    assert expected == [(word.start, word.text) for word in words]
    assert expected[-3:] == [(word.start, word.text) for word in words[-3:]]
    assert [word.text for word in words if word.capital] == [
        words[a].text for a, _ in words.capitals()
    ]
    assert all(word.dotted == (text[word.end : word.end + 1] == ".") for word in words)
    low = {strip_marks(m[0]) for m in DEFINED.finditer(text) if m[0].islower()}
    assert low == lower_words(text)


BODIES = (
    "the Soviet government, the Peruvian Government in Lima, the Danish Embassy in Rome, the "
    "British embassy, the Polish foreign ministry, the Chilean Legation, Government of the "
    "Republic of Chad, Ministry of Trade, State Committee for Planning, Council of Ministers, "
    "Bureau of Mines, Office of Supply, Volunteer troops, Cease-Fire Commission, Trade Union, "
    "Labour Party, National Front, Red Army Academy, Liaison Department, Press Agency, Peace "
    "Movement, Youth League, Aid Organisation, the newspaper Pravda, the daily Trud, the "
    "weekly Ogonek, the magazine Novy Mir, news agency Tass"
)


def test_no_pattern_of_a_body_does_without_the_words_it_needs() -> None:
    """Each pattern finds bodies, and none where the words that it needs are other words."""
    for needs, _, pattern in _patterns():
        blank = re.sub("|".join(needs), "Xxxx", BODIES)

        assert pattern.search(BODIES)
        assert [] == [match.group() for match in pattern.finditer(blank)]


WORDS = [
    *BODIES.split(),
    "1st",
    "news",
    "agency",
    "daily",
    "X",
    "“Trud”",
    "Volunteer",
    "Army",
    "\n",
]


@given(
    words=st.lists(st.sampled_from(WORDS), max_size=12),
    cuts=st.tuples(st.integers(0, 12), st.integers(0, 12)),
)
def test_a_pattern_of_a_body_is_left_out_only_where_it_finds_nothing(
    words: list[str], cuts: tuple[int, int]
) -> None:
    """What is left to be tried in a stretch of a text finds all that every pattern finds there."""
    text = " ".join(words)
    start, end = (len(" ".join(words[:cut])) for cut in sorted(cuts))
    expected = [m.span() for _, _, one in _patterns() for m in one.finditer(text[start:end])]
    tried = _patterns_in(text, start, end)

    assert expected == [m.span() for one in tried for m in one.finditer(text[start:end])]


def test_a_noun_of_a_body_alone_opens_no_gate() -> None:
    """Where "the Department" alone is spoken of, no pattern is tried."""
    text = "I told the Department of this, and the Embassy of my talk with the Government."

    assert [] == _patterns_in(text, 0, len(text))
    assert 1 == len(_patterns_in("the State Department", 0, 20))


@given(text=TEXTS)
def test_words_with_a_capital_are_those_among_all_words(text: str) -> None:
    """To look for capitals first finds the same words, at the same places."""
    words = re.finditer(r"[^\W\d_](?:['’‘ʼ-]?[^\W\d_])*", text)

    assert [(word.start(), word[0]) for word in words if word[0][0].isupper()] == _capitals(text)
