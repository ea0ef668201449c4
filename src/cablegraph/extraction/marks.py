"""Read the stamps, notes and lone numbers on the copy, and to whom it has to be given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cablegraph.extraction.lines import Line
from cablegraph.extraction.marks_lines import (
    Found,
    Hints,
    Office,
    read_marks,
    read_title_marks,
)
from cablegraph.extraction.marks_offices import find_office
from cablegraph.extraction.mentions import introduce
from cablegraph.extraction.numbers import find_numbers
from cablegraph.extraction.registry import find_registry
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Certainty, Claim, Evidence, Mark, Number, Party

_SURE: tuple[Certainty, ...] = ("certain", "probable")
_SEVERAL = "several copies are cited: which one is transcribed?"


@dataclass(slots=True)
class _Borne:
    """A mark of the copy with every text version that gives it."""

    mark: Found
    evidence: list[Evidence] = field(default_factory=list)


def find_marks(scene: Scene) -> Iterator[Claim]:
    """Yield the marks of the copy in order of its text, and the offices it goes back to.

    Shape: the first version that has marks counts them: ``mark/01`` and so on. A later version
        gives more evidence of them where it repeats their words, or has as many of their kind;
        what it has beyond is counted after them. A mark within another has the number of that
        one and its own kind. Claims are about the first copy cited, as in registry.py; without
        a citation about the message.
    """
    copy = scene.holdings[0] if scene.holdings else scene.telegram
    hints = _hints(scene)
    borne: list[_Borne] = []
    offices: dict[str, list[Claim]] = {}
    for parts in scene.texts:
        found = list(read_marks(parts, hints))
        borne += _more([mark for mark in found if isinstance(mark, Found)], borne)
        for one in found:
            if isinstance(one, Office):
                _add_office(scene, one, copy, offices)
    for title in scene.titles[:1]:
        if title.form:
            titled = Line(title.layer, title.start, title.end)
            borne += _more(list(read_title_marks(titled)), borne)
    yield from _marks(scene, borne, copy)
    for claims in offices.values():
        yield from claims


def _hints(scene: Scene) -> Hints:
    """Ask numbers and registry which lines they have read."""
    recipients, numbers = set[Evidence](), set[Evidence]()
    for claim in scene.told(find_registry):
        if isinstance(claim.value, Party) and claim.value.role == "copy-recipient":
            recipients.update(claim.evidence)
        elif isinstance(claim.value, Number):
            numbers.update(claim.evidence)
    for claim in scene.told(find_numbers):
        numbers.update(claim.evidence)

    def holds(line: Line, spans: set[Evidence]) -> bool:
        place = line.evidence
        return any(
            one.layer == place.layer and place.start <= one.start and one.end <= place.end
            for one in spans
        )

    return Hints(lambda line: holds(line, recipients), lambda line: holds(line, numbers))


def _more(found: list[Found], borne: list[_Borne]) -> Iterator[_Borne]:
    """Join the marks of a version to those known; yield the ones that are new."""
    known, new = Counter(one.mark.kind for one in borne), Counter(one.kind for one in found)
    free = list(borne)
    for mark in found:
        as_many = known[mark.kind] == new[mark.kind]
        same = next((one for one in free if _is_same(one.mark, mark, as_many)), None)
        if same is None:
            yield _Borne(mark, [mark.line.evidence])
        else:
            free.remove(same)
            same.evidence.append(mark.line.evidence)


def _is_same(one: Found, other: Found, as_many: bool) -> bool:
    if one.kind != other.kind or one.inside != other.inside:
        return False
    if one.line.layer.language == other.line.layer.language:
        return one.text.casefold() == other.text.casefold()
    return as_many and one.kind != "unresolved"


def _marks(scene: Scene, borne: list[_Borne], copy: str) -> Iterator[Claim]:
    number = 0
    for one in borne:
        mark = one.mark
        number += not mark.inside
        name = f"{number:02d}-{mark.kind}" if mark.inside else f"{number:02d}"
        language = mark.line.layer.language
        yield Claim(
            key=f"{copy}/mark/{name}",
            about=copy,
            value=Mark(mark.kind, mark.text, language, mark.reading, mark.within),
            evidence=tuple(sorted(set(one.evidence))),
            rule=f"mark-{mark.kind}",
            certainty=_ceiling(scene, mark.certainty),
            status=mark.status,
            reason=mark.reason or (_SEVERAL if _lowered(scene, mark.certainty) else None),
        )


def _lowered(scene: Scene, certainty: Certainty) -> bool:
    return len(scene.holdings) > 1 and certainty in _SURE


def _ceiling(scene: Scene, certainty: Certainty) -> Certainty:
    """Return how sure it is that this copy bears what was read."""
    return "possible" if _lowered(scene, certainty) else certainty


def _add_office(scene: Scene, office: Office, copy: str, offices: dict[str, list[Claim]]) -> None:
    """Add the part of an office in the copy; two versions that name one office are one part."""
    line = office.line
    known = find_office(office.name, line.layer.language, scene.names)
    words = line.evidence
    if before := offices.get(known.entity):
        again = (*before[0].evidence, words)
        before[0] = _part(scene, copy, known.entity, again, before[0].key)
        return
    key = f"{copy}/participation/return-to-{len(offices) + 1}"
    offices[known.entity] = [
        _part(scene, copy, known.entity, (words,), key),
        *introduce(known, words),
    ]


def _part(scene: Scene, copy: str, agent: str, words: tuple[Evidence, ...], key: str) -> Claim:
    return Claim(
        key=key,
        about=copy,
        value=Party("return-to", agent),
        evidence=words,
        rule="return-to-office",
        certainty=_ceiling(scene, "probable"),
        reason=_SEVERAL if _lowered(scene, "probable") else None,
    )
