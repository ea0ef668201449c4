"""Say whether a name of the truth and an entity that was read are the same.

A person, body, place or archive that was read is the one whom the truth names if one of these
holds, tried in this order:

1. *Authority.* The authority file gives one of the truth's spellings to that entity, in any
   listed form: ``Feng Xi`` is ``person/stalin``. Where the file gives the truth's name to others
   and holds the entity too, they differ, and nothing below is tried.
2. *Letters.* A label of the entity and a spelling have the same letters, whatever their case,
   accents, spaces and hyphens: ``Pak Hŏn-yŏng`` and ``Pak Hon Yong``. ``the`` before a name of a
   body or place does not count.
3. *Order* (persons). They have the same words in another order: ``Kim Il Sung``, ``Il Sung Kim``.
4. *Part* (persons). One has only words of the other, in its order, and both end in the same
   surname: ``Pinto``, ``L. Bastian Pinto`` and ``Luiz Leivas Bastian Pinto``; an initial stands
   for a word that begins with it.

5. *Mission* (bodies). Both name the mission of one state in one town, by whatever words:
   ``Embassy of Hungary in North Korea`` and ``Hungarian Embassy in Pyongyang``.

The spellings of the truth are its name, that name without what stands in brackets, what stands
there if it begins with a capital, the words of the document and the pseudonym. There is no
likeness by edit distance: a spelling that only drifts has to be in the authority file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from cablegraph.authorities.inflect import fold
from cablegraph.authorities.match import Matcher
from cablegraph.authorities.romanise import strip_marks
from cablegraph.authorities.table import Authorities
from cablegraph.evaluation.missions import Missions

_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)


def spell(name: str, *others: str | None) -> tuple[str, ...]:
    """Return the spellings of a name of the truth, its own first, none twice.

    >>> spell("Bunsan (Munsan)", None)
    ('Bunsan (Munsan)', 'Bunsan', 'Munsan')
    """
    found = []
    for one in (name, *others):
        if one:
            inside = [part.strip() for part in _BRACKET.findall(one)]
            found += [one, " ".join(_BRACKET.sub("", one).split())]
            found += [part for part in inside if part[:1].isupper()]
    return tuple(dict.fromkeys(part for part in found if part))


class Likeness:
    """Compares names with entities; make one for each document.

    Shape: *labels* has, for every entity that the authority file lacks, the forms of its name.
    """

    def __init__(
        self, authorities: Authorities, matcher: Matcher, labels: Mapping[str, Sequence[str]]
    ) -> None:
        self._authorities = authorities
        self._matcher = matcher
        self._labels = labels
        self._resolved: dict[str, frozenset[str]] = {}
        self._missions = Missions(authorities, matcher)

    def is_same(self, spellings: Iterable[str], path: str) -> bool:
        """Say whether one of the spellings names the entity of that path."""
        names = tuple(spellings)
        given = frozenset[str]().union(*map(self._resolve, names))
        if path in given:
            return True
        if path in self._authorities and self._resolve(names[0]):
            return False
        alike = is_same_person if path.startswith("person/") else is_same_spelling
        labels = self.labels(path)
        if any(alike(name, label) for name in names for label in labels):
            return True
        are_same = self._missions.are_same
        is_body = path.startswith("org/")
        return is_body and any(are_same(name, label) for name in names for label in labels)

    def labels(self, path: str) -> Sequence[str]:
        """Return the names of an entity: of the authority file, else of the document."""
        if path in self._authorities:
            entity = self._authorities.entity(path)
            return [*entity.labels.values(), *filter(None, [entity.notation])]
        return self._labels.get(path, ())

    def show(self, path: str) -> str:
        """Return how an entity is printed: its path, and its name where it has one."""
        name = next(iter(self.labels(path)), "")
        return f"{name} ({path})" if name else path

    def _resolve(self, name: str) -> frozenset[str]:
        if name not in self._resolved:
            forms = self._matcher.resolve(name, "en")
            self._resolved[name] = frozenset(form.entity for form in forms)
        return self._resolved[name]


def is_same_spelling(one: str, other: str) -> bool:
    """Say whether two names have the same letters.

    >>> is_same_spelling("The Blue-Ridge", "blue ridge"), is_same_spelling("Korea", "North Korea")
    (True, False)
    """
    first, second = (fold(_ARTICLE.sub("", name, count=1)) for name in (one, other))
    return bool(first) and first == second


def is_same_person(one: str, other: str) -> bool:
    """Say whether two names of persons may be one person's.

    >>> is_same_person("A. Drozd", "Drozd, Anna"), is_same_person("Bob Drozd", "Anna Drozd")
    (False, False)
    >>> is_same_person("A. Drozd", "Anna Drozd"), is_same_person("Kim", "Kim Il Sung")
    (True, False)
    """
    first, second = (_WORD.findall(strip_marks(name)) for name in (one, other))
    if not first or not second:
        return False
    if is_same_spelling(one, other) or sorted(first) == sorted(second):
        return True
    short, long = sorted((first, second), key=len)
    return short[-1] == long[-1] and len(short[-1]) > 1 and _is_part(short[:-1], long[:-1])


def _is_part(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether the words of one stand in the other in their order, initials allowed."""
    rest = iter(long)
    return all(any(_may_stand_for(word, other) for other in rest) for word in short)


def _may_stand_for(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])
