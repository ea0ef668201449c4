"""Who the loader is to a store, and that nobody else learns it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from loading_sample import Load
from store_double import Double

from cablegraph.errors import ConfigError
from cablegraph.loading.credentials import Credentials, find_credentials

SECRET = "open sesame"


@pytest.fixture(autouse=True)
def locked(double: Double) -> None:
    """Let the store ask for name and password."""
    double.password = SECRET


def test_without_a_name_the_store_is_refused_in_one_line(load: Load) -> None:
    """The remedy names where a password may be set."""
    result = load()

    assert 1 == result.exit_code
    assert "answers 401: it does not let us in; set CABLEGRAPH_STORE_USER and" in result.output


def test_name_and_password_come_from_the_environment(
    load: Load, double: Double, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They are sent after a challenge, and stand in no file, report or note."""
    monkeypatch.setenv("CABLEGRAPH_STORE_USER", "we")
    monkeypatch.setenv("CABLEGRAPH_STORE_PASSWORD", SECRET)
    result = load()

    assert 0 == result.exit_code, result.output
    assert "" == double.credentials[0]
    assert "sesame" not in result.output
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"sesame" in p.read_bytes()]


def test_name_and_password_come_from_netrc(load: Load, tmp_path: Path) -> None:
    """The file in the home folder is read for the host of the store."""
    (tmp_path / ".netrc").write_text(f'machine 127.0.0.1 login we password "{SECRET}"\n')
    (tmp_path / ".netrc").chmod(0o600)

    assert 0 == load().exit_code


def test_a_wrong_password_is_refused_without_a_second_try(
    load: Load, double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many tries could lock an account."""
    monkeypatch.setenv("CABLEGRAPH_STORE_USER", "we")
    monkeypatch.setenv("CABLEGRAPH_STORE_PASSWORD", "wrong")
    result = load("--store", "oxigraph")

    assert "does not let us in" in result.output
    assert 2 == len(double.credentials)


def test_a_token_is_sent_as_bearer(
    load: Load, double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a token every request has it."""
    double.password = ""
    monkeypatch.setenv("CABLEGRAPH_STORE_TOKEN", SECRET)
    load()

    assert {f"Bearer {SECRET}"} == set(double.credentials)


@pytest.mark.parametrize("url", ["http://we:sesame@127.0.0.1/", "http://sesame@127.0.0.1:1/sparql"])
def test_a_password_in_the_address_is_refused_unseen(load: Load, url: str) -> None:
    """It would stand in the list of processes and in the history of the shell."""
    result = load(to=url)

    assert "ConfigError: the address of 127.0.0.1 holds a name or a password; set CAB" in (
        result.output
    )
    assert "sesame" not in result.output


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "127.0.0.1:7878", "http://[::1", "http://a/?x=1"]
)
def test_what_is_no_address_is_refused(load: Load, url: str) -> None:
    """Only plain addresses of the web are taken."""
    result = load(to=url)

    assert 1 == result.exit_code
    assert "ConfigError: " in result.output


def test_half_of_a_name_is_refused() -> None:
    """A name without a password is told, not sent."""
    with pytest.raises(ConfigError, match="CABLEGRAPH_STORE_PASSWORD is not"):
        find_credentials("http://a.example/", {"CABLEGRAPH_STORE_USER": "we"})


def test_a_broken_netrc_is_told_by_its_line_alone(tmp_path: Path) -> None:
    """What stands in the file is not repeated."""
    path = tmp_path / "netrc"
    path.write_text("machine a.example login we\nsesame\n")
    with pytest.raises(ConfigError) as told:
        find_credentials("http://a.example/", {"NETRC": str(path)})

    assert re.match(
        rf"{path}:[23]:1: ConfigError: not readable as netrc; mend the line", str(told.value)
    )
    assert "sesame" not in str(told.value)


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    """Neither variables nor netrc: no credentials; another host's are not taken."""
    (tmp_path / ".netrc").write_text("machine b.example login we password sesame\n")
    home = {"HOME": str(tmp_path)}

    assert find_credentials("http://a.example/", home) is None
    found = find_credentials("http://b.example:7878/store", home)
    assert Credentials(str(tmp_path / ".netrc"), "we", "sesame") == found
    assert "sesame" not in repr(found)
