"""Tell a cataloguer's sentence from a title, a heading, and the words of a message."""

from __future__ import annotations

import re

from cablegraph.records.layout import Line
from cablegraph.records.wordlists import is_in

# "Stalin meets the request." is the shortest summary thought of; orders of clerks are shorter.
_FEWEST_WORDS = 4
# Without a full stop a sentence is longer than most headings.
_FEWEST_UNSTOPPED = 8
_LONGEST_TITLE = 400
_STOPPED = re.compile(r"[.!?…][)\]]?[\"”’»)]*\s*(?:\((?:see also|excerpts?)[^()]*\))?$")
_QUOTED = re.compile("[\"“«„][^\"“”«»„]*[\"”»]|(?<!\\w)['‘][^'‘’]{1,200}['’](?!\\w)")
# "I" before a verb; before these it is a number.
_I = re.compile(
    r"\bI(?:'m|’m|'ve|’ve|'ll|’ll)?\s+(?!(?:and|or|of|in|on|to|at|by|as|for|with|from)\b)[a-z]"
)
_LOWER = re.compile(r"\b[^\W\d_A-ZÀ-ÞА-ЯЁ][\w'’]*")
_WORD = re.compile(r"[^\W\d_][\w'’]*")
# A number, a point of a list, a note, a list of copies or an opened quotation.
_OF_TEXT = re.compile(
    r"[\[(*/•·–—-]|\d+[.)\s]|[a-z][.)]\s|[\"“«„][^\"”»]*$|\S{1,20}(?:\s\S{1,20})?:(?:\s|$)"
)
_UNFINISHED = re.compile(
    r"(?:\b(?:to|from|of|and|or|the|a|for|with|by|in|on|via|at|through|concerning|regarding|about|"
    r"no\.?|comrade|cde\.)|[,(–—-])$",
    re.IGNORECASE,
)


def is_sentence(words: str) -> bool:
    """Say whether *words* are prose that ends: a full stop, mostly words in small letters.

    >>> is_sentence("Stalin answers that he agrees."), is_sentence("Cable, Roshchin to Moscow")
    (True, False)
    """
    count, lower = len(_WORD.findall(words)), len(_LOWER.findall(words))
    if count < _FEWEST_WORDS or lower * 3 < count:
        return False
    return _STOPPED.search(words) is not None


def is_summary(words: str) -> bool:
    """Say whether *words* may be a cataloguer's: a sentence in which nobody speaks or is spoken to.

    Shape: what is quoted in it is left out; a long one may lack its full stop.

    >>> is_summary("Kim asks for advice."), is_summary("I ask for your advice on this.")
    (True, False)
    """
    if _OF_TEXT.match(words) or words.count("“") != words.count("”"):
        return False
    own = _QUOTED.sub(" ", words)
    if _speaks(own) or is_in("clerk-notes.txt", words):
        return False
    count, lower = len(_WORD.findall(own)), len(_LOWER.findall(own))
    return is_sentence(own) or (count >= _FEWEST_UNSTOPPED and lower * 2 > count)


def _speaks(words: str) -> bool:
    """Say whether somebody says "I" or "you": not "US", the country."""
    said = (word for word in _WORD.findall(words) if not word.isupper())
    return any(is_in("speaking-words.txt", word) for word in said) or _I.search(words) is not None


def is_title(words: str) -> bool:
    """Say whether *words* may be a title: no sentence, and not too long for one line of it."""
    return 0 < len(words) <= _LONGEST_TITLE and not is_sentence(words)


def is_heading(words: str) -> bool:
    """Say whether *words* begin with the name of a documentary form, ``TELEGRAM No. 7``."""
    return is_telegram(words) or is_in("forms.txt", words.strip("*# "))


def is_telegram(words: str) -> bool:
    """Say whether *words* begin with the name of a telegram or of a cable."""
    return is_in("telegram-forms.txt", words.strip("*# "))


def is_wrapped(line: Line, following: Line) -> bool:
    """Say whether a title goes on in the line after it."""
    if not following.text or not line.text:
        return False
    if line.text.count("[") > line.text.count("]") or line.text.count("(") > line.text.count(")"):
        return True
    if line.text.count("**") % 2:
        return True
    return _UNFINISHED.search(line.text) is not None or following.text[0].islower()
