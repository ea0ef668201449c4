"""What the making of every document depends on, told apart so that a change can be named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path

import msgspec

from cablegraph import __version__
from cablegraph.records.claims import Decision
from cablegraph.records.readers import GROUP
from cablegraph.resources import ontology_path
from cablegraph.workshop import Workshop

_PACKAGE = Path(__file__).resolve().parent.parent
#: Stages whose code and word lists decide what a document gives.
_STAGES = ("sources", "records", "authorities", "links", "extraction", "graph", "validation")


def find_components(shop: Workshop, layout: str) -> dict[str, str]:
    """Return a digest for each thing on which all documents depend, by its name.

    Shape: ``rules`` (code), ``lexicons`` (data beside it), ``readers`` (of other packages),
        ``authorities``, ``links``, ``settings``, ``shapes``, ``layout``. The ledger is not among
        them: a decision concerns one document.
    """
    settings = shop.settings
    tables = sorted(settings.authorities.glob("*.csv"))
    said = {
        "base": settings.base, "rights": settings.rights, "layout": layout,
    }  # fmt: skip
    return {
        "rules": _of_code(),
        "lexicons": _of_data(),
        "readers": _digest(point.encode() for point in sorted(map(str, entry_points(group=GROUP)))),
        "authorities": _digest(path.read_bytes() for path in tables),
        "links": _digest([settings.links.read_bytes()] if settings.links else []),
        "settings": _digest([msgspec.json.encode(said)]),
        "shapes": _of_folder(ontology_path("shapes"), ontology_path("schemes")),
    }  # fmt: skip


def join(components: Mapping[str, str]) -> str:
    """Return one digest for all of them."""
    return _digest(f"{name}={value}".encode() for name, value in sorted(components.items()))


def group_decisions(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return a digest of the ledger's rows for each document that they name."""
    rows: dict[str, list[bytes]] = {}
    for one in decisions:
        rows.setdefault(one.document, []).append(msgspec.json.encode(one))
    return {document: _digest(found) for document, found in rows.items()}


@lru_cache(maxsize=1)
def _of_code() -> str:
    paths = [path for stage in _STAGES for path in (_PACKAGE / stage).rglob("*.py")]
    paths += sorted(_PACKAGE.glob("*.py"))
    return _digest([__version__.encode(), *(path.read_bytes() for path in sorted(paths))])


@lru_cache(maxsize=1)
def _of_data() -> str:
    files = (path for stage in _STAGES for path in (_PACKAGE / stage).rglob("*"))
    data = sorted(path for path in files if path.suffix not in (".py", ".pyc") and path.is_file())
    return _digest(path.read_bytes() for path in data)


def _of_folder(*folders: Path) -> str:
    files = [path for folder in folders for path in sorted(folder.glob("*.ttl"))]
    return _digest(path.read_bytes() for path in files)


def _digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
