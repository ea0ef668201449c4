"""Documents that a URL names: which of its files are some, and how they are read.

A file is read from a copy in a folder of its own, with what it takes with it: a table of letters
has its mapping and its texts beside it there, and every reader finds a path as usual.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from cablegraph.config import NAME
from cablegraph.errors import CablegraphError, SourceError
from cablegraph.partitions.buckets import Unit
from cablegraph.records.model import Record
from cablegraph.records.readers import find_suffixes, read_documents
from cablegraph.records.tabular.finding import LetterTables
from cablegraph.records.tabular.opened import ENDINGS, mapping_path
from cablegraph.sources.files import read_file
from cablegraph.sources.remote import (
    Entry,
    Remote,
    Seen,
    conceal,
    is_read_at_once,
    is_there,
    list_remote,
    read_remote,
)
from cablegraph.sources.text import MADE, is_candidate, is_folder, is_named

#: Files that are asked for at a time where a driver can; fsspec itself asks for as many as 128.
_AT_ONCE = 16


def walk_remote(source: Remote, name: str) -> Iterator[tuple[str, str, Seen | SourceError]]:
    """Yield URL, name in the output and stamp of each document, in order of the URLs.

    Shape: what is wrong with a file is given in place of its stamp.
    Raises:
        SourceError: if the source can't be listed, or holds no document.
    """
    entries = list_remote(source)
    if len(entries) == 1 and not entries[0].inside:
        url, _, alone = entries[0]
        yield url, name, _with(alone, (one.seen for one in _companions(url).values()))
        return
    listing = _Listing({one.inside: one for one in entries})
    none = True
    for entry, seen in listing.documents():
        none = False
        yield entry.url, f"{name}/{entry.inside}", seen
    if none:
        what = "*.txt, *.xml, or a table with its mapping"
        remedy = "put documents in it or name another folder"
        raise _refuse(str(source), f"a folder without any document ({what})", remedy)


def _refuse(url: str, found: str, remedy: str) -> SourceError:
    return SourceError(conceal(found), where=f"{conceal(url)}:1:1", remedy=remedy)


class _Listing:
    """The files below a source, by their paths from there."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self._entries = entries
        self._made = {inside[: -len(MADE)] for inside in entries if inside.endswith(f"/{MADE}")}
        self._endings = find_suffixes()

    def documents(self) -> Iterator[tuple[Entry, Seen | SourceError]]:
        """Yield the documents as ``find_documents`` knows them, with stamps or what is wrong."""
        likely = [one for one in self._entries.values() if self._is_searched(one.inside)]
        tables = {one.inside: one for one in likely if one.inside.lower().endswith(ENDINGS)}
        found = {inside: self._see_table(one) for inside, one in tables.items()}
        joined = {url for _, urls in found.values() for url in urls}
        for entry in likely:
            if entry.inside in tables:
                seen, _ = found[entry.inside]
                if seen is not None:
                    yield entry, seen
            elif entry.url not in joined and self._is_document(entry):
                yield entry, self._see(entry)

    def _is_searched(self, inside: str) -> bool:
        *folders, name = inside.split("/")
        if not (is_candidate(name) and all(map(is_folder, folders))):
            return False
        return not any(inside.startswith(made) for made in self._made)

    def _is_document(self, entry: Entry) -> bool:
        return is_named(Path(entry.inside), self._endings)

    def _see(self, entry: Entry) -> Seen | SourceError:
        try:
            entry.url.encode()
        except UnicodeEncodeError:
            shown = entry.url.encode("utf-8", "backslashreplace").decode()
            return _refuse(shown, "its name is not in UTF-8", "rename the file")
        if self._has_mapping(entry) and not entry.inside.lower().endswith(ENDINGS):
            remedy = "let its name end as that of a table, .csv or .tsv"
            return _refuse(entry.url, "a table, by its mapping, of another ending", remedy)
        return entry.seen

    def _see_table(self, entry: Entry) -> tuple[Seen | SourceError | None, list[str]]:
        """Return the stamp of a table of letters and the texts it joins; None if it is none."""
        if isinstance(seen := self._see(entry), SourceError):
            return seen, []
        try:
            companions = _companions(entry.url) if self._has_mapping(entry) else {}
            if not companions:
                with TemporaryDirectory() as folder:
                    path = Path(folder, PurePosixPath(entry.inside).name)
                    path.write_bytes(read_remote(entry.url, seen.size))
                    return (seen if LetterTables().is_table(path) else None), []
        except SourceError as fault:
            return fault, []
        texts = [one.url for one in companions.values()]
        return _with(seen, (one.seen for one in companions.values())), texts

    def _has_mapping(self, entry: Entry) -> bool:
        path = PurePosixPath(entry.inside).with_suffix(".toml")
        return path.name != NAME and str(path) in self._entries


def _with(seen: Seen, others: Iterable[Seen]) -> Seen:
    """Return the stamp of a file and of what it takes with it."""
    every = [seen, *others]
    stamp = "|".join(one.stamp for one in every)
    return Seen(seen.size, stamp, max(one.latest for one in every))


def _companions(url: str) -> dict[str, Entry]:
    """Return the files on which the reading of one depends besides itself, by their paths from it.

    Raises:
        SourceError: if one can't be read, or lies outside the folder of the file.
    """
    table = Remote.of(url)
    name = table.names[-1] if table.names else ""
    if not name.lower().endswith(ENDINGS):
        return {}
    mapping = mapping_path(Path(name)).name
    place = table.beside(mapping)
    if not is_there(str(place)):
        return {}
    (entry,) = list_remote(place)
    found = {mapping: entry}
    with TemporaryDirectory() as folder:
        Path(folder, mapping).write_bytes(read_remote(str(place)))
        texts = LetterTables().texts_of(Path(folder, name))
        if texts is None:
            return found
        inside = texts.relative_to(folder) if texts.is_relative_to(folder) else Path("..")
    if ".." in inside.parts or not inside.parts:
        remedy = "put the texts into a folder beside the table"
        raise _refuse(str(place), "texts that do not lie below the table of a URL", remedy)
    below = table.beside(inside.as_posix())
    for one in list_remote(below) if is_there(str(below)) else ():
        if one.inside.endswith(".txt"):
            found[f"{inside.as_posix()}/{one.inside}"] = one
    return found


def digests(rows: Iterable[tuple[str, int]]) -> list[str]:
    """Return the digests of files with what they take with them, each read once, in order."""
    files = list(rows)
    if not files or not is_read_at_once(files[0][0]):
        return [_digest(*file) for file in files]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda file: _digest(*file), files))


def _digest(url: str, size: int) -> str:
    """Return a digest as of local files; a stroke if it can't be read."""
    try:
        found = [hashlib.sha256(read_remote(url, size)).hexdigest()]
        for one in _companions(url).values():
            found.append(hashlib.sha256(read_remote(one.url, one.seen.size)).hexdigest())
    except SourceError:
        return "-"
    return found[0] if len(found) == 1 else hashlib.sha256("".join(found).encode()).hexdigest()


def read_unit(unit: Unit) -> Iterator[Record | CablegraphError]:
    """Yield the documents of a file that a URL names; places of errors are in URLs too."""
    with TemporaryDirectory(prefix="cablegraph-") as folder:
        path = Path(folder, Remote.of(unit.path).names[-1])
        try:
            _copy(unit, path)
        except CablegraphError as fault:
            yield fault
            return
        try:
            file = read_file(path)
        except CablegraphError as fault:
            yield _placed(fault, path, unit.path)
            return
        for item in read_documents(file):
            yield _placed(item, path, unit.path) if isinstance(item, CablegraphError) else item


def _copy(unit: Unit, path: Path) -> None:
    """Copy a file, and beside it what it takes with it.

    Raises:
        SourceError: if one of them can't be read.
    """
    companions = _companions(unit.path)
    sha256 = "" if companions or unit.sha256 == "-" else unit.sha256
    path.write_bytes(read_remote(unit.path, unit.size, sha256))
    for inside, one in companions.items():
        copy = path.parent / inside
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(read_remote(one.url, one.seen.size))


def _placed(error: CablegraphError, path: Path, url: str) -> CablegraphError:
    """Return an error of a copy with the places of the files that were copied."""
    file, copies = Remote.of(url), f"{path.parent}/"

    def say(words: str) -> str:
        return conceal(words.replace(str(path), url).replace(copies, str(file.beside(""))))

    where = error.where
    if where.startswith(copies):
        inside, *place = where[len(copies) :].rsplit(":", 2)
        where = ":".join([url if inside == path.name else str(file.beside(inside)), *place])
    return type(error)(say(error.problem), where=say(where), remedy=say(error.remedy))
