"""An index that remembers what it was asked gives each caller an answer of its own."""

from __future__ import annotations

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.table import Authorities
from cablegraph.extraction.names import Known, Names


def test_a_caller_may_change_the_names_it_got(matcher: Matcher) -> None:
    """The names found in a text are the same when it is asked for again."""
    first = matcher.find("Mao Zedong in Beijing", "en")
    expected = list(first)
    first.clear()

    assert expected
    assert expected == matcher.find("Mao Zedong in Beijing", "en")


def test_a_caller_may_change_the_forms_it_got(matcher: Matcher) -> None:
    """The forms that a string may stand for are the same when it is asked for again."""
    first = matcher.resolve("Mao Zedong", "en")
    expected = list(first)
    first.clear()

    assert expected
    assert expected == matcher.resolve("Mao Zedong", "en")


def test_names_that_were_learnt_are_found_in_a_text_asked_for_before(
    authorities: Authorities, matcher: Matcher
) -> None:
    """Who is met is known in texts that were read already."""
    names = Names(authorities, matcher)
    text = "Zhukovlev spoke with Krutnikov"
    assert [] == list(names.find(text, "en"))

    names.take(Known("person/zhukovlev", None, listed=False), "Zhukovlev")
    assert ["Zhukovlev"] == [match.written for match, _ in names.find(text, "en")]

    names.take(Known("person/krutnikov", None, listed=False), "Krutnikov")
    assert ["Zhukovlev", "Krutnikov"] == [match.written for match, _ in names.find(text, "en")]
