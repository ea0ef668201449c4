"""Damage to documents, by chance but the same chance every time, to try checkers on."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

#: Literals that are hard on somebody: ill-typed, of odd form, letters of other scripts, patterns.
_LITERALS = (
    '""', '" "', '"x"', '"abc"', '"17"', '"0017"', '"-1"', '"1.50"', '"1e3"', '"NaN"',
    '"5[a"', '"(a|"', '"a\\\\1b"', '"{?value}"', '"$this"', '"line\\none"', '"\\"quoted\\""',
    '"Мао Цзэдун"@ru', '"Mаo"@en', '"毛泽东"@zh', '"ru"', '"en"', '"RU"', '"en"@en', '"f. 059а"',
    '"1951-07-03"', '"1951-13-45"', '"3 July 1951"@en', '"P6D"', '"six days"',
)  # fmt: skip
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATATYPES = (
    *(f"{_XSD}{name}" for name in (
        "integer", "decimal", "double", "boolean", "date", "gYear", "gYearMonth", "dateTime",
        "duration", "anyURI", "string", "nonNegativeInteger", "token",
    )),
    "http://id.loc.gov/datatypes/edtf/EDTF",
    "http://www.opengis.net/ont/geosparql#wktLiteral",
    "https://example.org/datatype",
)  # fmt: skip
_LANGUAGES = ("en", "ru", "zh", "ko", "en-gb", "zh-hant", "und")

Triple = tuple[str, str, str]


class Damage:
    """Changes to the statements of a document, each of one of the ways below.

    Shape: *predicates* and *values* are what a statement may get in the place of its own.
    """

    def __init__(self, seed: int, predicates: Sequence[str], values: Sequence[str]) -> None:
        self._chance = random.Random(seed)
        self._predicates, self._values = predicates, values

    def damage(self, triples: Sequence[Triple], times: int) -> list[Triple]:
        """Return the statements, changed *times* times."""
        found = list(triples)
        ways: list[Callable[[list[Triple], int], None]] = [
            self._drop, self._drop_node, self._copy_value, self._take_value, self._any_value,
            self._odd_literal, self._retype, self._respeak, self._rename, self._exchange,
            self._respell, self._turn,
        ]  # fmt: skip
        for _ in range(times):
            if found:
                self._chance.choice(ways)(found, self._chance.randrange(len(found)))
        return found

    def _drop(self, triples: list[Triple], at: int) -> None:
        del triples[at]

    def _drop_node(self, triples: list[Triple], at: int) -> None:
        gone = triples[at][0]
        triples[:] = [triple for triple in triples if triple[0] != gone]

    def _copy_value(self, triples: list[Triple], at: int) -> None:
        """Give a node a second value, one that another node has of the same property."""
        subject, predicate, _ = triples[at]
        others = [value for _, other, value in triples if other == predicate]
        triples.append((subject, predicate, self._chance.choice(others)))

    def _take_value(self, triples: list[Triple], at: int) -> None:
        subject, predicate, _ = triples[at]
        others = [value for _, other, value in triples if other == predicate]
        triples[at] = (subject, predicate, self._chance.choice(others))

    def _any_value(self, triples: list[Triple], at: int) -> None:
        subject, predicate, _ = triples[at]
        triples[at] = (subject, predicate, self._chance.choice(self._values))

    def _odd_literal(self, triples: list[Triple], at: int) -> None:
        subject, predicate, value = triples[at]
        odd = self._chance.choice(_LITERALS)
        if "@" not in odd[-9:] and self._chance.random() < 0.5:
            odd += f"^^<{self._chance.choice(_DATATYPES)}>"
        triples.append((subject, predicate, odd))
        if self._chance.random() < 0.5:
            triples.remove((subject, predicate, value))

    def _retype(self, triples: list[Triple], at: int) -> None:
        self._relabel(triples, at, f"^^<{self._chance.choice(_DATATYPES)}>")

    def _respeak(self, triples: list[Triple], at: int) -> None:
        self._relabel(triples, at, f"@{self._chance.choice(_LANGUAGES)}")

    def _relabel(self, triples: list[Triple], at: int, tail: str) -> None:
        literals = [i for i, triple in enumerate(triples) if triple[2].startswith('"')]
        if literals:
            at = literals[at % len(literals)]
            subject, predicate, value = triples[at]
            triples[at] = (subject, predicate, value[: value.rindex('"') + 1] + tail)

    def _rename(self, triples: list[Triple], at: int) -> None:
        """Give a statement a property of another one, or any that a shape names."""
        subject, _, value = triples[at]
        triples[at] = (subject, self._chance.choice(self._predicates), value)

    def _exchange(self, triples: list[Triple], at: int) -> None:
        """Let one node take the place of another in a statement that has it as value."""
        other = self._chance.choice(triples)[0]
        subject, predicate, _ = triples[at]
        triples.append((subject, predicate, other))

    def _respell(self, triples: list[Triple], at: int) -> None:
        """Put a letter or a digit into a literal, or take one out."""
        literals = [i for i, t in enumerate(triples) if t[2].startswith('"') and "\\" not in t[2]]
        if not literals:
            return
        at = literals[at % len(literals)]
        subject, predicate, value = triples[at]
        end = value.rindex('"')
        place = self._chance.randrange(1, end + 1)
        letter = self._chance.choice(["", "9", "а", "x", " ", "[", ")"])
        triples[at] = (subject, predicate, value[:place] + letter + value[place + (letter == "") :])
        if triples[at][2].count('"') != 2 or not triples[at][2].startswith('"'):
            triples[at] = (subject, predicate, value)

    def _turn(self, triples: list[Triple], at: int) -> None:
        """Let value and node change places, where the value is a node."""
        subject, predicate, value = triples[at]
        if value.startswith("<"):
            triples[at] = (value, predicate, subject)
