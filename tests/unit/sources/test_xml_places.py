"""XML with places: every word has its offsets, and nothing is fetched or expanded."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from cablegraph.errors import SourceError
from cablegraph.sources.files import SourceFile
from cablegraph.sources.xml import XmlFile, is_xml, read_xml

ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
INCLUDE = (
    '<a xmlns:xi="http://www.w3.org/2001/XInclude">\n<xi:include href="b.txt" parse="text"/></a>'
)
LATE = f"<!--{'x' * 70000}-->"


def read(text: str | bytes) -> XmlFile:
    """Read a file of that content."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_xml(SourceFile(Path("f.xml"), data))


def test_every_run_re_slices_from_the_text() -> None:
    """Words stand where they say; a reference stands for one letter."""
    file = read("<a>x &amp; <b n='1>2'>y&#233;</b><!-- <c> --><![CDATA[<z>]]>\r\n</a>")
    runs = list(file.root.runs())

    assert "x & yé<z>\r\n" == "".join(run.text for run in runs)
    for run in runs:
        written = file.text[run.start : run.end]
        assert written == run.text or written.startswith("&")


def test_an_attribute_has_its_place() -> None:
    """The value is that of the file, without its quotes."""
    file = read("<a>\n<b when = \"1921-05\" ref='x&amp;y'/></a>")
    node = file.root.first("b")

    assert node is not None
    when, ref = file.value(node, "when"), file.value(node, "ref")
    assert when is not None
    assert ref is not None
    assert "1921-05" == when.text == file.text[when.start : when.end]
    assert "x&y" == ref.text
    assert file.value(node, "from") is None


def test_nodes_are_walked_in_the_order_of_the_file() -> None:
    """A node comes before those in it, and these before the next."""
    names = [node.name for node in read("<a><b><c/></b>t<d/></a>").root.walk()]

    assert ["a", "b", "c", "d"] == names


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ENTITY, "f.xml:1:14: SourceError: an entity declared in the file"),
        (LAUGHS, "f.xml:1:14: SourceError: an entity declared in the file"),
        (LATE + LAUGHS, "f.xml:1:1: SourceError: an entity declared in the file"),
        ("<!DOCTYPE a [<!ATTLIST a b CDATA 'x'>]><a/>", "f.xml:1:1: SourceError: a document type"),
        (INCLUDE, "f.xml:2:1: SourceError: an inclusion of 'b.txt'"),
        ("<a>\n<b>x</c></a>", "f.xml:2:9: SourceError: Opening and ending tag mismatch"),
        ("<a>\nx", "f.xml:2:2: SourceError: Premature end of data"),
        ("<a>" * 300 + "</a>" * 300, "SourceError: Excessive depth in document: 256; divide"),
        ("<a>" + "x" * 10_100_000 + "</a>", "SourceError: Resource limit exceeded"),
        ("<a>é</a>".encode("latin-1"), "f.xml:1:4: SourceError: Invalid bytes"),
        (b'<?xml version="1.0" encoding="x-none"?><a/>', "SourceError: Unsupported encoding"),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>&foo;</a>', "the entity &foo;"),
    ],
)
def test_a_hostile_file_is_refused_with_a_clear_line(text: str | bytes, fault: str) -> None:
    """Entities, inclusions, depth, length and bad bytes: place, finding, remedy, in no time."""
    start = time.perf_counter()
    with pytest.raises(SourceError) as raised:
        read(text)

    assert fault in str(raised.value)
    assert "\n" not in str(raised.value)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "kind", ['SYSTEM "http://127.0.0.1:9/a.dtd"', 'PUBLIC "-//X//Y" "file:///etc/passwd"']
)
def test_an_external_document_type_is_accepted_and_never_fetched(kind: str) -> None:
    """Old editions name a DTD; its common letters are read as HTML has them."""
    assert "été" == read(f"<!DOCTYPE a {kind}><a>&eacute;t&eacute;</a>").root.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-5", "windows-1251"])
def test_the_declared_encoding_is_that_of_the_places(encoding: str) -> None:
    """Offsets count letters of the decoded text, whatever the bytes."""
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    file = read(f'<?xml version="1.0" encoding="{declared}"?><a>Привет, мир</a>'.encode(encoding))
    [run] = file.root.runs()

    assert is_xml(file.file)
    assert "Привет, мир" == file.text[run.start : run.end]


def test_an_identifier_that_stands_twice_does_not_lose_the_file() -> None:
    """Validity is for readers to judge; the XML is well-formed."""
    assert "xy" == read('<a><b xml:id="i">x</b><b xml:id="i">y</b></a>').root.text


def test_an_identifier_that_stands_twice_fetches_no_document_type() -> None:
    """With a document type the parser is never told to do without identifiers."""
    with pytest.raises(SourceError, match="already defined"):
        read('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a><b xml:id="i"/><b xml:id="i"/></a>')


def test_memory_stays_bounded() -> None:
    """A bomb that the parser meets late takes no memory to speak of."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 30}">' for n in range(1, 9))
    with pytest.raises(SourceError):
        read(f'{LATE}<!DOCTYPE a [<!ENTITY e0 "{"x" * 30}">{levels}]><a n="&e8;"/>')

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
