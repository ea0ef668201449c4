"""Places of a corpus that could not be looked into: what was built of their files stays.

A server that is away for a night, a share that is not mounted, a folder that may not be read: none
of them says that its documents are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cablegraph.errors import SourceError
from cablegraph.sources.remote import Remote


@dataclass(slots=True)
class _Place:
    """A place, what is wrong with it, and how many of its files are known from before."""

    covers: Callable[[str], bool]
    fault: SourceError
    known: int = 0


@dataclass(slots=True)
class Unseen:
    """The places that could not be looked into, in the order in which they were met."""

    places: list[_Place] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.places)

    def add_folder(self, place: str, fault: SourceError) -> None:
        """Enter a file of this machine, or a folder with all that is below it."""
        below = f"{place.rstrip('/')}/"
        self.places.append(_Place(lambda path: path == place or path.startswith(below), fault))

    def add_source(self, source: Remote, fault: SourceError) -> None:
        """Enter what a URL names."""
        self.places.append(_Place(source.concealed.covers, fault))

    def add_file(self, url: str, fault: SourceError) -> None:
        """Enter one file of a listing."""
        self.places.append(_Place(lambda path: path == url, fault))

    def covers(self, path: str) -> bool:
        """Tell whether a file, as it was listed before, lies in one of the places."""
        return any(one.covers(path) for one in self.places)

    def keeps(self, path: str) -> bool:
        """Tell the same of a file that the listing now lacks, and count it."""
        for one in self.places:
            if one.covers(path):
                one.known += 1
                return True
        return False

    def faults(self) -> Iterator[SourceError]:
        """Yield what is wrong with each place, and how many files stay as they were built."""
        for one in self.places:
            if not one.known:
                yield one.fault
                continue
            files = "1 file stays" if one.known == 1 else f"{one.known:,} files stay"
            problem = f"{one.fault.problem}: {files} as built before"
            yield SourceError(problem, where=one.fault.where, remedy=one.fault.remedy)
