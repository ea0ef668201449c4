"""The package as a library: what ``import cablegraph`` offers, in five functions."""

from __future__ import annotations

from pathlib import Path

from cablegraph.dataset import Dataset, Result, to_rdflib
from cablegraph.pipeline import build, read
from cablegraph.records.claims import Finding
from cablegraph.validation.files import validate_file

__all__ = ["build", "query", "read", "to_rdflib", "validate"]


def validate(path: Path | str) -> list[Finding]:
    """Find everything wrong in one RDF file, sorted by place.

    Raises:
        DataError: if the file can't be read or parsed.
    """
    return validate_file(Path(path))


def query(question: str | Path, path: Path | str = "output") -> Result:
    """Answer SPARQL text, a .rq file or a canned question from a file or an output folder.

    Raises:
        DataError: if there are no data at *path*, or they can't be parsed.
        QueryError: if the question can't be understood.
    """
    return Dataset.open(path).query(question)
