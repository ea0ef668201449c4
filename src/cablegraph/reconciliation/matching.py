"""From a query to candidates: who may be meant, how surely, and by what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from cablegraph.reconciliation.catalogue import Catalogue, make_curie
from cablegraph.reconciliation.index import Hit, Index
from cablegraph.reconciliation.model import (
    Candidate,
    Entity,
    Hint,
    Query,
    Value,
    list_kinds,
    read_settings,
)
from cablegraph.reconciliation.spellings import Keys, exact, list_keys

#: Kinds of names that, if nobody else bears them, leave no doubt; a misspelling leaves some.
_CERTAIN = frozenset({"label", "variant", "id"})


@dataclass(frozen=True, slots=True)
class _Found:
    """What speaks for one entity so far."""

    score: float
    rules: tuple[str, ...]
    likeness: float
    hints: tuple[tuple[str, bool], ...] = ()
    fits: bool = True

    @property
    def is_certain(self) -> bool:
        return not _CERTAIN.isdisjoint(self.rules)

    @property
    def is_contradicted(self) -> bool:
        return not self.fits or any(not held for _, held in self.hints)


class Reconciler:
    """Answers queries over one catalogue."""

    def __init__(self, catalogue: Catalogue, keys: Keys = list_keys) -> None:
        self.catalogue = catalogue
        self._entities = tuple(catalogue.entities.values())
        self._numbers = {entity.id: n for n, entity in enumerate(self._entities)}
        self._index = Index(self._entities, keys)
        self._classes = {kind.class_curie: kind.id for kind in reversed(list_kinds())}

    def find_candidates(self, query: Query) -> list[Candidate]:
        """Return who may be meant, the surest first."""
        found = self._find(query.text) if query.text.strip() else self._with_values(query.hints)
        judged = {n: self._judge(n, one, query) for n, one in found.items()}
        kept = {n: one for n, one in judged.items() if one.fits or query.strictness == "should"}
        certain = [n for n, one in kept.items() if one.is_certain and not one.is_contradicted]
        sure = certain[0] if len(certain) == 1 else None
        ranked = sorted(kept, key=lambda n: (-kept[n].score, -kept[n].likeness, n))
        return [self._candidate(n, kept[n], n == sure) for n in ranked[: query.limit]]

    def _find(self, text: str) -> dict[int, _Found]:
        named = self.catalogue.find(text.strip())
        if named:
            return {self._numbers[named.id]: _Found(_trust("id"), ("id",), 100.0)}
        hits = [*self._index.find_exact(text), *self._index.find_by_key(text)]
        # Whoever bears the very name is meant; only without one are other names looked at.
        if _CERTAIN.isdisjoint(hit.rule for hit in hits):
            hits += [*self._index.find_similar(text), *self._index.find_by_words(text)]
        return _gather(hits)

    def _with_values(self, hints: Iterable[Hint]) -> dict[int, _Found]:
        """Find by properties alone: who has a fitting value for each of them."""
        hints = tuple(hints)
        first = hints[0]
        keys = ((first.pid.partition("@")[0], exact(text)) for text in first.values)
        having = {number for key in keys for number in self._by_value.get(key, ())}
        fitting = (n for n in having if all(_holds(self._entities[n], hint) for hint in hints))
        return {n: _Found(_trust("other"), ("properties",), 100.0) for n in fitting}

    @cached_property
    def _by_value(self) -> Mapping[tuple[str, str], list[int]]:
        """Property and value to the numbers of entities; made when it is first needed."""
        found: dict[tuple[str, str], list[int]] = {}
        for number, entity in enumerate(self._entities):
            for curie, values in entity.values.items():
                for text in {exact(one) for v in values for one in _ways_to_say(v)}:
                    found.setdefault((curie, text), []).append(number)
        return found

    def _judge(self, number: int, found: _Found, query: Query) -> _Found:
        """Lower the score by what the entity contradicts."""
        entity, lost = self._entities[number], 0.0
        costs = read_settings("rules")["hints"]
        hints = tuple(
            (hint.pid, held) for hint in query.hints if (held := _holds(entity, hint)) is not None
        )
        lost += costs["contradicted"] * sum(not held for _, held in hints)
        fits = self._fits(entity, query)
        lost += 0.0 if fits else costs["other_type"]
        return replace(found, score=max(found.score - lost, 0.0), hints=hints, fits=fits)

    def _fits(self, entity: Entity, query: Query) -> bool:
        if not query.kinds:
            return True
        held = [self._kind(one) in entity.kinds for one in query.kinds]
        return all(held) if query.strictness == "all" else any(held)

    def _kind(self, asked: str) -> str:
        return self._classes.get(make_curie(asked), asked)

    def _candidate(self, number: int, found: _Found, sure: bool) -> Candidate:
        features: list[tuple[str, bool | float]] = [("exact_label", "label" in found.rules)]
        features += [(f"rule:{rule}", True) for rule in found.rules]
        if found.likeness:
            features.append(("similarity", round(found.likeness, 1)))
        features += [(f"property:{pid}", held) for pid, held in found.hints]
        return Candidate(
            self._entities[number], round(found.score, 1), match=sure, features=tuple(features)
        )


def _trust(rule: str) -> float:
    trust: Mapping[str, float] = read_settings("rules")["trust"]
    return float(trust.get(rule, trust["other"]))


def _score(hit: Hit) -> float:
    settings = read_settings("rules")["similarity"]
    if hit.rule == "similar":
        return float(settings["weight"]) * hit.likeness
    if hit.rule == "words":
        low, high = float(settings["words_low"]), float(settings["words_high"])
        return low + (high - low) * hit.likeness / 100.0
    return _trust(hit.rule)


def _gather(hits: Iterable[Hit]) -> dict[int, _Found]:
    """Put the hits of each entity together; the best one gives the score."""
    found: dict[int, _Found] = {}
    for hit in hits:
        score, old = _score(hit), found.get(hit.entity)
        if old is None:
            found[hit.entity] = _Found(score, (hit.rule,), hit.likeness)
        else:
            found[hit.entity] = _Found(
                max(old.score, score),
                old.rules if hit.rule in old.rules else (*old.rules, hit.rule),
                max(old.likeness, hit.likeness),
            )
    return found


def _ways_to_say(value: Value) -> Iterator[str]:
    yield from (text for text in (value.text, value.id, value.iri) if text)


def _holds(entity: Entity, hint: Hint) -> bool | None:
    """Whether the entity has one of the values; None where it says nothing of the property."""
    curie, _, language = hint.pid.partition("@")
    values = [v for v in entity.values.get(curie, ()) if not language or v.language == language]
    if not values:
        return None
    known = {exact(text) for v in values for text in _ways_to_say(v)}
    return any(exact(asked) in known for asked in hint.values)
