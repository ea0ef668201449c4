"""The seeds built twice, with one thing changed: what differs, and that the cause is found."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cablegraph.comparison.compare import Comparison
from cablegraph.comparison.model import Group
from cablegraph.comparison.patch import make_patch
from cablegraph.pipeline import build

from .comparison_builds import compared, kinds
from .test_diff_of_lines import apply, quads

ROOT = Path(__file__).parents[3]
DOCUMENTS = sorted(path.name for path in (ROOT / "seeds").glob("*.txt"))
PERSON = "person/krasovsky"
Change = Callable[[Path], None]


def edit(path: Path, old: str, new: str) -> None:
    """Replace words of a file that must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def another_word(folder: Path) -> None:
    """Change a number of a telegram in one document."""
    edit(folder / DOCUMENTS[1], "No. 3917", "No. 3971")


def another_entry(folder: Path) -> None:
    """Take a person out of the authority file."""
    for path in sorted((folder / "authorities").glob("*.csv")):
        rows = path.read_text("utf-8").splitlines(keepends=True)
        kept = [row for row in rows if not row.startswith(f"{PERSON},")]
        path.write_text("".join(kept), "utf-8", newline="\n")


def one_decision_less(folder: Path) -> None:
    """Take the last row out of the ledger."""
    path = folder / "decisions.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows[:-1])


def one_document_less(folder: Path) -> None:
    """Take a document away."""
    (folder / DOCUMENTS[0]).unlink()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Change | None], Path]:
    """Return a function that builds the seeds after a change; each build is made once."""
    made: dict[str, Path] = {}

    def make(change: Change | None = None) -> Path:
        name = change.__name__ if change else "as_they_are"
        if name not in made:
            # The name of the folder stands in the records.
            folder = tmp_path_factory.mktemp(name) / "seeds"
            shutil.copytree(ROOT / "seeds", folder)
            if change:
                change(folder)
            made[name] = folder.parent / "output"
            build([folder], made[name])
        return made[name]

    return make


Built = Callable[..., Path]


def telegrams(groups: dict[str, Group]) -> dict[str, list[str]]:
    """Return the causes of each telegram that differs."""
    return {name: kinds(group) for name, group in groups.items() if group.is_telegram}


def test_another_word_is_found_with_its_place(built: Built) -> None:
    """The telegram of the document differs by its source; old and new number have their words."""
    groups = compared(built(), built(another_word))
    ((name, causes),) = telegrams(groups).items()
    numbers = [told for told in groups[name].claims if told.field == "cipher telegram number"]

    assert ["source"] == causes
    (told,) = numbers
    assert told.old is not None
    assert told.new is not None
    assert ("3917", "3971") == (told.old.value, told.new.value)
    for side, output in ((told.old, built()), (told.new, built(another_word))):
        for place in side.words:
            text = (output.parent / "seeds" / place.file).read_text("utf-8")
            line = text.split("\n")[place.line - 1]
            assert line[place.column - 1 :].startswith(place.quote)


def test_another_entry_is_the_authority(built: Built) -> None:
    """Both telegrams name the person; the entry is named, and the source is not blamed."""
    groups = compared(built(), built(another_entry))

    assert {"authority"} == {cause for causes in telegrams(groups).values() for cause in causes}
    assert "authority" in kinds(groups[f"authorities {PERSON}"])
    assert all(PERSON in group.why[0].detail for group in groups.values()
               if group.is_telegram)  # fmt: skip


def test_a_decision_less_is_the_decision(built: Built) -> None:
    """One telegram differs, by the row that was taken out, with its reason."""
    groups = compared(built(), built(one_decision_less))
    (causes,) = telegrams(groups).values()
    ledger = (ROOT / "seeds/decisions.csv").read_text("utf-8")
    last = list(csv.DictReader(io.StringIO(ledger)))[-1]

    assert ["decision"] == causes
    (group,) = (group for group in groups.values() if group.is_telegram)
    assert last["reason"] in group.why[0].detail
    assert group.why[0].detail.startswith("taken out: ")


def test_a_document_less_is_removed(built: Built) -> None:
    """All that was said of the document is gone; what others say too has it as cause."""
    groups = compared(built(), built(one_document_less))
    found = telegrams(groups)

    assert ["document-removed"] in found.values()
    whole = next(g for g in groups.values() if g.is_telegram and kinds(g) == ["document-removed"])
    assert () == whole.added
    assert {"removed"} == {told.change for told in whole.claims}
    assert ["document-removed"] == [
        kind
        for name, group in groups.items()
        if name.startswith("dataset")
        for kind in kinds(group)
    ]


def test_another_rule_is_the_rule(built: Built, tmp_path: Path) -> None:
    """Where all inputs are the same and a claim is not, its rule and the version are named."""
    new = tmp_path / "output"
    shutil.copytree(built(), new)
    record = sorted((new / "records").glob("*.json"))[0]
    content = json.loads(record.read_bytes())
    claim = next(
        one
        for one in content["claims"]
        if one["value"]["is"] == "date" and one["certainty"] == "certain"
    )
    claim["certainty"] = "doubtful"
    record.write_text(json.dumps(content), "utf-8")
    graph = new / "graph/cablegraph.nq"
    rows = graph.read_text("utf-8").split("\n")[:-1]
    start = f"<https://w3id.org/cablegraph/id/{claim['key']}> <https://w3id.org/cablegraph/def#certainty>"
    changed = [
        row.replace("/certain>", "/doubtful>") if row.startswith(start) else row for row in rows
    ]
    assert rows != changed
    graph.write_text("".join(row + "\n" for row in sorted(changed)), "utf-8", newline="\n")
    edit(new / "MANIFEST.json", '"tool": "', '"tool": "9.')
    (group,) = compared(built(), new).values()

    assert ["rule"] == kinds(group)
    assert group.why[0].detail.startswith(f"{claim['rule']}; cablegraph ")
    (told,) = group.claims
    assert ("certainty: certain → doubtful",) == told.differences


@pytest.mark.parametrize(
    "change", [another_word, another_entry, one_decision_less, one_document_less]
)
def test_the_patch_leads_from_build_to_build(change: Change, built: Built) -> None:
    """Applied to the old statements the patch gives the new ones; every change is in a group."""
    old, new = (
        (folder / "graph/cablegraph.nq").read_text("utf-8").split("\n")[:-1]
        for folder in (built(), built(change))
    )
    groups = list(Comparison(built(), built(change)).groups())

    assert quads(new) == apply(make_patch(built(), built(change)), old)
    assert set(new) - set(old) == {line for group in groups for line in group.added}
    assert set(old) - set(new) == {line for group in groups for line in group.removed}
