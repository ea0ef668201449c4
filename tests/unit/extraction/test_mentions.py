"""Who and what a document names."""

from __future__ import annotations

from pathlib import Path

from telegram_builder import claims_of, read_telegram

from cablegraph.pipeline import read
from cablegraph.records.claims import Name

MENTIONS = "telegram/wcda-119999/claim/mentions-"


def test_who_is_no_party_is_mentioned(tmp_path: Path) -> None:
    """Names in summary and body are mentions, with every place; parties are none."""
    reading = read_telegram(
        tmp_path,
        summary="On Ridgway's offer.",
        russian="Риджуэю ответим. Мао Цзэдун ждёт.",
        english="We shall answer RIDGWAY.",
    )
    found = claims_of(reading, MENTIONS)

    assert {f"{MENTIONS}person-ridgway"} == {key for key in found if "person" in key}
    layers = [words.layer for words in found[f"{MENTIONS}person-ridgway"].evidence]
    assert ["catalogue", "transcript", "translation"] == layers


def test_an_archive_is_not_mentioned(tmp_path: Path) -> None:
    """The archives of a citation are no part of what the message says."""
    found = claims_of(read_telegram(tmp_path, english="We wait."), MENTIONS)

    assert not [key for key in found if "archive" in key or "wcda-org" in key]


def test_each_written_form_is_kept(tmp_path: Path) -> None:
    """Forms of one name in two scripts are forms of one person, in the nominative."""
    reading = read_telegram(tmp_path, russian="Риджуэю ответим.", english="Answer RIDGWAY.")
    found = claims_of(reading, "person/ridgway/name/")

    assert {"ru", "en"} == {claim.value.language for claim in found.values()}  # type: ignore[union-attr]
    assert {"Риджуэю", "RIDGWAY"} == {w.quote for c in found.values() for w in c.evidence}


def test_the_bracket_of_somebody_unlisted_gives_a_name_too(tmp_path: Path) -> None:
    """A pseudonym that nobody knows is not the only name of the person the bracket names."""
    seed = min((Path(__file__).parents[3] / "seeds").glob("001*.txt"))
    text = seed.read_text(encoding="utf-8")
    for old, new in (("Filippov [Stalin]", "Orlik [Petrushev]"), ("Филиппов", "Орлик")):
        text = text.replace(old, new)
    text = text.replace("FILIPPOV [Stalin]", "ORLIK [Petrushev]").replace("from Stalin", "from him")
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    names = {
        claim.value.form: claim.value.kind
        for claim in read(path).claims
        if isinstance(claim.value, Name) and claim.about == "person/petrushev"
    }

    assert names == {"Orlik": "pseudonym", "Орлик": "pseudonym", "Petrushev": "common"}
