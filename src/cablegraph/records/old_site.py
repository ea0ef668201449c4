"""Read a page of the old site: date, title, buttons, summary and citation, all before the text.

What marks it are its buttons, or, where a copy has none left, a citation without a label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cablegraph.records.catalogue import Catalogue, read_citation
from cablegraph.records.head import is_furniture, is_support
from cablegraph.records.layout import Line
from cablegraph.records.preamble import date_length, is_date
from cablegraph.records.prose import is_sentence, is_wrapped
from cablegraph.records.repositories import find_repository
from cablegraph.records.wordlists import is_in

# Lines with words before the text; a summary in many paragraphs has been seen with twelve.
_HEAD = 30
# Lines that one citation may be wrapped into.
_LONGEST_CITATION = 12
_BULLET = re.compile(r"^[•·*-]\s+")
_QUOTED_TITLE = re.compile(r"[\"“«](?P<title>[^\n]{4,500}?)[,.]?[\"”»],?\s+(?P<rest>.+)", re.DOTALL)
_LINK = re.compile(r"<?(?:https?://|www\.)\S+>?", re.IGNORECASE)


def find_citation(lines: Sequence[Line]) -> int | None:
    """Return the index of the line where a citation without a label begins, or None."""
    seen = 0
    for index, line in enumerate(lines):
        if not line.text:
            continue
        if is_citation(_words(lines, index)):
            return index
        seen += 1
        if seen == _HEAD:
            break
    return None


def is_citation(words: str) -> bool:
    """Say whether *words* are a quoted title, its date, and where it is kept.

    >>> is_citation('"Cable, A to B," May 4, 1953, Some Digital Archive, XYZ, f. 1.')
    True
    """
    found = _QUOTED_TITLE.match(words)
    if found is None:
        return False
    rest = found["rest"][:120]
    dated = date_length(rest.replace(", ", " , ", 3)) or date_length(rest.partition(",")[0])
    return bool(dated) and ("archive" in words.casefold() or _LINK.search(words) is not None)


def has_buttons(lines: Sequence[Line]) -> bool:
    """Say whether a page has buttons that only the old site has."""
    filled = [line for line in lines if line.text][:_HEAD]
    return any(is_in("site-buttons.txt", _BULLET.sub("", line.text)) for line in filled)


def read_old_site(entry: Catalogue, lines: Sequence[Line]) -> int:
    """Read what stands before the text; return the index of the text's first line."""
    cited = find_citation(lines)
    stop = cited if cited is not None else _first_after_buttons(lines)
    _read_above(entry, [line for line in lines[:stop] if line.text])
    if cited is None:
        return stop
    end = cited + _citation_length(lines, cited)
    read_citation(entry, lines[cited:end])
    if "title" not in entry.places:
        _read_quoted_title(entry, lines[cited].first, lines[end - 1].last)
    return _skip_buttons(entry, lines, end)


def _words(lines: Sequence[Line], index: int) -> str:
    return "\n".join(line.text for line in lines[index : index + _LONGEST_CITATION] if line.text)


def _citation_length(lines: Sequence[Line], start: int) -> int:
    """Return how many lines a citation has: to its link or full stop, a button or a blank line."""
    end = start
    while end < len(lines) and end - start < _LONGEST_CITATION:
        line = lines[end]
        if not line.text or (end > start and is_furniture(line)):
            break
        end += 1
        follows = lines[end].text if end < len(lines) else ""
        if _LINK.search(line.text) or (line.text[-1] in ".)" and not _LINK.match(follows)):
            break
    return end - start


def _first_after_buttons(lines: Sequence[Line]) -> int:
    """Return the index after the last button of the head, where a page lacks its citation."""
    buttons = [i for i, line in enumerate(lines) if line.text and is_furniture(line)]
    head = [i for i in buttons if sum(bool(x.text) for x in lines[:i]) < _HEAD]
    return head[-1] + 1 if head else 0


def _read_above(entry: Catalogue, lines: Sequence[Line]) -> None:
    """Read date, title, support and summary from the lines before the citation."""
    dated = next((i for i, line in enumerate(lines) if is_date(line.text)), None)
    if dated is not None:
        entry.add("date", lines[dated].first, lines[dated].last)
    rest = lines[dated + 1 :] if dated is not None else list(lines)
    for line in [line for line in rest if is_support(line)]:
        entry.add("credits", line.first, line.last)
    rest = [line for line in rest if not is_support(line) and not _LINK.fullmatch(line.text)]
    cut = next((i for i, line in enumerate(rest) if is_furniture(line)), None)
    titled = _title_length(rest[:cut], has_button=cut is not None)
    words = [line for line in rest if not is_furniture(line)]
    if titled:
        entry.add("title", words[0].first, words[titled - 1].last)
    if words[titled:]:
        entry.add("summary", words[titled].first, words[-1].last)


def _title_length(lines: Sequence[Line], *, has_button: bool) -> int:
    """Return how many lines after the date are the title.

    All of them are before the first button; else one, with those that it is wrapped into, unless
    it is a sentence.
    """
    if not lines or (is_sentence(lines[0].text) and not lines[0].text.isupper()):
        return 0
    count = 1
    while count < len(lines) and (
        is_wrapped(lines[count - 1], lines[count])
        or (has_button and lines[count - 1].text.isupper() and lines[count].text.isupper())
    ):
        count += 1
    return count


def _read_quoted_title(entry: Catalogue, start: int, end: int) -> None:
    found = _QUOTED_TITLE.match(entry.text[start:end])
    if found:
        entry.add("title", start + found.start("title"), start + found.end("title"))


def _skip_buttons(entry: Catalogue, lines: Sequence[Line], start: int) -> int:
    """Return the index of the first line of the text; the page's own link may stand before it."""
    index = start
    while index < len(lines):
        line = lines[index]
        words = _BULLET.sub("", line.text)
        if is_support(line):
            entry.add("credits", line.first, line.last)
        elif _LINK.fullmatch(words):
            if "url" not in entry.places and find_repository(words):
                entry.add("url", line.last - len(words), line.last, " <>.,;")
        elif words and not is_furniture(line) and words != "•":
            break
        index += 1
    return index
