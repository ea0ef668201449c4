"""Read letterbooks: below a line ``letterbook``, letters that each begin with ``== NUMBER``."""

import re

from cablegraph.errors import LayoutError, shown
from cablegraph.records.draft import Draft, make_key
from cablegraph.records.stated import Extent, StatedAgent, StatedDate, StatedPlace

LETTER = re.compile(r"^== (?P<number>.*)\n(?P<head>(?:.*\S.*\n)*)(?P<text>(?:(?!== ).*\n?)*)", re.M)
LINE = re.compile(r"^(?P<name>\w+): *(?P<value>.*\S)|^.+", re.M)
FACTS = {
    "From": lambda words, value: StatedAgent(words=words, role="sender", name=value),
    "To": lambda words, value: StatedAgent(words=words, role="addressee", name=value),
    "Place": lambda words, value: StatedPlace(words=words, role="origin", name=value),
    "Date": lambda words, value: StatedDate(words=words, kind="sent", written=value),
}


def read_letterbook(file):
    """Return what the letters of a file are, one after the other; None of any other file."""
    own = file.data[:11].strip() == b"letterbook"
    return (read_letter(file, one) for one in LETTER.finditer(file.text)) if own else None


def read_letter(file, letter):
    """Return a letter as a record, or the error that it can't be one."""
    draft = Draft(file, make_key(file.path.stem, letter["number"].strip()))
    draft.begin("catalogue", "catalogue-entry", "en")
    for line in LINE.finditer(file.text, *letter.span("head")):
        if line["name"] not in FACTS:
            return LayoutError(...)
        ...
