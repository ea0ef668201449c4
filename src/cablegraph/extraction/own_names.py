"""The names that one document brings itself: people nobody listed, and short forms of people.

Who is named in full once may be named by the surname afterwards; a family name that two people of
the document share names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from cablegraph.authorities.characters import LETTER, LETTERS, NO_SMALL_LETTER, SOME_LETTERS
from cablegraph.authorities.excerpts import Excerpts
from cablegraph.authorities.inflect import fold, inflections
from cablegraph.authorities.romanise import is_cyrillic

_REST = rf"{LETTERS}(?:['’‘ʼ-]{SOME_LETTERS})*"
_WORD = re.compile(LETTER + _REST)
# The same words, of those that may begin with a capital: most of a text begins in small letters.
# That no word stands open before it is asked of the few only, once its first letter is found.
_CAPITALISED = re.compile(
    rf"{NO_SMALL_LETTER}(?<![^\W\d_].)(?<![^\W\d_]['’‘ʼ-].){_REST}", re.DOTALL
)
_GAP = re.compile(r"\.?\s{0,3}|\s?[-‐‑]\s?")
_MOST_WORDS = 5
# Two spellings of one name: a letter or two differ. Le Kenong and Li Kenong share 0.88 of their
# letters, Pak Chong-ae and Pak Chang-ok 0.74, Kim Il and Kim Ir (who are two) 0.80.
_ALIKE = 0.86
_SLACK = 1e-6  # for what is lost in counting with fractions


@dataclass(frozen=True, slots=True)
class Editorial:
    """A text with the letters that an editor restored joined to their words: R.[ostow].

    Shape: ``places`` has the place in the text as written of each character and of the end.
    """

    text: str
    places: tuple[int, ...]


_RESTORED = re.compile(r"(?<!\w)(?P<first>[^\W\d_]{1,2})\.?\[(?P<rest>[^\W\d_]{2,})\](?P<stop>\.?)")


def join_restored(text: str) -> Editorial | None:
    """Join the letters that brackets restore in short words; None where there are none.

    >>> join_restored("To R.[ostow] at P[unta]. Del Este").text
    'To Rostow at Punta Del Este'
    """
    parts, places, last = [], list[int](), 0
    for match in _RESTORED.finditer(text):
        if not (match["first"][0].isupper() and match["rest"].islower()):
            continue
        for start, end in ((last, match.end("first")), match.span("rest")):
            parts.append(text[start:end])
            places += range(start, end)
        last = match.end("stop")
    if not parts:
        return None
    parts.append(text[last:])
    return Editorial("".join(parts), (*places, *range(last, len(text) + 1)))


class OwnNames:
    """The entities that a document's own names stand for, by folded form."""

    def __init__(self) -> None:
        self._entities: dict[str, set[str]] = {}
        self._full: dict[str, str] = {}
        self._full_by_letter: dict[str, list[str]] = {}
        self.additions = 0
        self._begins: set[str] = set()  # what a form may begin with
        self._opens: dict[str, bool] = {}  # whether a form begins with a letter of a text
        self._excerpts = Excerpts(self._candidates)
        self._found: dict[str, tuple[tuple[int, int, str], ...]] = {}  # in texts asked for before

    def __bool__(self) -> bool:
        return bool(self._entities)

    def add(self, name: str, entity: str, *, full: bool = False) -> None:
        """Take a name of *entity*; a Russian one in every case."""
        for form in (
            inflections(name, person=True) if is_cyrillic(name) and "." not in name else [name]
        ):
            folded = _folded(form)
            self._entities.setdefault(folded, set()).add(entity)
            self._begins.update(folded[:end] for end in range(1, len(folded) + 1))
        self._found.clear()
        self._opens.clear()
        self._excerpts.forget()
        self.additions += 1
        if full:
            self.learn_spelling(name, entity)

    def learn_spelling(self, name: str, entity: str) -> None:
        """Take a whole name to compare others with, not to look for."""
        folded = _folded(name)
        if folded not in self._full:
            self._full[folded] = entity
            self._full_by_letter.setdefault(folded[:1], []).append(folded)

    def entity(self, name: str) -> str | None:
        """Return the one entity that *name* stands for, or None."""
        found = self._entities.get(_folded(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def alike(self, name: str) -> str | None:
        """Return the entity of a full name that *name* is another spelling of, or None."""
        folded = _folded(name)
        ranked = sorted(
            (-SequenceMatcher(None, folded, other).ratio(), other)
            for other in self._full_by_letter.get(folded[:1], ())
            if abs(len(other) - len(folded)) <= 1 and _may_be_alike(folded, other)
        )
        if ranked and -ranked[0][0] >= _ALIKE:
            return self._full[ranked[0][1]]
        return None

    def find(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Return start, end and entity of each such name in *text*, the longest at each place."""
        if not self._entities:
            return ()
        if text not in self._found:
            self._found[text] = tuple(self._search(text))
        return self._found[text]

    def keep(self, text: str) -> None:
        """Read a whole text of whose parts the names will be asked for."""
        self._excerpts.keep(text)

    def _search(self, text: str) -> Iterator[tuple[int, int, str]]:
        next_at = 0
        for start in self._excerpts.find(text):
            if start >= next_at and (found := self._longest(text, start)):
                next_at, possessive, entity = found
                yield start, next_at - possessive, entity

    def _candidates(self, text: str) -> list[int]:
        """Return where words stand with which a name may begin."""
        opens = self._opens
        return [
            start
            for start, word in _capitals(text)
            if (opens[word[0]] if word[0] in opens else self._open(word[0])) and self._starts(word)
        ]

    def _open(self, letter: str) -> bool:
        """Tell whether a form may begin with a letter of a text, and remember it."""
        folded = _folded(letter)[:1]
        self._opens[letter] = not folded or folded in self._begins
        return self._opens[letter]

    def _starts(self, word: str) -> bool:
        if _folded(word) in self._begins:
            return True
        ending = _possessive(word)
        return bool(ending) and _folded(word.removesuffix(ending)) in self._entities

    def _longest(self, text: str, start: int) -> tuple[int, int, str] | None:
        """Return where the longest name ends, what of that is a possessive ending, and whose."""
        best, joined, end = None, "", start
        for match in islice(_WORD.finditer(text, start), _MOST_WORDS):
            if end > start and not _GAP.fullmatch(text, end, match.start()):
                break
            word, end = match[0], match.end()
            possessive = len(_possessive(word))
            found = self._entities.get(joined + _folded(word[: len(word) - possessive]), ())
            if len(found) == 1 and word[0].isupper():
                best = end, possessive, next(iter(found))
            joined += _folded(word)
            if possessive or joined not in self._begins:
                break
        return best


@lru_cache(maxsize=1 << 7)
def _capitals(text: str) -> list[tuple[int, str]]:
    """Return the words that begin with a capital, each after its place."""
    return [(word.start(), word[0]) for word in _CAPITALISED.finditer(text) if word[0][0].isupper()]


def _may_be_alike(one: str, other: str) -> bool:
    """Tell whether two names share letters enough to be alike, in whatever order these stand."""
    shared = sum(min(one.count(letter), other.count(letter)) for letter in set(one))
    return 2.0 * shared >= _ALIKE * (len(one) + len(other)) - _SLACK


def _possessive(word: str) -> str:
    return word[-2:] if word[-2:] in ("'s", "’s") else ""


@lru_cache(maxsize=1 << 14)
def _folded(name: str) -> str:
    return fold(name)
