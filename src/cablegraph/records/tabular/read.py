"""Read a table of letters: a record a letter, and an error for each row that does not fit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from cablegraph.errors import CablegraphError, TableError, shown
from cablegraph.records.draft import Draft, make_key
from cablegraph.records.languages import UNKNOWN, find_tag, guess_language
from cablegraph.records.model import Layer, Record
from cablegraph.records.tabular.entry import Entry
from cablegraph.records.tabular.facts import state_facts
from cablegraph.records.tabular.joined import Texts
from cablegraph.records.tabular.opened import ENDINGS, Table, find_mapping, open_table
from cablegraph.records.tabular.plan import Column
from cablegraph.sources.cells import Cell, Flaw, Row
from cablegraph.sources.files import SourceFile
from cablegraph.sources.workbook import is_workbook

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LETTERS = re.compile(r"[^\W\d_]{2}")
# Languages of catalogues whose little words tell them apart; the first where none does.
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "ru")


def read_table(file: SourceFile) -> Iterator[Record | CablegraphError] | None:
    """Read a table of letters; None where the file is no table.

    Shape: a table is known by its ending, by the mapping beside it, or as a workbook.
    Raises:
        CablegraphError: if the table or its mapping can't be read, or there is no mapping.
    """
    ending = file.path.suffix.lower()
    mapping = find_mapping(file.path)
    if mapping is None and ending not in ENDINGS and not is_workbook(file):
        return None
    if ending == ".xlsx" and not is_workbook(file):
        return None
    table = open_table(file, mapping)
    if table is None:
        raise TableError(
            "a table whose columns are not known",
            where=f"{file.path}:1:1",
            remedy=f"name them in {file.path.stem}.toml: cablegraph init --from proposes it",
        )
    return _Reader(table).read()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A letter that has been read: its id, the digest of its cells, its first row."""

    id: str
    digest: str
    row: int


@dataclass(slots=True)
class _Reader:
    table: Table
    texts: Texts | None = None
    language: str | None = None
    _stem: str = ""
    _seen: dict[str, _Seen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        options, path = self.table.plan.options, self.table.file.path
        if options.texts is not None:
            self.texts = Texts(path.parent / options.texts, path)
        self.language = options.language or _guess(self.table.sample)
        self._stem = make_key(path.stem)

    def read(self) -> Iterator[Record | CablegraphError]:
        """Yield the letters in order, and each error where it stands."""
        yield from self.table.faults
        for rows in self._letters():
            if isinstance(rows, Flaw):
                yield self._error(rows)
            else:
                yield from self._read(rows)
        if self.texts:
            yield from self.texts.unnamed()

    def _error(self, flaw: Flaw) -> TableError:
        return TableError(flaw.found, where=self._where(flaw.at), remedy=flaw.remedy)

    def _where(self, at: int) -> str:
        return self.table.file.where(at)

    def _letters(self) -> Iterator[list[Row] | Flaw]:
        """Yield the rows of each letter; flaws of the table come where they stand."""
        how, rows = self.table.plan.options.rows, self._fitting()
        if how == "several":
            yield from self._gathered(rows)
            return
        letter: list[Row] = []
        for row in rows:
            if isinstance(row, Flaw):
                yield row
            elif letter and how == "records" and not self._id(row):
                letter.append(row)
            else:
                if letter:
                    yield letter
                letter = [row]
        if letter:
            yield letter

    def _gathered(self, rows: Iterable[Row | Flaw]) -> Iterator[list[Row] | Flaw]:
        letters: dict[str, list[Row]] = {}
        for row in rows:
            if isinstance(row, Flaw):
                yield row
            else:
                letters.setdefault(self._id(row) or f"\0{row.number}", []).append(row)
        yield from letters.values()

    def _fitting(self) -> Iterator[Row | Flaw]:
        """Yield the rows, and before a row of another width than the table has what is amiss."""
        width = self.table.plan.width
        for row in self.table.rows:
            if isinstance(row, Row):
                count = len(row.cells)
                over = [cell for cell in row.cells[width:] if cell.text.strip()]
                if over or (count < width and not self.table.ragged):
                    found = f"row {row.number} has {count} cells, the table {width} columns"
                    at = over[0].start if over else row.start
                    yield Flaw(at, found, "see whether a quotation mark or a delimiter is amiss")
            yield row

    def _id(self, row: Row) -> str:
        """Return what names a letter; the columns of an id in several are all needed for it."""
        for column in self.table.plan.of("id"):
            cells = [row.cells[at].text for at in column.at if at < len(row.cells)]
            words = [" ".join(text.split()) for text in cells if text and not text.isspace()]
            return " ".join(words[:1] if column.use.first else words)
        return ""

    def _read(self, rows: list[Row]) -> Iterator[Record | CablegraphError]:
        flaws: list[Flaw] = []
        key = self._key(rows, flaws)
        yield from map(self._error, flaws)
        if key is None:
            return
        entry = Entry(Draft(self.table.file, key), self.table.plan, rows, self.table.file.text)
        entry.draft.begin("catalogue", "catalogue-entry", self.language)
        written = self.table.plan.of("transcript")
        entry.put_cells(frozenset(at for column in written for at in column.at))
        state_facts(entry, self.table.file.path.stem)
        for fact in entry.merged_facts():
            entry.draft.state(fact)
        language = self._language(rows)
        texts = self._put_texts(entry, rows, written, language)
        record = entry.draft.record()
        joined, faults = self._join(rows, texts, language)
        if record.stated or record.fields or texts or joined:
            yield replace(record, layers=(*record.layers, *joined)) if joined else record
        else:
            remedy = "take it out, or see whether the mapping names the right columns"
            yield self._error(Flaw(rows[0].start, f"row {rows[0].number} states nothing", remedy))
        yield from (self._error(flaw) for flaw in entry.flaws)
        yield from faults

    def _key(self, rows: Sequence[Row], flaws: list[Flaw]) -> str | None:
        """Return the key of a letter, by its id or by its cells; None for one that was there.

        Shape: a letter that has the id of another one has its cells told in its key, and a flaw.
        """
        row, words = rows[0], self._id(rows[0])
        cells = "\n".join(["\t".join([cell.text for cell in row.cells]) for row in rows])
        digest = hashlib.sha256(cells.encode()).hexdigest()[:12]
        key = f"{self._stem}-{make_key(words)}" if words else f"{self._stem}-row-{digest}"
        seen = _Seen(words, digest, row.number)
        known = self._seen.setdefault(key, seen)
        if known is seen:
            return key
        key = f"{key}-{digest}"
        again = known if known.digest == digest else self._seen.setdefault(key, seen)
        if again is not seen:
            found = f"row {row.number} repeats row {again.row} and is left out"
            flaws.append(Flaw(row.start, found, "take it out"))
            return None
        if known.id == words:
            remedy = 'say rows = "several" under [table] if both are one letter, else mend the id'
            found = f"row {row.number} has the id {shown(words)} of row {known.row}"
            flaws.append(Flaw(row.start, found, remedy))
        return key

    def _language(self, rows: list[Row]) -> str | None:
        """Return the language that a letter's cells say it is in."""
        columns = self.table.plan.of("transcript-language")
        named = (one for one in self.table.plan.of("mark") if one.target.value == "language")
        for column in chain(columns, named):
            for cell in _filled(rows, column):
                words = cell.text.strip()
                if tag := find_tag(words) or (words if _TAG.fullmatch(words) else None):
                    return tag
        return None

    def _put_texts(
        self, entry: Entry, rows: list[Row], columns: Iterable[Column], language: str | None
    ) -> int:
        count = 0
        for column in columns:
            for cell in _filled(rows, column):
                count += 1
                key = "transcript" if count == 1 else f"transcript-{count}"
                entry.draft.begin(key, "normalised-transcript", language)
                entry.put_text(cell)
        return count

    def _join(
        self, rows: list[Row], count: int, language: str | None
    ) -> tuple[list[Layer], list[CablegraphError]]:
        """Return the transcripts of other files that the rows name, and what is wrong with some."""
        layers: list[Layer] = []
        faults: list[CablegraphError] = []
        if self.texts is None:
            return layers, faults
        columns = self.table.plan.of("transcript-file") or self.table.plan.of("id")[:1]
        cells = {cell.text.strip(): cell for one in columns for cell in _filled(rows, one)}
        for name, cell in cells.items():
            number = count + len(layers) + 1
            key = "transcript" if number == 1 else f"transcript-{number}"
            try:
                layers.append(self.texts.join(name, key, language, self._where(cell.start)))
            except CablegraphError as fault:
                faults.append(fault)
        return layers, faults


def _filled(rows: Iterable[Row], column: Column) -> Iterator[Cell]:
    for row in rows:
        cells = [row.cells[at] for at in column.at if at < len(row.cells)]
        filled = [cell for cell in cells if cell.text.strip()]
        yield from filled[:1] if column.use.first else filled


def _guess(rows: Iterable[Row]) -> str | None:
    """Guess the language of a table from the cells that hold words."""
    words = [
        cell.text
        for row in rows
        for cell in row.cells
        if _LETTERS.search(cell.text) and "://" not in cell.text
    ]
    language = guess_language("\n".join(words), _LANGUAGES)
    return None if language == UNKNOWN else language
