"""What ``cablegraph build`` does and says where a corpus is built in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cablegraph.commands.terminal import Bar

if TYPE_CHECKING:
    from cablegraph.partitions.build import PartsBuilt, Where
    from cablegraph.partitions.plan import Reason
    from cablegraph.partitions.task import Order
    from cablegraph.sources.remote import Remote
    from cablegraph.validation.report import FailOn

#: More than this is built in parts: some 4,000,000 statements, the most to hold at once.
_MOST_FILES, _MOST_BYTES = 2_000, 16 * 1024 * 1024


def is_large(sources: Sequence[Path]) -> bool:
    """Tell whether the sources are too much for one file of each form."""
    from cablegraph.sources.text import walk_files

    files = size = 0
    for source in sources:
        for path in walk_files(source) if source.is_dir() else [source]:
            files += 1
            size += path.stat().st_size if path.is_file() else 0
            if files > _MOST_FILES or size > _MOST_BYTES:
                return True
    return False


def build_in_parts(
    sources: Sequence[Path | Remote],
    order: Order,
    where: Where,
    bar: Bar,
    fail_on: FailOn,
    *,
    with_hash: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Build in parts, print what was found, and return the exit code."""
    from cablegraph.partitions.build import build_parts

    built = build_parts(sources, order, where=where, progress=bar, with_hash=with_hash)
    good = not (built.faults or built.missing or _fails(built, fail_on))
    output = Path(order.output)
    if as_json:
        click.echo(_to_json(built, output, good=good))
        return 0 if good else 1
    for fault in (*built.missing, *built.faults):
        click.echo(str(fault), err=True)
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
        yield f"{len(built.faults):,} faults in the sources"
    yield f"{built.made:,} buckets made, {built.kept:,} unchanged"
    yield f"{output}: {built.files:,} files; findings in {output / 'reports'}"


def _found(codes: dict[str, int]) -> Iterable[str]:
    for severity in ("violation", "warning", "info"):
        number = sum(n for code, n in codes.items() if code.startswith(f"{severity} "))
        if number:
            yield f"{number:,} {severity}s"


def print_reasons(reasons: Sequence[Reason], *, as_json: bool) -> int:
    """Print what a build would make anew and why; return 0 if nothing, else 1."""
    import msgspec

    from cablegraph.errors import on_one_line

    if as_json:
        encoded = msgspec.json.format(msgspec.json.encode(reasons), indent=1)
        click.echo(encoded.decode())
        return 1 if reasons else 0
    for one in reasons:
        more = f" and {len(one.why) - 3} more" if len(one.why) > 3 else ""
        click.echo(on_one_line(f"{one.bucket}: {', '.join(one.why[:3])}{more}"))
    documents = sum(one.documents for one in reasons)
    what = f"{len(reasons)} to make, with {documents} files" if reasons else "nothing to make"
    click.echo(what)
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
        "missing": [str(one) for one in built.missing],
        "made": built.made,
        "kept": built.kept,
        "files": built.files,
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=1).decode()
