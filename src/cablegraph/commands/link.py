"""``cablegraph link``: decide who is who elsewhere, and hand such links over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cablegraph.errors import ConfigError, OutputError

if TYPE_CHECKING:
    from cablegraph.links.answers import Editor
    from cablegraph.links.model import LinkSet
    from cablegraph.links.queue import Item
    from cablegraph.workshop import Workshop

_FILE = click.Path(path_type=Path, dir_okay=False)
_READ = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("seeds", type=click.Path(path_type=Path, exists=True), default=Path("seeds"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="The folder that was built from it.",
)
@click.option("--links", type=_FILE, help="The mapping set; else links.sssom.tsv of SEEDS.")
@click.option("--candidates", type=_READ, help="What `cablegraph reconcile` has written.")
@click.option("--authority", default="wikidata", show_default=True, help="What was searched.")
@click.option("--by", help="Who answers: a name, or an ORCID as orcid:….")
@click.option("--date", "day", help="The day of the answers; today if left out.")
@click.option("--export", type=_FILE, help="Write what is open as CSV, and ask nothing.")
@click.option("--import", "table", type=_READ, help="Read a CSV whose column decision is filled.")
@click.option("--beacon", metavar="TARGET", help="Print the links to TARGET as BEACON.")
@click.option("--skos", type=_FILE, help="Write the whole authority file as SKOS in Turtle.")
def link(
    seeds: Path,
    output: Path,
    links: Path | None,
    candidates: Path | None,
    authority: str,
    by: str | None,
    day: str | None,
    export: Path | None,
    table: Path | None,
    beacon: str | None,
    skos: Path | None,
) -> None:
    """Link the entities of a collection to other authorities.

    Shows each entity of OUTPUT that has no link, or that has candidates, with the words that name
    it, and asks: accept, close, reject, none, identifier, skip, quit. Each answer is written into
    the mapping set at once; what was accepted or rejected is never asked again. Answers may come
    from a pipe, one a line.

    \b
    Examples:
      cablegraph link seeds --by "Ada Example"
      cablegraph link seeds --export open.csv
      cablegraph link seeds --beacon wikidata > wikidata.beacon
    """
    desk = _open_desk(seeds, output, links, candidates)
    _check_authority(authority)
    if beacon:
        _check_authority(beacon)
        click.echo(_beacon(desk, beacon), nl=False)
    elif skos:
        _write_skos(desk.shop, skos)
    elif export:
        _export(desk, export)
    else:
        editor = _editor(by, day)
        if table:
            _import(desk, table, editor)
        else:
            _ask(desk, editor, authority)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the editor has before them."""

    shop: Workshop
    links: LinkSet
    path: Path  # of the links
    output: Path
    candidates: Path | None
    sources: list[str]  # the documents, as the terminal can open them


def _open_desk(seeds: Path, output: Path, links: Path | None, candidates: Path | None) -> Desk:
    from cablegraph.config import NAME, find_config
    from cablegraph.links.check import read_links
    from cablegraph.links.sssom import empty_set
    from cablegraph.records.readers import find_files
    from cablegraph.workshop import open_workshop

    config = find_config([seeds])
    shop = open_workshop(config)
    folder = config.parent if config else seeds if seeds.is_dir() else seeds.parent
    path = links or shop.settings.links or folder / "links.sssom.tsv"
    if config is None and links is None:
        problem = f"there is no {NAME} in {seeds} or above it"
        remedy = "name the collection, or the mapping set with --links"
        raise ConfigError(problem, where=f"{seeds}:1:1", remedy=remedy)
    empty = empty_set(shop.settings.base, shop.settings.licence)
    known = read_links(path) if path.exists() else empty
    sources = [str(found) for found in find_files([seeds])]
    return Desk(shop, known, path, output, candidates, sources)


def _check_authority(prefix: str) -> None:
    from cablegraph.links.schemes import find_schemes

    if prefix not in find_schemes():
        known = ", ".join(find_schemes())
        raise click.UsageError(f"{prefix!r} is no authority: name one of {known}.")


def _editor(by: str | None, day: str | None) -> Editor:
    from datetime import date

    from cablegraph.links.answers import Editor
    from cablegraph.links.check import is_day

    if not by or not by.strip():
        raise click.UsageError("Say who answers with --by.")
    day = day or date.today().isoformat()  # the only clock: a person answers today
    if not is_day(day):
        raise click.UsageError(f"{day!r} is no day: write it as 1951-07-03.")
    return Editor(" ".join(by.split()), day)


def _items(desk: Desk) -> tuple[dict[str, Item], list[Item]]:
    """Return all that the documents name, and what of it is open."""
    from cablegraph.links.exchange import read_offers
    from cablegraph.links.queue import find_items, find_namesakes, open_items, read_records

    shop = desk.shop
    items = find_items(read_records(desk.output), shop.authorities)
    offered = find_namesakes(items.values(), shop.authorities, shop.settings.base)
    if desk.candidates:
        for key, found in read_offers(desk.candidates).items():
            offered.setdefault(key, []).extend(found)
    return items, list(open_items(items.values(), desk.links, offered))


def _beacon(desk: Desk, target: str) -> str:
    from cablegraph.links.beacon import to_beacon
    from cablegraph.links.schemes import find_schemes

    settings = desk.shop.settings
    return to_beacon(desk.links, find_schemes()[target], settings.base, settings.title)


def _write_skos(shop: Workshop, path: Path) -> None:
    from cablegraph.graph.authority_file import authority_file_lines
    from cablegraph.serialise.rdf import write_turtle

    lines = authority_file_lines(shop.authorities, shop.external, shop.settings)
    write_turtle(lines, path)
    click.echo(f"{path}: {len(shop.authorities.entities)} entities, {len(lines)} statements")


def _export(desk: Desk, path: Path) -> None:
    from cablegraph.links.exchange import to_table

    _, still = _items(desk)
    try:
        path.write_bytes(to_table(still, desk.links.curie_map).encode("utf-8"))
    except OSError as cause:
        problem = f"the file can't be written ({cause.strerror or cause})"
        raise OutputError(problem, where=f"{path}:1:1", remedy="name another") from cause
    click.echo(f"{path}: {len(still)} open")


def _import(desk: Desk, table: Path, editor: Editor) -> None:
    from cablegraph.links.exchange import apply_table
    from cablegraph.links.sssom import write_links

    items, _ = _items(desk)
    changed, count = apply_table(table, items, desk.links, editor)
    if count:
        write_links(changed, desk.path)
    click.echo(f"{desk.path}: {count} decisions")


def _ask(desk: Desk, editor: Editor, authority: str) -> None:
    from cablegraph.commands.link_dialogue import Dialogue, tell_item

    _, still = _items(desk)

    def shown(item: Item) -> str:
        return tell_item(item, desk.sources)

    dialogue = Dialogue(desk.path, desk.links, editor, authority, shown)
    dialogue.ask_all(still)
    click.echo(f"{desk.path}: {dialogue.answers} answers, {len(still)} were open")
