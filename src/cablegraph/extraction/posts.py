"""Find posts with the body they command, who holds them, and where two versions differ on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cablegraph.extraction.lexicon import table
from cablegraph.extraction.needed import find_needed, fold_case, holds_any
from cablegraph.extraction.parts import Parts, without_honorific
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Bracket, Claim, Evidence, Position
from cablegraph.records.model import Layer

# Between post and body: "of the", «войсками».
_BETWEEN = re.compile(
    r"\s+(?:of\s+)?(?:the\s+)?(?:войсками\s+|силами\s+|troops\s+of\s+(?:the\s+)?)?"
)
_ARTICLE = re.compile(r"\bthe\s$", re.IGNORECASE)
_RANK = re.compile(r"(?:\s+troops|\s+forces|\s+command)?,?(?:\s+|\s*\n\s*)")


_Row = dict[str, str]


@cache
def _posts(language: str) -> tuple[tuple[frozenset[str], _Row, re.Pattern[str]], ...]:
    """Return the posts of a language, each after the letters that it needs, with its pattern."""
    found = []
    for row in table("posts"):
        if row["language"] == language:
            pattern = re.compile(rf"(?<!\w){row['pattern']}(?!\w)", re.IGNORECASE)
            found.append((find_needed(pattern), row, pattern))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PostMention:
    """A post of a body, named in a text; offsets are those of the layer's text."""

    layer: Layer
    post: str
    holder: str  # person, or body where the words name an institution
    start: int
    end: int
    body: str
    person: str | None
    label: str

    @property
    def evidence(self) -> Evidence:
        """Point at post and body, and at the holder where the name follows."""
        return self.layer.evidence(self.start, self.end)


def find_posts(scene: Scene) -> Iterator[Claim]:
    """Yield the posts of persons, and the places where a translation changes a post.

    Shape: who is named right after a post holds it wherever the document names that post of
        that body again.
    """
    mentions = [m for parts in scene.texts for m in _in_version(scene, parts)]
    holders = {m.body: m.person for m in reversed(mentions) if m.person}
    for body, person in sorted(holders.items()):
        of_body = [m for m in mentions if m.body == body and m.holder == "person"]
        named = [m for m in of_body if m.person == person]
        labels: dict[str, str] = {}
        for mention in (*named, *of_body):
            labels.setdefault(mention.layer.language, mention.label)
        key = f"{body.rpartition('/')[2]}"
        yield Claim(
            key=f"{person}/position/{key}",
            about=person,
            value=Position(key, labels, body),
            evidence=tuple(sorted({m.evidence for m in of_body})),
            rule="post-before-name",
        )
    yield from _shifts(scene, mentions)


def _in_version(scene: Scene, parts: Parts) -> Iterator[PostMention]:
    layer = parts.layer
    folded = fold_case(layer.text)
    found = [
        (match.start(), match.end(), row)
        for needed, row, pattern in _posts(layer.language)
        if holds_any(folded, needed)
        for match in pattern.finditer(layer.text)
    ]
    if not found:
        return
    names = [(m.start, m.end, k.entity) for m, k in scene.names.find(layer.text, layer.language)]
    for start, end, row in sorted(found, key=lambda item: item[:2]):
        gap = _BETWEEN.match(layer.text, end)
        at = gap.end() if gap else end
        body = next((n for n in names if n[0] == at and n[2].startswith("org/")), None)
        if body is None:
            continue
        stop, person = _holder(layer, body[1], names) if row["holder"] == "person" else (0, None)
        article = _ARTICLE.search(layer.text[max(0, start - 6) : start])
        yield PostMention(
            layer=layer,
            post=row["post"],
            holder=row["holder"],
            start=start - (len(article.group()) if article else 0),
            end=stop if person else body[1],
            body=body[2],
            person=person,
            label=_label(layer, row, at, body[1], end),
        )


def _label(layer: Layer, row: dict[str, str], at: int, stop: int, end: int) -> str:
    between = " ".join(layer.text[end:at].split())
    return " ".join(f"{row['label']} {between} {' '.join(layer.text[at:stop].split())}".split())


def _holder(layer: Layer, at: int, names: list[tuple[int, int, str]]) -> tuple[int, str | None]:
    """Return where the holder's name ends and who it is, where it follows the post at once."""
    gap = _RANK.match(layer.text, at)
    if gap is None:
        return at, None
    start = gap.end()
    start += without_honorific(layer.text[start : start + 40])
    start += len(layer.text[start:]) - len(layer.text[start:].lstrip())
    for first, last, entity in names:
        if first == start and entity.startswith("person/"):
            stop = last + 1 if layer.text[last : last + 1] == "." else last
            return stop, entity
    return at, None


def _shifts(scene: Scene, mentions: list[PostMention]) -> Iterator[Claim]:
    """Compare, body by body, the posts of the original with those of each translation in order."""
    originals = [m for m in mentions if m.layer.kind != "translation"]
    first = originals[0].layer.key if originals else None
    translations = sorted({m.layer.key for m in mentions if m.layer.kind == "translation"})
    for key in translations:
        count = 0
        for body in sorted({m.body for m in mentions}):
            ours = [m for m in originals if m.body == body and m.layer.key == first]
            theirs = [m for m in mentions if m.body == body and m.layer.key == key]
            for one, other in zip(ours, theirs, strict=False):
                if one.post != other.post and len(ours) == len(theirs):
                    count += 1
                    yield Claim(
                        key=f"{scene.telegram}/editorial/translation-shift-{key}-{count}",
                        about=scene.telegram,
                        value=Bracket("translation-shift"),
                        evidence=(one.evidence, other.evidence),
                        rule="post-changed-in-translation",
                        certainty="probable",
                        reason=f"{one.post} in the original, {other.post} in the translation",
                    )
