"""Places where their coordinates are known, on a plain grid of degrees; no tile is fetched."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from markupsafe import Markup

from cablegraph.publication.site.addresses import page_file
from cablegraph.publication.site.drawing import drawing, element, number, shorten
from cablegraph.publication.site.facts import Facts

Point: TypeAlias = tuple[float, float]  # longitude, latitude

_POINT = re.compile(r"\s*POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)\s*", re.I)
_WIDTH = 900.0
_HIGHEST = 620.0
_LEAST_SPAN = 8.0  # degrees shown at least, so that one place has some land around it
_STEPS = (1, 2, 5, 10, 20, 30)
_MOST_LINES = 9


def read_points(
    facts: Facts, base: str, places: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of each place whose point is known."""
    found: dict[str, Point] = {}
    for path in sorted(places):
        for geometry in facts.values(f"<{base}id/{path}>", "geo:hasGeometry"):
            point = _POINT.fullmatch(facts.word(geometry, "geo:asWKT") or "")
            if point and abs(float(point[1])) <= 180 and abs(float(point[2])) <= 90:
                found.setdefault(path, (float(point[1]), float(point[2])))
    return found


def draw_map(
    points: Mapping[str, Point],
    labels: Mapping[str, str],
    counts: Mapping[str, int],
    root: str,
) -> Markup:
    """Draw the places, each with its name and as large as it is often named."""
    west, east = _padded([lon for lon, _ in points.values()])
    south, north = _padded([lat for _, lat in points.values()])
    squeeze = math.cos(math.radians((south + north) / 2))  # degrees of longitude narrow northwards
    scale = min(_WIDTH / ((east - west) * squeeze), _HIGHEST / (north - south))
    width, height = (east - west) * squeeze * scale, (north - south) * scale

    def place(lon: float, lat: float) -> tuple[float, float]:
        return (lon - west) * squeeze * scale, (north - lat) * scale

    grid = _grid((west, east, south, north), place, width, height)
    most = max(counts.values(), default=1) or 1
    dots = []
    for path in sorted(points, key=lambda one: (-counts.get(one, 0), one)):
        x, y = place(*points[path])
        radius = 4 + 8 * math.sqrt(counts.get(path, 0) / most)
        left = x > width * 0.8
        words = element(
            "text", shorten(labels[path]), x=number(x - radius - 4 if left else x + radius + 4),
            y=number(y + 4), text_anchor="end" if left else "start",
        )  # fmt: skip
        dot = element("circle", cx=number(x), cy=number(y), r=number(radius), class_="dot")
        title = element("title", f"{labels[path]}: named in {counts.get(path, 0)}")
        dots.append(element("a", [title, dot, words], href=root + page_file(path)))
    return drawing(width, height, f"Map of {len(points)} places", [*grid, *dots])


def _padded(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = max((high - low) * 0.12, (_LEAST_SPAN - (high - low)) / 2, 0.5)
    return low - margin, high + margin


def _grid(
    box: tuple[float, float, float, float],
    place: Callable[[float, float], Point],
    width: float,
    height: float,
) -> list[Markup]:
    west, east, south, north = box
    span = max(east - west, north - south)
    step = next((one for one in _STEPS if span / one <= _MOST_LINES), _STEPS[-1])
    parts = []
    for lon in range(math.ceil(west / step) * step, math.floor(east) + 1, step):
        x, _ = place(lon, north)
        parts.append(element("path", d=f"M{number(x)} 0 V{number(height)}", class_="grid"))
        parts.append(
            element(
                "text",
                _degrees(lon, "E", "W"),
                x=number(x + 3),
                y=number(height - 4),
                class_="grid-label",
            )
        )
    for lat in range(math.ceil(south / step) * step, math.floor(north) + 1, step):
        _, y = place(west, lat)
        parts.append(element("path", d=f"M0 {number(y)} H{number(width)}", class_="grid"))
        parts.append(
            element("text", _degrees(lat, "N", "S"), x="3", y=number(y - 3), class_="grid-label")
        )
    return parts


def _label(text: str, x: float, y: float) -> Markup:
    return element("text", text, x=number(x), y=number(y), class_="grid-label")


def _degrees(value: int, positive: str, negative: str) -> str:
    return f"{abs(value)}°{(positive if value > 0 else negative) if value else ''}"
