"""Find where a text names a proposal by a noun, "your plan for …", or by "you propose that …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.openings import Opening, opening
from cablegraph.extraction.stances.patterns import find_words, fold
from cablegraph.extraction.stances.phrases import Naming
from cablegraph.extraction.stances.speakers import Voices

_LEFT = 40  # characters before the noun in which its article and adjectives stand
_MOST_ADJECTIVES = 4  # words before the noun, its article among them
_WHOSE = 30  # characters before a verb of proposing in which its subject stands
_EDGE = " ,;:—–-\"“”«»'.?!"
_PARTICIPLE = (
    r"\w+(?:ющ|ящ|ащ|ущ|вш|нн|ем|им)"
    r"(?:их|ых|ие|ые|ий|ый|ая|ое|ую|ой|ей|ого|его|ему|ому|им|ым)"
)
_ADJECTIVE = (
    r"(?<!\S)[\w'’-]+(?:[оеиы]й|[оеыи]е|[аяую][яю]|[оеё]го|[ое]му|[ыи]м|[ыи]х|"
    r"ш[еуаи]|ше[гм][оу]|шей|ши[мх]|[ие])\s+$"
)
_VERB = (
    r"should|must|can|cannot|could|may|will|would|ought|is|are|was|were|has|have|"
    r"следует|можно|нужно|надо|необходимо|должн\w*|нельзя"
)


def find_proposals(
    text: str, start: int, end: int, voices: Voices, cue: tuple[int, int] = (0, 0)
) -> Iterator[Naming]:
    """Yield the proposals that a noun names which says whose it is or what about.

    Shape: nothing for "this proposal", and nothing for a noun within *cue*, where it is a verb:
        "it is necessary to demand that". The names have no key yet, unless it says only whose.
    """
    language = voices.layer.language
    rules = rules_of(language)
    done = start
    for match in rules.noun.finditer(text, start, end):
        if cue[0] <= match.start() < cue[1] or match.start() < done:
            continue
        first = _left(text, match.start(), start, rules)
        after = voices.agent_after(match.end())
        noun_end = after[1] if after and after[1] <= end else match.end()
        last = _right(text, noun_end, end, rules)
        whose = voices.owner(first, match.end())
        whose = whose or ((after[0],) if after and noun_end > match.end() else ())
        if rules.pointing.match(text[first : match.start()]) or (last == noun_end and not whose):
            continue
        done = last
        topic = rules.preposition.match(text, noun_end, last)
        phrase = clean(text[topic.end() if topic else noun_end : last])
        key = ""
        if last == noun_end:
            steps = [one.rpartition("/")[2] for one in whose]
            key = "-".join([*steps, fold(match.group())[:6]])
        yield Naming(first, last, key, phrase or match.group(), proposers=whose)


def place_words_of_proposals(text: str, language: str) -> list[int]:
    """Return where in a text a noun or a verb stands by which proposals are named."""
    rules = rules_of(language)
    return [*rules.noun.places(text), *rules.putting.places(text)]


def find_put_forward(text: str, start: int, end: int, voices: Voices) -> Naming | None:
    """Return what "you propose that …" puts forward, where it says who does."""
    rules = rules_of(voices.layer.language)
    if not rules.putting.may_stand(text, start, end):
        return None
    match = rules.put.search(text, start, end)
    if match is None:
        return None
    whose = voices.owner(max(start, match.start() - _WHOSE), match.end())
    phrase = clean(text[match.end() : end])
    last = len(text[:end].rstrip())
    return Naming(match.start(), last, phrase=phrase, proposers=whose) if whose and phrase else None


def lead_of(text: str, naming: Naming, language: str) -> list[int]:
    """Return where the words "you propose that" of a naming begin; they say nothing of it."""
    match = rules_of(language).put.match(text, naming.start, naming.end)
    return [a for a, _ in find_words(text, naming.start, match.end()).spans] if match else []


def clean(words: str) -> str:
    """Return a phrase without marks at its edges, on one line.

    >>> clean(" about  refugees). ")
    'about refugees)'
    """
    return " ".join(words.split()).strip(_EDGE)


def _left(text: str, at: int, start: int, rules: Rules) -> int:
    """Return where the noun phrase begins that has its noun at *at*."""
    for _ in range(_MOST_ADJECTIVES):
        low = max(start, at - _LEFT)
        before = rules.before.search(text[low:at])
        if before is None:
            return at
        at = low + before.start()
        if rules.determiner.match(text, at):
            return at
    return at


def _right(text: str, at: int, end: int, rules: Rules) -> int:
    if not rules.topic.match(text, at, end):
        return at
    stop = rules.stop.search(text, at, end)
    last = stop.start() if stop else end
    while last > at and text[last - 1] in ' .,;:!?)"”»“':
        last -= 1
    return last


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns of one language."""

    noun: Opening
    topic: re.Pattern[str]
    preposition: re.Pattern[str]
    many: Opening  # both of these proposals
    demonstrative: Opening  # such a proposal
    pronoun: Opening
    several: re.Pattern[str]  # a pronoun in the plural
    replaced: re.Pattern[str]  # before what a counter-proposal takes the place of
    pointing: re.Pattern[str]
    before: re.Pattern[str]
    determiner: re.Pattern[str]
    stop: re.Pattern[str]
    put: re.Pattern[str]
    putting: Opening  # the verb of it


@lru_cache
def rules_of(language: str) -> Rules:
    """Return the patterns by which proposals are named in a language."""
    words: dict[str, Any] = GRAMMAR["proposals"][language]
    parties, topics = GRAMMAR["parties"][language], words["topic"]
    many, one = ([fold(word) for word in words[name]] for name in ("many", "one"))
    bare = [word for word in (*one, *many) if " " not in word]
    who = f"{parties['subject_you']}|{parties['subject_they']}"
    owners = "|".join(parties[name] for name in ("you", "we", "they"))
    return Rules(
        noun=opening(words["nouns"]),
        topic=_compiled(rf"\s*(?:{topics})\s"),
        preposition=_compiled(rf"\s*(?:of|for|{GRAMMAR['points'][language]['topic']})\s+"),
        many=opening(_any(w for w in many if " " in w)),
        demonstrative=opening(
            _any(w for w in one if " " in w), after=rf"(?!\w)(?!\s+(?:{topics})\s)"
        ),
        pronoun=opening(_any(bare)),
        several=_compiled(_any(w for w in many if " " not in w)),
        replaced=_compiled(rf"(?<!\w)(?:{words['replaced']})\s+$"),
        pointing=_compiled(words["pointing"]),
        before=_compiled(r"(?<!\S)[\w'’-]+\s+$" if language == "en" else _ADJECTIVE),
        determiner=_compiled(rf"(?:{words['determiners']}|{owners}|[\w-]+['’]s?)(?!\w)"),
        stop=_compiled(rf",(?!\s*{_PARTICIPLE}\b)(?=\s)|;|\s(?:{_VERB})\s"),
        put=_compiled(
            rf"(?<!\w)(?:(?:{who})\s+(?:\w+\s+)?)?(?:{words['propose']}),?\s+"
            rf"(?:{words['that']})(?!\w)"
        ),
        putting=opening(words["propose"]),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _any(words: Iterator[str] | list[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    escaped = (re.escape(w).replace(r"\ ", r"\s+").replace("е", "[её]") for w in ordered)
    return "|".join(escaped) or "(?!)"
