"""Compare one reading with the truth of its document, field by field.

``people`` and ``places``: a truth lists whom the body and the summary name; the message's own
parties and places it may list or leave out, so that these count where listed and are no false
alarm where not. ``organizations``: a truth does not list every body, so that the precision is a
lower bound. ``classification``: marks are compared part by part (``Top Secret; SPECIAL`` has
two). ``date``: the one day of the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cablegraph.authorities.inflect import fold
from cablegraph.authorities.romanise import romanise
from cablegraph.evaluation.extracts import Extracts, ReadMessage
from cablegraph.evaluation.likeness import Likeness, spell
from cablegraph.evaluation.scores import Extract, Outcome, Shown, compare
from cablegraph.evaluation.truth import Agent, Embedded, Truth
from cablegraph.records.languages import find_tag

_BEFORE_NUMBER = re.compile(r"^(?:№|nº|n°|nos?\b\.?|nr\b\.?|#)\s*", re.IGNORECASE)
_GAP = re.compile(r"[\W_]+")
_LABEL = re.compile(r"^\s*\w+\s*:\s*")
_PARTS = re.compile(r"[;,\n—–/]|(?<=\s)-(?=\s)")
_TONGUES = re.compile(r"[;,/]|\band\b")


@dataclass(frozen=True, slots=True)
class Named(Shown):
    """A name of the truth in all its spellings."""

    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried(Shown):
    """One sender and one addressee of a message inside the message; None for nobody named."""

    sender: str | None = None
    addressee: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class ReadPair(Extract):
    """One sender and one addressee of a message that was read."""

    sender: str | None = None
    addressee: str | None = None
    day: str | None = None


def compare_fields(truth: Truth, read: Extracts, like: Likeness) -> Iterator[Outcome]:
    """Yield the outcome of every field but citations and proposals."""
    date = [Shown(truth.date)] if truth.date else []
    yield compare("date", date, read.dates, _is_equal)
    numbers = [Shown(one.value, (one.value,)) for one in truth.numbers]
    yield compare_folded("number", numbers, read.numbers, fold_number)
    yield from _compare_names(truth, read, like)
    yield from _compare_embedded(truth, read, like)
    languages = map(str.strip, _TONGUES.split(truth.original_language or ""))
    tongues = [Shown(one, (one,)) for one in languages if one]
    yield compare_folded("language", tongues, read.languages, _fold_language)
    marks = [Shown(one, (one,)) for one in split_marking(truth.classification or "")]
    found = [replace(one, value=part) for one in read.markings for part in split_marking(one.value)]
    yield compare_folded("classification", marks, found, fold)
    wire = [Shown("telegram")] if truth.is_telegram else []
    yield compare("is-telegram", wire, read.telegrams, _is_equal)


def fold_number(written: str) -> str:
    """Return what two spellings of a number share.

    >>> fold_number("№ 340 /Ш"), fold_number("No. 340/sh")
    ('340-sh', '340-sh')
    """
    bare = romanise(_BEFORE_NUMBER.sub("", written.strip()).casefold())
    return _GAP.sub("-", bare).strip("-")


def split_marking(words: str) -> list[str]:
    """Return the parts of a marking, without the label before it.

    >>> split_marking("Classification: Secret - URGENT")
    ['Secret', 'URGENT']
    """
    return [part.strip() for part in _PARTS.split(_LABEL.sub("", words)) if fold(part)]


def compare_folded(
    field: str, wanted: Iterable[Shown], found: Iterable[Extract], key: Callable[[str], str]
) -> Outcome:
    """Compare values that are the same if their keys are; of one key there is one value."""
    mine = {key(one.value): one for one in reversed(list(wanted))}
    ours = {key(one.value): one for one in reversed(list(found)) if key(one.value)}
    return compare(
        field,
        list(mine.values())[::-1],
        list(ours.values())[::-1],
        lambda one, other: float(key(one.value) == key(other.value)),
    )


def compare_names(
    field: str, wanted: Iterable[Named], found: Sequence[Extract], like: Likeness
) -> Outcome:
    """Compare names with entities; see ``likeness`` for when they are the same."""
    outcome = compare(
        field, list(wanted), found, lambda one, other: like.is_same(one.spellings, other.value)
    )
    alarms = tuple(one._replace(value=like.show(one.value)) for one in outcome.alarms)
    return replace(outcome, alarms=alarms)


def named(name: str, *others: str | None) -> Named:
    """Return a name of the truth; in the text its words are looked for as written there."""
    spellings = spell(name, *others)
    written = [other for other in others if other]
    last = name.split()[-1:]  # the surname is often all that stands there
    return Named(name, (*written, *spellings, *last), spellings)


def _compare_names(truth: Truth, read: Extracts, like: Likeness) -> Iterator[Outcome]:
    parties = (
        ("sender", truth.senders, "sender"),
        ("addressee", truth.recipients, "addressee"),
        ("intermediary", truth.intermediaries, "intermediary"),
        ("copies", [Agent(name) for name in truth.copies_to], "copy-recipient"),
    )
    for field, agents, role in parties:
        wanted = [named(one.name, one.as_written, one.pseudonym) for one in agents]
        yield compare_names(field, wanted, read.parties(role), like)
    places = (("sent-from", truth.sent_from, "origin"),
              ("received-at", truth.received_at, "destination"))  # fmt: skip
    for field, place, role in places:
        yield compare_names(field, [named(place)] if place else [], read.places(role), like)
    mentions = (
        ("people", truth.people_mentioned, ("person/",)),
        ("places", truth.places_mentioned, ("place/",)),
        ("organizations", truth.organizations_mentioned, ("org/", "group/", "archive/")),
    )
    for field, names, folders in mentions:
        yield compare_names(field, map(named, names), read.mentions(*folders), like)


def _compare_embedded(truth: Truth, read: Extracts, like: Likeness) -> Iterator[Outcome]:
    """Compare who writes to whom inside the message, and the days of those messages.

    Shape: a message with two senders is two pairs. A day is right only for a message of which
        sender or addressee is right too.
    """

    def fits(name: str | None, path: str | None) -> bool:
        if name is None or path is None:
            return name is path
        return like.is_same(spell(name), path)

    def both(one: Carried, other: ReadPair) -> float:
        return float(fits(one.sender, other.sender) and fits(one.addressee, other.addressee))

    def day(one: Carried, other: ReadPair) -> float:
        sender = one.sender is not None and fits(one.sender, other.sender)
        addressee = one.addressee is not None and fits(one.addressee, other.addressee)
        return float((sender or addressee) and one.day == other.day)

    wanted = [pair for one in truth.embedded_messages for pair in _carried(one)]
    found = [pair for one in read.messages for pair in _pairs(one)]
    yield compare("embedded", wanted, found, both)
    dated = [replace(_carried(one)[0], value=one.date) for one in truth.embedded_messages
             if one.date]  # fmt: skip
    read_days = [replace(_pairs(one)[0], value=one.day) for one in read.messages if one.day]
    yield compare("embedded-date", dated, read_days, day)


def _carried(message: Embedded) -> list[Carried]:
    return [
        Carried(f"{sender or '?'} to {addressee or '?'}", (), sender, addressee, message.date)
        for sender in message.senders or (None,)
        for addressee in message.addressees or (None,)
    ]


def _pairs(message: ReadMessage) -> list[ReadPair]:
    return [
        ReadPair(f"{sender or '?'} to {addressee or '?'}", message.line, False, sender, addressee,
                 message.day)
        for sender in message.senders or (None,)
        for addressee in message.addressees or (None,)
    ]  # fmt: skip


def _is_equal(one: Shown, other: Extract) -> float:
    return float(one.value == other.value)


def _fold_language(name: str) -> str:
    """Return the tag of a language by its name; a tag stays as it is."""
    return find_tag(name) or name.casefold()
