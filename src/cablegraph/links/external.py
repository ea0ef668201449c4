"""Everything a collection knows from outside its documents, read together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cablegraph.authorities.table import Authorities
from cablegraph.links.check import read_links
from cablegraph.links.model import LinkSet
from cablegraph.links.tables import Point, Role, read_points, read_roles


@dataclass(frozen=True, slots=True)
class External:
    """Links to other authorities, posts in time, and where places lie."""

    links: LinkSet
    roles: tuple[Role, ...] = ()
    points: tuple[Point, ...] = ()


def read_external(links: Path | None, folder: Path, authorities: Authorities) -> External:
    """Read the links, and what stands beside the authority file in *folder*.

    Raises:
        LinkError: if a row can't be used.
        Faults: if several can't.
    """
    found = read_links(links) if links else LinkSet({}, ())
    return External(found, read_roles(folder, authorities), read_points(folder, authorities))
