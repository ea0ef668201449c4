"""What is asked of a worker; it can be sent to any process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cablegraph.extraction.series import Settlement
from cablegraph.partitions.buckets import Bucket
from cablegraph.records.claims import Claim

if TYPE_CHECKING:
    from cablegraph.validation.shacl import Validator

#: What each part is written as, beside N-Quads.
Form = Literal["ttl", "trig", "jsonld", "rdf12"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is the same for every bucket of a build; paths are absolute."""

    output: str
    config: str | None = None
    validator: Validator = "auto"
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A bucket to be made.

    Shape: *without* are the documents, as (file shown, key), that another file has already;
        *poison* the files that ended a worker; *kept* the files that did not change, with the
        keys of their documents, and *parts* the buckets that had them; *unseen* can't be reached
        now, and *outdated* says that such were read by other rules; *rivals* are the numbers, by
        document, that were still open when it was read, *settled* what the series of the corpus
        say of them; into the file *trace* goes what the worker has in hand.
    """

    bucket: Bucket
    order: Order
    without: frozenset[tuple[str, str]] = frozenset()
    poison: frozenset[str] = frozenset()
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    unseen: frozenset[str] = frozenset()
    outdated: bool = False
    rivals: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    settled: Mapping[str, Settlement] = field(default_factory=dict)
    trace: str | None = None

    def note(self, what: str) -> None:
        """Leave word of what is in hand, for whoever finds the worker dead."""
        if self.trace:
            with open(self.trace, "wb", 0) as file:  # noqa: PTH123  once a document
                file.write(what.encode())
