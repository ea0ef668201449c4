"""The service: every address, what it answers, and what it refuses."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from cablegraph.reconciliation import endpoint
from cablegraph.reconciliation.endpoint import LARGEST_FORM, Endpoint

Call = Callable[..., httpx.Response]
Ask = Callable[..., list[dict[str, Any]]]

ADDRESSES = (
    "", "/", "/suggest/entity?prefix=a", "/suggest/type?prefix=p", "/suggest/property?prefix=n",
    "/properties?type=person", "/preview?id=person/novak", "/preview?id=nobody", "/nothing/here",
    "?queries=x", "?extend=[]",
)  # fmt: skip


def ids(found: list[dict[str, Any]]) -> list[str]:
    """Return the ids of candidates in order."""
    return [one["id"] for one in found]


def test_the_manifest_says_what_there_is(call: Call) -> None:
    """Title, spaces and size come from graph and settings; addresses from the request."""
    told = call("GET").json()

    assert ["0.2"] == told["versions"]
    assert "Letters of Ruritania" == told["name"]
    assert "https://e.org/base/id/" == told["identifierSpace"]
    assert "https://e.org/base/id/{{id}}" == told["view"]["url"]
    assert "http://test/reconcile/preview?id={{id}}" == told["preview"]["url"]
    assert 5 == told["batchSize"]
    assert {"entity", "type", "property"} == set(told["suggest"])


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS", "HEAD", "DELETE"])
def test_every_answer_is_open_to_scripts(call: Call, method: str, address: str) -> None:
    """CORS stands on each answer, to mistakes too; a body has a media type."""
    answer = call(method, address)

    assert "*" == answer.headers["access-control-allow-origin"]
    assert answer.status_code < 500
    assert not answer.content or "content-type" in answer.headers


def test_a_preflight_is_allowed(call: Call) -> None:
    """OPTIONS names the methods and the headers a client may send."""
    answer = call("OPTIONS", headers={"Origin": "https://x.org"})

    assert 204 == answer.status_code
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_batch_keeps_its_keys(call: Call, method: str) -> None:
    """Each query is answered under its key, by either method."""
    queries = {"one": {"query": "Strelsau"}, "ключ": {"query": "Palace Guard"}}
    way = "params" if method == "GET" else "data"
    told = call(method, **{way: {"queries": json.dumps(queries)}}).json()

    assert {"one": ["place/strelsau"], "ключ": ["org/guard"]} == {
        key: ids(one["result"]) for key, one in told.items()
    }


def test_one_exact_name_is_a_match(ask: Ask) -> None:
    """A label that only one entity bears is certain, in any case."""
    (found,) = ask("ANA  NOVÁKOVÁ")

    assert ("person/novak", 100.0, True) == (found["id"], found["score"], found["match"])
    assert {"id": "exact_label", "value": True} in found["features"]
    assert [{"id": "person", "name": "Person"}] == found["type"]


def test_namesakes_are_no_match(ask: Ask) -> None:
    """Of two who bear the name neither is certain, and both score the same."""
    found = ask("Kim Chol")

    assert ["person/kim-1", "person/kim-2"] == ids(found)
    assert [(100.0, False)] * 2 == [(one["score"], one["match"]) for one in found]


def test_a_property_decides_between_namesakes(ask: Ask) -> None:
    """What one contradicts makes the other certain."""
    found = ask("Kim Chol", properties=[{"pid": "rico:hasOrHadIdentifier", "v": ["k2", "K9"]}])

    assert ["person/kim-2", "person/kim-1"] == ids(found)
    assert [True, False] == [one["match"] for one in found]
    assert {"id": "property:rico:hasOrHadIdentifier", "value": False} in found[1]["features"]


def test_a_property_that_is_contradicted_leaves_no_match(ask: Ask) -> None:
    """An exact name with another identifier than was given is doubtful."""
    (found,) = ask("Strelsau", properties=[{"pid": "schema:population", "v": 7}])

    assert (85.0, False) == (found["score"], found["match"])


def test_properties_alone_find(ask: Ask) -> None:
    """Without a name, whoever has the value is a candidate, never a match."""
    (found,) = ask(properties=[{"pid": "skos:notation", "v": "RA"}])

    assert ("archive/royal", False) == (found["id"], found["match"])


@pytest.mark.parametrize(
    ("text", "least"),
    [("Ana Novakova", 90), ("Novakova, Ana", 90), ("Ana Novokova", 75), ("АННА НОВАКОВА", 100),
     ("Ana Novakovna", 95), ("Guard", 40)],
)  # fmt: skip
def test_other_ways_of_writing_are_found(ask: Ask, text: str, least: float) -> None:
    """Marks, order, misspelling, script and part of a name lead to the same candidate."""
    found = ask(text)[0]

    assert found["id"] in ("person/novak", "org/guard")
    assert least <= found["score"]


def test_a_misspelling_on_record_is_no_match(ask: Ask) -> None:
    """A hidden label finds, but leaves doubt."""
    assert [False] == [one["match"] for one in ask("Ana Novakovna")]


@pytest.mark.parametrize("text", ["person/novak", "https://e.org/base/id/person/novak"])
def test_an_id_is_answered_with_its_entity(ask: Ask, text: str) -> None:
    """An id or IRI in place of a name gives just the entity."""
    assert [("person/novak", 100.0, True)] == [
        (one["id"], one["score"], one["match"]) for one in ask(text)
    ]


def test_an_unknown_name_has_no_candidate(ask: Ask) -> None:
    """What is like nothing gives an empty result, and so do signs alone."""
    assert [] == ask("Qwxyz Ghjkl")
    assert [] == ask("?!")


@pytest.mark.parametrize(
    ("kind", "strict", "found"),
    [
        ("archive", "any", ["archive/royal"]),
        ("organisation", "any", ["archive/royal"]),
        ("rico:CorporateBody", "any", ["archive/royal"]),
        ("https://www.ica.org/standards/RiC/ontology#CorporateBody", "any", ["archive/royal"]),
        (["person", "archive"], "any", ["archive/royal"]),
        (["person", "archive"], "all", []),
        (["organisation", "archive"], "all", ["archive/royal"]),
        ("person", "any", []),
        ("person", "should", ["archive/royal"]),
        ("no such type", "any", []),
    ],
)
def test_types_choose(ask: Ask, kind: object, strict: str, found: list[str]) -> None:
    """``any``, ``all`` and ``should`` mean what they say; a class stands for its type."""
    assert found == ids(ask("Royal Archive", type=kind, type_strict=strict))


def test_a_type_wished_for_costs_score_where_it_fails(ask: Ask) -> None:
    """With ``should`` an entity of another type stays, lower and without a match."""
    (found,) = ask("Royal Archive", type="person", type_strict="should")

    assert (80.0, False) == (found["score"], found["match"])


def test_the_limit_is_kept(ask: Ask) -> None:
    """No more candidates than asked for, without making one certain."""
    (found,) = ask("Kim Chol", limit=1)

    assert not found["match"]


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "[]", "7", '{"a": 7}', '{"a": {}}', '{"a": {"query": ""}}',
        '{"a": {"query": 7}}', '{"a": {"query": "x", "limit": 0}}',
        '{"a": {"query": "x", "limit": "3"}}', '{"a": {"query": "x", "limit": 1e400}}',
        '{"a": {"query": "x", "limit": 2.5}}', '{"a": {"query": "x", "limit": NaN}}',
        '{"a": {"query": "x", "limit": true}}', '{"a": {"query": "x", "type": 7}}',
        '{"a": {"query": "x", "type_strict": "maybe"}}', '{"a": {"query": "x", "colour": 1}}',
        '{"a": {"query": "x", "type_strict": ["any"]}}',
        '{"a": {"query": "x", "properties": {}}}', '{"a": {"query": "x", "properties": [{}]}}',
        '{"a": {"query": "x", "properties": [{"pid": "p"}]}}',
        '{"a": {"query": "x", "properties": [{"pid": "p", "v": [[]]}]}}',
        '{"a": {"query": "\\ud800"}}', '{"\\ud800": {"query": "x"}}', '{"\\ud800": {}}',
        '{"a": {"query": "' + "x" * 501 + '"}}', "[" * 100_000, '{"a": ' + "9" * 5_000 + "}",
    ],
    ids=lambda text: text[:50],
)  # fmt: skip
def test_malformed_queries_are_refused_with_a_reason(call: Call, text: str) -> None:
    """400, and JSON that names the place and what to do."""
    answer = call("POST", data={"queries": text})

    assert 400 == answer.status_code
    assert "; " in answer.json()["error"]


def test_a_reason_names_the_place(call: Call) -> None:
    """The path to the fault is that of the client's own keys."""
    answer = call("POST", data={"queries": '{"q7": {"query": "x", "limit": -1}}'})

    assert (
        "queries/q7/limit: RequestError: -1; give a whole number from 1" == (answer.json()["error"])
    )


def test_a_batch_over_the_size_is_refused(call: Call) -> None:
    """413 for the sixth query, and for the sixth id of a request for data."""
    queries = {str(n): {"query": "x"} for n in range(6)}
    data = {"ids": [str(n) for n in range(6)], "properties": [{"id": "skos:prefLabel"}]}

    assert 413 == call("POST", data={"queries": json.dumps(queries)}).status_code
    assert 413 == call("POST", data={"extend": json.dumps(data)}).status_code
    del queries["5"]
    assert 200 == call("POST", data={"queries": json.dumps(queries)}).status_code


def test_a_form_over_the_size_is_refused(call: Call) -> None:
    """413 before it is read to its end."""
    assert 413 == call("POST", content=b"queries=" + b"x" * LARGEST_FORM).status_code


def test_a_form_that_never_ends_is_refused(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that sends a letter at a time is not waited for."""

    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.01)

    monkeypatch.setattr(endpoint, "PATIENCE", 0.05)
    answer = call("POST", content=drip())

    assert 400 == answer.status_code
    assert "does not end" in answer.json()["error"]


@pytest.mark.parametrize(
    "body", [b"queries=%ff", b"queries=\xff", b"a=1&queries={}&queries={}", b"x=1&" * 200, b"a=1"]
)
def test_a_form_that_is_none_is_refused(call: Call, body: bytes) -> None:
    """Wrong bytes, a field twice, too many fields, no field that is known: 400."""
    assert 400 == call("POST", content=body).status_code


def test_a_body_of_another_kind_is_refused(call: Call) -> None:
    """JSON in place of a form is 400, with the kind that is wanted."""
    answer = call("POST", json={"queries": {}})

    assert 400 == answer.status_code
    assert "urlencoded" in answer.json()["error"]


def test_an_empty_batch_is_answered_empty(call: Call) -> None:
    """No queries, no answers."""
    assert {} == call("POST", data={"queries": "{}"}).json()


def test_entities_are_suggested_by_any_word(call: Call) -> None:
    """Names that begin so come first, then those with a later word that does."""
    told = call("GET", "/suggest/entity", params={"prefix": "ZEN"}).json()
    later = call("GET", "/suggest/entity", params={"prefix": "nov"}).json()

    assert ["group/friends"] == ids(told["result"])
    assert ["person/novak"] == ids(later["result"])
    assert [{"id": "group", "name": "Group"}] == told["result"][0]["notable"]


def test_suggestions_go_on_at_the_cursor(call: Call) -> None:
    """``cursor`` skips as many suggestions."""
    params = {"prefix": "kim"}
    first = ids(call("GET", "/suggest/entity", params=params).json()["result"])
    second = ids(call("GET", "/suggest/entity", params={**params, "cursor": 1}).json()["result"])

    assert ["person/kim-1", "person/kim-2"] == first
    assert first[1:] == second


@pytest.mark.parametrize("cursor", ["-1", "x", "²", "9" * 30])
def test_a_cursor_is_a_number(call: Call, cursor: str) -> None:
    """Anything else is 400."""
    assert 400 == call("GET", "/suggest/entity", params={"cursor": cursor}).status_code


def test_types_and_properties_are_suggested(call: Call) -> None:
    """By name or id; of properties those that the graph has."""
    kinds = call("GET", "/suggest/type", params={"prefix": "org"}).json()["result"]
    found = call("GET", "/suggest/property", params={"prefix": "population"}).json()["result"]

    assert ["organisation"] == ids(kinds)
    assert [{"id": "schema:population", "name": "population"}] == found


def test_nothing_typed_suggests_no_entity(call: Call) -> None:
    """An empty prefix gives none, and no prefix at all neither."""
    assert {"result": []} == call("GET", "/suggest/entity").json()


def test_a_preview_is_escaped(call: Call) -> None:
    """What the graph holds is shown, never run, and no slot is filled from a name."""
    note = call("GET", "/preview", params={"id": "person/novak"})
    name = call("GET", "/preview", params={"id": "person/script"})

    assert "text/html; charset=utf-8" == note.headers["content-type"]
    assert "Envoy in &lt;Strelsau&gt; &amp; &quot;Zenda&quot;" in note.text
    assert "<script" not in name.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; @id@" in name.text
    assert "default-src 'none'" in name.headers["content-security-policy"]
    assert "color-scheme" in note.text


def test_properties_alone_must_all_hold(ask: Ask) -> None:
    """An entity that has one value and not the other is no candidate."""
    label = {"pid": "skos:prefLabel@en", "v": "Kim Chol"}
    number = {"pid": "rico:hasOrHadIdentifier", "v": "K2"}

    assert ["person/kim-1", "person/kim-2"] == ids(ask(properties=[label]))
    assert ["person/kim-2"] == ids(ask(properties=[label, number]))


def test_data_are_given_by_property(call: Call) -> None:
    """Labels by language, nodes with id and name, numbers, days; an empty cell for none."""
    wanted = (
        "skos:prefLabel@ru", "rico:occupiesOrOccupied", "schema:latitude", "schema:population",
        "dcterms:created", "dcterms:issued", "cbl:evidence", "skos:exactMatch",
    )  # fmt: skip
    rows: dict[str, Any] = {}
    for some in (wanted[:4], wanted[4:]):
        asked = {"ids": ["person/novak", "place/strelsau"], "properties": [{"id": p} for p in some]}
        told = call("POST", data={"extend": json.dumps(asked)}).json()
        assert list(some) == ids(told["meta"])
        for identifier, cells in told["rows"].items():
            rows.setdefault(identifier, {}).update(cells)

    person, place = rows["person/novak"], rows["place/strelsau"]
    assert [{"str": "Анна Новакова"}] == person["skos:prefLabel@ru"]
    assert [{"id": "position/envoy", "name": "Envoy"}] == person["rico:occupiesOrOccupied"]
    assert [{}] == person["schema:latitude"] == person["cbl:evidence"]
    assert "http://other.example/entity/Q7" == person["skos:exactMatch"][0]["id"]
    assert [{"float": 50.25}] == place["schema:latitude"]
    assert [{"int": 12000}] == place["schema:population"]
    assert [{"date": "1848-03-01T00:00:00Z"}] == place["dcterms:created"]
    assert [{"str": "0848"}] == place["dcterms:issued"]


def test_a_cell_keeps_to_its_limit(call: Call) -> None:
    """The setting ``limit`` cuts the values; an id that is unknown has empty cells."""
    properties = [{"id": "skos:prefLabel", "settings": {"limit": 1}}]
    asked = {"ids": ["person/novak", "person/nobody"], "properties": properties}
    rows = call("POST", data={"extend": json.dumps(asked)}).json()["rows"]

    assert [{"str": "Ana Nováková"}] == rows["person/novak"]["skos:prefLabel"]
    assert [{}] == rows["person/nobody"]["skos:prefLabel"]


def test_properties_are_proposed_by_type(call: Call) -> None:
    """Those that entities of the type have, up to the limit."""
    told = call("GET", "/properties", params={"type": "place", "limit": 50}).json()
    few = call("GET", "/properties", params={"type": "place", "limit": 1}).json()

    assert "place" == told["type"]
    assert "schema:latitude" in ids(told["properties"])
    assert "skos:notation" not in ids(told["properties"])
    assert "cbl:evidence" not in ids(told["properties"])
    assert 1 == len(few["properties"])


def test_a_fault_of_ours_is_told_and_not_hidden() -> None:
    """A bug is answered with 500 that scripts may read, and keeps its traceback."""

    async def fail(request: object) -> Any:
        raise RuntimeError("a bug")

    async def send(app: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get("/")

    answer = asyncio.run(send(Endpoint(get=fail)))

    assert (500, "*") == (answer.status_code, answer.headers["access-control-allow-origin"])
    assert "a bug" not in answer.text
