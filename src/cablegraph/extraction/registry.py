"""Read what registry, typist and copying office wrote on the copy: people, dates, numbers.

The marks themselves, as marks, are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from cablegraph.authorities.inflect import Case
from cablegraph.authorities.romanise import romanise, slug
from cablegraph.extraction.cues import BODY, is_handling, without_honorific
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.mentions import introduce
from cablegraph.extraction.names import Known
from cablegraph.extraction.parts import NUMBER_LINE, Line, Parts
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.titles import find_names
from cablegraph.records.claims import Certainty, Claim, Date, Evidence, Number, Party, Position

_DATA = settings("registry")
_NAME = r"[А-ЯЁA-Z][^\W\d_-]+(?:[ -][А-ЯЁA-Z][^\W\d_-]+){0,2}"


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of registry.toml: its words in any capitals, NAME in its own."""
    return re.compile(f"(?i:{pattern})".replace("NAME", f"(?-i:{_NAME})"))


_LINES = [(row["role"], _compiled(row["pattern"]), row["evidence"]) for row in _DATA["line"]]
_NUMBERS = [
    (row["kind"], row.get("about") == "message", _compiled(row["pattern"]))
    for row in _DATA["number"]
]
_COPIES, _COPIES_BEGIN, _COPIES_GO_ON, _COUNT = (
    _compiled(_DATA["copies"][name]) for name in ("pattern", "begin", "goes_on", "count")
)
_KINDS = {kind: _compiled(pattern) for kind, pattern in _DATA["kinds"].items()}
_LABEL = _compiled(_DATA["kinds_not_carried"]["label"])
_CERTIFIED = _compiled(_DATA["certification"]["pattern"])
# "Kuznetsov V.V.": a list has the initials behind the name.
_BEHIND = re.compile(rf"(?<!\w)(?P<name>{_NAME})\s+(?P<initials>(?:[^\W\d_]\.\s?)?[^\W\d_]\.?)")
# Letters beside a date that still belongs to the line above: quotation marks, «г.».
_LONGEST_BESIDE = 8
_CASES: dict[str, Case] = {"typist": "nomn", "copy-recipient": "datv"}
_POSTS: dict[str, list[str]] = _DATA["posts"]


def find_registry(scene: Scene) -> Iterator[Claim]:
    """Yield the people, dates and numbers of the copy.

    Shape: claims are about the copy; where several copies are cited nothing says which one was
        transcribed, so the first is taken and nothing is more than possible.
    Source: "отп. Чеснокова 23.10 3.7.51.", "Вх. № 2048 … 4/VII 1951 г.", "ВЕРНО: … /" stamps.
    """
    holdings = scene.holdings
    copy = holdings[0] if holdings else scene.telegram
    ceiling: Certainty = "certain" if len(holdings) == 1 else "possible"
    taken: dict[str, str] = {}
    for parts in scene.texts:
        for claim in _of_copy(scene, parts, copy):
            claim = _apart(claim, taken)
            of_copy = claim.about == copy != scene.telegram
            if of_copy and ceiling == "possible" and claim.certainty in ("certain", "probable"):
                yield _possible(claim)
            else:
                yield claim


def _apart(claim: Claim, taken: dict[str, str]) -> Claim:
    """Give a second person in a role of the copy a key of its own."""
    if not isinstance(claim.value, Party):
        return claim
    agent = claim.value.agent
    if taken.setdefault(claim.key, agent) == agent:
        return claim
    return msgspec.structs.replace(claim, key=f"{claim.key}-{agent.rpartition('/')[2]}")


def _possible(claim: Claim) -> Claim:
    return msgspec.structs.replace(
        claim, certainty="possible", reason="several copies are cited: which one is transcribed?"
    )


def _of_copy(scene: Scene, parts: Parts, copy: str) -> Iterator[Claim]:
    previous = ""
    listing = False
    for line in (*parts.top, *parts.registry):
        people = list(_people(scene, line, copy))
        copied = None if people else _copied(line, listing)
        listing = copied is not None or bool(_COPIES_BEGIN.match(line.text))
        yield from people
        if copied:
            yield from _recipients(scene, line, copied, copy)
        yield from _numbers(scene, line, copy, previous)
        yield from _dates(scene, line, copy, previous)
        previous = _kind_of(line) or previous
    yield from _certifier(scene, parts.registry, copy)


def _kind_of(line: Line) -> str | None:
    """Return which office speaks in a line: typed, certified, incoming."""
    return next((kind for kind, pattern in _KINDS.items() if pattern.match(line.text)), None)


def _copied(line: Line, listing: bool) -> tuple[int, int] | None:
    """Return where the names stand in a list of those who get a copy, or in its next line."""
    found = _COPIES.match(line.text) or (_COPIES_GO_ON.match(line.text) if listing else None)
    return found.span("names") if found else None


def _recipients(scene: Scene, line: Line, place: tuple[int, int], copy: str) -> Iterator[Claim]:
    text = line.text[slice(*place)]
    last = -1
    for start, end in find_names(text):
        beside = ";" in text and last >= 0 and ";" not in text[last:start]
        last = end
        if beside and BODY.match(text, start):
            continue  # "Cde. A, CC XY; Cde. B": of which body A is
        counted = _COUNT.match(text[start:end])
        start += counted.end() if counted else 0
        words = _COUNT.sub("", text[start:end]).rstrip(" .,;")
        at = without_honorific(words)
        behind = _BEHIND.fullmatch(words[at:])
        bare = f"{behind['initials']} {behind['name']}" if behind else words[at:]
        body = bool(BODY.search(words))
        name = behind["name"] if behind else words[at:]
        if not (body or re.match(rf"{_NAME}$", name)) or is_handling(name) or name[:1].islower():
            continue
        known = scene.names.party(bare, line.layer.language, None if body else "datv")
        if known and behind and not known.listed:
            known = scene.names.party(name, line.layer.language, "datv")
        elif known and behind:
            known = replace(known, form=None)  # the form with initials first does not stand here
        if known is None:
            continue
        first = place[0] + start
        evidence = line.part(first, first + len(words)).evidence
        yield _party("copy-recipient", known, copy, evidence)
        yield from introduce(known, evidence)


def _people(scene: Scene, line: Line, copy: str) -> Iterator[Claim]:
    for role, pattern, extent in _LINES:
        match = pattern.match(line.text)
        if match is None:
            continue
        known = scene.names.party(match["name"], line.layer.language, _CASES.get(role))
        if known is None:
            continue
        end = len(line.text) if extent == "line" else match.end("name")
        words = line.part(0, end).evidence
        yield _party(role, known, copy, words)
        name = line.part(match.start("name"), match.end("name")).evidence
        yield from introduce(known, name)
        return


def _party(role: str, known: Known, copy: str, words: Evidence) -> Claim:
    under = known.form.key if known.listed and known.form else None
    return Claim(
        key=f"{copy}/participation/{role}",
        about=copy,
        value=Party(role, known.entity, under),
        evidence=(words,),
        rule=f"registry-{role}",
    )


def _numbers(scene: Scene, line: Line, copy: str, previous: str) -> Iterator[Claim]:
    for kind, of_message, pattern in _NUMBERS:
        if match := pattern.match(line.text):
            words = line.part(match.start("words"), match.end("words")).evidence
            clean = all(not date.doubtful for date in find_dates(line.text))
            certainty: Certainty = "certain" if clean else "probable"
            about = scene.telegram if of_message and not _is_numbered(scene) else copy
            yield _number(kind, match["value"], about, words, certainty)
            return
    bare = line.text.strip(" .")
    if not NUMBER_LINE.match(bare):
        return
    value = re.sub(r"^\W*(?:N[oº]\.?)?\s*", "", bare)
    if previous == "typed":
        yield _number("typing-log-number", value, copy, line.evidence, "possible")
    elif not previous and not _is_numbered(scene) and line.start > _end_of_body(scene, line):
        yield _number("outgoing-number", value, scene.telegram, line.evidence, "probable")


def _end_of_body(scene: Scene, line: Line) -> int:
    """Return where the body of the line's text version ends: the sender's number stands below."""
    body = [one.end for parts in scene.texts if parts.layer == line.layer for one in parts.body]
    return max(body, default=len(line.layer.text))


def _is_numbered(scene: Scene) -> bool:
    """Tell whether the message itself gives its outgoing number, below the signature."""
    return any(NUMBER_LINE.match(line.text) for parts in scene.texts for line in parts.closing)


def _number(kind: str, value: str, copy: str, words: Evidence, certainty: Certainty) -> Claim:
    return Claim(
        key=f"{copy}/number/{kind}-{slug(romanise(value))}",
        about=copy,
        value=Number(kind, value),
        evidence=(words,),
        rule=kind,
        certainty=certainty,
    )


def _dates(scene: Scene, line: Line, copy: str, previous: str) -> Iterator[Claim]:
    kind = _kind_of(line) or previous
    if not kind or _LABEL.match(line.text):
        return
    for date in find_dates(line.text):
        alone = len(line.text) - (date.end - date.start) <= _LONGEST_BESIDE
        if not (_kind_of(line) or alone):
            continue
        words = [line.part(date.start, date.end).evidence]
        if date.time:
            cut = date.start + line.text[date.start : date.end].index(" ")
            words += [line.part(date.start, cut).evidence, line.part(cut + 1, date.end).evidence]
        yield Claim(
            key=f"{copy}/date/{kind}",
            about=copy,
            value=Date(kind, (date.written,), date.edtf(scene.date)),
            evidence=tuple(words),
            rule=f"registry-{kind}",
            certainty="possible" if date.doubtful else "certain",
            status="unresolved" if date.doubtful else None,
            reason="the month as read is no month; it is taken for a misread Roman numeral"
            if date.doubtful
            else None,
        )


def _certifier(scene: Scene, lines: tuple[Line, ...], copy: str) -> Iterator[Claim]:
    for line in lines:
        match = _CERTIFIED.match(line.text)
        if match is None:
            continue
        known = scene.names.party(match["name"], line.layer.language, "nomn")
        if known is None:
            continue
        name = line.part(match.start("name"), match.end("name")).evidence
        yield _party("certifier", known, copy, name)
        yield from introduce(known, name)
        post = " ".join(match["post"].lower().split())
        if post:
            words = line.part(match.start("post"), match.end("post")).evidence
            labels = _POSTS.get(post)
            yield Claim(
                key=f"{known.entity}/position/{slug(romanise(labels[1] if labels else post))}",
                about=known.entity,
                value=Position(
                    key=slug(romanise(labels[1] if labels else post)),
                    labels={"ru": labels[0], "en": labels[1]}
                    if labels
                    else {line.layer.language: post},
                ),
                evidence=(words,),
                rule="certifier-post",
            )
