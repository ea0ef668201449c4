"""Write made-up telegrams in the layout of the collection and read them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cablegraph.pipeline import read
from cablegraph.records.claims import Claim, Reading

SEEDS = Path(__file__).parents[3] / "seeds" / "cablegraph.toml"
TITLE = "Ciphered Telegram No. 12, Filippov [Stalin] to Krasovsky, for Mao Zedong"
HEAD_RU = "ШИФРТЕЛЕГРАММА № 12\n\nПЕКИН, КРАСОВСКОМУ.\n\nДля тов. МАО ЦЗЕ-ДУНА."
HEAD_EN = "CIPHERED TELEGRAM No. 12\n\nBEIJING, TO KRASOVSKY.\nFor Comrade MAO ZEDONG."


def write_telegram(
    folder: Path,
    *,
    date: str = "July 3, 1951",
    citation: str = "APRF, f. 45, op. 1, d. 339, l. 11.",
    summary: str = "A summary.",
    scan: str | None = None,
    russian: str | None = None,
    english: str | None = None,
    foot: str = "",
    number: int = 119999,
) -> Path:
    """Write a document; a text not given is not announced, *foot* ends the scan."""
    texts = {
        "Original Scan": scan and f"{HEAD_RU}\n\n{scan}\n\nФИЛИППОВ\n\n{foot}",
        "Transcript - Russian": russian and f"{HEAD_RU}\n\n{russian}\n\nФИЛИППОВ",
        "Translation - English": english and f"{HEAD_EN}\n\n{english}\n\nFILIPPOV [Stalin]",
    }
    given = {name: text for name, text in texts.items() if text}
    contents = "\n".join(given)
    body = "\n\n[...]\n\n".join(given.values())
    path = folder / f"{number}.txt"
    path.write_text(
        f'{date}\n**{TITLE}**\n\nCitation:\n\n"{TITLE}", {date}, Wilson Center Digital Archive, '
        f"{citation}\n<https://digitalarchive.wilsoncenter.org/document/{number}>\n\n"
        f"Summary:\n\n{summary}\n\nOriginal Language:\n\nRussian\n\nContents:\n\n{contents}\n\n"
        f"[...]\n\n{body}\n\n[...]\n",
        encoding="utf-8",
    )
    return path


def read_telegram(folder: Path, **words: str | int) -> Reading:
    """Write a document and read it with the authority file of the seeds."""
    return read(write_telegram(folder, **words), config=SEEDS)  # type: ignore[arg-type]


def claims_of(reading: Reading, start: str) -> dict[str, Claim]:
    """Return the claims whose key begins so."""
    return {claim.key: claim for claim in reading.claims if claim.key.startswith(start)}


@cache
def seeds_reading(name: str) -> Reading:
    """Read one of the seeds, by the beginning of its name."""
    (path,) = SEEDS.parent.glob(f"{name}*.txt")
    return read(path, config=SEEDS)
