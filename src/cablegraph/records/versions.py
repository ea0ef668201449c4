"""Tell which text version each text of a document is: by the list of contents, then by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from cablegraph.records.contents import Item
from cablegraph.records.languages import UNKNOWN, is_written_in
from cablegraph.records.model import VersionKind
from cablegraph.records.segments import Segment

# What a reading of the list costs; the cheapest is taken, the first of equal ones. Only their
# order matters: a scan is often not transcribed; a gap inside a text is rarer; then comes a text
# named but left out, a text not named, and last a text in a script that its language has not.
_NO_SCAN, _GAP, _LEFT_OUT, _UNNAMED, _OTHER_TONGUE, _IMPOSSIBLE = 1, 2, 5, 6, 4, 20
_FEWEST_MARKS = 2
# More versions than any record lists; past them a list of contents is none.
_MOST_ITEMS = 50

_KINDS: dict[str, VersionKind] = {
    "scan": "scan-transcription",
    "transcript": "normalised-transcript",
    "translation": "translation",
}


@dataclass(frozen=True, slots=True)
class Version:
    """A text version: one segment, or several with gaps between them."""

    kind: VersionKind
    language: str
    start: int
    end: int


class Group(NamedTuple):
    """The segments of one version; ``item`` is what the list of contents calls it, if it does."""

    item: Item | None
    segments: tuple[Segment, ...]

    @property
    def language(self) -> str:
        """The language of its first words."""
        return self.segments[0].language


class _Reading(NamedTuple):
    """One way to read the segments so far: the last of them, and the reading before it.

    ``item`` is the index of the one whose version the segment is part of, None where the list has
    none; ``joined`` says whether it goes on with the version of the segment before.
    """

    cost: int
    last: int  # index of the last item used, -1 for none
    item: int | None = None
    segment: Segment | None = None
    joined: bool = False
    before: _Reading | None = None


def find_versions(
    segments: Sequence[Segment],
    items: Sequence[Item],
    originals: Sequence[str],
    *,
    edition: bool = False,
) -> list[Version]:
    """Return the text versions that *segments* make up, in order.

    The list of contents is followed as far as languages and order allow; texts of one language
    are joined over a gap when it names fewer, unless they repeat each other. In an *edition* a
    text in English is a translation where nothing says what the original is in.
    """
    named = [_complete(item, originals) for item in items[:_MOST_ITEMS]]
    groups = _match(segments, named, originals) if named else _join_unnamed(segments)
    return [
        Version(
            kind=_KINDS[group.item.kind]
            if group.item
            else _classify(i, groups, originals, edition=edition),
            language=_language(group),
            start=group.segments[0].start,
            end=group.segments[-1].end,
        )
        for i, group in enumerate(groups)
    ]


def _complete(item: Item, originals: Sequence[str]) -> Item:
    """Give an item without a language the one it is bound to have, where there is one."""
    if item.language:
        return item
    if item.kind != "translation" and len(originals) == 1:
        return replace(item, language=originals[0])
    if item.kind == "translation" and originals and "en" not in originals:
        return replace(item, language="en")
    return item


def _match(
    segments: Sequence[Segment], items: Sequence[Item], originals: Sequence[str]
) -> list[Group]:
    """Return the cheapest reading of the segments by the items, both in their order."""
    readings = [_Reading(0, -1)]
    for segment in segments:
        best: dict[tuple[int, int | None], _Reading] = {}
        for before in readings:
            for reading in _go_on(before, segment, items, originals):
                state = reading.last, reading.item
                if state not in best or reading.cost < best[state].cost:
                    best[state] = reading
        readings = list(best.values())
    return _unroll(min(readings, key=lambda r: r.cost + _left_out(items[r.last + 1 :])), items)


def _go_on(
    before: _Reading, segment: Segment, items: Sequence[Item], originals: Sequence[str]
) -> Iterator[_Reading]:
    """Yield every way to read one segment more."""
    cost, last = before.cost, before.last
    if before.segment is not None:
        gap = _GAP if _may_join(before.segment, segment) else _IMPOSSIBLE
        yield _Reading(cost + gap, last, before.item, segment, True, before)
    for i in range(last + 1, len(items)):
        more = _left_out(items[last + 1 : i]) + _misfit(items[i], segment, originals)
        yield _Reading(cost + more, i, i, segment, False, before)
    yield _Reading(cost + _UNNAMED, last, None, segment, False, before)


def _unroll(reading: _Reading | None, items: Sequence[Item]) -> list[Group]:
    groups: list[Group] = []
    segments: list[Segment] = []
    while reading is not None and reading.segment is not None:
        segments.append(reading.segment)
        if not reading.joined:
            item = None if reading.item is None else items[reading.item]
            groups.append(Group(item, tuple(reversed(segments))))
            segments = []
        reading = reading.before
    return groups[::-1]


def _left_out(items: Sequence[Item]) -> int:
    return sum(_NO_SCAN if item.kind == "scan" else _LEFT_OUT for item in items)


def _misfit(item: Item, segment: Segment, originals: Sequence[str]) -> int:
    """Say how badly the language of a segment fits what the list says."""
    allowed = [item.language] if item.language else originals
    if item.language is None and item.kind == "translation":
        return _OTHER_TONGUE if segment.language in originals else 0
    if not allowed or UNKNOWN in (*allowed, segment.language) or segment.language in allowed:
        return 0
    possible = any(is_written_in(tag, segment.script) for tag in allowed)
    return _OTHER_TONGUE if possible else _IMPOSSIBLE


def _may_join(before: Segment, after: Segment) -> bool:
    return before.language == after.language and not before.repeats(after)


def _join_unnamed(segments: Sequence[Segment]) -> list[Group]:
    """Group the segments of a document without a list of contents.

    A text with registry marks before one without is the scan, not the first part of a text.
    """
    groups: list[list[Segment]] = []
    for segment in segments:
        before = groups[-1][-1] if groups else None
        if (
            before is None
            or not _may_join(before, segment)
            or (_is_registered(before) and not _is_registered(segment))
        ):
            groups.append([])
        groups[-1].append(segment)
    return [Group(None, tuple(group)) for group in groups]


def _classify(
    index: int, groups: Sequence[Group], originals: Sequence[str], *, edition: bool
) -> VersionKind:
    """Tell what an unnamed version is from its language, its marks and the versions after it."""
    group, language = groups[index], groups[index].language
    if originals:
        is_foreign = language not in originals
    else:
        is_foreign = language == "en" and (
            edition or any(other.language != "en" for other in groups)
        )
    if is_foreign:
        return "translation"
    later = [other for other in groups[index + 1 :] if other.language == language]
    first = group.segments[0]
    if later and (_is_registered(first) or first.repeats(later[0].segments[0])):
        return "scan-transcription"
    return "normalised-transcript"


@cache
def _marks() -> tuple[re.Pattern[str], ...]:
    rows = files(__package__).joinpath("registry-marks.txt").read_text("utf-8").splitlines()
    return tuple(re.compile(row, re.IGNORECASE) for row in rows)


def _is_registered(segment: Segment) -> bool:
    return sum(bool(mark.search(segment.text)) for mark in _marks()) >= _FEWEST_MARKS


def _language(group: Group) -> str:
    """Return what the list says, unless the script belies it; else what the words look like."""
    named = group.item.language if group.item else None
    if named and named != UNKNOWN and is_written_in(named, group.segments[0].script):
        return named
    return group.language
