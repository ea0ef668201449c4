"""Cut the sentences of a paragraph into clauses, with the conditions and reasons of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.sentences import find_sentences
from cablegraph.extraction.stances.openings import Opening, find_heads, opening
from cablegraph.extraction.stances.patterns import find_words, parse_phrase
from cablegraph.extraction.stances.starts import Starts
from cablegraph.extraction.stances.words import whole_words

GRAMMAR = settings("stance-grammar")
LANGUAGES = tuple(GRAMMAR["clauses"])
_LONGEST = 600  # characters of a condition or reason; the longest of the samples has 150
_SHORTEST = 3  # words of a condition after which a main clause may follow without a comma
# Words of a condition that only say who acts: "the Americans", "the Turkish side".
_ACTOR = re.compile(r"\s*(?:the\s+)?[A-ZА-ЯЁ][\w-]*(?:\s+(?:side|government|[A-ZА-ЯЁ][\w-]*))?")
_CONJUNCTION = 40  # characters before a condition in which its conjunction stands


class Piece(NamedTuple):
    """A subordinate stretch: the event of a condition, or a reason.

    Units: offsets count code points of the whole text; so do those of Clause and Sentence.
    """

    start: int
    end: int
    kind: str  # condition, event or reason
    governs_next: bool = True  # else what stands before it
    in_midst: bool = False  # parts a subject from its verb: "point 5, if they insist, may go"
    event: str = ""  # agrees or refuses, where the words alone say so


class Clause(NamedTuple):
    """A main clause with what it depends on."""

    start: int
    end: int
    provisos: tuple[Piece, ...] = ()
    reasons: tuple[Piece, ...] = ()


class Sentence(NamedTuple):
    """A sentence as clauses and subordinate pieces, each in order of place."""

    start: int
    end: int
    clauses: tuple[Clause, ...]
    pieces: tuple[Piece, ...]
    is_question: bool
    ground: int | None = None  # where the reason begins that the sentence gives for the one before


def find_clauses(text: str, start: int, end: int, language: str) -> Iterator[Sentence]:
    """Yield the sentences of a stretch of *text*, cut into clauses.

    Shape: a condition governs what follows it in its sentence when it begins there or follows
        a conjunction, else the clause before it; a reason likewise.
    """
    for first, last in find_sentences(text[start:end]):
        yield cut_sentence(text, start + first, start + last, language)


def find_conditions(text: str, language: str) -> list[int]:
    """Return where in a text a condition begins, wherever its sentence does."""
    rules = _rules(language)
    openers = [match.start() for match in rules.condition.finditer(text, 0, len(text))]
    return [*openers, *rules.starts.find_places(text)]


def begins_dependent(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether a sentence begins with a condition, or as the reason for what is before it."""
    rules = _rules(language)
    return (
        rules.inverted.match(text, start, end) is not None
        or rules.ground.match(text, start, end) is not None
    )


def cut_sentence(text: str, start: int, end: int, language: str) -> Sentence:
    """Cut one sentence into clauses."""
    rules = _rules(language)
    pieces = sorted(_pieces(text, start, end, rules))
    clauses = []
    for first, last in _between(start, end, pieces):
        clauses += [
            Clause(a, b) for a, b in _split(text, first, last, rules) if re.search(r"\w", text[a:b])
        ]
    ground = rules.ground.match(text, start, end)
    return Sentence(
        start,
        end,
        tuple(_attach(clauses, pieces)),
        tuple(pieces),
        text[start:end].rstrip(" \"”»'“").endswith("?"),
        ground.end() if ground else None,
    )


@dataclass(frozen=True, slots=True)
class _Rules:
    condition: Opening
    inverted: re.Pattern[str]  # "Should they advance it, …"
    interposed: re.Pattern[str]  # "If, however, they …": no comma of these ends the condition
    inverting: re.Pattern[str]  # what opens a condition only where its clause begins
    reason: Opening
    ground: re.Pattern[str]
    breaks: re.Pattern[str]
    stop: re.Pattern[str]  # the comma that ends a condition
    result: re.Pattern[str]
    reason_stop: re.Pattern[str]
    main: re.Pattern[str]  # subject and verb of a main clause that no comma parts
    carrying: re.Pattern[str]  # a verb or conjunction after which such a clause is no main one
    asking: re.Pattern[str]  # what makes "if" mean whether
    tied: re.Pattern[str]  # what no break parts from the words before it
    conjunction: re.Pattern[str]
    midst: re.Pattern[str]  # a comma after which the clause goes on
    events: tuple[str, ...]
    starts: Starts  # of the events
    language: str


@lru_cache
def _rules(language: str) -> _Rules:
    words: dict[str, Any] = GRAMMAR["clauses"][language]
    relative, result, breaks = (_any(words[name]) for name in ("relative", "result", "break"))
    nouns = GRAMMAR["proposals"][language]["nouns"]
    events = tuple(
        (event, parse_phrase(phrase))
        for event, phrases in GRAMMAR["events"][language].items()
        for phrase in phrases
    )
    late = rf"|(?<=,\s)(?:{_any(words['reason_edge'])})\b" if words["reason_edge"] else ""
    return _Rules(
        condition=opening(_any(words["condition"]), before=r"(?<![\w-])"),
        inverted=re.compile(rf"(?:{_any(words['condition_edge'])})(?!\w)", re.I),
        inverting=re.compile(rf"(?:{_any(words['condition_edge'])})(?!\w)", re.I),
        interposed=re.compile(rf"(?:\s+же)?,\s+(?:{_any(words['interposed'])}),", re.I),
        reason=Opening(
            rf"(?<![\w-])(?:{_any(words['reason'])})(?!\w){late}",
            find_heads(_any([*words["reason"], *words["reason_edge"]])),
        ),
        ground=re.compile(rf"\W*(?:{_any(words['ground'])})\s+", re.I),
        breaks=re.compile(rf"[,—–-]\s+(?=(?:{breaks})\b)|;\s+", re.I),
        stop=re.compile(
            rf"[,;—–](?:(?!\s*(?:{relative})\b)|(?=\s*that\s+(?:{nouns})\b))(?=\s)", re.I
        ),
        result=re.compile(rf",?\s+(?=(?:{result})\s)", re.I),
        reason_stop=re.compile(rf",\s+(?=(?:{breaks}|{result})\b)|;\s", re.I),
        main=re.compile(rf"(?<=[^\W\d_])\s+(?=(?:{words['main']})\s)", re.I),
        carrying=re.compile(rf"(?<!\w)(?:{words['carrying']})$", re.I),
        asking=re.compile(rf"(?<!\w)(?:{words['asking']})\s+$", re.I),
        tied=re.compile(rf"(?:{_any(words['tied'])})(?!\w)", re.I),
        conjunction=re.compile(rf"(?:^|[\s,;—–-])(?:{breaks}|and|or|и|или)\s*$", re.I),
        midst=re.compile(rf",\s+(?!(?:{breaks}|{result}|and|or|и|или)\b)", re.I),
        events=tuple(event for event, _ in events),
        starts=Starts(phrase for _, phrase in events),
        language=language,
    )


def _any(words: list[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return (
        "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("е", "[её]") for word in ordered)
        or "(?!)"
    )


def _pieces(text: str, start: int, end: int, rules: _Rules) -> Iterator[Piece]:
    taken = start
    for piece in sorted([*_events(text, start, end, rules), *_openers(text, start, end, rules)]):
        if piece.start >= taken:
            yield piece
            taken = piece.end


def _events(text: str, start: int, end: int, rules: _Rules) -> Iterator[Piece]:
    """Yield the conditions that a phrase without a verb states."""
    if not rules.starts.stand_in(whole_words(text)):
        return
    words = find_words(text, start, end)
    for index, place, last in rules.starts.find_kept(words):
        first = words.spans[index][0]
        leads = _leads(text, start, first, rules)
        event = rules.events[place]
        yield Piece(first, words.spans[last - 1][1], "event", leads, event=event)


def _openers(text: str, start: int, end: int, rules: _Rules) -> Iterator[Piece]:
    inverted = rules.inverted.match(text, start, end)
    openers = rules.condition.finditer(text, start, end)
    for match in [inverted, *openers] if inverted else openers:
        if rules.asking.search(text, max(start, match.start() - _CONJUNCTION), match.start()):
            continue
        leads = _leads(text, start, match.start(), rules)
        if rules.inverting.match(match.group()) and not (
            leads or text[: match.start()].rstrip().endswith((",", ";", ":"))
        ):
            continue  # "On no account should they sign"
        aside = rules.interposed.match(text, match.end(), end)
        first = aside.end() if aside else match.end()
        stop = _end_of_condition(text, first, min(end, match.end() + _LONGEST), rules)
        midst = not leads and bool(rules.midst.match(text, stop, end))
        midst = midst and text[: match.start()].rstrip().endswith(",")
        yield Piece(match.start(), stop, "condition", leads, midst)
    for match in rules.reason.finditer(text, start, end):
        near = text[max(start, match.start() - _CONJUNCTION) : match.start()]
        leads = match.start() - start <= _CONJUNCTION and not re.search(r"\w", near)
        pattern = rules.stop if leads else rules.reason_stop
        limit = min(end, match.end() + _LONGEST)
        found = pattern.search(text, match.end(), limit)
        stop = found.start() if found else _last_word(text, limit)
        yield Piece(match.start(), stop, "reason", leads)


def _leads(text: str, start: int, at: int, rules: _Rules) -> bool:
    """Tell whether a piece begins its sentence or follows a conjunction."""
    near = text[max(start, at - _CONJUNCTION) : at]
    begins = at - start <= _CONJUNCTION and not re.search(r"\w", near)
    return begins or bool(rules.conjunction.search(near))


def _end_of_condition(text: str, start: int, end: int, rules: _Rules) -> int:
    """Return where a condition ends: before "then", else at the comma that no relative follows."""
    result = rules.result.search(text, start, end)
    if result and text[result.start()] == ",":
        return result.start()
    stop = rules.stop.search(text, start, end)
    aside = rules.interposed.match(text, stop.start(), end) if stop else None
    if stop and aside and _ACTOR.fullmatch(text, start, stop.start()):
        stop = rules.stop.search(text, aside.end(), end)  # "If the Turks, however, propose"
    last = stop.start() if stop else _last_word(text, end)
    for main in rules.main.finditer(text, start, last):
        words = text[start : main.start()].split()
        if len(words) >= _SHORTEST and not rules.carrying.search(text, start, main.start()):
            return main.start()
    return last


def _last_word(text: str, end: int) -> int:
    while end and text[end - 1] in " .:?!\"”»“')\n…":
        end -= 1
    return end


def _between(start: int, end: int, pieces: list[Piece]) -> Iterator[tuple[int, int]]:
    at = start
    for piece in pieces:
        if at < piece.start:
            yield at, piece.start
        at = max(at, piece.end)
    if at < end:
        yield at, end


def _split(text: str, start: int, end: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    at = start
    for match in rules.breaks.finditer(text, start, end):
        if rules.tied.match(text, match.end(), end):
            continue
        yield _trim(text, at, match.start())
        at = match.end()
    yield _trim(text, at, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;—–"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;—–"):
        end -= 1
    return start, end


def _attach(clauses: list[Clause], pieces: list[Piece]) -> Iterator[Clause]:
    """Give each clause what governs it: of the conditions before it only the latest does."""
    condition: tuple[Piece, ...] = ()
    reasons: tuple[Piece, ...] = ()
    waiting: Clause | None = None
    parts: list[Clause | Piece] = [*clauses, *pieces]
    for part in sorted(parts, key=lambda part: part.start):
        if isinstance(part, Clause):
            if waiting:
                yield waiting
            waiting = part._replace(provisos=condition, reasons=reasons)
            reasons = ()
        elif part.kind == "reason":
            if waiting and not part.governs_next:
                waiting = waiting._replace(reasons=(*waiting.reasons, part))
            else:
                reasons = (*reasons, part)
        elif waiting and not part.governs_next:
            waiting = waiting._replace(provisos=(*waiting.provisos, part))
            condition = (part,) if part.in_midst else condition
        else:
            condition = (part,)
    if waiting:
        yield waiting
