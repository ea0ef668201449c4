"""What a page is about in the words of schema.org, for search engines."""

from __future__ import annotations

from typing import Any

from cablegraph.publication.site.addresses import is_web, page_file
from cablegraph.publication.site.facts import term
from cablegraph.publication.site.told import Teller

_TYPES = {
    "person": "Person", "org": "Organization", "group": "Organization",
    "position": "Role", "place": "Place",
    "archive": "ArchiveOrganization", "unit": "ArchiveComponent", "holding": "ArchiveComponent",
    "telegram": "Message", "message": "Message", "recordset": "Collection",
    "proposal": "CreativeWork",
}  # fmt: skip
_PEOPLE = (("rico:hasSender", "sender"), ("rico:hasAddressee", "recipient"))


def to_schema(path: str, teller: Teller, base_url: str, day: str = "") -> dict[str, Any]:
    """Return the description of one thing as JSON-LD."""
    facts = teller.facts
    base = teller.addresses.base
    node = f"<{base}id/{path}>"
    kind = _TYPES.get(path.partition("/")[0], "Thing")
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": node.strip("<>"),
        "name": teller.label(node),
        "url": f"{base_url or base}{page_file(path).removesuffix('index.html')}",
    }
    names = sorted({one.text for one in facts.literals(node, "skos:altLabel")})
    if names:
        found["alternateName"] = names
    same = [one.strip("<>") for one in facts.values(node, "skos:exactMatch")]
    if linked := [one for one in same if is_web(one)]:
        found["sameAs"] = linked
    if kind == "Message":
        found.update(_message(node, day, teller))
    return found


def _message(node: str, day: str, teller: Teller) -> dict[str, Any]:
    facts = teller.facts
    found: dict[str, Any] = {}
    for name, key in _PEOPLE:
        people = [
            {"@id": one.strip("<>"), "name": teller.label(one)} for one in facts.values(node, name)
        ]
        if people:
            found[key] = people
    if day and day[:4].isdecimal() and len(day) in (4, 7, 10):
        found["dateSent"] = day
    abstract = facts.literals(node, "dcterms:abstract")
    if abstract:
        found["abstract"] = abstract[0].text
    mentions = facts.about(node).get(term("schema:mentions"), ())
    if mentions:
        found["mentions"] = [
            {"@id": one.strip("<>"), "name": teller.label(one)} for one in mentions
        ]
    return found
