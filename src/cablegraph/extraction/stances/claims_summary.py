"""Find in the catalogue's summary who put a proposal that the text gives to nobody."""

from __future__ import annotations

import re

from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.align_targets import Proposal
from cablegraph.records.claims import Evidence

_STEM = 5  # letters by which two words are taken for forms of one word
_DATA = settings("proposals")["summary"]
_NAMED = {language: re.compile(pattern) for language, pattern in _DATA["named"].items()}
_ORDINARY = frozenset(_DATA["ordinary"])


def named_in_summary(
    scene: Scene, proposal: Proposal
) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """Return who the summary says puts the proposal, and its words.

    Shape: nothing unless the summary names a request, an offer or a proposal with its matter, in
        words that all stand in the phrase of the proposal too.
    Source: "the American request for armistice negotiations", of a meeting for negotiations
        about an armistice.
    """
    for field in scene.record.fields.get("summary", ()):
        language = field.layer.language
        pattern, phrases = _NAMED.get(language), proposal.phrases(language)
        if pattern is None:
            continue
        for match in pattern.finditer(field.raw):
            whose = _party(scene, match["whose"], language)
            topic = _stems(match["topic"])
            if whose and topic and any(topic <= _stems(phrase) for phrase in phrases):
                start, end = field.start + match.start(), field.start + match.end()
                return (whose,), (field.layer.evidence(start, end),)
    return (), ()


def _party(scene: Scene, words: str, language: str) -> str | None:
    """Return the one agent that a name stands for, or the people whom an adjective is made of."""
    for form in (words, f"{words}s"):
        found = {known.entity for _, known in scene.names.find(form, language)}
        agents = {entity for entity in found if not entity.startswith("place/")}
        if len(agents) == 1:
            return agents.pop()
    return None


def _stems(phrase: str) -> set[str]:
    words = re.findall(r"[^\W\d_]{4,}", phrase.lower())
    return {word[:_STEM] for word in words if word not in _ORDINARY}
