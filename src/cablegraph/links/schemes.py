"""The authorities that a link may lead to, and the IRIs they give."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Scheme:
    """An authority outside the collection.

    Shape: where ``iris`` is false its identifiers have no public IRI and are published as values.
    """

    prefix: str
    title: str
    iri: str  # what stands before the local part
    pattern: str  # regular expression of a whole local part
    home: str
    credit: str = ""
    iris: bool = True

    def iri_of(self, local: str) -> str:
        """Return the IRI that the authority gives to an identifier.

        >>> find_schemes()["geonames"].iri_of("1816670/")
        'https://sws.geonames.org/1816670/'
        """
        return f"{self.iri}{local}"

    def fits(self, local: str) -> bool:
        """Tell whether a local part can be an identifier of the authority."""
        return re.fullmatch(self.pattern, local) is not None


@cache
def find_schemes() -> Mapping[str, Scheme]:
    """Return the known authorities by prefix, in the order of their list."""
    text = resources.files(__package__).joinpath("schemes.toml").read_text(encoding="utf-8")
    return {prefix: Scheme(prefix, **values) for prefix, values in tomllib.loads(text).items()}


def find_scheme(iri: str) -> tuple[Scheme, str] | None:
    """Return the authority of an IRI and the local part, or None if no authority gives it.

    >>> [str(part) for part in find_scheme("http://www.wikidata.org/entity/Q42")][1:]
    ['Q42']
    """
    for scheme in find_schemes().values():
        local = iri[len(scheme.iri) :]
        if iri.startswith(scheme.iri) and scheme.fits(local):
            return scheme, local
    return None
