"""tests/lines/names.txt: written names and the entities they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.table import Authorities

LINES = Path(__file__).parents[2] / "lines" / "names.txt"


def _cases() -> list[tuple[str, str, tuple[str, ...]]]:
    cases = []
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            written, language, keys = line.split("\t")
            cases.append((written, language, () if keys == "-" else tuple(keys.split(","))))
    return cases


CASES = _cases()


@pytest.mark.parametrize(("written", "language", "expected"), CASES, ids=[c[0] for c in CASES])
def test_a_written_name_gives_its_entity(
    matcher: Matcher, written: str, language: str, expected: tuple[str, ...]
) -> None:
    """A name resolves to the entities the bench gives, in any case, script or spelling."""
    found = matcher.resolve(written, language)

    assert expected == tuple(form.entity for form in found)


def test_precision_and_recall_have_a_floor(matcher: Matcher) -> None:
    """Every name of the bench is found, and nothing else is."""
    wanted = {(line, key) for line, case in enumerate(CASES) for key in case[2]}
    found = {
        (line, form.entity)
        for line, (written, language, _) in enumerate(CASES)
        for form in matcher.resolve(written, language)
    }

    assert len(CASES) >= 60
    assert (1.0, 1.0) == (len(found & wanted) / len(found), len(found & wanted) / len(wanted))


def test_looking_names_up_as_written_would_not_do(authorities: Authorities) -> None:
    """The bench is harder than exact comparison with the forms of the file (the dumb floor)."""
    exact = {form.form: form.entity for form in authorities.forms}
    wanted = [(written, keys[0]) for written, _, keys in CASES if keys]
    hits = sum(exact.get(written) == key for written, key in wanted)

    assert hits / len(wanted) < 0.4
