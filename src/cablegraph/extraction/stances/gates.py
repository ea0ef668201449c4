"""Tell which sentences may hold something of a stance; most of running prose does not."""

from __future__ import annotations

from cablegraph.extraction.stances.clauses import may_depend
from cablegraph.extraction.stances.lexicon import Lexicon
from cablegraph.extraction.stances.patterns import find_words
from cablegraph.extraction.stances.points import may_have_points
from cablegraph.extraction.stances.proposals import may_have_proposals

_LONGEST = 600  # characters; a longer sentence may be cut within a word, and so have other words


def may_tell(text: str, start: int, end: int, language: str, lexicon: Lexicon) -> bool:
    """Tell whether a sentence may take a stance, or name what one before or after it is about.

    Shape: one that may not has no cue, no condition, no reason, and no name of a proposal, and
        nothing is read from it but who is named in it.
    """
    words = find_words(text, start, end)
    return (
        end - start > _LONGEST
        or next(lexicon.find_stances(words, language), None) is not None
        or may_have_points(text, start, end, language)
        or may_have_proposals(text, start, end, language)
        or may_depend(text, start, end, language)
    )
