"""Find words of the truth in the text, and the sentences that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cablegraph.extraction.sentences import sentence_at
from cablegraph.spans import SourceText

Stretch = tuple[int, int]


def find_words(
    text: str, words: str, *, any_case: bool = False, whole: bool = True
) -> list[Stretch]:
    """Return start and end of every place where *words* stand; any white space parts them.

    Shape: where they are to be *whole*, a letter or digit beside them makes it another word.

    >>> find_words("No. 12, sent to\\nMao on the 12th", "to Mao"), find_words("a12", "12")
    ([(13, 19)], [])
    """
    parts = words.split()
    if not parts:
        return []
    pattern = r"\s+".join(map(re.escape, parts))
    before = r"(?<!\w)" if whole and parts[0][0].isalnum() else ""
    after = r"(?!\w)" if whole and parts[-1][-1].isalnum() else ""
    flags = re.IGNORECASE if any_case else 0
    return [match.span() for match in re.finditer(before + pattern + after, text, flags)]


def find_line(source: SourceText, choices: Iterable[str]) -> int | None:
    """Return the line where the first of *choices* stands that stands anywhere, else None."""
    for words in choices:
        for any_case in (False, True):
            if places := find_words(source.text, words, any_case=any_case):
                return source.place(places[0][0])[0]
    return None


def sentences_of(text: str, quote: str) -> list[Stretch]:
    """Return, for each place of a quotation, the stretch of the sentences that it stands in."""
    return [
        (sentence_at(text, start)[0], sentence_at(text, end - 1)[1])
        for start, end in find_words(text, quote, whole=False)
    ]


def do_meet(some: Sequence[Stretch], others: Sequence[Stretch]) -> bool:
    """Say whether any two stretches share a character."""
    return any(a < d and c < b for a, b in some for c, d in others)
