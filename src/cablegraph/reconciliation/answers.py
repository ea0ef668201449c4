"""What the service says, as the JSON of the specification; nothing here knows of HTTP."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

from cablegraph.reconciliation.catalogue import Catalogue
from cablegraph.reconciliation.model import Candidate, Entity, Kind, Value, list_kinds
from cablegraph.reconciliation.reading import Extension
from cablegraph.reconciliation.spellings import exact, find_words

Json = dict[str, Any]

#: Suggestions on one page.
PAGE = 20
#: Names that begin with a prefix, looked at for one page; enough for fifty pages.
_LOOKED = 1_000
_WHOLE = frozenset({"xsd:integer", "xsd:nonNegativeInteger"})
_FLOATS = frozenset({"xsd:decimal", "xsd:double", "xsd:float"})


def tell_kind(kind: Kind) -> Json:
    """Return a type with its wider one."""
    wider = [{"id": k.id, "name": k.name} for k in list_kinds() if k.id == kind.broader]
    return {"id": kind.id, "name": kind.name, **({"broader": wider} if wider else {})}


def _kinds_of(entity: Entity) -> list[Json]:
    return [{"id": k.id, "name": k.name} for k in list_kinds() if k.id in entity.kinds]


def tell_candidate(one: Candidate) -> Json:
    """Return a candidate as an answer to a query has it."""
    told: Json = {"id": one.entity.id, "name": one.entity.label()}
    if one.entity.description:
        told["description"] = one.entity.description
    return told | {
        "type": _kinds_of(one.entity),
        "score": one.score,
        "match": one.match,
        "features": [{"id": name, "value": value} for name, value in one.features],
    }


class Suggester:
    """Completes what a person begins to type."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        rows: list[tuple[str, bool, str]] = []
        for entity in catalogue.entities.values():
            for name in entity.names:
                words = exact(name.form).split()
                rows += [(" ".join(words[n:]), n > 0, entity.id) for n in range(len(words))]
        self._rows = sorted(set(rows))

    def suggest_entities(self, prefix: str, start: int) -> Json:
        """Return entities with a name, or a word of one, that begins so."""
        begun = exact(prefix)
        if not begun:
            return {"result": []}
        at = bisect_left(self._rows, (begun,))
        found: dict[str, bool] = {}
        for text, later, identifier in self._rows[at : at + _LOOKED]:
            if not text.startswith(begun):
                break
            found[identifier] = min(later, found.get(identifier, True))
        named = self._catalogue.find(prefix.strip())
        if named:
            found[named.id] = False
        entities = [self._catalogue.entities[identifier] for identifier in found]
        entities.sort(key=lambda e: (found[e.id], e.label(), e.id))
        return {"result": [_suggestion(e) for e in entities[start : start + PAGE]]}

    def suggest_kinds(self, prefix: str, start: int) -> Json:
        """Return types whose name or id has a word that begins so."""
        found = [tell_kind(k) for k in list_kinds() if _begins(prefix, k.id, k.name)]
        return {"result": found[start : start + PAGE]}

    def suggest_properties(self, prefix: str, start: int) -> Json:
        """Return properties of the graph whose name or id has a word that begins so."""
        rows = self._catalogue.properties[""].items()
        found = [{"id": pid, "name": name} for pid, name in rows if _begins(prefix, pid, name)]
        return {"result": found[start : start + PAGE]}


def _begins(prefix: str, *texts: str) -> bool:
    begun = exact(prefix)
    words = (word for text in texts for word in (exact(text), *find_words(text)))
    return any(word.startswith(begun) for word in words)


def _suggestion(entity: Entity) -> Json:
    told: Json = {"id": entity.id, "name": entity.label(), "notable": _kinds_of(entity)}
    return told | ({"description": entity.description} if entity.description else {})


def propose_properties(catalogue: Catalogue, kind: str, limit: int | None) -> Json:
    """Return the properties that entities of a type have; of all types if there is none."""
    rows = catalogue.properties.get(kind, {})
    listed = [{"id": pid, "name": name} for pid, name in rows.items()][:limit]
    told: Json = {"properties": listed}
    if kind:
        told["type"] = kind
    return told | ({"limit": limit} if limit else {})


def extend(catalogue: Catalogue, asked: Extension) -> Json:
    """Return the values of properties of entities; what is not known has none."""
    names = catalogue.properties[""]
    meta = [{"id": pid, "name": names.get(pid, pid)} for pid, _ in asked.properties]
    rows = {
        identifier: {
            pid: _cells(catalogue.find(identifier), pid, most) for pid, most in asked.properties
        }
        for identifier in asked.ids
    }
    return {"meta": meta, "rows": rows}


def _cells(entity: Entity | None, pid: str, most: int) -> list[Json]:
    curie, _, language = pid.partition("@")
    values: Iterable[Value] = entity.values.get(curie, ()) if entity else ()
    fitting = [v for v in values if not language or v.language == language]
    return [_cell(value) for value in fitting[: most or None]] or [{}]


def _cell(value: Value) -> Json:
    if value.id:
        return {"id": value.id, "name": value.text}
    if value.datatype == "xsd:date" and len(value.text) == len("1951-07-03"):
        return {"date": f"{value.text}T00:00:00Z"}
    try:
        if value.datatype in _WHOLE:
            return {"int": int(value.text)}
        if value.datatype in _FLOATS and "n" not in value.text.lower():
            return {"float": float(value.text)}
    except ValueError:
        return {"str": value.text}
    return {"str": value.text}


def make_manifest(catalogue: Catalogue, here: str, batch: int, schema: str, version: str) -> Json:
    """Return what the service can do; *here* is the address it is reached at."""

    def at(path: str) -> Mapping[str, str]:
        return {"service_url": here, "service_path": path}

    return {
        "versions": ["0.2"],
        "name": catalogue.title,
        "serviceVersion": version,
        "identifierSpace": catalogue.space,
        "schemaSpace": schema,
        "defaultTypes": [tell_kind(kind) for kind in list_kinds()],
        "view": {"url": catalogue.space + "{{id}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": 400, "height": 240},
        "suggest": {
            "entity": at("/suggest/entity"),
            "type": at("/suggest/type"),
            "property": at("/suggest/property"),
        },
        "extend": {
            "propose_properties": at("/properties"),
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "The most values of a cell; 0 for all",
                }
            ],
        },
        "batchSize": batch,
    }
