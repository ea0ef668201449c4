"""Sorted lines walked side by side, records sorted on disk, and the patch made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.comparison.lines import Change, find_changes, find_place
from cablegraph.comparison.patch import make_patch
from cablegraph.comparison.runs import Runs
from cablegraph.errors import DataError
from cablegraph.terms import literal, quad_line

N_QUADS = pyoxigraph.RdfFormat.N_QUADS
ROW = re.compile(r"(H|TX|TC|A|D) ?(.*)", re.DOTALL)

lines = st.builds(
    quad_line,
    st.sampled_from(["<e:a>", "<e:b>"]),
    st.sampled_from(["<e:p>", "<e:q>"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6).map(literal),
    st.sampled_from(["", "<e:g>", "<e:h>"]),
)
graphs = st.frozensets(lines, max_size=12)


def quads(found: Iterable[str]) -> set[str]:
    """Return the statements as another reader understands them."""
    text = "".join(line + "\n" for line in found)
    return {str(quad) for quad in pyoxigraph.parse(text, format=N_QUADS)}


def apply(patch: Iterable[str], old: Iterable[str]) -> set[str]:
    """Apply an RDF Patch as its specification says; a fault of order or of content is one."""
    dataset = pyoxigraph.Dataset(
        pyoxigraph.parse("".join(line + "\n" for line in old), format=N_QUADS)
    )
    inside = False
    for row in patch:
        found = ROW.fullmatch(row)
        assert found, row
        act, rest = found.groups()
        if act in ("TX", "TC"):
            assert inside == (act == "TC")
            inside = not inside
        elif act == "H":
            assert not inside
            assert re.fullmatch(r"id <urn:uuid:[0-9a-f-]{36}> \.", rest)
        else:
            assert inside
            (quad,) = pyoxigraph.parse(rest, format=N_QUADS)
            assert (quad in dataset) == (act == "D")
            (dataset.add if act == "A" else dataset.discard)(quad)
    assert not inside
    return {str(quad) for quad in dataset}


def write(path: Path, found: Iterable[str]) -> Path:
    """Write lines as a build does."""
    path.write_text("".join(line + "\n" for line in sorted(found)), "utf-8", newline="\n")
    return path


@given(graphs, graphs)
def test_the_changes_are_the_difference_of_both(old: frozenset[str], new: frozenset[str]) -> None:
    """Each statement of one side only comes once, with its sign, in order."""
    found = list(find_changes(*(sorted(one.encode() for one in side) for side in (old, new))))

    assert {Change("-", line.encode()) for line in old - new} == {c for c in found if c.sign == "-"}
    assert {Change("+", line.encode()) for line in new - old} == {c for c in found if c.sign == "+"}
    assert sorted({change.line for change in found}) == [change.line for change in found]


@given(graphs, graphs)
def test_a_patch_makes_the_new_graph_of_the_old(
    tmp_path_factory: pytest.TempPathFactory, old: frozenset[str], new: frozenset[str]
) -> None:
    """Applied by a reader that shares no code with us, the patch gives the new statements."""
    folder = tmp_path_factory.mktemp("patch")
    rows = list(make_patch(write(folder / "a.nq", old), write(folder / "b.nq", new)))

    assert quads(new) == apply(rows, old)
    assert bool(rows) == (old != new)


def test_the_name_of_a_patch_is_that_of_its_graphs(tmp_path: Path) -> None:
    """The same change has the same identifier, its opposite another."""
    one = write(tmp_path / "a.nq", ["<e:a> <e:p> <e:o> ."])
    two = write(tmp_path / "b.nq", ["<e:a> <e:p> <e:x> ."])
    there, again, back = (next(make_patch(*pair)) for pair in ((one, two), (one, two), (two, one)))

    assert there == again
    assert there != back


def test_a_blank_node_can_not_be_patched(tmp_path: Path) -> None:
    """A name that holds for one file only is refused, with the file."""
    one = write(tmp_path / "a.nq", ['<e:a> <e:p> "_:b" .'])
    two = write(tmp_path / "b.nq", ["_:b <e:p> <e:o> ."])

    with pytest.raises(DataError, match=r"b\.nq:1:1: DataError: .* has a blank node; "):
        list(make_patch(one, two))


@given(st.lists(st.binary(max_size=8).filter(lambda one: b"\n" not in one)), st.integers(1, 60))
def test_records_come_back_sorted_from_disk(records: list[bytes], size: int) -> None:
    """However little fits into memory, all records come back in order, as often as asked."""
    with Runs(size) as runs:
        for record in records:
            runs.add(record)

        assert sorted(records) == list(runs)
        assert sorted(records) == list(runs)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('<e:/id/person/x> <e:p> "a <b> ." <e:/graph/telegram/k> .', ("telegram/k", "")),
        ("<e:/id/unit/a/1/2#x> <e:p> <e:o> <e:/graph/authorities> .", ("authorities", "unit/a")),
        ("<e:term#T> <e:p> <e:o> <e:/graph/vocabulary> .", ("vocabulary", "e:term#T")),
        ('<e:s> <e:p> "no graph <g>" .', ("", "e:s")),
    ],
)
def test_a_statement_belongs_to_a_telegram_or_a_thing(line: str, place: tuple[str, str]) -> None:
    """The graph is the last term; in a shared graph the parts of a thing belong to it."""
    assert place == find_place(line.encode())
