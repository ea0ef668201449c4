"""How many queries each client has under way, so that none takes every place for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Clients:
    """The queries that run or wait, counted by the address of the client; *most* for each.

    >>> clients = Clients(1)
    >>> with clients.admit("a") as first, clients.admit("a") as second, clients.admit("b") as third:
    ...     first, second, third
    (True, False, True)
    >>> with clients.admit("a") as later:
    ...     later
    True
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: Counter[str] = Counter()

    @contextmanager
    def admit(self, address: str) -> Iterator[bool]:
        """Count a query while it is under way; give False if its client has as many as it may."""
        if self._asked[address] >= self._most:
            yield False
            return
        self._asked[address] += 1
        try:
            yield True
        finally:
            self._asked[address] -= 1
            if not self._asked[address]:
                del self._asked[address]
