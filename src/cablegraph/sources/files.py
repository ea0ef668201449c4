"""A file as it was received: its bytes, their digest, and the text that they decode to."""

from __future__ import annotations

import hashlib
import stat
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cablegraph.errors import SourceError
from cablegraph.sources.decoding import decode
from cablegraph.spans import find_breaks

# A thousand times the longest transcript seen; what is larger is a dump, and the text, its
# cleaned form and the map between them would not fit beside each other in a small machine.
LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class SourceFile:
    """One file, read once; readers look at its bytes or at its text to see what it is."""

    path: Path
    data: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.path.name

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def text(self) -> str:
        """The decoded text, line ends as they are, without a byte order mark.

        Raises:
            SourceError: if the bytes are no text, or of an encoding that nothing makes certain.
        """
        return decode(self.data, path=str(self.path))

    @cached_property
    def breaks(self) -> list[int]:
        """The offsets at which the lines of the text begin."""
        return find_breaks(self.text)

    def where(self, offset: int) -> str:
        """Return ``path:line:column`` of an offset of the text, as errors print it."""
        line = bisect_right(self.breaks, offset)
        return f"{self.path}:{line}:{offset - self.breaks[line - 1] + 1}"


def read_file(path: Path) -> SourceFile:
    """Read the bytes of a regular file.

    Raises:
        SourceError: if it is missing, empty, too large, no regular file, or can't be opened.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise refuse(path, "a folder, not a file", remedy="name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise refuse(path, "not a regular file", remedy="name a text file")
        if status.st_size > LARGEST:
            found = f"{status.st_size} bytes, more than {LARGEST}"
            raise refuse(path, found, remedy="split it into one file a document")
        data = path.read_bytes()
    except OSError as cause:
        raise _unreadable(path, cause) from cause
    if not data:
        raise refuse(path, "an empty file", remedy="put a document in it or drop it")
    return SourceFile(path, data)


def _unreadable(path: Path, cause: OSError) -> SourceError:
    if isinstance(cause, FileNotFoundError | NotADirectoryError):
        return refuse(path, "no such file", remedy="check the path")
    if isinstance(cause, PermissionError):
        return refuse(path, "no permission to read it", remedy="change the file's permissions")
    found = cause.strerror or type(cause).__name__
    return refuse(path, f"not readable ({found})", remedy="check the path and its medium")


def refuse_folder(folder: Path, cause: OSError) -> SourceError:
    """Return the error of a folder that can't be looked into."""
    found = f"a folder that can't be read ({cause.strerror or cause})"
    return refuse(folder, found, remedy="check its permissions and its medium")


def refuse(path: Path, found: str, *, remedy: str) -> SourceError:
    """Return the error of a file that can't be used as a whole."""
    return SourceError(found, where=f"{path}:1:1", remedy=remedy)
