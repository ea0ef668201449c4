"""Words of a text, case forms of a name, and whether the one may be a spelling of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from cablegraph.authorities.characters import ALNUMS
from cablegraph.authorities.inflect import fold, inflections
from cablegraph.authorities.table import NameForm

Gap = Literal["space", "hyphen", "stop", "comma", "bracket", "closing"]

WORD = re.compile(ALNUMS)
# The number of a footnote may be glued to a name.
WORD_OR_GLUED = re.compile(rf"[^\W\d_]{{3,}}(?=\d{{1,2}}(?!\w))|{WORD.pattern}")
_DOMAINS = ("org", "com", "net", "edu", "gov")
WORD_OR_ADDRESS = re.compile(
    rf"(https?://\S+|(?:[\w-]+\.)+(?:{'|'.join(_DOMAINS)})\b\S*)|{WORD_OR_GLUED.pattern}"
)
_IN_ADDRESSES = re.compile(rf"://|\.(?:{'|'.join(_DOMAINS)})")
_GAPS: tuple[tuple[Gap, re.Pattern[str]], ...] = (
    ("space", re.compile(r"['’]?(?:[ \t\u00a0]{1,3}|[ \t\u00a0]*\n[ \t\u00a0]*)")),
    ("hyphen", re.compile(r" ?[-‐‑\u00ad] ?\n?|['’ʼ]")),
    ("stop", re.compile(r"\.[-\s\u00a0]?")),
    ("comma", re.compile(r",\s?")),
    ("bracket", re.compile(r" ?[(/]")),
    ("closing", re.compile(r"[)/][ \n]")),
)
#: Marks that may part words only where the form has them too.
_NEEDED = {"bracket": "(", "closing": ")", "comma": ","}
#: First letter of each word, but not of a syllable after a hyphen.
_FIRSTS = re.compile(r"(?<![\w\n'’-])[^\W\d_]|(?<=[^-\s]\n)[^\W\d_]")
_PARTS = re.compile(r"[^\W_]+|[\W_]+")
_READ_AS_WORD = re.compile(r"[А-Я]*[АЕИОУЭЯ][БВГДЖЗКЛМНПРСТФХЦЧШ]{1,2}")


class Variant(NamedTuple):
    """One case form; ``cuts`` has what stands between its words, by offset in ``joined``."""

    form: NameForm
    text: str
    joined: str
    cuts: dict[int, str]
    rank: int  # place of the form in the file


class Word(NamedTuple):
    """A run of letters or digits of a text."""

    start: int
    end: int
    folded: str
    gap: Gap | None  # what parts it from the word before; None: nothing that a name may hold


@lru_cache(maxsize=16)
def has_address(text: str) -> bool:
    """Tell whether a text may hold a web address."""
    return _IN_ADDRESSES.search(text) is not None


def word_pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of the words of a text; its one group holds an address, no word."""
    return WORD_OR_ADDRESS if has_address(text) else WORD_OR_GLUED


def gap_between(text: str, one: re.Match[str], other: re.Match[str]) -> Gap | None:
    """Return what parts two words of *text*; None: what no name may hold."""
    return _gap(text[one.end() : other.start()])


def make_run(text: str, words: Sequence[re.Match[str]]) -> list[Word]:
    """Return words of *text* that follow each other, each with what parts it from the last."""
    gaps = [None, *(gap_between(text, one, other) for one, other in pairwise(words))]
    return [
        Word(*word.span(), fold_word(word[0]), gap) for word, gap in zip(words, gaps, strict=True)
    ]


@lru_cache(maxsize=1 << 15)
def fold_word(word: str) -> str:
    """Return a word of letters and digits as ``fold`` does; texts have the same again and again."""
    return word.lower() if word.isascii() else fold(word)


@lru_cache(maxsize=1 << 12)
def _gap(between: str) -> Gap | None:
    return next((kind for kind, pattern in _GAPS if pattern.fullmatch(between)), None)


def find_variants(form: NameForm, rank: int) -> Iterator[Variant]:
    """Yield every case form of a name form."""
    for text in _case_forms(form):
        joined, cuts = _joined(text)
        yield Variant(form, text, joined, cuts, rank)


def _case_forms(form: NameForm) -> list[str]:
    if form.kind != "abbreviation":
        person, adjective = is_person(form), form.kind == "adjective"
        if form.language != "ru":
            return [form.form.lower()]
        return inflections(form.form, person=person, adjective=adjective)
    # An abbreviation read as a word (МИД, ГАРФ) takes endings; one that is spelt out does not.
    first, space, rest = form.form.partition(" ")
    endings = ("", "а", "у", "ом", "е") if _READ_AS_WORD.fullmatch(first) else ("",)
    return [(first + ending + space + rest).lower() for ending in endings]


def _joined(text: str) -> tuple[str, dict[int, str]]:
    """Return the folded letters of a form, and what stands between its words."""
    if text.isalnum():
        return fold(text), {}
    joined, cuts = "", dict[int, str]()
    for part in _PARTS.findall(text):
        if part[0].isalnum():
            joined += fold_word(part)
        elif joined:
            cuts[len(joined)] = part
    return joined, cuts


def is_person(form: NameForm) -> bool:
    """Say whether the form names a person."""
    return form.entity.startswith("person/")


def is_spaced(words: Sequence[re.Match[str]]) -> bool:
    """Say whether the words are the letters of a spaced-out name."""
    return len(words) > 2 and all(len(word[0]) == 1 for word in words)


def fits_cuts(variant: Variant, run: Sequence[Word]) -> bool:
    """Say whether the text is cut into words only where the name may be.

    A hyphen may stand anywhere (Ze-dong, a line's end), a space only between words or syllables
    of the form, a full stop after an initial, in an abbreviation or where the form has one.
    """
    if len(run) > 2 and all(word.end - word.start == 1 for word in run):
        return True  # the letters of a spaced-out name
    letters = 0
    for before, word in pairwise(run):
        letters += len(before.folded)
        cut = variant.cuts.get(letters)
        if word.gap == "hyphen" or (word.gap == "stop" and variant.form.kind == "abbreviation"):
            continue
        needed = _NEEDED.get(word.gap or "", "")
        if cut is None or needed not in cut:
            return False
        if word.gap == "stop" and "." not in cut and len(before.folded) > 1:
            return False
    return True


def fits_case(form: NameForm, written: str) -> bool:
    """Keep common words out: a name in lower case is believed only where it has several words."""
    if form.kind == "abbreviation":
        pairs = zip(filter(str.isalnum, form.form), filter(str.isalnum, written), strict=False)
        return all(there.isupper() or not here.isupper() for here, there in pairs)
    if not form.form[0].isupper():
        return True
    if is_person(form):
        words = form.form.split()
        mixed = any(word[0].islower() for word in words)
        return mixed or all(map(str.isupper, _FIRSTS.findall(written)[: len(words)]))
    return written[0].isupper() or " " in form.form


def may_be_low(form: NameForm) -> bool:
    """Tell whether ``fits_case`` may believe a form that begins in lower case, or with a digit."""
    if form.kind == "abbreviation":
        return not next(filter(str.isalnum, form.form)).isupper()
    if not form.form[0].isupper():
        return True
    if is_person(form):
        return any(word[0].islower() for word in form.form.split())
    return " " in form.form


def sort_nearest(variants: Sequence[Variant], written: str) -> list[NameForm]:
    """Return one form of each entity, the one whose spelling is nearest to *written* first."""
    if len(variants) < 2:
        return [variant.form for variant in variants]
    plain = _spelling(written)
    ordered = sorted(variants, key=lambda variant: (_distance(variant, plain), variant.rank))
    nearest: dict[str, NameForm] = {}
    for variant in ordered:
        nearest.setdefault(variant.form.entity, variant.form)
    return list(nearest.values())


@lru_cache(maxsize=1 << 14)
def _spelling(text: str) -> str:
    return re.sub(r"[‐‑]", "-", " ".join(text.lower().split())).replace("ё", "е")


def _distance(variant: Variant, written: str) -> int:
    """Rank: as written; but for hyphens and spaces; but for е and э; but for both."""
    text = _spelling(variant.text)
    if text == written:
        return 0
    if re.sub(r"\W", "", text) == re.sub(r"\W", "", written):
        return 1
    return 2 if text.replace("э", "е") == written.replace("э", "е") else 3
