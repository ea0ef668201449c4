"""The words of a question: found by name, kept within the data, faults shown at their place."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cablegraph.errors import QueryError, shown
from cablegraph.resources import ontology_path

_REFUSED = {"SERVICE", "LOAD", "FROM"}
_NAME = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
_UNDECLARED = re.compile(r"\bat (\d+):(\d+):.*Prefix not found", re.DOTALL)
_NEXT = re.compile(r"\s*([?$]?\w+|\S)")
_SAID_LIMIT = 120
# Whatever may hold a word without meaning it as a keyword comes first.
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n\r]*|<[^<>"{}|^`\\\x00-\x20]*>
      |\"{3}(?:\\.|(?!\"{3}).)*\"{3}|'{3}(?:\\.|(?!'{3}).)*'{3}
      |\"(?:\\.|[^"\\\n\r])*\"|'(?:\\.|[^'\\\n\r])*'
      |[?$@]\w+|[\w.-]*:[\w.:%\\-]*)|(?P<word>[^\W\d_]\w*)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A query and where it stands, for messages; it does not reach out of the data.

    Raises:
        QueryError: if it holds SERVICE, LOAD or FROM as a keyword.
    """

    text: str
    where: str = "query"  # path of its file, or the word query

    def __post_init__(self) -> None:
        for word, offset in self._words():
            if word in _REFUSED:
                line = self.text.count("\n", 0, offset) + 1
                column = offset - self.text.rfind("\n", 0, offset)
                raise QueryError(
                    f"{word} would read data from outside",
                    where=f"{self.where}:{line}:{column}",
                    remedy="use GRAPH with a graph of this dataset",
                )

    @property
    def is_ordered(self) -> bool:
        """Whether the query itself says in which order the rows come."""
        return any(word == "ORDER" for word, _ in self._words())

    def refusal(self, cause: Exception) -> QueryError:
        """Return what the query engine found wrong, with its place in the text."""
        if place := _UNDECLARED.search(str(cause)):
            where = f"{self.where}:{place[1]}:{place[2]}"
            remedy = "declare it with PREFIX"
            return QueryError("a prefix is not declared", where=where, remedy=remedy)
        if isinstance(cause, SyntaxError) and (fault := find_fault(self.text)):
            line, column = fault
            rest = _NEXT.match(self.text.split("\n")[line - 1], column - 1)
            problem = f"no query can be read on from {shown(rest[1] if rest else 'its end')}"
            where = f"{self.where}:{line}:{column}"
            return QueryError(problem, where=where, remedy="mend the query there")
        said = " ".join(str(cause).split())
        problem = said if len(said) <= _SAID_LIMIT else said[: _SAID_LIMIT - 1] + "…"
        return QueryError(problem, where=f"{self.where}:1:1", remedy="rewrite the query")

    def _words(self) -> list[tuple[str, int]]:
        found = _TOKEN.finditer(self.text)
        return [(match["word"].upper(), match.start()) for match in found if match["word"]]


def list_questions() -> list[tuple[str, str]]:
    """Return name and wording of every canned question, in order.

    Shape: the name is the file's, as ``03-numbers``; the wording is its first comment.
    """
    found = []
    for path in _find_files():
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        found.append((path.stem, first.lstrip("# ").strip()))
    return found


def read_question(question: str | Path) -> Question:
    """Return the question of that name, in that .rq file, or of those words.

    Raises:
        QueryError: if there is no such name or file, or the query reaches out of the data.
    """
    text = str(question)
    if isinstance(question, Path) or (text.endswith(".rq") and "\n" not in text):
        with suppress(OSError, UnicodeDecodeError):
            return Question(Path(text).read_text(encoding="utf-8"), text)
        problem = f"no query can be read from {shown(text)}"
        raise QueryError(problem, where="query:1:1", remedy="check the path")
    if _NAME.fullmatch(text):
        path = _find_question(text)
        return Question(path.read_text(encoding="utf-8"), str(path))
    return Question(text)


def _find_files() -> list[Path]:
    return sorted(ontology_path("questions").glob("*.rq"))


def _find_question(name: str) -> Path:
    files = _find_files()
    for path in files:
        number, _, slug = path.stem.partition("-")
        same_number = name.isdecimal() and number.isdecimal() and int(name) == int(number)
        if same_number or name in (path.stem, slug):
            return path
    raise QueryError(
        f"no canned question is named {shown(name)}",
        where="query:1:1",
        remedy=f"write SPARQL or choose one of: {', '.join(path.stem for path in files)}",
    )


def find_fault(text: str) -> tuple[int, int] | None:
    """Return line and column of the first word of a query that is out of place, or None."""
    # pyoxigraph says where its deepest attempt ended; rdflib says which word came unexpected.
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(text)
    except ParseException as fault:
        return fault.lineno, fault.column
    return None
