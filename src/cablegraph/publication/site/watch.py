"""What a page is told of the whole while it is made, remembered so that a change of it is noticed.

A page is made of its own statements, which are counted by themselves, and of answers: what a path
is called, what the shared statements say of a node, which of them lead to one. Each question is
noted where it is put, by the same call that answers it, so that none can be forgotten.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from cablegraph.publication.site.facts import Facts

#: Marks of questions: of the statements that lead to a node, of a thing's own shared lines, and of
#: anything said below a document. A path and a node stand for themselves.
LEADING, OWN, BELOW = "? ", "= ", "/ "


class Watch:
    """The questions put since the last page."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def take(self) -> set[str]:
        """Return the questions and begin anew."""
        taken, self.asked = self.asked, set()
        return taken

    @contextmanager
    def apart(self) -> Iterator[set[str]]:
        """Note the questions of a stretch of work in a set of their own."""
        outer, self.asked = self.asked, set()
        try:
            yield self.asked
        finally:
            self.asked = outer


class WatchedLabels(dict[str, str]):
    """The labels of all pages; whoever looks one up is noted."""

    def __init__(self, labels: Mapping[str, str], watch: Watch) -> None:
        super().__init__(labels)
        self.watch = watch

    def __getitem__(self, path: str) -> str:
        self.watch.asked.add(path)
        return super().__getitem__(path)

    def __contains__(self, path: object) -> bool:
        self.watch.asked.add(str(path))
        return super().__contains__(path)

    def get(self, path: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Return the label of a page."""
        self.watch.asked.add(path)
        return super().get(path, default)


class WatchedFacts(Facts):
    """The shared statements; whoever asks what they say of a node is noted."""

    def __init__(self, lines: Iterable[str], watch: Watch) -> None:
        super().__init__(lines)
        self.watch = watch

    def told(self, subject: str) -> dict[str, list[str]] | None:
        """Return what is said of a node."""
        self.watch.asked.add(subject)
        return self.said.get(subject)

    def referring(self, value: str) -> list[tuple[str, str]]:
        """Return subject and predicate of each statement with this object, sorted."""
        self.watch.asked.add(LEADING + value)
        return super().referring(value)


@lru_cache(maxsize=65_536)
def number_of(question: str) -> int:
    """Return the number that stands for a question.

    >>> number_of("person/a") == number_of("person/a") != number_of("person/b")
    True
    """
    return _digest(question)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def to_trace(asked: Iterable[str], node: str = "", path: str = "") -> bytes:
    """Return questions as numbers, sorted; those on parts of a document are one.

    Shape: *node* and *path* are those of the document; an empty one has no parts. What stands
        below it is nearly always said by itself alone, and would be most of the questions.
    """
    below = (f"{path}/", f"{node[:-1]}/") if path else ()
    found = {one for one in asked if not below or not one.startswith(below)}
    if path:
        found.add(BELOW + path)
    return array("Q", sorted(map(number_of, found))).tobytes()


def is_touched(trace: bytes, changed: set[int]) -> bool:
    """Whether any of the questions has another answer now."""
    numbers = array("Q")
    numbers.frombytes(trace)
    return not changed.isdisjoint(numbers)


def list_answers(
    base: str,
    labels: Mapping[str, str],
    documents: Iterable[str],
    shared: Facts,
    lines: Mapping[str, list[str]],
) -> dict[int, int]:
    """Return the answer to every question that has one, as a number for each.

    Shape: *lines* are the shared lines by page.
    """
    found: dict[str, list[object]] = {path: [label] for path, label in labels.items()}
    for subject, said in shared.said.items():
        found[subject] = [said]
        for predicate, values in said.items():
            for value in dict.fromkeys(values):
                found.setdefault(LEADING + value, []).append((subject, predicate))
    found.update((OWN + path, [own]) for path, own in lines.items())
    start, whole = f"<{base}id/", frozenset(documents)
    places = {path: path for path in labels}
    places.update({one: one[len(start) : -1] for one in shared.said if one.startswith(start)})
    for question, place in places.items():
        for document in _find_above(place, whole):
            found.setdefault(BELOW + document, []).append((question, found[question]))
    return {number_of(question): _digest(repr(told)) for question, told in found.items()}


def _find_above(path: str, documents: frozenset[str]) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        if path in documents:
            yield path


def pack_answers(answers: Mapping[int, int]) -> bytes:
    """Return answers as bytes.

    >>> unpack_answers(pack_answers({1: 2})) == {1: 2}
    True
    """
    return array("Q", [*answers.keys(), *answers.values()]).tobytes()


def unpack_answers(packed: bytes) -> dict[int, int]:
    """Return answers that were packed."""
    numbers = array("Q")
    numbers.frombytes(packed)
    half = len(numbers) // 2
    return dict(zip(numbers[:half], numbers[half:], strict=True))


def find_changed(old: Mapping[int, int], new: Mapping[int, int]) -> set[int]:
    """Return the questions whose answer is another, or that had or have none."""
    return {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)}
