"""Every error this package raises on purpose, and how each prints in one line.

A bug is never caught: it keeps its traceback.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

#: Controls, ends of lines, and marks by which a terminal writes the other way round.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class CablegraphError(Exception):
    """Base of every error raised on purpose: place, class, what was found, remedy.

    >>> str(LayoutError("no title", where="a.txt:1:1", remedy="put the title under the date"))
    'a.txt:1:1: LayoutError: no title; put the title under the date'
    """

    def __init__(self, problem: str, *, where: str, remedy: str) -> None:
        self.problem, self.where, self.remedy = problem, where, remedy
        super().__init__(on_one_line(f"{where}: {type(self).__name__}: {problem}; {remedy}"))

    def __reduce__(self) -> tuple[object, ...]:
        """Let a worker process hand the error over whole."""
        return _again, (type(self), self.problem, self.where, self.remedy)


def _again(kind: type[CablegraphError], problem: str, where: str, remedy: str) -> CablegraphError:
    return kind(problem, where=where, remedy=remedy)


class SourceError(CablegraphError, ValueError):
    """A file cannot be read as text: missing, empty, binary, too large, wrong encoding."""


class DuplicateError(CablegraphError, ValueError):
    """Two files hold the same record."""


class LayoutError(CablegraphError, ValueError):
    """A file is text, but not a document of a layout that a reader knows."""


class ConfigError(CablegraphError, ValueError):
    """A cablegraph.toml is missing a value or holds one that can't be used."""


class AuthorityError(CablegraphError, ValueError):
    """A row of the authority file can't be used."""


class DecisionError(CablegraphError, ValueError):
    """A row of the editors' ledger is malformed or names what is no longer there."""


class LinkError(CablegraphError, ValueError):
    """A row of the links to other authorities, or of a table about them, can't be used."""


class QueryError(CablegraphError, ValueError):
    """A SPARQL query can't be parsed, or no canned question has that name."""


class DataError(CablegraphError, ValueError):
    """An RDF file can't be parsed."""


class TruthError(DataError):
    """A ground truth or a file of scores is missing or malformed."""


class TableError(DataError):
    """A row of a table of letters, or the mapping of its columns, can't be used as it stands."""


class OutputError(CablegraphError, OSError):
    """The output folder can't be written."""


class RequestError(CablegraphError, ValueError):
    """What a client asked of our service is malformed."""


class OversizeError(RequestError):
    """What a client asked of our service is more than it takes at once."""


class ServiceError(CablegraphError, OSError):
    """A service on the network can't be reached, or answers what it should not."""


class Faults(ExceptionGroup[CablegraphError]):
    """Everything found wrong in one run, so that one run is enough to mend it."""

    def derive(self, excs: Sequence[CablegraphError], /) -> Faults:  # type: ignore[override]
        """Keep the class when a group is split."""
        return Faults(self.message, list(excs))


def on_one_line(text: str) -> str:
    """Return a text with escapes for what would end its line, or turn or colour it.

    >>> on_one_line("new\\nline.txt")
    'new\\\\nline.txt'
    """
    return _UNFIT.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def shown(value: object, limit: int = 60) -> str:
    """Return the offending value as it stands in a message: repr, cut at *limit*.

    >>> shown("x" * 80, limit=10)
    "'xxxxxxxx…"
    """
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def lines(error: BaseException) -> Iterator[str]:
    """Yield one line for each error of a group, in order."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from lines(inner)
    else:
        yield str(error)
