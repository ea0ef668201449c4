"""The text versions of one document in two builds: the passages in which they differ."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from cablegraph.comparison.model import Kind, Side, Told
from cablegraph.comparison.records import Record, Words

_RULE = "text-version"


def find_passages(old: Record, new: Record, why: tuple[Kind, ...]) -> Iterator[Told]:
    """Yield the passages that differ, by text version and line.

    Shape: lines that follow one another are one passage, without what its ends have in common up
        to a blank; a text version that only one build has is told by its claim.
    """
    for layer in sorted(old.texts.keys() & new.texts.keys()):
        was, now = (record.texts[layer].split("\n") for record in (old, new))
        if was == now:
            continue
        for act, a, b, c, d in SequenceMatcher(None, was, now).get_opcodes():
            if act != "equal":
                before, after = "\n".join(was[a:b]), "\n".join(now[c:d])
                start, end = _same_ends(before, after)
                yield Told(
                    change="changed",
                    field=f"words of the {layer}",
                    about=f"telegram/{new.key}",
                    old=_side(old, layer, a, before, start, end),
                    new=_side(new, layer, c, after, start, end),
                    differences=(),
                    why=why,
                )


def _same_ends(before: str, after: str) -> tuple[int, int]:
    """Return how many characters two passages begin and end alike, cut back to whole words."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    start = max((at + 1 for at in range(start) if before[at].isspace()), default=0)
    rest = most - start
    end = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    end = max((at + 1 for at in range(end) if before[-1 - at].isspace()), default=0)
    return start, end


def _side(record: Record, layer: str, index: int, passage: str, start: int, end: int) -> Side:
    """Return the words of a passage with their place.

    Units: a text version begins at the beginning of a line, which its claim gives.
    """
    words = passage[start : len(passage) - end]
    line = _first_line(record, layer) + index + passage.count("\n", 0, start)
    column = start - (passage.rfind("\n", 0, start) + 1) + 1
    place = Words(line=line, column=column, quote=words, layer=layer, file=record.source)
    return Side(
        key=f"telegram/{record.key}/text/{layer}",
        value=" ".join(words.split()),
        rule=_RULE,
        certainty="certain",
        status=None,
        words=(place,) if words.strip() else (),
    )


def _first_line(record: Record, layer: str) -> int:
    for claim in record.claims:
        if claim.value.get("is") == "version" and claim.value.get("layer") == layer:
            return int(claim.value.get("line", 1))
    return 1
