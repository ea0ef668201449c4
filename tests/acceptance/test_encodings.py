"""The same document in another encoding, with other line ends or letters, gives the same claims."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from cablegraph.pipeline import read
from cablegraph.records.claims import Reading, Version

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
Dress = Callable[[str], bytes]
DRESSES: dict[str, Dress] = {
    "windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old mac line ends": lambda text: text.replace("\n", "\r").encode(),
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "letters taken apart": lambda text: unicodedata.normalize("NFD", text).encode(),
    "no-break spaces": lambda text: text.replace(" 339", "\u00a0339").encode(),
    "soft hyphens": lambda text: text.replace("телеграмм", "теле\u00adграмм").encode(),
    "latin look-alikes": lambda text: text.replace("МАО", "МAО").encode(),
}


def said(reading: Reading) -> set[tuple[str, str]]:
    """Return keys and values; where a text version stands differs with the bytes."""
    return {(c.key, repr(c.value)) for c in reading.claims if not isinstance(c.value, Version)}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("dress", sorted(DRESSES))
def test_another_dress_changes_no_claim(dress: str, seed: Path, tmp_path: Path) -> None:
    """Keys and values are those of the plain file, and every span is exact in its own text."""
    text = seed.read_text(encoding="utf-8")
    plain, other = tmp_path / "plain.txt", tmp_path / "other.txt"
    plain.write_bytes(text.encode())
    other.write_bytes(DRESSES[dress](text))
    reading = read(other)
    source = other.read_bytes().decode("utf-16" if dress == "utf-16" else "utf-8-sig")

    assert said(reading) == said(read(plain))
    for claim in reading.claims:
        for words in claim.evidence:
            assert source[words.start : words.end] == words.quote
