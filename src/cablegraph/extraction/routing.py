"""Decide who sends, receives and passes on the message, from title, address and signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from cablegraph.authorities.inflect import Case
from cablegraph.extraction.cues import BODY, without_honorific
from cablegraph.extraction.home_offices import settle_ministries
from cablegraph.extraction.identities import identify
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.lines import Line
from cablegraph.extraction.names import Known, Names, form_of
from cablegraph.extraction.scene import Role, Scene
from cablegraph.extraction.titles import Naming
from cablegraph.records.claims import Claim, Evidence, Link, Party

_ROLE_OF = {"sender": "sender", "signature": "sender", "from": "sender", "via": "intermediary"}
_CASES: dict[str, Case] = {
    "to": "datv", "salutation": "datv", "for": "gent", "from": "gent", "signature": "nomn"
}  # fmt: skip
_PASSING = re.compile(settings("layout")["ministry"]["passing"], re.IGNORECASE)
_PLACES = {"place": "destination", "origin": "origin"}


def decide_roles(namings: Iterable[Naming], names: Names) -> tuple[Role, ...]:
    """Give each named party its role, one item an agent and role, witnesses gathered.

    Shape: a party that the message is *for* is the addressee, and one it is *to* then only
        passes it on; without a "for" the party it is *to* is the addressee.
    Source: "ПЕКИН, КРАСОВСКОМУ. Для тов. МАО ЦЗЕ-ДУНА."; the titles "A to B, for C".
    """
    namings = settle_ministries(namings, names)
    known = [(naming, _known(naming, names)) for naming in namings]
    named = identify([(naming, one) for naming, one in known if one is not None])
    named = [(naming, one) for naming, one in named if not _acts_for(naming, one, named)]
    via = {one.entity for naming, one in named if naming.hint == "via"}
    headed = any(naming.hint == "to" and _is_headed(naming) for naming, _ in named)
    final = {one.entity for naming, one in named if naming.hint == "for"} or {
        one.entity for naming, one in named if _is_final(naming, passed=bool(via), headed=headed)
    }
    gathered: dict[tuple[str, str], list[tuple[Naming, Known]]] = {}
    for naming, one in named:
        role = "intermediary" if one.entity in via else _role(naming.hint, one.entity, final)
        gathered.setdefault((role, one.entity), []).append((naming, one))
    return tuple(
        Role(role, _surest(pairs), tuple(n for n, _ in pairs), tuple(k for _, k in pairs))
        for (role, _), pairs in gathered.items()
    )


def _is_final(naming: Naming, *, passed: bool, headed: bool) -> bool:
    """Tell whether a party gets the message at last, so that the one it is *to* passes it on.

    Shape: a title that names who passes the message on gives the whole way to its addressee; who
        heads the body that the message is to gets it with that body.
    """
    if passed:
        return naming.hint == "to" and _titles(naming)
    return naming.hint == "salutation" and not headed


def _is_headed(naming: Naming) -> bool:
    """Tell whether a body has its head beside it, and passes nothing on as a mission does."""
    return bool(BODY.search(naming.words)) and not _PASSING.search(naming.words)


def _known(naming: Naming, names: Names) -> Known | None:
    language = "en" if naming.told else naming.layer.language
    if naming.hint in _PLACES:
        known = names.place(naming.words, language)
        known = known or names.unlisted(naming.words, language, "place")
    elif naming.told:
        known = names.party(naming.words, language)
    else:
        known = names.party(naming.words, language, _CASES.get(naming.hint))
        if known and not known.listed:
            known = _namesake(naming.words, language, names) or known
    return replace(known, certainty="probable") if known and naming.told else known


def _namesake(words: str, language: str, names: Names) -> Known | None:
    """Return the one listed person of a surname that is somebody else's pseudonym too.

    Shape: where no bracket explains the name, its bearer is likelier meant than the other; but
        that is only possible.
    """
    bare, inner = names.without_bracket(words)
    forms = names.matcher.resolve(bare, language) if bare and not inner else ()
    bearers = {form.entity: form for form in forms if form.kind != "pseudonym"}
    if len(bearers) != 1 or len(bearers) == len({form.entity for form in forms}):
        return None
    (form,) = bearers.values()
    if not form.entity.startswith("person/"):
        return None
    return Known(form.entity, form_of(form), True, "possible")


def _acts_for(naming: Naming, one: Known, named: Sequence[tuple[Naming, Known]]) -> bool:
    """Tell whether a body "from" which the text comes is the one that a titled person heads.

    Source: "FROM THE EMBASSY IN HAVANA" under the title "the Brazilian Embassy in Havana (Name)".
    """
    if naming.hint != "from" or not one.entity.startswith("org/") or _titles(naming):
        return False
    senders = [(other, who) for other, who in named if other.hint == "sender" and _titles(other)]
    persons = any(who.entity.startswith("person/") for _, who in senders)
    return persons and all(who.entity != one.entity for _, who in senders)


def _role(hint: str, entity: str, final: set[str]) -> str:
    if hint in _PLACES:
        return _PLACES[hint]
    if hint in _ROLE_OF:
        return _ROLE_OF[hint]
    return "intermediary" if final and entity not in final else "addressee"


def _surest(pairs: list[tuple[Naming, Known]]) -> Known:
    order = ("certain", "probable", "possible", "doubtful")
    return min((one for _, one in pairs), key=lambda one: order.index(one.certainty))


def find_routing(scene: Scene) -> Iterator[Claim]:
    """Yield a claim for each party and place of the routing.

    Shape: a party who signs under a pseudonym carries the form used, the one of the witness
        that stands nearest to the original (scan, transcript, translation, catalogue).
    """
    lines = list(_addressing(scene))
    for one in scene.roles:
        entity = one.known.entity
        if one.role in ("destination", "origin"):
            yield Claim(
                key=f"{scene.telegram}/claim/{one.role}-{entity.rpartition('/')[2]}",
                about=scene.telegram,
                value=Link("rico:isAssociatedWithPlace", entity, one.role),
                evidence=one.evidence,
                rule=one.rule or f"routing-{one.role}",
                certainty=one.known.certainty,
                reason=one.known.reason,
            )
            continue
        if one.role == "addressee":
            yield from _spoken_to(scene, one, lines)
        yield _party(scene, one, one.evidence)


def _party(scene: Scene, one: Role, words: tuple[Evidence, ...]) -> Claim:
    """Make the claim of a party; a sender whom another witness replaces is left open."""
    rivals = tuple(sorted(_key(scene, other) for other in _rival_senders(scene, one)))
    return Claim(
        key=_key(scene, one),
        about=scene.telegram,
        value=Party(one.role, one.known.entity, _under(one)),
        evidence=words,
        rule=one.rule or f"routing-{one.role}",
        certainty="possible" if rivals else one.known.certainty,
        status="unresolved" if rivals else None,
        reason="title and text name different senders" if rivals else one.known.reason,
        rivals=rivals,
    )


def _rival_senders(scene: Scene, one: Role) -> list[Role]:
    """Return the senders of the text against one of the title, or the other way round.

    Shape: none where title and text share a sender, or where one names a person and the other
        the body for which a person signs.
    """
    senders = [role for role in scene.roles if role.role == "sender"]
    titled = [role for role in senders if _in_title(role)]
    signed = [role for role in senders if any(not _titles(naming) for naming in role.namings)]
    if one not in senders or any(role in signed for role in titled):
        return []
    others = signed if one in titled else titled
    kind = one.known.entity.partition("/")[0]
    return [role for role in others if role.known.entity.partition("/")[0] == kind]


def _in_title(role: Role) -> bool:
    return any(_titles(naming) for naming in role.namings)


def _titles(naming: Naming) -> bool:
    return naming.layer.kind == "catalogue-entry"


# Direct address in running text: ", тов. Мао Цзэдун." after a comma, before a stop.
_VOCATIVE = re.compile(r",\s+(?P<title>[^\W\d_]+\.?)\s+$")
_MAY_ADDRESS = re.compile(r",\s+(?P<title>[^\W\d_]+\.?)\s")


def _addressing(scene: Scene) -> Iterator[Line]:
    """Yield the lines of the body that may speak to somebody: a title stands behind a comma."""
    for parts in scene.texts:
        for line in parts.body:
            if any(_is_title(found["title"]) for found in _MAY_ADDRESS.finditer(line.text)):
                yield line


def _spoken_to(scene: Scene, one: Role, lines: Iterable[Line]) -> Iterator[Claim]:
    """Yield the places in some lines where the message speaks to its addressee by name."""
    for line in lines:
        for match, known in scene.names.find(line.text, line.layer.language):
            if known.entity != one.known.entity:
                continue
            before = _VOCATIVE.search(line.text[: match.start])
            if before is None or not _is_title(before["title"]):
                continue
            words = line.part(before.start("title"), match.end).evidence
            yield _party(scene, one, (words,))


@lru_cache(maxsize=1 << 12)
def _is_title(word: str) -> bool:
    """Tell whether a word is a title of courtesy or rank."""
    return without_honorific(word) >= len(word)


def _key(scene: Scene, one: Role) -> str:
    """Return a node of its own for the first who acts under a pseudonym, else a claim's."""
    name = one.known.entity.rpartition("/")[2]
    if _under(one) is None:
        return f"{scene.telegram}/claim/{one.role}-{name}"
    alone = scene.agents(one.role) == (one.known.entity,)
    return f"{scene.telegram}/participation/{one.role}" + ("" if alone else f"-{name}")


_NEAREST = ("scan", "transcript", "translation", "catalogue")


def _under(one: Role) -> str | None:
    """Return the key of the pseudonym used, as the witness nearest to the original has it."""
    forms = [
        (_NEAREST.index(naming.layer.key.rstrip("-0123456789")), known.form.key)
        for naming, known in zip(one.namings, one.forms, strict=True)
        if known.form and known.form.kind == "pseudonym"
    ]
    return min(forms)[1] if forms else None
