"""What is text but no document: listings, mixed columns; and what only looks like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cablegraph.errors import LayoutError
from cablegraph.records.model import Record

Read = Callable[[str], Record]


def listing(count: int, *, bullet: str = "", gap: str = "\n\n") -> str:
    """Return invented records of a listing: date, title, summary."""
    return gap.join(
        f"{bullet}May {day}, 1953{gap}Cable No. {day}, Foo to Bar{gap}Foo asks Bar about coal."
        for day in range(1, count + 1)
    )


LISTINGS = {
    "counted": ("Skip to content\n\nResults:\n\n1 - 10 of 18\n\nDocuments\n\n" + listing(3), "3:1"),
    "one-hit": ("Results:\n1 - 1 of 1\nDocuments\n" + listing(1, gap="\n"), "1:1"),
    "counted-without-heading": ("Skip to content\n\n\n111 – 120 of 1,129\n\n" + listing(2), "4:1"),
    "of-a-topic": ("Search in\n\nDigital Archive International History Declassified\n\n"
                   + listing(4, bullet="  • ", gap="\n\n    "), "5:3"),
    "with-a-term": ("SEARCH RESULTS FOR “coal”\n-\n" + listing(3, gap="\n-\n"), "1:1"),
    "compact": (listing(5, gap="\n"), "1:1"),
    "without-summaries": (
        "\n".join(f"June {day}, 1960\nReport No. {day}" for day in range(1, 6)), "1:1"),
}  # fmt: skip

ACROSS = """COLD WAR HISTORY BULLETIN
The Soviet ambassador told me that the min-
Cuba would not accept any inspection at
ister was ready for a compromise. The presi-
all, and he said that without the approval
1 November 1962. The ships had been turned
dent had asked him to wait for the answer.
round the day before and the whole embassy
of the Secretary, who was expected in the eve-
Havana was calm. Nothing could be seen of
ning. A second talk will take place tomorrow.
the troops which the newspapers wrote about.
"""

JOINED = """Telegram from the ambassador to the ministry
The min- of the island will not accept ister was ready for a compromise that
The presi- the inspection of its harbours by dent had asked him to wait for
the answer of the Secre- with the others who stayed behind tary until the evening
"""

SIDE_BY_SIDE = "\n".join(
    f"the talks went on until line {n} of it     and nothing was heard of the ships of {n}"
    for n in range(8)
)

TWO_DOCUMENTS = """Cable from Foo to the ministry, 1 November 1962

Nothing is new here.

[Source: AVP RF; copy on file.]

Cable from Bar to the ministry, 2 November 1962

Nothing is new there.

[Source: AVP RF; copy on file.]
"""

MIXTURES = {
    "read-across": (ACROSS, "2:1", "columns"),
    "joined-lines": (JOINED, "2:1", "columns"),
    "side-by-side": (SIDE_BY_SIDE, "1:1", "columns"),
    "two-documents": (TWO_DOCUMENTS, "11:1", "second document"),
}


@pytest.mark.parametrize("name", LISTINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_listing_is_refused_at_its_first_sign(read: Read, name: str, newline: str) -> None:
    """One line says which sign it is, and what to do."""
    text, place = LISTINGS[name]
    with pytest.raises(LayoutError) as caught:
        read(text.replace("\n", newline))

    assert caught.value.where == f"in/a.txt:{place}"
    assert "a listing" in caught.value.problem
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", MIXTURES)
def test_mixed_texts_are_refused_at_the_first_break(read: Read, name: str) -> None:
    """One line says where a sentence breaks off."""
    text, place, words = MIXTURES[name]
    with pytest.raises(LayoutError) as caught:
        read(text)

    assert caught.value.where == f"in/a.txt:{place}"
    assert words in caught.value.problem
    assert "\n" not in str(caught.value)


NO_LISTINGS = {
    "results-within-a-text": "May 4, 1953\nReport on the Harvest\nRESULTS OF THE HARVEST\n"
    "Results:\n1 - 10 of 18 districts have delivered.\nThe others are late.\n",
    "dates-within-a-text": "May 4, 1953\nChronology of the Talks\n"
    + "".join(
        f"June {n}, 1953\nThe talks went on in the morning, and nothing came of them, as the "
        f"delegates of both sides told us.\nFoo\nBar\nBaz\nQux\nThe press was silent on day {n}.\n"
        for n in range(1, 6)
    ),
    "related-documents-below": "May 4, 1953\nCable, Foo to Bar\nTo BAR\nCome.\nFOO\n"
    "Foo asks Bar to come.\nAuthor(s):\nRelated Documents\n"
    + listing(6, gap="\n")
    + "\nDocument Information\nSource\nRights\n",
    "little-above-related-documents": "May 4, 1953\nCable, Foo to Bar\nCome.\n"
    "Foo asks Bar to come.\nRelated Documents\n"
    + listing(9, gap="\n")
    + "\nDocument Information\n",
    "dates-before-a-text": "".join(f"June {n}, 1953\nTalks of day {n}\n" for n in range(1, 5))
    + "The talks of these days are described below.\n" * 20,
    "two-dates": "May 4, 1953\nCable, Foo to Bar\nMay 5, 1953\nTo Bar\nCome at once.\n",
}  # fmt: skip

NO_MIXTURES = {
    "hyphens-of-one-column": "June 1, 1950\nReport on Trade\n"
    + "The min-\nister of the region has bought the ma-\nchines that it had or-\ndered.\n" * 4,
    "hyphens-left-in": "June 1, 1950\nReport on Trade\n"
    + "The min- ister of the region bought ma- chines and long- and short-range trucks.\n" * 4,
    "addresses-with-dashes": "CIPHERED TELEGRAM No. 4\nMOSCOW-\nTo comrade FOO\nBEIJING-\n"
    "For BAR\nWe agree.\n",
    "a-table": "CIPHERED TELEGRAM No. 4\nNeeds of the army:\nrifles     100\nguns     20\n"
    "trucks     30\nboats     4\nplanes     7\ntents     9\nWe ask for an answer.\n",
    "one-source": TWO_DOCUMENTS.partition("\n\nCable from Bar")[0],
    "cut-short": "June 1, 1950\nCable, Foo to Bar\nCABLE No. 4\nWe agree with the propo",
}


@pytest.mark.parametrize("name", [*NO_LISTINGS, *NO_MIXTURES])
def test_what_only_looks_like_one_is_read(read: Read, name: str) -> None:
    """Dates, dashes, tables and notes of a text do not make it a listing or a mixture."""
    text = {**NO_LISTINGS, **NO_MIXTURES}[name]
    record = read(text)

    assert any(layer.kind != "catalogue-entry" for layer in record.layers)
    assert record.uncovered == 0


@pytest.mark.parametrize("piece", ["x", "- ", ". ", '"', "[", "a-\n", "May 4, 1953\n", "of ", "a:"])
def test_a_hundred_thousand_of_anything_are_read_or_refused_soon(read: Read, piece: str) -> None:
    """No pattern goes back over a long line again and again."""
    for head in ("", "May 4, 1953\nCable, Foo to Bar\n", "Title: a\nDate: b\nSource: c\n"):
        try:
            record = read(head + piece * (100_000 // len(piece)))
        except LayoutError:
            continue

        assert record.uncovered == 0
