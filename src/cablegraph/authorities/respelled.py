"""Find the one entity whose name a text spells in another script or system than the file does."""

from __future__ import annotations

import re
from functools import cached_property

from cablegraph.authorities.candidates import Candidate, IndexedName, NameIndex, find_candidates
from cablegraph.authorities.table import Authorities

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
    """The authority file by the keys of its names; made once, filled when it is first asked."""

    def __init__(self, authorities: Authorities) -> None:
        self._authorities = authorities
        self._known: dict[tuple[str, str, str], Candidate | None] = {}

    def find(self, words: str, language: str, kind: str) -> Candidate | None:
        """Return the one entity of a kind that *words* spell, with the rule and the reason.

        Shape: *kind* is the first step of the entity's path. A person's name must have two parts.
        """
        if kind == "person" and len(_PARTS.findall(words)) < 2:
            return None
        asked = (words, language, kind)
        if asked not in self._known:
            self._known[asked] = self._find(*asked)
        return self._known[asked]

    def _find(self, words: str, language: str, kind: str) -> Candidate | None:
        found = [
            one
            for one in find_candidates(words, language, self._index)
            if one.entity.startswith(f"{kind}/")
        ]
        if not found or found[0].score < ENOUGH:
            return None
        near = [one for one in found[1:] if one.score > found[0].score - APART]
        return None if near else found[0]

    @cached_property
    def _index(self) -> NameIndex:
        index = NameIndex()
        index.add(
            IndexedName(form.entity, form.form, form.language)
            for form in self._authorities.forms
            if form.kind in _WHOLE and not form.scope and not form.entity.startswith("group/")
        )
        return index
