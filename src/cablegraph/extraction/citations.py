"""Split archival citations into archive, fond, opis, delo, papka and leaves.

The grammar is data/citation.lark; what it can't parse is kept whole under its archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cablegraph.extraction.lexicon import _text

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

# Between two references: a semicolon, or "and", before a new archive's capital letters.
_BETWEEN = re.compile(
    r"\s*;\s*(?:and\s+)?|\s*,?\s+and\s+(?=[A-ZА-Я]{2})|\s*,\s+(?=[A-Z]{4,}\s*,\s*[fF])"
)
# What follows the shelf marks: translator, donor, reprint.
_AFTER = re.compile(
    r"\.\s+(?=(?:Translat|Reprint|Obtain|Publish|Copy|Contribut|Document|Access|Includ|Donat|From)\w*)"
    r"|\s*\.?\s*$"
)
_LATIN = str.maketrans("абсдезкмнортух", "abcdezkmnoptyx")


@dataclass(frozen=True, slots=True)
class FoundReference:
    """One reference to a copy; offsets are those of the text given, parts as they stand there.

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


@lru_cache
def _grammar() -> Lark:
    from lark import Lark

    return Lark(_text("citation.lark"), parser="earley", propagate_positions=True, lexer="dynamic")


def find_references(text: str) -> Iterator[FoundReference]:
    """Yield each reference of a list of shelf marks, in order.

    Shape: one item an archive; a part that is not given is absent; leaves ``0095-0096`` are
        95 and 96, and one leaf is first and last.
    Source: the citation styles of the Wilson Center Digital Archive ("f. 059a, op. 5a, d. 4,
        p. 11, ll. 14-15"; "Fond 45, Opis 1, Delo 340, List 82"; "F. 45, Op. 1, D. 331").

    >>> [(r.archive, r.values["fond"], r.last_leaf) for r in find_references(
    ...     "APRF, f. 45, op. 1, d. 339, ll. 95-96; and RGASPI, f. 558, op. 11, d. 339, l. 7.")]
    [('APRF', '45', 96), ('RGASPI', '558', 7)]
    """
    end = next((m.start() for m in _AFTER.finditer(text)), len(text))
    start = 0
    for cut in [*_BETWEEN.finditer(text, 0, end), None]:
        stop = cut.start() if cut else end
        piece = text[start:stop]
        if piece.strip(" .,"):
            lead = len(piece) - len(piece.lstrip())
            yield _read_reference(piece.strip(), start + lead)
        start = cut.end() if cut else end


def _read_reference(piece: str, offset: int) -> FoundReference:
    from lark.exceptions import LarkError

    try:
        tree = _grammar().parse(piece)
    except LarkError:
        return _whole(piece, offset)
    end = 0
    values: dict[str, str] = {}
    parts: dict[str, tuple[int, int]] = {}
    leaves: list[str] = []
    archive = ""
    for node in _subtrees(tree):
        place = (offset + node.meta.start_pos, offset + node.meta.end_pos)
        if node.data == "note":
            continue
        end = max(end, node.meta.end_pos)
        if node.data == "archive":
            archive = piece[node.meta.start_pos : node.meta.end_pos]
            parts["archive"] = place
        elif node.data == "leaves":
            leaves = [str(t) for t in node.scan_values(_is_leaf)]
            parts["leaves"] = place
        elif node.data != "missing":
            values[str(node.data)] = str(node.children[-1]).lower().translate(_LATIN)
            parts[str(node.data)] = place
    numbers = [int(re.match(r"\d+", leaf).group()) for leaf in leaves]  # type: ignore[union-attr]
    return FoundReference(
        start=offset,
        end=offset + end,
        written=" ".join(piece[:end].split()),
        archive=" ".join(archive.split()),
        values=values,
        parts=parts,
        first_leaf=numbers[0] if numbers else None,
        last_leaf=numbers[-1] if numbers else None,
    )


def _is_leaf(token: Token | Tree[Token]) -> bool:
    return getattr(token, "type", "") == "LEAFNO"


def _subtrees(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    for child in tree.children:
        if not isinstance(child, str):
            yield child


def _whole(piece: str, offset: int) -> FoundReference:
    """Keep a reference of another tradition as it is, under the archive it begins with."""
    archive = re.split(r"[,:]", piece, maxsplit=1)[0].strip()
    at = piece.index(archive)
    return FoundReference(
        start=offset,
        end=offset + len(piece),
        written=" ".join(piece.split()),
        archive=" ".join(archive.split()),
        parts={"archive": (offset + at, offset + at + len(archive))},
    )
