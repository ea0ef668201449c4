"""Two sorted streams of statements, walked side by side: what is only in the one or the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Sign = Literal["+", "-"]
_TELEGRAMS = b"telegram/"
#: Steps of the path of a thing: its kind and its key; what is below are its parts.
_STEPS = 2


class Change(NamedTuple):
    """A statement that only the new build has (+), or only the old one (-)."""

    sign: Sign
    line: bytes


class Place(NamedTuple):
    """Where a statement belongs: the graph, without what all graphs begin with, and the thing.

    Shape: ``thing`` is empty in the graph of a telegram; else it is the path of the subject
        without its parts, or an IRI that has no such path.
    """

    graph: str
    thing: str = ""

    @property
    def is_telegram(self) -> bool:
        """Whether it is the graph of one document."""
        return self.graph.startswith(_TELEGRAMS.decode())


def find_changes(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Change]:
    """Yield the statements that are in one stream only, in the order of both.

    >>> [*find_changes([b"a", b"b"], [b"b", b"c"])]
    [Change(sign='-', line=b'a'), Change(sign='+', line=b'c')]
    """
    olds, news = iter(old), iter(new)
    was, now = next(olds, None), next(news, None)
    while was is not None and now is not None:
        if was == now:
            was, now = next(olds, None), next(news, None)
        elif was < now:
            yield Change("-", was)
            was = next(olds, None)
        else:
            yield Change("+", now)
            now = next(news, None)
    while was is not None:
        yield Change("-", was)
        was = next(olds, None)
    while now is not None:
        yield Change("+", now)
        now = next(news, None)


def find_place(line: bytes) -> Place:
    """Return where a statement belongs.

    >>> find_place(b'<e:/id/person/x/name/y> <e:p> "z" <e:/graph/authorities> .')
    Place(graph='authorities', thing='person/x')
    >>> find_place(b'<e:s> <e:p> <e:o> <e:/graph/telegram/a> .')
    Place(graph='telegram/a', thing='')
    """
    last = line.removesuffix(b" .").rpartition(b" ")[2]
    graph = b""
    if last.startswith(b"<") and last.endswith(b">"):
        graph = last[1:-1].rpartition(b"/graph/")[2]
    if graph.startswith(_TELEGRAMS):
        return Place(graph.decode("utf-8"))
    return Place(graph.decode("utf-8"), find_thing(line.partition(b" ")[0]).decode("utf-8"))


def find_thing(term: bytes) -> bytes:
    """Return the path of a thing without its parts, or the IRI where there is no path.

    >>> find_thing(b"<https://example.org/id/place/korea/geometry#x>")
    b'place/korea'
    """
    iri = term.strip(b"<>")
    _, found, path = iri.partition(b"/id/")
    if not found:
        return iri
    return b"/".join(path.partition(b"#")[0].split(b"/")[:_STEPS])
