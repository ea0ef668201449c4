"""Posts and coordinates are read beside the authority file and refused where they can't be."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.authorities.table import Authorities
from cablegraph.errors import AuthorityError, Faults, LinkError, lines
from cablegraph.links.tables import read_points, read_roles

ROLES = "key,post_en,post_ru,body,from,to,source\n"
PLACES = "key,latitude,longitude,source\n"


def test_a_collection_need_have_neither(folder: Path, authorities: Authorities) -> None:
    """Without the files there are no posts and no points."""
    assert ((), ()) == (read_roles(folder, authorities), read_points(folder, authorities))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("person/nobody,Cook,,,,,A", "2:1: LinkError: no entity 'person/nobody'"),
        ("place/torgau,Cook,,,,,A", "2:1: LinkError: 'place/torgau' is no person"),
        ("person/petrov,,,,,,A", "2:15: LinkError: the English name of the post is empty"),
        ("person/petrov,Cook,,org/no,,,A", "2:21: LinkError: no entity 'org/no'"),
        ("person/petrov,Cook,,,1951-13,,A", "2:22: LinkError: from is '1951-13'"),
        ("person/petrov,Cook,,,1951-07,1950,A", "2:30: LinkError: ends 1950, before it begins"),
        ("person/petrov,Cook,,,,,", "2:24: LinkError: the source is empty"),
    ],
)
def test_a_post_that_cannot_be_is_refused(
    folder: Path, authorities: Authorities, line: str, said: str
) -> None:
    """The cell to blame is named by line and column."""
    path = folder / "roles.csv"
    path.write_text(ROLES + line + "\n", encoding="utf-8")
    with pytest.raises(LinkError) as caught:
        read_roles(folder, authorities)

    assert str(caught.value).startswith(f"{path}:{said}")


def test_a_year_within_the_year_of_the_end_is_no_contradiction(
    folder: Path, authorities: Authorities
) -> None:
    """Days of different precision are compared as far as both go."""
    (folder / "roles.csv").write_text(ROLES + "person/petrov,Cook,,,1951-07,1951,A\n")

    assert [("1951-07", "1951")] == [(r.begin, r.end) for r in read_roles(folder, authorities)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("place/torgau,91,13,A", "2:14: LinkError: latitude is '91'"),
        ("place/torgau,51,181,A", "2:17: LinkError: longitude is '181'"),
        ("place/torgau,51N,13,A", "2:14: LinkError: latitude is '51N'"),
        ("person/petrov,51,13,A", "2:1: LinkError: 'person/petrov' is no place"),
    ],
)
def test_a_point_nowhere_is_refused(
    folder: Path, authorities: Authorities, line: str, said: str
) -> None:
    """Degrees are numbers on the globe."""
    path = folder / "places.csv"
    path.write_text(PLACES + line + "\n", encoding="utf-8")
    with pytest.raises(LinkError) as caught:
        read_points(folder, authorities)

    assert str(caught.value).startswith(f"{path}:{said}")


def test_several_faults_come_together(folder: Path, authorities: Authorities) -> None:
    """Each bad or repeated row has its line."""
    body = "place/torgau,1,2,A\nplace/torgau,1,2,A\nplace/no,1,2,A\n"
    (folder / "places.csv").write_text(PLACES + body)
    with pytest.raises(Faults) as caught:
        read_points(folder, authorities)

    assert 2 == len(list(lines(caught.value)))


def test_a_wrong_header_is_refused(folder: Path, authorities: Authorities) -> None:
    """The columns are those that are documented."""
    (folder / "places.csv").write_text("key,lat,long,source\n")
    with pytest.raises(AuthorityError):
        read_points(folder, authorities)
