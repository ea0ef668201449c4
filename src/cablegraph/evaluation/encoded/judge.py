"""Read the files of a collection with the ordinary readers and rules, and judge every letter."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cablegraph.errors import CablegraphError, DuplicateError
from cablegraph.evaluation.encoded.compare import compare_letter
from cablegraph.evaluation.encoded.model import FIELDS, Letter, Place
from cablegraph.evaluation.encoded.said import Sayings
from cablegraph.evaluation.encoded.truths import read_letters, without_sides
from cablegraph.evaluation.scores import Outcome, Score, measure
from cablegraph.records.claims import Reading
from cablegraph.records.model import Record
from cablegraph.records.readers import find_files, read_documents
from cablegraph.sources.files import SourceFile, read_file
from cablegraph.workshop import Source, Workshop, read_claims

#: The fields that are judged where heads have lost their types.
_OF_HEADS = ("sender", "addressee")


@dataclass(slots=True)
class JudgedFile:
    """One file: its letters, what became of each, and what the readers made besides them."""

    path: Path
    letters: list[Letter] = field(default_factory=list)
    outcomes: dict[int, list[Outcome]] = field(default_factory=dict)  # by number of the letter
    lost: dict[int, str] = field(default_factory=dict)
    faults: list[CablegraphError] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)  # keys of documents of no letter
    documents: int = 0
    claims: Counter[str] = field(default_factory=Counter)  # by kind of value
    words: int = 0  # letters and signs that the texts have
    uncovered: int = 0  # those of the file that no text has

    @property
    def by_field(self) -> dict[str, list[Outcome]]:
        """The outcomes of every letter, by field in the order of FIELDS."""
        every = [one for found in self.outcomes.values() for one in found]
        return {name: [one for one in every if one.field == name] for name in FIELDS}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A collection judged by its own encoding."""

    files: tuple[JudgedFile, ...]

    @property
    def scores(self) -> dict[str, Score]:
        """The measures of each field that some letter tells of."""
        return {name: measure(found) for name, found in self.outcomes.items() if found}

    @property
    def outcomes(self) -> dict[str, list[Outcome]]:
        """The outcomes of every file, by field."""
        every = [one.by_field for one in self.files]
        return {name: [x for found in every for x in found[name]] for name in FIELDS}

    @property
    def faults(self) -> list[CablegraphError]:
        """Every error of a reader, in the order of the files."""
        return [fault for file in self.files for fault in file.faults]


def judge_collection(
    places: Iterable[Path],
    shop: Workshop,
    progress: Callable[[int, int, str], None] = lambda *_: None,
    *,
    untyped: bool = False,
) -> Judgement:
    """Judge every letter of which files or folders tell anything by their encoding.

    Shape: with *untyped* the heads lose the types that say who writes to whom before they are
        read, so that their wording alone is judged.
    Raises:
        SourceError: if a place does not exist, or holds no document.
    """
    paths = find_files(list(places))
    seen: set[str] = set()
    judged = []
    for done, path in enumerate(paths, 1):
        judged.append(judge_file(path, shop, seen, untyped=untyped))
        progress(done, len(paths), path.name)
    return Judgement(tuple(judged))


def judge_file(path: Path, shop: Workshop, seen: set[str], *, untyped: bool = False) -> JudgedFile:
    """Judge the letters of one file; *seen* are the keys of documents of others."""
    result = JudgedFile(path)
    try:
        file = read_file(path)
    except CablegraphError as fault:
        result.faults.append(fault)
        return result
    try:
        result.letters = read_letters(file)
    except CablegraphError:
        result.letters = []  # the reader tells what is wrong with it
    for reading in _readings(without_sides(file) if untyped else file, shop, seen, result.faults):
        _count(result, reading)
        _judge(result, Sayings(reading, shop.authorities), reading.key, untyped=untyped)
    _miss(result, untyped=untyped)
    return result


def _readings(
    file: SourceFile, shop: Workshop, seen: set[str], faults: list[CablegraphError]
) -> Iterator[Reading]:
    for record in read_documents(file):
        if isinstance(record, CablegraphError):
            faults.append(record)
        elif record.key in seen:
            faults.append(_twice(record))
        else:
            seen.add(record.key)
            yield read_claims(record, Source(file.path, str(file.path)), shop)


def _twice(record: Record) -> DuplicateError:
    span = record.layers[0].span if record.layers else None
    line, column = record.source.place(span.start) if span else (1, 1)
    return DuplicateError(
        f"a second document {record.key!r}",
        where=f"{record.source.path}:{line}:{column}",
        remedy="drop one of them, or give it an identifier of its own",
    )


def _count(result: JudgedFile, reading: Reading) -> None:
    result.documents += 1
    result.claims.update(type(claim.value).__name__ for claim in reading.claims)
    result.words += sum(len("".join(text.split())) for text in reading.texts.values())
    result.uncovered += reading.uncovered


def _judge(result: JudgedFile, says: Sayings, key: str, *, untyped: bool) -> None:
    numbers = {_find(result.letters, place) for place in says.places()} - {None}
    if not numbers and len(result.letters) == 1:
        numbers = {0}
    if not numbers:
        result.untold.append(key)
    for number in sorted(one for one in numbers if one is not None):
        result.outcomes[number] = _kept(compare_letter(result.letters[number], says), untyped)


def _find(letters: list[Letter], place: Place) -> int | None:
    """Return the number of the letter that holds a place."""
    number = bisect_right(letters, place, key=lambda letter: letter.start) - 1
    return number if number >= 0 and letters[number].holds(place) else None


def _kept(outcomes: Iterable[Outcome], untyped: bool) -> list[Outcome]:
    return [one for one in outcomes if not untyped or one.field in _OF_HEADS]


def _miss(result: JudgedFile, *, untyped: bool) -> None:
    """Count as lost every letter of which no document was made, with the reason that is told."""
    reasons = {_find(result.letters, _place(fault)): _reason(fault) for fault in result.faults}
    whole = next(iter(reasons.values()), "no reason is told")
    for number, letter in enumerate(result.letters):
        if number not in result.outcomes:
            only = len(result.letters) == 1
            result.lost[number] = whole if only else reasons.get(number, "no reason is told")
            result.outcomes[number] = _kept(compare_letter(letter, None), untyped)


def _place(fault: CablegraphError) -> Place:
    line, column = fault.where.rsplit(":", 2)[1:]
    return int(line), int(column)


def _reason(fault: CablegraphError) -> str:
    return f"{type(fault).__name__}: {fault.problem}"
