"""Settings come from the collection's cablegraph.toml, and a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.config import Settings, find_config, read_settings
from cablegraph.errors import ConfigError


def test_without_a_file_every_setting_has_its_default() -> None:
    """A single document can be read with no collection round it."""
    settings = read_settings(None)

    assert settings.base == Settings().base
    assert (settings.authorities / "entities.csv").is_file()


def test_the_file_is_found_above_the_source(tmp_path: Path) -> None:
    """A document in a folder below the settings belongs to that collection."""
    config = tmp_path / "cablegraph.toml"
    config.write_text('title = "Cables"\n')
    source = tmp_path / "1951" / "a.txt"
    source.parent.mkdir()
    source.touch()

    assert find_config([source]) == config.resolve()
    assert read_settings(config).title == "Cables"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tittle = 'x'\n", "cablegraph.toml:1:1: ConfigError: tittle is 'x'; use one of"),
        ("title = 'x'\nbase = 'example.org'\n", ":2:1: ConfigError: base is 'example.org'; write"),
        ("title = 3\n", ":1:1: ConfigError: title is 3; write it in quotation marks"),
        ("authorities = 'nowhere'\n", ":1:1: ConfigError: authorities is 'nowhere'; name"),
        ("issued = 'today'\n", ":1:1: ConfigError: issued is 'today'; write the day"),
        ("title = \n", "ConfigError: not readable as TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    """The error says where, what and what to do."""
    path = tmp_path / "cablegraph.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_settings(path)

    assert words in str(caught.value)


def test_the_day_of_issue_may_come_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH sets the day; the clock is never asked."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")

    assert read_settings(None).issued == "1970-01-01"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(ConfigError, match="whole number"):
        read_settings(None)
