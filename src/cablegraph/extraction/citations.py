"""Split archival citations into archive, fond, opis, delo, papka and leaves.

The grammar is data/citation.lark; what it can't parse is kept whole under its archive. What
stands between references and after them is in data/citations.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from cablegraph.extraction.lexicon import _text, settings
from cablegraph.extraction.plain_marks import Mark, find_plain_marks

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

_PATTERNS = {
    name: re.compile(regex, re.IGNORECASE) for name, regex in settings("citations").items()
}
_LATIN = str.maketrans("абсдезкмнортух", "abcdezkmnoptyx")
_BRANCH = re.compile(r"/[^\W\d_]{2,}(?:-[^\W\d_]+)*$")
_FIRST_YEAR = 1700  # two numbers as high are years of the file
_SIDE = re.compile(r"(\d+)\s?(\D*)")


@dataclass(frozen=True, slots=True)
class FoundReference:
    """One reference to a copy; offsets are those of the text given, parts as they stand there.

    Shape: ``archive`` is empty where none is named; ``leaves`` are the written ones, ranges
        with a hyphen.
    Units: ``parts`` maps archive, fond, opis, delo, papka, leaves to the place of the part
        with its key word; values are in ``values``, a Cyrillic letter folded to Latin.
    """

    start: int
    end: int
    written: str
    archive: str
    values: dict[str, str] = field(default_factory=dict)
    parts: dict[str, tuple[int, int]] = field(default_factory=dict)
    first_leaf: int | None = None
    last_leaf: int | None = None
    leaves: tuple[str, ...] = ()
    whole: bool = False  # of another tradition: kept as it is, with the parts that can be read


@lru_cache
def _grammar() -> Lark:
    from lark import Lark

    return Lark(_text("citation.lark"), parser="earley", propagate_positions=True, lexer="dynamic")


def find_references(text: str) -> Iterator[FoundReference]:
    """Yield each reference of a list of shelf marks, in order.

    Shape: one item an archive; a part that is not given is absent; leaves ``0095-0096`` are
        95 and 96, and one leaf is first and last. Parts without an archive are those of the
        archive before them; what follows a translator's or printer's note is none.
    Source: the citation styles of the Wilson Center Digital Archive ("f. 059a, op. 5a, d. 4,
        p. 11, ll. 14-15"; "Fond 45, Opis 1, Delo 340, List 82"; "F. 45, Op. 1, D. 331").

    >>> [(r.archive, r.values["fond"], r.last_leaf) for r in find_references(
    ...     "APRF, f. 45, op. 1, d. 339, ll. 95-96; and RGASPI, f. 558, op. 11, d. 339, l. 7.")]
    [('APRF', '45', 96), ('RGASPI', '558', 7)]
    """
    found: list[FoundReference] = []
    noted = False
    for start, piece in _pieces(text):
        note = _PATTERNS["note"].search(" " + piece)
        kept = piece[: max(0, note.start() - 1)] if note else piece
        one = _read_piece(kept, start, noted=noted, before=found[-1] if found else None)
        if one is not None and found and one.start == found[-1].start:
            written = " ".join(text[one.start : one.end].split())
            found[-1] = replace(one, written=written)
        elif one is not None:
            found.append(one)
        noted = bool(note) or (noted and one is None)
    shelved = any(one.values or one.leaves for one in found)
    yield from (one for one in found if not (shelved and _is_story(one)))


def _is_story(one: FoundReference) -> bool:
    """Tell whether a piece says only how the papers came to be known."""
    return one.whole and not one.values and bool(_PATTERNS["story"].search(one.written))


def with_page(one: FoundReference, archive: str) -> FoundReference:
    """Read a "p." that ends a reference as a page, unless *archive* keeps files in folders.

    Shape: with leaves beside it, "p." stays what it looks like: a folder.
    """
    page = one.values.get("papka", "")
    if one.leaves or not page.isdigit() or _PATTERNS["papki"].fullmatch(archive):
        return one
    values = {name: value for name, value in one.values.items() if name != "papka"}
    parts = {("leaves" if name == "papka" else name): at for name, at in one.parts.items()}
    number = int(page)
    return replace(
        one, values=values, parts=parts, leaves=(str(number),), first_leaf=number, last_leaf=number
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    quoted = [match.span() for match in re.finditer(r"“[^”]*”", text)]
    cuts = [
        cut
        for cut in _PATTERNS["between"].finditer(text)
        if not any(first < cut.start() < last for first, last in quoted)
    ]
    for cut in [*cuts, None]:
        piece = text[start : cut.start() if cut else len(text)]
        lead = len(piece) - len(piece.lstrip(" \n.,:;"))
        if re.search(r"\w", piece):
            yield start + lead, piece.strip(" \n.,:;")
        start = cut.end() if cut else len(text)


def _read_piece(
    piece: str, start: int, *, noted: bool, before: FoundReference | None
) -> FoundReference | None:
    """Read one piece; what is no reference of its own belongs to the one *before*, or to none."""
    if not re.search(r"\w", piece):
        return None
    same = _PATTERNS["same"].match(piece)
    lead = same.end() if same else 0
    one = _parse(piece[lead:], start + lead)
    if one is None:
        if noted or same:
            return None
        if before is not None and not before.values and not _names_archive(piece):
            return replace(before, end=start + len(piece))
        return _whole(piece, start)
    if noted and {"fond", "opis", "delo"}.isdisjoint(one.values):
        return None  # a printed page
    if one.archive or before is None:
        return one
    parts = {"archive": before.parts["archive"]} if "archive" in before.parts else {}
    return replace(one, archive=before.archive, parts={**parts, **one.parts})


def _names_archive(piece: str) -> bool:
    return bool(_PATTERNS["letters"].match(piece) or _PATTERNS["keeper"].search(piece))


def _parse(piece: str, offset: int) -> FoundReference | None:
    """Read a reference part by part; None where it is of another tradition."""
    end = 0
    values: dict[str, str] = {}
    parts: dict[str, tuple[int, int]] = {}
    leaves: list[str] = []
    missing = False
    for mark in _marks(piece):
        name, end = mark.name, max(end, mark.end)
        if name not in ("missing", "other"):
            parts[name] = (offset + mark.start, offset + mark.end)
        if name == "leaves":
            leaves = [_range(found) for found in mark.leaves]
        elif name in ("fond", "opis", "delo", "papka", "por"):
            values[name] = _bare_number(mark.value.lower().translate(_LATIN))
        missing = missing or name == "missing"
    if not leaves and not values and not missing:
        return None
    at = parts.get("archive", (offset, offset))
    numbers = [int(number) for leaf in leaves for number in re.findall(r"\d+", leaf)]
    return FoundReference(
        start=offset,
        end=offset + end,
        written=" ".join(piece[:end].split()),
        archive=" ".join(piece[at[0] - offset : at[1] - offset].split()),
        values=values,
        parts=parts,
        first_leaf=numbers[0] if numbers else None,
        last_leaf=numbers[-1] if numbers else None,
        leaves=tuple(leaves),
    )


@lru_cache(maxsize=1 << 10)
def _marks(piece: str) -> tuple[Mark, ...]:
    """Return the parts of a reference, by the grammar where they do not stand in plain order."""
    plain = find_plain_marks(piece)
    return _parsed_marks(piece) if plain is None else plain


def _parsed_marks(piece: str) -> tuple[Mark, ...]:
    from lark.exceptions import LarkError

    try:
        tree = _grammar().parse(piece)
    except LarkError:
        return ()
    marks = (_mark(node) for node in _subtrees(tree))
    return tuple(mark for mark in marks if mark.name != "note")


def _mark(node: Tree[Token]) -> Mark:
    name, start, end = str(node.data), node.meta.start_pos, node.meta.end_pos
    if name != "leaves":
        return Mark(name, start, end, str(node.children[-1]))
    leaves = (found.scan_values(_is_leaf) for found in node.find_data("range"))
    return Mark(name, start, end, "", tuple(tuple(map(str, leaf)) for leaf in leaves))


def _bare_number(value: str) -> str:
    """Return a number without the letters of the branch that an archive sets behind it.

    >>> _bare_number("14/ap-mpkk"), _bare_number("059a"), _bare_number("784/1978")
    ('14', '059a', '784/1978')
    """
    return _BRANCH.sub("", value)


def _range(leaves: tuple[str, ...]) -> str:
    """Write leaves as numbers, with the letter of a verso: 95, 97-99, 101ob."""
    written = []
    for leaf in leaves:
        match = _SIDE.match(leaf)
        if match:
            side = match[2].lower().strip(". ")
            side = "ob" if side in ("об", "verso", "rev") else side.translate(_LATIN)
            written.append(f"{int(match[1])}{side}")
    return "-".join(dict.fromkeys(written))


def _is_leaf(token: Token | Tree[Token]) -> bool:
    return getattr(token, "type", "") == "LEAFNO"


def _subtrees(tree: Tree[Token]) -> list[Tree[Token]]:
    found = [child for child in tree.children if not isinstance(child, str)]
    return sorted(found, key=lambda child: (child.meta.start_pos, child.meta.end_pos))


def _whole(piece: str, offset: int) -> FoundReference:
    """Keep a reference of another tradition as it is, under the archive that it names.

    Shape: the archive is the part with a word for one, else the letters or words it begins
        with; without either it is empty. Of the other parts a numbered folder or file of paper
        is the delo, and two numbers that end the reference are leaves. Boxes, bundles and record
        groups have no counterpart among fond, opis and papka and stay in the words alone.
    Source: "AMAE, Folder 784/1978, Issue 220"; "BArch, B 136/59748, 403-410".
    """
    segments = [m for m in re.finditer(r"[^,:;]+", piece) if m.group().strip()]
    letters = _PATTERNS["letters"].match(piece)
    named = next((s for s in segments if _PATTERNS["keeper"].search(s.group())), None)
    place = letters.span() if letters else named.span() if named else None
    parts: dict[str, tuple[int, int]] = {}
    archive = ""
    if place:
        lead = _PATTERNS["lead"].match(piece, place[0])
        first = lead.end() if lead and lead.end() < place[1] else place[0]
        archive = piece[first : place[1]].strip()
        at = piece.index(archive, first)
        parts["archive"] = (offset + at, offset + at + len(archive))
    found = FoundReference(
        start=offset,
        end=offset + len(piece),
        written=" ".join(piece.split()),
        archive=" ".join(archive.split()),
        parts=parts,
        whole=True,
    )
    return _with_parts(found, piece, offset) if archive else found


def _with_parts(found: FoundReference, piece: str, offset: int) -> FoundReference:
    """Add file and leaves to a reference of another tradition where they can be read."""
    values, parts = dict(found.values), dict(found.parts)
    if file := _PATTERNS["file"].search(piece):
        values["delo"] = file["value"]
        parts["delo"] = (offset + file.start(), offset + file.end())
    pages = _PATTERNS["pages"].search(piece)
    if pages is None or not int(pages["first"]) < int(pages["last"]) < _FIRST_YEAR:
        return replace(found, values=values, parts=parts)
    parts["leaves"] = (offset + pages.start("first"), offset + pages.end())
    first, last = int(pages["first"]), int(pages["last"])
    return replace(
        found,
        values=values,
        parts=parts,
        leaves=(f"{first}-{last}",),
        first_leaf=first,
        last_leaf=last,
    )
