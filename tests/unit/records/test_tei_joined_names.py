"""Several persons in one element of a head, and what is no person at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.records.model import Record
from cablegraph.records.stated import StatedAgent
from cablegraph.records.tei.heads import read_head
from cablegraph.records.tei.read import read_tei
from cablegraph.sources.files import SourceFile

VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><sourceDesc><list>
<persName xml:id="p1">House of Orme and Pell</persName></list></sourceDesc></fileDesc></teiHeader>
<text><body><div type="document" xml:id="d1"><head>{head}</head><p>The boats wait.</p></div>
</body></text></TEI>"""


def _senders(head: str) -> list[str]:
    documents = read_tei(SourceFile(Path("a.xml"), VOLUME.format(head=head).encode()))
    assert documents is not None
    (record,) = documents
    assert isinstance(record, Record)
    return [one.name for one in record.stated
            if isinstance(one, StatedAgent) and one.role == "sender"]  # fmt: skip


def test_an_element_with_two_names_is_two_persons() -> None:
    """The joint is no part of a name."""
    head = 'Prince <persName type="from">Orme and Pell Quill</persName> to Mr. Bly'

    assert ["Orme", "Pell Quill"] == _senders(head)


def test_an_element_that_refers_to_one_person_is_one() -> None:
    """What the list of the file has as one is not parted."""
    head = '<persName type="from" corresp="#p1">Orme and Pell</persName> to Mr. Bly'

    assert ["Orme and Pell"] == _senders(head)


@pytest.mark.parametrize(
    ("head", "senders"),
    [
        ("Orme and Pell to Mr. Bly", ["Orme", "Pell"]),
        ("Orme, Ostby to Mr. Bly", ["Orme, Ostby"]),
        ("Redraft of a Protocol With Respect to the Return of Ships", []),
    ],
)
def test_the_words_of_a_head_name_one_person_each(head: str, senders: list[str]) -> None:
    """Joined by "and" they are several; a comma alone parts nobody; a draft is nobody."""
    found = read_head(head)

    assert senders == [head[slice(*one.name)] for one in found if one.side == "sender"]
