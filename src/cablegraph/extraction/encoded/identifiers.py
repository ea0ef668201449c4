"""Tell which record of an authority file an encoded reference means, however its IRI is written."""

from __future__ import annotations

import hashlib
import re

from cablegraph.authorities.romanise import path_step
from cablegraph.extraction.lexicon import table

_KNOWN = [(row["prefix"], re.compile(row["pattern"])) for row in table("authority-iris")]
_SCHEME = re.compile(r"https?://")
_LONGEST = 60


def name_reference(reference: str) -> str:
    """Return one name for a record of an authority, whichever of its IRIs stands there.

    >>> name_reference("http://www.geonames.org/2911522/"), name_reference("letters.xml#p_JS1")
    ('geonames-2911522', 'letters-xml-p-js1')
    """
    bare = _SCHEME.sub("", reference.strip())
    for prefix, pattern in _KNOWN:
        if found := pattern.fullmatch(bare):
            return f"{prefix}-{found['id'].lower()}"
    name = path_step(bare)
    if not is_iri(reference):
        return name
    digest = hashlib.sha256(bare.rstrip("/").encode()).hexdigest()[:6]
    return f"{name[:_LONGEST].strip('-')}-{digest}"


def is_iri(reference: str) -> bool:
    """Tell whether a reference leads out of the file."""
    return _SCHEME.match(reference) is not None
