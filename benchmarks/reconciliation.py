"""Measure reconciliation at scale: 1,000 queries against 100,000 entities that are made up.

Run it with ``.venv/bin/python benchmarks/reconciliation.py``. It prints a table and writes the
figures to ``reconciliation.json`` beside it. The same names come out every time.
"""

from __future__ import annotations

import gc
import json
import platform
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from cablegraph.reconciliation.catalogue import Catalogue
from cablegraph.reconciliation.matching import Reconciler
from cablegraph.reconciliation.model import Entity, Name, Query

ENTITIES = 100_000
QUERIES = 1_000
#: Queries that the plain search is timed with; its time grows in proportion.
PLAIN = 50
RUNS = 5
RESULT = Path(__file__).with_suffix(".json")

#: Parts of names, Latin and Cyrillic side by side.
FIRST = [
    ("An", "Ан"), ("Bo", "Бо"), ("Chen", "Чэнь"), ("Dal", "Дал"), ("Er", "Ер"), ("Fed", "Фёд"),
    ("Gor", "Гор"), ("Han", "Хан"), ("Iv", "Ив"), ("Jin", "Цзинь"), ("Kim", "Ким"), ("Liu", "Лю"),
    ("Mik", "Мик"), ("Nov", "Нов"), ("Ost", "Ост"), ("Pak", "Пак"), ("Rosh", "Рощ"),
    ("Sim", "Сим"), ("Tan", "Тан"), ("Vol", "Вол"), ("Wang", "Ван"), ("Yu", "Юй"),
    ("Zhou", "Чжоу"), ("Krup", "Круп"), ("Bel", "Бел"), ("Stan", "Стан"),
]  # fmt: skip
MIDDLE = [
    ("a", "а"), ("ali", "али"), ("ed", "эд"), ("eni", "ени"), ("i", "и"), ("ili", "или"),
    ("o", "о"), ("olo", "оло"), ("un", "ун"), ("uri", "ури"), ("ar", "ар"), ("enko", "енко"),
    ("ikh", "их"), ("ush", "уш"), ("ost", "ост"), ("rad", "рад"), ("vel", "вел"), ("min", "мин"),
    ("gon", "гон"), ("tik", "тик"),
]  # fmt: skip
LAST = [
    ("in", "ин"), ("ov", "ов"), ("sky", "ский"), ("ko", "ко"), ("chuk", "чук"), ("ev", "ев"),
    ("yan", "ян"), ("dze", "дзе"), ("ong", "ун"), ("ai", "ай"), ("uk", "ук"), ("an", "ан"),
    ("ich", "ич"), ("nik", "ник"), ("un", "ун"), ("ian", "янь"),
]  # fmt: skip


def make_word(chance: random.Random) -> tuple[str, str]:
    """Return a word in Latin and in Cyrillic letters."""
    parts = [chance.choice(FIRST), *chance.choices(MIDDLE, k=chance.randint(0, 2))]
    parts.append(chance.choice(LAST))
    return "".join(p[0] for p in parts), "".join(p[1] for p in parts)


def make_entities(count: int) -> Iterator[Entity]:
    """Yield persons with an English label, a Russian one and a variant each."""
    chance = random.Random(1951)
    for number in range(count):
        given, family = make_word(chance), make_word(chance)
        names = (
            Name(f"{given[0]} {family[0]}", "en", "label"),
            Name(f"{given[1]} {family[1]}", "ru", "label"),
            Name(f"{given[0][0]}. {family[0]}", "en", "variant"),
        )
        identifier = f"person/made-{number:06}"
        yield Entity(identifier, f"https://example.org/id/{identifier}", ("person",), names, {})


def misspell(name: str, chance: random.Random) -> str:
    """Return the name with one letter dropped, doubled, changed or swapped, not the first."""
    at = chance.randrange(1, len(name) - 1)
    ways = (
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + chance.choice("aeiostnr") + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return chance.choice(ways)


def make_queries(entities: list[Entity], count: int) -> list[tuple[str, str, str]]:
    """Return kind, text and the id sought: exact, variant, misspelt and unknown in turn."""
    chance = random.Random(1962)
    rows = []
    for number in range(count):
        odd = chance.choice("QXW") + chance.choice("qxw")
        kind = ("exact", "variant", "misspelt", "unknown")[number % 4]
        one = chance.choice(entities)
        latin, cyrillic, _ = (name.form for name in one.names)
        text = {
            "exact": latin,
            "variant": cyrillic.upper().replace(" ", "-"),
            "misspelt": misspell(latin, chance),
            "unknown": f"{odd}uth {make_word(chance)[0]}beck",
        }[kind]
        rows.append((kind, text, "" if kind == "unknown" else one.id))
    return rows


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the seconds that the work takes, the median of some runs."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measure() -> dict[str, object]:
    """Return every figure by name."""
    entities = list(make_entities(ENTITIES))
    start = time.perf_counter()
    reconciler = Reconciler(
        Catalogue("made up", "https://example.org/id/", {e.id: e for e in entities}, {})
    )
    built = time.perf_counter() - start
    gc.freeze()  # as the command does
    rows = make_queries(entities, QUERIES)
    asked = [Query(text, limit=5) for _, text, _ in rows]
    batch = median(lambda: [reconciler.find_candidates(query) for query in asked])
    labels = {n: name.form for n, name in enumerate(x for e in entities for x in e.names)}
    texts = [text for _, text, _ in rows[:PLAIN]]
    plain = median(lambda: [_search(text, labels) for text in texts], runs=3)
    return {
        "entities": ENTITIES, "names": len(labels), "queries": QUERIES,
        "seconds to build the index": round(built, 2),
        "seconds for the batch": round(batch, 3),
        "seconds by kind": _by_kind(reconciler, rows),
        "seconds for the batch by plain search": round(plain * QUERIES / PLAIN, 1),
        "times faster": round(plain * QUERIES / PLAIN / batch, 1),
        "found among five": _found(reconciler, rows),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "python": platform.python_version(),
    }  # fmt: skip


def _search(text: str, labels: dict[int, str]) -> object:
    return process.extract(text, labels, scorer=fuzz.ratio, limit=5, score_cutoff=70)


def _by_kind(reconciler: Reconciler, rows: list[tuple[str, str, str]]) -> dict[str, float]:
    kinds = {kind: [Query(t, limit=5) for k, t, _ in rows if k == kind] for kind, _, _ in rows}
    return {
        kind: round(median(lambda some=some: [reconciler.find_candidates(q) for q in some], 3), 3)  # type: ignore[misc]
        for kind, some in kinds.items()
    }


def _found(reconciler: Reconciler, rows: list[tuple[str, str, str]]) -> dict[str, float]:
    """Return the part of each kind whose entity is among the first five; of unknowns, of none."""
    right: dict[str, list[bool]] = {}
    for kind, text, sought in rows:
        found = [one.entity.id for one in reconciler.find_candidates(Query(text, limit=5))]
        right.setdefault(kind, []).append(sought in found if sought else not found)
    return {kind: round(sum(some) / len(some), 3) for kind, some in right.items()}


def main() -> int:
    """Print the figures and write them beside this file."""
    figures = measure()
    for name, value in figures.items():
        print(f"{name:<40} {value}")
    RESULT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
