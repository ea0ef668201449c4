"""Another word in a document makes another graph: nothing is known of a seed but its words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cablegraph.pipeline import read
from cablegraph.records.claims import Claim, Number, Party, Reading, Reference

ROOT = Path(__file__).parents[2]
FIRST, SECOND = sorted(path.name for path in (ROOT / "seeds").glob("*.txt"))


@pytest.fixture
def change(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Return a function that changes words of a seed and reads the result."""

    def changed(name: str, *pairs: tuple[str, str]) -> Reading:
        folder = tmp_path / "changed"
        shutil.copytree(ROOT / "seeds", folder, dirs_exist_ok=True)
        text = (ROOT / "seeds" / name).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
        return read(folder / name)

    return changed


def claims(reading: Reading) -> dict[str, Claim]:
    return {claim.key: claim for claim in reading.claims}


def numbers(reading: Reading, kind: str) -> dict[str, str | None]:
    return {
        claim.value.written: claim.status
        for claim in reading.claims
        if isinstance(claim.value, Number) and claim.value.kind == kind
    }


def references(reading: Reading) -> list[Reference]:
    return [claim.value for claim in reading.claims if isinstance(claim.value, Reference)]


def test_another_number_is_read(change) -> None:  # type: ignore[no-untyped-def]
    """A number that all witnesses share has no rival; the truncated scan still agrees."""
    reading = change(FIRST, ("No. 2950", "No. 4711"), ("No. 3950", "No. 4711"), ("№ 39 ", "№ 47 "))

    assert numbers(reading, "cipher-telegram-number") == {"4711": "preferred", "47": "unresolved"}


def test_two_witnesses_of_equal_weight_stay_open(change) -> None:  # type: ignore[no-untyped-def]
    """Where nothing outweighs the other, nobody is preferred."""
    reading = change(SECOND, ("CIPHERED TELEGRAM No. 3917", "CIPHERED TELEGRAM No. 3971"))
    found = numbers(reading, "cipher-telegram-number")

    assert set(found) == {"3917", "3971"}
    assert "preferred" not in found.values()


def test_another_fond_and_another_archive_are_read(change) -> None:  # type: ignore[no-untyped-def]
    """The shelf marks are those of the citation, whatever they are."""
    reading = change(FIRST, ("APRF, f. 45, op. 1", "GARF, f. 9401s, op. 2"))
    (reference,) = references(reading)

    assert (reference.archive, reference.fond, reference.opis) == ("archive/garf", "9401s", "2")


def test_a_third_archive_is_read(change) -> None:  # type: ignore[no-untyped-def]
    """An archive that the authority file does not know becomes one of its own, marked so."""
    reading = change(
        FIRST, ("d. 339, l. 11.", "d. 339, l. 11; and XYZA, f. 7, op. 2b, d. 8, ll. 1-3.")
    )

    assert [one.archive for one in references(reading)] == ["archive/aprf", "archive/xyza"]
    assert claims(reading)["archive/xyza"].rule == "unlisted-archive"


def test_another_sender_is_read(change) -> None:  # type: ignore[no-untyped-def]
    """A sender that nobody knows becomes one person in both scripts."""
    reading = change(
        SECOND,
        ("Filippov [Stalin]", "Zabelin"),
        ("FILIPPOV [Stalin]", "ZABELIN"),
        ("Филиппов", "Забелин"),
        ("Telegram from Stalin", "Telegram from Zabelin"),
    )
    senders = [
        c.value for c in reading.claims if isinstance(c.value, Party) and c.value.role == "sender"
    ]

    assert [sender.agent for sender in senders] == ["person/zabelin"]
    assert claims(reading)["person/zabelin"].rule == "unlisted-name"
    assert not any("stalin" in claim.key for claim in reading.claims
                   if "recordset" not in claim.key and "message/" not in claim.key)  # fmt: skip


def test_another_addressee_is_read(change) -> None:  # type: ignore[no-untyped-def]
    """The party that the message is for is its addressee, in every case of the name."""
    reading = change(
        FIRST,
        ("Mao Zedong", "Kim Il Sung"),
        ("MAO ZEDONG", "KIM IL SUNG"),
        ("МАО ЦЗЕ-ДУНА", "КИМ ИР СЕНА"),
        ("МАО ЦЗЕ-ДУНУ", "КИМ ИР СЕНУ"),
        ("МАО ЦЗЭДУНУ", "КИМ ИР СЕНУ"),
    )
    found = {c.value.agent for c in reading.claims if isinstance(c.value, Party)
             and c.value.role == "addressee"}  # fmt: skip

    assert found == {"person/kim"}
    assert "message/kim-stalin-1951-07-03" in claims(reading)


def test_no_seed_is_named_in_the_source() -> None:
    """No record number, file name or digest of a seed stands in the code or its data."""
    words = re.compile("112147|110374|1913699800420464|71755d70ca69669f|wcda-11|3950|3917")
    named = [
        f"{path}: {line.strip()[:80]}"
        for path in sorted((ROOT / "src").rglob("*"))
        if path.is_file() and path.suffix in (".py", ".csv", ".toml", ".txt", ".lark")
        for line in path.read_text(encoding="utf-8").splitlines()
        if words.search(line) and ">>>" not in line
    ]

    assert named == []
