"""The cue lexicon: which words take which stance, read from ``data/stances.csv``.

Columns, in this order: id, language, kind, force, pattern, side, holder, negated_kind,
negated_force, note.

    id             lower-case letters, digits and hyphens; once in the file. By habit
                   language-kind-word: en-reject-decline.
    language       en or ru
    kind           a concept of scheme/stance; or one of the words of grammar below
    force          a concept of scheme/force. Empty: the row is an *action*. It takes a stance
                   only where something gives it a force: a modal in its clause ("should be
                   accepted"), the imperative ("Reject it", «Отклоните»: command) or the first
                   person ("we accept", «принимаем»: commit; refuse for an unfavourable kind).
                   Filled in: the row is a *whole* cue and needs nothing beside it.
    pattern        a phrase (see patterns.py): word stem* *end (a|b c) [optional] ~N
    side           whose proposal the words speak of: own (of those who are advised), other
                   (of the other side), any, or task (a task is given or refused). Empty: any.
                   On inform-intent "any" marks a plain future, news unless its subject speaks;
                   on accept-with-reservation, a reservation to what the sentence before grants.
    holder         voice: whose words these are takes the stance ("it is inconceivable").
                   subject: the grammatical subject takes it ("Kim agreed to"); I and we are
                   the voice. Empty: voice. An action with "voice" counts only as an order:
                   "Prepare the draft", but not "they must prepare the draft".
    negated_kind   kind when a negation stands before the cue or a negating modal governs it:
                   «не следует выдвигать» is withhold. Empty: a negated cue takes no stance.
    negated_force  force then; empty: that of the modal, else of the row.
    note           for readers of the table

Words of grammar, as kind:

    modal          gives its force to the action after it in the clause, or close before it
                   («принять можно»), and to actions joined to that one by "and". With holder =
                   subject (will, can, would) the grammatical subject takes the stance.
    modal-not      the same, and negates it: cannot, нельзя, inadvisable to, no need to
    negation       negates the cue or modal before which it stands by at most two words
    none           takes no stance and hides what it covers: "must be said", "do not fail to agree"
    contrast       turns a proposal put after a refused one into a counter-proposal: "but ~3 then"

Which cue counts where several share a word: an action with its modal takes the place of a whole
cue, unless that has all its words and more ("cannot but accept"); else the longer; else the one
that is higher in the table. Of two cues of a clause that speak of one proposal and have the same
coarse kind the first counts. Rows of each language are
tried on texts of that language only. A cue within an if-clause, a subordinate clause of reason
or a question takes no stance, but for kinds under ``directive`` in a question.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from cablegraph.errors import CablegraphError, Faults, shown
from cablegraph.extraction.stances.patterns import (
    Phrase,
    PhraseError,
    Words,
    parse_phrase,
)
from cablegraph.extraction.stances.starts import Starts
from cablegraph.resources import ontology_path

COLUMNS = (
    "id", "language", "kind", "force", "pattern", "side", "holder",
    "negated_kind", "negated_force", "note",
)  # fmt: skip
GRAMMAR = ("modal", "modal-not", "negation", "none", "contrast")
_ALLOWED = {
    "language": ("en", "ru"),
    "side": ("", "own", "other", "any", "task"),
    "holder": ("", "voice", "subject"),
}


class CueError(CablegraphError, ValueError):
    """A row of the cue lexicon can't be used."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of the lexicon."""

    id: str
    language: str
    kind: str
    force: str
    phrase: Phrase = field(repr=False)
    side: str = ""
    holder: str = ""
    negated_kind: str = ""
    negated_force: str = ""
    order: int = 0

    @property
    def is_action(self) -> bool:
        """Tell whether it needs a modal, the imperative or the first person to take a stance."""
        return self.kind not in GRAMMAR and not self.force


class Hit(NamedTuple):
    """A cue at a place: words *first* to *last* (excluded) of a sentence."""

    cue: Cue
    first: int
    last: int


class Lexicon:
    """Cues, found by their first word: those of stances, and those of grammar."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.cues = tuple(cues)
        self._parts: dict[tuple[str, bool], tuple[list[Cue], Starts]] = {}
        for part in sorted({(cue.language, cue.kind in GRAMMAR) for cue in self.cues}):
            own = [cue for cue in self.cues if (cue.language, cue.kind in GRAMMAR) == part]
            self._parts[part] = own, Starts(cue.phrase for cue in own)

    def without(self, identifier: str) -> Lexicon:
        """Return the lexicon without one row."""
        return Lexicon(cue for cue in self.cues if cue.id != identifier)

    def find(self, words: Words, language: str) -> Iterator[Hit]:
        """Yield every cue at every word, in order of place; they may overlap."""
        hits = (*self.find_stances(words, language), *self.find_grammar(words, language))
        yield from sorted(hits, key=lambda hit: (hit.first, hit.cue.order))

    def find_stances(self, words: Words, language: str) -> Iterator[Hit]:
        """Yield the cues of stances, in order of place; a text is searched for them once."""
        if (language, False) in self._parts:
            cues, starts = self._parts[language, False]
            for index, place, last in starts.find_kept(words):
                yield Hit(cues[place], index, last)

    def find_places(self, text: str, language: str) -> list[int]:
        """Return where in a text the cue of a stance begins."""
        part = self._parts.get((language, False))
        return part[1].find_places(text) if part else []

    def find_grammar(self, words: Words, language: str) -> Iterator[Hit]:
        """Yield the modals, negations and the like, in order of place."""
        if (language, True) in self._parts:
            cues, starts = self._parts[language, True]
            for index, place, last in starts.find(words):
                yield Hit(cues[place], index, last)


@lru_cache
def load_lexicon(language: str = "") -> Lexicon:
    """Return the lexicon that comes with the package, or its rows of one language alone."""
    path = resources.files("cablegraph.extraction") / "data" / "stances.csv"
    return parse_lexicon(path.read_text(encoding="utf-8"), "stances.csv", language)


def parse_lexicon(text: str, name: str, language: str = "") -> Lexicon:
    """Return the lexicon that *text* holds; *name* is that of the file, for what is reported.

    Shape: rows of another *language*, where one is given, are left unread.

    Raises:
        Faults: with a CueError for each row that can't be used.
    """
    reader = csv.reader(text.splitlines(), strict=True)
    header = tuple(next(reader, ()))
    if header != COLUMNS:
        raise CueError(
            f"the columns are {shown(','.join(header))}",
            where=f"{name}:1:1",
            remedy=f"begin the file with {','.join(COLUMNS)}",
        )
    cues: list[Cue] = []
    faults: list[CablegraphError] = []
    seen: set[str] = set()
    for row in reader:
        if not row or (language and row[1:2] != [language]):
            continue
        try:
            cues.append(_parse_row(row, len(cues), seen))
        except ValueError as error:
            where = f"{name}:{reader.line_num}:1"
            faults.append(CueError(str(error), where=where, remedy="mend or remove the row"))
    if faults:
        raise Faults("rows of the cue lexicon", faults)
    return Lexicon(cues)


def _parse_row(cells: list[str], order: int, seen: set[str]) -> Cue:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} cells where {len(COLUMNS)} are due: {shown(cells)}")
    row = {name: cell.strip() for name, cell in zip(COLUMNS, cells, strict=True)}
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["id"]) or row["id"] in seen:
        raise ValueError(f"{shown(row['id'])} is no identifier, or stands twice")
    seen.add(row["id"])
    allowed = _ALLOWED | {
        "kind": (*GRAMMAR, *_concepts("stance")),
        "negated_kind": ("", *_concepts("stance")),
        "force": ("", *_concepts("force")),
        "negated_force": ("", *_concepts("force")),
    }
    for column, values in allowed.items():
        if row[column] not in values:
            raise ValueError(f"{shown(row[column])} can't be a {column}")
    if row["kind"].startswith("modal") != bool(row["force"]) and row["kind"] in GRAMMAR:
        raise ValueError(f"{row['kind']} with the force {shown(row['force'])}")
    try:
        phrase = parse_phrase(row["pattern"])
    except PhraseError as error:
        raise ValueError(str(error)) from error
    del row["note"], row["pattern"]
    return Cue(**row, phrase=phrase, order=order)


@lru_cache
def _concepts(scheme: str) -> tuple[str, ...]:
    """Return the concepts of a scheme of the vocabulary, without loading a graph."""
    text = ontology_path("schemes", f"{scheme}.ttl").read_text(encoding="utf-8")
    return tuple(re.findall(rf"^{scheme}:([a-z-]+)\s*$", text, re.MULTILINE))


@lru_cache
def coarse_kind(kind: str) -> str:
    """Return the concept of scheme/stance-coarse into which a kind of stance folds.

    >>> coarse_kind("may-drop")
    'withhold'
    """
    text = ontology_path("schemes", "stance.ttl").read_text(encoding="utf-8")
    for entry in text.split("\n\n"):
        if entry.lstrip().startswith(f"stance:{kind}\n"):
            found = re.search(r"skos:broadMatch stance-coarse:([a-z-]+)", entry)
            return found[1] if found else kind
    return kind
