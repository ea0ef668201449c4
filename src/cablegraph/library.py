"""The package as a library: what ``import cablegraph`` offers, in six functions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cablegraph.config import find_config
from cablegraph.dataset import Dataset, Result, to_rdflib
from cablegraph.errors import CablegraphError, Faults
from cablegraph.pipeline import build, read
from cablegraph.records.claims import Finding, Reading
from cablegraph.records.readers import read_documents
from cablegraph.sources.files import read_file
from cablegraph.validation.files import validate_file
from cablegraph.workshop import Source, open_workshop, read_claims

__all__ = ["build", "query", "read", "read_all", "to_rdflib", "validate"]


def read_all(path: Path | str, *, config: Path | None = None) -> Iterator[Reading]:
    """Read every document of one file into its claims; nothing is written.

    Shape: the documents come in the order of the file, each as soon as it is read.
    Raises:
        SourceError: if the file can't be read.
        Faults: after the last document, if some could not be read: an error for each of these.
    """
    path = Path(path)
    shop, source = open_workshop(config or find_config([path])), Source(path, str(path))
    faults: list[CablegraphError] = []
    for record in read_documents(read_file(path)):
        if isinstance(record, CablegraphError):
            faults.append(record)
        else:
            yield read_claims(record, source, shop)
    if faults:
        raise Faults(f"documents of {path} that could not be read", faults)


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
