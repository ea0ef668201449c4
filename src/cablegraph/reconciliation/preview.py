"""A small page that shows one entity inside the window of a client."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib import resources

from cablegraph.reconciliation.model import Entity, list_kinds

#: Names shown; the frame of a client is small.
_SHOWN = 12
_SLOT = re.compile(r"@(\w+)@")


@cache
def _template() -> str:
    return resources.files(__package__).joinpath("preview.html").read_text(encoding="utf-8")


def render_preview(entity: Entity) -> str:
    """Return the page, with everything from the graph escaped."""
    names = [f'<li lang="{escape(n.language)}">{escape(n.form)}</li>' for n in entity.names]
    kinds = [kind.name for kind in list_kinds() if kind.id in entity.kinds]
    slots = {
        "title": escape(entity.label()),
        "kinds": escape(", ".join(kinds)),
        "iri": escape(entity.iri) if entity.iri.startswith(("http://", "https://")) else "#",
        "id": escape(entity.id),
        "description": f"<p>{escape(entity.description)}</p>" if entity.description else "",
        "names": "\n".join(names[:_SHOWN]) or "<li>–</li>",
    }
    # In one pass: a name that looks like a slot stays a name.
    return _SLOT.sub(lambda slot: slots[slot[1]], _template())
