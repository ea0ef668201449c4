"""Answers have the shapes that the Reconciliation API 0.2 asks for.

The shapes here are our own and say the essential. Where RECONCILIATION_SPECS names a folder with
``schemas`` and ``examples`` of the specification, those are used as well.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from cablegraph.errors import ServiceError
from cablegraph.reconciliation.client.fetch import Answer, Fetcher
from cablegraph.reconciliation.client.service import Manifest, ask, read_manifest

SPECS = os.environ.get("RECONCILIATION_SPECS", "")
Call = Callable[..., httpx.Response]

TEXT = {"type": "string", "minLength": 1}
NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}


def an_array(items: object) -> dict[str, object]:
    """Return the shape of an array."""
    return {"type": "array", "items": items}


def an_object(*required: str, **properties: object) -> dict[str, object]:
    """Return the shape of an object; what is not named may be there too."""
    return {"type": "object", "required": list(required), "properties": properties}


ADDRESS = an_object("service_url", "service_path", service_url=TEXT, service_path=TEXT)
SLOT = {"type": "string", "pattern": r"\{\{id\}\}"}
SCORE = {"type": "number", "minimum": 0, "maximum": 100}
DAY = {"type": "string", "pattern": r"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$"}
CELL = {
    "type": "object",
    "maxProperties": 3,
    "additionalProperties": False,
    "properties": {
        "id": TEXT, "name": TEXT, "description": TEXT, "str": {"type": "string"},
        "int": {"type": "integer"}, "float": {"type": "number"}, "date": DAY,
    },
    "dependencies": {"id": ["name"], "name": ["id"]},
}  # fmt: skip
FEATURE = an_object("id", "value", id=TEXT, value={"type": ["boolean", "number"]})
CANDIDATE = an_object(
    "id", "name", "score", "match", "type",
    id=TEXT, name=TEXT, score=SCORE, match={"type": "boolean"}, description=TEXT,
    type=an_array(NAMED), features=an_array(FEATURE),
)  # fmt: skip
OURS = {
    "manifest": an_object(
        "versions", "name", "identifierSpace", "schemaSpace", "view", "preview", "suggest",
        "extend", "batchSize", "defaultTypes",
        versions={"type": "array", "contains": {"const": "0.2"}},
        name=TEXT, identifierSpace=TEXT, schemaSpace=TEXT, view=an_object("url", url=SLOT),
        preview=an_object("url", "width", "height", url=SLOT, width={"type": "integer"}),
        suggest=an_object("entity", "type", "property", entity=ADDRESS, type=ADDRESS),
        extend=an_object("propose_properties", propose_properties=ADDRESS),
        batchSize={"type": "integer", "minimum": 1}, defaultTypes=an_array(NAMED),
    ),
    "reconciliation-result-batch": {
        "type": "object", "additionalProperties": an_object("result", result=an_array(CANDIDATE)),
    },
    "suggest-entities-response": an_object("result", result=an_array(NAMED)),
    "suggest-types-response": an_object("result", result=an_array(NAMED)),
    "suggest-properties-response": an_object("result", result=an_array(NAMED)),
    "data-extension-property-proposal": an_object("properties", properties=an_array(NAMED)),
    "data-extension-response": an_object(
        "meta", "rows", meta=an_array(NAMED),
        rows={
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": an_array(CELL)},
        },
    ),
}  # fmt: skip


def _sent() -> Iterator[tuple[str, str, dict[str, object]]]:
    queries = {
        "a": {"query": "Kim Chol", "properties": [{"pid": "rico:hasOrHadIdentifier", "v": "K1"}]},
        "b": {"query": "Ana Novokova", "type": "person"}, "c": {"query": "nobody at all"},
    }  # fmt: skip
    pids = ("skos:prefLabel", "rico:occupiesOrOccupied", "schema:latitude", "dcterms:created")
    wanted = {
        "ids": ["person/novak", "place/strelsau", "x"],
        "properties": [{"id": pid} for pid in pids],
    }
    yield "manifest", "", {}
    yield "reconciliation-result-batch", "", {"queries": json.dumps(queries)}
    yield "data-extension-response", "", {"extend": json.dumps(wanted)}
    yield "suggest-entities-response", "/suggest/entity", {"prefix": "nov"}
    yield "suggest-types-response", "/suggest/type", {"prefix": "arch"}
    yield "suggest-properties-response", "/suggest/property", {"prefix": "na"}
    yield "data-extension-property-proposal", "/properties", {"type": "place", "limit": 3}


SENT = {name: (path, params) for name, path, params in _sent()}


@pytest.mark.parametrize("name", OURS)
def test_answers_have_the_shape_that_is_asked_for(call: Call, name: str) -> None:
    """Every kind of answer fits, and is not empty."""
    path, params = SENT[name]
    told = call("GET", path, params=params).json()

    assert [] == [error.message for error in Draft7Validator(OURS[name]).iter_errors(told)]
    assert len(json.dumps(told)) > 40


def test_the_shapes_can_be_missed() -> None:
    """A candidate without an id, a score as text and a cell with an unknown key are seen."""
    bad = {"a": {"result": [{"name": "x", "score": "7", "match": False, "type": []}]}}
    cells = {"meta": [], "rows": {"a": {"p": [{"colour": "red"}]}}}

    assert 2 == len(list(Draft7Validator(OURS["reconciliation-result-batch"]).iter_errors(bad)))
    assert 1 == len(list(Draft7Validator(OURS["data-extension-response"]).iter_errors(cells)))


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    """Return the schemas of the specification by name."""
    if not SPECS:
        pytest.skip("RECONCILIATION_SPECS names no folder of the specification")
    found = {path.stem: json.loads(path.read_text()) for path in Path(SPECS).glob("schemas/*.json")}
    assert OURS.keys() <= found.keys()
    return found


@pytest.mark.parametrize("name", OURS)
def test_answers_fit_the_schemas_of_the_specification(
    call: Call, schemas: dict[str, Any], name: str
) -> None:
    """Every kind of answer is valid by the schema that the specification gives for it."""
    resources = [Resource(one, specification=DRAFT7) for one in schemas.values() if "$id" in one]
    registry: Registry[Any] = Registry().with_resources(
        [(str(resource.id()), resource) for resource in resources]
    )
    path, params = SENT[name]
    told = call("GET", path, params=params).json()
    validator = Draft7Validator(schemas[name], registry=registry)

    assert [] == [error.message for error in validator.iter_errors(told)]


def _examples(kind: str, worth: str) -> list[Path]:
    if not SPECS:
        pytest.skip("RECONCILIATION_SPECS names no folder of the specification")
    found = sorted(Path(SPECS).glob(f"examples/{kind}/{worth}/*.json"))
    assert found
    return found


class Canned(Fetcher):
    """Answers with a file."""

    def __init__(self, path: Path) -> None:
        super().__init__("http://e.org/")
        self._path = path

    def get(self, url: str) -> Answer:
        """Return the file."""
        return Answer(url, self._path.read_bytes())

    def post(self, url: str, form: object) -> Answer:
        """Return the file."""
        return self.get(url)


def test_the_client_reads_what_the_specification_calls_valid() -> None:
    """Every manifest and every answer of its examples is taken."""
    service = Manifest("http://e.org/", "x", "http://e.org/", 10)
    for path in _examples("manifest", "valid"):
        assert read_manifest(Canned(path)).name
    for path in _examples("reconciliation-result-batch", "valid"):
        found, fault = ask(Canned(path), service, json.loads(path.read_text()))
        assert (None, True) == (fault, bool(found))


def test_the_client_refuses_what_the_specification_calls_invalid() -> None:
    """No malformed answer of its examples counts as an answer."""
    service = Manifest("http://e.org/", "x", "http://e.org/", 10)
    for path in _examples("reconciliation-result-batch", "invalid"):
        told = json.loads(path.read_text())
        try:
            _, fault = ask(
                Canned(path),
                service,
                {key: {} for key in (told if isinstance(told, dict) else ["q0"])},
            )
        except ServiceError as error:
            fault = error
        assert fault, path
