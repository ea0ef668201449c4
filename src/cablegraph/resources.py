"""Where the vocabulary and the default authority files are found.

An installed wheel carries both inside the package; a checkout has them beside ``src``.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_REPOSITORY = _PACKAGE.parent.parent


def _folder(packaged: str, *checkout: str) -> Path:
    inside = _PACKAGE / packaged
    return inside if inside.is_dir() else _REPOSITORY.joinpath(*checkout)


def ontology_path(*parts: str) -> Path:
    """Return the path of a file or folder of the vocabulary.

    >>> ontology_path("shapes", "core.ttl").name
    'core.ttl'
    """
    return _folder("_ontology", "ontology").joinpath(*parts)


def authorities_path() -> Path:
    """Return the folder of the authority files that come with the package."""
    return _folder("_authorities", "seeds", "authorities")
