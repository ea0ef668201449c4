"""What the database settles by series is what is settled with all readings at hand."""

from __future__ import annotations

import random
from pathlib import Path

from cablegraph.extraction.series import find_place, settle_by_series
from cablegraph.partitions.series import SeriesTable, Standing
from cablegraph.partitions.store import open_database
from cablegraph.records.claims import Claim, Date, Number, Party, Reading


def _reading(key: str, chance: random.Random) -> Reading:
    """Return a document of some series, with a settled number, an open one, or both."""
    about, day = f"telegram/{key}", f"195{chance.choice('12')}-0{chance.choice('123')}-11"
    values: list[Date | Party] = [Date("catalogue-date", (day,), day)]
    values += [Party("sender", one) for one in chance.sample(("person/a", "person/b"), 1)]
    values += [Party("addressee", one) for one in chance.sample(("org/x", "org/y"), 2)[: key > "m"]]
    values.append(Party("addressee", "org/z"))
    claims = [
        Claim(key=f"{about}/{number}", about=about, value=value, evidence=(), rule="x")
        for number, value in enumerate(values)
    ]
    open_numbers = [str(chance.randrange(1, 1200)) for _ in range(chance.choice((0, 0, 2, 3)))]
    keys = [f"{about}/number/{number}" for number in range(len(open_numbers))]
    for own, written in zip(keys, open_numbers, strict=True):
        rivals = tuple(other for other in keys if other != own)
        value = Number("cipher-telegram-number", written)
        claims.append(
            Claim(key=own, about=about, value=value, evidence=(), rule="x", rivals=rivals,
                  status="unresolved")
        )  # fmt: skip
    if not open_numbers or chance.random() < 0.3:
        value = Number("cipher-telegram-number", str(100 * int(day[6]) + chance.randrange(99)))
        claims.append(Claim(key=f"{about}/sure", about=about, value=value, evidence=(), rule="x"))
    return Reading(key=key, source=key, sha256="0", claims=tuple(claims), texts={})


def _settled(readings: list[Reading]) -> dict[str, tuple[str, str | None]]:
    """Return the number preferred in each reading that is settled, with the reason."""
    return {
        reading.key: (claim.key, claim.reason)
        for reading in settle_by_series(readings)
        for claim in reading.claims
        if isinstance(claim.value, Number) and claim.status == "preferred"
    }


def test_the_database_settles_as_the_readings_do(tmp_path: Path) -> None:
    """Whatever comes, goes and changes, in buckets: the same winners, for the same reasons."""
    chance, settled = random.Random(1), 0
    with open_database(tmp_path) as db:
        table = SeriesTable(db)
        readings = {f"{chr(97 + n % 26)}{n}": _reading(f"{n}", chance) for n in range(30)}
        for _ in range(25):
            key = chance.choice(sorted(readings))
            del readings[key]
            for new in (chance.choice(sorted(readings)), f"n{chance.randrange(99)}"):
                readings[new] = _reading(new, chance)
            keys = sorted(readings)
            for start in range(0, 45, 3):
                places = [find_place(readings[one]) for one in keys[start : start + 3]]
                table.replace(f"d{start}", [Standing(place) for place in places if place])
            table.decide()
            found: dict[str, tuple[str, str | None]] = {}
            for start in range(0, 45, 3):
                _, said = table.of_bucket(f"d{start}")
                found |= {key: (one.winner, one.reason) for key, one in said.items()}
            assert _settled(list(readings.values())) == found
            settled += len(found)
    assert settled > 50


def test_a_series_that_nothing_touched_is_not_decided(tmp_path: Path) -> None:
    """The same documents again change nothing and touch nothing."""
    chance = random.Random(2)
    places = [find_place(_reading(f"{number}", chance)) for number in range(9)]
    standings = [Standing(place) for place in places if place]
    with open_database(tmp_path) as db:
        table = SeriesTable(db)
        touched = []
        for _ in range(2):
            table.replace("d", standings)
            touched.append(db.execute("SELECT COUNT(*) FROM touched_series").fetchone()[0])
            table.decide()
    assert touched[0]
    assert 0 == touched[1]
