"""What an editor says of an entity and a suggestion, as a row of the mapping set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from cablegraph.links.check import check_object, find_iri
from cablegraph.links.model import Link, LinkSet, read_slots
from cablegraph.links.queue import Item, Suggestion
from cablegraph.links.schemes import find_scheme, find_schemes
from cablegraph.links.sssom import new_link, shorten

Answer = Literal["accept", "close", "reject", "none"]
ANSWERS: tuple[str, ...] = get_args(Answer)
#: Of a person who says that two are the same, and of one who argues that they are.
_CONFIDENCE = {"accept": "1", "close": "0.8", "reject": "1", "none": ""}


@dataclass(frozen=True, slots=True)
class Editor:
    """Who answers, and on which day."""

    name: str
    date: str  # ISO 8601


def link_of(
    item: Item,
    answer: Answer,
    suggestion: Suggestion | None,
    editor: Editor,
    links: LinkSet,
    *,
    authority: str = "",
    comment: str = "",
) -> Link:
    """Return the link that an answer makes.

    Shape: *authority* is the prefix of the one that was searched, where the answer is none.
    Raises:
        ValueError: if the set could not hold it: no prefix of it fits, or what is said to have
            none has an identifier.
    """
    reviewed = suggestion is not None and suggestion.rule != ""
    cells = {
        "subject_id": _subject_curie(item.subject, links.curie_map),
        "subject_label": item.label,
        "predicate_id": "skos:closeMatch" if answer == "close" else "skos:exactMatch",
        "predicate_modifier": "Not" if answer == "reject" else "",
        "mapping_justification": f"semapv:{_justification(reviewed)}",
        **_author(editor),
        "mapping_date": editor.date,
        "confidence": _CONFIDENCE[answer],
        "comment": comment or _told(suggestion),
    }
    if answer == "none":
        if has_identifier(item.subject, authority, links):
            raise ValueError(f"{item.subject} has an identifier of {authority}")
        source = {"object_id": read_slots().nothing[0], "object_source": f"authority:{authority}"}
        return new_link(cells | source, item.subject, "", authority)
    if suggestion is None:
        raise ValueError("there is nothing to decide on")
    found, curie = find_scheme(suggestion.object), shorten(suggestion.object, links.curie_map)
    if curie is None:
        raise ValueError(f"no prefix of the curie_map fits {suggestion.object}")
    check_object(curie, links.curie_map)
    cells |= {"object_id": curie, "object_label": suggestion.label}
    if found:
        cells["object_source"] = f"authority:{found[0].prefix}"
    return new_link(cells, item.subject, suggestion.object)


def has_identifier(subject: str, authority: str, links: LinkSet) -> bool:
    """Tell whether a link of the subject to that authority is accepted."""
    accepted = (link for link in links.of(subject) if link.decision == "accepted")
    return any(link.scheme == find_schemes()[authority] for link in accepted)


def _justification(reviewed: bool) -> str:
    return "MappingReview" if reviewed else "ManualMappingCuration"


def _author(editor: Editor) -> dict[str, str]:
    name = editor.name.replace("|", "/")
    return {"author_id" if name.startswith("orcid:") else "author_label": name}


def _subject_curie(subject: str, curie_map: Mapping[str, str]) -> str:
    spaces = sorted(prefix for prefix, space in curie_map.items() if space.endswith("/id/"))
    for prefix in ("cg", *spaces):
        if prefix in curie_map:
            return f"{prefix}:{subject}"
    raise ValueError("the curie_map has no prefix for the things of the collection")


def _told(suggestion: Suggestion | None) -> str:
    """Return in a line by what a suggestion was made."""
    if suggestion is None or not suggestion.rule:
        return ""
    score = "" if suggestion.score is None else f", score {suggestion.score:g}"
    why = f": {suggestion.explanation}" if suggestion.explanation else ""
    return " ".join(f"Suggested by {suggestion.rule}{score}{why}.".replace("..", ".").split())


def typed(text: str, authority: str, links: LinkSet) -> Suggestion:
    """Return what an editor means by an identifier typed in: a number, a CURIE or an IRI.

    Raises:
        ValueError: if it can't be an identifier.
    """
    scheme = find_schemes()[authority]
    for local in (text, f"{text}/"):
        if scheme.fits(local):
            return Suggestion(scheme.iri_of(local), "", None, "")
    iri = find_iri(text, links.curie_map)
    if iri is None or (find_scheme(iri) is None and shorten(iri, links.curie_map) is None):
        raise ValueError(f"{text!r} is no identifier of {scheme.title}, no CURIE and no IRI")
    return Suggestion(iri, "", None, "")
