"""Find where a text refers to other messages: whose, of what kind, number, date and topic.

What is said of the messages themselves is in messages.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from cablegraph.extraction.designations import (
    Dated,
    Designation,
    Numbered,
    pattern_of,
    read_day_before,
    read_designation,
)
from cablegraph.extraction.drafts import find_embedded
from cablegraph.extraction.letter_places import find_letters, lies_within
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.lines import letter_before
from cablegraph.extraction.needed import find_needed
from cablegraph.extraction.parts import Line, Parts, without_honorific
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import sentence_at
from cablegraph.records.model import Layer

_DATA = settings("messages")
# How far from the reference a verb may stand that says that the message came.
_NEAR = 60
_OPENING = '«“„"'
_CLOSED = re.compile(r"[”»\"][.,;!?]*\s*$")


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks in a passage: ``writer`` may be unknown, ``other`` is whom "you" means."""

    about: str  # path of the message that refers
    writer: str | None
    other: str | None
    quoted: bool = False  # the passage repeats a message between others


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a message in one text version; offsets are those of the layer's text."""

    layer: Layer
    speakers: Speakers
    start: int
    end: int
    sender: str
    noun: str  # telegram, letter, statement, message
    plural: bool
    written: str  # the words after the owner, as the text has them
    date: Dated | None = None
    number: Numbered | None = None
    topic: str | None = None
    received: bool = False

    @property
    def addressee(self) -> str | None:
        """To whom it went: known between the two who write to each other, never of a statement."""
        if self.noun == "statement":
            return None
        if self.sender == self.speakers.writer:
            return self.speakers.other
        return self.speakers.writer if self.sender == self.speakers.other else None


def find_references(scene: Scene) -> Iterator[Reference]:
    """Yield the references of summary and texts to other messages, in order of the file."""
    sender = next(iter(scene.agents("sender")), None)
    addressee = next(iter(scene.agents("addressee")), None)
    outer = Speakers(scene.telegram, sender, addressee)
    for field in scene.record.fields.get("summary", ()):
        yield from _in_stretch(scene, field.layer, field.start, field.end, outer)
    for parts in scene.texts:
        yield from _in_text(scene, parts, outer)


def _in_text(scene: Scene, parts: Parts, outer: Speakers) -> Iterator[Reference]:
    layer = parts.layer
    quoted: Speakers | None = None
    above = len(parts.top) + len(parts.address)
    for index, line in enumerate((*parts.top, *parts.address, *parts.body)):
        quoted = _quoted_to(scene, line, outer) or quoted
        heads = list(_at_head(scene, layer, line.start, line.end, outer))
        yield from heads
        after = max((head.end for head in heads), default=line.start)
        if index >= above and after < line.end:
            yield from _in_stretch(scene, layer, after, line.end, quoted or outer)
        quoted = None if _CLOSED.search(line.text) else quoted
    for path, embedded in find_embedded(scene, parts):
        other = first_person(scene, layer, embedded.start, embedded.lines[0].end)
        inner = Speakers(path, None, other)
        for line in embedded.lines:
            yield from _in_stretch(scene, layer, line.start, line.end, inner)


def _quoted_to(scene: Scene, line: Line, outer: Speakers) -> Speakers | None:
    """Return who speaks in a paragraph that begins a quoted message to somebody else.

    Source: a telegram that repeats another one: “Comrade Li Kenong. Your telegram of …”
    """
    before = letter_before(line)
    if (not before or before not in _OPENING) and line.text[:1] not in _OPENING:
        return None
    titled = without_honorific(line.text.lstrip(_OPENING))
    named = _name_after(scene, line.layer, line.start, line.end) if titled else None
    if named is None or named[1] == outer.other:
        return None
    return Speakers(outer.about, None, named[1], quoted=True)


def first_person(scene: Scene, layer: Layer, start: int, end: int) -> str | None:
    """Return the first person or group that a stretch of text names, or None."""
    for _, known in scene.names.find(layer.text[start:end], layer.language):
        if known.entity.startswith(("person/", "group/")):
            return known.entity
    return None


@lru_cache
def _nouns(language: str) -> str:
    return "|".join(p for forms in _DATA["nouns"][language].values() for p in forms)


@lru_cache
def _noun_letters(language: str) -> frozenset[str]:
    """Return letters of which every noun holds some."""
    return find_needed(re.compile(_nouns(language), re.IGNORECASE))


@lru_cache(maxsize=8)
def _noun_places(text: str, language: str) -> list[int] | None:
    """Return where a text has letters that a noun needs."""
    return find_letters(text, _noun_letters(language))


@lru_cache(maxsize=8)
def _number_places(text: str) -> list[int]:
    """Return where a text may have the number of a message."""
    return [found.start() for found in pattern_of("number", "one").finditer(text)]


@lru_cache(maxsize=8)
def _owner_places(text: str, language: str) -> list[int] | None:
    """Return where a text has letters that each word needs which says whose a message is."""
    return find_letters(text, _owner_letters(language))


@lru_cache
def _owner_letters(language: str) -> frozenset[str]:
    return find_needed(re.compile("|".join(_owners(language)), re.IGNORECASE))


def _owners(language: str) -> list[str]:
    kinds = (f"{language}_your", f"{language}_my", f"{language}_own")
    return [pattern for name, pattern in _DATA["owners"].items() if name in kinds]


@lru_cache
def _owned(language: str, *, named: bool) -> re.Pattern[str]:
    """Match an owner, perhaps a *named* one, with the noun or the number of what is owned."""
    owners = _owners(language)
    by_name = r"|(?:[A-Z][\w-]*\.?\s+){0,4}[A-Z][\w-]*['’]s" if language == "en" and named else ""
    day = r"(?:(?P<day>[A-Z][a-z]+\s\d{1,2}|\d{1,2}\s[A-Z][a-z]+)\s+)?" if language == "en" else ""
    number = _DATA["number"]["one"]
    return re.compile(
        rf"\b(?P<owner>(?i:{'|'.join(owners)}){by_name})\s+"
        rf"(?:(?i:{_DATA['adjectives'][language]})\s+)?{day}"
        rf"(?:(?P<noun>(?i:{_nouns(language)}))(?!\w)|(?=(?i:{number})))"
    )


@lru_cache
def _bare(language: str) -> re.Pattern[str]:
    """Match a noun before the name of the one who wrote."""
    return re.compile(
        rf"\b(?P<noun>{_nouns(language)})(?!\w){_DATA['whose'][language]}(?=\w)", re.IGNORECASE
    )


@lru_cache
def _head(language: str) -> re.Pattern[str]:
    owners = f"{_DATA['owners']['ru_your']}|{_DATA['owners']['ru_my']}"
    words = _DATA["number"][f"head_{language}"].replace("NOUNS", _nouns(language))
    words = words.replace("OWNERS", owners).replace("NUMBER", _DATA["number"]["one"])
    return re.compile(words, re.IGNORECASE)


def _in_stretch(
    scene: Scene, layer: Layer, start: int, end: int, speakers: Speakers
) -> Iterator[Reference]:
    if layer.language not in _DATA["nouns"]:
        return
    nouns = lies_within(_noun_places(layer.text, layer.language), start, end)
    if not (nouns or lies_within(_number_places(layer.text), start, end)):
        return
    stretch = layer.text[start:end]
    by_name = "'s" in stretch or "’s" in stretch
    owned = by_name or lies_within(_owner_places(layer.text, layer.language), start, end)
    found: list[tuple[re.Match[str], int, str | None]] = []
    pattern = _owned(layer.language, named=by_name)
    for match in pattern.finditer(layer.text, start, end) if owned else ():
        found.append((match, match.end(), _owner(scene, layer, match, speakers)))
    for match in _bare(layer.language).finditer(layer.text, start, end) if nouns else ():
        named = _name_after(scene, layer, match.end(), end)
        if named and all(match.start() >= m.end() or match.end() <= m.start() for m, *_ in found):
            found.append((match, named[0], named[1]))
    for match, place, sender in sorted(found, key=lambda item: item[0].start()):
        tail = read_designation(scene, layer, place, end)
        loose = "owner" not in match.groupdict()
        # "the telegram of X" without number or date may be any; "your telegram" is one.
        if sender and not (loose and not tail.numbers and not tail.date):
            yield from _made(scene, layer, match, sender, tail, speakers)


def _name_after(scene: Scene, layer: Layer, at: int, end: int) -> tuple[int, str] | None:
    """Return where the name at *at* ends and whom it names, titles of courtesy left out."""
    place = at + without_honorific(layer.text[at : min(end, at + 40)])
    place += len(layer.text[place:end]) - len(layer.text[place:end].lstrip())
    for match, known in scene.names.find(layer.text[place : place + 60], layer.language):
        if match.start == 0 and known.entity.startswith(("person/", "group/")):
            return place + match.end, known.entity
        break
    return None


def _owner(scene: Scene, layer: Layer, match: re.Match[str], speakers: Speakers) -> str | None:
    owner = match["owner"]
    if pattern_of("owners", f"{layer.language}_your").fullmatch(owner):
        return speakers.other
    if pattern_of("owners", f"{layer.language}_my").fullmatch(owner):
        return speakers.writer
    if layer.language == "ru":
        after = layer.text[match.end() : match.end() + 12]
        return speakers.other if re.match(r",?\s*вы\b", after, re.IGNORECASE) else None
    return first_person(scene, layer, match.start("owner"), match.end("owner"))


def _at_head(
    scene: Scene, layer: Layer, start: int, end: int, speakers: Speakers
) -> Iterator[Reference]:
    """Read a line that begins with the number of the message answered or carried on."""
    if layer.language not in _DATA["nouns"]:
        return
    match = _head(layer.language).match(layer.text, start, end)
    if match is None:
        return
    mine = pattern_of("owners", f"{layer.language}_my").fullmatch(match["owner"] or "")
    on = pattern_of("number", "carries_on").match(match.group())
    own = bool(mine) or (bool(on) and not match["owner"])
    sender = speakers.writer if own else speakers.other
    tail = read_designation(scene, layer, match.end(), end)
    if sender and tail.numbers:
        answers = bool(pattern_of("number", "answers").match(match.group()))
        for one in _made(scene, layer, match, sender, tail, speakers):
            yield replace(one, received=answers and not own)


def _made(
    scene: Scene,
    layer: Layer,
    match: re.Match[str],
    sender: str,
    tail: Designation,
    speakers: Speakers,
) -> Iterator[Reference]:
    noun = _noun(layer.language, match["noun"])
    start = match.start("noun") if match["noun"] else tail.numbers[0].start
    one = Reference(
        layer=layer,
        speakers=speakers,
        start=match.start(),
        end=tail.end,
        sender=sender,
        noun=noun,
        plural=_plural(layer.language, match),
        written=" ".join(layer.text[start : tail.end].split()),
        date=tail.date or read_day_before(scene, match),
        topic=tail.topic,
        received=sender == speakers.other
        and not speakers.quoted
        and _is_received(layer, match.start(), tail.end),
    )
    if not tail.numbers:
        yield one
    for number in tail.numbers:
        yield replace(one, number=number, plural=False)


def _noun(language: str, words: str | None) -> str:
    return next(
        (
            kind
            for kind, forms in _DATA["nouns"][language].items()
            if words and any(re.fullmatch(form, words, re.IGNORECASE) for form in forms)
        ),
        "telegram",
    )


def _plural(language: str, match: re.Match[str]) -> bool:
    if language == "en":
        return bool(match["noun"]) and bool(
            pattern_of("owners", "en_many").fullmatch(match["noun"])
        )
    owner = match.groupdict().get("owner")
    return bool(owner) and bool(pattern_of("owners", "ru_many").fullmatch(str(owner)))


def _is_received(layer: Layer, start: int, end: int) -> bool:
    """Tell whether the clause of a reference says that the message has come."""
    first, last = sentence_at(layer.text, start)
    before = re.split(r"[;:,]\s", layer.text[max(first, start - _NEAR) : start])[-1]
    after = re.split(r"[;:,]\s", layer.text[end : min(last, end + _NEAR)])[0]
    clause = f"{before}{layer.text[start:end]}{after}"
    if pattern_of("not_received", layer.language).search(clause):
        return False
    return bool(pattern_of("received", layer.language).search(clause))
