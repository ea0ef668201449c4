"""The graph of what comes from outside the documents: links, posts in time, places on the map.

A link is asserted where it is sure or probable, and always named by a claim that says who made it,
when, why and how sure. What an editor has rejected, or found nothing for, is not published.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from cablegraph.authorities.romanise import slug
from cablegraph.graph.evidence import TYPE, Triple
from cablegraph.graph.iris import Iris, concept
from cablegraph.links.external import External
from cablegraph.links.model import Link, LinkSet
from cablegraph.links.schemes import Scheme, find_scheme, find_schemes
from cablegraph.links.tables import Point, Role
from cablegraph.namespaces import CBL, expand
from cablegraph.terms import iri, literal, quad_line

GRAPH = "external"
RULE = "authority-link"
#: SSSOM counts confidence from 0 to 1, the vocabulary in four steps; from each bound up.
_CERTAINTY = ((0.95, "certain"), (0.8, "probable"), (0.5, "possible"), (0.0, "doubtful"))
_ASSERTED = ("certain", "probable")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SEMAPV = expand("semapv:")


def _p(curie: str) -> str:
    return iri(expand(curie))


def external_lines(external: External, iris: Iris, named: Iterable[str], base: str) -> list[str]:
    """Return the statements on the things of *named*, which are terms of N-Quads; sorted.

    Shape: each link is one claim; each authority that links lead to is one void:Linkset.
    """
    wanted, graph = frozenset(named), iris.graph(GRAPH)
    links = [
        link
        for link in external.links.links
        if link.decision == "accepted" and iris.node(link.subject) in wanted
    ]
    found: set[Triple] = set()
    for link in links:
        found.update(_link(link, external.links, iris))
    found.update(_sets(links, external.links, base))
    for role in external.roles:
        if iris.node(role.key) in wanted:
            found.update(_role(role, iris))
    for point in external.points:
        if iris.node(point.key) in wanted:
            found.update(_point(point, iris))
    return sorted(quad_line(*triple, graph) for triple in found)


def find_certainty(confidence: float) -> str:
    """Return the step of scheme/certainty for a confidence.

    >>> find_certainty(1), find_certainty(0.8), find_certainty(0.79)
    ('certain', 'probable', 'possible')
    """
    return next(step for least, step in _CERTAINTY if confidence >= least)


def _link(link: Link, links: LinkSet, iris: Iris) -> Iterator[Triple]:
    subject, cells = iris.node(link.subject), link.cells
    predicate, term, extra = _statement(link, iris)
    claim = iris.node(f"{link.subject}/link/{_key(link)}")
    certainty = find_certainty(link.confidence)
    yield from extra
    if certainty in _ASSERTED:
        yield subject, predicate, term
    else:
        yield claim, iri(CBL.status), concept("status", "hypothetical")
    yield claim, TYPE, iri(CBL.Claim)
    yield claim, TYPE, _p("sssom:Mapping")
    yield claim, _p("rdf:subject"), subject
    yield claim, _p("rdf:predicate"), predicate
    yield claim, _p("rdf:object"), term
    yield claim, iri(CBL.certainty), concept("certainty", certainty)
    yield claim, iri(CBL.rule), concept("rule", RULE)
    yield claim, _p("prov:wasDerivedFrom"), iri(links.iri)
    justification = cells["mapping_justification"].partition(":")[2]
    yield claim, _p("sssom:mapping_justification"), iri(f"{_SEMAPV}{justification}")
    if cells.get("confidence"):
        confidence = literal(cells["confidence"], datatype=expand("xsd:decimal"))
        yield claim, _p("sssom:confidence"), confidence
    if link.scheme:
        source = concept("authority", link.scheme.prefix)
        yield claim, _p("sssom:object_source"), source
    yield from _authorship(claim, link)


def _authorship(claim: str, link: Link) -> Iterator[Triple]:
    """Yield who made a link and when, who looked at it again, and on what grounds."""
    cells = link.cells
    for slot in ("author_label", "author_id", "reviewer_label", "reviewer_id"):
        who = "dcterms:creator" if slot.startswith("author") else "dcterms:contributor"
        for name in filter(None, cells.get(slot, "").split("|")):
            yield claim, _p(who), literal(name)
    for slot, when in (("mapping_date", "dcterms:date"), ("review_date", "dcterms:modified")):
        if cells.get(slot):
            yield claim, _p(when), literal(cells[slot], datatype=expand("xsd:date"))
    if cells.get("comment"):
        yield claim, _p("rdfs:comment"), literal(cells["comment"], language="en")


def _statement(link: Link, iris: Iris) -> tuple[str, str, list[Triple]]:
    """Return predicate and object of a link, and what has to be said of the object."""
    found = find_scheme(link.object)
    if found is None or found[0].iris:
        return _p(link.predicate), iri(link.object), []
    scheme, local = found
    node = iris.node(f"{link.subject}/identifier/{_local_key(scheme, local)}")
    extra: list[Triple] = [
        (node, TYPE, _p("rico:Identifier")),
        (node, _p("rico:textualValue"), literal(local)),
        (node, iri(CBL.kind), concept("authority", scheme.prefix)),
    ]
    return _p("rico:hasOrHadIdentifier"), node, extra


def _key(link: Link) -> str:
    """Return the last step of the name of a link: what it leads to."""
    found = find_scheme(link.object)
    return _local_key(*found) if found else _local_key(None, link.object)


def _local_key(scheme: Scheme | None, local: str) -> str:
    prefix = scheme.prefix if scheme else "other"
    plain = local.rstrip("/").lower().replace("oewn-", "")
    if _KEY.fullmatch(plain):
        return f"{prefix}-{plain}"
    digest = hashlib.sha256(local.encode()).hexdigest()[:8]
    return f"{prefix}-{slug(plain.rpartition('://')[2])}-{digest}"


def _sets(links: list[Link], whole: LinkSet, base: str) -> Iterator[Triple]:
    """Yield the mapping set, and what is linked to which authority how often."""
    if not links:
        return
    node, dataset = iri(whole.iri), iri(f"{base}dataset")
    yield node, TYPE, _p("sssom:MappingSet")
    yield node, _p("dcterms:license"), iri(str(whole.head["license"]))
    if title := whole.head.get("mapping_set_title"):
        yield node, _p("dcterms:title"), literal(str(title), language="en")
    counts = Counter(
        (link.scheme.prefix, link.predicate)
        for link in links
        if link.scheme and link.scheme.iris and find_certainty(link.confidence) in _ASSERTED
    )
    for (prefix, predicate), count in sorted(counts.items()):
        scheme, name = find_schemes()[prefix], predicate.partition(":")[2]
        linkset = iri(f"{base}linkset/{prefix}-{slug(name)}")
        yield dataset, _p("void:subset"), linkset
        yield linkset, TYPE, _p("void:Linkset")
        yield linkset, _p("void:subjectsTarget"), dataset
        yield linkset, _p("void:objectsTarget"), iri(scheme.home)
        yield linkset, _p("void:linkPredicate"), _p(predicate)
        triples = literal(str(count), datatype=expand("xsd:integer"))
        yield linkset, _p("void:triples"), triples
        title = f"Links to {scheme.title}"
        yield linkset, _p("dcterms:title"), literal(title, language="en")
        if scheme.credit:
            yield linkset, _p("dcterms:rights"), literal(scheme.credit, language="en")


def _role(role: Role, iris: Iris) -> Iterator[Triple]:
    """Yield a post, and that a person held it from one day to another."""
    person, post = iris.node(role.key), slug(role.post_en)
    position = iris.node(f"{role.key}/position/{post}")
    when = slug(f"{post} {role.begin} {role.end}")
    holding = iris.node(f"{role.key}/tenure/{when}")
    yield person, _p("rico:occupiesOrOccupied"), position
    yield position, TYPE, _p("rico:Position")
    for text, language in ((role.post_en, "en"), (role.post_ru, "ru")):
        if text:
            yield position, _p("skos:prefLabel"), literal(text, language=language)
    if role.body:
        yield position, _p("rico:existsOrExistedIn"), iris.node(role.body)
    yield holding, TYPE, _p("rico:PositionHoldingRelation")
    yield holding, _p("rico:relationHasSource"), person
    yield holding, _p("rico:relationHasTarget"), position
    for day, predicate in ((role.begin, "rico:beginningDate"), (role.end, "rico:endDate")):
        if day:
            yield holding, _p(predicate), literal(day, datatype=_date_type(day))
    yield holding, _p("rico:relationSource"), literal(role.source, language="en")


def _date_type(day: str) -> str:
    return expand("xsd:" + ("gYear", "gYearMonth", "date")[day.count("-")])


def _point(point: Point, iris: Iris) -> Iterator[Triple]:
    """Yield where a place lies, as GeoSPARQL; its default axes are longitude, latitude."""
    geometry = iris.node(f"{point.key}/geometry")
    yield iris.node(point.key), _p("geo:hasGeometry"), geometry
    yield geometry, TYPE, _p("geo:Geometry")
    text = f"POINT({point.longitude} {point.latitude})"
    yield geometry, _p("geo:asWKT"), literal(text, datatype=expand("geo:wktLiteral"))
    yield geometry, _p("dcterms:source"), literal(point.source, language="en")
