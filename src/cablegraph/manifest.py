"""The manifest of an output folder: its files with their SHA-256, what was counted, its graph.

No clock is read: equal folders have equal manifests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from cablegraph.errors import DataError
from cablegraph.serialise.canonical import find_graph_files, hash_canonical, read_lines
from cablegraph.serialise.files import write_file

_NAME = "MANIFEST.json"


class _File(msgspec.Struct, frozen=True, rename={"size": "bytes"}):
    """A file as the manifest lists it."""

    path: str
    size: int
    sha256: str


class _Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The manifest as written; ``rdfc10_sha256`` is of the canonical document of the graph."""

    versions: dict[str, str]
    counts: dict[str, int]
    rdfc10_sha256: str | None = None
    files: list[_File]


def write_manifest(folder: Path, counts: Mapping[str, int], versions: Mapping[str, str]) -> None:
    """Write ``MANIFEST.json`` for the files that now lie under the folder.

    Shape: files sorted by their path from the folder, the manifest left out; *counts* and
        *versions* sorted by key, as given; without a graph in the folder its hash is left out.
    """
    manifest = _Manifest(
        versions=dict(sorted(versions.items())),
        counts=dict(sorted(counts.items())),
        rdfc10_sha256=hash_graph(folder),
        files=[_describe(folder, path) for path in _find_files(folder)],
    )
    _write(folder, manifest)


def add_hash(folder: Path) -> str | None:
    """Put the hash of the graph into the manifest of a folder, and return it.

    Raises:
        DataError: if the manifest or a file of the graph can't be read.
    """
    found = hash_graph(folder)
    manifest = msgspec.structs.replace(_read(folder / _NAME), rdfc10_sha256=found)
    _write(folder, manifest)
    return found


def check_manifest(folder: Path) -> list[str]:
    """Return what differs between the folder and its manifest, one line a file, sorted.

    Raises:
        DataError: if there is no manifest or it can't be read.
    """
    manifest = _read(folder / _NAME)
    listed = {file.path: file for file in manifest.files}
    present = {file.path: file for file in (_describe(folder, p) for p in _find_files(folder))}
    found = [
        f"{path}: {difference}"
        for path in sorted(listed.keys() | present.keys())
        if (difference := _compare(listed.get(path), present.get(path)))
    ]
    if manifest.rdfc10_sha256 not in (None, hash_graph(folder)):
        found.append("rdfc10_sha256: the graph has other statements than the manifest says")
    return found


def hash_graph(folder: Path) -> str | None:
    """Return the SHA-256 of the graph in its canonical form of RDFC-1.0, None without a graph.

    Shape: however the statements are divided into files, the hash is that of the dataset.
    Raises:
        DataError: if a file of the graph can't be read, or its lines are not sorted.
        ValueError: if the graph has a blank node.
    """
    return hash_canonical(read_lines(folder)) if find_graph_files(folder) else None


def _write(folder: Path, manifest: _Manifest) -> None:
    encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    write_file(folder / _NAME, [encoded, b"\n"])


def _read(path: Path) -> _Manifest:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError) as cause:
        problem = getattr(cause, "strerror", None) or str(cause)
        raise DataError(problem, where=f"{path}:1:1", remedy="run the build again") from cause


def _find_files(folder: Path) -> Iterator[Path]:
    found = [path for path in folder.rglob("*") if path.is_file() and path != folder / _NAME]
    yield from sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _describe(folder: Path, path: Path) -> _File:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return _File(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def _compare(listed: _File | None, present: _File | None) -> str:
    if listed is None:
        return "not in the manifest"
    if present is None:
        return "in the manifest, but missing"
    if listed.size != present.size:
        return f"{present.size} bytes here, {listed.size} in the manifest"
    return "" if listed.sha256 == present.sha256 else "same size, other content"
