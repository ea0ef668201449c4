"""Names of the authority file found in text, in any case, spelling or spacing.

Forms are folded and joined, so that «МАО ЦЗЕ-ДУНУ», «Мао Цзедуну» and a letter-spaced name meet
in one index; where the words of the text may be cut is then checked against the form.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from cablegraph.authorities.inflect import fold
from cablegraph.authorities.romanise import is_cyrillic
from cablegraph.authorities.spelling import (
    Variant,
    Word,
    find_variants,
    find_words,
    fits_case,
    fits_cuts,
    fold_word,
    gap_between,
    is_person,
    is_spaced,
    make_run,
    sort_nearest,
)
from cablegraph.authorities.table import Authorities, NameForm

_WORD = re.compile(r"[^\W_]+")
#: Initials before a surname; a lone Т. or Г. is «comrade» or «Mr» as often as an initial.
_INITIALS = re.compile(r"(?<!\w)(?:([A-ZА-Я])\.\s?[A-ZА-Я]\.\s?|([A-ZАБВД-СУ-Я])\.\s?)$")
_FOOTNOTE = re.compile(r"\s?\d{1,2}(?!\w)")  # its number, after a name: JELEŃ1
_LETTER_AFTER = re.compile(r" [^\W\d_]\b")
_LETTER_BEFORE = re.compile(r"\b[^\W\d_] $")


@dataclass(frozen=True, slots=True)
class Match:
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
        self._index: dict[str, list[Variant]] = {}
        self._initials: dict[str, set[str]] = {}
        for rank, form in enumerate(authorities.forms):
            for variant in find_variants(form, rank):
                self._index.setdefault(variant.joined, []).append(variant)
            self._initials.setdefault(form.entity, set()).update(_initials_of(form.form))
        self._sorted = sorted(self._index)
        # The rules of one document ask for the same lines, and texts have the same words.
        self._begins = lru_cache(maxsize=1 << 16)(self._begins_form)
        self._found = lru_cache(maxsize=1 << 9)(self._search)
        self._resolved = lru_cache(maxsize=1 << 12)(self._resolve)
        for entity in authorities.entities:
            if entity.type == "person":
                for label in entity.labels.values():
                    self._initials.setdefault(entity.key, set()).update(_initials_of(label))

    def _begins_form(self, joined: str) -> bool:
        """Tell whether a form of the index begins with these letters."""
        at = bisect_left(self._sorted, joined)
        return at < len(self._sorted) and self._sorted[at].startswith(joined)

    def find(self, text: str, language: str) -> list[Match]:
        """Return the names in *text*, in order: the longest at each place, none overlapping.

        Shape: possessive endings and initials before a surname are outside the span; a name
            whose initials belong to nobody of that name in the authority file is left out.
        """
        return list(self._found(text, language))

    def _search(self, text: str, language: str) -> tuple[Match, ...]:
        words, found, end = list(find_words(text)), list[Match](), 0
        for place, word in enumerate(words):
            if place >= end and self._begins(fold_word(word[0])):
                match, end = self._longest(text, words, place, language)
                if match is not None:
                    found.append(match)
        return tuple(found)

    def resolve(self, written: str, language: str) -> list[NameForm]:
        """Return the forms that a whole string may stand for, the nearest first.

        Shape: any case ending; initials or given names may stand beside a surname, where the
            first agrees with what is known of the person; a title may not.
        """
        return list(self._resolved(written, language))

    def _resolve(self, written: str, language: str) -> tuple[NameForm, ...]:
        written = re.sub(r"['’]s\s*$", "", written)
        for match in self.find(written, language):
            after = _FOOTNOTE.sub("", written[match.end :], count=1)
            beside = _WORD.findall(f"{written[: match.start]} {after}")
            if not beside:
                return match.forms
            if all(word[0].isupper() for word in beside):
                return tuple(
                    f for f in match.forms if is_person(f) and self._agrees(f, beside[0][0])
                )
        return ()

    def _longest(
        self, text: str, words: list[re.Match[str]], place: int, language: str
    ) -> tuple[Match | None, int]:
        joined, best, end = "", None, place + 1
        for last in range(place, len(words)):
            joined += fold_word(words[last][0])
            if not self._begins(joined):
                break
            if last > place and gap_between(text, words[last - 1], words[last]) is None:
                break
            if joined in self._index:
                run = make_run(text, words[place : last + 1])
                match = self._match(text, run, joined, language)
                best, end = (match, last + 1) if match else (best, end)
        return best, end

    def _match(self, text: str, run: list[Word], joined: str, language: str) -> Match | None:
        start, end = run[0].start, run[-1].end
        if is_spaced(run) and _is_part_of_run(text, start, end):
            return None
        written = text[start:end]
        languages = {"en", "ru", language, language.partition("-")[0]}
        fitting = [
            variant
            for variant in self._index[joined]
            if variant.form.language in languages
            and fits_cuts(variant, run)
            and fits_case(variant.form, written)
        ]
        before = _INITIALS.search(text[max(0, start - 8) : start])
        forms = sort_nearest(fitting, written)
        if before:
            forms = [form for form in forms if self._agrees(form, before[1] or before[2])]
        if not forms:
            return None
        end += _closing(run, text[end : end + 1])
        return Match(start, end, text[start:end], tuple(forms))

    def _agrees(self, form: NameForm, initial: str) -> bool:
        """Say whether a given name that begins with *initial* may belong to the entity."""
        if not is_person(form):
            return True
        known = {i for i in self._initials[form.entity] if is_cyrillic(i) == is_cyrillic(initial)}
        return fold(initial) in known if known else form.kind != "pseudonym"


def _initials_of(name: str) -> set[str]:
    words = _WORD.findall(name)
    return {fold(word[0]) for word in words} if len(words) > 1 else set()


def _is_part_of_run(text: str, start: int, end: int) -> bool:
    """Say whether single letters go on before or after the stretch."""
    return bool(
        _LETTER_AFTER.match(text, end) or _LETTER_BEFORE.search(text[max(0, start - 3) : start])
    )


def _closing(run: list[Word], after: str) -> int:
    """Count the mark that closes a name: the bracket of ВКП(б), the last stop of U.N."""
    if len(run) < 2:
        return 0
    if run[-1].gap == "bracket":
        return int(after in (")", "/"))
    return int(run[-1].gap == "stop" and len(run[-1].folded) == 1 and after == ".")
