"""The stances of the seeds as the inventory has them, in the form in which a reader gives them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.table import read_authorities
from cablegraph.extraction.extract import set_scene
from cablegraph.extraction.lines import Line
from cablegraph.extraction.names import Names
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.model import Ground, Proviso, Target, Utterance
from cablegraph.records.read import read_document

ROOT = Path(__file__).parents[4]
FACTS: dict[str, dict[str, Any]] = {
    fact["id"]: fact
    for fact in json.loads((ROOT / "tests/acceptance/seed-inventory.json").read_text("utf-8"))[
        "facts"
    ]
}
WITNESSES = {"SCAN": "scan", "RU": "transcript", "EN": "translation"}
PUT_IN = {"M.mao-0703": "message/mao-stalin-1951-07-03"}
MAO_BEFORE = "message/mao-stalin-before-1951-06-30-1"


@cache
def seed_scene(number: str) -> Scene:
    """Return a seed made ready for the rules."""
    (path,) = (ROOT / "seeds").glob(f"{number}_*.txt")
    authorities = read_authorities(ROOT / "seeds" / "authorities")
    return set_scene(read_document(path), Names(authorities, Matcher(authorities)))


def hand_read(number: str) -> list[tuple[str, list[Utterance]]]:
    """Return the utterances of each text version of a seed, in order of the text."""
    scene = seed_scene(number)
    return [(layer, _Hand(number, scene, layer).utterances()) for layer in scene.parts]


class _Hand:
    """Takes the facts of one text version out of the inventory."""

    def __init__(self, number: str, scene: Scene, layer: str) -> None:
        self.number, self.scene, self.layer = number, scene, scene.parts[layer].layer
        self.facts = [f for name, f in FACTS.items() if name.startswith(number)]

    def utterances(self) -> list[Utterance]:
        found = [self._utterance(f) for f in self.facts if f["property"] == "cbl:Stance"]
        return sorted((one for one in found if one), key=lambda one: one.words.start)

    def _line(self, fact: dict[str, Any]) -> Line | None:
        for quote in fact["quotes"]:
            if WITNESSES.get(quote["witness"].partition("-")[2]) == self.layer.key:
                text = quote["text"].removeprefix("«")
                start = re.search(re.escape(text), self.layer.text)
                assert start, text
                return Line(self.layer, start.start(), start.end())
        return None

    def _about(self, about: str, kind: str) -> dict[str, Any]:
        return next(f for f in self.facts if f["about"] == about and f["property"] == kind)

    def _agents(self, value: str | None) -> tuple[str, ...]:
        if not value:
            return ()
        if value.startswith("signatories"):
            return ("person/kim", "person/peng")
        return (value.replace(":", "/"),)

    def _target(self, about: str) -> Target:
        fact = self._about(about, "cbl:Proposal")
        value, line = fact["value"], self._line(fact)
        assert line
        numbered = re.fullmatch(r"P\.mao0703\.(\d)(b?)", about)
        put_in = PUT_IN["M.mao-0703"] if about.startswith("P.mao0703") else None
        by = self._agents(value.get("proposedBy")) if about != "P.meet" else ()
        if about == "P.moscow-directs":
            put_in = MAO_BEFORE
        return Target(
            key=about,
            words=(line,),
            phrase="" if numbered else line.text,
            point=numbered[1] if numbered else None,
            part=(numbered[2] or None) if numbered else None,
            proposers=by,
            put_in=put_in,
            is_hypothetical=value.get("modality") == "hypothetical",
        )

    def _provisos(self, about: str | None) -> tuple[Proviso, ...]:
        if not about:
            return ()
        fact = self._about(about, "cbl:Condition")
        line, value = self._line(fact), fact["value"]
        assert line
        trigger = self._target(value["proposal"]) if "proposal" in value else None
        return (Proviso(line, value["kind"], self._agents(value.get("actor")), trigger),)

    def _grounds(self, about: str | None) -> tuple[Ground, ...]:
        if not about:
            return ()
        line = self._line(self._about(about, "cbl:Reason"))
        assert line
        within = "C001.1" if about == "R001.1" else None
        return (Ground(line, self._provisos(within)),)

    def _utterance(self, fact: dict[str, Any]) -> Utterance | None:
        value, line = fact["value"], self._line(fact)
        if line is None:
            return None
        draft = f"{self.scene.telegram}/draft/1"
        return Utterance(
            words=line,
            kind=value["kind"],
            force=value["force"],
            target=self._target(value["on"]),
            message=draft if value.get("in") else self.scene.telegram,
            speakers=self._agents(value["holder"]),
            advised=self._agents(value["advises"]),
            provisos=self._provisos(value.get("condition")),
            grounds=self._grounds(value.get("reason")),
            answers=self._target(value["answerTo"]) if value.get("answerTo") else None,
        )


def line_of(scene: Scene, layer: str, words: str) -> Line:
    """Return the one place of some words in a text version."""
    where = scene.parts[layer].layer
    start = where.text.index(words)
    return Line(where, start, start + len(words))


def said(
    scene: Scene,
    layer: str,
    words: str,
    kind: str,
    *,
    on: str | None = None,
    force: str | None = "recommend",
    **more: Any,
) -> Utterance:
    """Return a stance on what *on* names, or on a point, with words of a text version."""
    named = line_of(scene, layer, on or words)
    about = {
        name: more.pop(name) for name in ("point", "part", "proposers", "put_in") if name in more
    }
    key = more.pop("key", None) or f"{about.get('point', '')}{about.get('part', '')}{on or ''}"
    target = Target(key=key, words=(named,), phrase=on or "", **about)
    settled = {
        "message": scene.telegram,
        "speakers": ("person/stalin",),
        "advised": ("person/mao",),
    }
    return Utterance(
        words=line_of(scene, layer, words),
        kind=kind,
        force=force,
        target=target,
        **{**settled, **more},
    )
