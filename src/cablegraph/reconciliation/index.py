"""An index over every name of every entity: by exact form, by key, by word, by trigram."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cablegraph.reconciliation.model import Entity, Name, NameKind, read_settings
from cablegraph.reconciliation.spellings import Keys, exact, find_words, list_keys

#: Postings looked at for one misspelt name, from the rarest trigram on. Measured on 100,000
#: entities: half of it loses one misspelling in twenty, twice as much finds no more.
_BUDGET = 12_000
#: Names compared letter by letter after the trigrams have chosen.
_COMPARED = 400
#: Names that one word may stand in before it says too little.
_COMMON = 2_000

#: Entities that may share a key, such as a family name, before it says too little.
_SHARED = 200
#: Keys that compare letters; the likeness of forms that another key joins is not known.
_SAME_LETTERS = frozenset({"fold", "any-order"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: the number of its entity, the rule that found it, its likeness (0 to 100)."""

    entity: int
    rule: str
    likeness: float = 100.0


class Index:
    """Names to entities; build it once and ask it for every query."""

    def __init__(self, entities: Sequence[Entity], keys: Keys = list_keys) -> None:
        self._keys = keys
        self._personal = frozenset(read_settings("rules")["personal"])
        self._exact: dict[str, list[tuple[int, NameKind]]] = {}
        self._rules: dict[tuple[str, str], list[int]] = {}
        self._forms: dict[str, int] = {}
        self._owners: list[tuple[int, ...]] = []
        self._grams: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._words: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, entity in enumerate(entities):
            for name in entity.names:
                self._exact.setdefault(exact(name.form), []).append((number, name.kind))
                self._add(number, name, personal="person" in entity.kinds)
        self._spelt = list(self._forms)

    def _add(self, number: int, name: Name, *, personal: bool) -> None:
        for key in dict.fromkeys(self._keys(name.form, name.language)):
            if key[0] in self._personal and not personal:
                continue
            owners = self._rules.setdefault(key, [])
            if not owners or owners[-1] != number:
                owners.append(number)
        words = find_words(name.form)
        joined = " ".join(words)
        place = self._forms.setdefault(joined, len(self._forms))
        if place < len(self._owners):
            if self._owners[place][-1] != number:
                self._owners[place] += (number,)
            return
        self._owners.append((number,))
        for gram in _trigrams(joined):
            self._grams[gram].append(place)
        for word in set(words):
            self._words[word].append(place)

    def find_exact(self, text: str) -> Iterator[Hit]:
        """Yield who bears exactly that name; the rule is the kind of the name."""
        for number, kind in self._exact.get(exact(text), ()):
            yield Hit(number, kind)

    def find_by_key(self, text: str, language: str = "") -> Iterator[Hit]:
        """Yield who has a name that shares a key with the text."""
        for key in dict.fromkeys(self._keys(text, language)):
            owners = self._rules.get(key, ())
            if len(owners) <= _SHARED:
                likeness = 100.0 if key[0] in _SAME_LETTERS else 0.0
                yield from (Hit(number, key[0], likeness) for number in owners)

    def find_by_words(self, text: str) -> Iterator[Hit]:
        """Yield who has a name with all words of the text and more.

        Units: the likeness is the part of the letters of the name that the text has.
        """
        words = set(find_words(text))
        lists = sorted((self._words.get(word, array("I")) for word in words), key=len)
        if not lists or not lists[0] or len(lists[0]) > _COMMON:
            return
        places = set(lists[0]).intersection(*lists[1:])
        length = sum(map(len, words))
        for place in sorted(places):
            likeness = 100.0 * length / len(self._spelt[place].replace(" ", ""))
            for number in self._owners[place]:
                yield Hit(number, "words", min(likeness, 100.0))

    def find_similar(self, text: str) -> Iterator[Hit]:
        """Yield who has a name that differs by a few letters, the nearest name first."""
        from rapidfuzz import fuzz, process

        asked = " ".join(find_words(text))
        near = {place: self._spelt[place] for place in self._choose(asked)}
        floor = float(read_settings("rules")["similarity"]["floor"])
        found = process.extract(
            asked, near, scorer=fuzz.token_sort_ratio, limit=20, score_cutoff=floor
        )
        alike = process.extract(asked, near, scorer=fuzz.ratio, limit=20, score_cutoff=floor)
        for _, likeness, place in sorted([*found, *alike], key=lambda row: (-row[1], row[0])):
            for number in self._owners[place]:
                yield Hit(number, "similar", likeness)

    def _choose(self, asked: str) -> list[int]:
        """Return the names that share most of the rare trigrams of the text."""
        lists = [self._grams[gram] for gram in _trigrams(asked) if gram in self._grams]
        counts: Counter[int] = Counter()
        looked = 0
        for places in sorted(lists, key=len):
            looked += len(places)
            if counts and looked > _BUDGET:
                break
            counts.update(places)
        if not counts:
            return []
        least = max(counts.values()) // 2
        best = [(count, place) for place, count in counts.items() if count > least]
        if len(best) > _COMPARED:
            best = sorted(best, key=lambda pair: (-pair[0], pair[1]))[:_COMPARED]
        return sorted(place for _, place in best)


def _trigrams(joined: str) -> Iterable[str]:
    """Return the trigrams of folded words, each once; a space marks where a word begins."""
    padded = f" {joined} "
    return dict.fromkeys(padded[i : i + 3] for i in range(len(padded) - 2))
