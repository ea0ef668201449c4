"""Say who or what a name stands for in this document, and which written form it is.

The authority file knows most; an editor's bracket settles a pseudonym; a name that nobody knows
becomes an entity of its own, marked as unlisted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cablegraph.authorities.inflect import Case, letter_spaced, nominative
from cablegraph.authorities.match import Match, Matcher
from cablegraph.authorities.respelled import Respelled
from cablegraph.authorities.romanise import name_key, romanise
from cablegraph.authorities.table import Authorities, NameForm
from cablegraph.extraction.cues import BODY
from cablegraph.extraction.known import Form as Form
from cablegraph.extraction.known import Known as Known
from cablegraph.extraction.known import capitalised, is_nominative, is_variant, sure_of
from cablegraph.extraction.known import form_of as form_of
from cablegraph.extraction.names_in_text import NamesInText
from cablegraph.extraction.own_names import OwnNames
from cablegraph.extraction.unlisted import Unlisted
from cablegraph.records.claims import Certainty

BRACKET = re.compile(r"\s*[\[(]\s*(?P<inner>[^\])]+?)\s*[\])]")


class Names:
    """The names of one document: the authority file, and what its brackets settle.

    >>> Names.without_bracket("FILIPPOV [Stalin].")
    ('FILIPPOV', 'Stalin')
    """

    def __init__(
        self,
        authorities: Authorities,
        matcher: Matcher,
        respelled: Respelled | None = None,
        linked: Mapping[str, str] | None = None,
    ) -> None:
        self.authorities = authorities
        self.matcher = matcher
        self.linked = linked or {}  # records of other authorities, by their names, to entities
        self._settled: dict[str, Known] = {}
        self.own = OwnNames()
        self.present: set[str] = set()  # listed people whom a whole name or a role shows to be here
        self._unlisted = Unlisted(authorities, respelled)
        self._in_text = NamesInText(matcher, self.own, self._known)
        self._settlings = 0
        self._learnt = (0, 0, 0)  # what ``_in_text`` was asked with

    @staticmethod
    def without_bracket(words: str) -> tuple[str, str | None]:
        """Return a name and what the editor's bracket after it says."""
        match = BRACKET.search(words)
        bare = BRACKET.sub("", words).strip(' .,!"”»“*/')
        return bare, match["inner"] if match else None

    def settle(self, words: str, language: str) -> None:
        """Learn from a bracket: ``Filippov [Stalin]`` says who Filippov is in this document."""
        bare, inner = self.without_bracket(words)
        if inner and bare:
            known = self.party(words, language)
            if known:
                means = self._listed(inner, "en", ("person",))
                shown = means is not None and means.entity == known.entity and language == "en"
                labels = {**known.labels, "en": inner} if shown else known.labels
                settled = replace(known, labels=labels)
                self._settled[self._fold(known.form.text if known.form else bare)] = settled
                if known.form is None or known.form.kind == "pseudonym":
                    self._settled.setdefault(self._fold(romanise(bare)), settled)
                    self._settled[self._fold(bare)] = settled
                self._settlings += 1

    def party(self, words: str, language: str, case: Case | None = None) -> Known | None:
        """Return who a name in a title, an address line or a signature stands for.

        Shape: *case* is the one in which a Russian name stands there, where the place says so.
        Returns None only where *words* hold no name.
        """
        bare, inner = self.without_bracket(words)
        bare = letter_spaced(bare)
        if not re.search(r"[^\W\d_]{2}", bare):
            return None
        found = self._listed(bare, language, ("person", "org", "group"))
        if found and case == "nomn" and language == "ru" and not is_nominative(found, bare):
            found = None
        meant = self._listed(inner, "en", ("person",)) if inner else None
        if found and inner and (alias := self._alias(found, inner)):
            return Known(found.entity, alias)
        if found and not meant:
            return self._without_witness(found, bare)
        if meant and not (found and found.form and found.form.kind != "pseudonym"):
            return self._pseudonym_of(meant, found, bare, language)
        if not found and inner and not is_variant(bare, inner):
            bearer = self.unlisted(inner, "en")
            return self._pseudonym_of(bearer, None, bare, language)
        return found or self._explained(bare, language, case) or self._body(bare, language, case)

    def _alias(self, found: Known, inner: str) -> Form | None:
        """Return the pseudonym that a bracket gives a person named by name: Stalin [Kuznetsov]."""
        if found.form is None or found.form.kind == "pseudonym":
            return None
        for form in self.matcher.resolve(inner, "en"):
            if form.entity == found.entity and form.kind == "pseudonym":
                return form_of(form)
        return None

    def _explained(self, bare: str, language: str, case: Case | None) -> Known | None:
        """Return whom a bracket elsewhere in the document says the name stands for."""
        text = nominative(bare, case) if language == "ru" else bare
        known = self._settled.get(self._fold(bare)) or self._settled.get(self._fold(romanise(text)))
        if known and known.form and language == "ru":
            form = Form(name_key(text, language), text, language, known.form.kind)
            return replace(known, form=form)
        return known

    def _body(self, bare: str, language: str, case: Case | None) -> Known:
        """Return the body, else the unlisted party, that a name which settles nothing is."""
        if not BODY.search(bare):
            return self.unlisted(bare, language, case=case)
        forms = [f for f in self.matcher.resolve(bare, language) if f.entity.startswith("org/")]
        if len({form.entity for form in forms}) == 1:
            return Known(forms[0].entity, form_of(forms[0]), True, "probable")
        return self.unlisted(bare, language, "org", case=case)

    def _without_witness(self, found: Known, bare: str) -> Known:
        """A pseudonym that no bracket of this document explains is only probably its bearer's."""
        if found.form is None or found.form.kind != "pseudonym":
            return found
        settled = self._settled.get(self._fold(found.form.text)) or self._settled_entity(found)
        certainty: Certainty = "certain" if settled else "probable"
        return Known(found.entity, found.form, True, certainty)

    def _settled_entity(self, found: Known) -> Known | None:
        return next(
            (known for known in self._settled.values() if known.entity == found.entity), None
        )

    def _pseudonym_of(self, meant: Known, found: Known | None, bare: str, language: str) -> Known:
        if found and found.entity == meant.entity:
            return Known(meant.entity, found.form)
        text = nominative(bare) if language == "ru" else capitalised(bare)
        form = Form(name_key(text, language), text, language, "pseudonym")
        return Known(meant.entity, form, meant.listed, "certain", meant.labels)

    def unlisted(
        self,
        bare: str,
        language: str,
        kind: str = "person",
        *,
        case: Case | None = None,
        certainty: Certainty = "certain",
    ) -> Known:
        """Return the listed entity that the name spells in another system, else one of its own."""
        return self._unlisted.entity(bare, language, kind, case, certainty)

    def person(self, words: str, language: str) -> Known | None:
        """Return the listed person that *words* name, or None."""
        return self._listed(words, language, ("person",))

    def again(self, entity: str, words: str, language: str) -> Known:
        """Return a person of this document under another spelling of the name."""
        text = nominative(words) if language == "ru" else capitalised(words)
        form = Form(name_key(text, language), text, language, "common")
        before = self._in_text.people.get(entity) or Known(entity, None)
        return replace(before, form=form, listed=entity in self.authorities)

    def take(self, known: Known, name: str, *, full: bool = False) -> None:
        """Let *name* stand for *known* in this document; *full* where it is the whole name."""
        self.own.add(name, known.entity, full=full)
        self._in_text.people.setdefault(known.entity, known)

    def place(self, words: str, language: str) -> Known | None:
        """Return the place that *words* name, or None."""
        return self._listed(words, language, ("place",))

    def is_place(self, words: str) -> bool:
        """Tell whether the authority file knows *words* as a place, in either script."""
        return any(self.place(words, language) for language in ("en", "ru"))

    def is_listed(self, words: str, language: str) -> bool:
        """Tell whether the authority file, or a bracket, knows *words* as a party, and which."""
        bare = self.without_bracket(words)[0]
        listed = self._listed(letter_spaced(bare), language, ("person", "org", "group"))
        return listed is not None or self._fold(bare) in self._settled

    def keep(self, text: str) -> None:
        """Read a whole text of whose parts the names will be asked for."""
        self._in_text.keep(text)

    def find(self, text: str, language: str) -> Iterator[tuple[Match, Known]]:
        """Yield the names of entities in running text, in order, none overlapping.

        Shape: of two names that overlap the longer one counts; letters that an editor restored
            within a word belong to it.
        """
        learnt = (self._settlings, len(self.present), self.own.additions)
        if learnt != self._learnt:
            self._learnt = learnt
            self._in_text.forget()
        return iter(self._in_text.find(text, language))

    def label(self, entity: str) -> str:
        """Return how English prose names an entity: as the catalogue does, else its label."""
        for known in self._settled.values():
            if known.entity == entity and known.labels.get("en"):
                return known.labels["en"]
        if entity in self.authorities:
            return self.authorities.entity(entity).label_en
        return self._unlisted.labels.get(entity, entity.rpartition("/")[2])

    def listed(self, words: str, language: str, types: Iterable[str]) -> Known | None:
        """Return the one entity of the authority file, of some kinds, that *words* name."""
        return self._listed(words, language, types)

    def _listed(self, words: str | None, language: str, types: Iterable[str]) -> Known | None:
        if not words:
            return None
        forms = [
            form
            for form in self.matcher.resolve(words, language)
            if form.entity.partition("/")[0] in types
        ]
        return self._known(tuple(forms)) if forms else None

    def _known(self, forms: tuple[NameForm, ...]) -> Known | None:
        """Return whom the forms name, where the file alone or a bracket of this document says."""
        if len(forms) == 1 and not forms[0].scope:
            return sure_of(forms[0])
        for form in forms:
            settled = self._settled.get(self._fold(form.form))
            if settled and settled.entity == form.entity:
                return Known(form.entity, form_of(form))
        here = [f for f in forms if f.entity in self.present and f.kind != "pseudonym"]
        return Known(here[0].entity, form_of(here[0])) if len(here) == 1 else None

    @staticmethod
    def _fold(words: str) -> str:
        return re.sub(r"[\s-]+", "", words).lower().replace("ё", "е")
