"""Say by its words what a line or a phrase is: a form, an address, a name, a post, a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cablegraph.extraction.dates import find_dates, may_begin
from cablegraph.extraction.lexicon import any_of, settings

_WORDS = settings("layout")


def _plain(words: list[str]) -> str:
    """Return a pattern for any of *words*, where a stop is a stop and a bracket a bracket."""
    return any_of([re.escape(word).replace(r"\ ", " ") for word in words])


def _starting(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"{_plain(words)}(?![^\W_])", re.IGNORECASE)


_FORMS = tuple(
    (concept, re.compile(rf"{_plain(words)}(?!\w)", re.IGNORECASE))
    for concept, words in _WORDS["forms"].items()
)
_ANY_FORM = re.compile(
    rf"{_plain([word for words in _WORDS['forms'].values() for word in words])}(?!\w)",
    re.IGNORECASE,
)
_HINTS = {
    hint: _starting(_WORDS["address"][hint])
    for hint in ("for", "from", "to", "place", "honorifics")
}
_LABELS = sorted(
    word
    for words in (*_WORDS["address"].values(), _WORDS["handling"]["labels"])
    for word in words
    if word.endswith(":")
)
# A label that begins a second line within one: "Destination: X  To Whom: Y".
_LABEL_WITHIN = re.compile(rf"(?<=\S)\s+(?={_plain(_LABELS)}\s)", re.IGNORECASE)
_PASS_ON = _starting(_WORDS["address"]["pass_on"])
_PASSED = re.compile(rf"\b{_plain(_WORDS['address']['passed'])}", re.IGNORECASE)
_CONNECTIVES = frozenset(_WORDS["address"]["connectives"])
_HANDLING = _starting(_WORDS["handling"]["words"])
_HEAD = re.compile(_plain(_WORDS["handling"]["head"]), re.IGNORECASE)
_COPIES = _starting(_WORDS["handling"]["copies"])
_SUBJECT = _starting(_WORDS["handling"]["subject"])
_TELLS_WHOM = re.compile(rf"{_plain(_WORDS['handling']['told'])}\W*", re.IGNORECASE)
_PROSE = re.compile(rf"(?<!\w){any_of(_WORDS['handling']['prose'])}(?!\w)", re.IGNORECASE)
_REGISTRY, _MAYBE_REGISTRY = (
    re.compile(
        r"(?:\d{1,2}\s+)?(?:"
        + "|".join(
            re.escape(cue).replace(r"\?", r"\w").replace(r"\ ", r"\s+")
            for cue in _WORDS["registry"][name]
        )
        + ")",
        re.IGNORECASE,
    )
    for name in ("cues", "loose")
)
_DATE_LABEL = re.compile(r"(?:date|дата)\s*:\s*", re.IGNORECASE)
_TWO_FIGURES = re.compile(r"\d{1,2}[./]\d{1,2}")
_MOST_BESIDE = 12  # characters on the line of a date
_GREETING = re.compile(rf"{_plain(_WORDS['closing']['greetings'])}\W*$", re.IGNORECASE)
_SERVICE = _starting(_WORDS["closing"]["service"])
_SIGNED = re.compile(rf"{_plain(_WORDS['closing']['signed'])}\s*[:.]?\s+", re.IGNORECASE)
_COURTESY = re.compile(rf"\s{_plain(_WORDS['address']['courtesy'])}\s*", re.IGNORECASE)
POST = re.compile(rf"(?<!\w){_plain(_WORDS['office']['posts'])}(?!\w)", re.IGNORECASE)
BODY = re.compile(rf"(?<!\w){_plain(_WORDS['office']['bodies'])}s?(?!\w)", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d,:;?!]")
_SPACED = re.compile(r"(?:[^\W\d_] ){2,}[^\W\d_]")
_ENDS_WITHIN = re.compile(r"\w{4,}\.\s+\w")
_MOST_NAMES = 4  # words of the names on one line
BRACKETED = re.compile(r"\[[^\]]*\]|\([^)]*\)")
NUMBER_LINE = re.compile(
    r"(?:(?:our\s+)?ref(?:erence|\.)?\s*:?\s*)?(?:№|N[oºr°]\.?:?|N\.(?=\s*\d)|#|Number\s*:?|Номер)"
    r"\s*[\w./-]+\W*$",
    re.IGNORECASE,
)
_LONGEST_MARK, _LONGEST_LIST = 120, 600  # of a line that is no prose
# A short label with a short value: "Ref. no.: 12/61", but not the people who were present.
_LABELLED = re.compile(r"(?!present|particip|with)[^\W\d_][\w. ]{1,20}:\s*\S.{0,40}", re.IGNORECASE)
_STOPS = (".", "!", "?", "")
_TWO_SENTENCES = re.compile(r"[.!?]\s+\S")
_SENTENCE_WORDS = 6  # the least of a paragraph that is one sentence
_MOST_WORDS = 12  # of an address line; the longest seen names a post with its body


def find_labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the space before each label that begins a second line within one; it ends in a colon.

    >>> [match.end() for match in find_labels("Destination: X  To Whom: Y")]
    [16]
    """
    return _LABEL_WITHIN.finditer(text) if ":" in text else iter(())


def form_of(text: str) -> tuple[str, int] | None:
    """Return the documentary form that *text* begins with and where its words end."""
    if not _ANY_FORM.match(text):
        return None
    found = [(m.end(), concept) for concept, pattern in _FORMS if (m := pattern.match(text))]
    return (max(found)[1], max(found)[0]) if found else None


def hint_of(text: str) -> tuple[str, int] | None:
    """Return how an address line begins (to, for, from, place, honorifics) and where that ends."""
    for hint, pattern in _HINTS.items():
        if match := pattern.match(text):
            return hint, match.end()
    return None


def without_honorific(text: str) -> int:
    """Return where the name begins in *text*, after titles of courtesy and rank.

    >>> "Cde. General of the Army Zakharov"[without_honorific("Cde. General of the Army Zakharov"):]
    'Zakharov'
    """
    at = 0
    while match := _HINTS["honorifics"].match(text, at):
        if BODY.match(text, at):  # General Staff
            break
        at = match.end()
        at += len(text[at:]) - len(text[at:].lstrip(" .:"))
    return at


def courtesy_at(text: str) -> int:
    """Return where a name begins after a title of courtesy within *text*, or 0."""
    found = _COURTESY.search(text)
    return found.end() + without_honorific(text[found.end() :]) if found else 0


def is_handling(text: str) -> bool:
    """Tell whether words say how a message is to be handled: TOP PRIORITY, лично."""
    words = text.strip(" .,!*")
    match = _HANDLING.match(words)
    return bool(match and len(words) - match.end() <= 12 and not re.search(r"[\[(]", words))


def is_head(text: str) -> bool:
    """Tell whether a line above the message says how the wire was sent, received or copied."""
    if len(text) > _LONGEST_MARK and (len(text) > _LONGEST_LIST or not lists_copies(text)):
        return False
    if _PROSE.search(text):
        return False
    return (
        bool(_HEAD.match(text.lstrip("[ ")))
        or is_handling(text)
        or not re.search(r"[^\W\d_]{2}", text)
    )


def _longest(text: str) -> int:
    """Return how long a line can be that is no part of the message: a list of names is long."""
    return _LONGEST_LIST if lists_copies(text) else _LONGEST_MARK


def lists_copies(text: str) -> bool:
    """Tell whether a line begins the list of those who get a copy."""
    return bool(_COPIES.match(text))


def is_prose(text: str) -> bool:
    """Tell whether a line is a paragraph: long, or a whole sentence.

    >>> is_prose("He asked whether the envoy had left."), is_prose("Prepared in 4 copies")
    (True, False)
    """
    bare = text.rstrip(' "”»“)')
    if bare[-1:] not in _STOPS and len(bare) < _LONGEST_MARK:
        return False
    if len(bare.split(None, _SENTENCE_WORDS)) < _SENTENCE_WORDS or bare.isupper():
        return False
    if is_head(text) or is_registry(text) or lists_copies(text):
        return False
    return not hint_of(text) or bool(_TWO_SENTENCES.search(bare))


def is_unstopped(text: str) -> bool:
    """Tell whether a short line ends without a stop, as those of a letterhead do."""
    if len(text) >= _LONGEST_MARK or text.rstrip()[-1:] in ".:;,!?" or text[:1].islower():
        return False
    return ":" not in text or bool(_LABELLED.fullmatch(text))


def is_subject(text: str) -> bool:
    """Tell whether a line of the head says what the message is about: "Subject: X"."""
    return bool(_SUBJECT.match(text)) and len(text) < _LONGEST_MARK


def may_be_registry(text: str) -> bool:
    """Tell whether a line would be a mark of registry, were it to stand below the message."""
    return is_registry(text, below_end=True)


def is_registry(text: str, *, below_end: bool = False) -> bool:
    """Tell whether a line is a mark of registry, typist or copying office.

    Shape: *below_end* says that the message has ended before; words that may begin a paragraph
        of it are believed only then.
    """
    if len(text) >= _longest(text) or (not below_end and _PROSE.search(text)):
        return False
    sure = below_end or text.isupper()
    return bool(_REGISTRY.match(text) or (sure and _MAYBE_REGISTRY.match(text)))


def is_service(text: str) -> bool:
    """Tell whether a line below the signature instructs the office that receives the wire."""
    return len(text) < 80 and bool(_SERVICE.match(text))


def is_closing(text: str) -> bool:
    """Tell whether a line holds a number or a date of the message and nothing else.

    >>> [is_closing(t) for t in ("№ 340/ш", "3 июля 1951 г.", "30.6", "On 3 July we met them")]
    [True, True, True, False]
    """
    bare = text.strip(" .\"”»“'")
    if label := _DATE_LABEL.match(bare):
        bare = bare[label.end() :]
    if NUMBER_LINE.match(bare) or _TWO_FIGURES.fullmatch(bare):
        return True
    if len(bare) > _LONGEST_MARK or not may_begin(bare, _MOST_BESIDE):
        return False
    dates = list(find_dates(bare))
    return len(dates) == 1 and len(bare) - (dates[0].end - dates[0].start) <= _MOST_BESIDE


def is_post_line(text: str) -> bool:
    """Tell whether a line names a post and no person: "Commander in Chief of the Army".

    >>> is_post_line("Министр иностранных дел"), is_post_line("The minister has left.")
    (True, False)
    """
    match = POST.search(text)
    if match is None or text.rstrip()[-1:] in ".:;!?" or len(text.split()) > _MOST_WORDS:
        return False
    if BRACKETED.fullmatch(text.strip()):  # "(ambassador)" below the name
        return True
    return len(text[: match.start()].split()) <= 3 and text[:1].isupper()


def is_greeting(text: str) -> bool:
    """Tell whether words close a message before the name: "With Communist greetings"."""
    return bool(_GREETING.match(text.strip()))


def ends_with_greeting(text: str) -> bool:
    """Tell whether the last words of *text* are a greeting."""
    return bool(_GREETING.search(text))


def signed_at(text: str) -> int:
    """Return where the name begins in "Signed: NAME"; 0 where no such word stands before it."""
    match = _SIGNED.match(text)
    return match.end() if match else 0


def is_name_line(text: str) -> bool:
    """Tell whether a line holds a name, or two, and nothing else.

    >>> [is_name_line(t) for t in ("Ф И Л И П П О В.", "FILIPPOV [Stalin]", "Дата».", "Yes, we.")]
    [True, True, True, False]
    """
    bracketed = "[" in text or "(" in text
    bare = (BRACKETED.sub("", text) if bracketed else text).strip(' ."”»“*/-')
    if not bare or _NO_NAME.search(bare):
        return False
    words = [word for word in bare.split() if word not in ("and", "и")]
    spaced = _SPACED.fullmatch(bare)
    few = len(words) <= _MOST_NAMES and all(w[0].isupper() for w in words if w[0].isalpha())
    if not (spaced or few) or is_handling(bare) or is_greeting(bare):
        return False
    # A sentence may end within, as after a greeting.
    return bool(spaced) or not _ENDS_WITHIN.search(bare)


def is_address(text: str, is_place: Callable[[str], bool]) -> bool:
    """Tell whether a line directs the message rather than says it; *is_place* knows places."""
    if len(text) > 100:
        return False
    if hint := hint_of(text):
        after = text[hint[1] :]
        if hint[0] == "from" and place_at(after, is_place):
            return True
        return _is_names(after) and bool(re.search(r"\w", after) or text[hint[1] - 1] == ":")
    if passed_to(text):
        return True
    place = re.match(r"[^,.—–:-]+", text)
    if place and is_place(place.group().strip()):
        return _is_names(text[place.end() :])
    return text.isupper() and len(re.findall(r"\w+", text)) <= 8


def place_at(text: str, is_place: Callable[[str], bool]) -> tuple[int, int] | None:
    """Return where a place stands that *text* begins with: the longest one, of three words."""
    words = list(re.finditer(r"[^\W\d_][\w'’-]*", text))[:3]
    for last in reversed(words):
        start = words[0].start()
        if is_place(text[start : last.end()]) and not re.search(r"\w", text[:start]):
            return start, last.end()
    return None


def tells_whom(text: str) -> bool:
    """Tell whether words wait for "to:" and the names of those who get a copy.

    >>> tells_whom("Copies sent"), tells_whom("Sent: Hanoi")
    (True, False)
    """
    return bool(_TELLS_WHOM.fullmatch(text))


def passed_to(text: str) -> tuple[int, int] | None:
    """Return where the name stands in "Pass the text below to NAME" (to whom, not what).

    >>> text = "Pass the answer below to MAO ZEDONG."
    >>> text[slice(*passed_to(text))]
    'MAO ZEDONG'
    """
    begin = _PASS_ON.match(text)
    if begin is None or len(text.split()) > 2 * _MOST_WORDS or len(text) > 120:
        return None
    name = r"(?P<name>[^\W\d_a-zа-яё][\w'’-]*(?:\s+[^\W\d_a-zа-яё][\w'’-]*){0,3}(?:\s*\[[^\]]+\])?)"
    titles = rf"(?i:{_plain(_WORDS['address']['honorifics'])}\s*)*"
    before = r"(?:\bto\s+)" if re.search(r"[a-z]", text, re.IGNORECASE) else r"\s"
    found = re.compile(before + titles + name).search(text, begin.end())
    if found is None:
        return None
    rest = text[: found.start()] + text[found.end("name") :]
    if _PASSED.search(rest, begin.end()) or not re.search(r"\w", text[found.end("name") :]):
        return found.span("name")
    return None


def _is_names(text: str) -> bool:
    """Tell whether words can be names with their posts: each but small words has a capital."""
    bare = POST.sub(" ", BRACKETED.sub(" ", text))
    words = []
    for word in re.findall(r"[\w'’.-]+", bare):
        if _HINTS["honorifics"].fullmatch(word) or word.strip(".-").lower() in _CONNECTIVES:
            continue
        words.append(word)
    if len(words) > _MOST_WORDS or re.search(r"[.!?;]\s+\S+.*[.!?;]\s+\S", bare):
        return False
    return all(word[0].isupper() for word in words if word[0].isalpha())
