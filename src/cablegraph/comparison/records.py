"""The records of two builds, read so that builds of different versions can be compared.

A kind of claim that only one version knows is compared as what it is: fields with values. The
typed claims of this version are records/claims.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from cablegraph.comparison.stored import Stored
from cablegraph.errors import DataError

MANIFEST = "MANIFEST.json"
Kind = TypeVar("Kind")


class Words(msgspec.Struct, frozen=True):
    """The words that a claim rests on, and where they stand in the source file.

    Units: line and column count from 1; ``file`` is filled in when the words are told.
    """

    line: int
    column: int
    quote: str
    layer: str = ""
    file: str = ""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One thing read from one document; ``value`` has its kind under ``is``."""

    key: str
    about: str
    value: dict[str, Any]
    evidence: tuple[Words, ...] = ()
    rule: str = ""
    certainty: str = ""
    status: str | None = None
    reason: str | None = None
    rivals: tuple[str, ...] = ()


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What one document gave in one build."""

    key: str
    source: str
    sha256: str
    claims: tuple[Claim, ...]
    texts: dict[str, str] = {}
    decisions: tuple[dict[str, Any], ...] = ()

    @property
    def title(self) -> str:
        """The title of the document; empty if it has none."""
        found = [c.value for c in self.claims if c.value.get("property") == "dcterms:title"]
        return str(found[0].get("text", "")) if found else ""


class Pair(NamedTuple):
    """A document in both builds; None where it is missing."""

    old: Record | None
    new: Record | None


class Versions(msgspec.Struct, frozen=True):
    """What a build was made with: digest of the authority file, version of tool and vocabulary."""

    authorities: str = ""
    tool: str = ""
    vocabulary: str = ""


class _Manifest(msgspec.Struct, frozen=True):
    versions: Versions = Versions()


class Records:
    """The folders ``records`` of two builds.

    Raises:
        DataError: if one of them is missing, or can't be read.
    """

    def __init__(self, old: Path, new: Path) -> None:
        self._sides = Stored(old / "records"), Stored(new / "records")

    def changed(self) -> list[str]:
        """Return the keys of the documents whose records differ, sorted."""
        old, new = self._sides
        return sorted(k for k in old.keys() | new.keys() if old.digest(k) != new.digest(k))

    @cached_property
    def _twins(self) -> dict[str, str]:
        """Keys of documents that one build has, by those that their files have in the other.

        Shape: only where one document of that file came and one went.
        """
        old, new = self._sides
        only = (old.keys() - new.keys(), new.keys() - old.keys())
        files = [_by_source(side, keys) for side, keys in zip(self._sides, only, strict=True)]
        pairs = [
            (files[0][name][0], files[1][name][0])
            for name in files[0].keys() & files[1].keys()
            if name and len(files[0][name]) == len(files[1][name]) == 1
        ]
        return {key: other for one, two in pairs for key, other in ((one, two), (two, one))}

    def twin(self, key: str) -> Record | None:
        """Return what the file of a document that only one build has gave in the other.

        Raises:
            DataError: if it can't be read.
        """
        if key not in self._twins:
            return None
        old, new = self.read(self._twins[key])
        return old or new

    def read(self, key: str) -> Pair:
        """Return the records of one document.

        Raises:
            DataError: if one of them can't be read.
        """
        old, new = (_read(side, key) for side in self._sides)
        return Pair(old, new)


def read_versions(output: Path) -> Versions:
    """Return what a build was made with.

    Raises:
        DataError: if it has no manifest, or that can't be read.
    """
    path = output / MANIFEST
    content = _bytes(path)
    if content is None:
        problem, remedy = "there is no manifest", "name the output folder of a build"
        raise DataError(problem, where=f"{path}:1:1", remedy=remedy)
    return _decode(content, _Manifest, path).versions


def _by_source(side: Stored, keys: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(side.source(key), []).append(key)
    return found


def _read(side: Stored, key: str) -> Record | None:
    content = side.read(key)
    return None if content is None else _decode(content, Record, side.place(key))


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as cause:
        raise _fault(path, cause.strerror or str(cause)) from cause


def _decode(content: bytes, kind: type[Kind], path: Path) -> Kind:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise _fault(path, str(cause)) from cause


def _fault(path: Path, problem: str) -> DataError:
    return DataError(problem, where=f"{path}:1:1", remedy="run the build again")
