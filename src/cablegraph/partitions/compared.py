"""The corpus rules over a corpus of any size: key by key, and only those that anything changed.

The excerpts of all documents lie in the database beside the output, with the keys by which they
meet. Where one comes or goes its keys are touched; the statements of all that meet in a touched key
are put into a store, and the rule's own query is run over that. Where many meet, those that state
the same but for their own names are compared through the first few of them (see ``alike``). Work is
bounded by the number of excerpts that may meet in one key, memory by the statements of so many.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from cablegraph.partitions.alike import FEW, choose, select
from cablegraph.partitions.meetings import Excerpt, corpus_rules, number_of, open_store
from cablegraph.records.claims import Finding
from cablegraph.validation.results import ShapeResult
from cablegraph.validation.rules import Rule, find_solutions, to_results

#: Excerpts that are compared in one key: half a million pairs take a rule some 0.4 s. No clock is
#: asked, so that the same corpus has the same findings on any machine.
MOST_MEET = 1000
#: Excerpts of one key among which those that are alike are looked for; it takes 0.1 ms for each.
_MOST_READ = 10 * MOST_MEET
#: Keys that are held while they are compared.
_AT_ONCE = 1000
#: Documents in which the place of a finding is looked for.
_HOMES = 16
TABLES = """
    CREATE TABLE IF NOT EXISTS excerpt (
        id INTEGER PRIMARY KEY, place TEXT NOT NULL, name TEXT NOT NULL, lines BLOB NOT NULL,
        digest INTEGER, part TEXT, source TEXT, shown TEXT
    );
    CREATE UNIQUE INDEX IF NOT EXISTS excerpt_of_place ON excerpt (place, name);
    CREATE TABLE IF NOT EXISTS meeting (
        rule TEXT, key INTEGER, excerpt INTEGER, alone INTEGER, PRIMARY KEY (rule, key, excerpt)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS meeting_of_excerpt ON meeting (excerpt);
    CREATE TABLE IF NOT EXISTS touched_meeting (
        rule TEXT, key INTEGER, PRIMARY KEY (rule, key)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS claimed (
        entity INTEGER, excerpt INTEGER, PRIMARY KEY (entity, excerpt)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS claimed_of_excerpt ON claimed (excerpt);
    CREATE TABLE IF NOT EXISTS solution (
        rule TEXT, sorted TEXT, key INTEGER, said TEXT NOT NULL, PRIMARY KEY (rule, sorted, key)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS solution_of_key ON solution (rule, key);
    CREATE TABLE IF NOT EXISTS crowd (
        rule TEXT, key INTEGER, n INTEGER, PRIMARY KEY (rule, key)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS passed_over (
        rule TEXT, key INTEGER, n INTEGER, PRIMARY KEY (rule, key)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS home (
        rule TEXT, key INTEGER, node TEXT, excerpt INTEGER, PRIMARY KEY (rule, key, node, excerpt)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS home_of_node ON home (node);
    CREATE TABLE IF NOT EXISTS placed (stamp INTEGER PRIMARY KEY, finding BLOB NOT NULL);
"""
_MADE = ("solution", "crowd", "passed_over", "home")  # by the rules, of a key
_COUNT = "SELECT COUNT(*) FROM meeting WHERE rule = ? AND key = ?"
_MEMBERS = (
    "SELECT id, lines, alone, name FROM meeting JOIN excerpt ON excerpt.id = meeting.excerpt"
    " WHERE rule = ? AND key = ? ORDER BY name, place LIMIT ?"
)


#: What is said where a bound was met: the bound, and what to do.
_BOUNDS = {
    "crowd": (
        "not compared where more than {most} meet",
        "divide them by date or file and build each alone, or compare them by hand",
    ),
    "passed_over": (
        "of more than {few} that meet, some that state the same as others are passed over",
        "mend those that are named, then check again; copies of one document may be one too many",
    ),
}


class Home(NamedTuple):
    """A document that speaks of a node: graph, digest and file of its statements, its source."""

    name: str
    digest: int
    part: str
    source: str
    shown: str


class Compared:
    """The tables on corpus rules; what changes them runs within a transaction of the caller."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def replace(self, place: str, excerpts: Iterable[Excerpt]) -> None:
        """Let a bucket or shard have these excerpts in place of those that it had."""
        rows = self._db.execute("SELECT name, id, lines FROM excerpt WHERE place = ?", (place,))
        before = {name: (number, lines) for name, number, lines in rows}
        for one in excerpts:
            number, lines = before.pop(one.name, (None, None))
            if number is not None and lines == one.lines and self._keys(number) == _rows(one):
                self._update(number, one)
            else:
                self._take_out(number)
                self._enter(place, one)
        for number, _ in before.values():
            self._take_out(number)

    def _keys(self, number: int) -> list[tuple[str, int, int]]:
        rows = "SELECT rule, key, alone FROM meeting WHERE excerpt = ? ORDER BY rule, key"
        return self._db.execute(rows, (number,)).fetchall()

    def _enter(self, place: str, one: Excerpt) -> None:
        row = (place, one.name, one.lines, one.digest, one.part, one.source, one.shown)
        number = self._db.execute(
            "INSERT INTO excerpt (place, name, lines, digest, part, source, shown)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)", row,
        ).lastrowid  # fmt: skip
        rows = _rows(one)
        self._db.executemany(
            "INSERT INTO meeting VALUES (?, ?, ?, ?)",
            ((rule, key, number, alone) for rule, key, alone in rows),
        )
        self._touch(rows)
        self._claim(number, one)

    def _update(self, number: int, one: Excerpt) -> None:
        self._db.execute(
            "UPDATE excerpt SET digest = ?, part = ?, source = ?, shown = ? WHERE id = ?",
            (one.digest, one.part, one.source, one.shown, number),
        )
        self._db.execute("DELETE FROM claimed WHERE excerpt = ?", (number,))
        self._claim(number, one)

    def _claim(self, number: int | None, one: Excerpt) -> None:
        rows = ((entity, number) for entity in one.about)
        self._db.executemany("INSERT OR IGNORE INTO claimed VALUES (?, ?)", rows)

    def _take_out(self, number: int | None) -> None:
        if number is None:
            return
        self._touch(self._keys(number))
        for table, column in (("meeting", "excerpt"), ("claimed", "excerpt"), ("excerpt", "id")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))

    def _touch(self, rows: Iterable[tuple[str, int, int]]) -> None:
        self._db.executemany(
            "INSERT OR IGNORE INTO touched_meeting VALUES (?, ?)", (row[:2] for row in rows)
        )

    def touch_all(self) -> None:
        """Have everything compared anew."""
        for table in _MADE:
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute(
            "INSERT OR IGNORE INTO touched_meeting SELECT DISTINCT rule, key FROM meeting"
        )

    def compare(self) -> None:
        """Run each rule over what meets in the keys that were touched."""
        rules = {rule.code: rule for rule in corpus_rules()}
        some = f"SELECT rule, key FROM touched_meeting LIMIT {_AT_ONCE}"
        while touched := self._db.execute(some).fetchall():
            for table in (*_MADE, "touched_meeting"):
                self._db.executemany(f"DELETE FROM {table} WHERE rule = ? AND key = ?", touched)
            for code, key in touched:
                if code in rules:
                    self._compare(rules[code], key)

    def _compare(self, rule: Rule, key: int) -> None:
        place = (rule.code, key)
        members = self._db.execute(_MEMBERS, (*place, FEW + 1)).fetchall()
        if len(members) > FEW:
            self._compare_many(rule, key)
        elif len(members) > 1 or (members and members[0][2]):
            self._run(rule, key, {row[0]: list(select(rule, row[1])) for row in members})

    def _compare_many(self, rule: Rule, key: int) -> None:
        """Compare those that stand for all that meet, and say how many are passed over for that."""
        place = (rule.code, key)
        (number,) = self._db.execute(_COUNT, place).fetchone()
        chosen: dict[int, list[str]] | None = None
        if number <= _MOST_READ:
            rows = self._db.execute(_MEMBERS, (*place, number))
            chosen = choose(rule, ((one, name, lines) for one, lines, _, name in rows), MOST_MEET)
        if chosen is None:
            self._db.execute("INSERT INTO crowd VALUES (?, ?, ?)", (*place, number))
            return
        if len(chosen) < number:
            row = (*place, number - len(chosen))
            self._db.execute("INSERT INTO passed_over VALUES (?, ?, ?)", row)
        self._run(rule, key, chosen)

    def _run(self, rule: Rule, key: int, lines: dict[int, list[str]]) -> None:
        """Run a rule over the statements of excerpts, and keep what it finds."""
        store = open_store(line for own in lines.values() for line in own)
        solutions = find_solutions(rule, store)
        self._keep(rule, key, solutions)
        nodes = {f"<{one['this']}>" for one in solutions if "this" in one}
        self._house((rule.code, key), nodes, lines)

    def _keep(self, rule: Rule, key: int, solutions: Iterable[dict[str, str]]) -> None:
        rows = (
            (rule.code, "\0".join(one.get(name, "") for name in rule.order), key,
             msgspec.json.encode(one).decode())
            for one in solutions
        )  # fmt: skip
        self._db.executemany("INSERT OR IGNORE INTO solution VALUES (?, ?, ?, ?)", rows)

    def _house(self, place: tuple[str, int], nodes: set[str], lines: dict[int, list[str]]) -> None:
        """Remember in which excerpts something is stated of the nodes that a rule named."""
        rows = {
            (*place, subject, number)
            for number, own in lines.items() if nodes
            for subject in nodes.intersection(line.partition(" ")[0] for line in own)
        }  # fmt: skip
        self._db.executemany("INSERT INTO home VALUES (?, ?, ?, ?)", sorted(rows))

    def results(self) -> Iterator[ShapeResult]:
        """Yield what the rules found in the whole corpus, and where a bound was met."""
        for rule in corpus_rules():
            rows = self._db.execute(
                "SELECT DISTINCT sorted, said FROM solution WHERE rule = ? ORDER BY sorted LIMIT ?",
                (rule.code, rule.limit or -1),
            )
            said = (msgspec.json.decode(data, type=dict[str, str]) for _, data in rows)
            yield from to_results(rule, said)
            for table, (limit, remedy) in _BOUNDS.items():
                count = f"SELECT COUNT(*), MAX(n) FROM {table} WHERE rule = ?"
                number, most = self._db.execute(count, (rule.code,)).fetchone()
                if number:
                    bound = limit.format(most=MOST_MEET, few=FEW)
                    problem = f"{bound}: {number} groups, of up to {most}"
                    yield ShapeResult("_:", rule.code, "info", problem, remedy)

    def placed(self) -> dict[int, Finding]:
        """Return the findings that have their places already."""
        rows = self._db.execute("SELECT stamp, finding FROM placed")
        return {stamp: msgspec.msgpack.decode(data, type=Finding) for stamp, data in rows}

    def keep_placed(self, found: Mapping[int, Finding]) -> None:
        """Keep these findings with their places, and no others."""
        rows = ((stamp, msgspec.msgpack.encode(one)) for stamp, one in sorted(found.items()))
        self._db.execute("DELETE FROM placed")
        self._db.executemany("INSERT INTO placed VALUES (?, ?)", rows)

    def homes(self, node: str) -> list[Home]:
        """Return the first documents that state or claim something of a node, given as a term."""
        rows = self._db.execute(
            "SELECT DISTINCT name, digest, part, source, shown FROM excerpt WHERE part != '' AND id"
            " IN (SELECT excerpt FROM home WHERE node = ? UNION"
            " SELECT excerpt FROM claimed WHERE entity = ?) ORDER BY name LIMIT ?",
            (node, number_of(node), _HOMES),
        )
        return [Home(*row) for row in rows]


def _rows(one: Excerpt) -> list[tuple[str, int, int]]:
    """Return the keys of an excerpt as the table has them, one a rule and key."""
    found = {(key.rule, key.number): int(key.alone) for key in one.keys}
    return sorted((rule, key, alone) for (rule, key), alone in found.items())
