"""One text for each statement, however a store writes its terms.

Stores keep numbers and times by value and give them back in a form of their own. What is the same
value by XSD gets the same text here for any store; what a certain store changes beyond that is
a rewrite, which its profile must name.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from cablegraph.namespaces import PREFIXES
from cablegraph.terms import XSD, literal

if TYPE_CHECKING:
    import pyoxigraph

#: Changes with the forms below: what was verified under other forms is verified again.
FORMS = 1

_INTEGERS = (
    "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger",
    "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
)  # fmt: skip
_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_DATE_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]+))?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_TIME = re.compile(r"([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]+))?(Z|[+-][0-9]{2}:[0-9]{2})?")
_ZERO_ZONE = re.compile(r"[+-]00:00$")
_DURATION = re.compile(
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_COORDINATE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WKT = f"{PREFIXES['geo']}wktLiteral"
_VIRTUOSO_WKT = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
#: Virtuoso has integers of 64 bits; a larger one becomes a decimal.
_LARGEST = 2**63


class Form(NamedTuple):
    """A statement as it is compared.

    Shape: ``line`` is the same for all that a store may make of the statement; ``exact`` is the
        form without the rewrite; ``rewrite`` names the rewrite that may apply, or is None.
    """

    line: str
    exact: str
    rewrite: str | None = None


def to_form(triple: pyoxigraph.Triple, rewrites: Collection[str] = ()) -> Form:
    """Return the text by which a statement is known, as a line of N-Triples."""
    value: Any = triple.object
    language, datatype = getattr(value, "language", None), getattr(value, "datatype", None)
    kind: str = datatype.value if datatype is not None else ""
    if language is None and kind not in _TOUCHED:
        line = f"{triple} ."
        return Form(line, line)
    head = f"{triple.subject} {triple.predicate} "
    if language is not None:
        line = f"{head}{literal(value.value, language.lower())} ."
        return Form(line, line)
    exact, written, rewrite = _forms(value.value, kind, frozenset(rewrites))
    return Form(f"{head}{written} .", f"{head}{exact} .", rewrite)


@lru_cache(maxsize=65536)
def _forms(text: str, datatype: str, rewrites: frozenset[str]) -> tuple[str, str, str | None]:
    text = canonical_text(text, datatype)
    exact = literal(text, datatype=datatype)
    for name in sorted(rewrites):
        found = REWRITES[name](text, datatype)
        if found is not None:
            return exact, literal(found[0], datatype=found[1]), name
    return exact, exact, None


def canonical_text(text: str, datatype: str) -> str:
    """Return the canonical lexical form of a literal; what is ill-typed stays as it is.

    >>> canonical_text("+01.50", "http://www.w3.org/2001/XMLSchema#decimal")
    '1.5'
    """
    canonical = _CANONICAL.get(datatype)
    return text if canonical is None else canonical(text)


def _integer(text: str) -> str:
    return str(int(text)) if _INTEGER.fullmatch(text) else text


def _decimal(text: str) -> str:
    found = _DECIMAL.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return text
    whole, rest = found[2].lstrip("0") or "0", (found[3] or "").rstrip("0")
    number = f"{whole}.{rest}" if rest else whole
    return f"-{number}" if found[1] == "-" and number != "0" else number


def _double(text: str) -> str:
    return repr(float(text)) if _DOUBLE.fullmatch(text) else text.replace("+INF", "INF")


def _float(text: str) -> str:
    return _single(text) if _DOUBLE.fullmatch(text) else text.replace("+INF", "INF")


def _single(text: str) -> str:
    try:
        return repr(struct.unpack("<f", struct.pack("<f", float(text)))[0])
    except OverflowError:
        return text


def _boolean(text: str) -> str:
    return {"1": "true", "0": "false"}.get(text, text)


def _date_time(text: str) -> str:
    found = _DATE_TIME.fullmatch(text)
    if found is None:
        return text
    day, clock, fraction, zone = found.groups()
    if zone and zone != "Z":
        try:
            day, clock = _to_utc(f"{day}T{clock}{zone}")
            zone = "Z"
        except (ValueError, OverflowError):
            return text
    return f"{day}T{clock}{_fraction(fraction)}{zone or ''}"


def _to_utc(text: str) -> tuple[str, str]:
    moment = datetime.fromisoformat(text).astimezone(UTC)
    return moment.date().isoformat(), moment.time().isoformat(timespec="seconds")


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    if found is None:
        return text
    return f"{found[1]}{_fraction(found[2])}{_zone(found[3] or '')}"


def _fraction(digits: str | None) -> str:
    kept = (digits or "").rstrip("0")
    return f".{kept}" if kept else ""


def _zone(text: str) -> str:
    return _ZERO_ZONE.sub("Z", text)


def _by_integer(text: str, datatype: str) -> tuple[str, str] | None:
    """Take every kind of integer as xsd:integer, which Oxigraph makes of them."""
    return (text, f"{XSD}integer") if datatype in _DERIVED else None


def _by_large(text: str, datatype: str) -> tuple[str, str] | None:
    """Take an integer of more than 64 bits as a decimal, which Virtuoso makes of it."""
    if datatype not in _WHOLE or not _INTEGER.fullmatch(text):
        return None
    return (text, f"{XSD}decimal") if not -_LARGEST <= int(text) < _LARGEST else None


def _by_whole(text: str, datatype: str) -> tuple[str, str] | None:
    """Take a decimal without fraction as an integer, which Virtuoso makes of it in an update."""
    if datatype != f"{XSD}decimal" or not _INTEGER.fullmatch(text):
        return None
    return (text, f"{XSD}integer") if -_LARGEST <= int(text) < _LARGEST else None


def _by_length(text: str, datatype: str) -> tuple[str, str] | None:
    """Take a duration as months and seconds, of which Virtuoso gives the bare number."""
    if datatype not in _DURATIONS:
        return None
    if number := _NUMBER.fullmatch(text):
        months, seconds = (Decimal(0), Decimal(text)) if number[1] else (Decimal(text), Decimal(0))
    elif (found := _DURATION.fullmatch(text)) and text[-1] not in "PT":
        months, seconds = _measure(found)
    else:
        return None
    return f"{_decimal(f'{months:f}')} months {_decimal(f'{seconds:f}')} seconds", datatype


def _measure(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    years, months, days, hours, minutes, seconds = (
        Decimal(part or 0) for part in found.groups()[1:]
    )
    sign = -1 if found[1] else 1
    span = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return sign * (years * 12 + months), sign * span


def _by_place(text: str, datatype: str) -> tuple[str, str] | None:
    """Take coordinates in single precision and under one datatype, as Virtuoso keeps them."""
    if datatype not in (_WKT, _VIRTUOSO_WKT):
        return None
    plain = _COORDINATE.sub(lambda found: _single(found[0]), text)
    return " ".join(plain.replace(", ", ",").split()), _WKT


_WHOLE = frozenset(XSD + kind for kind in _INTEGERS)
_DERIVED = _WHOLE - {XSD + "integer"}
_DURATIONS = frozenset(XSD + k for k in ("duration", "dayTimeDuration", "yearMonthDuration"))
_ZONED = ("date", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
_CANONICAL: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(_WHOLE, _integer),
    f"{XSD}decimal": _decimal,
    f"{XSD}double": _double,
    f"{XSD}float": _float,
    f"{XSD}boolean": _boolean,
    f"{XSD}dateTime": _date_time,
    f"{XSD}dateTimeStamp": _date_time,
    f"{XSD}time": _time,
    **{XSD + kind: _zone for kind in _ZONED},
}
#: What a store may change beyond the form of a value, by the name that its profile gives.
REWRITES: Mapping[str, Callable[[str, str], tuple[str, str] | None]] = {
    "durations as numbers": _by_length,
    "every integer as xsd:integer": _by_integer,
    "geometries in single precision": _by_place,
    "large integers as decimals": _by_large,
    "whole decimals as integers": _by_whole,
}
_TOUCHED = frozenset(_CANONICAL) | _DURATIONS | {_WKT, _VIRTUOSO_WKT}
