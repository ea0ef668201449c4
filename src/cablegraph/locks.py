"""Keep two processes from one file: the lock goes with the process that has it."""

from __future__ import annotations

from typing import Protocol


class Opened(Protocol):
    """An open file of the system."""

    def fileno(self) -> int:
        """Return its number."""


def take_lock(file: Opened) -> bool:
    """Lock an open file for this process; False if another one has it.

    Shape: True where the system has no such locks, so that two at once are the user's care.
    """
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
