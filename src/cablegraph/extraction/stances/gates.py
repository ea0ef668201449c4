"""Tell which sentences may hold something of a stance; most of running prose does not."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from cablegraph.extraction.stances.clauses import begins_dependent, find_conditions
from cablegraph.extraction.stances.lexicon import Lexicon
from cablegraph.extraction.stances.openings import is_cut
from cablegraph.extraction.stances.points import place_nouns
from cablegraph.extraction.stances.proposals import place_words_of_proposals

_LONGEST = 600  # characters; a longer sentence may be cut within a word, and so have other words
_TEXTS = 4  # of one document, in its languages


def may_tell(text: str, start: int, end: int, language: str, lexicon: Lexicon) -> bool:
    """Tell whether a sentence may take a stance, or name what one before or after it is about.

    Shape: one that may not has no cue, no condition, no reason, and no name of a proposal, and
        nothing is read from it but who is named in it.
    """
    places = _places(text, language, lexicon)
    index = bisect_left(places, start)
    return (
        (index < len(places) and places[index] < end)
        or end - start > _LONGEST
        or is_cut(text, end)
        or begins_dependent(text, start, end, language)
    )


@lru_cache(maxsize=_TEXTS)
def _places(text: str, language: str, lexicon: Lexicon) -> list[int]:
    """Return where words stand in a text that make a sentence one to be read, in order."""
    return sorted(
        {
            *lexicon.find_places(text, language),
            *place_nouns(text, language),
            *place_words_of_proposals(text, language),
            *find_conditions(text, language),
        }
    )
