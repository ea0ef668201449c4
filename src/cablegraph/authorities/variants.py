"""The case forms of all names by their letters; those of one letter are made when it is asked for.

A document in Latin letters never asks for the Russian forms, nor for the dictionary behind them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum

from cablegraph.authorities.inflect import fold
from cablegraph.authorities.romanise import is_cyrillic
from cablegraph.authorities.spelling import Variant, find_variants, fold_word, may_be_low
from cablegraph.authorities.table import NameForm


class Start(IntEnum):
    """What a word of a text may be to the names that begin with its letters."""

    NOTHING = 0  # no name begins so
    PIECE = 1  # a piece of a word: only a hyphen, a stop or a lone letter can go on with it
    HEAD = 2  # the first of several words
    WHOLE = 3  # all of a name
    GLUED = 4  # the number of a footnote is part of the word, which must be cut first


class _Shelf:
    """Case forms that begin with one letter, by rank."""

    def __init__(self, variants: Iterable[Variant]) -> None:
        self.forms: dict[str, list[Variant]] = {}
        self.heads: dict[str, set[str]] = {}  # what stands before a cut, and the letters after it
        for variant in variants:
            self.forms.setdefault(variant.joined, []).append(variant)
            for cut in variant.cuts:
                self.heads.setdefault(variant.joined[:cut], set()).add(
                    variant.joined[cut : cut + 1]
                )
        self._sorted = sorted(self.forms)

    def begins(self, joined: str) -> bool:
        """Tell whether a form begins with these letters."""
        at = bisect_left(self._sorted, joined)
        return at < len(self._sorted) and self._sorted[at].startswith(joined)

    def start(self, joined: str, *, pieces: bool) -> Start:
        """Tell what a word of these letters may begin, if it may be a piece of one or not."""
        if joined in self.forms:
            return Start.WHOLE
        if joined in self.heads:
            return Start.HEAD
        return Start.PIECE if pieces and self.begins(joined) else Start.NOTHING


#: All forms of a letter, and those that may stand in lower case.
_Shelves = tuple[_Shelf, _Shelf]


class Variants:
    """An index over every case form of every name.

    Shape: a case form begins with the letter of its nominative; a comparative («поновее») does
        not, and is no form of a name.
    """

    def __init__(self, forms: Iterable[NameForm]) -> None:
        self._forms: dict[tuple[str, bool], list[tuple[int, NameForm]]] = {}
        leads = {""}  # what stands before the first Cyrillic letter: 8 of «8-я»
        for rank, form in enumerate(forms):
            letter, cyrillic = _first(form.form), is_cyrillic(form.form)
            self._forms.setdefault((letter, cyrillic), []).append((rank, form))
            if cyrillic and not is_cyrillic(letter):
                leads.add(_lead(fold(form.form)))
        self._leads = frozenset(lead[:end] for lead in leads for end in range(len(lead) + 1))
        self._shelves: dict[tuple[str, bool], _Shelves] = {}

    def begins(self, joined: str) -> bool:
        """Tell whether a form may begin with these folded letters."""
        if joined in self._leads:
            return True
        return self._shelf(joined)[0].begins(joined)

    def find(self, joined: str) -> list[Variant]:
        """Return the forms that have just these folded letters, by rank."""
        return self._shelf(joined)[0].forms.get(joined, []) if joined else []

    def start(self, word: str, *, pieces: bool = True) -> Start:
        """Tell what a word of a text, with its capitals, may begin; *pieces*: or part of a word."""
        joined = fold_word(word)
        if joined in self._leads:  # Cyrillic letters may follow these, which are none
            return Start.WHOLE
        return self._shelf(joined)[not word[0].isupper()].start(joined, pieces=pieces)

    def letters_after(self, word: str) -> frozenset[str]:
        """Return the folded letters with which a name goes on behind a word that is all of it."""
        joined = fold_word(word)
        return frozenset(self._shelf(joined)[0].heads.get(joined, ()))

    def _shelf(self, joined: str) -> _Shelves:
        """Return the shelves on which a form with these letters is."""
        key = joined[0], not joined.isascii() and is_cyrillic(joined)
        if key not in self._forms:
            return _NONE
        if key not in self._shelves:
            variants = [
                variant
                for rank, form in self._forms[key]
                for variant in find_variants(form, rank)
                if variant.joined.startswith(key[0])
            ]
            low = _Shelf(variant for variant in variants if may_be_low(variant.form))
            self._shelves[key] = _Shelf(variants), low
        return self._shelves[key]


_NONE = (_Shelf(()), _Shelf(()))


def _first(form: str) -> str:
    """Return the first folded letter of a form."""
    first = form[0]
    return first.lower() if first.isascii() and first.isalpha() else fold(form)[:1]


def _lead(joined: str) -> str:
    return next(joined[:end] for end, letter in enumerate(joined) if is_cyrillic(letter))
