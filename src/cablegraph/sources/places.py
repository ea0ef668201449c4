"""Where the letters of an assembled text stand in its file, told by stretches of letters.

A document is put together from some hundred stretches, and few of its letters are ever asked for:
so each is found when it is asked for, and no table of all letters is made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias, overload

#: Where a stretch of letters begins in the text, where its first letter begins and ends in the
#: file, and by how many letters of the file the next one stands behind it: 1, or 0 where each
#: letter stands for the whole stretch of the file.
Stretch: TypeAlias = tuple[int, int, int, int]


class Places(Sequence[int]):
    """Where each letter of a text begins, or *ends*, in the file; read only.

    Shape: *stretches* are in order and the first one begins at 0; a letter belongs to the last
        one that begins at or before it.
    """

    __slots__ = ("_edge", "_firsts", "_length", "_stretches")

    def __init__(self, stretches: Sequence[Stretch], length: int, *, ends: bool = False) -> None:
        self._stretches, self._length = stretches, length
        self._firsts = [stretch[0] for stretch in stretches]
        self._edge = 2 if ends else 1

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self[one] for one in range(self._length)[index]]
        if not 0 <= index < self._length:
            index = range(self._length)[index]  # counted from the end, or outside
        stretch = self._stretches[bisect_right(self._firsts, index) - 1]
        return stretch[self._edge] + (index - stretch[0]) * stretch[3]


class Chosen(Sequence[int]):
    """The places of the letters that are left of a text, or put together; read only.

    Units: *chosen* count in *places*, from *first*.
    """

    __slots__ = ("_chosen", "_first", "_places")

    def __init__(self, places: Sequence[int], chosen: Sequence[int], first: int = 0) -> None:
        self._places, self._chosen, self._first = places, chosen, first

    def __len__(self) -> int:
        return len(self._chosen)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self._places[one - self._first] for one in self._chosen[index]]
        return self._places[self._chosen[index] - self._first]
