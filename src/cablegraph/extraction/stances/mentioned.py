"""Tell which cues a sentence only mentions: in a relative clause, before a noun, after "by".

Long sentences of diplomatic prose tell of what was asked, what is necessary to something and by
doing what; none of this is a stance of whoever writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.cues import Taken
from cablegraph.extraction.stances.patterns import BREAK, Words

_NEAR = 2  # words within which "as" and a linking verb stand to what they go with
_FAR = 4  # words before a participle among which its "is" stands
_COMMAS = frozenset(",—–")
_PARTICIPLES = ("ed", "en")


@dataclass(frozen=True, slots=True)
class _Rules:
    subordinate: frozenset[str]
    near: frozenset[str]
    first_person: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    judging: frozenset[str]
    linking: frozenset[str]
    irregular: frozenset[str]
    being: frozenset[str]
    helping: frozenset[str]
    governing: frozenset[str]
    far: frozenset[str]
    opening: frozenset[str]
    reach: int
    reach_far: int


def find_commas(text: str, words: Words) -> frozenset[int]:
    """Return the words before which a comma or a dash stands, which phrases do not see."""
    pairs = zip(words.spans, words.spans[1:], strict=False)
    return frozenset(
        at
        for at, ((_, end), (start, _)) in enumerate(pairs, 1)
        if not _COMMAS.isdisjoint(text[end:start])
    )


def is_passive(words: Words, taken: Taken, language: str, *, present: bool = False) -> bool:
    """Tell whether a cue may be a passive: a participle; where *present*, after "is" or "are"."""
    rules = _rules(language)
    if rules is None:
        return False
    inside = words.tokens[taken.first : taken.last]
    near = words.tokens[max(0, taken.first - 1) : taken.last]
    participle = any(token.endswith("ed") or token in rules.irregular for token in inside)
    return participle and (not present or bool(rules.being & set(near)))


def goes_with_noun(words: Words, taken: Taken, language: str) -> bool:
    """Tell whether a passive lacks its "is": "the sums proposed by them"."""
    rules = _rules(language)
    near = words.tokens[max(0, taken.first - _FAR) : taken.last]
    return rules is not None and not rules.helping & set(near)


def is_mentioned(words: Words, taken: Taken, commas: frozenset[int], language: str) -> bool:
    """Tell whether a cue stands where it takes no stance.

    Shape: *commas* are the words before which a comma stands; "which we cannot accept" is a
        stance for all that, as whatever "I" or "we" says is.
    """
    rules = _rules(language)
    if rules is None:
        return False
    tokens = words.tokens
    return (
        _is_gerund(tokens, taken, commas, rules)
        or _is_infinitive(tokens, taken, rules)
        or _is_attribute(tokens, taken, commas, rules)
        or _is_subordinate(tokens, taken, commas, rules)
    )


def _is_gerund(tokens: Sequence[str], taken: Taken, commas: frozenset[int], rules: _Rules) -> bool:
    """Tell whether a preposition governs the cue: "by insisting on it", "of accepting it"."""
    at = taken.action
    if not tokens[at].endswith("ing") or taken.modal is not None or at in commas:
        return False
    before = tokens[max(0, at - _NEAR) : at]
    if at - 1 in commas:
        before = before[-1:]
    return any(token in rules.prepositions for token in before)


def _is_infinitive(tokens: Sequence[str], taken: Taken, rules: _Rules) -> bool:
    """Tell whether the cue is what something else is about: "his refusal to accept it"."""
    first = taken.first
    told = taken.modal is None and first == taken.action
    return told and first > 1 and tokens[first - 1] == "to" and tokens[first - 2] in rules.governing


def _is_attribute(
    tokens: Sequence[str], taken: Taken, commas: frozenset[int], rules: _Rules
) -> bool:
    """Tell whether the cue goes with a noun: "the proposed plan", "steps necessary to do it"."""
    first = taken.first
    if first == 0 or first in commas or tokens[first - 1] == BREAK:
        return False
    word = tokens[first]
    if tokens[first - 1] in rules.determiners and first == taken.action:
        return word.endswith(_PARTICIPLES) or word in rules.judging
    if word not in rules.judging:
        return False
    return not any(token in rules.linking for token in tokens[max(0, first - _NEAR) : first])


def _is_subordinate(
    tokens: Sequence[str], taken: Taken, commas: frozenset[int], rules: _Rules
) -> bool:
    """Tell whether a relative or temporal clause holds the cue: "which they asked for"."""
    first = taken.first
    low = max(0, first - rules.reach_far)
    for at in range(first - 1, low - 1, -1):
        if tokens[at] == BREAK or at + 1 in commas:
            return False
        near = first - at == 1 and tokens[at] in rules.near
        within = first - at <= rules.reach and tokens[at] in rules.subordinate
        begins = at == 0 and tokens[at] in rules.opening
        if near or within or begins or tokens[at] in rules.far:
            between = set(tokens[at + 1 : taken.last])
            return "had" in between or not rules.first_person & between
    return False


@cache
def _rules(language: str) -> _Rules | None:
    data = GRAMMAR["mentioned"].get(language)
    if data is None:
        return None
    lists = {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}
    return _Rules(**lists, reach=data["reach"], reach_far=data["reach_far"])
