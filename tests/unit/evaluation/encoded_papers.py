"""Invented volumes, lists and tables of letters, and the shop in which they are judged."""

from __future__ import annotations

from pathlib import Path

from cablegraph.evaluation.encoded.judge import Judgement, judge_collection
from cablegraph.workshop import open_workshop

HEADER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:e="http://example.org/e">\n'
    "<teiHeader><fileDesc><titleStmt><title>Papers of the Harbour Office</title></titleStmt>"
    "</fileDesc></teiHeader>\n"
)
VOLUME = f"""{HEADER}<text><body>
<div type="document" xml:id="d1">
<note type="source">44.1/7: Telegram</note>
<head>The Minister in Norland (<persName type="from">Orme</persName>) to the
 <gloss type="to">Secretary of Ports</gloss></head>
<dateline><placeName>Ostby</placeName>, <date when="1921-03-04">March 4, 1921</date></dateline>
<p>The boats went north.</p>
<e:attachment><head><persName type="from">Pell</persName> to <persName type="to">Quill</persName>
</head><dateline><placeName>Sunby</placeName>, <date when="1921-02-01">February 1, 1921</date>
</dateline><p>They are coming.</p></e:attachment>
</div>
<div type="document" xml:id="d2">
<head>The <gloss type="from">Secretary of Ports</gloss> to the Minister in Norland
 (<persName type="to">Orme</persName>)</head>
<dateline><placeName>Westby</placeName>, <date when="1921-03-06">March 6, 1921</date></dateline>
<p>Let the boats come back.</p>
</div>
</body></text></TEI>
"""
LIST = f"""{HEADER.replace("</fileDesc>", "</fileDesc><profileDesc>ENTRIES</profileDesc>")}
<text><body><p/></body></text></TEI>
"""
ENTRY = """<correspDesc key="{key}"><correspAction type="sent">
<persName ref="https://d-nb.info/gnd/{sender}">Ann Orme</persName>
<placeName ref="https://www.geonames.org/{place}">Ostby</placeName><date {date}/></correspAction>
<correspAction type="received"><persName>Bo Pell</persName></correspAction></correspDesc>
"""
TABLE = """key,sender,senderID,senderPlace,senderPlaceID,senderDate,addressee,addresseeID
1,Ann Orme|Cy Quill,https://d-nb.info/gnd/11|https://d-nb.info/gnd/12,Ostby,,1535/1537,Bo Pell,
2,Bo Pell,https://d-nb.info/gnd/13,Ostby,https://www.geonames.org/77,1541-02~,Ann Orme,
"""


def letters_list(*entries: str) -> str:
    """Return a file of correspondence metadata with some entries."""
    return LIST.replace("ENTRIES", "".join(entries))


def entry(key: str, *, sender: str = "11", place: str = "77", date: str = "") -> str:
    """Return one letter of such a file."""
    date = date or 'when="1921-03-04"'
    return ENTRY.format(key=key, sender=sender, place=place, date=date)


def judge_text(folder: Path, name: str, text: str, *, untyped: bool = False) -> Judgement:
    """Write a file into a folder and judge it."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return judge_collection([path], open_workshop(None), untyped=untyped)
