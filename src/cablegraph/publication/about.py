"""What the dataset is, for every kind of description: its own words, its counts, its files."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import msgspec

from cablegraph.errors import DataError
from cablegraph.namespaces import expand
from cablegraph.publication.census import Census, count_lines
from cablegraph.publication.entities import Entities
from cablegraph.terms import parse_line, parse_literal

_TYPES = Path(__file__).with_name("media-types.toml")
_UNKNOWN = ("application/octet-stream", "file")
_DUMPS, _INDEX = "graph/", "graph/index/"
#: Search engines take descriptions from 50 to 5,000 characters.
_SHORTEST, _LONGEST = 50, 5000
MANIFEST = "MANIFEST.json"


class ListedFile(msgspec.Struct, frozen=True, rename={"size": "bytes"}):
    """A file as the manifest of a build lists it."""

    path: str
    size: int
    sha256: str


class _Manifest(msgspec.Struct, frozen=True):
    files: list[ListedFile]


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs beside the data: its kind, its path from the root, what it speaks."""

    key: str
    title: str
    path: str
    conforms_to: str


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of the output folder as it is offered; ``address`` is absolute."""

    path: str
    address: str
    size: int
    sha256: str
    media_type: str
    form: str

    @property
    def is_dump(self) -> bool:
        """Whether it holds the graph, or a part of it."""
        return self.path.startswith(_DUMPS) and not self.path.startswith(_INDEX)


@dataclass(frozen=True, slots=True)
class About:
    """Everything the descriptions say; ``root`` is the address of the site, ends in a stroke."""

    iri: str
    base: str
    root: str
    title: str
    description: str
    licence: str
    rights: str
    publisher: str
    creator: str
    source: str
    issued: str
    version: str
    conforms_to: tuple[str, ...]
    census: Census
    files: tuple[PublishedFile, ...]
    services: tuple[Service, ...] = ()

    @property
    def dumps(self) -> tuple[PublishedFile, ...]:
        """The files that hold the graph."""
        return tuple(file for file in self.files if file.is_dump)

    @property
    def summary(self) -> str:
        """The description, long enough for a search engine and not too long."""
        text = self.description or self.title
        if len(text) < _SHORTEST:
            counted = ", ".join(
                f"{n} of the kind {kind}" for kind, n in sorted(self.census.kinds.items())
            )
            text = f"{text.rstrip('.')}. {self.census.triples} statements on things: {counted}."
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def read_about(
    output: Path, root: str, *, services: tuple[Service, ...] = (), entities: Entities | None = None
) -> About:
    """Read an output folder; *root* is the address at which it is offered.

    Raises:
        DataError: if the folder has no graph or manifest, or the graph describes no dataset.
    """
    known = entities or Entities(output)
    said = _Said(known)
    digest, listed = read_files(output)
    files = tuple(_publish(file, root) for file in listed)
    issued = said.one("dcterms:issued")
    return About(
        iri=known.dataset,
        base=known.base,
        root=root,
        title=said.one("dcterms:title"),
        description=said.one("dcterms:description"),
        licence=said.one("dcterms:license"),
        rights=said.one("dcterms:rights"),
        publisher=said.one("dcterms:publisher"),
        creator=said.one("dcterms:creator"),
        source=said.one("dcterms:source"),
        issued=issued,
        # The same data have the same version, whenever and wherever they are published.
        version="-".join(filter(None, (issued, digest[:12]))),
        conforms_to=tuple(said.all("dcterms:conformsTo")),
        census=count_lines(known.lookup.lines(), known.base),
        files=files,
        services=services,
    )


def move_to(about: About, root: str) -> About:
    """Return the same at another address."""
    files = tuple(replace(file, address=f"{root}files/{file.path}") for file in about.files)
    return replace(about, root=root, files=files)


def read_files(output: Path) -> tuple[str, list[ListedFile]]:
    """Return the SHA-256 of the manifest of an output folder, and the files that it lists.

    Raises:
        DataError: if there is no manifest or it can't be read.
    """
    path = output / MANIFEST
    try:
        content = path.read_bytes()
        return hashlib.sha256(content).hexdigest(), msgspec.json.decode(
            content, type=_Manifest
        ).files
    except (OSError, msgspec.DecodeError) as cause:
        problem = getattr(cause, "strerror", None) or str(cause)
        raise DataError(problem, where=f"{path}:1:1", remedy="run the build again") from cause


class _Said:
    def __init__(self, entities: Entities) -> None:
        self._quads = [parse_line(x) for x in entities.lookup.statements(entities.dataset)]

    def all(self, curie: str) -> list[str]:
        predicate = f"<{expand(curie)}>"
        return sorted(_plain(q.object) for q in self._quads if q.predicate == predicate)

    def one(self, curie: str) -> str:
        return next(iter(self.all(curie)), "")


def _plain(term: str) -> str:
    return parse_literal(term).text if term.startswith('"') else term[1:-1]


def _publish(file: ListedFile, root: str) -> PublishedFile:
    media, form = find_media_type(file.path)
    return PublishedFile(file.path, f"{root}files/{file.path}", file.size, file.sha256, media, form)


def find_media_type(path: str) -> tuple[str, str]:
    """Return the media type of a file by its extension, and the name of the form.

    >>> find_media_type("graph/cablegraph.nq")
    ('application/n-quads', 'N-Quads')
    """
    return _media_types().get(path.rpartition(".")[2].lower(), _UNKNOWN)


def list_media_types() -> dict[str, str]:
    """Return the media type of each extension that a site has."""
    return {extension: media for extension, (media, _) in _media_types().items()}


@lru_cache(maxsize=1)
def _media_types() -> dict[str, tuple[str, str]]:
    with _TYPES.open("rb") as file:
        listed = tomllib.load(file)["type"]
    return {extension: (entry["media"], entry["name"]) for extension, entry in listed.items()}
