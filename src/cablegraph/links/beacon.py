"""BEACON files: which entities of ours an identifier of another authority leads to.

Source: BEACON link dump format, https://gbv.github.io/beaconspec/beacon.html. Libraries ask by
their own number, so the other authority is the source of each line and the collection its target.
"""

from __future__ import annotations

from cablegraph.links.model import Link, LinkSet
from cablegraph.links.schemes import Scheme
from cablegraph.namespaces import expand

#: Characters that part the fields and lines of the format.
_RESERVED = str.maketrans({"|": " ", "\n": " ", "\r": " "})


def to_beacon(links: LinkSet, scheme: Scheme, base: str, name: str) -> str:
    """Return the sure links to one authority as BEACON.

    Shape: only what is accepted as the very same; the day is that of the youngest link.
    """
    chosen = [link for link in links.links if _is_meant(link, scheme)]
    days = sorted(day for link in chosen if (day := link.cells.get("mapping_date")))
    head = {
        "FORMAT": "BEACON",
        "PREFIX": f"{scheme.iri}{{+ID}}",
        "TARGET": f"{base}id/{{+ID}}",
        "RELATION": expand("skos:exactMatch"),
        "NAME": name,
        "DESCRIPTION": f"{name}, by the identifiers of {scheme.title}",
        "SOURCESET": scheme.home,
        "TARGETSET": f"{base}dataset",
        "TIMESTAMP": days[-1] if days else "",
    }
    lines = [f"#{key}: {_plain(value)}" for key, value in head.items() if value]
    rows = sorted((link.object[len(scheme.iri) :], link.subject) for link in chosen)
    return "\n".join([*lines, "", *(f"{local}||{subject}" for local, subject in rows)]) + "\n"


def _is_meant(link: Link, scheme: Scheme) -> bool:
    same = link.decision == "accepted" and link.predicate == "skos:exactMatch"
    return same and link.scheme == scheme


def _plain(text: str) -> str:
    return " ".join(text.translate(_RESERVED).split())
