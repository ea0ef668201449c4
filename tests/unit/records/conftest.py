"""Builders of synthetic documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from cablegraph.records.model import Record
from cablegraph.records.read import read_record
from cablegraph.sources.cleaning import clean_text
from cablegraph.spans import SourceText

LINK = "<https://digitalarchive.wilsoncenter.org/document/900001>"
CITATION = '"Cable, A to B", May 4, 1953, Some Digital Archive, XYZ, f. 1, op. 2, d. 3, l. 4.'


def build_text(
    *texts: str,
    contents: Sequence[str] = ("Transcript - Russian", "Translation - English"),
    head: str = "May 4, 1953\nCable, A to B",
    language: str = "Russian",
    citation: str = f"{CITATION}\n{LINK}",
    bold: bool = False,
) -> str:
    """Return a document with a gap mark before each text; an empty part leaves its block out."""
    blocks = {
        "Citation": citation,
        "Summary": "A tells B to wait.",
        "Original Language": language,
        "Contents": "\n".join(contents),
    }
    mark = "**" if bold else ""
    parts = [f"{mark}{head}{mark}"] if head else []
    parts += [f"{mark}{label}:{mark}\n\n{value}" for label, value in blocks.items() if value]
    parts += [f"[...]\n\n{text}" for text in texts]
    return "\n\n".join(parts) + "\n"


def source_of(text: str) -> SourceText:
    """Return a text as if it had been read from a file."""
    clean = clean_text(text)
    digest = "0123456789abcdef" * 4
    return SourceText("in/a.txt", "a.txt", digest, text, clean.text, clean.origin, clean.until)


@pytest.fixture
def a_text() -> Callable[..., str]:
    """Return the builder of a document's text."""
    return build_text


@pytest.fixture
def read() -> Callable[[str], Record]:
    """Return a function that reads a text as a document."""
    return lambda text: read_record(source_of(text))
