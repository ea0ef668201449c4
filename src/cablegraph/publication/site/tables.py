"""Tables of the overview pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cablegraph.publication.site.addresses import is_web
from cablegraph.publication.site.told import Value

Cell = list[Value]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its first column names the row."""

    title: str
    caption: str
    columns: list[Value]
    rows: list[list[Cell]]
    style: str = "plain"

    def below(self, root: str, old: str) -> Grid:
        """Return the table for a page at another depth."""

        def moved(value: Value) -> Value:
            if not value.href or is_web(value.href):
                return value
            return value._replace(href=root + value.href.removeprefix(old))

        rows = [[[moved(value) for value in cell] for cell in row] for row in self.rows]
        return replace(self, columns=[moved(value) for value in self.columns], rows=rows)


def to_columns(*names: str) -> list[Value]:
    """Return plain headings."""
    return [Value(name) for name in names]
