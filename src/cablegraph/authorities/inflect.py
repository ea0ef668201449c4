"""Russian case forms of names: all of a known name, and the nominative of an unknown one.

Names follow paradigms.csv by their ending; common words of a phrase (армия, части) follow the
dictionary of pymorphy3, which is loaded only when a phrase is met.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import product
from typing import TYPE_CHECKING, Literal

from cablegraph.authorities.romanise import is_cyrillic, strip_marks

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

Case = Literal["nomn", "gent", "datv", "accs", "ablt", "loct"]

#: Columns of paradigms.csv, in the order of its header, under the names pymorphy3 uses.
_CASES: tuple[Case, ...] = ("nomn", "gent", "datv", "accs", "ablt", "loct")

#: Letter classes that a pattern of paradigms.csv may begin with.
_CLASSES = {
    "V": "аеёиоуыэюя",
    "K": "гкх",
    "H": "жшщчц",
    "C": "бвдзлмнпрстф",
    "D": "0123456789",
}
#: Period spelling wavers between е and э, and over the soft sign (Линь Бяо, Лин Бяо).
_SAME_LETTER = str.maketrans("ёэ", "ее", "ь")
_SPACED = re.compile(r"\b[^\W\d_](?:[ \t\u00a0]{1,3}(?:-[ \t\u00a0]{1,3})?[^\W\d_]\b){2,}")
_NO_LETTER = re.compile(r"[\W_]+")
_INITIAL = re.compile(r"\w\.?")


@cache
def _paradigms() -> tuple[tuple[str, ...], ...]:
    text = resources.files(__package__).joinpath("paradigms.csv").read_text(encoding="utf-8")
    return tuple(map(tuple, list(csv.reader(text.splitlines()))[1:]))


@cache
def _morphology() -> MorphAnalyzer:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=1 << 12)
def _parses(word: str) -> list[Parse]:
    return list(_morphology().parse(word))


def fold(text: str) -> str:
    """Return what two spellings of a name share: bare letters, е for ё and э.

    >>> fold("МАО ЦЗЕ-ДУН") == fold("Мао Цзэдун")
    True
    """
    return _NO_LETTER.sub("", strip_marks(text).translate(_SAME_LETTER))


def letter_spaced(text: str) -> str:
    """Join words whose letters stand apart; other words stay, a final full stop goes.

    Shape: one space parts letters, two or more part words.

    >>> letter_spaced("Ф И Л И П П О В."), letter_spaced("S H T Y K O V")
    ('ФИЛИППОВ', 'SHTYKOV')
    """
    joined = _SPACED.sub(_joined, text)
    return text if joined == text else re.sub(r"\s{2,}", " ", joined).rstrip(". ")


def _joined(run: re.Match[str]) -> str:
    return re.sub(r"(?<=\S)[ \t\u00a0](?=\S)", "", run[0]) if run[0].isupper() else run[0]


def case_forms(name: str, *, person: bool = False, adjective: bool = False) -> set[str]:
    """Return the folded forms of a Russian name in every case.

    >>> fold("Риджуэю") in case_forms("Риджуэй", person=True)
    True
    """
    return {fold(form) for form in inflections(name, person=person, adjective=adjective)}


def inflections(name: str, *, person: bool = False, adjective: bool = False) -> list[str]:
    """Return a name in every case, in lower case and sorted, hyphens and ё kept as written.

    Shape: with *person*, the last word is inflected, and also all words together (given names
        of one syllable do not change, others do); with *adjective*, every gender and number.
    """
    words = name.lower().split()
    if not is_cyrillic(name):
        return [" ".join(words)]
    if adjective:
        return sorted(_adjective_forms(words))
    found = _person_forms(words) if person else _phrase_forms(words)
    if len(words) == 1 and name[0].isupper():
        found |= _person_forms(words)  # the dictionary declines some foreign places oddly
    return sorted({" ".join(words), *found})


def _person_forms(words: list[str]) -> set[str]:
    last = {" ".join([*words[:-1], form]) for case in _CASES for form in _declined(words[-1], case)}
    if len(words) == 1:
        return last
    for case in _CASES:
        given = [min(_declined(word, case), key=len, default=word) for word in words[:-1]]
        last |= {" ".join([*given, form]) for form in _declined(words[-1], case)}
    return last


def _declined(word: str, case: Case) -> list[str]:
    return [stem + endings[_CASES.index(case)] for stem, endings in _declensions(word)] or [word]


@lru_cache(maxsize=1 << 12)
def _declensions(word: str) -> list[tuple[str, list[str]]]:
    """Return stem and endings of each paradigm that has the longest known ending of *word*."""
    if _INITIAL.fullmatch(word):
        return []
    found: list[tuple[int, str, list[str]]] = []
    for patterns in _paradigms():
        stem = _stem(word, patterns[0])
        if stem is not None:
            found.append((len(patterns[0]), stem, list(map(_bare_ending, patterns))))
    longest = max((length for length, _, _ in found), default=0)
    return [(stem, endings) for length, stem, endings in found if length == longest]


def _stem(word: str, pattern: str) -> str | None:
    """Return *word* without the ending, where it has that ending and a stem before it."""
    ending = _bare_ending(pattern)
    stem = word.removesuffix(ending) if word.endswith(ending) else ""
    if len(stem) < 2 and not stem.isdigit():
        return None
    letters = _CLASSES.get(pattern[:1])
    return stem if letters is None or stem[-1] in letters else None


def _bare_ending(pattern: str) -> str:
    return pattern[1:] if pattern[:1] in _CLASSES else pattern


def _adjective_forms(words: list[str]) -> set[str]:
    forms: set[str] = set()
    for parse in _parses(words[-1]):
        if "ADJF" in parse.tag:
            forms |= {" ".join([*words[:-1], form.word]) for form in parse.lexeme}
            break
    return forms | {" ".join(words)}


def _phrase_forms(words: list[str]) -> set[str]:
    """Inflect a phrase up to its noun; what follows the noun stays as it is."""
    # From the end, since an adjective may read as a noun, but never stands after one.
    for place, word in reversed(list(enumerate(words))):
        for noun in _nominatives(word, "NOUN"):
            before = [_agreeing(other, noun) for other in words[:place]]
            if noun.is_known and all(before):
                return _agreed(before, noun, words[place + 1 :])
    return _person_forms(words)


def _nominatives(word: str, *parts: str) -> Iterator[Parse]:
    for parse in _parses(word):
        if "nomn" in parse.tag and any(part in parse.tag for part in parts):
            yield parse


def _agreeing(word: str, noun: Parse) -> Parse | str | None:
    """Return the reading of *word* that agrees with the noun, or a number as it is."""
    if not is_cyrillic(word) or word[0].isdigit():
        return word
    if any("NUMR" in parse.tag for parse in _parses(word)):
        return word
    for parse in _nominatives(word, "ADJF", "PRTF"):
        same = parse.tag.number == noun.tag.number
        if same and (parse.tag.number == "plur" or parse.tag.gender == noun.tag.gender):
            return parse
    return None


def _agreed(before: Sequence[Parse | str | None], noun: Parse, rest: list[str]) -> set[str]:
    forms: set[str] = set()
    for case in _CASES:
        # Only a feminine has an accusative of its own; others borrow nominative or genitive.
        if case == "accs" and not {"femn", "sing"} <= set(noun.tag.grammemes):
            continue
        choices = [_in_case(word, case) for word in (*before, noun)]
        forms |= {" ".join([*chosen, *rest]) for chosen in product(*choices)}
    return forms


def _in_case(word: Parse | str | None, case: Case) -> list[str]:
    if word is None:
        return []
    if isinstance(word, str):
        number = word.partition("-")[0]
        return sorted({number, *_declined(word, case)}) if number.isdigit() else [word]
    wanted = {case, word.tag.number}
    if word.tag.POS != "NOUN" and word.tag.number == "sing":
        wanted.add(word.tag.gender)
    found = word.inflect(wanted)
    return [found.word] if found else []


def nominative(words: str, hint: Case | None = None) -> str:
    """Return the nominative of a Russian name that no authority holds, with usual capitals.

    Shape: *hint* is the case that the place in the text asks for; without one, a name that may
        be a nominative is left alone, other names go by the dictionary, then by the ending.

    >>> nominative("КРАСОВСКОМУ"), nominative("ЧЕСНОКОВА"), nominative("Чеснокова", "gent")
    ('Красовский', 'Чеснокова', 'Чесноков')
    """
    *given, last = letter_spaced(words).split() or [""]
    return " ".join([*map(_capitalised, given), _capitalised(_lemma(last.lower(), hint))]).strip()


def _lemma(word: str, hint: Case | None) -> str:
    if hint == "nomn" or not is_cyrillic(word) or len(word) < 4:
        return word
    surnames = [p for p in _parses(word) if "Surn" in p.tag and p.is_known]
    cases: tuple[Case, ...] = (hint,) if hint else _CASES
    for case in cases:
        for gender in ("masc", "femn"):
            for parse in surnames:
                if {case, gender, "sing"} in parse.tag:
                    return str(parse.inflect({"nomn", gender, "sing"}).word)
    return _lemma_by_ending(word, cases if hint else ("datv", "ablt"))


def _lemma_by_ending(word: str, cases: tuple[Case, ...]) -> str:
    """Undo the longest ending that a paradigm has in one of *cases*."""
    best, length = word, 0
    for endings in _paradigms():
        for case in cases:
            pattern = endings[_CASES.index(case)]
            ending, stem = _bare_ending(pattern), _stem(word, pattern)
            # Where the case is not known, a short ending may belong to the name itself.
            telling = len(cases) == 1 or len(ending) > 2 or pattern[:1] == "V"
            if stem is not None and telling and len(ending) > length:
                best, length = stem + _bare_ending(endings[0]), len(ending)
    return best


def _capitalised(word: str) -> str:
    """Write a word with its usual capitals; a short part after a hyphen is a syllable."""
    first, *rest = word.split("-")
    syllables = max(map(len, [first, *rest])) <= 4
    return "-".join(
        [_title(first), *(part.lower() if syllables else _title(part) for part in rest)]
    )


def _title(word: str) -> str:
    return word if "." in word else word[:1].upper() + word[1:].lower()
