"""A stance as a row of a table: who wants what done about which proposal, in which words."""

from __future__ import annotations

import msgspec

from cablegraph.publication.site.passages import Passage
from cablegraph.publication.site.told import Teller


class Wording(msgspec.Struct, frozen=True, array_like=True):
    """The words of one text version and where they stand."""

    version: str
    label: str
    language: str
    text: str
    file: str
    line: int


class StanceRow(msgspec.Struct, frozen=True, array_like=True):
    """A stance; things are terms, so that each page can link them from where it lies."""

    node: str
    proposals: tuple[str, ...]
    holders: tuple[str, ...]
    advises: tuple[str, ...]
    kind: str
    kind_node: str
    force: str
    condition: str
    reason: str
    status: str
    status_reason: str
    wordings: tuple[Wording, ...]
    rivals: tuple[str, ...]


def read_stance(node: str, passages: tuple[Passage, ...], teller: Teller) -> StanceRow:
    """Read one stance from the graph."""
    facts = teller.facts
    conditions = facts.values(node, "cbl:condition")
    return StanceRow(
        node=node,
        proposals=tuple(facts.values(node, "cbl:onProposal")),
        holders=tuple(facts.values(node, "cbl:holder")),
        advises=tuple(facts.values(node, "cbl:advises")),
        kind=teller.words(node, "cbl:kind"),
        kind_node=facts.first(node, "cbl:kind") or "",
        force=teller.words(node, "cbl:force"),
        condition="; ".join(tell_condition(one, teller) for one in conditions),
        reason=teller.words(node, "cbl:reason"),
        status=teller.words(node, "cbl:status"),
        status_reason=teller.words(node, "cbl:statusReason"),
        wordings=tuple(
            Wording(one.version, one.label, one.language, one.exact, one.file, one.line)
            for one in passages
        ),
        rivals=tuple(facts.values(node, "cbl:conflictsWith")),
    )


def tell_condition(node: str, teller: Teller) -> str:
    """Tell a condition: its kind, whose act it is, and what proposal it turns on."""
    told = teller.words(node, "cbl:kind") or teller.label(node)
    if actor := teller.words(node, "cbl:actor"):
        told += f" ({actor})"
    if trigger := teller.words(node, "cbl:triggeredBy"):
        told += f": {trigger}"
    return told
