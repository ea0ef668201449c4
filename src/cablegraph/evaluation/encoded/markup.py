"""Read XML into elements with line and column, apart from the reader that is judged.

It knows neither document types nor entities of their own: a file that declares one is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from cablegraph.errors import SourceError
from cablegraph.evaluation.encoded.model import Place


@dataclass(slots=True)
class Element:
    """An element by its local name, its attributes by theirs; ``content`` is text and elements."""

    name: str
    attributes: dict[str, str]
    start: Place
    end: Place = (0, 0)
    content: list[str | Element] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        """The elements in it, without the text between them."""
        return [one for one in self.content if isinstance(one, Element)]

    @property
    def text(self) -> str:
        """All words in it, on one line."""
        return " ".join("".join(self._strings()).split())

    def _strings(self) -> Iterator[str]:
        for one in self.content:
            if isinstance(one, str):
                yield one
            else:
                yield from [" "] if one.name == "lb" else one._strings()

    def get(self, *names: str) -> str:
        """Return the first of several attributes that is there, else nothing."""
        return next((value for name in names if (value := self.attributes.get(name, ""))), "")

    def walk(self, *without: str) -> Iterator[Element]:
        """Yield every element below, in order, but none of or within those named."""
        for one in self.children:
            if one.name not in without:
                yield one
                yield from one.walk(*without)

    def find(self, *names: str) -> Iterator[Element]:
        """Yield the elements below that have one of the names."""
        return (one for one in self.walk() if one.name in names)

    def first(self, *path: str) -> Element | None:
        """Return the first element below along a path of names."""
        found: Element | None = self
        for name in path:
            found = next(found.find(name), None) if found is not None else None
        return found


def read_elements(data: bytes, path: Path) -> Element:
    """Return the root of a document.

    Raises:
        SourceError: if it is not well-formed, or declares entities.
    """
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except (expat.ExpatError, _EntityError) as cause:
        line = getattr(cause, "lineno", builder.parser.CurrentLineNumber)
        column = getattr(cause, "offset", builder.parser.CurrentColumnNumber) + 1
        raise SourceError(
            f"not well-formed ({cause})",
            where=f"{path}:{line}:{column}",
            remedy="mend the markup there",
        ) from cause
    return builder.root


class _EntityError(Exception):
    """A document declares entities."""


class _Builder:
    """Puts elements together while the parser goes through a file."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.EntityDeclHandler = self._refuse
        self.root = Element("", {}, (1, 1))
        self._open = [self.root]

    def _place(self) -> Place:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition("}")[2], plain, self._place())
        self._open[-1].content.append(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop().end = self._place()

    def _words(self, words: str) -> None:
        self._open[-1].content.append(words)

    def _refuse(self, *_: object) -> None:
        raise _EntityError("entities of its own")
