"""Read a file in the Correspondence Metadata Interchange Format: a header that lists letters.

Source: the format's documentation and customisation by the TEI Correspondence SIG, versions 1
and 2.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from cablegraph.errors import CablegraphError, LayoutError
from cablegraph.records.cmif.entry import Edition, read_entry
from cablegraph.records.draft import make_key
from cablegraph.records.model import Record
from cablegraph.sources.files import SourceFile
from cablegraph.sources.xml import Node, XmlFile, is_xml, read_xml

_ENTRY = re.compile(rb"<(?:[\w.-]+:)?correspDesc[\s>/]")
_TEXT = re.compile(rb"<(?:[\w.-]+:)?(?:text|standOff|sourceDoc)[\s>]")
# A corpus is made of letters, and one letter whose copy is described is no list of letters.
_CORPUS = re.compile(rb"<(?:[\w.-]+:)?teiCorpus[\s>]")
_COPY = re.compile(rb"<(?:[\w.-]+:)?msIdentifier[\s>]")
_TEXT_END = re.compile(rb"</(?:[\w.-]+:)?(?:text|standOff|sourceDoc)\s*>")
_MARKUP = re.compile(rb"<!--.*?-->|<[^>]*>", re.DOTALL)
# A list of letters may say in its body that there is no text, or introduce itself; a letter of
# which several copies were sent has more to say.
_WORDS_AN_ENTRY = 50


def read_cmif(file: SourceFile) -> Iterator[Record | CablegraphError] | None:
    """Read the letters that a file lists; None if it is no such list.

    Shape: a list has no text, or has several entries and hardly any text; a corpus of letters is
        none, nor a letter of which a copy is described.
    Raises:
        SourceError: if the XML is malformed.
    """
    if not is_xml(file) or not _is_list(file.data):
        return None
    return _read(file)


def _is_list(data: bytes) -> bool:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.replace(b"\0", b"")
    entries = len(_ENTRY.findall(data))
    if not entries or b"teiHeader" not in data or _CORPUS.search(data):
        return False
    if entries == 1 and _COPY.search(data):
        return False
    begin = _TEXT.search(data)
    if begin is None:
        return True
    *_, end = [begin.end(), *(found.start() for found in _TEXT_END.finditer(data, begin.end()))]
    words = len(_MARKUP.sub(b" ", data[begin.start() : end]).split())
    return words <= (_WORDS_AN_ENTRY * entries if entries > 1 else 0)


def _read(file: SourceFile) -> Iterator[Record | CablegraphError]:
    xml = read_xml(file)
    found = [
        (Edition.of(xml, header), entry)
        for header in xml.root.walk()
        if header.name == "teiHeader"
        for entry in header.find("correspDesc")
    ]
    if not found:
        raise LayoutError(
            "letters described outside a header",
            where=xml.where(xml.root.start),
            remedy="put each correspDesc into teiHeader/profileDesc",
        )
    keys = _keys(xml, [entry for _, entry in found])
    for (edition, entry), key in zip(found, keys, strict=True):
        yield from read_entry(xml, edition, entry, key)


def _keys(xml: XmlFile, entries: list[Node]) -> list[str]:
    """Return the keys of the letters: by what identifies them, else by what is said of them.

    Shape: letters of several editions may have one number; a digest of the entry tells them
        apart, and a count two entries that say the same.
    """
    stem = xml.file.path.stem
    names = [_name(entry) for entry in entries]
    keys = [
        make_key(stem, name or _digest(xml, node))
        for name, node in zip(names, entries, strict=True)
    ]
    often = Counter(keys)
    keys = [
        f"{key}-{_digest(xml, entry)[:8]}" if often[key] > 1 and name else key
        for key, entry, name in zip(keys, entries, names, strict=True)
    ]
    seen: Counter[str] = Counter()
    for index, key in enumerate(keys):
        seen[key] += 1
        keys[index] = key if seen[key] == 1 else f"{key}-{seen[key]}"
    return keys


def _name(entry: Node) -> str:
    """Return what identifies an entry in its file, empty if nothing does."""
    if name := entry.get("xml:id") or entry.get("key"):
        return name
    address = (entry.get("ref") or "").partition(" ")[0].rstrip("/")
    return re.split(r"[/#?=]", address)[-1]


def _digest(xml: XmlFile, entry: Node) -> str:
    words = " ".join(xml.text[entry.start : entry.end].split())
    return hashlib.sha256(words.encode()).hexdigest()[:12]
