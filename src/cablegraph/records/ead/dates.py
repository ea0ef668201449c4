"""Write as EDTF what finding aids and authority files say of the time of a thing."""

from __future__ import annotations

import re

from cablegraph.records.cmif.dates import write_edtf

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)?")
_YEARS = re.compile(r"(?P<first>\d{4})(?:\s*[-–—/]\s*(?P<last>\d{4}))?")


def parse_normal(value: str) -> str | None:
    """Return a date or a stretch in one of the forms of ISO 8601, None if it is neither.

    >>> parse_normal("19510703/195108"), parse_normal("1951/"), parse_normal("x")
    ('1951-07-03/1951-08', '1951/', None)
    """
    first, slash, last = value.strip().partition("/")
    ends = [_extended(end) for end in (first, last)]
    if not slash:
        return write_edtf({"when": ends[0]})
    return write_edtf({name: end for name, end in zip(("from", "to"), ends, strict=True) if end})


def parse_words(words: str) -> str | None:
    """Return years that stand alone as EDTF, None for any other words.

    >>> parse_words("1950–1953"), parse_words("1951"), parse_words("ca. 1951")
    ('1950/1953', '1951', None)
    """
    found = _YEARS.fullmatch(words.strip())
    if found is None:
        return None
    return f"{found['first']}/{found['last']}" if found["last"] else found["first"]


def _extended(value: str) -> str:
    found = _BASIC.fullmatch(value.strip())
    return "-".join(filter(None, found.groups())) if found else value.strip()
