"""Turn the shelf marks of a citation into copies in archives, and say which may be one object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from cablegraph.authorities.romanise import romanise, slug
from cablegraph.extraction.catalogue import citation_date, citation_title
from cablegraph.extraction.citations import FoundReference, find_references, with_page
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Claim, Entity, Evidence, Link, Reference, Statement
from cablegraph.records.model import Field
from cablegraph.records.stated import StatedReference

# Archives are named in the language of the catalogue, the document or their own country.
_LANGUAGES = ("en", "ru", "es", "fr", "de", "pt")
# Enough to tell the files of one archive apart; what is longer is the title of a file.
_LONGEST = 60
_NEAR = 24
_DATA = settings("citations")
# A number of the decimal file of the Department of State stands for the archive that keeps it.
_DECIMAL = re.compile(_DATA["decimal"])
_STATE_FILES = _DATA["decimal_archive"]


def find_holdings(scene: Scene) -> Iterator[Claim]:
    """Yield publisher, copies with their references, and copies that may be one object."""
    field = scene.record.first("citation") or scene.record.first("source")
    if field is None:
        return
    start = 0
    if field.name == "citation":
        start, publisher = _publisher(scene, field, _after_date(field))
        yield from publisher
    claims: list[tuple[Claim, FoundReference]] = []
    for reference in find_references(field.raw[start:]):
        reference, archive = _archive(scene, reference)
        if archive is None or _is_stated(scene, archive):
            continue
        reference = with_page(reference, archive)
        if archive not in scene.names.authorities:
            yield _unlisted(archive, reference, _words(field, start, reference, "archive"))
        taken = [claim for claim, _ in claims]
        claim = _holding(field, start, reference, archive, _path(scene, reference, archive, taken))
        claims.append((claim, reference))
        yield claim
    yield from _same_carrier(scene, field, start, claims)


def _is_stated(scene: Scene, archive: str) -> bool:
    """Tell whether the encoding says itself what is archive and what is reference.

    Shape: a listed archive, whose manner of citing is known, is still read from the words.
    """
    stated = any(isinstance(one, StatedReference) for one in scene.record.stated)
    return stated and archive not in scene.names.authorities


def _after_date(field: Field) -> int:
    date, title = citation_date(field), citation_title(field)
    return date.end if date else title[1] - field.start + 1 if title else 0


def _publisher(scene: Scene, field: Field, start: int) -> tuple[int, list[Claim]]:
    """Return where the shelf marks begin and the claim of the edition's publisher."""
    for match, known in scene.names.find(field.raw[start:], "en"):
        entity = scene.names.authorities.entity(known.entity)
        if entity.type == "repository" and _is_near(field.raw[start:], match.start):
            words = field.layer.evidence(
                field.start + start + match.start, field.start + start + match.end
            )
            claim = Claim(
                key=f"{scene.telegram}/claim/publisher",
                about=scene.telegram,
                value=Link("dcterms:publisher", known.entity),
                evidence=(words,),
                rule="citation-publisher",
            )
            return start + match.end, [claim]
    return start, []


def _is_near(words: str, at: int) -> bool:
    """Tell whether nothing of a reference stands before *at*: only "undated", "no date"."""
    return at <= _NEAR and not re.search(r"[\d;:]", words[:at])


def _archive(scene: Scene, reference: FoundReference) -> tuple[FoundReference, str | None]:
    """Return the archive that a reference names: as a whole, else as the one named in it.

    Shape: None where no archive is named, as in a printed work or the story of a gift; the
        reference comes back with the place where an archive of another tradition is named.
    """
    if number := _DECIMAL.match(reference.written):
        # What stands behind the number is the form of the message: "611.3731/970: Telegram".
        end = reference.start + number.end()
        return replace(reference, written=number.group(), end=end), _STATE_FILES
    for words in dict.fromkeys((reference.archive, reference.written)):
        for find in (_whole_name, _named_in):
            if len(found := find(scene, words)) == 1:
                archive, (first, last) = next(iter(found.items()))
                if reference.archive != words:
                    place = (reference.start + first, reference.start + last)
                    parts = {"archive": place, **reference.parts}
                    reference = replace(reference, archive=words[first:last], parts=parts)
                return reference, archive
        if reference.values:
            break
    key = _hyphenated(reference.archive)
    return reference, f"archive/{key}" if key else None


def _whole_name(scene: Scene, words: str) -> dict[str, tuple[int, int]]:
    forms = [f for lang in _LANGUAGES for f in scene.names.matcher.resolve(words, lang)]
    keys = {form.entity for form in forms if form.entity.startswith("archive/")}
    return dict.fromkeys(sorted(keys), (0, len(words)))


def _named_in(scene: Scene, words: str) -> dict[str, tuple[int, int]]:
    matches = [m for lang in _LANGUAGES for m in scene.names.matcher.find(words, lang) if m.sure]
    named = [m for m in matches if m.keys[0].startswith("archive/")]
    return {match.keys[0]: (match.start, match.end) for match in reversed(named)}


def _hyphenated(words: str) -> str:
    """Return a key for a name, empty where it holds neither letter nor digit."""
    return slug(romanise(words)) if re.search(r"[^\W_]", romanise(words)) else ""


def _unlisted(archive: str, reference: FoundReference, words: Evidence) -> Claim:
    latin = romanise(reference.archive)
    cyrillic = bool(re.search(r"[а-яё]", reference.archive, re.IGNORECASE))
    labels = {"en": latin, "ru": reference.archive} if cyrillic else {"en": reference.archive}
    return Claim(
        key=archive,
        about=archive,
        value=Entity("rico:CorporateBody", labels),
        evidence=(words,),
        rule="unlisted-archive",
    )


def _words(field: Field, offset: int, reference: FoundReference, part: str) -> Evidence:
    start, end = reference.parts[part]
    return field.layer.evidence(field.start + offset + start, field.start + offset + end)


def _holding(field: Field, offset: int, found: FoundReference, archive: str, path: str) -> Claim:
    base = field.start + offset
    whole = field.layer.evidence(base + found.start, base + found.end)
    parts = [_words(field, offset, found, part) for part in found.parts]
    return Claim(
        key=f"holding/{path}/reference",
        about=f"holding/{path}",
        value=Reference(
            archive=archive,
            written=found.written,
            fond=found.values.get("fond"),
            opis=found.values.get("opis"),
            delo=found.values.get("delo") or found.values.get("por"),
            papka=found.values.get("papka"),
            first_leaf=found.first_leaf,
            last_leaf=found.last_leaf,
        ),
        evidence=(whole, *sorted(set(parts) - {whole})),
        rule="citation-grammar" if found.values and not found.whole else "citation-whole",
    )


def _path(scene: Scene, found: FoundReference, archive: str, taken: list[Claim]) -> str:
    """Return the key of a copy.

    Shape: a reference down to the leaves names one thing wherever it stands; one that stops
        above names many, so that the record's key tells this document's copy apart. A second
        reference of the document that would have the key of another one gets a number.
    """
    steps = [archive.removeprefix("archive/")]
    named = [found.values.get(part) for part in ("fond", "opis", "delo")]
    named[2] = named[2] or found.values.get("por")
    if any(named) or found.leaves:
        steps += [(_hyphenated(value) if value else "") or "none" for value in named]
        steps += ["-".join(found.leaves)] if found.leaves else []
    else:
        words = _hyphenated(found.written.removeprefix(found.archive))
        steps += [words[:_LONGEST].strip("-")] if words else []
    if not (all(named) and found.leaves):
        steps.append(scene.record.key)
    path, written = "/".join(steps), {c.about: c.value for c in taken}
    again = 1
    while f"holding/{path}" in written and not _same(written[f"holding/{path}"], found):
        again += 1
        path = "/".join([*steps, str(again)])
    return path


def _same(value: object, found: FoundReference) -> bool:
    return isinstance(value, Reference) and value.written == found.written


def _same_carrier(
    scene: Scene, field: Field, offset: int, claims: list[tuple[Claim, FoundReference]]
) -> Iterator[Claim]:
    """Suspect one object behind two references with the same file and leaves.

    Source: papers that moved from one archive to another keep file and leaf numbers
        ("APRF … d. 342, l. 78; RGASPI … d. 342, ll. 0078").
    """
    for (one, first), (two, second) in combinations(claims, 2):
        a, b = one.value, two.value
        assert isinstance(a, Reference)
        assert isinstance(b, Reference)
        if a.archive == b.archive or a.delo is None or a.first_leaf is None:
            continue
        if (a.delo, a.first_leaf, a.last_leaf) == (b.delo, b.first_leaf, b.last_leaf):
            names = "-".join(x.archive.rpartition("/")[2] for x in (a, b))
            yield Claim(
                key=f"{scene.telegram}/claim/same-carrier-{names}",
                about=one.about,
                value=Statement(one.about, "cbl:sameCarrierAs", two.about),
                evidence=(_from_file(field, offset, first), _from_file(field, offset, second)),
                rule="same-file-and-leaves",
                certainty="probable",
                status="hypothetical",
                reason="same file and leaf numbers in two archives: one object under an old and "
                "a new reference rather than two copies",
            )


def _from_file(field: Field, offset: int, found: FoundReference) -> Evidence:
    delo = found.parts.get("delo") or found.parts["por"]
    base = field.start + offset
    return field.layer.evidence(base + delo[0], base + found.parts["leaves"][1])
