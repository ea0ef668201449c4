"""Read from the graph what a list of letters tells: who wrote to whom, when and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources

from cablegraph.dataset import Dataset
from cablegraph.exchange.edtf import to_attributes
from cablegraph.extraction.encoded.identifiers import name_reference
from cablegraph.links.schemes import find_scheme
from cablegraph.namespaces import expand

# The day of sending and of receipt, the surest first: what the source states, then what the
# archive or the words give.
_SENT = ("sent", "dated-in-text", "catalogue-date", "dated-in-translation", "citation-date")
_RECEIVED = ("received",)
_LANGUAGES = ("en", "")
_CERT = {"probable": "medium", "possible": "low", "doubtful": "unknown"}


@dataclass(frozen=True, slots=True)
class Named:
    """An agent or place as it is told: its kind, its name, its records elsewhere, how sure."""

    kind: str  # person, org, place
    name: str
    refs: tuple[str, ...] = ()
    cert: str = ""  # as @cert has it, empty for certain


@dataclass(slots=True)
class Letter:
    """One message; dates are the attributes of each."""

    iri: str
    page: str = ""
    number: str = ""
    agents: dict[str, list[Named]] = field(default_factory=dict)  # by role
    places: dict[str, list[Named]] = field(default_factory=dict)
    sent: tuple[dict[str, str], ...] = ()
    received: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """What the data set says of itself; each is empty where it does not say it."""

    iri: str
    title: str = ""
    publishers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    licence: str = ""
    issued: str = ""


def read_letters(dataset: Dataset) -> list[Letter]:
    """Return the messages of a graph that exist, by their names."""
    letters: dict[str, Letter] = {}
    for row in _ask(dataset, "messages"):
        letter = letters.setdefault(row["message"], Letter(row["message"]))
        letter.page = letter.page or row.get("page", "")
        letter.number = letter.number or row.get("number", "")
    things = _Things(dataset)
    sure = _surest(dataset, "certainty", "agent")
    for row in _ask(dataset, "agents"):
        iri, role, agent = row["message"], row["role"], row["agent"]
        if iri in letters:
            named = things.named(agent, sure.get((iri, role, agent), "certain"))
            letters[iri].agents.setdefault(role, []).append(named)
    for (iri, role, place), certainty in _surest(dataset, "places", "place").items():
        if iri in letters:
            letters[iri].places.setdefault(role, []).append(things.named(place, certainty))
    _date(dataset, letters)
    return [letters[iri] for iri in sorted(letters)]


def read_collection(dataset: Dataset) -> Collection:
    """Return what the data set says of itself."""
    found: dict[str, list[str]] = {}
    iri = ""
    for row in _ask(dataset, "dataset"):
        iri = iri or row["dataset"]
        if row["dataset"] == iri:
            found.setdefault(row["term"].rpartition("/")[2], []).append(row["value"])
    return Collection(
        iri=iri,
        title=next(iter(found.get("title", [])), ""),
        publishers=tuple(found.get("publisher", []) or found.get("creator", [])),
        editors=tuple(found.get("creator", []) or found.get("publisher", [])),
        licence=next(iter(found.get("license", [])), ""),
        issued=next(iter(found.get("issued", [])), ""),
    )


def _ask(dataset: Dataset, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a query, each with the cells that are bound."""
    path = resources.files(__package__).joinpath("queries", f"{name}.rq")
    result = dataset.query(path.read_text(encoding="utf-8"))
    for row in result.rows:
        yield {key: value for key, value in zip(result.columns, row, strict=True) if value}


def _surest(dataset: Dataset, query: str, what: str) -> dict[tuple[str, str, str], str]:
    """Return the certainty of each agent or place in its role: the highest that is claimed."""
    steps = ("certain", "probable", "possible", "doubtful")
    found: dict[tuple[str, str, str], str] = {}
    for row in _ask(dataset, query):
        key = (row["message"], row["role"], row[what])
        certainty = row.get("certainty", "").rpartition("/")[2] or "certain"
        found[key] = min(found.get(key, certainty), certainty, key=steps.index)
    return found


def _date(dataset: Dataset, letters: dict[str, Letter]) -> None:
    found: dict[str, dict[str, list[tuple[bool, str, str]]]] = {}
    for row in _ask(dataset, "dates"):
        preferred = row.get("status", "").endswith("/preferred")
        certainty = row.get("certainty", "").rpartition("/")[2]
        by_kind = found.setdefault(row["message"], {})
        by_kind.setdefault(row["kind"], []).append((preferred, row["edtf"], certainty))
    for iri in found.keys() & letters.keys():
        letters[iri].sent = _first(found[iri], _SENT)
        letters[iri].received = _first(found[iri], _RECEIVED)


def _first(
    dates: dict[str, list[tuple[bool, str, str]]], kinds: tuple[str, ...]
) -> tuple[dict[str, str], ...]:
    """Return the dates of the surest kind; the preferred one where an editor chose."""
    for kind in kinds:
        rows = dates.get(kind, [])
        chosen = [row for row in rows if row[0]] or rows
        told = []
        for _, edtf, certainty in chosen:
            cert = {"cert": _CERT[certainty]} if certainty in _CERT else {}
            told += [{**one, **cert} for one in to_attributes(edtf)]
        if told:
            return tuple(told)
    return ()


class _Things:
    """The agents and places of a graph, with their names and their records elsewhere."""

    def __init__(self, dataset: Dataset) -> None:
        self._said: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for row in _ask(dataset, "names"):
            values = self._said.setdefault(row["thing"], {}).setdefault(row["term"], [])
            values.append((row.get("language", ""), row["value"]))

    def named(self, iri: str, certainty: str) -> Named:
        """Return how a thing is told."""
        said = self._said.get(iri, {})
        classes = {value for _, value in said.get(expand("rdf:type"), [])}
        kind = "person" if classes & {expand("rico:Person"), expand("rico:Position")} else "org"
        kind = "place" if expand("rico:Place") in classes else kind
        matches = [
            *said.get(expand("skos:exactMatch"), []),
            *said.get(expand("skos:closeMatch"), []),
        ]
        refs = _distinct(value for _, value in matches if value.startswith("http"))
        return Named(kind, self._name(said, iri), refs, _CERT.get(certainty, ""))

    @staticmethod
    def _name(said: dict[str, list[tuple[str, str]]], iri: str) -> str:
        labels = said.get(expand("skos:prefLabel")) or said.get(expand("skos:altLabel")) or []
        for language in _LANGUAGES:
            for tag, text in labels:
                if tag == language:
                    return text
        return labels[0][1] if labels else iri.rpartition("/")[2]


def _distinct(refs: Iterable[str]) -> tuple[str, ...]:
    """Return one address a record elsewhere, best the one that its authority gives out."""
    found: dict[str, str] = {}
    for ref in refs:
        name = name_reference(ref)
        if name not in found or (find_scheme(ref) and not find_scheme(found[name])):
            found[name] = ref
    return tuple(found.values())
