"""State where a document comes from by the editors' note: its file, its archive, its form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cablegraph.namespaces import SCHEME
from cablegraph.records.draft import Draft
from cablegraph.records.stated import Extent, StatedLink, StatedNumber, StatedReference
from cablegraph.records.tei.vocabulary import load

_PART = re.compile(r"(?:[^,;()]|\([^()]*\)|,(?=\d{3}\b))+")


@cache
def _wording(name: str) -> re.Pattern[str]:
    return re.compile(load("notes.toml")[name], re.IGNORECASE | re.VERBOSE)


@cache
def _ending() -> re.Pattern[str]:
    # The case of the letter after the stop tells a sentence from an abbreviation.
    alternatives = load("notes.toml")["end"]
    return re.compile(alternatives.replace("(?=(?:top", "(?=(?i:top"), re.VERBOSE)


def state_source(draft: Draft, words: Extent) -> None:
    """State what a note on the source says."""
    text = draft.assembly.words(words.start, words.end).replace("\n", " ")
    lead = _wording("lead").match(text)
    start = lead.end() if lead else 0
    state_form(draft, words, text)
    if found := _wording("file").match(text, start):
        _state_number(draft, words, found.span("number"))
        return
    end = _ending().search(text, start)
    reference = text[start : end.start() if end else len(text)]
    named = _wording("archive").search(reference.partition(",")[0])
    if not reference.startswith("[") and (lead or named):
        _state_reference(draft, words.start + start, reference)


def state_form(draft: Draft, words: Extent, text: str) -> None:
    """State the form of a document, where a note has a word for it."""
    found = _wording("form").search(text)
    concept = (
        load("notes.toml")["forms"].get(" ".join(found["form"].casefold().split()))
        if found
        else None
    )
    if found and concept:
        place = Extent(words.start + found.start("form"), words.start + found.end("form"))
        target = f"{SCHEME}form/{concept}"
        draft.state(
            StatedLink(words=(place,), property="rico:hasDocumentaryFormType", target=target)
        )


def _state_number(draft: Draft, words: Extent, span: tuple[int, int]) -> None:
    place = Extent(words.start + span[0], words.start + span[1])
    draft.state(StatedNumber(words=(place,), kind="file-number", written=draft.words(place)))


def _state_reference(draft: Draft, start: int, reference: str) -> None:
    """State archive and levels: what stands between the commas."""
    written = reference.split(": ", 1)[0] if _wording("form").search(reference) else reference
    parts = [match for match in _PART.finditer(written) if match[0].strip(" .")]
    if not parts:
        return
    names = [" ".join(match[0].split()).strip(" .") for match in parts]
    place = Extent(start, start + len(written.rstrip(" .;,")))
    draft.state(
        StatedReference(
            words=(place,),
            written=draft.words(place),
            archive=names[0],
            levels=without_leaves(names[1:]),
            leaves=find_leaves(written),
        )
    )
    for match in parts[1:]:
        inner = match[0].strip()
        if _wording("file").fullmatch(inner):
            at = start + match.start() + match[0].index(inner)
            _state_number(draft, Extent(at, at), (0, len(inner)))


def find_leaves(words: str) -> tuple[int, int] | None:
    """Return the first and the last leaf of a reference.

    >>> find_leaves("Kt. 185-1, fol. 17r-40v")
    (17, 40)
    """
    found = _wording("leaves").search(words)
    if found is None:
        return None
    first = int(found["first"])
    last = int(found["last"] or first)
    return (first, last) if first <= last else None


def without_leaves(levels: Sequence[str]) -> tuple[str, ...]:
    """Return the levels of a reference without the leaves at their end, which are no unit.

    >>> without_leaves(["Charters", "Kt. 185-1, fol. 17r-40v"]), without_leaves(["A", "fol. 3"])
    (('Charters', 'Kt. 185-1'), ('A',))
    """
    if not levels or (found := _wording("leaves").search(levels[-1])) is None:
        return tuple(levels)
    last = levels[-1][: found.start()].rstrip(" ,;:")
    return (*levels[:-1], last) if last else tuple(levels[:-1])
