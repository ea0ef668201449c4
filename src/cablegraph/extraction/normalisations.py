"""Compare a scan's transcription with the transcript: what the transcriber brought to a rule.

Words that differ in more than spelling, sign or hyphen are variants, which are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from cablegraph.extraction.parts import Line
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Bracket, Claim, Evidence

# A stretch in strokes or round brackets is one token before its words are: /о беженцах/.
_TOKEN = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
_ASIDE = re.compile(r"(?<![^\W_])/(?=\S)(?P<a>[^/\n]*?)(?<=\S)/(?![^\W_])|\((?P<b>[^()\n]*)\)")
_READING = {
    "yo": "ё for е",
    "brackets": "round brackets for strokes",
    "other": "spelling, capitals apart",
}


@dataclass(frozen=True, slots=True)
class _Token(Line):
    """A word of a line."""

    @property
    def folded(self) -> str:
        """The word without what a transcriber may regulate."""
        bare = re.sub(r"[-/()\s]", "", self.text.lower())
        return bare.translate(str.maketrans("ёэ", "ее"))


def find_normalisations(scene: Scene) -> Iterator[Claim]:
    """Yield one mark for each kind of normalisation, on every pair of places that shows it.

    Shape: the evidence holds the words of the scan and of the transcript; a difference of
        capitals alone is none.
    Source: «/о выводе … и о беженцах/» in a scan and «(о выводе … и о беженцах)» in its
        transcript, «Насчет» and «Насчёт».
    """
    found: dict[str, list[Evidence]] = {}
    for scan, transcript in _pairs(scene):
        for one, other in _differing(scan, transcript):
            found.setdefault(_kind(one.text, other.text), []).extend((one.evidence, other.evidence))
    for kind in sorted(found):
        yield Claim(
            key=f"{scene.telegram}/editorial/normalisation-{kind}",
            about=scene.telegram,
            value=Bracket("normalisation", _READING[kind]),
            evidence=tuple(sorted(set(found[kind]))),
            rule="transcript-normalised",
        )


def _pairs(scene: Scene) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield the message lines of each transcript with those of the scan in its language."""
    texts = list(scene.texts)
    scans = [parts for parts in texts if parts.layer.kind == "scan-transcription"]
    for parts in texts:
        if parts.layer.kind == "normalised-transcript":
            for scan in scans:
                if scan.layer.language == parts.layer.language:
                    yield list(scan.lines), list(parts.lines)


def _differing(scan: list[Line], transcript: list[Line]) -> Iterator[tuple[_Token, _Token]]:
    for tokens in (_words, _asides):
        ours, theirs = list(tokens(scan)), list(tokens(transcript))
        matcher = SequenceMatcher(
            None, [t.folded for t in ours], [t.folded for t in theirs], autojunk=False
        )
        for first, second, size in matcher.get_matching_blocks():
            for index in range(size):
                one, other = ours[first + index], theirs[second + index]
                if _shown(one, tokens is _asides) != _shown(other, tokens is _asides):
                    yield one, other


def _shown(token: _Token, aside: bool) -> str:
    return token.text[0] if aside else token.text.lower()


def _words(lines: list[Line]) -> Iterator[_Token]:
    for line in sorted(lines, key=lambda line: line.start):
        for match in _TOKEN.finditer(line.text):
            yield _Token(line.layer, line.start + match.start(), line.start + match.end())


def _asides(lines: list[Line]) -> Iterator[_Token]:
    for line in sorted(lines, key=lambda line: line.start):
        for match in _ASIDE.finditer(line.text):
            yield _Token(line.layer, line.start + match.start(), line.start + match.end())


def _kind(one: str, other: str) -> str:
    if one[0] == "/" or other[0] == "/":
        return "brackets"
    one, other = one.lower(), other.lower()
    return "yo" if one.replace("ё", "е") == other.replace("ё", "е") else "other"
