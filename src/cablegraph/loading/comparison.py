"""Whether a graph that was read back is the graph that was sent: counts, a set hash, differences.

The set hash is the sum of the SHA-256 of every canonical line modulo 2**256: it does not depend on
the order, and equal sets of statements have equal hashes. Most lines are canonical as they stand,
and come back letter by letter: those are hashed and not parsed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cablegraph.errors import DataError
from cablegraph.loading.canonical import Form, to_form

if TYPE_CHECKING:
    import pyoxigraph

_MODULUS = 1 << 256
_LINES = "application/n-triples"
#: Virtuoso sets tabs between the terms.
_TABS = re.compile(rb"^(<[^>\s]*>)\t(<[^>\s]*>)\t", re.MULTILINE)
#: Statements that a message shows of each kind of difference.
_SHOWN = 2
#: Characters of a statement in a message.
_LONGEST = 200


def _digest(line: str) -> bytes:
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest()


def _is_canonical(line: bytes) -> bool:
    """Tell of a line of N-Triples that it has neither escape, datatype, language nor control."""
    typed = b"\\" in line or b'"^^<' in line or b'"@' in line
    return not typed and line.decode("utf-8").isprintable()


def hash_set(digests: Iterable[bytes]) -> str:
    """Return the hash of a set of digests, in 64 hexadecimal digits.

    >>> hash_set([])[:4]
    '0000'
    """
    return f"{sum(int.from_bytes(digest) for digest in digests) % _MODULUS:064x}"


def parse_triples(
    body: bytes | Iterable[bytes], media: str, where: str
) -> Iterator[pyoxigraph.Triple]:
    """Read statements in any form of triples that RDF has.

    Raises:
        DataError: if they can't be parsed, or the media type is none of RDF.
    """
    import pyoxigraph

    # text/plain was the media type of N-Triples before 2014, and some stores still say so.
    plain = media.partition(";")[0].strip().lower() in ("text/plain", "")
    form = pyoxigraph.RdfFormat.from_media_type("application/n-triples" if plain else media)
    if form is None:
        raise DataError(f"{media!r} is no form of RDF", where=where, remedy="see to the address")
    data = body if isinstance(body, bytes) else b"".join(body)
    try:
        yield from (quad.triple for quad in pyoxigraph.parse(data, form))
    except (SyntaxError, ValueError) as cause:
        said = " ".join(str(cause).split())[:120]
        raise DataError(f"can't be parsed ({said})", where=where, remedy="see to it") from cause


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found of a graph in a store.

    Shape: ``expected`` and ``found`` count statements as they are compared; ``held`` those that
        the store gave; ``rewritten`` counts statements by the rewrite the store made.
    """

    expected: int
    found: int
    held: int
    expected_hash: str
    found_hash: str
    missing: int
    extra: int
    examples: tuple[str, ...] = ()
    rewritten: dict[str, int] = field(default_factory=dict)

    @property
    def is_same(self) -> bool:
        """Whether both are the same set of statements."""
        return not self.missing and not self.extra and self.expected_hash == self.found_hash

    def describe(self) -> str:
        """Say the differences in one line.

        >>> Comparison(4, 0, 0, "a", "b", 4, 0).describe()
        'holds none of its 4 statements'
        """
        if not self.held:
            return f"holds none of its {self.expected} statements"
        parts = [f"{self.missing} of {self.expected} statements are missing"] * bool(self.missing)
        parts += [f"{self.extra} are not ours"] * bool(self.extra)
        return ", ".join([*parts, *self.examples])


class Expected:
    """The statements of one graph of ours, in the form in which a store's are compared."""

    def __init__(self, triples: Iterable[pyoxigraph.Triple], rewrites: Collection[str]) -> None:
        self._rewrites = rewrites
        self.digests: set[bytes] = set()
        #: By digest, the rewrite that may change a statement and the forms it may have before.
        self._exact: dict[bytes, tuple[str, set[bytes]]] = {}
        for triple in triples:
            form = to_form(triple, rewrites)
            digest = _digest(form.line)
            self.digests.add(digest)
            if form.rewrite:
                self._exact.setdefault(digest, (form.rewrite, set()))[1].add(_digest(form.exact))

    @classmethod
    def of_lines(cls, body: bytes, rewrites: Collection[str], where: str) -> Expected:
        """Take the statements of a graph as a build wrote them: lines of N-Triples.

        Raises:
            DataError: if they can't be parsed.
        """
        plain, other = _part(body)
        expected = cls(parse_triples(other, _LINES, where), rewrites)
        expected.digests.update(hashlib.sha256(line).digest() for line in plain)
        return expected

    @cached_property
    def hash(self) -> str:
        """The set hash."""
        return hash_set(self.digests)

    def compare(
        self, found: Iterable[pyoxigraph.Triple], again: Iterable[pyoxigraph.Triple] = ()
    ) -> Comparison:
        """Compare with what a store gave; *again* yields ours once more, to name the missing."""
        return self._compare(set(), 0, found, again)

    def compare_lines(
        self, body: bytes, where: str, again: Iterable[pyoxigraph.Triple] = ()
    ) -> Comparison:
        """Compare with lines of N-Triples that a store gave.

        Raises:
            DataError: from the lines that are not ours, if they can't be parsed.
        """
        seen, rest, held = set[bytes](), list[bytes](), 0
        blanks = _TABS.sub(rb"\1 \2 ", body) if b">\t<" in body else body
        for line in blanks.split(b"\n"):
            digest = hashlib.sha256(line).digest()
            if digest in self.digests and digest not in self._exact:
                seen.add(digest)
                held += 1
            else:
                rest.append(line)
        return self._compare(seen, held, parse_triples(b"\n".join(rest), _LINES, where), again)

    def _compare(
        self,
        seen: set[bytes],
        held: int,
        found: Iterable[pyoxigraph.Triple],
        again: Iterable[pyoxigraph.Triple],
    ) -> Comparison:
        extra: list[str] = []
        rewritten: Counter[str] = Counter()
        for triple in found:
            held += 1
            form = to_form(triple, self._rewrites)
            digest = _digest(form.line)
            if digest not in self.digests and digest not in seen and len(extra) < _SHOWN:
                extra.append(f"not ours: {_cut(form.exact)}")
            elif rewrite := self._find_rewrite(digest, form):
                rewritten[rewrite] += 1
            seen.add(digest)
        gone = self.digests - seen
        names = [*self._name(gone, again), *extra]
        return Comparison(
            len(self.digests), len(seen), held, self.hash, hash_set(seen), len(gone),
            len(seen - self.digests), tuple(names), dict(sorted(rewritten.items())),
        )  # fmt: skip

    def _find_rewrite(self, digest: bytes, form: Form) -> str | None:
        name, exact = self._exact.get(digest, (None, set()))
        return name if name and _digest(form.exact) not in exact else None

    def _name(self, gone: set[bytes], again: Iterable[pyoxigraph.Triple]) -> Iterator[str]:
        shown = 0
        for triple in again if gone else ():
            form = to_form(triple, self._rewrites)
            if _digest(form.line) in gone:
                yield f"missing: {_cut(form.exact)}"
                shown += 1
            if shown == _SHOWN:
                return


def _part(body: bytes) -> tuple[list[bytes], bytes]:
    """Return the lines that are canonical as they stand, and the others as one text."""
    plain, other = list[bytes](), list[bytes]()
    for line in body.split(b"\n"):
        (plain if line and _is_canonical(line) else other).append(line)
    return plain, b"\n".join(other)


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
