"""Fictitious documents in the layout of the seeds, and what is read from them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.table import Authorities, read_authorities
from cablegraph.extraction.extract import extract, set_scene
from cablegraph.extraction.names import Names
from cablegraph.extraction.notices import find_notices
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Claim, Date, Finding, Link, Number, Party, Reading
from cablegraph.records.model import Layer, Record
from cablegraph.records.read import read_record
from cablegraph.sources.cleaning import clean_text
from cablegraph.spans import SourceText

ROOT = Path(__file__).parents[3]
RUSSIAN = "Вашу телеграмму получили. Насчет первых двух пунктов у нас нет возражений."
ENGLISH = "We received your telegram. With regard to the first two points we have no objections."
CITATION = "APRF, f. 45, op. 1, d. 339, l. 11."


@cache
def authorities() -> tuple[Authorities, Matcher]:
    """Return the authority file of the seeds and the index over it."""
    found = read_authorities(ROOT / "seeds" / "authorities")
    return found, Matcher(found)


def names() -> Names:
    """Return the names of a document that nothing is known of yet."""
    return Names(*authorities())


def a_document(
    title: str,
    *,
    scan: str = "",
    transcript: str = "",
    translation: str = "",
    date: str = "July 3, 1951",
    citation: str = CITATION,
    bold: bool = False,
) -> str:
    """Return a document in one of the two dresses, with the text versions that are given."""
    mark = "**" if bold else ""
    versions = {
        "Original Scan": scan,
        "Transcript - Russian": transcript,
        "Translation - English": translation,
    }
    labels = {
        "Citation": f'"{title}", {date}, Wilson Center Digital Archive, {citation}\n'
        "<https://digitalarchive.wilsoncenter.org/document/900001>",
        "Summary": "Instructions on the talks.",
        "Original Language": "Russian",
        "Contents": "\n".join(name for name, text in versions.items() if text),
    }
    blocks = [f"{mark}{date}{mark}\n**{title}**"]
    blocks += [f"{mark}{label}:{mark}\n\n{value}" for label, value in labels.items()]
    texts = "\n\n[...]\n\n".join(text for text in versions.values() if text)
    return "\n\n".join([*blocks, texts, "[...]" if bold else "###"]) + "\n"


def a_source(text: str) -> SourceText:
    """Return a text as if it had been read from a file."""
    clean = clean_text(text)
    digest = "0123456789abcdef" * 4
    return SourceText("in/a.txt", "a.txt", digest, text, clean.text, clean.origin, clean.until)


def a_layer(text: str, *, kind: str = "translation", language: str = "en") -> Layer:
    """Return a text version that is the whole of a source."""
    source = a_source(text)
    return Layer("translation", kind, language, source, 0, len(source.clean))  # type: ignore[arg-type]


def a_record(title: str, **parts: str) -> Record:
    """Return a document as the reader of records gives it."""
    return read_record(a_source(a_document(title, **parts)))  # type: ignore[arg-type]


def a_reading(title: str, **parts: str) -> Reading:
    """Return what is read from a document."""
    return extract(a_record(title, **parts), names())


def a_scene(title: str, **parts: str) -> Scene:
    """Return a document made ready for the rules."""
    return set_scene(a_record(title, **parts), names())


def find_parties(reading: Reading, *, copy: bool = False) -> dict[str, set[str]]:
    """Return who or what has each role of the message, or of its copy, without the folders."""
    found: dict[str, set[str]] = {}
    for role, target, claim in _roles(reading):
        if claim.about.startswith("holding/") == copy:
            found.setdefault(role, set()).add(target.rpartition("/")[2])
    return found


def _roles(reading: Reading) -> Iterator[tuple[str, str, Claim]]:
    for claim in reading.claims:
        if isinstance(claim.value, Party):
            yield claim.value.role, claim.value.agent, claim
        elif isinstance(claim.value, Link) and claim.value.role in ("destination", "origin"):
            yield claim.value.role, claim.value.target, claim


def find_senders(reading: Reading) -> list[Claim]:
    """Return the claims of senders."""
    return [c for c in reading.claims if isinstance(c.value, Party) and c.value.role == "sender"]


def find_unlisted(reading: Reading) -> dict[str, dict[str, str]]:
    """Return the entities that the authority file does not hold, with their labels."""
    return {c.key: c.value.labels for c in reading.claims if hasattr(c.value, "labels")
            and c.rule == "unlisted-name"}  # fmt: skip


def find_numbers(reading: Reading, kind: str) -> dict[str, str | None]:
    """Return the numbers of one kind as written, each with its status."""
    return {
        claim.value.written: claim.status
        for claim in reading.claims
        if isinstance(claim.value, Number)
        and claim.value.kind == kind
        and claim.about.startswith(("telegram/", "holding/"))
    }


def find_days(reading: Reading) -> dict[str, tuple[str | None, str | None]]:
    """Return the dates of each kind of the message with their status."""
    return {
        claim.value.kind: (claim.value.edtf, claim.status)
        for claim in reading.claims
        if isinstance(claim.value, Date)
    }


def findings_of(reading: Reading) -> list[Finding]:
    """Return what an editor is told of a reading."""
    return list(find_notices(reading, "in/a.txt", "https://example.org/id/"))
