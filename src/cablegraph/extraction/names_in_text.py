"""The names of one document in running text: those of the authority file, and its own.

A text that is kept is read once; what a part of it names is taken from that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from cablegraph.authorities.match import Match, Matcher
from cablegraph.authorities.table import NameForm
from cablegraph.extraction.known import Known, own_form
from cablegraph.extraction.names_in_parts import Named, NamesOfWhole
from cablegraph.extraction.own_names import Editorial, OwnNames, join_restored

# "[Given] Surname": what a bracket before a surname holds is no name by itself.
_BEFORE_SURNAME = re.compile(r"\]\s+[^\W\d_a-zа-яё]")
_Spans = list[tuple[int, int]]


class NamesInText:
    """Find names in texts; *known* says whom forms of the authority file name here, if anybody."""

    def __init__(
        self, matcher: Matcher, own: OwnNames, known: Callable[[tuple[NameForm, ...]], Known | None]
    ) -> None:
        self._matcher = matcher
        self._own = own
        self._known = known
        self.people: dict[str, Known] = {}  # those of *own*
        self._under_forms: dict[tuple[str, str, str], Known] = {}
        self._wholes: list[str] = []
        self._last: dict[str, int] = {}  # where in a whole text the part last asked for stands
        self._read: dict[tuple[str, str], NamesOfWhole] = {}
        self._found: dict[tuple[str, str], tuple[Named, ...]] = {}

    def keep(self, text: str) -> None:
        """Read a whole text of whose parts the names will be asked for."""
        self._matcher.keep(text)
        self._own.keep(text)
        if text not in self._wholes:
            self._wholes.append(text)

    def forget(self) -> None:
        """Find the names anew, since more is known now."""
        self._found.clear()
        self._read.clear()

    def find(self, text: str, language: str) -> tuple[Named, ...]:
        """Return the names in *text*, in order, none overlapping; remember them."""
        asked = text, language
        found = self._found.get(asked)
        if found is None:
            part = self._of_part(text, language)
            found = self._found[asked] = self._search(text, language)[0] if part is None else part
        return found

    def _of_part(self, text: str, language: str) -> tuple[Named, ...] | None:
        """Return the names of a part of a text that is kept; None where it must be searched."""
        for whole in self._wholes:
            # The rules go from part to part, so that the next one stands near behind.
            start = whole.find(text, self._last.get(whole, 0))
            if start < 0:
                start = whole.find(text)
            if start >= 0:
                self._last[whole] = start
                read = self._read.get((whole, language))
                if read is None:
                    found, spans = self._search(whole, language)
                    read = self._read[whole, language] = NamesOfWhole(whole, found, spans)
                return read.within(start, start + len(text))
        return None

    def _search(self, text: str, language: str) -> tuple[tuple[Named, ...], _Spans]:
        """Return the names in a text, and where names stand, be it known or not whose."""
        joined = join_restored(text) if "[" in text else None
        if joined is None:
            found, spans = self._search_plain(text, language)
            return tuple(found), spans
        found, spans = self._search_plain(joined.text, language)
        return tuple(_put_back(found, joined, text)), [_place_in(joined, *span) for span in spans]

    def _search_plain(self, text: str, language: str) -> tuple[list[Named], _Spans]:
        places = self._own.find(text)
        own = [
            (Match(start, end, text[start:end], ()), self._under(entity, text[start:end], language))
            for start, end, entity in places
        ]
        mine = {(start, end) for start, end, _ in places}
        listed, matches = list[Named](), self._matcher.find(text, language)
        for match in matches:
            known = self._known(match.forms)
            if known is None or _is_given(text, match, known):
                continue
            if known.entity.startswith("place/") and (match.start, match.end) in mine:
                continue  # the text showed it to be somebody's surname
            listed.append((match, known))
        spans = [*mine, *((match.start, match.end) for match in matches)]
        return _longest(own, listed) if own and listed else own or listed, spans

    def _under(self, entity: str, written: str, language: str) -> Known:
        """Return one of the document's own people, under the form in which the name stands."""
        key = (entity, written, language)
        if key not in self._under_forms:
            form = own_form(written, language)
            self._under_forms[key] = replace(self.people[entity], form=form)
        return self._under_forms[key]


def _is_given(text: str, match: Match, known: Known) -> bool:
    """Tell whether a single name is the given name that a bracket sets before a surname."""
    if not known.entity.startswith("person/") or " " in match.written:
        return False
    return bool(_BEFORE_SURNAME.match(text, match.end) and "[" in text[: match.start])


def _put_back(found: Iterable[Named], joined: Editorial, text: str) -> Iterator[Named]:
    """Yield what was found in a text with joined letters as it stands in the text as written."""
    for match, known in found:
        start, end = _place_in(joined, match.start, match.end)
        yield match._replace(start=start, end=end, written=text[start:end]), known


def _place_in(joined: Editorial, start: int, end: int) -> tuple[int, int]:
    return joined.places[start], joined.places[end - 1] + 1


def _longest(*found: list[Named]) -> list[Named]:
    """Return the matches in order, of those that overlap the longest, else the last given.

    Shape: those given together do not overlap.
    """
    every = sorted((one for some in found for one in some), key=_place)
    if all(one[0].end <= other[0].start for one, other in pairwise(every)):
        return every
    ranked = [
        (one[0].start - one[0].end, -rank, one) for rank, some in enumerate(found) for one in some
    ]
    kept: list[Named] = []
    for _, _, one in sorted(ranked, key=lambda item: (item[0], item[1], item[2][0].start)):
        first, last = one[0].start, one[0].end
        if all(last <= other.start or other.end <= first for other, _ in kept):
            kept.append(one)
    return sorted(kept, key=_place)


def _place(one: Named) -> int:
    return one[0].start
