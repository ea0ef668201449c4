"""Initials before a surname, and whether they may be those of a person of the authority file."""

from __future__ import annotations

import re

from cablegraph.authorities.inflect import fold
from cablegraph.authorities.romanise import is_cyrillic
from cablegraph.authorities.spelling import WORD, is_person
from cablegraph.authorities.table import Authorities, NameForm

#: Initials before a surname; a lone Т. or Г. is «comrade» or «Mr» as often as an initial.
_INITIALS = re.compile(r"(?<!\w)(?:([A-ZА-Я])\.\s?[A-ZА-Я]\.\s?|([A-ZАБВД-СУ-Я])\.\s?)$")


def initial_before(text: str, start: int) -> str | None:
    """Return the first of the initials that stand right before *start*, or None.

    >>> initial_before("to N.V. Popov", 8), initial_before("to Popov", 3)
    ('N', None)
    """
    if "." not in text[max(0, start - 3) : start]:
        return None
    before = _INITIALS.search(text[max(0, start - 8) : start])
    return before[1] or before[2] if before else None


class Initials:
    """The letters with which the names of persons begin, by person; read when first asked."""

    def __init__(self, authorities: Authorities) -> None:
        self._authorities = authorities
        self._known: dict[str, set[str]] = {}

    def agree(self, form: NameForm, initial: str) -> bool:
        """Say whether a given name that begins with *initial* may belong to the entity."""
        if not is_person(form):
            return True
        initials = self._of(form.entity)
        known = {i for i in initials if is_cyrillic(i) == is_cyrillic(initial)}
        return fold(initial) in known if known else form.kind != "pseudonym"

    def _of(self, person: str) -> set[str]:
        """Return the letters with which the names of a person begin, made once."""
        if person not in self._known:
            entity = self._authorities.entity(person)
            names = [form.form for form in self._authorities.names(person)]
            self._known[person] = set().union(*map(_initials_of, (*names, *entity.labels.values())))
        return self._known[person]


def _initials_of(name: str) -> set[str]:
    words = WORD.findall(name)
    return {fold(word[0]) for word in words} if len(words) > 1 else set()
