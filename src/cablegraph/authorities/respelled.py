"""Find the one entity whose name a text spells in another script or system than the file does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cablegraph.authorities.candidates import Candidate, IndexedName, NameIndex, find_candidates
from cablegraph.authorities.keys import CHINESE, CHINESE_LOOSE, read_keys
from cablegraph.authorities.scripts.letters import script_of
from cablegraph.authorities.table import Authorities, NameForm

#: The least trust in a rule by which a name may be taken for another spelling unseen; the rules
#: that are true to the sounds of one system lie above it, the looser ones below.
ENOUGH = 0.9
#: How far the next entity must stand behind: namesakes stay undecided.
APART = 0.1
# A surname, a nickname or an adjective alone proves nothing in another script.
_WHOLE = frozenset(
    {"common", "modern-transcription", "period-transcription", "romanised", "pinyin",
     "japanese-era-form", "abbreviation"}
)  # fmt: skip
_PARTS = re.compile(r"[^\W\d_]+")


class Respelled:
    """The authority file by the keys of its names; made once, each part when it is first asked."""

    def __init__(self, authorities: Authorities) -> None:
        self._authorities = authorities
        # The names of a kind, of which those in characters are read for Chinese names only:
        # the tables that tell their sounds take long to load.
        self._indexes: dict[str, NameIndex] = {}
        self._in_characters: dict[str, list[NameForm]] = {}
        self._known = lru_cache(maxsize=1 << 14)(self._find)

    def find(self, words: str, language: str, kind: str) -> Candidate | None:
        """Return the one entity of a kind that *words* spell, with the rule and the reason.

        Shape: *kind* is the first step of the entity's path. A person's name must have two parts.
        """
        if kind == "person" and len(_PARTS.findall(words)) < 2:
            return None
        return self._known(words, language, kind)

    def _find(self, words: str, language: str, kind: str) -> Candidate | None:
        found = find_candidates(words, language, self._index(words, language, kind))
        if not found or found[0].score < ENOUGH:
            return None
        near = [one for one in found[1:] if one.score > found[0].score - APART]
        return None if near else found[0]

    def _index(self, words: str, language: str, kind: str) -> NameIndex:
        """Return the names of a kind that may share a key with *words*."""
        index = self._indexes.get(kind)
        if index is None:
            index = self._indexes[kind] = NameIndex()
            forms = list(self._forms(kind))
            self._in_characters[kind] = [one for one in forms if _is_in_characters(one.form)]
            index.add(_indexed(one) for one in forms if not _is_in_characters(one.form))
        if self._in_characters[kind] and _may_be_chinese(words, language):
            index.add(map(_indexed, self._in_characters[kind]))
            self._in_characters[kind] = []
        return index

    def _forms(self, kind: str) -> Iterator[NameForm]:
        forms = self._authorities.forms if kind != "group" else ()
        for form in forms:
            if form.entity.startswith(f"{kind}/") and form.kind in _WHOLE and not form.scope:
                yield form


def _indexed(form: NameForm) -> IndexedName:
    return IndexedName(form.entity, form.form, form.language)


def _is_in_characters(form: str) -> bool:
    return script_of(form) == "hani"


def _may_be_chinese(words: str, language: str) -> bool:
    """Tell whether a name shares the only keys that a name in characters may have."""
    return _is_in_characters(words) or any(
        rule in (CHINESE, CHINESE_LOOSE) for rule, _ in read_keys(words, language)
    )
