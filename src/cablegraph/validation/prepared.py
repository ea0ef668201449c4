"""A graph for pySHACL that has its SPARQL queries answered by pyoxigraph.

rdflib takes ten to sixty times as long for them, lets Python's errors through where a value is
ill-typed, and compares literals in ways of its own; so does no engine a user would ask otherwise.
Imports rdflib: load it only where a graph is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier, Variable

from cablegraph.namespaces import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, NamedNode, Store
    from pyoxigraph import Literal as OxLiteral
    from pyoxigraph import Triple as OxTriple

_STRING = PREFIXES["xsd"] + "string"


class _Comparable(Literal):
    """A literal that is in no order with one it can't be compared with, where rdflib raises.

    So SHACL has it: of such a pair, neither stands before the other.
    """

    __slots__ = ()
    __hash__ = Literal.__hash__

    def __le__(self, other: Any) -> bool:
        """Whether it stands before *other* or is equal to it."""
        if self.ill_typed or getattr(other, "ill_typed", False):
            return False
        try:
            return super().__le__(other) is True
        except TypeError:
            return False


class PreparedGraph(Graph):
    """An rdflib graph for validation, made of N-Triples text once and not changed any more."""

    def __init__(self, text: str) -> None:
        import pyoxigraph

        super().__init__(bind_namespaces="none")
        self.text = text
        found = pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.N_TRIPLES)
        self.addN(
            (to_node(s.subject), to_node(s.predicate), to_node(s.object), self) for s in found
        )

    @cached_property
    def answering(self) -> Store:
        """The same statements where queries are answered."""
        import pyoxigraph

        store = pyoxigraph.Store()
        store.bulk_load(self.text.encode("utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
        return store

    def query(  # the signature is rdflib's
        self,
        query_object: str | Query,
        processor: object = "sparql",
        result: object = "sparql",
        initNs: object = None,  # noqa: N803
        initBindings: Mapping[str, Identifier] | None = None,  # noqa: N803
        *_: Any,
        **__: Any,
    ) -> Result:
        """Answer a SELECT as rdflib would: rows of variables and terms."""
        import pyoxigraph

        given = initBindings or {}
        found = self.answering.query(
            str(query_object),
            substitutions={pyoxigraph.Variable(n): _to_term(v) for n, v in given.items()},
        )
        if not isinstance(found, pyoxigraph.QuerySolutions):
            raise ValueError("a SPARQL constraint is no SELECT")
        names = [variable.value for variable in found.variables]
        answer = Result("SELECT")
        answer.vars = [Variable(name) for name in names]
        answer.bindings = [
            {Variable(n): _escape(to_node(term)) for n in names if (term := row[n]) is not None}
            | {Variable(n): v for n, v in given.items() if n in names}
            for row in found
        ]
        return answer


def _escape(term: Identifier) -> Identifier:
    """Double the backslashes: pySHACL fills messages by ``re.sub``, which reads them as escapes."""
    if isinstance(term, Literal) and "\\" in term:
        return Literal(str(term).replace("\\", "\\\\"), lang=term.language)
    return term


def to_node(term: NamedNode | BlankNode | OxLiteral | OxTriple) -> Identifier:
    """Return the term as rdflib has it; the words of a literal stay as they are.

    Raises:
        ValueError: if it is a triple term.
    """
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise ValueError(f"{term} is a triple term; publish the claim in its RDF 1.1 form")
    if term.language:
        return _Comparable(term.value, lang=term.language)
    datatype = term.datatype.value
    return _Comparable(
        term.value, datatype=None if datatype == _STRING else URIRef(datatype), normalize=False
    )


def _to_term(node: Identifier) -> NamedNode | BlankNode | OxLiteral:
    import pyoxigraph

    if isinstance(node, URIRef):
        return pyoxigraph.NamedNode(str(node))
    if isinstance(node, BNode):
        return pyoxigraph.BlankNode(str(node))
    if isinstance(node, Literal) and node.language:
        return pyoxigraph.Literal(str(node), language=node.language)
    datatype = getattr(node, "datatype", None) or _STRING
    return pyoxigraph.Literal(str(node), datatype=pyoxigraph.NamedNode(str(datatype)))
