"""The editors' ledger is applied after the rules, published, and checked for being stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.authorities.decisions import decide, read_decisions
from cablegraph.errors import DecisionError
from cablegraph.records.claims import Claim, Message, Number, Reading

HEADER = "document,claim,action,field,value,by,date,reason\n"


def number(value: str, *rivals: str, status: str | None = None) -> Claim:
    return Claim(
        key=f"telegram/t-1/number/{value}",
        about="telegram/t-1",
        value=Number("cipher-telegram-number", value),
        evidence=(),
        rule="cipher-telegram-number",
        status=status,  # type: ignore[arg-type]
        rivals=tuple(f"telegram/t-1/number/{rival}" for rival in rivals),
    )


def a_reading(*claims: Claim) -> Reading:
    return Reading(key="t-1", source="a.txt", sha256="0" * 64, claims=claims, texts={})


def ledger(folder: Path, *rows: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_an_editor_prefers_one_of_two_rivals(tmp_path: Path) -> None:
    """The one is preferred, the other kept as alternative, both with who, when and why."""
    path = ledger(
        tmp_path, "t-1,telegram/t-1/number/12,prefer,,,N. N.,2026-01-02,seen the original"
    )
    reading = a_reading(
        number("12", "21", status="unresolved"), number("21", "12", status="preferred")
    )
    found = decide(reading, read_decisions(path), str(path))

    assert [claim.status for claim in found.claims] == ["preferred", "alternative"]
    assert found.claims[0].reason == "decided by N. N., 2026-01-02: seen the original"
    assert len(found.decisions) == 1


def test_an_editor_corrects_a_label_but_not_what_was_written(tmp_path: Path) -> None:
    """A label is the editors'; a number as written is the document's."""
    message = Claim(
        key="message/a",
        about="message/a",
        value=Message("cbl:Telegram", "old", "referenced-only"),
        evidence=(),
        rule="message-referred-to",
    )
    path = ledger(tmp_path, "t-1,message/a,correct,label,new,N. N.,2026-01-02,clearer")
    found = decide(a_reading(message), read_decisions(path), str(path))

    assert found.claims[0].value == Message("cbl:Telegram", "new", "referenced-only")


def test_a_stale_decision_is_reported(tmp_path: Path) -> None:
    """A row whose claim is no longer there is a warning at its line, and changes nothing."""
    path = ledger(tmp_path, "t-1,telegram/t-1/number/99,reject,,,N. N.,2026-01-02,misread")
    found = decide(a_reading(number("12")), read_decisions(path), str(path))
    (finding,) = found.findings

    assert (finding.line, finding.severity, finding.code) == (2, "warning", "stale-decision")
    assert found.decisions == ()


def test_decisions_on_other_documents_are_left_alone(tmp_path: Path) -> None:
    """A collection may be built in part: rows on absent documents are not stale."""
    path = ledger(tmp_path, "t-2,telegram/t-2/number/1,reject,,,N. N.,2026-01-02,misread")

    assert decide(a_reading(number("12")), read_decisions(path), str(path)).findings == ()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("t-1,x,favour,,,N. N.,2026-01-02,why", "action is 'favour'; write one of"),
        ("t-1,x,reject,,,N. N.,yesterday,why", "date is 'yesterday'; write it as"),
        ("t-1,x,reject,,,,2026-01-02,why", "by is empty"),
        ("t-1,x,correct,,,N. N.,2026-01-02,why", "without field or value"),
    ],
)
def test_a_malformed_row_is_named(tmp_path: Path, row: str, words: str) -> None:
    """The error has the place of the cell and says what to write."""
    path = ledger(tmp_path, row)
    with pytest.raises(DecisionError) as caught:
        read_decisions(path)

    assert str(caught.value).startswith(f"{path}:2:")
    assert words in str(caught.value)
