"""Totals are those of the buckets that there are, whatever was there before."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cablegraph.partitions.buckets import Bucket
from cablegraph.partitions.state import State
from cablegraph.partitions.store import open_database
from cablegraph.partitions.summary import Document, Fault, Summary, find_worst
from cablegraph.records.claims import Finding

SEVERITIES = st.sampled_from(["violation", "warning", "info"])
FINDINGS = st.builds(
    Finding,
    path=st.sampled_from("ab"),
    line=st.integers(1, 3),
    column=st.integers(1, 2),
    severity=SEVERITIES,
    code=st.sampled_from(["one", "two"]),
    message=st.just(""),
    remedy=st.just(""),
)
NUMBERS = st.dictionaries(st.sampled_from(["documents", "claims"]), st.integers(0, 3))
SUMMARIES = st.builds(
    Summary,
    counts=NUMBERS,
    codes=NUMBERS,
    findings=st.lists(FINDINGS, max_size=4).map(tuple),
    faults=st.lists(st.builds(Fault, *[st.sampled_from("xy")] * 5), max_size=2).map(tuple),
)
ACTS = st.lists(st.tuples(st.sampled_from(["d0", "d1"]), SUMMARIES | st.none()), max_size=6)


def test_totals_are_those_of_what_is_there(tmp_path: Path) -> None:
    """Buckets entered, entered again and dropped leave the sums of those that are left."""
    with open_database(tmp_path) as db:
        state = State(db)

        @given(ACTS)
        def check(acts: list[tuple[str, Summary | None]]) -> None:
            there: dict[str, Summary] = {}
            for name, made in [("d0", None), ("d1", None), *acts]:
                state.drop(name)
                there.pop(name, None)
                if made is not None:
                    state.enter(Bucket(name, ()), "print", Summary())
                    state.enter(Bucket(name, ()), "print", made)
                    there[name] = made
            _check_sums(state, list(there.values()))

        check()


def _check_sums(state: State, there: list[Summary]) -> None:
    found = state.totals
    for kind, sums in (("counts", found.counts()), ("codes", found.codes())):
        said = [getattr(one, kind) for one in there]
        names = sorted({name for one in said for name in one})
        assert {name: sum(one.get(name, 0) for one in said) for name in names} == sums
    every = [one for made in there for one in made.findings]
    for most in (0, 2, 9):
        assert find_worst(every, most) == found.worst(most)
    assert sorted(one for made in there for one in made.faults) == sorted(found.faults())


def test_only_other_documents_make_the_list_anew(tmp_path: Path) -> None:
    """The list of documents is written again if one came or went, not if one changed."""
    with open_database(tmp_path) as db:
        state, lists = State(db), []
        for keys in ("ab", "ab", "ac", ""):
            documents = tuple(Document(key, "f", f"x/{key}") for key in keys)
            state.enter(Bucket("d", ()), "print", Summary(documents=documents))
            lists.append(state.dirty())
            for shard in lists[-1]:
                state.is_clean(shard)

    assert [True, False, True, True] == [bool(one) for one in lists]


def test_documents_with_one_key_are_known_until_settled(tmp_path: Path) -> None:
    """A key in two buckets is a double at once; one whose first is gone is one, too."""
    with open_database(tmp_path) as db:
        state = State(db)
        state.enter(Bucket("d0", ()), "print", Summary(documents=(Document("k", "a", "x/k"),)))
        assert [] == list(state.doubles())
        state.enter(Bucket("d1", ()), "print", Summary(documents=(Document("k", "b", "x/k"),)))
        places = [("a", "d0", 0, True), ("b", "d1", 0, True)]
        assert [("k", places)] == list(state.doubles())
        state.enter(Bucket("d1", ()), "print", Summary(documents=(Document("k", "b", ""),)))
        state.is_settled()
        assert ["k"] == [key for key, _ in state.doubles()]
        state.drop("d0")

        assert [("k", [("b", "d1", 0, False)])] == list(state.doubles())
