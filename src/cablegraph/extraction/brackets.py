"""Type the brackets, gaps and end marks that editors, transcribers and translators set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from cablegraph.authorities.romanise import romanise, slug
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.names import Known
from cablegraph.extraction.normalisations import find_normalisations
from cablegraph.extraction.parts import Parts
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import sentence_at
from cablegraph.records.claims import Bracket, Claim, Evidence
from cablegraph.records.model import Layer

_BRACKET = re.compile(r"\[(?P<inner>[^\[\]\n]{1,300})\]")
_ROUND = re.compile(r"\((?P<inner>[^()\[\]\n]{2,60})\)")
_WORDS = {name: re.compile(regex, re.IGNORECASE) for name, regex in settings("brackets").items()}
# Two spellings of one name share more than half of their letters; two names seldom do. Tried on
# Gaeseong/Kaesong (0.80), Pak Heon-yeong/Pak Hon Yong (0.88) against Anju/Korea (0.22).
_ALIKE = 0.5
_SHORTEST = 5  # of words taken for the original's: "k" or "i" stands in any text


def find_brackets(scene: Scene) -> Iterator[Claim]:
    """Yield one mark for each intervention, typed by what it does to the text.

    Shape: gap and record delimiter point at the sign itself; identification and alternative
        form at the name with its bracket; supplied words at their sentence. What a transcript
        brings to a rule without a sign is one mark a kind.
    """
    counts: dict[str, int] = {}
    for title in scene.titles[:1]:
        yield from _of_stretch(scene, title.layer, title.start, title.end, counts)
    for parts in scene.texts:
        yield from _signs(scene, parts, counts)
        layer = parts.layer
        yield from _of_stretch(scene, layer, 0, len(layer.text), counts)
    yield from find_normalisations(scene)


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
        words = layer.evidence(min(first, match.start()), max(last, match.end()))
        yield _mark(scene, kind, inner, words, counts)
    yield from _round(scene, layer, start, end, counts)


def _round(
    scene: Scene, layer: Layer, start: int, end: int, counts: dict[str, int]
) -> Iterator[Claim]:
    """Yield the names in round brackets that say who hides behind a pseudonym.

    Shape: any other round bracket may be the author's own.
    """
    for match in _ROUND.finditer(layer.text, start, end):
        inside = next((known.entity for _, known in scene.names.find(match["inner"], "en")), "")
        if not inside.startswith("person/"):
            continue
        before = _name_before(scene, layer, match.start())
        if before and before[2]:
            words = layer.evidence(before[0], match.end())
            reading = " ".join(match["inner"].split())
            yield _mark(scene, "editorial-identification", reading, words, counts)


def _alone(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rpartition("\n")[2]
    after = text[match.end() :].partition("\n")[0]
    return not before.strip(" *") and not after.strip(" *")


def _kind(scene: Scene, layer: Layer, match: re.Match[str], inner: str) -> tuple[str, int]:
    """Return what a bracket does and where its evidence begins."""
    text, at = layer.text, match.start()
    for kind in ("sic", "gap", "footnote"):
        if _WORDS[kind].fullmatch(inner):
            return kind, at
    if text[at - 1 : at].isalpha():
        return "supplied", at
    if _is_original(scene, layer, inner):
        return "editorial-identification", at
    before = _name_before(scene, layer, at)
    inside = [known for _, known in scene.names.find(match["inner"], layer.language)] or [
        known for _, known in scene.names.find(match["inner"], "en")
    ]
    return ("supplied", at) if before is None else _of_name(text, at, inner, before, inside)


def _of_name(
    text: str, at: int, inner: str, before: tuple[int, str | None, bool], inside: list[Known]
) -> tuple[str, int]:
    """Return what a bracket after a name does: repeat the name, say who it is, or neither."""
    start, entity, pseudonym = before
    if any(known.entity == entity for known in inside) and not pseudonym:
        return "alternative-form", start
    if entity is None and not pseudonym and _is_alike(text[start:at], inner):
        return "alternative-form", start
    if inside or _WORDS["gloss"].fullmatch(inner):
        return "editorial-identification", start
    return "supplied", at


def _is_alike(name: str, inner: str) -> bool:
    one, other = (re.sub(r"\W", "", romanise(words)).lower() for words in (name, inner))
    return inner[:1].isupper() and SequenceMatcher(None, one, other).ratio() > _ALIKE


def _is_original(scene: Scene, layer: Layer, inner: str) -> bool:
    """Tell whether a bracket of a translation gives words of the original in Latin letters."""
    if layer.kind != "translation" or not inner[:1].islower() or len(inner) < _SHORTEST:
        return False
    words = f"-{slug(inner)}-" if re.search(r"\w", inner) else ""
    originals = (p.layer.text for p in scene.texts if p.layer.language == "ru")
    return bool(words) and any(words in f"-{slug(text)}-" for text in originals)


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
