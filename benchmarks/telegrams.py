"""Telegrams of about two kilobytes, made of the running prose of an edition: no two are alike.

``.venv/bin/python benchmarks/telegrams.py TEI-FOLDER OUT COUNT [SIZE]`` writes COUNT text files, a
thousand a folder. Bodies are consecutive paragraphs of the documents of the TEI files below
TEI-FOLDER, so that every file has other sentences, names and days; head, closing and catalogue
entry have the form of transcripts in a digital archive. The same arguments give the same bytes.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from lxml import etree

SIZE = 2_000
_TEI = "{http://www.tei-c.org/ns/1.0}"
_SPACES = re.compile(r"\s+")
_PEOPLE = (
    "Arlen", "Baskov", "Corvin", "Dorling", "Estov", "Fenwick", "Garin", "Holub", "Ivarsen",
    "Jelinek", "Kovar", "Lastov", "Merrin", "Novik", "Orlen", "Pettan", "Quiller", "Rostin",
    "Stavin", "Tolman", "Urbanov", "Vasken", "Wendt", "Yarrow", "Zelin",
)  # fmt: skip
_CITIES = ("Moscow", "Beijing", "London", "Prague", "Warsaw", "Paris", "Vienna", "Delhi", "Cairo")
_FORMS = ("Telegram", "Ciphered Telegram", "Cable")
_ARCHIVES = ("AVPRF", "APRF", "RGASPI")
_TEXT = """\
{day}

{form} No. {number}, {sender} to {addressee}

Citation:

"{form} No. {number}, {sender} to {addressee}", {day}, Digital Archive, {archive}, f. {f}, \
op. {o}, d. {d}, l. {l}.

Summary:

{sender} reports to {addressee} from {city}.

Original Language:

English

Contents:

Transcript - English

{shout} No. {number}

FROM {place}

TO {upper}

{body}

{sender_upper}

No. {serial}
{closing}

Record ID

{record}
"""


def read_paragraphs(folder: Path) -> Iterator[list[str]]:
    """Yield the paragraphs of each document of the TEI files, notes and page breaks left out."""
    for path in sorted(folder.rglob("*.xml")):
        root = etree.parse(str(path)).getroot()
        for part in root.iter(f"{_TEI}div"):
            if part.get("type") != "document":
                continue
            for note in list(part.iter(f"{_TEI}note")):
                note.clear(keep_tail=True)
            texts = ("".join(map(str, p.itertext())) for p in part.iter(f"{_TEI}p"))
            yield [text for one in texts if (text := _SPACES.sub(" ", one).strip())]


def make_bodies(documents: list[list[str]], chance: random.Random, size: int) -> Iterator[str]:
    """Yield stretches of running paragraphs without end; at the end of one document the next."""
    while True:
        document = chance.randrange(len(documents))
        position = chance.randrange(max(len(documents[document]), 1))
        taken: list[str] = []
        while sum(map(len, taken)) < size:
            if position >= len(documents[document]):
                document, position = (document + 1) % len(documents), 0
                continue
            paragraph = documents[document][position]
            # A treaty of forty pages in one paragraph is no telegram.
            taken.append(
                paragraph[: 2 * size].rpartition(". ")[0] + "."
                if len(paragraph) > 2 * size
                else paragraph
            )
            position += 1
        yield "\n\n".join(taken)[: int(size * 1.2)].rpartition(". ")[0] + "."


def write_telegrams(folder: Path, out: Path, count: int, size: int = SIZE) -> int:
    """Write *count* telegrams of about *size* bytes and return the bytes written."""
    chance, total = random.Random(count), 0
    bodies = make_bodies([one for one in read_paragraphs(folder) if one], chance, size - 350)
    for number in range(count):
        day = date(1946, 1, 1) + timedelta(days=chance.randrange(6000))
        sender, addressee = chance.sample(_PEOPLE, 2)
        form, city = chance.choice(_FORMS), chance.choice(_CITIES)
        text = _TEXT.format(
            day=f"{day:%B} {day.day}, {day.year}", closing=f"{day.day} {day:%B %Y}", form=form,
            shout=form.upper(), number=chance.randrange(100, 9999), sender=sender,
            addressee=addressee, upper=addressee.upper(), sender_upper=sender.upper(), city=city,
            place=city.upper(), archive=chance.choice(_ARCHIVES), f=chance.randrange(1, 90),
            o=chance.randrange(1, 9), d=chance.randrange(1, 900), l=chance.randrange(1, 300),
            serial=chance.randrange(100, 999), body=next(bodies), record=5_000_000 + number,
        )  # fmt: skip
        place = out / f"{number // 1000:04d}"
        place.mkdir(parents=True, exist_ok=True)
        total += (place / f"t{number:07d}.txt").write_bytes(text.encode())
    return total


def main() -> None:
    """Write the telegrams that the arguments ask for, and say how large they are."""
    folder, out, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    size = int(sys.argv[4]) if len(sys.argv) > 4 else SIZE
    print(f"{write_telegrams(folder, out, count, size) / count:.0f} bytes a telegram")


if __name__ == "__main__":
    main()
