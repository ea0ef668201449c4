"""Content negotiation: what RFC 9110 says of Accept, and what clients send."""

from __future__ import annotations

import time

import pytest
from accept_cases import CASES, FRAMED, OFFERS, RDFXML, TURTLE

from cablegraph.publication.forms import find_form, list_data_forms, list_forms
from cablegraph.publication.negotiate import choose, choose_key, parse_accept


@pytest.mark.parametrize(("header", "expected"), CASES)
def test_the_form_that_the_client_likes_best_is_chosen(
    header: str | None, expected: str | None
) -> None:
    """Weights, exactness, parameters and mistakes are read as RFC 9110 says."""
    assert expected == choose(header, OFFERS)


def test_a_profile_that_is_offered_is_found() -> None:
    """A client that names one of our profiles gets it, one that names none the first form."""
    offers = ["application/ld+json", FRAMED]

    assert FRAMED == choose(FRAMED, offers)
    assert FRAMED == choose(f"{FRAMED}, application/ld+json;q=0.5", offers)
    assert "application/ld+json" == choose("application/ld+json", offers)


def test_the_order_of_the_server_decides_only_what_the_client_leaves_open() -> None:
    """Turned round, the offers give another first choice and the same wishes."""
    backwards = OFFERS[::-1]

    assert RDFXML == choose("*/*", backwards)
    assert TURTLE == choose("text/turtle;q=0.9, */*;q=0.8", backwards)


def test_another_name_of_a_form_counts_only_where_it_is_said() -> None:
    """A star does not bring back, under another name, what the client has refused."""
    offers, aliases = [("text/html", "page"), ("text/turtle", "data")], [("text/n3", "data")]

    assert "data" == choose_key("text/n3, text/html;q=0.5", offers, aliases)
    assert choose_key("text/turtle;q=0, text/html;q=0, */*", offers, aliases) is None


@pytest.mark.parametrize("piece", ["a/b,", '"', '\\"', ";q=", "a/b;x=", ",;", "*/*;q=0."])
def test_a_long_header_is_read_in_little_time(piece: str) -> None:
    """A hundred kilobytes of anything take no more than a moment."""
    began = time.perf_counter()
    parse_accept("text/turtle;x=" + piece * (100_000 // len(piece)))

    assert 2 > time.perf_counter() - began


def test_each_form_has_its_extension_and_type() -> None:
    """Pages and text say their charset; a name that no form has finds nothing."""
    turtle = find_form("ttl")

    assert turtle is not None
    assert "text/turtle; charset=utf-8" == turtle.content_type
    assert OFFERS == [form.media_type for form in list_forms()]
    assert OFFERS[1:] == [form.media_type for form in list_data_forms()]
    assert find_form("exe") is None
