"""Read a catalogue title: form, number, place of origin, and who sends what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.extraction.cues import BODY, BRACKETED, POST, form_of
from cablegraph.extraction.lexicon import any_of, settings
from cablegraph.records.claims import Evidence
from cablegraph.records.model import Layer

NUMBER = re.compile(r"(?:№|N[oºr°]s?\.?|N\.|#)\s*(?P<value>\d[\w./-]*[^\W_]|\d)", re.IGNORECASE)
_NEXT_NUMBER = re.compile(rf"\s*,?\s*(?P<words>{NUMBER.pattern})", re.IGNORECASE)
# A number of four digits or more that follows the form at once needs no sign before it.
_UNSIGNED = re.compile(r"\s+(?P<words>(?P<value>\d{2,}[\d.]*\d\d))(?=\s|$)")
_LAST_NUMBER = re.compile(
    rf"[,\[(]\s*(?:[\w-]+\s+)?(?P<words>{NUMBER.pattern})\s*(?:$|[\])])", re.IGNORECASE
)
_KEYWORD = re.compile(
    r"(?P<comma>,)?\s+(?P<word>from|by|to|for|via|through|and\s+convey\s+to)\s+|,\s+"
    r"|\s+(?=\[(?:via|through)\s)",
    re.IGNORECASE,
)
# What a title says after the routing: the content, not a party; a copy's part or number.
_CONTENT = re.compile(
    rf",?\s+{any_of(settings('layout')['title']['content'])}\b[\s:]|,\s*['‘’“\"]"
    r"|\.\s+Subject:|\s*[(\[](?:excerpts?|\d+|[\w-]*\s*(?:№|N[oºr°]\.)\s*[\w./-]+)[)\]]\s*$",
    re.IGNORECASE,
)
# A heading of an edition of one ministry's papers: "The Minister in X (Name) to the Secretary".
_ADDRESSED = re.compile(r"The\s+[^()]{3,80}\([^()]+\)\s+to\s+the\s+[A-Z]")
_LONGEST = 1000  # characters of a title that are read; the longest seen have 250
# A mission or a post at the United Nations: its "to" directs nothing.
_TO_NATIONS = re.compile(r"to\s+(?:the\s+)?(?:United\s+Nations|UNO?\b|U\.N\.)", re.IGNORECASE)
# Words of a topic after a comma: "Visit of a Delegation"; a body has its word before the "of".
_TOPIC = re.compile(
    rf"(?:.*\s(?:a|an|as|by|from|with)\s|{any_of(settings('layout')['title']['topics'])}(?!\w))",
    re.IGNORECASE,
)
_OF = re.compile(r"(?P<head>.+?)\s(?:of|in|on|at|for)\s")
_FLAT = str.maketrans("\n*", "  ")
_VIA = re.compile(r"[\[(]\s*(?:via|through)\s+(?P<name>[^\])]+)[\])]", re.IGNORECASE)


_BETWEEN = re.compile(r",?\s+(?:and|or|AND|OR|и|или|И|ИЛИ)\s+(?=(?:the\s+)?[A-ZА-ЯЁ_])|[,;]\s+")


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name a party, with the hint of their place: sender, to, for, via, from, origin.

    Units: offsets count code points of the layer's text; ``start``-``end`` is the evidence,
        ``words`` the name with its bracket and whatever title or post stands with it.
    """

    layer: Layer
    hint: str
    words: str
    start: int
    end: int
    told: bool = False  # the words name a post: who holds it was told by a table

    @property
    def evidence(self) -> Evidence:
        """Point at the words with their preposition."""
        return self.layer.evidence(self.start, self.end)

    @property
    def quote(self) -> str:
        """The words with their preposition, as the file has them."""
        return self.layer.quote(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart; offsets count code points of the layer's text."""

    layer: Layer
    start: int
    end: int
    form: str | None
    form_end: int
    number: tuple[str, int, int] | None
    namings: tuple[Naming, ...]


def read_title(layer: Layer, start: int, end: int) -> Title:
    """Take apart the title that stands from *start* to *end* of the layer's text.

    Source: the titles of the Wilson Center Digital Archive ("Ciphered Telegram No. 2950,
        Filippov [Stalin] to Krasovsky, for Cde. Mao Zedong"; "Cable, A [via D] to B").
    """
    text = layer.text[start:end].translate(_FLAT)[:_LONGEST]
    before, form = _find_form(text)
    if form is None:
        addressed = _ADDRESSED.match(text) is not None
        parties = _namings(layer, text, 0, len(text), start) if addressed else ()
        return Title(layer, start, end, None, start, None, tuple(parties))
    found = _find_number(text, form[1])
    at = found.end() if found and _follows(text, form[1], found) else form[1]
    content = _CONTENT.search(text, at)
    stops = [content.start() if content else len(text)]
    if found and found.start() >= at:
        stops.append(found.start())
    namings = list(_namings(layer, text, at, min(stops), start))
    if before:
        namings.insert(0, Naming(layer, "sender", text[:before], start, start + before))
    number = found and (found["value"], start + found.start("words"), start + found.end("words"))
    return Title(layer, start, end, form[0], start + at, number, tuple(namings))


def _find_number(text: str, at: int) -> re.Match[str] | None:
    """Return the number after the form, with or without a sign, or at the end of the title."""
    return (
        _NEXT_NUMBER.match(text, at) or _UNSIGNED.match(text, at) or _LAST_NUMBER.search(text, at)
    )


def _follows(text: str, at: int, found: re.Match[str]) -> bool:
    return not text[at : found.start("words")].strip(" ,")


def _find_form(text: str) -> tuple[int, tuple[str, int] | None]:
    """Return where a party before the form ends ("X Ministry, Cable to Y"; 0) and the form."""
    if form := form_of(text):
        return 0, form
    for gap in re.finditer(r"(?P<comma>,)?\s+(?=[A-Z])", text):
        form = form_of(text[gap.end() :])
        if form is None or not (gap["comma"] or _names_body(text[: gap.start()])):
            continue
        after = (
            rf"\s+(?:to|for)\s|\s*(?:,|$|{NUMBER.pattern})" if gap["comma"] else r"\s+(?:to|for)\s"
        )
        if re.match(after, text[gap.end() + form[1] :], re.IGNORECASE):
            return gap.start(), (form[0], gap.end() + form[1])
    return 0, None


def _names_body(words: str) -> bool:
    """Tell whether words before a form are a body: "CC CPSU", not "Politburo decision and"."""
    small = {"of", "the", "for", "in"}
    named = all(word[0].isupper() or word in small for word in re.findall(r"[^\W\d_]+", words))
    return named and bool(BODY.search(words))


def _namings(layer: Layer, text: str, at: int, stop: int, offset: int) -> Iterator[Naming]:
    """Yield the parties between the form and the content of the title."""
    segments = list(_segments(text, at, stop))
    hint = "sender"
    for index, (word, begin, start, end) in enumerate(segments):
        if not word and begin > at and _is_topic(text[start:end]):
            return
        hint = _hint(word, [later[0] for later in segments[index + 1 :]], hint)
        bare = text[start:end]
        if "[" in bare or "(" in bare:
            bare = _VIA.sub(lambda m: " " * len(m.group()), bare)
            for via in _VIA.finditer(text, start, end):
                span = (offset + via.start(), offset + via.end())
                yield Naming(layer, "via", via["name"].strip(), *span)
        for first, last in find_names(bare):
            evidence = begin if first == 0 and hint != "sender" else start + first
            words = bare[first:last].strip()
            yield Naming(layer, hint, words, offset + evidence, offset + start + last)


def _is_topic(words: str) -> bool:
    """Tell whether words after a comma say what the message is about, and name no party."""
    words = words.strip(" ,.")
    of = _OF.match(words)
    headless = of is not None and not (BODY.search(of["head"]) or POST.search(of["head"]))
    return headless or bool(_TOPIC.match(words))


def _hint(word: str, later: list[str], before: str) -> str:
    """Return what a keyword says of the words after it; a comma goes on with what was before."""
    if word.endswith("convey to"):
        return "for"
    if word == "by":
        return "sender"
    if word == "from":
        return "origin" if "to" in later and later[0] == "" else "sender"
    if word:
        return "via" if word == "through" else word
    return "sender" if before in ("sender", "origin") else before


def _segments(text: str, at: int, stop: int) -> Iterator[tuple[str, int, int, int]]:
    """Cut the routing at its keywords: keyword, where it begins, where its words begin and end."""
    depth_free = _without_brackets(text)
    cuts = list(_KEYWORD.finditer(depth_free, at, stop))
    begin, word, start = at, "", at
    for cut in [*cuts, None]:
        end = cut.start() if cut else stop
        if (
            cut
            and cut["word"]
            and _is_post_to(
                # What a comma puts beside a name goes on saying who that is: "A, Ambassador to X".
                text[start:end],
                cut,
                cuts,
                after=word or ("to" if start > at else ""),
            )
        ):
            continue
        if text[start:end].strip(" ,."):
            yield word, begin, start, end
        if cut:
            keyword = " ".join((cut["word"] or "").lower().split())
            begin = cut.end() if not keyword else cut.start("word")
            word, start = keyword, cut.end()


def _without_brackets(text: str) -> str:
    """Put underscores in the place of brackets and what stands in them."""
    if "[" not in text and "(" not in text:
        return text
    return BRACKETED.sub(lambda found: "_" * len(found.group()), text)


def _is_post_to(before: str, cut: re.Match[str], cuts: list[re.Match[str]], *, after: str) -> bool:
    """Tell whether "to" belongs to a post: "Ambassador to the USA Dobrynin to the Ministry".

    Shape: *after* is the keyword before the post; a second "to" at once directs nothing either.
    """
    if not before.strip() or cut["word"].lower() != "to":
        return False
    named = BODY.search(before) or POST.search(before)
    if named and _TO_NATIONS.match(cut.string, cut.start("word")):
        return True
    last = max(post.end() for post in [*POST.finditer(before), re.match("", before)] if post)
    later = [one["word"] for one in cuts if one.start() > cut.start() and one["word"]]
    return 0 < last == len(before) and ("to" in map(str.lower, later) or after == "to")


def find_names(words: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of *words* that are single names, without what stands between them.

    >>> words = "Cdes. Roshchin and Krasovsky, Li Kenong"
    >>> [words[start:end] for start, end in find_names(words)]
    ['Cdes. Roshchin', 'Krasovsky', 'Li Kenong']
    """
    at = 0
    flat = _without_brackets(words)
    for cut in [*_BETWEEN.finditer(flat), None]:
        end = cut.start() if cut else len(flat)
        piece = words[at:end]
        lead = len(piece) - len(piece.lstrip(" ,"))
        if piece.strip(" ,.") and piece.strip(" ,.").lower() != "others":
            yield at + lead, at + len(piece.rstrip(" ,."))
        at = cut.end() if cut else end
