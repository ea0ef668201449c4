"""Names in a part of a text that is kept whole are those that the part has alone."""

from __future__ import annotations

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.table import read_authorities
from cablegraph.extraction.known import Known
from cablegraph.extraction.names import Names
from cablegraph.extraction.names_in_parts import NamesOfWhole

AUTHORITIES = read_authorities(Path(__file__).parents[3] / "seeds" / "authorities")
MATCHER = Matcher(AUTHORITIES)
KEEPING = Matcher(AUTHORITIES)
# Names, listed and not, and what may stand beside them or within them.
PIECES = (
    "Mao", "Mao Zedong", "М А О", " Ц З Е", "Zhou", "Zhou Enlai", "Чжоу", "Beijing", "Kim Il Sung",
    "J. ", "A.", "N.V. ", "U.N.", "UN", "ВКП(б)", "K I M", " I L", "Lisse", "Ion Popa", "R.[ostow]",
    "[Otto] ", "P[opa]", "]", "[", "Lima", "Popa-Lisse", "'s", "’", "3", "the", "a", "I", " ", " ",
    " ", "-", ".", ". ", ", ", "\n", ")", "1", "a.org", "_", "Stalin", "Filippov", "United",
    "Nations",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=3, max_size=30).map("".join)
PLACES = st.lists(st.integers(0, 90), min_size=6, max_size=6)


def _names(matcher: Matcher) -> Names:
    names = Names(AUTHORITIES, matcher)
    for name in ("Lisse", "Ion Popa", "Otto Lima", "Rostow", "Mao"):
        names.take(Known(f"person/own-{name[0].lower()}", None, listed=False), name)
    return names


@settings(deadline=None, max_examples=300)
@given(text=TEXTS, places=PLACES, language=st.sampled_from(("en", "ru")))
@example(text="the A. Mao Zedong met K I M I L", places=[4, 7, 18, 21, 23, 26], language="en")
@example(text="in [Otto] Lima R.[ostow] saw U.N.", places=[3, 8, 10, 15, 17, 28], language="en")
def test_names_in_a_part_are_found_as_in_a_text_of_its_own(
    text: str, places: list[int], language: str
) -> None:
    """Wherever a text that is kept is cut, the part has the names that it has alone."""
    alone, kept = _names(MATCHER), _names(KEEPING)
    kept.keep(text)
    cuts = sorted({0, len(text), *(place for place in places if place < len(text))})

    for start in cuts:
        for end in (one for one in cuts if one > start):
            part = text[start:end]
            assert list(alone.find(part, language)) == list(kept.find(part, language))


def test_a_part_that_the_whole_text_tells_of_is_not_searched() -> None:
    """Most parts need no search; one that cuts a name, or an initial off it, does."""
    text = "He saw A. Stalin in Beijing. Then all left."
    names = _names(MATCHER)
    found = tuple(names.find(text, "en"))
    spans = [(match.start, match.end) for match, _ in found]
    whole = NamesOfWhole(text, found, spans)

    assert ["Beijing"] == [match.written for match, _ in found]
    assert [(0, "Beijing")] == [(m.start, m.written) for m, _ in whole.within(20, 27) or ()]
    assert () == whole.within(29, 43)
    assert whole.within(10, 19) is None
    assert whole.within(17, 23) is None
