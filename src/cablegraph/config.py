"""Settings of a collection, from its cablegraph.toml."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cablegraph.errors import ConfigError, shown
from cablegraph.resources import authorities_path

NAME = "cablegraph.toml"
_KEYS = {
    "base", "title", "description", "publisher", "creator", "licence", "rights", "source",
    "issued", "authorities", "decisions", "links",
}  # fmt: skip
_LINKS = "links.sssom.tsv"  # made by the first answer to `cablegraph link`
_PATHS = ("authorities", "decisions", "links")  # read against the folder of the file


@dataclass(frozen=True, slots=True)
class Settings:
    """What the publisher of a collection decides.

    Units: ``base`` is an absolute IRI that ends in a slash; ``issued`` an ISO date, or None.
    """

    base: str = "https://w3id.org/cablegraph/"
    title: str = "Diplomatic messages"
    description: str = ""
    publisher: str = ""
    creator: str = ""
    licence: str = "https://creativecommons.org/publicdomain/zero/1.0/"
    rights: str = ""
    source: str = ""
    issued: str | None = None
    authorities: Path = field(default_factory=authorities_path)
    decisions: Path | None = None
    links: Path | None = None


def find_config(sources: Sequence[Path]) -> Path | None:
    """Return the cablegraph.toml of the first source: in its folder or in one above it."""
    for source in sources[:1]:
        start = source.resolve() if source.is_dir() else source.resolve().parent
        for folder in (start, *start.parents):
            if (folder / NAME).is_file():
                return folder / NAME
    return None


def read_settings(path: Path | None) -> Settings:
    """Read a collection's settings; without a file every setting has its default.

    Shape: paths in the file are relative to it; authorities and decisions beside it are used
        though it does not name them.
    Raises:
        ConfigError: if the file is not TOML, has an unknown key or a value that can't be used.
    """
    if path is None:
        return Settings(issued=_issued({}, None))
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise ConfigError(
            f"not readable as TOML ({cause})", where=f"{path}:1:1", remedy="mend the file"
        ) from cause
    _check_keys(data, path)
    values = {key: value for key, value in data.items() if key not in _PATHS}
    values["issued"] = _issued(data, path)
    folder = path.parent
    authorities = folder / str(data.get("authorities", "authorities"))
    decisions = folder / str(data.get("decisions", "decisions.csv"))
    if authorities.is_dir():
        values["authorities"] = authorities
    elif "authorities" in data:
        raise _fault(path, "authorities", data["authorities"], "name a folder that exists")
    if decisions.is_file():
        values["decisions"] = decisions
    links = folder / str(data.get("links", _LINKS))
    if links.is_file():
        values["links"] = links
    elif data.get("links", _LINKS) != _LINKS:
        raise _fault(path, "links", data["links"], "name a mapping set that exists")
    return Settings(**values)


def _check_keys(data: dict[str, object], path: Path) -> None:
    for key, value in data.items():
        if key not in _KEYS:
            raise _fault(path, key, value, f"use one of {', '.join(sorted(_KEYS))}")
        if not isinstance(value, str):
            raise _fault(path, key, value, "write it in quotation marks")
    base = data.get("base")
    if base is not None and not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+/", str(base)):
        raise _fault(path, "base", base, "write an absolute IRI that ends in /")


def _issued(data: dict[str, object], path: Path | None) -> str | None:
    """Return the day of issue: SOURCE_DATE_EPOCH, else the file's own, never the clock."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        from datetime import UTC, datetime

        if not epoch.isdigit():
            raise ConfigError(
                f"SOURCE_DATE_EPOCH is {shown(epoch)}",
                where="environment:1:1",
                remedy="set it to a whole number of seconds",
            )
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    issued = data.get("issued")
    if issued is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(issued)):
        raise _fault(path or Path(NAME), "issued", issued, "write the day as 1951-07-03")
    return str(issued) if issued else None


def _fault(path: Path, key: str, value: object, remedy: str) -> ConfigError:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    line = next((n for n, text in enumerate(lines, 1) if re.match(rf"\s*{key}\s*=", text)), 1)
    return ConfigError(f"{key} is {shown(value)}", where=f"{path}:{line}:1", remedy=remedy)
