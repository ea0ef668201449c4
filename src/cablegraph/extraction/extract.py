"""Run the rules over one record and gather their claims.

A rule is a plain function from Scene to claims; RULES is the list of them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from cablegraph.extraction.address import find_namings
from cablegraph.extraction.bodies import find_bodies
from cablegraph.extraction.brackets import find_brackets
from cablegraph.extraction.catalogue import (
    citation_title,
    find_catalogue,
    find_forms,
    find_subjects,
)
from cablegraph.extraction.conflicts import join_dates, settle_days, settle_numbers
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.described import find_described
from cablegraph.extraction.drafts import find_drafts
from cablegraph.extraction.encoded.facts import find_encoded
from cablegraph.extraction.encoded.roles import add_encoded, find_encoded_roles
from cablegraph.extraction.envelopes import find_enveloped
from cablegraph.extraction.groups import find_groups, find_vessels
from cablegraph.extraction.holdings import find_holdings
from cablegraph.extraction.marks import find_marks
from cablegraph.extraction.meetings import find_meetings
from cablegraph.extraction.mentions import find_mentions, find_names
from cablegraph.extraction.messages import find_messages
from cablegraph.extraction.names import Names
from cablegraph.extraction.newcomers import meet
from cablegraph.extraction.numbers import find_numbers
from cablegraph.extraction.offices import find_parties
from cablegraph.extraction.parts import Parts, find_parts
from cablegraph.extraction.postings import find_posted
from cablegraph.extraction.posts import find_posts
from cablegraph.extraction.receipts import find_receipts
from cablegraph.extraction.registry import find_registry
from cablegraph.extraction.routing import decide_roles, find_routing
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.claims import find_stances
from cablegraph.extraction.titles import Title, read_title
from cablegraph.extraction.witnesses import find_omissions, find_versions
from cablegraph.records.claims import (
    Claim,
    Date,
    Entity,
    Evidence,
    Message,
    Name,
    Origin,
    Reading,
    Reference,
)
from cablegraph.records.model import Record
from cablegraph.records.stated import StatedDate

Rule = Callable[[Scene], Iterator[Claim]]


def find_held(scene: Scene) -> Iterator[Claim]:
    """Yield what the citation says of copies, read when the scene was set."""
    yield from scene.held


RULES: tuple[Rule, ...] = (
    find_versions,
    find_encoded,
    find_catalogue,
    find_forms,
    find_subjects,
    find_held,
    find_numbers,
    find_routing,
    find_receipts,
    find_registry,
    find_marks,
    find_messages,
    find_drafts,
    find_enveloped,
    find_stances,
    find_meetings,
    find_posts,
    find_mentions,
    find_bodies,
    find_groups,
    find_vessels,
    find_names,
    find_brackets,
    find_omissions,
)


_SENT = ("sent", "catalogue-date")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T|$)")


def extract(record: Record, names: Names) -> Reading:
    """Read everything that the rules can read from one record.

    Shape: claims are in order of key, one a key, with the evidence of every witness.
    """
    scene = set_scene(record, names)
    claims: Iterable[Claim] = (claim for rule in RULES for claim in scene.told(rule))
    if record.kind != "message":
        claims = (*find_versions(scene), *find_described(record, names))
    claims = settle_days(join_dates(settle_numbers(gather(claims))))
    return Reading(
        key=record.key,
        source=record.source.name,
        sha256=record.source.sha256,
        claims=tuple(claims),
        texts={layer.key: layer.published for layer in record.layers},
        uncovered=record.uncovered,
        kind=msgspec.UNSET if record.kind == "message" else record.kind,
        others=_others(record) or msgspec.UNSET,
    )


def _others(record: Record) -> dict[str, Origin]:
    """Return the files, other than the record's own, from which its layers come."""
    return {
        layer.key: Origin(layer.source.name, layer.source.sha256)
        for layer in record.layers
        if layer.source.sha256 != record.source.sha256
    }


def set_scene(record: Record, names: Names) -> Scene:
    """Make a record ready for the rules: parts, title, date, and who has which role."""
    titles = tuple(_titles(record))
    parts = {
        layer.key: find_parts(layer, names.is_place)
        for layer in record.layers
        if layer.kind != "catalogue-entry"
    }
    titled = [naming for title in titles for naming in title.namings]
    namings = [party for naming in titled for party in find_parties(naming, names)]
    for naming in namings:
        names.settle(naming.words, naming.layer.language)
    found = [naming for key in parts for naming in find_namings(parts[key], names)]
    parties = [party for naming in found for party in find_parties(naming, names)]
    for naming in parties:
        names.settle(naming.words, naming.layer.language)
    namings += parties
    date = _date(record, parts)
    namings += list(find_posted([*titled, *found], namings, names, date))
    scene = Scene(
        record=record,
        names=names,
        titles=titles,
        parts=parts,
        roles=add_encoded(decide_roles(namings, names), find_encoded_roles(record, names)),
        date=date,
        telegram=record.path,
    )
    meet(scene)
    held = tuple(find_holdings(scene))
    copies = (claim.about for claim in held if isinstance(claim.value, Reference))
    return dataclasses.replace(scene, holdings=tuple(copies), held=held)


def _titles(record: Record) -> Iterator[Title]:
    if title := record.first("title"):
        yield read_title(title.layer, title.start, title.end)
    if (citation := record.first("citation")) and (place := citation_title(citation)):
        yield read_title(citation.layer, *place)


def _date(record: Record, parts: dict[str, Parts]) -> str | None:
    """Return the day that others are counted from: the catalogue's, else the text's own."""
    for fact in record.stated:
        if isinstance(fact, StatedDate) and (day := _sent_on(fact)):
            return day
    if field := record.first("date"):
        for date in find_dates(field.raw):
            return date.edtf()
    for one in parts.values():
        for line in one.closing:
            for date in find_dates(line.text):
                if edtf := date.edtf():
                    return edtf
    return None


def _sent_on(fact: StatedDate) -> str | None:
    """Return the day of sending that a fact states, without the hour."""
    if fact.about or fact.kind not in _SENT or not _DAY.match(fact.edtf or ""):
        return None
    return str(fact.edtf)[:10]


_ORDER = ("certain", "probable", "possible", "doubtful")


def gather(claims: Iterable[Claim]) -> list[Claim]:
    """Bring together the claims of one key: several witnesses of one thing.

    Shape: in order of key; evidence in order of position, no span twice; the surest certainty.
    """
    found: dict[str, Claim] = {}
    more: dict[str, list[Evidence]] = {}  # what later witnesses of a claim add
    for claim in claims:
        if claim.key not in found:
            found[claim.key] = claim
            continue
        key = _rival_key(claim, found)
        before = found.get(key)
        if before is not None:
            more.setdefault(key, []).extend(claim.evidence)
            if _is_repeated(before, claim):
                continue
        one = claim if before is None else _together(before, claim)
        found[key] = one if one.key == key else msgspec.structs.replace(one, key=key)
    return [_ordered(found[key], more.get(key, ())) for key in sorted(found)]


def _ordered(claim: Claim, more: Iterable[Evidence]) -> Claim:
    """Put the evidence of a claim in order of position, no span twice."""
    if not more and len(claim.evidence) < 2:
        return claim
    return msgspec.structs.replace(claim, evidence=tuple(sorted({*claim.evidence, *more})))


def _rival_key(claim: Claim, found: dict[str, Claim]) -> str:
    """Return the key of a claim: a date that differs from the first of its kind shows its value."""
    before = found.get(claim.key)
    if before is None or not isinstance(claim.value, Date) or not isinstance(before.value, Date):
        return claim.key
    if claim.value.edtf == before.value.edtf:
        return claim.key
    value = (claim.value.edtf or "unread").lower().replace(":", "").rstrip("?~%")
    return f"{claim.key}-{value.replace('/', '-')}"


def _is_repeated(one: Claim, other: Claim) -> bool:
    """Tell whether a claim says just what one of its key said before."""
    if isinstance(one.value, Date | Entity) or one.certainty != other.certainty:
        return False
    return one.value == other.value


def _together(one: Claim, other: Claim) -> Claim:
    """Return one claim of two; its evidence is the first one's alone."""
    value = one.value
    if isinstance(value, Date) and isinstance(other.value, Date):
        written = tuple(sorted({*value.written, *other.value.written}))
        value = msgspec.structs.replace(value, written=written)
    elif isinstance(value, Message) and isinstance(other.value, Message):
        # The English words of a label say more than the ones made for a Russian text.
        value = max((value, other.value), key=lambda message: (len(message.label), message.label))
    elif isinstance(value, Entity) and isinstance(other.value, Entity):
        value = msgspec.structs.replace(value, labels={**other.value.labels, **value.labels})
    elif isinstance(value, Name) and value.kind == "editorial-form":
        value = other.value
    elif type(value) is not type(other.value):
        raise ValueError(f"two kinds of claim share the key {one.key!r}")
    return msgspec.structs.replace(
        one,
        value=value,
        certainty=min(one.certainty, other.certainty, key=_ORDER.index),
    )
