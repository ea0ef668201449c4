"""Heads in prose: who writes to whom, person and post apart."""

from __future__ import annotations

import time

import pytest

from cablegraph.records.tei.heads import read_head

CASES = {
    "The Consul at Alba (Orme) to the Secretary of State": (
        ["Orme @ Consul at Alba"],
        ["Secretary of State"],
    ),
    "1. Telegram From the Embassy in Corva to the Department of State": (
        ["Embassy in Corva"],
        ["Department of State"],
    ),
    "12. Memorandum From the President’s Assistant for Trade (Vane) to President Orme": (
        ["Vane @ President’s Assistant for Trade"],
        ["Orme @ President"],
    ),
    "Letter From Prime Minister Lund to Secretary of State Vane": (
        ["Lund @ Prime Minister"],
        ["Vane @ Secretary of State"],
    ),
    "Mr. Orme to Mr. Vane.": (["Orme"], ["Vane"]),
    "No. 12. Lord Lacke to Mr. Vane": (["Lacke"], ["Vane"]),
    "The Ambassador to Corva (Tarn) to the Acting Secretary of State": (
        ["Tarn @ Ambassador to Corva"],
        ["Acting Secretary of State"],
    ),
    "Telegram From the Mission to the League to the Department of State": (
        ["Mission to the League"],
        ["Department of State"],
    ),
    "The Secretary of State to Certain Diplomatic Officers in the Isles": (
        ["Secretary of State"],
        ["Certain Diplomatic Officers in the Isles"],
    ),
    "Memorandum of Conversation": ([], []),
    "Memorandum of Conversation, by the Chief of the Division of Isles (Vane)": (
        ["Vane @ Chief of the Division of Isles"],
        [],
    ),
    "Memorandum by the Secretary of State of a Conversation With the Corvan Minister (Lund)": (
        ["Secretary of State"],
        [],
    ),
    "Memorandum Submitted by the Corvan Legation to the Foreign Office": (
        ["Corvan Legation"],
        ["Foreign Office"],
    ),
    "Memorandum handed to Mr. Vane by the Corvan Minister, Mr. Lund, May 3, 1901": (
        ["Lund @ Corvan Minister"],
        ["Vane"],
    ),
    "Memorandum From Ada R. Tarn of the Planning Staff to the Under Secretary (Vane)": (
        ["Ada R. Tarn @ Planning Staff"],
        ["Vane @ Under Secretary"],
    ),
    "Letter From President Orme to Chairman Lund, Alba, May 3, 1961": (
        ["Orme @ President"],
        ["Lund @ Chairman"],
    ),
    "Memorandum From the Consuls (Orme and Vane) to the Minister (Lund) and the Secretary": (
        ["Orme @ Consuls", "Vane @ Consuls"],
        ["Lund @ Minister", "Secretary"],
    ),
    "Memorandum for the Files": ([], []),
    "Editorial Note": ([], []),
    "Treaty Between Corva and the Isles, Signed at Alba, May 3, 1901": ([], []),
    "": ([], []),
}


def parties(head: str, side: str) -> list[str]:
    """Return the parties of a side as "name @ office"."""
    found = [party for party in read_head(head) if party.side == side]
    return [
        " @ ".join(head[slice(*place)] for place in (one.name, one.office) if place)
        for one in found
    ]


@pytest.mark.parametrize("head", CASES)
def test_a_head_says_who_writes_to_whom(head: str) -> None:
    """Senders and addressees are those that the words name, and no others."""
    assert CASES[head] == (parties(head, "sender"), parties(head, "addressee"))


@pytest.mark.parametrize(
    "piece", ["The (", "to the ", "Telegram ", "a, ", "A ", "A-", "of and ", "."]
)
def test_a_long_head_takes_no_long_time(piece: str) -> None:
    """A head as long as a book is not worked on."""
    start = time.perf_counter()
    read_head(piece * (590 // len(piece)))
    read_head(piece * (100_000 // len(piece)))

    assert time.perf_counter() - start < 2
