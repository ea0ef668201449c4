"""Say who or what an encoded name stands for: by its reference first, by its words last.

A reference that the links of the collection know names the entity they name; any other reference
names an entity of its own, the same in every document that has it.
"""

from __future__ import annotations

import re

from cablegraph.authorities.romanise import name_key, path_step
from cablegraph.extraction.cues import BODY
from cablegraph.extraction.encoded.identifiers import is_iri, name_reference
from cablegraph.extraction.names import Form, Known, Names
from cablegraph.records.stated import StatedAgent, StatedPlace

Named = StatedAgent | StatedPlace

_KINDS = {"person": ("person",), "org": ("org", "group"), "group": ("group", "org"),
          "place": ("place",)}  # fmt: skip
_RESPELLED = ("en", "ru")
_INVERTED = re.compile(r"(?P<family>[^,]+),\s*(?P<given>[^,(]+)(?:,.*)?")


def know(fact: Named, names: Names, language: str) -> Known | None:
    """Return the entity of a fact, or None where its name holds no letter."""
    kind = _kind(fact)
    if not re.search(r"[^\W\d_]", fact.name):
        return None
    for reference in fact.refs:
        if entity := names.linked.get(name_reference(reference)):
            return Known(entity, _form(fact.name, language))
    if listed := _listed(fact, names, language, kind):
        return listed
    if fact.refs:
        return _referred(fact, kind, language)
    if kind == "position":
        return _own(f"position/{path_step(fact.name)}", fact, language)
    if language not in _RESPELLED:  # no rule spells names of that language in another way
        return _own(f"{kind}/{path_step(fact.full_name or fact.name)}", fact, language)
    if kind == "place":
        return names.unlisted(fact.name, language, "place", certainty=fact.certainty)
    if kind in ("org", "group"):
        return names.unlisted(fact.name, language, kind, certainty=fact.certainty)
    return names.unlisted(fact.full_name or fact.name, language, certainty=fact.certainty)


def _kind(fact: Named) -> str:
    if isinstance(fact, StatedPlace):
        return "place"
    return fact.kind or ("org" if BODY.search(fact.name) else "person")


def _listed(fact: Named, names: Names, language: str, kind: str) -> Known | None:
    """Return the entity of the authority file that the name stands for without doubt.

    Shape: where the encoding refers to a record elsewhere, only a whole name is enough.
    """
    if kind == "position":
        return None
    whole = [fact.full_name, _turned(fact.full_name), fact.name, _turned(fact.name)]
    for name in whole:
        if not name or (fact.refs and len(name.split()) < 2):
            continue
        for tongue in dict.fromkeys((language, "en")):
            known = names.listed(name, tongue, _KINDS[kind])
            if known is not None:
                return known
    if kind == "place" and not fact.refs:
        return _within(fact.name, names, language)
    return None


def _within(name: str, names: Names, language: str) -> Known | None:
    """Return the listed place of a name that also tells in which listed place it lies.

    Source: "Peking, China" at the head of a letter.
    """
    inner, comma, outer = name.partition(",")
    if not comma or names.listed(outer.strip(" ."), language, ("place",)) is None:
        return None
    return names.listed(inner.strip(), language, ("place",))


def _turned(name: str | None) -> str | None:
    """Turn a name that begins with the family name.

    >>> _turned("Smith, John B., Ambassador")
    'John B. Smith'
    """
    found = _INVERTED.fullmatch(name) if name else None
    return f"{found['given'].strip()} {found['family'].strip()}" if found else None


def _referred(fact: Named, kind: str, language: str) -> Known:
    """Return the entity that has the first reference, best one that leads out of the file."""
    reference = next((one for one in fact.refs if is_iri(one)), fact.refs[0])
    return _own(f"{kind}/{name_reference(reference)}", fact, language)


def _own(entity: str, fact: Named, language: str) -> Known:
    label = _turned(fact.full_name) or fact.full_name or fact.name
    return Known(entity, _form(fact.name, language), False, fact.certainty, {language: label})


def _form(name: str, language: str) -> Form:
    return Form(name_key(name, language), name, language, "common")
