"""The pages that show the whole: home, lists, drawings, matrix, vocabulary, search."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from markupsafe import Markup

from cablegraph.publication.site.addresses import page_file
from cablegraph.publication.site.entries import Entry
from cablegraph.publication.site.facts import Facts
from cablegraph.publication.site.matrix import to_matrix
from cablegraph.publication.site.network import count_pairs, draw_network
from cablegraph.publication.site.notes import find_day
from cablegraph.publication.site.places_map import draw_map, read_points
from cablegraph.publication.site.render import Pages
from cablegraph.publication.site.search import Index, Item, find_words, unpack_words
from cablegraph.publication.site.survey import Survey
from cablegraph.publication.site.tables import Grid, to_columns
from cablegraph.publication.site.timeline import draw_timeline, plain_day
from cablegraph.publication.site.told import Teller, Value
from cablegraph.publication.site.vocabulary import read_vocabulary, vocabulary_facts

#: Lines of a list on one page, and rows of a table; more load slowly on a telephone.
_PAGE = 500
_FIRST = 20
#: Things that the search finds by their names, besides the telegrams with all their words.
_SOUGHT = ("person", "org", "group", "position", "place", "archive", "proposal")
_NAMES = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
_ROOT = "../"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list."""

    value: Value
    date: str = ""
    note: str = ""


class Overviews:
    """Writes the pages of the whole."""

    def __init__(
        self, pages: Pages, known: Survey, shared: Facts, entries: Sequence[Entry]
    ) -> None:
        self.pages, self.known, self.shared = pages, known, shared
        self.entries = sorted(entries, key=lambda one: (plain_day(one.date) or "~", one.path))

    def write(self, teller: Teller) -> None:
        """Write every page; *teller* tells terms one folder below that of the site."""
        self._home()
        self._telegrams()
        self._lists()
        self._network()
        self._timeline()
        self._places()
        self._proposals()
        self._vocabulary(teller)
        self._search()

    def _things(self, *kinds: str) -> dict[str, str]:
        labels = self.known.labels
        return {path: labels[path] for path in labels if path.partition("/")[0] in kinds}

    def _line(self, entry: Entry, root: str) -> Line:
        labels = self.known.labels
        people = " → ".join(
            ", ".join(labels[one] for one in side)
            for side in (entry.senders, entry.addressees)
            if side
        )
        return Line(Value(entry.title, root + page_file(entry.path)), entry.date, people)

    def _home(self) -> None:
        tiles = []
        for tile in _words()["tile"]:
            count = len(self._things(*tile["kinds"])) if tile["kinds"] else None
            tiles.append((tile["title"], f"{tile['folder']}/index.html", count, tile["text"]))
        self.pages.write(
            "index.html",
            "home.html",
            title="Home",
            tiles=tiles,
            recent=[self._line(entry, "") for entry in self.entries[:_FIRST]],
        )

    def _telegrams(self) -> None:
        rows = [self._line(entry, "") for entry in self.entries]
        referred = [
            Line(Value(label, page_file(path)), self._day(path), "referred to")
            for path, label in self._things("message", "recordset").items()
        ]
        referred.sort(key=lambda one: (plain_day(one.date) or "~", one.value.text))
        groups = [("Telegrams read", rows), ("Messages referred to in them", referred)]
        self._paged("telegrams", "Telegrams", groups)

    def _lists(self) -> None:
        people = [
            ("People", self._named("person")), ("Bodies", self._named("org")),
            ("Groups", self._named("group")), ("Posts", self._named("position")),
        ]  # fmt: skip
        self._paged("people", "People and bodies", people)
        groups = []
        for path, label in sorted(self._things("archive").items(), key=lambda one: one[1]):
            start = f"unit/{path.partition('/')[2]}/"
            files = [p for p in self.known.labels if p.startswith(start)]
            line = Line(Value(label, page_file(path)), note=f"{len(files)} units")
            groups.append(("", [line]))
        self._paged("archives", "Archives", groups)

    def _named(self, kind: str) -> list[Line]:
        found = sorted(self._things(kind).items(), key=lambda one: (one[1].casefold(), one[0]))
        return [Line(Value(label, page_file(path))) for path, label in found]

    def _paged(self, folder: str, title: str, groups: Sequence[tuple[str, list[Line]]]) -> None:
        """Write a list, over several pages where it is long."""
        flat = [(heading, line) for heading, lines in groups for line in lines]
        count = max(1, -(-len(flat) // _PAGE))
        files = _files(folder, count)
        for number, file in enumerate(files):
            root = "../" * file.count("/")
            here = flat[number * _PAGE : (number + 1) * _PAGE]
            shown = [
                (heading, [_below(line, root) for _, line in lines])
                for heading, lines in groupby(here, key=lambda pair: pair[0])
            ]
            others = _others(files, number)
            self.pages.write(
                file, "list.html", title=title, lead=_lead(folder), links=[], groups=shown,
                pages=others if count > 1 else [],
            )  # fmt: skip

    def _network(self) -> None:
        pairs = count_pairs(self.entries)
        labels = self.known.labels
        rows = [
            [[self._link(a)], [self._link(b)], [Value(str(count))]]
            for (a, b), count in sorted(pairs.items(), key=lambda one: (-one[1], one[0]))[:_PAGE]
        ]
        grid = Grid(
            "Letters by pair", "Most letters first", to_columns("From", "To", "Letters"), rows
        )
        self._drawn(
            "network", "Who wrote to whom",
                        draw_network(pairs, labels, _ROOT) if pairs else Markup(""), [grid],
        )  # fmt: skip

    def _timeline(self) -> None:
        dated = [(plain_day(entry.date), self._line(entry, _ROOT)) for entry in self.entries]
        dated += [
            (plain_day(day), Line(Value(label, _ROOT + page_file(path)), day, "referred to"))
            for path, label in self._things("message").items()
            if (day := self._day(path))
        ]
        dated.sort(key=lambda one: (one[0] or "~", one[1].value.text))
        years = sorted({day[:4] for day, _ in dated if day})
        hrefs = {year: f"{_ROOT}timeline/{year}/index.html" for year in years}
        whole = draw_timeline([day for day, _ in dated], hrefs)
        grid = _days(dated, "Messages in order of date")
        self._drawn_pages("timeline", "Timeline", whole, grid, links=list(hrefs.items()))
        for year in years:
            here = [(day, line) for day, line in dated if day.startswith(year)]
            lower = [(day, _below(line, _ROOT)) for day, line in here]
            self._drawn_pages(
                f"timeline/{year}", f"Timeline: {year}",
                draw_timeline([day for day, _ in here], {}), _days(lower, f"Messages of {year}"),
                links=[("All years", "../index.html"), *_years(years, year)],
            )  # fmt: skip

    def _places(self) -> None:
        places = self._things("place")
        counts = Counter(path for entry in self.entries for path in entry.places)
        points = read_points(self.shared, self.known.base, places)
        ordered = sorted(places, key=lambda one: (-counts[one], places[one]))
        rows = [
            [[self._link(path)], [Value(str(counts[path]))], [Value(_spot(points.get(path)))]]
            for path in ordered
        ]
        columns = to_columns("Place", "Telegrams", "Latitude, longitude")
        grid = Grid("Places", "Most often named first", columns, rows)
        svg = draw_map(points, places, counts, _ROOT) if points else Markup("")
        self._drawn_pages("places", "Places", svg, grid)

    def _proposals(self) -> None:
        grids = list(to_matrix(self.entries, self.known.labels, _ROOT, self._link))
        files = [
            "proposals/index.html",
            *(f"proposals/{n}/index.html" for n in range(2, len(grids) + 1)),
        ]
        for number, file in enumerate(files):
            root = "../" * file.count("/")
            links = _others(files, number) if len(files) > 1 else []
            grid = grids[number].below(root, _ROOT) if grids else None
            self._drawn(
                file.removesuffix("/index.html"), "Who wanted what, and when",
                Markup(""), [grid] if grid else [], links=links,
            )  # fmt: skip

    def _vocabulary(self, teller: Teller) -> None:
        facts = vocabulary_facts(self.shared)
        own = Teller(facts, self.known, teller.addresses, _ROOT)
        self.pages.write(
            "ontology/index.html",
            "ontology.html",
            title="Vocabulary",
            lead=[_lead("ontology")],
            sections=read_vocabulary(own),
        )

    def _search(self) -> None:
        index = Index()
        for entry in self.entries:
            item = Item(page_file(entry.path), entry.title, entry.date)
            index.add(item, unpack_words(entry.words))
        for path, label in self._things(*_SOUGHT).items():
            node = f"<{self.known.base}id/{path}>"
            texts = [one.text for name in _NAMES for one in self.shared.literals(node, name)]
            item = Item(page_file(path), label, path.partition("/")[0])
            index.add(item, find_words([label, *texts]))
        index.write(self.pages.out)
        self.pages.write("search/index.html", "search.html", title="Search")

    def _drawn_pages(
        self, folder: str, title: str, svg: Markup, grid: Grid,
        *, links: Sequence[tuple[str, str | None]] = (),
    ) -> None:  # fmt: skip
        """Write a drawing and its table, over several pages where that is long."""
        files = _files(folder, max(1, -(-len(grid.rows) // _PAGE)))
        old = "../" * files[0].count("/")
        for number, file in enumerate(files):
            here = replace(grid, rows=grid.rows[number * _PAGE : (number + 1) * _PAGE])
            root = "../" * file.count("/")
            self._drawn(
                file.removesuffix("/index.html"), title, Markup("") if number else svg,
                [here.below(root, old) if number else here], links=() if number else links,
                pages=_others(files, number) if len(files) > 1 else (),
            )  # fmt: skip

    def _drawn(
        self, folder: str, title: str, svg: Markup, tables: Sequence[Any],
        *, links: Sequence[tuple[str, str | None]] = (),
        pages: Sequence[tuple[str, str | None]] = (),
    ) -> None:  # fmt: skip
        caption = "The table below says the same." if svg else ""
        self.pages.write(
            f"{folder}/index.html", "drawing.html", title=title, lead=_lead(folder), svg=svg,
            caption=caption, tables=tables, links=links, pages=pages,
        )  # fmt: skip

    def _link(self, path: str) -> Value:
        return Value(self.known.labels.get(path, path), _ROOT + page_file(path))

    def _day(self, path: str) -> str:
        return find_day(f"<{self.known.base}id/{path}>", self.shared)


@cache
def _words() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("overviews.toml").read_text("utf-8")
    return tomllib.loads(text)


def _lead(folder: str) -> str:
    lead: str = _words()["lead"][folder.partition("/")[0]]
    return lead


def _files(folder: str, count: int) -> list[str]:
    return [f"{folder}/index.html", *(f"{folder}/{n}/index.html" for n in range(2, count + 1))]


def _others(files: Sequence[str], here: int) -> list[tuple[str, str | None]]:
    root = "../" * files[here].count("/")
    return [(str(n + 1), None if n == here else root + file) for n, file in enumerate(files)]


def _years(years: Sequence[str], here: str) -> list[tuple[str, str | None]]:
    return [(year, None if year == here else f"../{year}/index.html") for year in years]


def _below(line: Line, root: str) -> Line:
    value = line.value
    return Line(Value(value.text, f"{root}{value.href}", value.language), line.date, line.note)


def _days(dated: Sequence[tuple[str, Line]], title: str) -> Grid:
    rows = [
        [[Value(line.date or "no date")], [line.value], [Value(line.note)]] for _, line in dated
    ]
    return Grid(title, "In order of date", to_columns("Date", "Message", "From and to"), rows)


def _spot(point: tuple[float, float] | None) -> str:
    return f"{point[1]:.2f}, {point[0]:.2f}" if point else ""
