"""Make a claim of a row by which an editor adds what no rule read, and find its words."""

from __future__ import annotations

import hashlib
import re
from typing import Any, get_args

import msgspec

from cablegraph.namespaces import CBL, DEF, expand
from cablegraph.records.claims import Claim, Decision, Evidence, Link, Reading, Text, Value, Version

RULE = "editors-decision"
#: The kinds of claim that a row can add, by the word for them in its field; an edge or a plain
#: value is added by its property, and a text version only by its text.
KINDS: dict[str, Any] = {
    str(kind.__struct_config__.tag): kind
    for kind in get_args(Value)
    if kind not in (Text, Link, Version)
}
_PATH = re.compile(
    r"(?:telegram|holding|person|org|group|place|archive|unit|message|recordset|proposal)"
    r"/[a-z0-9][a-z0-9/_.-]*"
)
_IRI = re.compile(r"https?://[^\s<>\"{}|^`\\]+")
_CURIE = re.compile(r"[a-z]+:[A-Za-z][\w-]*")
_TAGGED = re.compile(r"(?P<text>.*\S)@(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.DOTALL)
_PAIR = re.compile(
    r"\s*(?P<name>\w+)\s*=\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^;\"]*))\s*(?:;|$)"
)
_OF_CLAIM = ("about", "certainty")
_THEMSELVES = ("entity", "message", "event", "offer")  # kinds that are about their own node
_LINE_END = re.compile(r"\r\n?|\n")
_WRAPPED = {'"': '"', "“": "”", "«": "»", "„": "“"}


def is_path(text: str) -> bool:
    """Tell whether a cell names a thing of the graph: a path under ``{base}id/``, or an IRI."""
    return bool(_PATH.fullmatch(text) or _IRI.fullmatch(text))


def make_claim(decision: Decision) -> Claim:
    """Return the claim that a row adds, without its words.

    Shape: with a property in ``field``, a value or an edge of the thing in ``claim``; with a
        kind of claim there, a claim whose key is ``claim`` and whose fields are the pairs in
        ``value``: ``kind=handling; text=ЛИЧНО; language=ru``.
    Raises:
        ValueError: if the row is not well formed; the words say what is wrong.
    """
    if not _PATH.fullmatch(decision.claim):
        raise ValueError("claim is no path; write one such as telegram/KEY/mark/20")
    if decision.field in KINDS:
        return _of_kind(decision)
    check_property(decision.field)
    return _of_property(decision)


def check_property(curie: str) -> None:
    """Raise ValueError if a cell is neither a kind of claim nor a known property."""
    try:
        known = bool(_CURIE.fullmatch(curie)) and bool(expand(curie))
    except KeyError:
        known = False
    if not known or (expand(curie).startswith(DEF) and expand(curie) not in set(CBL)):
        raise ValueError(
            f"field is {curie!r}; write a property such as rico:hasSender, "
            f"or one of {', '.join(sorted(KINDS))}"
        )


def _of_property(decision: Decision) -> Claim:
    content = f"{decision.claim}|{decision.field}|{decision.value}"
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    name = re.sub(r"[^a-z0-9]+", "-", decision.field.lower())
    value: Text | Link
    if is_path(decision.value):
        value = Link(decision.field, decision.value)
    elif tagged := _TAGGED.fullmatch(decision.value):
        value = Text(decision.field, tagged["text"], tagged["language"])
    else:
        value = Text(decision.field, decision.value)
    key = f"telegram/{decision.document}/claim/added-{name}-{digest}"
    return Claim(key=key, about=decision.claim, value=value, evidence=(), rule=RULE)


def _of_kind(decision: Decision) -> Claim:
    kind = KINDS[decision.field]
    cells = parse_pairs(decision.value)
    own = {name: cells.pop(name) for name in _OF_CLAIM if name in cells}
    fields = {name: field_of(kind, name, text) for name, text in cells.items()}
    value = convert(fields, kind)
    about = own.get("about") or _whole(decision)
    if not _PATH.fullmatch(about):
        raise ValueError(f"about is {about!r}, which is no path")
    certainty = convert_certainty(own.get("certainty", "certain"))
    return Claim(
        key=decision.claim, about=about, value=value, evidence=(), rule=RULE, certainty=certainty
    )


def _whole(decision: Decision) -> str:
    """Return what a claim is about by its key: telegram/x of telegram/x/mark/20."""
    steps = decision.claim.split("/")
    itself = decision.field in _THEMSELVES or len(steps) < 4
    return decision.claim if itself else "/".join(steps[:-2])


def parse_pairs(text: str) -> dict[str, str]:
    """Read ``name=value; name="value; with a semicolon"``.

    Raises:
        ValueError: if a part is no pair, or a name stands twice.

    >>> parse_pairs('kind=handling; text="ЛИЧНО; СРОЧНО"')
    {'kind': 'handling', 'text': 'ЛИЧНО; СРОЧНО'}
    """
    found: dict[str, str] = {}
    at = 0
    while at < len(text.rstrip(" ;")):
        match = _PAIR.match(text, at)
        if match is None or match["name"] in found:
            raise ValueError("value is no list of pairs; write them as kind=handling; text=ЛИЧНО")
        quoted = match["quoted"]
        found[match["name"]] = quoted if quoted is not None else match["plain"].strip()
        at = match.end()
    return found


def field_of(kind: type, name: str, text: str) -> object:
    """Return a cell as a field of *kind* takes it: a list for several, None for a lone hyphen.

    Shape: paths in a list are parted by spaces or semicolons; other values by semicolons.
    Raises:
        ValueError: if *kind* has no such field.
    """
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    if name not in types:
        raise ValueError(f"{name!r} is no field of it; it has {', '.join(sorted(types))}")
    type_ = str(types[name])
    if "tuple" in type_:
        cells = text.split(";") if name == "written" else re.split(r"[\s;]+", text)
        return [cell.strip() for cell in cells if cell.strip() not in ("", "-")]
    if "dict" in type_:
        return parse_pairs(text)
    return None if text == "-" and "None" in type_ else text


def convert(fields: dict[str, object], kind: type) -> Any:
    """Return a value of *kind*; ValueError says which field is missing or does not fit."""
    try:
        return msgspec.convert(fields, kind, strict=False)
    except msgspec.ValidationError as cause:
        raise ValueError(str(cause).replace("Object missing", "value lacks the")) from cause


def convert_certainty(text: str) -> Any:
    """Return a certainty; ValueError if the scheme has no such one."""
    fields = {field.name: field.type for field in msgspec.structs.fields(Claim)}
    try:
        return msgspec.convert(text, fields["certainty"])
    except msgspec.ValidationError as cause:
        raise ValueError(f"certainty is {text!r}; write certain, probable, …") from cause


def find_words(reading: Reading, words: str) -> Evidence | None:
    """Return where *words* stand first in the document, or None.

    Shape: ``scan: words`` looks into that text version only; white space and quotation marks
        around the words do not count.
    """
    layer, colon, rest = words.partition(":")
    versions = [claim.value for claim in reading.claims if isinstance(claim.value, Version)]
    if colon and layer in reading.texts:
        versions = [version for version in versions if version.layer == layer]
        words = rest
    words = unquoted(words)
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    for version in sorted(versions, key=lambda one: one.start):
        if words and (match := pattern.search(reading.texts[version.layer])):
            return _evidence(reading, version, match)
    return None


def unquoted(words: str) -> str:
    """Return *words* without the quotation marks that stand around all of them."""
    words = words.strip()
    while len(words) > 1 and _WRAPPED.get(words[0]) == words[-1]:
        words = words[1:-1].strip()
    return words


def _evidence(reading: Reading, version: Version, match: re.Match[str]) -> Evidence:
    text = reading.texts[version.layer]
    ends = [end.end() for end in _LINE_END.finditer(text, 0, match.start())]
    before = 0 if ends else _columns_before(reading, version)
    return Evidence(
        layer=version.layer,
        start=version.start + match.start(),
        end=version.start + match.end(),
        line=version.line + len(ends),
        column=match.start() - (ends[-1] if ends else 0) + before + 1,
        quote=match.group(),
    )


def _columns_before(reading: Reading, version: Version) -> int:
    """Return how many characters stand before a text version on its first line."""
    for claim in reading.claims:
        for one in claim.evidence:
            if one.layer == version.layer and one.line == version.line:
                return one.column - 1 - (one.start - version.start)
    return 0
