"""Read letterbooks: below a line ``letterbook``, letters that each begin with ``== NUMBER``."""

import re

from cablegraph.errors import LayoutError, shown
from cablegraph.records.draft import Draft, make_key
from cablegraph.records.stated import StatedAgent, StatedDate
from cablegraph.records.tabular.dates import to_edtf
from cablegraph.sources.xml import Run

LETTER = re.compile(r"^== (.*)\n?(?P<head>(?:(?!== ).*\S.*\n?)*)(?P<text>(?:(?!== ).*\n?)*)", re.M)
FIELD = re.compile(r"(From|To|Date): *+(.*\S)|[^\r\n]+")
FACTS = {
    "From": lambda words, name: StatedAgent(words=words, role="sender", name=name),
    "To": lambda words, name: StatedAgent(words=words, role="addressee", name=name),
    "Date": lambda words, day: StatedDate(words=words, kind="sent", written=day, edtf=to_edtf(day)),
}


def read_letterbook(file):
    known = file.data[:11].strip() == b"letterbook"
    return (read_letter(file, one) for one in LETTER.finditer(file.text)) if known else None


def read_letter(file, letter):
    draft = Draft(file, make_key(file.path.stem, letter[1].strip()))
    draft.begin("catalogue", "catalogue-entry", "en")
    for line in FIELD.finditer(file.text, *letter.span("head")):
        if line[1] is None:
            at, remedy = file.where(line.start()), f"write one of {', '.join(FACTS)} before a colon"
            return LayoutError(f"no field of a letter: {shown(line[0])}", where=at, remedy=remedy)
        words = draft.put_line(Run(*line.span(2), line[2]))
        draft.state(FACTS[line[1]]((words,), line[2]))
    draft.begin("transcript", "normalised-transcript")
    draft.put(letter["text"], *letter.span("text"))
    return draft.record()


read_letterbook.suffixes = (".letters",)
