"""Bring together what several text versions say: one row for each stance, however many tell it.

What the versions agree on and where they differ is judged in claims.py, not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cablegraph.extraction.parts import Parts
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import find_sentences
from cablegraph.extraction.stances.align_score import Features, find_features, score_pair, words_of
from cablegraph.extraction.stances.model import Utterance

# Two utterances whose order differs from version to version are one stance only if they agree
# in much more than their place.
_CROSSING = 4.0
# Points below which a pair is two stances that stand in one place rather than one told twice.
_LEAST = 1.5
# Share of the words of a clause that a sentence of the same passage has.
_ALIKE = 0.8
# A translation with so many of the sentences of the other version has every passage of it.
_WHOLE = 0.8


@dataclass(frozen=True, slots=True)
class Version:
    """One text version and the utterances read from it, in order of the text."""

    parts: Parts
    utterances: tuple[Utterance, ...]
    features: tuple[Features, ...] = field(repr=False)
    sentences: tuple[frozenset[str], ...] = field(repr=False)  # words of each

    @property
    def layer(self) -> str:
        """Key of the text version."""
        return self.parts.layer.key

    @property
    def is_original(self) -> bool:
        """Whether it has the words of the message itself, not of a translator."""
        return self.parts.layer.kind != "translation"


@dataclass(frozen=True, slots=True)
class Row:
    """One stance, as each version that has it puts it.

    Shape: ``told`` has one utterance a version, the first version of the file first; ``missing``
        are the versions that have the passage, but in which no such stance was read.
    """

    told: dict[str, Utterance]
    missing: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """Path of the message that takes the stance."""
        return next(iter(self.told.values())).message


def prepare_version(
    scene: Scene, parts: Parts, utterances: Sequence[Utterance], *, alone: bool = False
) -> Version:
    """Make a version ready to be compared: utterances in order, with their features.

    Shape: what only comparing needs is left out of one that is *alone*.
    """
    ordered = tuple(sorted(utterances, key=_place))
    if alone:
        return Version(parts, ordered, (), ())
    text = parts.layer.text
    return Version(
        parts=parts,
        utterances=ordered,
        features=tuple(find_features(scene, parts, one) for one in ordered),
        sentences=tuple(words_of(text[start:end]) for start, end in find_sentences(text)),
    )


def _place(one: Utterance) -> tuple[int, int]:
    # Targets of one clause keep the order of the reader: sorting is stable.
    return one.words.start, one.words.end


def align(versions: Sequence[Version]) -> list[Row]:
    """Return the stances of all *versions* together, message by message, in order of the text.

    Shape: the message itself comes first, then the messages that stand in it; every utterance
        is in exactly one row. Versions are added one after another to the rows of those before
        them, by the alignment of Needleman and Wunsch with the score of align_score.py and no
        cost for a gap.
    """
    found: list[Row] = []
    messages = {u.message for version in versions for u in version.utterances}
    for message in sorted(messages, key=lambda path: (len(path), path)):
        rows: list[list[tuple[int, int]]] = []
        for number, version in enumerate(versions):
            ours = [
                (number, index)
                for index, one in enumerate(version.utterances)
                if one.message == message
            ]
            rows = _joined(versions, rows, ours)
        found += [_row(versions, places) for places in rows]
    return found


Place = tuple[int, int]  # number of the version and of the utterance in it


def _joined(
    versions: Sequence[Version], rows: list[list[Place]], ours: list[Place]
) -> list[list[Place]]:
    """Add the utterances of one version to the rows of those before it."""
    scores = [[_score(versions, row, one) for one in ours] for row in rows]
    pairs = _best_path(scores)
    pairs |= _crossing(scores, pairs)
    pairs |= _misnumbered(versions, rows, ours, pairs)
    partner = dict(pairs)
    taken = set(partner.values())
    joined: list[list[Place]] = []
    after = 0
    for index, row in enumerate(rows):
        mine = partner.get(index)
        if mine is None:
            joined.append(row)
            continue
        joined += [[ours[k]] for k in range(after, mine) if k not in taken]
        joined.append([*row, ours[mine]])
        after = max(after, mine + 1)
    return [*joined, *([ours[k]] for k in range(after, len(ours)) if k not in taken)]


def _score(
    versions: Sequence[Version], row: list[Place], one: Place, *, numbers: bool = True
) -> float:
    """Compare an utterance with a row: with its version of the same language, else its best."""
    mine = versions[one[0]]
    scores = []
    for number, index in row:
        other = versions[number]
        same = other.parts.layer.language == mine.parts.layer.language
        score = score_pair(
            other.features[index], mine.features[one[1]], same_language=same, numbers=numbers
        )
        scores.append((same, score))
    return max(scores)[1]


def _best_path(scores: list[list[float]]) -> set[Place]:
    """Return the pairs of the dearest path through the table that never goes back."""
    height, width = len(scores), len(scores[0]) if scores else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            pair = scores[i][j] + best[i + 1][j + 1] if scores[i][j] >= _LEAST else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    pairs: set[Place] = set()
    i = j = 0
    while i < height and j < width:
        if scores[i][j] >= _LEAST and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.add((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _crossing(scores: list[list[float]], pairs: set[Place]) -> set[Place]:
    """Return more pairs, of what is left over: clauses that a translator put in another order."""
    rows, columns = {i for i, _ in pairs}, {j for _, j in pairs}
    left = sorted(
        (-score, i, j)
        for i, line in enumerate(scores)
        for j, score in enumerate(line)
        if score >= _CROSSING and i not in rows and j not in columns
    )
    found: set[Place] = set()
    for _, i, j in left:
        if i not in rows and j not in columns:
            found.add((i, j))
            rows.add(i)
            columns.add(j)
    return found


def _misnumbered(
    versions: Sequence[Version], rows: list[list[Place]], ours: list[Place], pairs: set[Place]
) -> set[Place]:
    """Return more pairs, of what is left over in one place: the same point under another number."""
    rows_left = sorted(set(range(len(rows))) - {i for i, _ in pairs})
    ours_left = sorted(set(range(len(ours))) - {j for _, j in pairs})
    found: set[Place] = set()
    for j in ours_left:
        anchors = pairs | found
        near = [i for i in rows_left if all((a < i) == (b < j) for a, b in anchors)]
        scores = {i: _score(versions, rows[i], ours[j], numbers=False) for i in near}
        best = max(((score, -i) for i, score in scores.items()), default=None)
        if best is not None and best[0] >= _CROSSING:
            found.add((-best[1], j))
            rows_left.remove(-best[1])
    return found


def _row(versions: Sequence[Version], places: list[Place]) -> Row:
    told = {versions[n].layer: versions[n].utterances[k] for n, k in sorted(places)}
    have = [versions[number] for number, _ in sorted(places)]
    missing = (
        other.layer
        for other in versions
        if other.layer not in told and any(has_passage(other, one, told[one.layer]) for one in have)
    )
    return Row(told, tuple(missing))


def has_passage(version: Version, other: Version, one: Utterance) -> bool:
    """Tell whether a version has the passage in which *one* stands in the *other* version.

    Shape: in one language, whether it has the sentence, or nearly; in another, whether it is as
        long, counted in sentences.
    """
    if version.parts.layer.language != other.parts.layer.language:
        return len(version.sentences) >= _WHOLE * len(other.sentences)
    mine = words_of(one.words.text)
    return any(len(mine & words) >= _ALIKE * len(mine) for words in version.sentences)
