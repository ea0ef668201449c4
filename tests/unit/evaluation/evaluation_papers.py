"""Make invented truths, texts and readings, and judge one by the other."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.respelled import Respelled
from cablegraph.authorities.table import Authorities, read_authorities
from cablegraph.config import Settings
from cablegraph.evaluation.evaluate import judge
from cablegraph.evaluation.likeness import Likeness
from cablegraph.evaluation.scores import Outcome
from cablegraph.evaluation.truth import Task, Truth
from cablegraph.links.external import read_external
from cablegraph.records.claims import Claim, Evidence, Reading, Value, Version
from cablegraph.spans import SourceText
from cablegraph.workshop import Workshop

DOCUMENT = "telegram/made-up"
HOLDING = "holding/aprf/1/2/3/4"
NOTHING: dict[str, Any] = {
    "id": "made-up", "is_telegram": False, "date": None, "numbers": [], "senders": [],
    "recipients": [], "intermediaries": [], "embedded_messages": [], "sent_from": None,
    "received_at": None, "citations": [], "original_language": None, "classification": None,
    "copies_to": [], "people_mentioned": [], "organizations_mentioned": [],
    "places_mentioned": [], "proposals": [],
}  # fmt: skip
ENTITIES = """key,type,label_en,label_ru,notation,speaks_for,note
archive/aprf,archive,Archive of the President,Архив Президента,APRF,,
archive/avprf,archive,Foreign Policy Archive,Архив внешней политики,AVP RF,,
person/anna-drozd,person,Anna Drozd,Анна Дрозд,,,
person/boris-drozd,person,Boris Drozd,Борис Дрозд,,,
person/marek,person,Ivan Marek,Иван Марек,,,
person/petr-wolf,person,Petr Wolf,Пётр Вольф,,,
place/northland,place,Northland,Северная земля,,,
place/usa,place,United States of America,США,,,
"""
NAMES = """key,form,language,kind,correct,scope,note
archive/aprf,APRF,en,abbreviation,,,
archive/avprf,AVP RF,en,abbreviation,,,
person/anna-drozd,Anna Drozd,en,common,,,
person/boris-drozd,Boris Drozd,en,common,,,
person/marek,Ivan Marek,en,common,,,
person/marek,Wolf,en,pseudonym,,,
person/petr-wolf,Petr Wolf,en,common,,,
place/northland,Northland,en,common,,,
place/usa,United States,en,common,,,
place/usa,US,en,abbreviation,,,
"""


@cache
def _authorities(folder: Path) -> Authorities:
    (folder / "entities.csv").write_text(ENTITIES, encoding="utf-8")
    (folder / "names.csv").write_text(NAMES, encoding="utf-8")
    return read_authorities(folder)


def a_workshop(folder: Path) -> Workshop:
    """Return a workshop with a small authority file, written into a folder."""
    authorities = _authorities(folder)
    settings = Settings(authorities=folder)
    matcher, respelled = Matcher(authorities), Respelled(authorities)
    external = read_external(None, folder, authorities)
    return Workshop(settings, authorities, matcher, respelled, (), "", external)


def a_likeness(folder: Path, **labels: str) -> Likeness:
    """Return a likeness; *labels* are of unlisted entities, ``person_x`` for ``person/x``."""
    shop = a_workshop(folder)
    unlisted = {key.replace("_", "/", 1): [label] for key, label in labels.items()}
    return Likeness(shop.authorities, shop.matcher, unlisted)


def a_claim(
    value: Value, words: str = "", text: str = "", about: str = DOCUMENT, **more: Any
) -> Claim:
    """Return a claim that rests on words of a text."""
    evidence: tuple[Evidence, ...] = ()
    if words:
        start = text.index(words)
        line = text.count("\n", 0, start) + 1
        evidence = (Evidence("body", start, start + len(words), line, 1, words),)
    return Claim(
        key=f"{about}/{value!r}", about=about, value=value, evidence=evidence, rule="a-rule", **more
    )


def a_reading(*claims: Claim) -> Reading:
    """Return a reading of a document that has one text version."""
    version = a_claim(Version("body", "translation", "en", 0, 9, 1))
    return Reading(
        key="made-up", source="a.txt", sha256="0" * 64, claims=(version, *claims), texts={}
    )


def a_source(text: str) -> SourceText:
    """Return a text that needed no cleaning."""
    places = range(len(text))
    return SourceText("a.txt", "a.txt", "0" * 64, text, text, places, [one + 1 for one in places])


def outcomes(
    folder: Path, reading: Reading, text: str = "No words.", **truth: Any
) -> dict[str, Outcome]:
    """Return the outcome of each field for a reading, the rest of the truth being nothing."""
    whole = msgspec.convert({**NOTHING, **truth}, Truth)
    task = Task(Path("a.txt"), whole, a_source(text))
    return {one.field: one for one in judge(task, reading, a_workshop(folder))}


def write_pair(folder: Path, name: str, text: str | None, **truth: Any) -> Path:
    """Write a truth and, where it has one, its text."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps({**NOTHING, "id": name, **truth}, indent=1), encoding="utf-8")
    if text is not None:
        path.with_suffix(".txt").write_text(text, encoding="utf-8")
    return path
