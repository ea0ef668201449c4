"""Digests of what a site is made of: the files of the graph, and the package that makes it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import cablegraph
from cablegraph.resources import ontology_path

#: Libraries whose versions show in the pages.
_LIBRARIES = ("jinja2", "markupsafe", "msgspec", "pyoxigraph", "pymorphy3", "pymorphy3-dicts-ru")


def digest_file(path: Path) -> bytes:
    """Return a digest of the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def digest(parts: Iterable[bytes]) -> bytes:
    """Return a digest of bytes one after the other."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        found.update(part)
    return found.digest()


def describe_code() -> bytes:
    """Return a digest of the package with all its templates and tables, and of its libraries."""
    package = Path(cablegraph.__file__).parent
    files = [path for path in package.rglob("*") if path.suffix != ".pyc" and path.is_file()]
    files += [ontology_path("cablegraph.ttl"), *ontology_path("schemes").glob("*.ttl")]
    found = hashlib.sha256(repr((sys.version_info[:2], sys.byteorder)).encode())
    for name in _LIBRARIES:
        found.update(f"{name} {_version(name)}\n".encode())
    for path in sorted(files):
        data = path.read_bytes()
        found.update(f"{path.name} {len(data)}\n".encode() + data)
    return found.digest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
