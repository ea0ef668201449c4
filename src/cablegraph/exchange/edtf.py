"""Say a date of EDTF by the dating attributes that the interchange format has."""

from __future__ import annotations

import re

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?")
_DECADE = re.compile(r"(?P<known>\d{2,3})X{1,2}")
_DOUBT = re.compile(r"[?~%]")


def to_attributes(edtf: str) -> tuple[dict[str, str], ...]:
    """Return the attributes of each date that a value of EDTF stands for; none if it has no year.

    Shape: hours are left off, which the format does not have; doubt is @cert.

    >>> to_attributes("[1951-07-01..1951-07-05]")
    ({'notBefore': '1951-07-01', 'notAfter': '1951-07-05'},)
    >>> to_attributes("1951-07-XX?")
    ({'when': '1951-07', 'cert': 'low'},)
    >>> to_attributes("1951/.."), to_attributes("/1952"), to_attributes("195X")
    (({'notBefore': '1951'},), ({'to': '1952'},), ({'notBefore': '1950', 'notAfter': '1959'},))
    """
    doubt = {"cert": "low"} if _DOUBT.search(edtf) else {}
    plain = re.sub(r"T[\d:Z+-]*", "", _DOUBT.sub("", edtf))
    if plain.startswith("{"):
        found = [_value(part) for part in plain.strip("{}").split(",")]
    else:
        found = [_bounds(plain) if re.search(r"/|\.\.|^\[", plain) else _value(plain)]
    return tuple({**one, **doubt} for one in found if one)


def _value(text: str) -> dict[str, str]:
    """Return one date: a day, month or year, or the bounds of a decade or century."""
    if ".." in text or "/" in text:
        return _bounds(text)
    if decade := _DECADE.fullmatch(text):
        known, open_ = decade["known"], 4 - len(decade["known"])
        return {"notBefore": known + "0" * open_, "notAfter": known + "9" * open_}
    day = _precise(text)
    return {"when": day} if day else {}


def _bounds(text: str) -> dict[str, str]:
    """Return two ends: of a stretch with a slash, of a doubt in brackets or with two dots."""
    names = ("from", "to")
    if text.startswith("[") or "/.." in text or "../" in text:
        names = ("notBefore", "notAfter")
    ends = re.split(r"/|\.\.(?!/)(?<!/\.\.)|,", text.strip("[]"))
    ends = [_precise(ends[0]), _precise(ends[-1])]
    return {name: end for name, end in zip(names, ends, strict=True) if end}


def _precise(text: str) -> str:
    """Return the part of a date that is known.

    >>> _precise("1951-07-XX"), _precise("1951-21"), _precise("..")
    ('1951-07', '1951', '')
    """
    found = _DAY.match(text)
    return found[0] if found else ""
