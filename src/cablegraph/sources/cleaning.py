"""Clean a decoded text for reading, and keep the way back to every character of the source.

Letters that only look alike are mended in ``lookalikes``.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from cablegraph.sources.lookalikes import mend

# Every form of line end but LF; CR LF is handled apart, for it alone changes the length.
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
# White_Space=Yes in the Unicode character database, less the line ends.
_SPACES = "\t\x1f\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
# Soft hyphen, zero-width spaces and joiners, byte order mark, directional marks.
_INVISIBLE = "\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"

_PLAIN = str.maketrans(
    dict.fromkeys(_SPACES, " ") | dict.fromkeys(_LINE_ENDS, "\n"),
)
_PLAINABLE = re.compile(f"[{_SPACES}{_LINE_ENDS}]")
_SHORTENED = re.compile(f"[\r{_INVISIBLE}]")
_SHORTER = re.compile(f"\r\n|[{_INVISIBLE}]+")
# Vowels and final consonants of conjoining Hangul compose with what precedes, as marks do.
_JAMO = range(0x1160, 0x1200)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text and its map; see ``SourceText`` for the units."""

    text: str
    origin: Sequence[int]
    until: Sequence[int]


Edit = tuple[int, int, str]  # start, end, and what stands there instead


def clean_text(text: str) -> Cleaned:
    r"""Clean *text*: plain line ends and spaces, NFC, nothing invisible, letters mended.

    Shape: a text that needs nothing comes back with ``range`` objects as its map. What is
        left out belongs to no cleaned code point, but lies inside a span that crosses it.

    >>> clean_text("a\r\nb\u00adc").text, list(clean_text("a\r\nb").origin)
    ('a\nbc', [0, 1, 3])
    """
    cleaned = Cleaned(text, range(len(text)), range(1, len(text) + 1))
    if _SHORTENED.search(text):
        cleaned = _edit(cleaned, _shortenings(text))
    if _PLAINABLE.search(cleaned.text):
        cleaned = Cleaned(cleaned.text.translate(_PLAIN), cleaned.origin, cleaned.until)
    if not unicodedata.is_normalized("NFC", cleaned.text):
        cleaned = _edit(cleaned, _compositions(cleaned.text))
    return Cleaned(mend(cleaned.text), cleaned.origin, cleaned.until)


def _shortenings(text: str) -> Iterable[Edit]:
    for found in _SHORTER.finditer(text):
        yield found.start(), found.end(), "\n" if found[0][0] == "\r" else ""


def _compositions(text: str) -> Iterable[Edit]:
    """Yield the edits that make *text* NFC.

    Only a mark can change with what precedes it, so each letter with its marks is composed
    by itself; letters that NFC replaces outright come one by one.
    """
    letters = sorted(set(text))
    marks = "".join(c for c in letters if unicodedata.category(c)[0] == "M" or ord(c) in _JAMO)
    replaced = "".join(c for c in letters if not unicodedata.is_normalized("NFC", c))
    classes = [f"[^{re.escape(marks)}]?[{re.escape(marks)}]+"] if marks else []
    classes += [f"[{re.escape(replaced)}]"] if replaced else []
    for found in re.finditer("|".join(classes), text):
        composed = unicodedata.normalize("NFC", found[0])
        if composed != found[0]:
            yield found.start(), found.end(), composed


def _edit(before: Cleaned, edits: Iterable[Edit]) -> Cleaned:
    """Apply *edits*, in order of position, to the text and to its map."""
    text = StringIO()
    origin, until = array("I"), array("I")
    done = 0
    for start, end, new in edits:
        text.write(before.text[done:start])
        text.write(new)
        origin.extend(before.origin[done:start])
        until.extend(before.until[done:start])
        for _ in new:
            origin.append(before.origin[start])
            until.append(before.until[end - 1])
        done = end
    if not done:
        return before
    text.write(before.text[done:])
    origin.extend(before.origin[done:])
    until.extend(before.until[done:])
    return Cleaned(text.getvalue(), origin, until)
