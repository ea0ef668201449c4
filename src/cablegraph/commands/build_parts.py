"""What ``cablegraph build`` does and says where a corpus is built in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cablegraph.commands.terminal import Bar

if TYPE_CHECKING:
    from cablegraph.partitions.build import PartsBuilt
    from cablegraph.partitions.engines import Engine
    from cablegraph.validation.report import FailOn

#: More than this is built in parts: some 4,000,000 statements, the most to hold at once.
_MOST_FILES, _MOST_BYTES = 2_000, 16 * 1024 * 1024


def is_large(sources: Sequence[Path]) -> bool:
    """Tell whether the sources are too much for one file of each form."""
    from cablegraph.errors import SourceError
    from cablegraph.records.readers import find_files

    files: list[Path] = []
    for source in sources:
        try:
            files += find_files([source])
        except SourceError:
            continue
    if len(files) > _MOST_FILES:
        return True
    return sum(path.stat().st_size for path in files if path.is_file()) > _MOST_BYTES


def build_in_parts(
    sources: Sequence[Path],
    output: Path,
    config: Path | None,
    bar: Bar,
    engine: tuple[Engine, int, str | None],
    fail_on: FailOn,
    *,
    as_json: bool,
    quiet: bool,
) -> int:
    """Build in parts, print what was found, and return the exit code."""
    from cablegraph.partitions.build import build_parts

    built = build_parts(
        sources, output, config=config, progress=bar,
        engine=engine[0], workers=engine[1], scheduler=engine[2],
    )  # fmt: skip
    good = not (built.faults or built.missing or _fails(built, fail_on))
    if as_json:
        click.echo(_to_json(built, output, good=good))
        return 0 if good else 1
    for missing in built.missing:
        click.echo(str(missing), err=True)
    for fault in built.faults:
        line = f"{fault.where}: {fault.kind}: {fault.problem}; {fault.remedy}"
        click.echo(line, err=True)
    for line in _lines(built, output, quiet=quiet):
        click.echo(line)
    return 0 if good else 1


def _fails(built: PartsBuilt, fail_on: FailOn) -> bool:
    order = ("violation", "warning", "info")
    if fail_on == "never":
        return False
    worst = order[: order.index(fail_on) + 1]
    return any(code.partition(" ")[0] in worst for code in built.codes)


def _lines(built: PartsBuilt, output: Path, *, quiet: bool) -> Iterator[str]:
    from cablegraph.validation.report import to_line

    if quiet:
        return
    shown = [one for one in built.findings if one.severity == "violation"]
    yield from map(to_line, shown)
    counts = built.counts
    yield ", ".join(
        f"{counts.get(name, 0):,} {name}" for name in ("documents", "claims", "statements")
    )
    if built.entities:
        yield ", ".join(f"{name} {number:,}" for name, number in built.entities.items())
    yield ", ".join(_found(built.codes)) or "no findings"
    if built.faults:
        yield f"{len(built.faults):,} documents not built"
    yield f"{built.made:,} buckets made, {built.kept:,} unchanged"
    yield f"{output}: {built.files:,} files; findings in {output / 'reports'}"


def _found(codes: dict[str, int]) -> Iterable[str]:
    for severity in ("violation", "warning", "info"):
        number = sum(n for code, n in codes.items() if code.startswith(f"{severity} "))
        if number:
            yield f"{number:,} {severity}s"


def print_reasons(
    sources: Sequence[Path], output: Path, config: Path | None, *, as_json: bool
) -> int:
    """Print what a build in parts would make anew and why; return 0 if nothing, else 1."""
    import msgspec

    from cablegraph.partitions.build import explain_parts

    reasons = explain_parts(sources, output, config=config)
    if as_json:
        encoded = msgspec.json.format(msgspec.json.encode(reasons), indent=1)
        click.echo(encoded.decode())
        return 1 if reasons else 0
    for one in reasons:
        more = f" and {len(one.why) - 3} more" if len(one.why) > 3 else ""
        click.echo(f"{one.bucket}: {', '.join(one.why[:3])}{more}")
    documents = sum(one.documents for one in reasons)
    click.echo(
        f"{len(reasons)} buckets with {documents} files to make" if reasons else "nothing to make"
    )
    return 1 if reasons else 0


def _to_json(built: PartsBuilt, output: Path, *, good: bool) -> str:
    import msgspec

    said = {
        "ok": good,
        "output": str(output),
        **built.counts,
        "entities": built.entities,
        "codes": built.codes,
        "findings": built.findings,
        "faults": built.faults,
        "made": built.made,
        "kept": built.kept,
        "files": built.files,
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=1).decode()
