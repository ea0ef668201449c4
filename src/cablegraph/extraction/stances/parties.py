"""Find parties that no list knows: a country as an actor, a people, the holder of a post.

Such a party is a group or person of its own, named by the words of the text, so that an act is
never given to somebody else for want of a name in the authority file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.mentions import introduce
from cablegraph.extraction.names import Known
from cablegraph.extraction.people import may_be_surname
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.openings import Marked, Opening, find_heads
from cablegraph.records.claims import Claim, Condition, Offer, Stance
from cablegraph.records.model import Layer

_DATA = settings("stance-grammar")["unlisted"]
_PLACES = 1 << 10  # places of which it is kept whether a preposition governs them
_ENTITIES = 1 << 10  # of which the letters are kept that a text must have to name them
UNIDENTIFIED = "-unidentified"  # ends the path of one whose name is another's too
_KINDS = {"surname": "person", "office": "person", "opponent": "group", "government": "group",
          "house": "org"}  # fmt: skip
# Letters that a path has as they are, and marks of print that it never has.
_PLAIN = re.compile(r"[\x00-\x7f“”„‘’«»–—…\xa0]*")
_SMALL = bytes(range(256)).lower()
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalnum())
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_APPOSITION = 3  # characters between a post and the name of who holds it
_NEAR = 40  # characters before a name in which its preposition stands


@dataclass(frozen=True, slots=True)
class Party:
    """A party at a place; offsets count code points of the layer's text."""

    start: int
    end: int
    known: Known

    @property
    def entity(self) -> str:
        """Path of the entity that stands for it."""
        return self.known.entity


@cache
def _finders(language: str) -> tuple[tuple[str, Opening | Marked], ...]:
    """Return the patterns of a language by the kind of party that they find."""
    rows = _DATA["patterns"].get(language, {})
    return tuple((kind, _finder(kind, pattern, language)) for kind, pattern in rows.items())


def _finder(kind: str, pattern: str, language: str) -> Opening | Marked:
    endings: str = _DATA["endings"].get(language, {}).get(kind, "")
    marks: str = _DATA["marks"].get(language, {}).get(kind, "")
    if endings:
        heads = [f"*{ending}" for ending in endings.split("|")]
        return Opening(pattern.replace("END", f"(?:{endings})"), heads, flags=0)
    if marks:
        begins: str = _DATA["begins"].get(language, "")
        return Marked(pattern.replace("MARK", f"(?:{marks})"), marks, flags=0, begins=begins)
    return Opening(pattern, find_heads(pattern), flags=0)


@cache
def _compiled(name: str, language: str) -> re.Pattern[str] | None:
    pattern = _DATA[name].get(language)
    return re.compile(pattern) if pattern else None


@cache
def _oblique(language: str) -> re.Pattern[str] | None:
    words = _DATA["oblique"].get(language)
    before = _DATA["before"].get(language, "")
    return re.compile(rf"(?:{words})\s+(?:{before})?$", re.IGNORECASE) if words else None


@lru_cache(maxsize=_PLACES)
def is_oblique(text: str, start: int, language: str) -> bool:
    """Tell whether a name stands after a preposition, and so can be no subject.

    >>> text = "In a letter to the Poles Nagy agreed."
    >>> is_oblique(text, text.index("Poles"), "en"), is_oblique(text, text.index("Nagy"), "en")
    (True, False)
    """
    pattern = _oblique(language)
    return bool(pattern and pattern.search(text[max(0, start - _NEAR) : start]))


def may_be_party(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether the words before a verb may name a party, or only lead in with a comma.

    >>> may_be_party("The embassy ", 0, 12, "en"), may_be_party("The weather ", 0, 12, "en")
    (True, False)
    """
    words, pattern = text[start:end].rstrip(), _compiled("may_be", language)
    return words.endswith((",", ":")) or bool(pattern and pattern.search(words))


def find_parties(scene: Scene, layer: Layer, start: int, end: int) -> list[Party]:
    """Return the parties of a stretch that the authority file lacks, in order, none overlapping.

    Shape: no party where a listed person, body or group is named.
    """
    text, language = layer.text, layer.language
    found = list(scene.names.find(text[start:end], language))
    listed = [
        (start + match.start, start + match.end)
        for match, known in found
        if not known.entity.startswith("place/")
        and not (known.entity.startswith("group/") and _goes_on(text, start + match.end, language))
    ]
    places = [
        (start + match.start, start + match.end)
        for match, known in found
        if known.entity.startswith("place/") and not (known.form and known.form.kind == "adjective")
    ]
    rows = list(_by_pattern(scene, layer, start, end, [*listed, *places]))
    for match, known in found if language == "en" else ():
        if known.entity.startswith("place/") and known.form and known.form.kind != "adjective":
            words = " ".join(match.written.split())
            one = scene.names.unlisted(words, language, "group", certainty="probable")
            rows.append(Party(start + match.start, start + match.end, one))
    return _apart(rows, listed)


def _goes_on(text: str, end: int, language: str) -> bool:
    """Tell whether a people is named only to say whose a post or body is: "the Danish minister"."""
    pattern = _compiled("of_people", language)
    return bool(pattern and pattern.match(text, end))


def without_peoples(
    named: Iterable[tuple[int, int, str]], unlisted: Iterable[Party]
) -> list[tuple[int, int, str]]:
    """Return the agents named in a stretch without those peoples that are part of a party."""
    parties = list(unlisted)
    return [
        (a, b, who)
        for a, b, who in named
        if not (who.startswith("group/") and any(x.start < b < x.end for x in parties))
    ]


def _by_pattern(
    scene: Scene, layer: Layer, start: int, end: int, taken: list[tuple[int, int]]
) -> Iterator[Party]:
    """Yield peoples, holders of posts and bare surnames; no post of which the holder is named.

    Shape: "the Polish ambassador, Jelen" is Jelen, and "Hanoi agrees" no surname.
    """
    text, language = layer.text, layer.language
    for kind, pattern in _finders(language):
        for match in pattern.finditer(text, start, end):
            named = any(0 <= a - match.end() <= _APPOSITION for a, _ in taken)
            if named or any(a <= match.start("name") < b for a, b in taken):
                continue
            if kind == "surname" and not may_be_surname(match["name"], text):
                continue
            sort = _KINDS.get(kind, kind)
            known = scene.names.unlisted(_name(match), language, sort, certainty="probable")
            yield Party(match.start("name"), match.end("name"), known)


def _name(match: re.Match[str]) -> str:
    return " ".join(match["name"].split())


def _apart(rows: list[Party], listed: list[tuple[int, int]]) -> list[Party]:
    kept: list[Party] = []
    for one in sorted(rows, key=lambda party: (party.start - party.end, party.start)):
        taken = [*listed, *((party.start, party.end) for party in kept)]
        if all(one.end <= a or b <= one.start for a, b in taken):
            kept.append(one)
    return sorted(kept, key=lambda party: party.start)


class Parties:
    """The unlisted parties of one document; no stretch of it is searched twice."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._found: dict[tuple[str, int, int], list[Party]] = {}

    def find(self, layer: Layer, start: int, end: int) -> list[Party]:
        """Return the parties of a stretch, as ``find_parties`` does."""
        place = (layer.key, start, end)
        if place not in self._found:
            self._found[place] = find_parties(self.scene, layer, start, end)
        return self._found[place]

    def introduce(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Yield the entity and name of each unlisted party to whom the claims give something."""
        listed = self.scene.names.authorities
        wanted = {one for claim in claims for one in _agents(claim) if one not in listed}
        for parts in self.scene.texts if wanted else ():
            for start, end in _lines(parts.layer):
                if not may_name(parts.layer.text[start:end], wanted):
                    continue
                for party in self.find(parts.layer, start, end):
                    if party.entity in wanted:
                        wanted.discard(party.entity)
                        words = parts.layer.evidence(party.start, party.end)
                        yield from introduce(party.known, words)


def may_name(text: str, entities: Iterable[str]) -> bool:
    """Tell whether a text may name one of some entities whose paths are made of their names.

    >>> may_name("Mr. O'Hara came", {"person/ohara"}), may_name("He came", {"person/ohara"})
    (True, False)
    """
    if not (text.isascii() or _PLAIN.fullmatch(text)):
        return True  # a path has other letters
    letters = text.encode("ascii", "ignore").translate(_SMALL, _NO_LETTERS)
    return any(_letters_of(entity) in letters for entity in entities)


@lru_cache(maxsize=_ENTITIES)
def _letters_of(entity: str) -> bytes:
    return entity.rpartition("/")[2].removesuffix(UNIDENTIFIED).replace("-", "").encode()


def _lines(layer: Layer) -> Iterator[tuple[int, int]]:
    for match in _PARAGRAPH.finditer(layer.text):
        yield match.span()


def _agents(claim: Claim) -> tuple[str, ...]:
    value = claim.value
    if isinstance(value, Stance):
        return (*value.holders, *value.advises)
    if isinstance(value, Condition):
        return value.actors
    return value.proposed_by if isinstance(value, Offer) else ()
