"""A whole run: which entities, in batches, from the cache or the service, to a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from cablegraph.errors import ServiceError
from cablegraph.reconciliation.catalogue import Catalogue
from cablegraph.reconciliation.client.cache import Cache, Kept
from cablegraph.reconciliation.client.fetch import Fetcher
from cablegraph.reconciliation.client.service import (
    Asked,
    Manifest,
    ask,
    read_manifest,
    read_options,
)
from cablegraph.reconciliation.model import Entity, read_settings

COLUMNS = (
    "subject_id", "subject_label", "object_id", "object_label", "score", "match", "types",
    "service", "date",
)  # fmt: skip
#: What SSSOM calls a search that found nothing.
NOTHING = "sssom:NoMapping"

Progress = Callable[[int, int, str], None]


def tell_today() -> str:
    """Return the day of an answer, in UTC."""
    return datetime.now(UTC).date().isoformat()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants asked; ``batch`` 0 leaves the number to the service."""

    types: tuple[str, ...] = ()
    entities: str = "*"
    language: str = "en"
    limit: int = 5
    batch: int = 0
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rows of the table, and what stopped the run before its end if anything did."""

    rows: tuple[Mapping[str, str], ...]
    answered: int
    wanted: int
    fault: ServiceError | None


def run(
    catalogue: Catalogue,
    fetcher: Fetcher,
    cache: Cache,
    wish: Wish,
    *,
    today: Callable[[], str] = tell_today,
    progress: Progress = lambda done, total, name: None,
) -> Outcome:
    """Ask about every entity that has no identifier of the service yet.

    Raises:
        ServiceError: if the service can't be asked what it is. A later fault is in the outcome.
        OutputError: if the cache can't be written.
    """
    service = read_manifest(fetcher)
    asked = {e.id: _ask_about(e, wish) for e in _choose(catalogue, service.space, wish.entities)}
    kept = {} if wish.refresh else _recall(cache, service.url, asked)
    missing = [identifier for identifier in asked if identifier not in kept]
    size = min(wish.batch, service.batch) or service.batch
    fault: ServiceError | None = None
    try:
        for start in range(0, len(missing), size):
            some = {identifier: asked[identifier] for identifier in missing[start : start + size]}
            progress(len(kept), len(asked), service.name)
            given, fault = _ask_batch(fetcher, service, some, today())
            for identifier, answer in given.items():
                cache.keep(service.url, some[identifier], answer)
            kept |= given
            if fault:
                break
    except ServiceError as error:
        fault = error
    rows = [
        row for i in sorted(kept) for row in _rows(catalogue.entities[i], kept[i], service, wish)
    ]
    return Outcome(tuple(rows), len(kept), len(asked), fault)


def write_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """Return the table as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _choose(catalogue: Catalogue, space: str, pattern: str) -> Iterator[Entity]:
    """Yield the entities that fit the pattern and are not identified in that space yet."""
    identities: Sequence[str] = read_settings("kinds")["properties"]["identities"]
    for entity in catalogue.entities.values():
        known = [value for curie in identities for value in entity.values.get(curie, ())]
        if space and any(_bare(v.iri or v.text).startswith(_bare(space)) for v in known):
            continue
        if entity.names and fnmatchcase(entity.id, pattern):
            yield entity


def _bare(iri: str) -> str:
    # The same identifiers are written with http and with https.
    return iri.removeprefix("https:").removeprefix("http:")


def _ask_about(entity: Entity, wish: Wish) -> Asked:
    asked: dict[str, object] = {"query": entity.label(wish.language), "limit": wish.limit}
    if wish.types:
        asked["type"] = wish.types[0] if len(wish.types) == 1 else list(wish.types)
    return asked


def _recall(cache: Cache, url: str, asked: Mapping[str, Asked]) -> dict[str, Kept]:
    found = ((identifier, cache.find(url, query)) for identifier, query in asked.items())
    return {identifier: kept for identifier, kept in found if kept and _is_sound(kept, url)}


def _is_sound(kept: Kept, url: str) -> bool:
    try:
        read_options(kept.result, url)
    except ServiceError:
        return False
    return True


def _ask_batch(
    fetcher: Fetcher, service: Manifest, asked: Mapping[str, Asked], date: str
) -> tuple[dict[str, Kept], ServiceError | None]:
    keys = {f"q{number}": identifier for number, identifier in enumerate(asked)}
    batch = {key: asked[identifier] for key, identifier in keys.items()}
    told, fault = ask(fetcher, service, batch)
    return {keys[key]: Kept(result, date) for key, result in told.items()}, fault


def _rows(entity: Entity, kept: Kept, service: Manifest, wish: Wish) -> Iterator[dict[str, str]]:
    same = {
        "subject_id": entity.iri,
        "subject_label": entity.label(wish.language),
        "service": service.url,
        "date": kept.date,
    }
    options = read_options(kept.result, service.url)
    for one in options[: wish.limit]:
        whole = one.id.startswith(("http://", "https://")) or "://" not in service.space
        yield same | {
            "object_id": one.id if whole else service.space + one.id,
            "object_label": one.name,
            "score": f"{one.score:g}",
            "match": str(one.match).lower(),
            "types": "|".join(one.types),
        }
    if not options:
        yield same | {"object_id": NOTHING, "match": "false"}
