"""Turn the shelf marks of a citation into copies in archives, and say which may be one object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from cablegraph.authorities.romanise import romanise, slug
from cablegraph.extraction.catalogue import citation_title
from cablegraph.extraction.citations import FoundReference, find_references
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Claim, Entity, Evidence, Link, Reference, Statement
from cablegraph.records.model import Field


def find_holdings(scene: Scene) -> Iterator[Claim]:
    """Yield publisher, copies with their references, and copies that may be one object."""
    field = scene.record.first("citation")
    if field is None:
        return
    start = _after_date(field)
    start, publisher = _publisher(scene, field, start)
    yield from publisher
    found = [(r, _archive(scene, r)) for r in find_references(field.raw[start:])]
    claims = []
    for reference, archive in found:
        if archive not in scene.names.authorities:
            yield _unlisted(archive, reference, _words(field, start, reference, "archive"))
        claim = _holding(field, start, reference, archive)
        claims.append((claim, reference))
        yield claim
    yield from _same_carrier(scene, field, start, claims)


def _after_date(field: Field) -> int:
    title = citation_title(field)
    after = title[1] - field.start + 1 if title else 0
    date = next(iter(find_dates(field.raw[after:])), None)
    return after + date.end if date else after


def _publisher(scene: Scene, field: Field, start: int) -> tuple[int, list[Claim]]:
    """Return where the shelf marks begin and the claim of the edition's publisher."""
    for match, known in scene.names.find(field.raw[start:], "en"):
        entity = scene.names.authorities.entity(known.entity)
        if entity.type == "repository" and match.start <= 3:
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


def _archive(scene: Scene, reference: FoundReference) -> str:
    """Return the archive that a reference names: as a whole, else as the one named in it."""
    matcher = scene.names.matcher
    for language in ("en", "ru"):
        whole = [form.entity for form in matcher.resolve(reference.archive, language)]
        inside = [
            match.keys[0] for match in matcher.find(reference.archive, language) if match.sure
        ]
        for found in (whole, inside):
            archives = sorted({key for key in found if key.startswith("archive/")})
            if len(archives) == 1:
                return archives[0]
    return f"archive/{slug(romanise(reference.archive))}"


def _unlisted(archive: str, reference: FoundReference, words: Evidence) -> Claim:
    return Claim(
        key=archive,
        about=archive,
        value=Entity("rico:CorporateBody", {"en": reference.archive}),
        evidence=(words,),
        rule="unlisted-archive",
    )


def _words(field: Field, offset: int, reference: FoundReference, part: str) -> Evidence:
    start, end = reference.parts[part]
    return field.layer.evidence(field.start + offset + start, field.start + offset + end)


def _holding(field: Field, offset: int, found: FoundReference, archive: str) -> Claim:
    base = field.start + offset
    whole = field.layer.evidence(base + found.start, base + found.end)
    parts = [_words(field, offset, found, part) for part in found.parts]
    path = _path(found, archive)
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
        rule="citation-grammar" if found.values else "citation-whole",
    )


def _path(found: FoundReference, archive: str) -> str:
    steps = [archive.removeprefix("archive/")]
    named = [found.values.get(part) for part in ("fond", "opis", "delo")]
    named[2] = named[2] or found.values.get("por")
    if any(named):
        steps += [slug(value) if value else "none" for value in named]
        if found.first_leaf is not None and found.last_leaf is not None:
            first, last = found.first_leaf, found.last_leaf
            steps.append(str(first) if first == last else f"{first}-{last}")
    else:
        steps.append(slug(romanise(re.sub(r"^\W+", "", found.written))))
    return "/".join(steps)


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
