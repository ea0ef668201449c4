"""What a name stands for in a document: the entity, and the written form of its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from cablegraph.authorities.inflect import fold, nominative
from cablegraph.authorities.romanise import name_key, romanise
from cablegraph.authorities.table import NameForm
from cablegraph.extraction.cues import BODY
from cablegraph.records.claims import Certainty

_STOPPED = re.compile(r"\w\.\w")  # initials or an abbreviation: J.F., U.N
_SMALL = ("of", "the", "and", "in", "for", "to")
_CLASSES = {
    "person": "rico:Person",
    "org": "rico:CorporateBody",
    "archive": "rico:CorporateBody",
    "group": "rico:Group",
    "place": "rico:Place",
    "position": "rico:Position",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a name, in the nominative."""

    key: str  # last step of its IRI
    text: str
    language: str
    kind: str  # concept of scheme/name
    correct: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for here: the entity, the form, how sure that is."""

    entity: str  # path under {base}id/
    form: Form | None
    listed: bool = True
    certainty: Certainty = "certain"
    labels: dict[str, str] = field(default_factory=dict)  # of an unlisted entity
    reason: str | None = None  # why it is taken for the entity, where the name is no form of it

    @property
    def type(self) -> str:
        """CURIE of the class of the entity."""
        return _CLASSES[self.entity.partition("/")[0]]


@lru_cache(maxsize=1 << 14)
def form_of(name: NameForm) -> Form:
    """Return a form of the authority file as claims carry it."""
    return Form(name.key, name.form, name.language, name.kind, name.correct_key)


@lru_cache(maxsize=1 << 12)
def sure_of(name: NameForm) -> Known:
    """Return whom a form names that leaves no doubt."""
    return Known(name.entity, form_of(name))


@lru_cache(maxsize=1 << 12)
def own_form(written: str, language: str) -> Form:
    """Return the form of a name that a document brings itself, from how it stands there."""
    text = nominative(written) if language == "ru" else capitalised(written)
    text = " ".join(text.split())
    return Form(name_key(text, language), text, language, "common")


@lru_cache(maxsize=1 << 13)
def capitalised(words: str) -> str:
    """Write a name in capitals as a name: KIM IL SUNG, Kim Il Sung; McNeil stays."""
    if not words.isupper() and BODY.search(words):  # "Embassy of the DPRK": an abbreviation
        return " ".join(words.split())
    parts = [
        word.capitalize() if word.isupper() and not _STOPPED.search(word) else word
        for word in words.split()
    ]
    return " ".join(part.lower() if part.lower() in _SMALL else part for part in parts)


def is_nominative(found: Known, bare: str) -> bool:
    """Tell whether a name stands in the nominative: as such, «Орлова» is not «Орлов»."""
    return found.form is None or fold(bare).endswith(fold(found.form.text))


def is_variant(bare: str, inner: str) -> bool:
    """Tell whether a bracket spells the same name in another way, not another name."""
    one, other = (re.sub(r"\W", "", romanise(name)).lower() for name in (bare, inner))
    return one in other or other in one or SequenceMatcher(None, one, other).ratio() >= 0.6
