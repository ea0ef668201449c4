"""Languages: their names in a catalogue, their tags (BCP 47), and the look of a text in each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

UNKNOWN = "und"  # BCP 47 for a language that can't be said
# Words looked at to tell languages of one script apart; more changed no answer in tests.
_SAMPLE = 5000
_USUAL = 2  # scripts at the head of scripts.csv that are always looked for, the others at need
_WORD = re.compile(r"[^\W\d_]+")


def _rows(name: str) -> list[dict[str, str]]:
    data = files(__package__).joinpath(name).read_text("utf-8")
    return list(csv.DictReader(data.splitlines()))


@cache
def _tags() -> dict[str, str]:
    return {row["name"].casefold(): row["tag"] for row in _rows("languages.csv")}


@cache
def _scripts_of() -> dict[str, tuple[str, ...]]:
    return {row["tag"]: tuple(row["scripts"].split()) for row in _rows("languages.csv")}


@cache
def _scripts() -> list[tuple[str, str, re.Pattern[str], int]]:
    return [
        (row["script"], row["language"], re.compile(f"[{row['ranges']}]+"), int(row["weight"]))
        for row in _rows("scripts.csv")
    ]


@cache
def _rare() -> re.Pattern[str]:
    ranges = "".join(row["ranges"] for row in _rows("scripts.csv")[_USUAL:])
    return re.compile(f"[{ranges}]")


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {row["tag"]: frozenset(row["words"].split()) for row in _rows("function-words.csv")}


def find_tag(name: str) -> str | None:
    """Return the tag of a language by its English name, or None.

    >>> find_tag("serbo-croatian"), find_tag("Atlantean")
    ('sh', None)
    """
    return _tags().get(" ".join(name.split()).casefold())


def is_little_word(word: str, tag: str) -> bool:
    """Say whether a word is one of the commonest of a language.

    >>> is_little_word("The", "en"), is_little_word("ister", "en")
    (True, False)
    """
    return word.casefold() in _function_words().get(tag, ())


def find_script(text: str) -> str | None:
    """Return the script (ISO 15924) that most of *text* is written in, or None.

    Kana and Hangul outweigh the Han characters they stand among.
    """
    best, most = None, 0
    scripts = _scripts() if not text.isascii() and _rare().search(text) else _scripts()[:_USUAL]
    found = [row for row in scripts if row[2].search(text)]
    if len(found) == 1:
        return found[0][0]
    for script, _, pattern, weight in found:
        count = weight * sum(map(len, pattern.findall(text)))
        if count > most:
            best, most = script, count
    return best


def is_written_in(tag: str, script: str | None) -> bool:
    """Say whether a language may be written in a script; yes, where either is unknown."""
    scripts = _scripts_of().get(tag, ())
    return not scripts or script is None or script in scripts


def guess_language(text: str, expected: Iterable[str] = ()) -> str:
    """Return the tag of the language that *text* is likely to be in.

    The script decides; among languages of one script, the common little words do, and where
    they don't, the first *expected* language.

    >>> guess_language("Телеграмму получили"), guess_language("Wir haben das nicht", ["de"])
    ('ru', 'de')
    """
    script = find_script(text)
    if script is None:
        return UNKNOWN
    default = next(language for name, language, _, _ in _scripts() if name == script)
    choices = [tag for tag in dict.fromkeys([*expected, default]) if tag != UNKNOWN]
    choices = [tag for tag in choices if script in _scripts_of().get(tag, ())]
    if len(choices) < 2:
        return choices[0] if choices else default
    words = [word.casefold() for word in _WORD.findall(text[: _SAMPLE * 8])[:_SAMPLE]]
    known = _function_words()
    return max(choices, key=lambda tag: sum(word in known.get(tag, ()) for word in words))
