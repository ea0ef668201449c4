"""Type the brackets, gaps and end marks that editors, transcribers and translators set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.extraction.parts import Parts
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import sentence_at
from cablegraph.records.claims import Bracket, Claim, Evidence
from cablegraph.records.model import Layer

_BRACKET = re.compile(r"\[(?P<inner>[^\[\]\n]{1,200})\]")


def find_brackets(scene: Scene) -> Iterator[Claim]:
    """Yield one mark for each intervention, typed by what it does to the text.

    Shape: gap and record delimiter point at the sign itself; identification and alternative
        form at the name with its bracket; supplied words at their sentence.
    """
    counts: dict[str, int] = {}
    for title in scene.titles[:1]:
        yield from _of_stretch(scene, title.layer, title.start, title.end, counts)
    for parts in scene.texts:
        yield from _signs(scene, parts, counts)
        layer = parts.layer
        yield from _of_stretch(scene, layer, 0, len(layer.text), counts)


def _signs(scene: Scene, parts: Parts, counts: dict[str, int]) -> Iterator[Claim]:
    for line in parts.markers:
        kind = "record-delimiter" if line.text[0] in "#*" else "gap"
        yield _mark(scene, kind, None, line.evidence, counts)


def _of_stretch(
    scene: Scene, layer: Layer, start: int, end: int, counts: dict[str, int]
) -> Iterator[Claim]:
    for match in _BRACKET.finditer(layer.text, start, end):
        inner = " ".join(match["inner"].split())
        if inner.strip(".… ") == "":
            if not _alone(layer.text, match):
                words = layer.evidence(match.start(), match.end())
                yield _mark(scene, "gap", None, words, counts)
            continue
        kind, first = _kind(scene, layer, match, inner)
        last = match.end()
        if kind == "supplied":
            first, last = sentence_at(layer.text, match.start())
        yield _mark(scene, kind, inner, layer.evidence(first, last), counts)


def _alone(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rpartition("\n")[2]
    after = text[match.end() :].partition("\n")[0]
    return not before.strip(" *") and not after.strip(" *")


def _kind(scene: Scene, layer: Layer, match: re.Match[str], inner: str) -> tuple[str, int]:
    """Return what a bracket does and where its evidence begins."""
    text, at = layer.text, match.start()
    if inner.lower() in ("sic", "так", "так в документе", "!"):
        return "sic", at
    if inner.isdigit() or re.fullmatch(r"[*x]+/?", inner):
        return "footnote", at
    if text[at - 1 : at].isalpha():
        return "supplied", at
    before = _name_before(scene, layer, at)
    inside = [known for _, known in scene.names.find(match["inner"], layer.language)] or [
        known for _, known in scene.names.find(match["inner"], "en")
    ]
    if before is None:
        return "supplied", at
    start, entity, pseudonym = before
    if any(known.entity == entity for known in inside) and not pseudonym:
        return "alternative-form", start
    if entity is None and not inside and not re.match(r"[A-ZА-ЯЁ]", inner):
        return "supplied", at
    if inside and not all(known.entity.startswith("place/") for known in inside):
        return "editorial-identification", start
    if inside or re.fullmatch(r"[A-ZА-ЯЁ][\w'’-]+(?:[ -][A-ZА-ЯЁ][\w'’-]+){0,2}\??", inner):
        kind = "alternative-form" if inside and entity is None else "editorial-identification"
        return kind, start
    return "supplied", at


def _name_before(scene: Scene, layer: Layer, at: int) -> tuple[int, str | None, bool] | None:
    """Return where the name before a bracket begins, whom it names, and if by a pseudonym."""
    window = max(0, at - 60)
    before = layer.text[window:at].rstrip()
    for match, known in scene.names.find(before, layer.language):
        if match.end == len(before):
            kind = known.form.kind if known.form else ""
            return window + match.start, known.entity, kind == "pseudonym"
    capital = re.search(r"(?:[A-ZА-ЯЁ][\w'’-]*[ ])*[A-ZА-ЯЁ][\w'’-]+$", before)
    return (window + capital.start(), None, False) if capital else None


def _mark(
    scene: Scene, kind: str, reading: str | None, words: Evidence, counts: dict[str, int]
) -> Claim:
    counts[kind] = counts.get(kind, 0) + 1
    return Claim(
        key=f"{scene.telegram}/editorial/{kind}-{counts[kind]}",
        about=scene.telegram,
        value=Bracket(kind, reading),
        evidence=(words,),
        rule=kind if kind.startswith("editorial") else f"editorial-{kind}",
    )
