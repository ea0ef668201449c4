"""Two builds compared: their statements walked side by side, put in order by telegram, explained.

Memory holds one telegram, one run of changes and the labels of what the documents share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec

from cablegraph.comparison.causes import Inputs, Judge, find_things
from cablegraph.comparison.claims import Turn, find_turns
from cablegraph.comparison.lines import Change, Place, find_changes, find_place, find_thing
from cablegraph.comparison.model import Build, Group, Side, Told, Totals
from cablegraph.comparison.passages import find_passages
from cablegraph.comparison.records import Claim, Pair, Record, Records, read_versions
from cablegraph.comparison.runs import Runs
from cablegraph.comparison.shared import Naming, find_shared_causes
from cablegraph.comparison.wording import Labels, find_differences, tell_field, tell_value
from cablegraph.namespaces import SCHEME, expand
from cablegraph.serialise.canonical import read_lines
from cablegraph.terms import parse_literal

_LABELLED = re.compile(
    rb'<[^<>"\s]+/id/((?:person|org|group|place|archive)/[^<>"\s/#]+)> <'
    + re.escape(expand("skos:prefLabel")).encode()
    + rb'> ("[^"\\]*(?:\\.[^"\\]*)*"@[\w-]+) <[^<>"\s]+/graph/authorities> \.'
)
_LABEL, _UNLISTED = b"#prefLabel> ", f"<{SCHEME}status/unlisted> ".encode()
_HAS_PART = f"<{expand('dcterms:hasPart')}>".encode()
#: What the authority file says of an entry; anything else of it is read from documents.
_OF_ENTRIES = tuple(
    f"<{expand(name)}>".encode()
    for name in (
        "rdf:type", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:notation",
        "skos:scopeNote",
    )
)  # fmt: skip


class Comparison:
    """Two output folders.

    Raises:
        DataError: if one of them is no output folder, or can't be read.
    """

    def __init__(self, old: Path, new: Path) -> None:
        self._folders = old, new
        self._records = Records(old, new)
        self._inputs = Inputs(read_versions(old), read_versions(new))
        self.totals = Totals()
        self.old = Build(str(old), self._inputs.old)
        self.new = Build(str(new), self._inputs.new)

    def groups(self) -> Iterator[Group]:
        """Yield the telegrams that differ by key, then the things of the shared graphs by path."""
        with Runs() as changes, Runs() as named:
            self._scan(changes)
            naming = Naming(named, self._inputs)
            for place, inside in _places(changes):
                group = (
                    self._telegram(place, inside, named)
                    if place.is_telegram
                    else self._shared(place, inside, naming)
                )
                if group.added or group.removed or group.claims:
                    self.totals.count(group)
                    yield group

    def _scan(self, changes: Runs) -> None:
        """Put the changes in order, and learn what the shared graphs say of the inputs."""
        old, new = self._folders
        labels = self._inputs.labels
        entries: set[str] = set()
        unlisted = self._inputs.unlisted
        for change in find_changes(
            _learn(read_lines(old), labels[0], unlisted[0]),
            _learn(read_lines(new), labels[1], unlisted[1]),
        ):
            place = find_place(change.line)
            changes.add(_pack(place, change))
            predicate = change.line.split(b" ", 2)[1]
            if place.graph == "authorities" and predicate in _OF_ENTRIES:
                if change.line.split(b" ", 1)[0].endswith(f"/{place.thing}>".encode()):
                    entries.add(place.thing)
            elif place.graph == "dataset" and predicate != _HAS_PART:
                self._inputs.settings = True
        self._inputs.entries = entries & labels[0].keys() & labels[1].keys()
        self._inputs.entries -= unlisted[0] & unlisted[1]
        for key in self._records.changed():
            self._inputs.documents += 1
            changes.add(_pack(Place(f"telegram/{key}"), Change("+", b"")))

    def _telegram(self, place: Place, changes: Iterable[Change], named: Runs) -> Group:
        key = place.graph.removeprefix("telegram/")
        pair = self._records.read(key)
        turns = find_turns(_claims(pair.old), _claims(pair.new))
        judge = Judge(pair, self._inputs, self._records.twin(key))
        for turn in turns:
            for record in _naming(turn, judge, place):
                named.add(record)
        told: list[Told] = []
        if pair.old and pair.new:
            told.extend(find_passages(pair.old, pair.new, judge.find_text_kinds()))
        told += [self._tell(turn, pair, judge) for turn in turns if turn.change != "moved"]
        moved = [turn.sides[-1].key for turn in turns if turn.change == "moved"]
        one = pair.new or pair.old
        added, removed = _divide(changes)
        return Group(
            graph=place.graph,
            thing="",
            title=one.title if one else "",
            why=judge.find_causes(turns),
            claims=tuple(told),
            moved=tuple(moved),
            added=added,
            removed=removed,
        )

    def _shared(self, place: Place, changes: Iterable[Change], naming: Naming) -> Group:
        added, removed = _divide(changes)
        old, new = self._inputs.labels
        return Group(
            graph=place.graph,
            thing=place.thing,
            title=new.get(place.thing) or old.get(place.thing, ""),
            why=find_shared_causes(place, (*added, *removed), naming, self._inputs),
            claims=(),
            moved=(),
            added=added,
            removed=removed,
        )

    def _tell(self, turn: Turn, pair: Pair, judge: Judge) -> Told:
        old, new = (
            self._side(claim, record, labels)
            for claim, record, labels in zip(turn, pair, self._inputs.labels, strict=True)
        )
        latest = turn.sides[-1]
        differences: list[str] = []
        if turn.old and turn.new:
            labels = Labels(self._inputs.labels[1], _claims(pair.new))
            differences = find_differences(turn.old, turn.new, labels)
        return Told(
            change=turn.change,
            field=tell_field(latest),
            about=latest.about,
            old=old,
            new=new,
            differences=tuple(differences),
            why=judge.find_kinds(turn),
        )

    @staticmethod
    def _side(claim: Claim | None, record: Record | None, shared: dict[str, str]) -> Side | None:
        if claim is None or record is None:
            return None
        return Side(
            key=claim.key,
            value=tell_value(claim, Labels(shared, record.claims)),
            rule=claim.rule,
            certainty=claim.certainty,
            status=claim.status,
            words=tuple(msgspec.structs.replace(one, file=record.source) for one in claim.evidence),
        )


def have_changes(old: Path, new: Path) -> bool:
    """Whether any statement differs; reading ends at the first.

    Raises:
        DataError: if there is no graph, or it can't be read.
    """
    return next(find_changes(read_lines(old), read_lines(new)), None) is not None


def _claims(record: Record | None) -> tuple[Claim, ...]:
    return record.claims if record else ()


def _learn(lines: Iterable[bytes], labels: dict[str, str], unlisted: set[str]) -> Iterator[bytes]:
    """Hand on the lines; keep what shared things are called (in English, if at all), and which of
    them the authority file lacks.
    """
    for line in lines:
        if _UNLISTED in line:
            unlisted.add(find_thing(line.split(b" ", 1)[0]).decode("utf-8"))
        if _LABEL in line and (found := _LABELLED.fullmatch(line)):
            parts = parse_literal(found[2].decode("utf-8"))
            path = found[1].decode("utf-8")
            if parts.language == "en" or path not in labels:
                labels[path] = parts.text
        yield line


def _pack(place: Place, change: Change) -> bytes:
    """Return a change so that bytes sort telegrams first, and keep what belongs together."""
    order = "0" if place.is_telegram else "1"
    head = "\t".join((order, place.graph, place.thing)).encode()
    return b"\t".join((head, change.line, change.sign.encode()))


def _places(changes: Runs) -> Iterator[tuple[Place, list[Change]]]:
    for head, group in groupby((record.split(b"\t") for record in changes), lambda cut: cut[:3]):
        inside = [Change("+" if sign == b"+" else "-", line) for *_, line, sign in group]
        yield Place(head[1].decode(), head[2].decode()), inside


def _divide(changes: Iterable[Change]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found: dict[str, list[str]] = {"+": [], "-": []}
    for change in changes:
        if change.line:
            found[change.sign].append(change.line.decode("utf-8"))
    return tuple(found["+"]), tuple(found["-"])


def _naming(turn: Turn, judge: Judge, place: Place) -> Iterator[bytes]:
    key = place.graph.removeprefix("telegram/")
    if turn.change != "moved":
        for thing in sorted(find_things(turn)):
            for kind in judge.find_kinds(turn):
                yield f"{thing}\t{kind}\t{key}".encode()
