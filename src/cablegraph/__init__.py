"""Read archival transcripts of diplomatic messages; publish them as evidenced linked data.

``read``, ``read_all``, ``build``, ``validate``, ``query`` and ``to_rdflib`` are here for programs;
each is loaded when it is first asked for, so that ``import cablegraph`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cablegraph.library import build, query, read, read_all, to_rdflib, validate

__version__ = "0.1.0"
__all__ = ["read", "read_all", "build", "validate", "query", "to_rdflib", "__version__"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cablegraph import library

    return getattr(library, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
