"""What the making of every document depends on, told apart so that a change can be named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, requires, version
from importlib.util import find_spec
from pathlib import Path

import msgspec

from cablegraph import __version__
from cablegraph.config import Settings
from cablegraph.records.claims import Decision
from cablegraph.resources import ontology_path

_PACKAGE = Path(__file__).resolve().parent.parent
#: Stages whose code and word lists decide what a document gives.
_STAGES = (
    "sources", "records", "authorities", "links", "extraction", "graph", "validation",
)  # fmt: skip
#: Those that decide only how it is written.
_WRITERS = ("serialise", "partitions")
#: What changes the files of a part, though not what was read.
WRITING = ("forms", "writers", "layout", "comparisons")
_GROUP = "cablegraph.readers"
_NAME = re.compile(r"[\w.-]+")


def find_components(
    settings: Settings, layout: str, *, validator: str = "auto", forms: Iterable[str] = ()
) -> dict[str, str]:
    """Return a digest for each thing on which all documents depend, by its name.

    Shape: ``rules`` (code), ``lexicons`` (data beside it), ``libraries`` (versions), ``readers``
        (of other packages), ``authorities``, ``links``, ``settings``, ``shapes``, ``validator``
        and those of WRITING, of which ``comparisons`` are the corpus rules. The ledger is not
        among them: a decision concerns one document.
    """
    tables = sorted(settings.authorities.glob("*.csv"))
    names = [_shown(settings.authorities), _shown(settings.decisions), _shown(settings.links)]
    return {
        "rules": _of_code(_STAGES),
        "lexicons": _of_data(_STAGES),
        "libraries": _of_libraries(),
        "readers": _digest(_of_readers()),
        "authorities": _digest(path.read_bytes() for path in tables),
        "links": _digest([settings.links.read_bytes()] if settings.links else []),
        "settings": _digest([msgspec.json.encode([settings.base, settings.rights, names])]),
        "shapes": _of_folder(ontology_path("shapes"), ontology_path("schemes")),
        "comparisons": _of_folder(ontology_path("rules"), ontology_path("rules", "meetings")),
        "validator": validator,
        "forms": ",".join(sorted(set(forms))),
        "writers": _of_code(_WRITERS),
        "layout": layout,
    }


def describe_corpus(settings: Settings) -> dict[str, str]:
    """Return digests, by name, of what parts that belong to no document depend on, beside the rest.

    Shape: ``collection settings``, as title and licence, and ``vocabulary``.
    """
    left = ("authorities", "decisions", "links")  # of these the content counts, not the place
    said = [getattr(settings, one.name) for one in fields(settings) if one.name not in left]
    vocabulary = _of_folder(ontology_path(), ontology_path("schemes"))
    context = ontology_path("context.jsonld").read_bytes()
    return {
        "collection settings": _digest([msgspec.json.encode(said)]),
        "vocabulary": _digest([__version__.encode(), vocabulary.encode(), context]),
    }


def join(components: Mapping[str, str], *, without: Iterable[str] = ()) -> str:
    """Return one digest for all of them, or for all but some."""
    left = sorted(components.keys() - set(without))
    return _digest(f"{name}={components[name]}".encode() for name in left)


def group_decisions(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return a digest of the ledger's rows for each document that they name."""
    rows: dict[str, list[bytes]] = {}
    for one in decisions:
        rows.setdefault(one.document, []).append(msgspec.json.encode(one))
    return {document: _digest(found) for document, found in rows.items()}


def _shown(path: Path | None) -> str:
    return f"{path.parent.name}/{path.name}" if path else ""


def _of_readers() -> Iterator[bytes]:
    """Yield what each reader is: its name, and of another package version and code."""
    for point in sorted(entry_points(group=_GROUP), key=str):
        yield str(point).encode()
        if not point.value.startswith("cablegraph."):
            yield (point.dist.version if point.dist else "").encode()
            yield _code_of(point)


def _code_of(point: EntryPoint) -> bytes:
    try:
        spec = find_spec(point.module)
    except ImportError:
        return b""
    place = Path(spec.origin) if spec and spec.origin else None
    return place.read_bytes() if place and place.is_file() else b""


@lru_cache(maxsize=1)
def _of_libraries() -> str:
    """Return a digest of the versions of the libraries that are installed."""
    try:
        needed = requires("cablegraph") or []
    except PackageNotFoundError:
        needed = []
    always = [line for line in needed if "extra ==" not in line]
    names = {found[0] for line in always if (found := _NAME.match(line))} | {"shacl"}
    return _digest(f"{name} {_version(name)}".encode() for name in sorted(names))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@lru_cache(maxsize=4)
def _of_code(stages: Iterable[str]) -> str:
    paths = [path for stage in stages for path in (_PACKAGE / stage).rglob("*.py")]
    if stages == _STAGES:
        paths += _PACKAGE.glob("*.py")
    return _digest([__version__.encode(), *(path.read_bytes() for path in sorted(paths))])


@lru_cache(maxsize=4)
def _of_data(stages: Iterable[str]) -> str:
    files = (path for stage in stages for path in (_PACKAGE / stage).rglob("*"))
    data = sorted(path for path in files if path.suffix not in (".py", ".pyc") and path.is_file())
    return _digest(path.read_bytes() for path in data)


def _of_folder(*folders: Path) -> str:
    files = [
        path
        for folder in folders
        for form in ("*.ttl", "*.rq")
        for path in sorted(folder.glob(form))
    ]
    return _digest(path.read_bytes() for path in files)


def _digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
