"""Begin a collection: settings, tables of names, ledger of decisions, README."""

from __future__ import annotations

import json
from pathlib import Path

from cablegraph.errors import OutputError
from cablegraph.resources import authorities_path

_TEMPLATES = Path(__file__).parent / "templates" / "collection"
_FILES = (
    "cablegraph.toml",
    "README.md",
    "decisions.csv",
    "authorities/entities.csv",
    "authorities/names.csv",
)


def write_collection(
    folder: Path,
    *,
    title: str,
    with_authorities: bool = False,
    table: Path | None = None,
    mapping: str = "",
) -> list[Path]:
    """Write the files of a new collection and return their paths.

    Shape: documents that lie in the folder already are left alone. A *table* of letters is copied
        into it, unless it lies there, and its *mapping* is written beside it.
    Raises:
        OutputError: if one of the files exists (then none is written), or the folder can't be
            written.
    """
    title = " ".join(title.split())
    texts = {name: _read(name, folder, title) for name in _FILES}
    if with_authorities:
        for path in sorted(authorities_path().iterdir()):
            texts[f"authorities/{path.name}"] = path.read_text(encoding="utf-8")
    contents = {name: text.encode() for name, text in texts.items()}
    if table is not None:
        contents[table.with_suffix(".toml").name] = mapping.encode()
        if table.parent.resolve() != folder.resolve():
            contents[table.name] = _bytes_of(table)
    for name in contents:
        if (folder / name).exists():
            raise _refusal(folder / name, "the file exists", "name another folder")
    for name, content in contents.items():
        _write(folder / name, content)
    return [folder / name for name in contents]


def _bytes_of(table: Path) -> bytes:
    from cablegraph.sources.files import read_file

    return read_file(table).data


def _read(name: str, folder: Path, title: str) -> str:
    text = (_TEMPLATES / name).read_text(encoding="utf-8")
    if name.endswith(".toml"):
        # A string of JSON is one of TOML too, but for DEL, which TOML wants escaped.
        title = json.dumps(title, ensure_ascii=False).replace("\x7f", "\\u007F")
    return text.replace("@title@", title).replace("@folder@", folder.name or ".")


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except OSError as cause:
        reason = cause.strerror or str(cause)
        raise _refusal(
            path, f"the file can't be written ({reason})", "name a folder that can be written"
        ) from cause


def _refusal(path: Path, problem: str, remedy: str) -> OutputError:
    return OutputError(problem, where=f"{path}:1:1", remedy=remedy)
