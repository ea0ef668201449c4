"""Give an entity of its own to a name that the authority file does not hold."""

from __future__ import annotations

from cablegraph.authorities.inflect import Case, nominative
from cablegraph.authorities.respelled import Respelled
from cablegraph.authorities.romanise import name_key, romanise, slug
from cablegraph.authorities.table import Authorities
from cablegraph.extraction.known import Form, Known, capitalised
from cablegraph.records.claims import Certainty

_Asked = tuple[str, str, str, Case | None, Certainty]


class Unlisted:
    """The entities that one document names and nobody lists."""

    def __init__(self, authorities: Authorities, respelled: Respelled | None) -> None:
        self._authorities = authorities
        self._respelled = respelled
        self._made: dict[_Asked, Known] = {}
        self.labels: dict[str, str] = {}

    def entity(
        self, bare: str, language: str, kind: str, case: Case | None, certainty: Certainty
    ) -> Known:
        """Return the listed entity that the name spells in another system, else one of its own."""
        asked = bare, language, kind, case, certainty
        if asked not in self._made:
            self._made[asked] = self._make(*asked)
        return self._made[asked]

    def _make(
        self, bare: str, language: str, kind: str, case: Case | None, certainty: Certainty
    ) -> Known:
        text = nominative(bare, case) if language == "ru" else capitalised(bare)
        form = Form(name_key(text, language), text, language, "common")
        if spelled := self._respelled and self._respelled.find(text, language, kind):
            return Known(spelled.entity, form, certainty="probable", reason=spelled.explanation)
        latin = romanise(text) if language == "ru" else text
        labels = {"en": latin, "ru": text} if language == "ru" else {"en": text}
        entity = f"{kind}/{slug(latin)}"
        if entity in self._authorities:  # the same letters, but nothing says it is the same one
            entity += "-unidentified"
        self.labels.setdefault(entity, latin)
        return Known(entity, form, False, certainty, labels)
