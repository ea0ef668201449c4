"""``cablegraph export``: what other collections and search services can take in."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from cablegraph.errors import OutputError

FORMATS = ("cmif",)


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option(
    "--to", "form", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True,
    help="cmif: the correspondence, for correspSearch and other indexes of letters.",
)  # fmt: skip
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write into FILE, not on the terminal.",
)  # fmt: skip
@click.option("--url", help="Where the file will be found. Left out: cmif.xml under the base.")
@click.option(
    "--date", help="When the list was made. Left out: when the data set was issued, else today."
)
@click.option(
    "--own-pages", is_flag=True,
    help="Refer to the pages of this collection, not to those of the sources.",
)  # fmt: skip
def export(
    output: Path, form: str, file: Path | None, url: str | None, date: str | None, own_pages: bool
) -> None:
    """Write what the graph tells in a format that others read.

    OUTPUT is an output folder or a file of RDF.

    \b
    Example:
      cablegraph export output --to cmif -o cmif.xml
    """
    from cablegraph.dataset import Dataset
    from cablegraph.exchange.cmif import Head, to_cmif
    from cablegraph.exchange.letters import read_collection, read_letters

    dataset = Dataset.open(output, vocabulary=False)
    collection = read_collection(dataset)
    base = collection.iri.removesuffix("dataset")
    if not collection.publishers and collection.title:
        _warn(f"the data set does not say its publisher; {collection.title!r} stands for it")
        collection = replace(collection, publishers=(collection.title,))
    date = date or collection.issued
    if not date:
        date = _today()
        _warn(f"the data set does not say when it was issued; the list is dated {date}")
    head = Head(url or f"{base}cmif.xml", date, own_pages)
    _write(to_cmif(read_letters(dataset), collection, head), file)


def _warn(words: str) -> None:
    click.echo(f"{words}; cablegraph.toml can tell", err=True)


def _today() -> str:
    """Return the day of the list: that of SOURCE_DATE_EPOCH, else the one on which it is made."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    made = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return made.date().isoformat()


def _write(data: bytes, file: Path | None) -> None:
    if file is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        file.write_bytes(data)
    except OSError as cause:
        problem = f"the file can't be written ({cause.strerror or cause})"
        remedy = "name a file in a folder that can be written"
        raise OutputError(problem, where=f"{file}:1:1", remedy=remedy) from cause
