"""Read a telegram printed in *Foreign Relations of the United States*, copied as plain text.

``The Ambassador in X (Name) to the Secretary of State`` with the file number above or below it;
the line of place and time, and what follows, is the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cablegraph.records.catalogue import Catalogue
from cablegraph.records.layout import Line
from cablegraph.records.preamble import is_date

# Lines with words among which heading and file number stand.
_HEAD = 8
_HEADING = re.compile(
    r"(?:\d{1,4}\.\s+)?The (?=[A-Z])[^\n]{3,160} to (?:the |President |Secretary )[^\n]{3,160}"
)
_NUMBER = re.compile(
    r"(?P<number>[^\n:]{3,80}(?::[^\n:]{3,40})?)\s*:\s*(?:Circular )?"
    r"(?:Air ?gram|Telegram|D[ei]spatch|Cablegram)(?:\s*\(Extract\))?",
    re.IGNORECASE,
)
_DATED = re.compile(r"[^\d]{2,60}?,\s+(?P<date>\w{3,9} \d{1,2}, \d{4})(?:\s*[—–,;.-]|$)")


def find_heading(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return the indices of the lines with the heading and the file number, or None.

    A heading alone counts too, if a line of place and time stands below it.
    """
    filled = [(i, line) for i, line in enumerate(lines) if line.text][:_HEAD]
    heading = next((i for i, line in filled if _HEADING.fullmatch(line.text)), None)
    if heading is None:
        return None
    number = next((i for i, line in filled if _NUMBER.fullmatch(line.text)), heading)
    if number == heading and not any(_DATED.match(line.text) for _, line in filled):
        return None
    return heading, number


def read_frus(entry: Catalogue, lines: Sequence[Line], places: tuple[int, int]) -> int:
    """Read heading, file number and date; return the index of the first line of the text."""
    heading, number = lines[places[0]], lines[places[1]]
    entry.add("title", heading.first, heading.last)
    if found := _NUMBER.fullmatch(number.text):
        entry.add("source", number.first, number.first + found.end("number"))
    start = max(places) + 1
    for line in [line for line in lines[start:] if line.text][:_HEAD]:
        dated = _DATED.match(line.text)
        if dated and is_date(dated["date"]):
            entry.add("date", line.first + dated.start("date"), line.first + dated.end("date"))
            break
    return start
