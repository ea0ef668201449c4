"""Keep numbers by words as patterns write them: whole, or with a star for an end of them."""

from __future__ import annotations


class Written:
    """Bits by written words; a word has those of every way in which it is written.

    >>> written = Written()
    >>> for place, word in enumerate(("rejected", "re*", "*ed", "accept*")):
    ...     written.add(word, 1 << place)
    >>> written.bits("rejected")
    7
    """

    def __init__(self) -> None:
        self._whole: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._endings: dict[str, int] = {}
        self._longest = self._farthest = 0  # letters of a stem, and of an ending

    def add(self, word: str, bits: int) -> None:
        """Take bits of a word, or of all that begin or end as one with a star does."""
        bare = word.strip("*")
        if word.startswith("*"):
            self._endings[bare] = self._endings.get(bare, 0) | bits
            self._farthest = max(self._farthest, len(bare))
        elif word.endswith("*"):
            self._stems[bare] = self._stems.get(bare, 0) | bits
            self._longest = max(self._longest, len(bare))
        else:
            self._whole[word] = self._whole.get(word, 0) | bits

    def bits(self, word: str) -> int:
        """Return the bits of a word."""
        size = len(word)
        found = self._whole.get(word, 0)
        for length in range(min(size, self._longest) + 1):
            found |= self._stems.get(word[:length], 0)
        for length in range(min(size, self._farthest) + 1):
            found |= self._endings.get(word[size - length :], 0)
        return found
