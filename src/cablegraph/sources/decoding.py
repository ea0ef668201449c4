"""Decode the bytes of a file, by the encoding that they prove, or say why they are no text."""

from __future__ import annotations

import codecs
import csv
import re
from functools import cache
from importlib.resources import files

from cablegraph.errors import SourceError

_REMEDY = "save the file as UTF-8"
# Longest mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The ten commonest letters of Russian make up two thirds of the Russian of the seeds; the same
# words in KOI8-R, read as windows-1251, hold one third of them.
_COMMON = frozenset("оеаинтсрвл")
_COMMON_SHARE = 0.5
# Fewer letters than these prove nothing about an encoding.
_FEWEST_LETTERS = 20
# More than any language of Europe puts on its letters in running text; noise has more.
_ACCENTED_SHARE = 0.2
_RUSSIAN_EXTRA = frozenset("ёЁ№«»„“”‘’–—…§°· \xa0\xad")
_WESTERN_SIGNS = frozenset("«»„“”‘’–—…§°·•¿¡£€½¼¾ºª\xa0\xad")
# What no text has: the control characters other than white space and the old end-of-file mark.
_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\v\f\r\x1a\x1b")
_CONTROL = re.compile(b"[" + re.escape(_CONTROLS) + b"]")
# A stray control character or two is noise; every second byte of UTF-16 is another thing.
_TEXT_SHARE = 0.95
_WORDS = re.compile(r"[^\W\d_]+")


def decode(data: bytes, *, path: str) -> str:
    """Return the text of *data* without its byte order mark, line ends as they are.

    Raises:
        SourceError: if the bytes are those of another kind of file, or of an encoding that
            neither a byte order mark nor the words themselves make certain.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(encoding, data[len(mark) :], path=path)
    _refuse_other_kinds(data, path=path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as bad:
        text = None if _is_damaged_utf8(data) else _by_its_words(data)
        if text is None:
            raise _bad_byte(data, bad, path=path) from bad
        return text


def _decode_as(encoding: str, data: bytes, *, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as bad:
        raise _bad_byte(data, bad, path=path) from bad


def _bad_byte(data: bytes, bad: UnicodeDecodeError, *, path: str) -> SourceError:
    before = data[: bad.start].decode(bad.encoding, "replace")
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = f"byte 0x{data[bad.start]:02x}, which is no {bad.encoding.upper()} here"
    return SourceError(found, where=f"{path}:{line}:{column}", remedy=_REMEDY)


@cache
def _signatures() -> list[tuple[bytes, str, str]]:
    data = files(__package__).joinpath("signatures.csv").read_text("utf-8")
    rows = csv.DictReader(data.splitlines())
    return [(bytes.fromhex(row["hex"]), row["what"], row["remedy"]) for row in rows]


def _refuse_other_kinds(data: bytes, *, path: str) -> None:
    for start, what, remedy in _signatures():
        if data.startswith(start):
            raise SourceError(f"{what}, not a text", where=f"{path}:1:1", remedy=remedy)
    control = _CONTROL.search(data)
    if control is None:
        return
    if b"\0" in data or len(data.translate(None, _CONTROLS)) < _TEXT_SHARE * len(data):
        at = control.start()
        name = "NUL" if control[0] == b"\0" else f"control (0x{control[0][0]:02x})"
        found = f"a {name} byte: a binary file, or UTF-16 without a byte order mark"
        line, column = data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at)
        raise SourceError(found, where=f"{path}:{line}:{column}", remedy=_REMEDY)


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    good = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return good > text.count("\ufffd")


def _by_its_words(data: bytes) -> str | None:
    for encoding, convinces in (("cp1251", _is_russian), ("cp1252", _is_western)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if convinces(text):
            return text
    return None


def _is_russian(text: str) -> bool:
    letters = "".join(re.findall("[А-Яа-яЁё]+", text)).lower()
    others = set(re.sub("[\x00-\x7fА-Яа-яЁё]+", "", text))
    if len(letters) < _FEWEST_LETTERS or not others <= _RUSSIAN_EXTRA:
        return False
    common = sum(letters.count(letter) for letter in sorted(_COMMON))
    return common >= _COMMON_SHARE * len(letters)


def _is_western(text: str) -> bool:
    """Accept accented letters only inside words that ASCII letters carry."""
    others = {c for c in text if c > "\x7f"}
    if not all((c.isalpha() and c <= "\u0178") or c in _WESTERN_SIGNS for c in others):
        return False
    words = _WORDS.findall(text)
    letters = sum(map(len, words))
    accented = [(len(word), sum(c > "\x7f" for c in word)) for word in words]
    carried = all(length == 1 or 2 * foreign <= length for length, foreign in accented)
    share = sum(foreign for _, foreign in accented)
    return carried and letters >= _FEWEST_LETTERS and share <= _ACCENTED_SHARE * letters
