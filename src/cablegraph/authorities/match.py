"""Names of the authority file found in text, in any case, spelling or spacing.

Forms are folded and joined, so that «МАО ЦЗЕ-ДУНУ», «Мао Цзедуну» and a letter-spaced name meet
in one index; where the words of the text may be cut is then checked against the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cablegraph.authorities.beginnings import Beginnings
from cablegraph.authorities.excerpts import Excerpts
from cablegraph.authorities.initials import Initials, initial_before
from cablegraph.authorities.spelling import (
    WORD,
    Word,
    fits_case,
    fits_cuts,
    fold_word,
    gap_between,
    has_address,
    is_person,
    is_spaced,
    make_run,
    sort_nearest,
    word_pattern,
)
from cablegraph.authorities.table import Authorities, NameForm
from cablegraph.authorities.variants import Variants

_FOOTNOTE = re.compile(r"\s?\d{1,2}(?!\w)")  # its number, after a name: JELEŃ1
_CLOSING = (")", "/", ".")
_WITHOUT_ADDRESS = word_pattern("")  # the words of the texts that are kept
# How much of the text before a name, and after the word behind it, may tell what it is.
_BEFORE, _AFTER = 8, 4
_LETTER_AFTER = re.compile(r" [^\W\d_]\b")
_LETTER_BEFORE = re.compile(r"\b[^\W\d_] $")


class Match(NamedTuple):
    """A name found in a text.

    Shape: ``forms`` has the nearest form of each entity it may name, the nearest first.
    Units: ``start`` and ``end`` are offsets in the text that was searched.
    """

    start: int
    end: int
    written: str
    forms: tuple[NameForm, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the entities it may name, the nearest first."""
        return tuple(form.entity for form in self.forms)

    @property
    def form(self) -> NameForm:
        """Return the nearest form."""
        return self.forms[0]

    @property
    def sure(self) -> bool:
        """Say whether it names one entity only and needs no editor to confirm it."""
        return len(self.forms) == 1 and not self.forms[0].scope


class Matcher:
    """An index over every case form of every name; build it once and use it for all texts."""

    def __init__(self, authorities: Authorities) -> None:
        self._variants = Variants(authorities.forms)
        self._initials = Initials(authorities)
        self._languages = {form.language for form in authorities.forms} - {"en", "ru"}
        # The rules of one document ask for the same lines, and texts have the same words.
        self._begins = lru_cache(maxsize=1 << 14)(self._variants.begins)
        self._told = lru_cache(maxsize=1 << 14)(self._tell)
        self._beginnings = Beginnings(self._variants)
        self._excerpts = Excerpts(self._beginnings.find)
        self._fitting = lru_cache(maxsize=1 << 12)(self._fit)
        self._kept = lru_cache(maxsize=1 << 11)(self._longest_in)
        self._found = lru_cache(maxsize=1 << 9)(self._search)
        self._resolved = lru_cache(maxsize=1 << 12)(self._resolve)

    def find(self, text: str, language: str) -> list[Match]:
        """Return the names in *text*, in order: the longest at each place, none overlapping.

        Shape: possessive endings and initials before a surname are outside the span; a name
            whose initials belong to nobody of that name in the authority file is left out.
        """
        return list(self._found(text, self._meant(language)))

    def keep(self, text: str) -> None:
        """Read a whole text of whose parts the names will be asked for."""
        if not has_address(text):
            self._excerpts.keep(text)

    def _search(self, text: str, language: str) -> tuple[Match, ...]:
        place = self._excerpts.locate(text)
        if place is not None:
            return tuple(self._search_within(*place, text, language))
        found, end, starts = list[Match](), 0, self._beginnings.find(text)
        pattern = word_pattern(text) if starts else WORD
        for start in starts:
            if start >= end and (match := self._longest(text, start, pattern, language)[0]):
                found.append(match)
                end = match.end
        return tuple(found)

    def _search_within(self, whole: str, first: int, text: str, language: str) -> Iterator[Match]:
        """Yield the names of a part of a text; what the text around it can't change is kept."""
        end, last = 0, first + len(text)
        for place in self._excerpts.within(whole, first, last):
            start = place - first
            if start < end:
                continue
            match, reach = self._kept(whole, place, language)
            if reach > last or (first and start < _BEFORE):
                match = self._longest(text, start, _WITHOUT_ADDRESS, language)[0]
            elif match and first:
                match = Match(start, match.end - first, match.written, match.forms)
            if match:
                yield match
                end = match.end

    def _longest_in(self, whole: str, start: int, language: str) -> tuple[Match | None, int]:
        return self._longest(whole, start, _WITHOUT_ADDRESS, language)

    def resolve(self, written: str, language: str) -> list[NameForm]:
        """Return the forms that a whole string may stand for, the nearest first.

        Shape: any case ending; initials or given names may stand beside a surname, where the
            first agrees with what is known of the person; a title may not.
        """
        return list(self._resolved(written, self._meant(language)))

    def _meant(self, language: str) -> str:
        """Return the language, or English where no form is in it or it is Russian."""
        own = language in self._languages or language.partition("-")[0] in self._languages
        return language if own else "en"

    def _resolve(self, written: str, language: str) -> tuple[NameForm, ...]:
        written = re.sub(r"['’]s\s*$", "", written)
        for match in self.find(written, language):
            after = _FOOTNOTE.sub("", written[match.end :], count=1)
            beside = WORD.findall(f"{written[: match.start]} {after}")
            if not beside:
                return match.forms
            if all(word[0].isupper() for word in beside):
                return tuple(
                    f for f in match.forms if is_person(f) and self._initials.agree(f, beside[0][0])
                )
        return ()

    def _longest(
        self, text: str, start: int, pattern: re.Pattern[str], language: str
    ) -> tuple[Match | None, int]:
        """Return the longest name that begins at *start*, and up to where the text tells so."""
        joined, best, words = "", None, list[re.Match[str]]()
        reach = len(text)
        for word in pattern.finditer(text, start):
            if word.lastindex is not None:  # an address
                continue
            joined += fold_word(word[0])
            begins, names = self._told(joined)
            if not begins or (words and gap_between(text, words[-1], word) is None):
                reach = min(reach, word.end() + _AFTER)
                break
            words.append(word)
            if names:
                best = self._match(text, words, language) or best
        return best, reach

    def _tell(self, joined: str) -> tuple[bool, bool]:
        """Tell whether a name may begin with these folded letters, and whether they are one."""
        return self._begins(joined), bool(self._variants.find(joined))

    def _match(self, text: str, words: list[re.Match[str]], language: str) -> Match | None:
        start, end = words[0].start(), words[-1].end()
        if is_spaced(words) and _is_part_of_run(text, start, end):
            return None
        forms = self._fitting(text[start:end], language)
        if forms and (initial := initial_before(text, start)):
            forms = tuple(form for form in forms if self._initials.agree(form, initial))
        if not forms:
            return None
        if len(words) > 1 and text[end : end + 1] in _CLOSING:
            end += _closing(make_run(text, words[-2:]), text[end])
        return Match(start, end, text[start:end], forms)

    def _fit(self, written: str, language: str) -> tuple[NameForm, ...]:
        """Return the forms that a stretch of a text fits by its words and capitals."""
        run = make_run(written, list(WORD.finditer(written)))
        languages = {"en", "ru", language, language.partition("-")[0]}
        fitting = [
            variant
            for variant in self._variants.find("".join(word.folded for word in run))
            if variant.form.language in languages
            and fits_cuts(variant, run)
            and fits_case(variant.form, written)
        ]
        return tuple(sort_nearest(fitting, written))


def _is_part_of_run(text: str, start: int, end: int) -> bool:
    """Say whether single letters go on before or after the stretch."""
    return bool(
        _LETTER_AFTER.match(text, end) or _LETTER_BEFORE.search(text[max(0, start - 3) : start])
    )


def _closing(run: list[Word], after: str) -> int:
    """Count the mark that closes a name: the bracket of ВКП(б), the last stop of U.N."""
    if run[-1].gap == "bracket":
        return int(after != ".")
    return int(run[-1].gap == "stop" and len(run[-1].folded) == 1 and after == ".")
