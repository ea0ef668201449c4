"""What clients send as Accept, and the form that each should get."""

from __future__ import annotations

OFFERS = [
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "application/rdf+xml",
]
HTML, TURTLE, JSONLD, NTRIPLES, RDFXML = OFFERS
FRAMED = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#framed"'
EXPANDED = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"'

CASES = [
    # No wish at all.
    (None, HTML),
    ("", HTML),
    ("  ", HTML),
    ("*/*", HTML),
    (",", HTML),
    ("*", HTML),
    # One type.
    ("text/turtle", TURTLE),
    ("TEXT/Turtle", TURTLE),
    (" text/turtle ", TURTLE),
    ("text/turtle; charset=utf-8", TURTLE),
    ("text/turtle; charset=UTF-8", TURTLE),
    ('text/turtle;charset="utf-8"', TURTLE),
    ("text/turtle;charset=koi8-r", None),
    ("application/n-triples", NTRIPLES),
    ("application/rdf+xml", RDFXML),
    ("application/pdf", None),
    ("text/turtle/x", HTML),
    # Weights.
    ("text/turtle;q=0.5, application/ld+json", JSONLD),
    ("text/turtle;q=0.1, application/ld+json;q=0.9", JSONLD),
    ("application/ld+json;q=0.9, text/turtle;q=0.1", JSONLD),
    ("text/turtle;q=0.500, application/n-triples;q=0.501", NTRIPLES),
    ("text/turtle;Q=0.2, application/n-triples;q=0.3", NTRIPLES),
    ("text/turtle;q=0", None),
    ("text/turtle;q=0.000", None),
    ("text/turtle;q=0, */*", HTML),
    ("text/html;q=0, */*", TURTLE),
    ("text/html;q=0, text/*", TURTLE),
    ("*/*;q=0", None),
    ("*/*;q=0, text/turtle;q=0.001", TURTLE),
    ("text/turtle;q=.4, application/n-triples;q=0.3", TURTLE),
    ("text/turtle;q=1., application/n-triples;q=0.3", TURTLE),
    ("text/turtle;q=0.12345, application/n-triples;q=0.12", TURTLE),
    # The more exact range decides the weight of a type, wherever it stands.
    ("text/*;q=0.3, text/turtle;q=0.7, */*;q=0.5", TURTLE),
    ("text/*;q=0.9, text/html;q=0.2, */*;q=0.5", TURTLE),
    ("*/*;q=0.8, text/html;q=0.1, text/turtle;q=0.1", JSONLD),
    ("text/*", HTML),
    ("application/*", JSONLD),
    ("image/*", None),
    ("*/turtle", HTML),
    # Equal weights: what the client names comes before what it allows.
    ("text/turtle, */*", TURTLE),
    ("*/*, application/rdf+xml", RDFXML),
    ("application/rdf+xml, text/turtle", TURTLE),
    # Profiles of JSON-LD.
    (FRAMED, JSONLD),
    (EXPANDED, JSONLD),
    (f"{EXPANDED};q=0.2, text/turtle;q=0.1", JSONLD),
    (f"{EXPANDED}, application/ld+json;q=0.2, text/turtle;q=0.5", TURTLE),
    (f"{EXPANDED};q=0, application/ld+json", JSONLD),
    ('application/ld+json;profile="a,b;c\\"d";q=0.9, text/turtle;q=0.1', JSONLD),
    ("text/turtle;version=1.1", TURTLE),
    ("text/turtle;level=2", None),
    # Written badly: what can't be read is passed over.
    ("foo;;q=x", HTML),
    ("text/turtle;q=x, application/n-triples;q=0.1", NTRIPLES),
    ("text/turtle;q=1.5, application/n-triples", NTRIPLES),
    ("text/turtle;q=-1, application/n-triples;q=0.2", NTRIPLES),
    ("text/turtle;;q=0.3, application/n-triples;q=0.2", TURTLE),
    ("text/turtle;q, application/n-triples;q=0.2", NTRIPLES),
    ("text/turtle;q = 0.9, application/n-triples;q=0.2", NTRIPLES),
    ('application/n-triples, text/turtle;x="never closed, application/ld+json', NTRIPLES),
    (",, text/turtle ,,", TURTLE),
    ("text/türtle, application/n-triples", NTRIPLES),
    ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", HTML),
    # What browsers, curl, rdflib, Jena and N3 readers send.
    ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", HTML),
    ("application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1", RDFXML),
    ("text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,*/*;q=0.3", TURTLE),
    ("application/ld+json;q=1.0,application/json;q=0.9,text/html;q=0.5", JSONLD),
]
