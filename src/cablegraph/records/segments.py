"""Divide what follows the catalogue entry into texts, at the lines that only hold ``[...]``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cablegraph.records.languages import find_script, guess_language
from cablegraph.records.layout import Line

# A word that tells a text from another of its language: little words are shorter.
_TELLING = re.compile(r"[^\W\d_]{4,}")
_LETTER = re.compile(r"[^\W\d_]")
# Words compared, and looked at for the language; a telegram has fewer.
_SAMPLE = 40_000
# Below this many telling words a text shows nothing by the words it shares.
_FEWEST_WORDS = 5
# Scan and transcript of the first seed share 93 % of the words of the shorter one; the halves of
# a single text of the seeds share 3 to 58 %.
_SAME_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Segment:
    """The text between two gaps.

    Units: ``start`` and ``end`` are offsets in the cleaned text, with the gap marks that open
        and close it, from the start of the first line to the end of the last.
    """

    start: int
    end: int
    text: str
    language: str
    script: str | None

    @property
    def words(self) -> frozenset[str]:
        """The words that tell it from another text of its language, in small letters."""
        return _telling_words(self.text[:_SAMPLE])

    def repeats(self, other: Segment) -> bool:
        """Say whether both are versions of one message, by the words that they share."""
        fewer = min(len(self.words), len(other.words))
        return fewer >= _FEWEST_WORDS and len(self.words & other.words) >= _SAME_SHARE * fewer


@lru_cache(maxsize=16)  # a document has a few texts, each compared with all others
def _telling_words(sample: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _TELLING.findall(sample))


def find_segments(text: str, lines: Sequence[Line], expected: Sequence[str]) -> list[Segment]:
    """Return the texts that *lines* hold, in order.

    A gap opens the text after it; of several together, the first closes the text before; one
    with nothing but the end mark after it closes the text before, and so does the end mark.
    """
    filled = [line for line in lines if line.text]
    runs = _runs(filled)
    return [_segment(text, run, expected) for run in runs]


def _runs(filled: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each text with the marks that belong to it."""
    tail = len(filled)
    while tail and (filled[tail - 1].is_gap or filled[tail - 1].is_end):
        tail -= 1
    runs: list[list[Line]] = []
    gaps: list[Line] = []
    for line in filled[:tail]:
        if line.is_gap:
            gaps.append(line)
            continue
        if gaps or not runs:
            closing = 1 if runs and len(gaps) > 1 else 0
            if closing:
                runs[-1].append(gaps[0])
            runs.append(gaps[closing:])
            gaps = []
        runs[-1].append(line)
    if runs:
        runs[-1].extend(filled[tail:])
    return runs


def _segment(text: str, run: Sequence[Line], expected: Sequence[str]) -> Segment:
    words = "\n".join(line.text for line in run if not line.is_gap and not line.is_end)
    sample = words[:_SAMPLE]
    return Segment(
        start=run[0].start,
        end=run[-1].end,
        text=words,
        language=guess_language(sample, expected),
        script=find_script(sample) if _LETTER.search(sample) else None,
    )
