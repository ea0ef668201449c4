"""Generate records of telegrams: as claims for this package, and the same as tables for mappers.

Run as ``python records.py FOLDER COUNT``; equal counts give equal files.
"""

from __future__ import annotations

import csv
import hashlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from cablegraph.records.claims import (
    Claim,
    Date,
    Evidence,
    Number,
    Party,
    Reading,
    Reference,
    Text,
    Value,
    Version,
)

_NAMES = ("marenko", "dolgov", "pertsev", "hallam", "quint", "osbert", "tarnow", "velde", "ibsley")
_MATTERS = (
    "the talks on trade",
    "the visit of the delegation",
    "the draft of the treaty",
    "the reply to the note",
    "the supply of machines",
    "the exchange of students",
)
_WORDS = ("the", "minister", "said", "that", "both", "sides", "would", "study", "it", "again")


def make_row(number: int) -> dict[str, str]:
    """Return the row of one telegram: its fields as they stand in its words."""
    chance = random.Random(number)
    sender, addressee = chance.sample(_NAMES, 2)
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1946, 1962)
    fond, opis, delo = chance.randint(1, 40), chance.randint(1, 9), chance.randint(1, 900)
    first = chance.randint(1, 200)
    row = {
        "key": f"made-{number}",
        "title": f"Telegram {number} from {sender} to {addressee} on {chance.choice(_MATTERS)}",
        "dated": f"{day}.{month}.{year}",
        "edtf": f"{year}-{month:02d}-{day:02d}",
        "sender": sender,
        "addressee": addressee,
        "number": f"{chance.randint(100, 9999)}/{chance.randint(1, 99)}",
        "archive": chance.choice(("north", "south")),
        "fond": str(fond),
        "opis": str(opis),
        "delo": str(delo),
        "first": str(first),
        "last": str(first + chance.randint(0, 4)),
    }
    row["citation"] = f"f. {fond}, op. {opis}, d. {delo}, ll. {row['first']}-{row['last']}"
    body = " ".join(chance.choices(_WORDS, k=120))
    row["text"] = (
        f"Copy. {row['title']}. Dated {row['dated']}, No {row['number']}. Sent by {sender}; "
        f"received by {addressee}. {body}. Kept as {row['citation']}, in one copy."
    )
    sha256 = hashlib.sha256(row["text"].encode()).hexdigest()
    return row | {"file": f"{row['key']}.txt", "sha256": sha256, "digest": sha256[:12],
                  "begin": "0", "length": str(len(row["text"])), "line": "1"}  # fmt: skip


def find_spans(row: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the words on which each claim rests, with their context."""
    text = row["text"]
    for claim, words, mark in (
        ("title", row["title"], "Copy. "),
        ("date", row["dated"], "Dated "),
        ("number", row["number"], "No "),
        ("sender", row["sender"], "Sent by "),
        ("addressee", row["addressee"], "received by "),
        ("reference", row["citation"], "Kept as "),
    ):
        start = text.index(mark + words) + len(mark)
        end = start + len(words)
        yield {"key": row["key"], "claim": claim, "start": str(start), "end": str(end),
               "exact": words, "before": text[max(0, start - 32) : start],
               "after": text[end : end + 32]}  # fmt: skip


def make_reading(row: dict[str, str]) -> Reading:
    """Return the same telegram as the claims of a document."""
    path = f"telegram/{row['key']}"
    words = {one["claim"]: one for one in find_spans(row)}
    persons = {role: f"person/{row[role]}" for role in ("sender", "addressee")}

    def claim(step: str, value: Value, rule: str, about: str = path) -> Claim:
        found = words.get(step)
        evidence = () if found is None else (_to_evidence(found),)
        return Claim(key=f"{path}/{step}", about=about, value=value, evidence=evidence, rule=rule)

    reference = Reference(
        archive=f"archive/{row['archive']}", written=row["citation"], fond=row["fond"],
        opis=row["opis"], delo=row["delo"], first_leaf=int(row["first"]),
        last_leaf=int(row["last"]),
    )  # fmt: skip
    version = Version("transcript", "scan-transcription", "en", 0, len(row["text"]), 1)
    claims = (
        claim("text/transcript", version, "text-version"),
        claim("title", Text("dcterms:title", row["title"], "en"), "catalogue-title"),
        claim("date", Date("sent", (row["dated"],), row["edtf"]), "closing-date"),
        claim("sender", Party("sender", persons["sender"]), "routing-sender"),
        claim("addressee", Party("addressee", persons["addressee"]), "routing-addressee"),
        claim("number", Number("outgoing-number", row["number"]), "outgoing-number"),
        claim("reference", reference, "citation-grammar", f"{path}/copy"),
    )
    return Reading(
        key=row["key"], source=row["file"], sha256=row["sha256"], claims=claims,
        texts={"transcript": row["text"]},
    )  # fmt: skip


def _to_evidence(found: dict[str, str]) -> Evidence:
    start, end = int(found["start"]), int(found["end"])
    return Evidence("transcript", start, end, 1, start + 1, found["exact"])


def write_records(folder: Path, count: int) -> None:
    """Write telegrams.csv, spans.csv and readings.jsonl."""
    rows = [make_row(number) for number in range(count)]
    _write(folder / "telegrams.csv", rows)
    _write(folder / "spans.csv", [span for row in rows for span in find_spans(row)])
    lines = (msgspec.json.encode(make_reading(row)) + b"\n" for row in rows)
    (folder / "readings.jsonl").write_bytes(b"".join(lines))


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    write_records(Path(sys.argv[1]), int(sys.argv[2]))
