"""What one text version says of proposals, before the versions are brought together.

Every place is a Line of the version's layer: a stretch of its words that can give its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from cablegraph.extraction.lines import Line


@dataclass(frozen=True, slots=True)
class Target:
    """A proposal as one text version names it.

    Shape: ``key`` is the same for every naming of the proposal in the version, whether by point,
        by noun phrase or by a pronoun; ``words`` are the fullest naming first.
    """

    key: str
    words: tuple[Line, ...]
    phrase: str = ""  # what it is, in the words of the version; empty for a bare point
    point: str | None = None  # number of the point: "3"
    part: str | None = None  # letter of its part: "b" is the second
    proposers: tuple[str, ...] = ()  # agents; empty where nobody says
    put_in: str | None = None  # path of the message in which it was put
    is_hypothetical: bool = False  # it only might be put: "if the Americans advance"


@dataclass(frozen=True, slots=True)
class Proviso:
    """The event on which a stance or a ground depends."""

    words: Line
    kind: str  # concept of scheme/condition
    actors: tuple[str, ...] = ()  # agents
    trigger: Target | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason given for a stance."""

    words: Line
    provisos: tuple[Proviso, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """One stance on one proposal, as one text version puts it."""

    words: Line  # the clause that takes the stance, with its cue
    kind: str  # concept of scheme/stance
    force: str | None  # concept of scheme/force
    target: Target
    message: str  # path of the message that takes it: the telegram, or one inside it
    speakers: tuple[str, ...] = ()  # agents who take the stance
    advised: tuple[str, ...] = ()  # agents to whom it is given
    provisos: tuple[Proviso, ...] = ()
    grounds: tuple[Ground, ...] = ()
    answers: Target | None = None  # proposal in whose place this one is put
    cue: str = ""  # identifier of the lexicon's row
