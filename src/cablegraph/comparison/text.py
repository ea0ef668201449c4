"""A comparison in words: what became of each claim, on which words it rests, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cablegraph.comparison.compare import Comparison
from cablegraph.comparison.model import Build, Cause, Group, Side, Told
from cablegraph.comparison.records import Words
from cablegraph.serialise.turtle import Names
from cablegraph.terms import parse_line

_MARKS = {"added": "+", "removed": "-", "changed": "~"}
#: Characters of a value or of words that are shown; what is cut is marked.
_LONGEST = 100
_BEFORE = 30  # characters before the first that differs
_FEW = 3  # places of words
_SOME = 12  # statements, unless all are asked for
_DIGITS = 8


def to_lines(comparison: Comparison, *, statements: bool = False) -> Iterator[str]:
    """Yield the lines of the report, each telegram as soon as it is compared.

    Shape: *statements* lists every statement, else few where claims do not say it.
    """
    yield f"--- {_tell_build(comparison.old)}"
    yield f"+++ {_tell_build(comparison.new)}"
    for group in comparison.groups():
        yield ""
        yield from _group(group, statements=statements)
    yield ""
    yield _summary(comparison)


def shorten(text: str, other: str = "") -> str:
    """Return a text on one line, cut to what differs from another.

    >>> shorten("a" * 200 + "b", "a" * 200 + "c")
    '…aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'
    """
    text, other = " ".join(text.split()), " ".join(other.split())
    if len(text) <= _LONGEST:
        return text
    pairs = enumerate(zip(text, other, strict=False))
    same = next((at for at, (here, there) in pairs if here != there), min(len(text), len(other)))
    start = max(0, same - _BEFORE) if other else 0
    end = start + _LONGEST
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _tell_build(build: Build) -> str:
    made = build.versions
    return f"{build.output} (cablegraph {made.tool}, authority file {made.authorities[:_DIGITS]})"


def _group(group: Group, *, statements: bool) -> Iterator[str]:
    name = group.graph if group.is_telegram else f"{group.graph}: {group.thing}"
    yield f"{name}  {group.title}".rstrip()
    yield from (f"  why: {_tell_cause(cause)}" for cause in group.why)
    for told in group.claims:
        yield from _told(told, group)
    if group.moved:
        yield f"  {_count(len(group.moved), 'claim')} on the same words at another place"
    yield f"  statements: {len(group.added)} added, {len(group.removed)} removed"
    if statements or not group.claims:
        yield from _statements(group, None if statements else _SOME)


def _tell_cause(cause: Cause) -> str:
    return f"{cause.kind.replace('-', ' ')}: {cause.detail}"


def _told(told: Told, group: Group) -> Iterator[str]:
    old, new = told.old, told.new
    about = "" if told.about == group.graph else f" of {told.about}"
    was, now = (side.value if side else "" for side in (old, new))
    values = [shorten(value) for value in (was or now,)]
    if old and new and was != now:
        values = [shorten(was, now) or "nothing", shorten(now, was) or "nothing"]
    yield f"  {_MARKS[told.change]} {told.field}{about}: {' → '.join(values)}"
    yield from (f"      {shorten(one)}" for one in told.differences)
    quotes = [{one.quote for one in side.words} if side else set() for side in (old, new)]
    yield from _words("was", old, new, quotes[1])
    yield from _words("now", new, old, quotes[0])
    rules = dict.fromkeys(side.rule for side in (old, new) if side)
    why = ", ".join(kind.replace("-", " ") for kind in told.why)
    yield f"      rule {' → '.join(rules)}; why: {why}"


def _words(label: str, side: Side | None, other: Side | None, same: set[str]) -> Iterator[str]:
    """Yield the words of one side that the other does not have; all are shared by most claims."""
    if side is None:
        return
    told = [one for one in side.words if one.quote not in same] or (
        list(side.words[:1]) if label == "now" or other is None else []
    )
    for one in told[:_FEW]:
        yield f"      {label} {_tell_words(one, other)}"
    if len(told) > _FEW:
        yield f"      {label} {_count(len(told) - _FEW, 'more place')}"


def _tell_words(words: Words, other: Side | None) -> str:
    near = [one.quote for one in other.words if one.layer == words.layer] if other else []
    return f"{words.file}:{words.line}:{words.column} “{shorten(words.quote, *near[:1])}”"


def _statements(group: Group, most: int | None) -> Iterator[str]:
    both: list[tuple[str, str]] = [("-", line) for line in group.removed]
    both = sorted([*both, *(("+", line) for line in group.added)], key=lambda pair: pair[1])
    for mark, text in zip((mark for mark, _ in both[:most]), _short(both[:most]), strict=True):
        yield f"  {mark} {text}"
    if most is not None and len(both) > most:
        yield f"  {_count(len(both) - most, 'more statement')}; --statements shows all"


def _short(lines: Sequence[tuple[str, str]]) -> Iterable[str]:
    quads = [parse_line(line) for _, line in lines]
    names = Names(quads)
    for quad in quads:
        is_literal = quad.object.startswith('"')
        value = (
            shorten(names.write_literal(quad.object)) if is_literal else names.write(quad.object)
        )
        yield f"{names.write(quad.subject)} {names.write(quad.predicate)} {value}"


def _summary(comparison: Comparison) -> str:
    totals = comparison.totals
    if not (totals.added or totals.removed):
        return "no statement differs"
    why = ", ".join(f"{kind.replace('-', ' ')} {n}" for kind, n in sorted(totals.why.items()))
    differ = f"{totals.telegrams} telegram{' differs' if totals.telegrams == 1 else 's differ'}"
    reasons = f" ({why})" if why else ""
    return f"{differ}{reasons}; {totals.added} statements added, {totals.removed} removed"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
