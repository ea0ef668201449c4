"""Files written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cablegraph.errors import OutputError


def write_file(path: Path, chunks: Iterable[str | bytes]) -> None:
    """Write text as UTF-8 and bytes as they are; a reader never sees half a file.

    Raises:
        OutputError: if the folder or the file can't be written.
    """
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as out:
            for chunk in chunks:
                out.write(chunk.encode("utf-8") if isinstance(chunk, str) else chunk)
        partial.replace(path)
    except OSError as cause:
        raise OutputError(
            f"the file can't be written ({cause.strerror or cause})",
            where=f"{path}:1:1",
            remedy="free the path or name another output folder",
        ) from cause
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
