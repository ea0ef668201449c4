"""Read the head of a page that has no label there: date, title, who paid for the edition."""

from __future__ import annotations

from collections.abc import Sequence

from cablegraph.records.catalogue import Catalogue
from cablegraph.records.layout import Line
from cablegraph.records.preamble import date_length, is_date
from cablegraph.records.prose import is_heading, is_sentence, is_telegram, is_title, is_wrapped
from cablegraph.records.repositories import find_repository
from cablegraph.records.wordlists import is_in

# Lines with words among which the date of the catalogue stands; past them it is the text's own.
_HEAD = 4
# Lines of a title that stands above the date.
_LONGEST_ABOVE = 2
# More lines than any title was wrapped into.
_LONGEST_TITLE = 4
# "CIPHERED TELEGRAM No. 7 FROM MOSCOW"; without a date a title says more than "Telegram No. 7".
_LONGEST_HEADING, _SHORTEST_TITLE = 6, 4
# A first line this long has been cut by a page's width.
_PAGE_WIDTH = 45


def is_furniture(line: Line) -> bool:
    """Say whether a line is a button or the name of a site."""
    return is_in("buttons.txt", line.text.lstrip("•·*-– ").rstrip("* "))


def is_support(line: Line) -> bool:
    """Say whether a line says who paid for the edition."""
    return is_in("support.txt", line.text.strip("* "))


def read_head(entry: Catalogue, lines: Sequence[Line], *, is_page: bool = False) -> int:
    """Read the head of a page; return the index of the line after it, 0 where it has none.

    A sentence before the date belongs to a related document. A page that is known for one by
    other signs has a title even without a date.
    """
    dated = _find_date(lines)
    if dated is None:
        return _read_undated(entry, lines, is_page=is_page)
    date = lines[dated]
    length = date_length(date.text)
    entry.add("date", date.first, date.first + length)
    entry.add("title", date.first + length, date.last)
    above = [line for line in lines[:dated] if line.text and not is_furniture(line)]
    title = _next(lines, dated + 1)
    if above and _is_titled_above(above, lines[title].text if title < len(lines) else ""):
        entry.add("title", above[0].first, above[-1].last)
    elif above:
        entry.add("other-summary", above[0].first, above[-1].last)
    if "title" in entry.places or not _may_be_title(lines, title):
        return _read_rest(entry, lines, dated + 1)
    return _read_title(entry, lines, title)


def _find_date(lines: Sequence[Line]) -> int | None:
    """Return the index of the date's line: the first, or below a title or another's summary."""
    above: list[Line] = []
    for index, line in enumerate(lines):
        if not line.text or is_furniture(line):
            continue
        if is_date(line.text) or (not above and _has_title(line)):
            return index
        above.append(line)
        if len(above) == _HEAD or heads_text(line) or not _may_stand_above(above):
            return None
    return None


def _may_stand_above(lines: Sequence[Line]) -> bool:
    """Say whether lines are sentences, or a title that may be wrapped into two."""
    if len(lines) == 1 or all(is_sentence(line.text) for line in lines):
        return True
    return len(lines) == _LONGEST_ABOVE and is_wrapped(lines[0], lines[1])


def _is_titled_above(above: Sequence[Line], below: str) -> bool:
    """Say whether the lines above a date are the title, given the line below it."""
    first = above[0].text
    if is_sentence(first) and not is_heading(first):
        return False
    return is_heading(first) or not is_heading(below)


def _has_title(line: Line) -> bool:
    """Say whether a line is a date with a title behind it, not with the words of a text."""
    rest = line.text[date_length(line.text) :].strip()
    return rest != line.text and is_title(rest) and not rest[0].islower()


def heads_text(line: Line) -> bool:
    """Say whether a line is a heading as a text has it: short, its form in capitals."""
    words = line.text.strip("*# ").split()
    return is_heading(line.text) and words[0].isupper() and len(words) <= _LONGEST_HEADING


def _next(lines: Sequence[Line], start: int) -> int:
    """Return the index of the next line with words that is no furniture."""
    found = (i for i in range(start, len(lines)) if lines[i].text and not is_furniture(lines[i]))
    return next(found, len(lines))


def _may_be_title(lines: Sequence[Line], index: int) -> bool:
    if index >= len(lines) or lines[index].is_gap or is_support(lines[index]):
        return False
    return is_title(lines[index].text) or is_heading(lines[index].text)


def _read_undated(entry: Catalogue, lines: Sequence[Line], *, is_page: bool) -> int:
    """Read a title without a date: a first line that names a telegram, not as a text does."""
    first = _next(lines, 0)
    words = lines[first].text if first < len(lines) else ""
    if is_page and _may_be_title(lines, first):
        return _read_title(entry, lines, first)
    if not is_telegram(words) or not is_title(words) or words.isupper():
        return 0
    if heads_text(lines[first]) or len(words.split()) < _SHORTEST_TITLE:
        return 0
    return _read_title(entry, lines, first)


def _read_title(entry: Catalogue, lines: Sequence[Line], start: int) -> int:
    end = start
    while end + 1 < len(lines) and end - start + 1 < _LONGEST_TITLE:
        following = lines[end + 1]
        if is_support(following) or following.is_gap or is_sentence(following.text):
            break
        if not is_wrapped(lines[end], following) and not _is_pair(lines, start, end):
            break
        end += 1
    entry.add("title", lines[start].first, lines[end].last)
    return _read_rest(entry, lines, end + 1)


def _is_pair(lines: Sequence[Line], start: int, end: int) -> bool:
    """Say whether a title has two lines, the first full, with a blank line after the second."""
    if end != start or end + 2 >= len(lines) or len(lines[start].text) < _PAGE_WIDTH:
        return False
    second = lines[end + 1].text
    return bool(second) and not lines[end + 2].text and not is_heading(second)


def _read_rest(entry: Catalogue, lines: Sequence[Line], start: int) -> int:
    """Read the line of support and the links after a title; return the index after them."""
    end = start
    index = _next(lines, start)
    while index < len(lines):
        line = lines[index]
        if is_support(line):
            entry.add("credits", line.first, line.last)
        elif find_repository(line.text) and "url" not in entry.places:
            entry.add("url", line.first, line.last, " <>*")
        else:
            break
        end = index + 1
        index = _next(lines, end)
    return max(end, start)
