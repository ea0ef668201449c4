"""An invented corpus with the troubles that only a comparison of documents shows."""

from __future__ import annotations

import random
from pathlib import Path

_TEXT = """{month} {day}, 1953
**Ciphered Telegram No. {number}, {sender} to Mao Zedong**

Citation:

"Ciphered Telegram, {sender} to Mao Zedong", {month} {day}, 1953, Archive of the \
President of the Russian Federation (APRF), fond 45, opis 1, delo {delo}, list {leaves},
<https://{host}/document/{key}>

Contents:

Translation - English

CIPHERED TELEGRAM No. {inside}

BEIJING--

TO COMRADE MAO ZEDONG

{words}

{sender}
"""
_SENDERS = ("Marenko", "Osbert", "Tarnowsky")
_MONTHS = ("January", "February", "March", "April", "May", "June")
_HOSTS = ("digitalarchive.wilsoncenter.org",) * 9 + ("digital-archive.dvincitest.com",)
_WORDS = (
    "We propose that a meeting of envoys be held in {place} on April {day}.",
    "The envoy of {place} has received the letter of the {day}th and agrees to the truce.",
    "Convey to the comrades in {place} that the delegation arrives on May {day}.",
)
_PLACES = ("Warsaw", "Vienna", "Prague", "Geneva")


def write_telegram(folder: Path, key: int, chance: random.Random, **said: object) -> Path:
    """Write a telegram; what is not said is left to chance, troubles too."""
    day = chance.randrange(1, 29)
    month = chance.randrange(len(_MONTHS))
    sender = chance.choice(_SENDERS)
    noise = chance.choice((0, 0, 0, -60, 60)) if sender == _SENDERS[0] else 0
    number = 100 + month * 30 + day + noise
    first = chance.randrange(1, 60)
    words = chance.choice(_WORDS).format(place=chance.choice(_PLACES), day=1 + day % 5)
    values: dict[str, object] = {
        "day": day, "month": _MONTHS[month], "number": number, "key": key,
        "inside": number + chance.choice((0, 0, 0, 700)), "sender": sender,
        "delo": 339 + chance.randrange(3), "leaves": f"{first}-{first + chance.randrange(3)}",
        "host": chance.choice(_HOSTS), "words": words,
    }  # fmt: skip
    path = folder / f"{'ab'[key % 2]}/telegram-{key}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_TEXT.format(**values | said), "utf-8")
    return path


def write_troubled(folder: Path, count: int, seed: int = 5) -> Path:
    """Write a corpus with gaps in its series, doubles and files that can't be read."""
    chance = random.Random(seed)
    for key in range(940000, 940000 + count):
        write_telegram(folder, key, chance)
    for key in chance.sample(range(940000, 940000 + count), 3):
        one = folder / f"{'ab'[key % 2]}/telegram-{key}.txt"
        (folder / f"b/z-double-{key}.txt").write_text(one.read_text("utf-8"), "utf-8")
    (folder / "a/broken.txt").write_bytes(b"\x00\x01\x02 no text")
    (folder / "b/empty.txt").write_text("", "utf-8")
    return folder
