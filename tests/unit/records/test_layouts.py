"""Layouts other than the usual one: what is read from invented pages of each of them.

An entry has a page, the values that must be read from it, and the first and last words of its text.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.errors import LayoutError
from cablegraph.records.model import Record
from cablegraph.records.read import read_record
from cablegraph.sources.cleaning import clean_text
from cablegraph.spans import SourceText

Read = Callable[[str], Record]
Page = tuple[str, dict[str, list[str]], tuple[str, str]]

RIGHTS = "The Program welcomes reuse of its materials for research."

OLD_PDF_SUPPORTED = """Digital Archive   digitalarchive.wilsoncenter.org
International History Declassified

                 March 09, 1953
   Telegram, Embassy in Ankara to the Ministry, Concerning the
                Straits

Citation:
“Telegram, Embassy in Ankara to the Ministry, Concerning the Straits,” March 09, 1953, History
and Public Policy Program Digital Archive, AMAE, Folder 12/1953, Issue 4. Translated by A. B.
http://digitalarchive.wilsoncenter.org/document/900101

Summary:
The embassy reports that Turkey will not move first.

Credits:
This document was made possible with support from the Some Foundation.

Original Language:
Romanian

Contents:
English Translation
TELEGRAM No. 4512

To: The Ministry of Foreign Affairs

Turkey will wait. We shall report
again on Monday.
"""

OLD_PDF_SHORT = """International History Declassified
January 05, 1966
Report on a Visit to Ulaanbaatar
Citation:
“Report on a Visit to Ulaanbaatar,” January 05, 1966, History and Public Policy Program Digital
Archive, PA AA, C 12/66. https://digitalarchive.wilsoncenter.org/document/900102
Original Language:
German
Contents:
English Translation
Comrade Minister!
The delegation was received with honours.
"""

FLAT_TO_ONE_LINE = (
    "Digital Archive digitalarchive.wilsoncenter.org International History Declassified "
    "August 21, 1957 Cable, Foo to Bar, on Transit Citation: “Cable, Foo to Bar, on Transit,” "
    "August 21, 1957, History and Public Policy Program Digital Archive, XYZ, 4-11-2. "
    "http://digitalarchive.wilsoncenter.org/document/900103 Summary: Foo asks Bar to wait. "
    "Credits: This document was made possible with support from nobody. Original Language: "
    "Serbo-Croatian Contents: English Translation To the Minister. Transit was closed today. "
    "Summary: nothing else moves and the"
)

FLAT_IN_PARAGRAPHS = """International History Declassified

December 30, 1971 Memorandum of Conversation between Qux and Quux Citation: “Memorandum of \
Conversation between Qux and Quux,” December 30, 1971, Some Digital Archive, ABC, box 9. \
http://digitalarchive.wilsoncenter.org/document/900104 Original Language: Polish

Contents:

Scan of Original Translation - English [...] Present were Qux and Quux.

They spoke for an hour.
"""

NEW_SITE_LABELLED = f"""Skip to content

May 4, 1953

Cable No. 311, Foo to Bar, for Baz

This document was made possible with support from Some Foundation

CABLE No. 311

Tell BAZ that we agree. Confirm receipt.

FOO

4 May

[...]

Foo lets Baz know, through Bar, that the US "will get our answer" later.

Author(s):

Foo, F. (Fred)

Associated People & Organizations

Associated Places

Moscow

Document Information

Source

APRF, f. 1, op. 2, d. 3, l. 4; and RGASPI, f. 5, op. 6, d. 7, ll. 8-9.

Rights

{RIGHTS}

To enquire about this document's rights status, write to us.

Original Uploaded Date

2012-02-02

Type

Telegram

Language

Russian

Record ID

900105
"""

NEW_SITE_NO_SUMMARY = """Skip to content

1 October 1958

Report of the Commission on Fisheries

TO THE COUNCIL

We have examined the question, and ask for your decision.

Document Information

Source

BArch, DY 30/1.

Type

Language

Record ID
"""

NEW_SITE_UNLABELLED = f"""Skip to content

November 1951

Telegram, A. Foo to Cde. I.V. Bar

This document was made possible with support from Carnegie Trust (CT)

to Cde. I. V. BAR


In connection with the vote I ask for instructions.


[1] The vote of 3 November.




Foo relays a request for instructions on how the USSR should vote.

Document Information


RGASPI, f. 9, op. 8, d. 7, ll. 0045ob. Contributed by Some One and translated by Another.


{RIGHTS}

For commercial use, please contact the Program.

Original Uploaded Date





Record ID



Carnegie Trust (CT)
"""

NEW_SITE_CITED = """Skip to content

April 2, 1968

Memorandum of Conversation, Foo and Bar


FOO thanked BAR for coming.


Foo and Bar discuss coal.

Document Information


"Memorandum of Conversation, Foo and Bar," April 2, 1968, Wilson Center Digital Archive, XYZ 12. \
https://digitalarchive.wilsoncenter.org/document/900106


[standard rights statement]

Record ID
"""

NEW_SITE_UNDATED = """Skip to content

Note on the Trade of the Western States

In the year of the report trade grew.

5 November 1962

The note describes the trade of Western states.

Document Information

Source

XYZ, 4.
"""

TITLE_ABOVE_DATE = """Letter from Foo to the Council of Bar
5 November 1962
TO THE COUNCIL
I shall come.
Foo
"""

COMPACT = """Bar asks Foo for rifles and promises to pay for them within a year.
June 3, 1950
Ciphered Telegram No. 777 from Foo to Cde. Bar
CIPHERED TELEGRAM No. 777
To Comrade BAR
1. Rifles will be sent.
2. Nothing else can be spared.
FOO
3.6.50
Foo grants the rifles only.
Author(s):
Associated People & Organizations
Associated Places
Subjects Discussed
Related Documents
June 2, 1950
Ciphered Telegram No. 770 from Bar to Foo
Bar asks for rifles.
Document Information
Source
Original Archive
Rights
[standard rights statement]
"""

COMPACT_WITHOUT_SUMMARY = """July 9, 1960
Telegram from the Embassy in Lima (Quispe), 3 p.m., Saturday
This document was made possible with support from Some Foundation
CONFIDENTIAL
12.850
The minister was absent. I shall insist tomorrow.
JUAN QUISPE
Associated Places
Document Information
Source
Rights
"""

COMPACT_CUT_SHORT = """October 18, 1951
Cable No. 25, Foo to Bar
CABLE Nº 25
Cde. BAR!
Your wish cannot be granted, since the neut
"""

OLD_SITE = """Search in
ADD SEARCH FILTER CANCEL SEARCH FILTER

Digital Archive International History Declassified

October 30, 1964

CABLE FROM FOO TO THE EMBASSY IN BAZ, WITH
AN ANSWER FOR QUX

CITATION SHARE DOWNLOAD
This document was made possible with support from Some Foundation
  • Citation

    get citation

    Foo asks the ambassador to pass an answer to Qux.
    "Cable from Foo to the Embassy in Baz, with an Answer for Qux," October 30, 1964, History and \
Public Policy Program Digital Archive, AVP RF, Moscow; translation by Some One \
https://digitalarchive.wilsoncenter.org/document/900107
  • share document

    https://digitalarchive.wilsoncenter.org/document/900107

VIEW DOCUMENT IN

English HTML

You should meet comrade Qux and tell him the following:

Nothing has changed.
"""

OLD_SITE_UNTITLED = """Digital Archive International History Declassified

January 31, 1952


  • Citation

    get citation

    Foo seeks advice. The talks have stopped.
    “Letter, Foo to Bar,” January 31, 1952, History and Public Policy Program Digital Archive, \
APRF, f. 1, op. 1, d. 1, l. 1.
  • share document


Copies: Bar (2)

Dear comrade, the talks have stopped.
"""

OLD_SITE_BARE = """February 2, 1949
Foo answers that the railway must be mended first.
"Cable, Foo to Bar [via Baz]," February 2, 1949, History and Public Policy Program Digital \
Archive, APRF: F. 3, Op. 4, D. 5, Ll. 6. Translated by Some One.
For Bar: the railway comes first.
FOO
"""

BODY_WITH_HEAD = """June 12, 1955
Ciphered Telegram No. 99, Foo [Alias] to Bar [
Baz]
CIPHERED TELEGRAM No. 99
BAR!
Come at once. Your visit is awaited.
FOO
[Source: AVP RF, f. 1, op. 2;
copy on file.]
###
"""

BODY_WITH_HEADING_ONLY = """CIPHERED TELEGRAM No. 709

TOP PRIORITY

To BAR

Your telegram of January 31 has come.

February 3, 1952
"""

SHEET = """1949 Speeches/Documents
Title: Telegram from Foo to Bar on the Talks
Author: Foo Qux
Date: January 14, 1949 Source:. APRF: F. 45, Op. 1, D. 330,
Ll. 97-99. Reprinted in a book.
Description:. Foo explains that he will not mediate.

Comrade Bar, I will not mediate.

FOO
"""

SHEET_IN_COLUMNS = """1951 Speeches/Documents
Title:
Author:
Date:                 Source:.
Letter to the Committee
Bar
May 2, 1951 Bulletin of the Party, No. 9
Description:.

To the Committee: the plan is late.

Send your answer soon.
"""

FOREIGN_RELATIONS = """The Ambassador in the Netherlands (Doe) to the Secretary of State

123.45/6–2450: Telegram

The Hague, June 24, 1950—4 p.m.
[Received June 24—9:26 a.m.]

1332. The minister told me today that he agrees.

Doe
"""

FOREIGN_RELATIONS_LATER = """840.00/7–351: Telegram
The Chargé in Utopia (Roe) to the Secretary of State
Secret
Utopia City, July 3, 1951—noon.
7. Nothing new. Embtel 6.
Roe
"""

FOREIGN_RELATIONS_PLAIN = """The Consul at Harbour Town (Poe) to the Minister in Utopia (Roe)
Harbour Town, May 2, 1931.
No. 17
Sir: The harbour is closed.
"""

PAGES: dict[str, Page] = {
    "old-pdf-supported": (
        OLD_PDF_SUPPORTED,
        {
            "date": ["March 09, 1953"],
            "title": ["Telegram, Embassy in Ankara to the Ministry, Concerning the Straits"],
            "citation": [
                "“Telegram, Embassy in Ankara to the Ministry, Concerning the Straits,” March 09, "
                "1953, History and Public Policy Program Digital Archive, AMAE, Folder 12/1953, "
                "Issue 4. Translated by A. B."
            ],
            "url": ["http://digitalarchive.wilsoncenter.org/document/900101"],
            "summary": ["The embassy reports that Turkey will not move first."],
            "credits": ["This document was made possible with support from the Some Foundation."],
            "language": ["Romanian"],
            "contents": ["English Translation"],
        },
        ("TELEGRAM No. 4512", "on Monday."),
    ),
    "old-pdf-short": (
        OLD_PDF_SHORT,
        {
            "date": ["January 05, 1966"],
            "title": ["Report on a Visit to Ulaanbaatar"],
            "citation": [
                "“Report on a Visit to Ulaanbaatar,” January 05, 1966, History and Public Policy "
                "Program Digital Archive, PA AA, C 12/66."
            ],
            "url": ["https://digitalarchive.wilsoncenter.org/document/900102"],
            "language": ["German"],
            "contents": ["English Translation"],
        },
        ("Comrade Minister!", "with honours."),
    ),
    "flat-to-one-line": (
        FLAT_TO_ONE_LINE,
        {
            "date": ["August 21, 1957"],
            "title": ["Cable, Foo to Bar, on Transit"],
            "citation": [
                "“Cable, Foo to Bar, on Transit,” August 21, 1957, History and Public Policy "
                "Program Digital Archive, XYZ, 4-11-2."
            ],
            "url": ["http://digitalarchive.wilsoncenter.org/document/900103"],
            "summary": ["Foo asks Bar to wait."],
            "credits": ["This document was made possible with support from nobody."],
            "language": ["Serbo-Croatian"],
            "contents": ["English Translation"],
        },
        ("To the Minister.", "moves and the"),
    ),
    "flat-in-paragraphs": (
        FLAT_IN_PARAGRAPHS,
        {
            "date": ["December 30, 1971"],
            "title": ["Memorandum of Conversation between Qux and Quux"],
            "citation": [
                "“Memorandum of Conversation between Qux and Quux,” December 30, 1971, Some "
                "Digital Archive, ABC, box 9."
            ],
            "url": ["http://digitalarchive.wilsoncenter.org/document/900104"],
            "language": ["Polish"],
            "contents": ["Scan of Original", "Translation - English"],
        },
        ("[...] Present were", "for an hour."),
    ),
    "new-site-labelled": (
        NEW_SITE_LABELLED,
        {
            "date": ["May 4, 1953"],
            "title": ["Cable No. 311, Foo to Bar, for Baz"],
            "credits": ["This document was made possible with support from Some Foundation"],
            "summary": ['Foo lets Baz know, through Bar, that the US "will get our answer" later.'],
            "source": ["APRF, f. 1, op. 2, d. 3, l. 4; and RGASPI, f. 5, op. 6, d. 7, ll. 8-9."],
            "rights": [RIGHTS + " To enquire about this document's rights status, write to us."],
            "type": ["Telegram"],
            "language": ["Russian"],
            "record-id": ["900105"],
        },
        ("CABLE No. 311", "4 May\n\n[...]"),
    ),
    "new-site-no-summary": (
        NEW_SITE_NO_SUMMARY,
        {
            "date": ["1 October 1958"],
            "title": ["Report of the Commission on Fisheries"],
            "source": ["BArch, DY 30/1."],
        },
        ("TO THE COUNCIL", "your decision."),
    ),
    "new-site-unlabelled": (
        NEW_SITE_UNLABELLED,
        {
            "date": ["November 1951"],
            "title": ["Telegram, A. Foo to Cde. I.V. Bar"],
            "credits": ["This document was made possible with support from Carnegie Trust (CT)"],
            "summary": ["Foo relays a request for instructions on how the USSR should vote."],
            "source": [
                "RGASPI, f. 9, op. 8, d. 7, ll. 0045ob. Contributed by Some One and translated by "
                "Another."
            ],
            "rights": [RIGHTS + " For commercial use, please contact the Program."],
        },
        ("to Cde. I. V. BAR", "vote of 3 November."),
    ),
    "new-site-cited": (
        NEW_SITE_CITED,
        {
            "date": ["April 2, 1968"],
            "title": ["Memorandum of Conversation, Foo and Bar"],
            "summary": ["Foo and Bar discuss coal."],
            "citation": [
                '"Memorandum of Conversation, Foo and Bar," April 2, 1968, Wilson Center Digital '
                "Archive, XYZ 12."
            ],
            "url": ["https://digitalarchive.wilsoncenter.org/document/900106"],
            "rights": ["[standard rights statement]"],
        },
        ("FOO thanked BAR", "for coming."),
    ),
    "new-site-undated": (
        NEW_SITE_UNDATED,
        {
            "title": ["Note on the Trade of the Western States"],
            "summary": ["The note describes the trade of Western states."],
            "source": ["XYZ, 4."],
        },
        ("In the year", "5 November 1962"),
    ),
    "title-above-date": (
        TITLE_ABOVE_DATE,
        {"date": ["5 November 1962"], "title": ["Letter from Foo to the Council of Bar"]},
        ("TO THE COUNCIL", "Foo"),
    ),
    "compact": (
        COMPACT,
        {
            "date": ["June 3, 1950"],
            "title": ["Ciphered Telegram No. 777 from Foo to Cde. Bar"],
            "other-summary": [
                "Bar asks Foo for rifles and promises to pay for them within a year."
            ],
            "summary": ["Foo grants the rifles only."],
            "rights": ["[standard rights statement]"],
        },
        ("CIPHERED TELEGRAM No. 777", "3.6.50"),
    ),
    "compact-without-summary": (
        COMPACT_WITHOUT_SUMMARY,
        {
            "date": ["July 9, 1960"],
            "title": ["Telegram from the Embassy in Lima (Quispe), 3 p.m., Saturday"],
            "credits": ["This document was made possible with support from Some Foundation"],
        },
        ("CONFIDENTIAL", "JUAN QUISPE"),
    ),
    "compact-cut-short": (
        COMPACT_CUT_SHORT,
        {"date": ["October 18, 1951"], "title": ["Cable No. 25, Foo to Bar"]},
        ("CABLE Nº 25", "since the neut"),
    ),
    "old-site": (
        OLD_SITE,
        {
            "date": ["October 30, 1964"],
            "title": ["CABLE FROM FOO TO THE EMBASSY IN BAZ, WITH AN ANSWER FOR QUX"],
            "credits": ["This document was made possible with support from Some Foundation"],
            "summary": ["Foo asks the ambassador to pass an answer to Qux."],
            "citation": [
                '"Cable from Foo to the Embassy in Baz, with an Answer for Qux," October 30, 1964, '
                "History and Public Policy Program Digital Archive, AVP RF, Moscow; translation by "
                "Some One"
            ],
            "url": ["https://digitalarchive.wilsoncenter.org/document/900107"],
        },
        ("You should meet", "has changed."),
    ),
    "old-site-untitled": (
        OLD_SITE_UNTITLED,
        {
            "date": ["January 31, 1952"],
            "title": ["Letter, Foo to Bar"],
            "summary": ["Foo seeks advice. The talks have stopped."],
            "citation": [
                "“Letter, Foo to Bar,” January 31, 1952, History and Public Policy Program "
                "Digital Archive, APRF, f. 1, op. 1, d. 1, l. 1."
            ],
        },
        ("Copies: Bar (2)", "have stopped."),
    ),
    "old-site-bare": (
        OLD_SITE_BARE,
        {
            "date": ["February 2, 1949"],
            "title": ["Cable, Foo to Bar [via Baz]"],
            "summary": ["Foo answers that the railway must be mended first."],
            "citation": [
                '"Cable, Foo to Bar [via Baz]," February 2, 1949, History and Public Policy '
                "Program Digital Archive, APRF: F. 3, Op. 4, D. 5, Ll. 6. Translated by Some One."
            ],
        },
        ("For Bar:", "FOO"),
    ),
    "body-with-head": (
        BODY_WITH_HEAD,
        {
            "date": ["June 12, 1955"],
            "title": ["Ciphered Telegram No. 99, Foo [Alias] to Bar [ Baz]"],
            "source": ["AVP RF, f. 1, op. 2; copy on file."],
        },
        ("CIPHERED TELEGRAM No. 99", "FOO"),
    ),
    "body-with-heading-only": (
        BODY_WITH_HEADING_ONLY,
        {},
        ("CIPHERED TELEGRAM No. 709", "February 3, 1952"),
    ),
    "sheet": (
        SHEET,
        {
            "date": ["January 14, 1949"],
            "title": ["Telegram from Foo to Bar on the Talks"],
            "source": ["APRF: F. 45, Op. 1, D. 330, Ll. 97-99. Reprinted in a book."],
            "summary": ["Foo explains that he will not mediate."],
        },
        ("Comrade Bar,", "FOO"),
    ),
    "sheet-in-columns": (
        SHEET_IN_COLUMNS,
        {
            "date": ["May 2, 1951"],
            "title": ["Letter to the Committee"],
            "source": ["Bulletin of the Party, No. 9"],
        },
        ("To the Committee:", "answer soon."),
    ),
    "foreign-relations": (
        FOREIGN_RELATIONS,
        {
            "date": ["June 24, 1950"],
            "title": ["The Ambassador in the Netherlands (Doe) to the Secretary of State"],
            "source": ["123.45/6–2450"],
        },
        ("The Hague, June 24", "Doe"),
    ),
    "foreign-relations-later": (
        FOREIGN_RELATIONS_LATER,
        {
            "date": ["July 3, 1951"],
            "title": ["The Chargé in Utopia (Roe) to the Secretary of State"],
            "source": ["840.00/7–351"],
        },
        ("Secret", "Roe"),
    ),
    "foreign-relations-plain": (
        FOREIGN_RELATIONS_PLAIN,
        {
            "date": ["May 2, 1931"],
            "title": ["The Consul at Harbour Town (Poe) to the Minister in Utopia (Roe)"],
        },
        ("Harbour Town, May 2", "harbour is closed."),
    ),
}
KEYS = {
    "old-pdf-supported": "wcda-900101",
    "old-pdf-short": "wcda-900102",
    "flat-to-one-line": "wcda-900103",
    "flat-in-paragraphs": "wcda-900104",
    "new-site-labelled": "wcda-900105",
    "new-site-cited": "wcda-900106",
    "old-site": "wcda-900107",
}


def values(record: Record) -> dict[str, list[str]]:
    """Return the words of every field."""
    return {name: [value.text for value in found] for name, found in record.fields.items()}


def bodies(record: Record) -> list[str]:
    """Return the words of every text version."""
    return [x.text.strip() for x in record.layers if x.kind != "catalogue-entry"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_gives_its_fields_and_no_others(read: Read, name: str) -> None:
    """Every value that the page has is read whole; a label without a value gives nothing."""
    page, expected, _ = PAGES[name]

    assert expected == values(read(page))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_gives_its_text_without_furniture(read: Read, name: str) -> None:
    """The text is one version from its first to its last word; nothing is left uncovered."""
    page, _, (first, last) = PAGES[name]
    record = read(page)
    (body,) = bodies(record)

    assert (True, True) == (body.startswith(first), body.endswith(last)), body
    assert (KEYS.get(name, "sha-0123456789ab"), 0) == (record.key, record.uncovered)


@pytest.mark.parametrize("name", PAGES)
def test_line_ends_of_windows_change_nothing(read: Read, name: str) -> None:
    """Carriage returns give the same values, and every span gives its words back."""
    page, expected, _ = PAGES[name]
    record = read(page.replace("\n", "\r\n"))
    spans = [x.span for x in record.layers]

    assert expected == values(record)
    assert bodies(read(page)) == bodies(record)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for found in record.fields.values():
        for value in found:
            evidence = value.evidence
            assert evidence.quote == record.source.text[evidence.start : evidence.end]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("old-pdf-supported", "translation"),
        ("new-site-labelled", "translation"),
        ("new-site-unlabelled", "translation"),
        ("compact", "translation"),
        ("old-site", "translation"),
        ("body-with-head", "translation"),
        ("sheet", "translation"),
        ("foreign-relations", "transcript"),
    ],
)
def test_an_english_text_is_a_translation_unless_it_is_american(
    read: Read, name: str, kind: str
) -> None:
    """These pages are editions of foreign documents, and do not say so."""
    record = read(PAGES[name][0])

    assert [(kind, "en")] == [
        (x.key, x.language) for x in record.layers if x.kind != "catalogue-entry"
    ]


def test_a_russian_text_on_a_new_page_is_a_transcript(read: Read) -> None:
    """The language of the words decides where the page says nothing."""
    page = COMPACT.replace("1. Rifles will be sent.\n2. Nothing else can be spared.", "Ждите.")
    page = page.replace("CIPHERED TELEGRAM No. 777\nTo Comrade BAR", "Товарищу Бар. Ждите ответа")
    record = read(page)

    assert [("transcript", "ru")] == [
        (x.key, x.language) for x in record.layers if x.kind != "catalogue-entry"
    ]


def test_an_english_original_is_a_transcript_on_a_new_page_too(read: Read) -> None:
    """A page that says that the original is in English has no translation."""
    page = NEW_SITE_LABELLED.replace("\n\nRussian\n", "\n\nEnglish\n")

    assert [x.key for x in read(page).layers] == ["catalogue", "transcript", "catalogue-2"]


@pytest.mark.parametrize(
    "mark", ["[...]", "[...[", "[....]", "[…]", "]...[", "[ . . . ]", "**[...]**"]
)
def test_a_gap_within_a_text_does_not_divide_it(read: Read, mark: str) -> None:
    """Omissions, however misprinted, leave one version with all its words."""
    page = COMPACT.replace("To Comrade BAR\n", f"To Comrade BAR\n{mark}\n")
    (body,) = bodies(read(page))

    assert mark in body
    assert values(read(page)) == values(read(COMPACT))


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("This document was made possible with support from Some Foundation\n\n", "", "credits"),
        (RIGHTS, "", "rights"),
        ("\n\nTelegram\n", "\n", "type"),
        ("\n\n900105\n", "\n", "record-id"),
        ("\n\nRussian\n", "\n", "language"),
        ("Skip to content\n\n", "", ""),
        ("Author(s):\n\nFoo, F. (Fred)\n\n", "", ""),
        ("[...]\n\n", "", ""),
        ("Document Information\n\n", "", ""),
    ],
)
def test_what_a_new_page_lacks_is_no_field(read: Read, old: str, new: str, lost: str) -> None:
    """A missing piece takes its own value away, and no other."""
    page = NEW_SITE_LABELLED.replace(
        "\nTo enquire about this document's rights status, write to us.\n", ""
    )
    expected = values(read(page))
    expected.pop(lost, None)

    assert old in page
    assert expected == values(read(page.replace(old, new)))


@pytest.mark.parametrize(
    "last",
    [
        "I ask you to answer by Monday.",
        "Typed by Ivanova in two copies on Monday.",
        "Confirm receipt of this telegram at once.",
        "“The rest will follow, and nothing will be late",
        "[1] Foo was then the head of the office.",
        "Copies: Foo, Bar and the members of the board.",
        "FOO BAR, AMBASSADOR EXTRAORDINARY",
    ],
)
def test_the_end_of_a_text_is_not_taken_for_a_summary(read: Read, last: str) -> None:
    """Words of a message, of a clerk or of a note stay in the text."""
    page = COMPACT.replace("Foo grants the rifles only.", last)
    record = read(page)

    assert record.first("summary") is None
    assert bodies(record)[0].endswith(last)


def test_a_summary_above_the_date_is_of_another_document(read: Read) -> None:
    """Without a summary after the text there is none, whatever stands above the date."""
    page = COMPACT.replace("Foo grants the rifles only.\n", "")
    found = values(read(page))

    assert "summary" not in found
    assert found["other-summary"][0].startswith("Bar asks Foo")


@pytest.mark.parametrize("heading", ["Summary:", "Contents:", "SUMMARY", "Credits:"])
def test_a_heading_within_a_text_is_no_label(read: Read, heading: str) -> None:
    """A report with a summary of its own keeps it in its text."""
    text = "The harvest was late.\nThe rain came in June.\nNobody was paid.\nThe roads were bad."
    page = COMPACT.replace("1. Rifles will be sent.", f"{text}\n{heading}\nWheat is short.")
    alone = page.partition("Foo grants")[0].partition("\n")[2]

    assert f"{heading}\nWheat" in bodies(read(page))[0]
    assert f"{heading}\nWheat" in bodies(read(alone))[0]


def test_a_page_may_keep_its_citation_before_the_text_and_its_labels_after_it(read: Read) -> None:
    """Both stretches of the catalogue are read."""
    tail = "\nDocument Information\n\nSource\n\nXYZ, 1.\n\nRecord ID\n\n900108\n"
    found = values(read(OLD_SITE_UNTITLED + tail))

    assert found["record-id"] == ["900108"]
    assert found["citation"][0].startswith("“Letter, Foo to Bar,”")
    assert "summary" in found


_LINES = sorted({line for page, _, _ in PAGES.values() for line in page.split("\n")})


@given(
    st.one_of(
        st.lists(st.sampled_from(_LINES), max_size=30),
        st.tuples(st.sampled_from(sorted(PAGES)), st.lists(st.integers(0, 60), max_size=12)).map(
            lambda drawn: [
                line for i, line in enumerate(PAGES[drawn[0]][0].split("\n")) if i not in drawn[1]
            ]
        ),
    ),
    st.sampled_from(["\n", "\r\n", " "]),
)
def test_any_part_of_a_page_is_read_or_refused(lines: list[str], newline: str) -> None:
    """Layers do not overlap and cover what is not counted; a value lies inside its layer."""
    text = newline.join(lines)
    clean = clean_text(text)
    source = SourceText("a.txt", "a.txt", "0" * 64, text, clean.text, clean.origin, clean.until)
    try:
        record = read_record(source)
    except LayoutError:
        return
    places = [(layer.start, layer.end) for layer in record.layers]
    covered = sum(len("".join(layer.text.split())) for layer in record.layers)

    assert all(start < end for start, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    assert len("".join(source.clean.split())) == covered + record.uncovered
    for found in record.fields.values():
        assert all(value.evidence.quote == value.evidence.quote.strip() != "" for value in found)
