"""Who wrote to whom: people on a circle, a line for each pair, and the same as a table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from cablegraph.publication.site.addresses import page_file
from cablegraph.publication.site.drawing import drawing, element, isolate, number, shorten
from cablegraph.publication.site.entries import Entry

#: People drawn; more can't be told apart on a circle of this size.
MOST_DRAWN = 40
_RADIUS, _WIDTH, _HEIGHT = 200.0, 900.0, 560.0
_WIDEST = 9.0


def count_pairs(entries: Iterable[Entry]) -> Counter[tuple[str, str]]:
    """Count messages by sender and addressee, both paths."""
    return Counter(
        (sender, addressee)
        for entry in entries
        for sender in entry.senders
        for addressee in entry.addressees
    )


def draw_network(
    pairs: Mapping[tuple[str, str], int], labels: Mapping[str, str], root: str
) -> Markup:
    """Draw the people who have most messages, by number clockwise from the top."""
    weight: Counter[str] = Counter()
    for (sender, addressee), count in pairs.items():
        weight[sender] += count
        weight[addressee] += count
    chosen = sorted(weight, key=lambda one: (-weight[one], one))[:MOST_DRAWN]
    places = _circle(chosen)
    most = max(pairs.values(), default=1)
    named = {one: isolate(labels[one]) for one in weight}
    lines = [
        _line(places[a], places[b], count / most, f"{named[a]} to {named[b]}: {count}")
        for (a, b), count in sorted(pairs.items())
        if a in places and b in places and a != b
    ]
    dots = [_dot(one, places[one], weight, labels[one], root) for one in chosen]
    title = f"Correspondence of {len(chosen)} people and bodies"
    return drawing(_WIDTH, _HEIGHT, title, [*lines, *dots])


def _circle(chosen: list[str]) -> dict[str, tuple[float, float]]:
    found = {}
    for position, one in enumerate(chosen):
        angle = 2 * math.pi * position / max(1, len(chosen)) - math.pi / 2
        x = _WIDTH / 2 + _RADIUS * 1.3 * math.cos(angle)
        found[one] = (x, _HEIGHT / 2 + _RADIUS * math.sin(angle))
    return found


def _line(start: tuple[float, float], end: tuple[float, float], share: float, title: str) -> Markup:
    # Bent to the right of its way, so that letters there and back are two lines.
    middle_x = (start[0] + end[0]) / 2 - (end[1] - start[1]) * 0.15
    middle_y = (start[1] + end[1]) / 2 + (end[0] - start[0]) * 0.15
    way = (
        f"M{number(start[0])} {number(start[1])} "
        f"Q{number(middle_x)} {number(middle_y)} {number(end[0])} {number(end[1])}"
    )
    width = number(1 + (_WIDEST - 1) * share)
    return element("path", [element("title", title)], d=way, class_="edge", stroke_width=width)


def _dot(
    one: str, place: tuple[float, float], weight: Mapping[str, int], label: str, root: str
) -> Markup:
    x, y = place
    radius = 6 + 10 * weight[one] / max(weight.values())
    right = x >= _WIDTH / 2
    circle = element("circle", cx=number(x), cy=number(y), r=number(radius), class_="dot")
    words = element(
        "text",
        shorten(label),
        x=number(x + (radius + 5 if right else -radius - 5)),
        y=number(y + 5),
        text_anchor="start" if right else "end",
    )
    full = element("title", f"{isolate(label)}: {weight[one]} messages sent or received")
    return element("a", [full, circle, words], href=root + page_file(one))
