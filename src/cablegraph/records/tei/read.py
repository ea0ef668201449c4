"""Read files of TEI: which documents there are in one, and each of them after the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

from cablegraph.errors import LayoutError
from cablegraph.records.draft import make_key
from cablegraph.records.listed import Listed, Unread
from cablegraph.records.tei.document import read_division, read_letter
from cablegraph.records.tei.vocabulary import names
from cablegraph.records.tei.volume import Volume, find_volumes
from cablegraph.sources.files import SourceFile
from cablegraph.sources.xml import Node, is_xml, read_xml

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:TEI|teiCorpus|TEI\.2)[\s/>]")
# The first tag of a file stands behind a prologue: licence, processing instructions, document type.
_PROLOGUE = 1 << 16


@Listed
def read_tei(file: SourceFile) -> Iterator[Unread] | None:
    """Return what reads the documents of a file of TEI, or None where it is no such file."""
    head = file.data[:_PROLOGUE].replace(b"\0", b"")
    if not is_xml(file) or _ROOT.search(head) is None:
        return None
    xml = read_xml(file)
    if xml.root.name not in ("TEI", "teiCorpus", "TEI.2"):
        return None
    return _documents(list(find_volumes(xml)))


def _documents(volumes: list[Volume]) -> Iterator[Unread]:
    for volume in volumes:
        divisions = list(_divisions(volume))
        if not divisions:
            yield partial(read_letter, volume, make_key(volume.identifier))
            continue
        described = _descriptions(volume, divisions)
        seen: Counter[str] = Counter()
        for number, node in enumerate(divisions, 1):
            name = node.get("xml:id") or node.get("n") or str(number)
            seen[name] += 1
            if seen[name] > 1:
                yield partial(_again, volume, node, name)
            else:
                key = make_key(volume.identifier, name)
                yield partial(read_division, volume, node, key, described.get(node))


def _again(volume: Volume, node: Node, name: str) -> LayoutError:
    return LayoutError(
        f"a second document {name!r}",
        where=volume.xml.where(node.start),
        remedy="give it an xml:id of its own",
    )


def _divisions(volume: Volume) -> Iterator[Node]:
    """Yield the divisions that are documents, the outermost; none where the file is a letter.

    Shape: a file whose header describes one letter is that letter, however it is divided.
    """
    if volume.text is not None and len(volume.descriptions) != 1:
        yield from _outermost(volume.text)


def _descriptions(volume: Volume, divisions: list[Node]) -> dict[Node, Node]:
    """Return what the header says of each division: by a reference to it, else in order."""
    described = volume.descriptions
    if len(described) == len(divisions):
        return dict(zip(divisions, described, strict=True))
    named = {f"#{node.get('xml:id')}": node for node in divisions if node.get("xml:id")}
    found: dict[Node, Node] = {}
    for description in described:
        for name in ("corresp", "sameAs", "ref", "target"):
            for one in (description.get(name) or "").split():
                if one in named:
                    found.setdefault(named[one], description)
    return found


def _outermost(node: Node) -> Iterator[Node]:
    for child in node.children:
        kind = (child.get("type") or "").casefold()
        if child.name.startswith("div") and kind in names("documents"):
            yield child
        else:
            yield from _outermost(child)
