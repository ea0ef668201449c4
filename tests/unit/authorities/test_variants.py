"""The index of case forms, filled letter by letter, finds what one filled at once would find."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.authorities.inflect import fold
from cablegraph.authorities.match import Match, Matcher
from cablegraph.authorities.spelling import (
    Variant,
    find_variants,
    fits_case,
    fold_word,
    gap_between,
    may_be_low,
    word_pattern,
)
from cablegraph.authorities.table import read_authorities
from cablegraph.authorities.variants import Start, Variants

ROOT = Path(__file__).parents[3]
AUTHORITIES = read_authorities(ROOT / "seeds" / "authorities")
MATCHER = Matcher(AUTHORITIES)
KEEPING = Matcher(AUTHORITIES)
GAPS = (
    " ",
    "-",
    ". ",
    ", ",
    "\n",
    " (",
    ") ",
    "’s ",
    "/",
    " - ",
    "12 ",
    "_",
    "1_",
    " https://a.org/",
    ".com ",
)


@cache
def every_form() -> dict[str, list[Variant]]:
    """Return all case forms of all names, by their letters."""
    found: dict[str, list[Variant]] = {}
    for rank, form in enumerate(AUTHORITIES.forms):
        for variant in find_variants(form, rank):
            found.setdefault(variant.joined, []).append(variant)
    return found


def find_plainly(text: str, language: str) -> list[Match]:
    """Find names by trying every stretch of words that a name may hold, at every place."""
    words = [word for word in word_pattern(text).finditer(text) if word.lastindex is None]
    found, next_at = list[Match](), 0
    for place in range(len(words)):
        if place < next_at:
            continue
        joined, best = "", None
        for last in range(place, len(words)):
            if last > place and gap_between(text, words[last - 1], words[last]) is None:
                break
            joined += fold_word(words[last][0])
            run = words[place : last + 1]
            if match := MATCHER._match(text, run, language) if joined in every_form() else None:
                best, next_at = match, last + 1
        if best:
            found.append(best)
    return found


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Make a text of names in several spellings, pieces of names, common words and gaps."""
    parts: list[str] = []
    spellings: list[Callable[[str], str]] = [str, str.upper, str.lower, " ".join, "-".join]
    for _ in range(draw(st.integers(1, 6))):
        form = draw(st.sampled_from(AUTHORITIES.forms)).form
        spell = draw(st.sampled_from(spellings))
        piece = draw(
            st.sampled_from((form, form.split()[0], form[:3], "the", "в", "А.", "8-я", "I"))
        )
        parts += [spell(piece), draw(st.sampled_from(GAPS))]
    return "".join(parts)


@given(text=texts(), language=st.sampled_from(("en", "ru", "zh-Hant")))
def test_names_are_found_as_by_trying_every_place(text: str, language: str) -> None:
    """What a word may begin only saves trials: no name is lost, and none is won."""
    assert find_plainly(text, language) == MATCHER.find(text, language)


@given(text=texts(), before=texts(), ends=st.tuples(st.integers(0, 80), st.integers(0, 80)))
def test_names_in_a_part_are_found_as_in_a_text_of_its_own(
    text: str, before: str, ends: tuple[int, int]
) -> None:
    """A part of a text kept whole, wherever it is cut, has the names that it has alone."""
    whole = f"{before}{text} {text}".ljust(200)
    part = whole[ends[0] : len(whole) - ends[1]]
    KEEPING.keep(whole)

    assert MATCHER.find(part, "ru") == KEEPING.find(part, "ru")


@given(form=st.sampled_from(AUTHORITIES.forms), language=st.sampled_from(("en", "ru")))
def test_each_form_is_found_plainly_by_itself(form: object, language: str) -> None:
    """A whole name alone gives what trying every place gives."""
    written = str(getattr(form, "form", ""))

    assert find_plainly(written, language) == MATCHER.find(written, language)


def test_each_case_form_begins_with_the_letter_of_its_name() -> None:
    """The index by letters leaves out no case form of the collection."""
    variants = Variants(AUTHORITIES.forms)

    assert all(
        form in variants.find(joined) for joined, some in every_form().items() for form in some
    )


def test_what_a_word_may_begin_depends_on_its_letters_and_capitals() -> None:
    """A lone surname needs its capital; a piece of a word is told from a word."""
    variants = Variants(AUTHORITIES.forms)

    assert Start.WHOLE is variants.start("STALIN")
    assert Start.NOTHING is variants.start("stalin")
    assert Start.HEAD is variants.start("United")
    assert Start.PIECE is variants.start("Stali")
    assert Start.NOTHING is variants.start("Xqz")


def test_a_form_that_fits_in_lower_case_is_kept_for_lower_case() -> None:
    """Every form that small letters can fit is among those looked for in them."""
    fitting = [form for form in AUTHORITIES.forms if fits_case(form, form.form.lower())]

    assert fitting
    assert [] == [form.form for form in fitting if not may_be_low(form)]


@pytest.mark.parametrize(
    ("text", "loaded"),
    [
        ("Moscow, the 3rd and the 38th: 8 copies to the Ministry of Foreign Affairs", "False"),
        ("в Министерство иностранных дел", "True"),
    ],
)
def test_the_russian_dictionary_is_loaded_for_russian_words_only(text: str, loaded: str) -> None:
    """English words, and numbers, ask for no form that has to be declined."""
    code = (
        "import sys; from pathlib import Path\n"
        "from cablegraph.authorities.match import Matcher\n"
        "from cablegraph.authorities.table import read_authorities\n"
        f"names = Matcher(read_authorities(Path({str(ROOT / 'seeds' / 'authorities')!r})))\n"
        f"names.find({text!r}, 'en'); print('pymorphy3' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert loaded == told.stdout.strip()


def test_letters_that_no_name_has_begin_nothing() -> None:
    """An empty authority file has no form at all."""
    nobody = Variants(())

    assert (Start.NOTHING, []) == (nobody.start("Moscow"), nobody.find(fold("Moscow")))
