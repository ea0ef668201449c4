"""Say who or what a name stands for in this document, and which written form it is.

The authority file knows most; an editor's bracket settles a pseudonym; a name that nobody knows
becomes an entity of its own, marked as unlisted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from cablegraph.authorities.inflect import Case, fold, letter_spaced, nominative
from cablegraph.authorities.match import Match, Matcher
from cablegraph.authorities.respelled import Respelled
from cablegraph.authorities.romanise import name_key, romanise, slug
from cablegraph.authorities.table import Authorities, NameForm
from cablegraph.extraction.cues import BODY
from cablegraph.extraction.own_names import Editorial, OwnNames, join_restored
from cablegraph.records.claims import Certainty

BRACKET = re.compile(r"\s*[\[(]\s*(?P<inner>[^\])]+?)\s*[\])]")
_CLASSES = {
    "person": "rico:Person",
    "org": "rico:CorporateBody",
    "archive": "rico:CorporateBody",
    "group": "rico:Group",
    "place": "rico:Place",
    "position": "rico:Position",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a name, in the nominative."""

    key: str  # last step of its IRI
    text: str
    language: str
    kind: str  # concept of scheme/name
    correct: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for here: the entity, the form, how sure that is."""

    entity: str  # path under {base}id/
    form: Form | None
    listed: bool = True
    certainty: Certainty = "certain"
    labels: dict[str, str] = field(default_factory=dict)  # of an unlisted entity
    reason: str | None = None  # why it is taken for the entity, where the name is no form of it

    @property
    def type(self) -> str:
        """CURIE of the class of the entity."""
        return _CLASSES[self.entity.partition("/")[0]]


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
        self._respelled = respelled
        self.linked = linked or {}  # records of other authorities, by their names, to entities
        self._settled: dict[str, Known] = {}
        self._labels: dict[str, str] = {}
        self.own = OwnNames()
        self.present: set[str] = set()  # listed people whom a whole name or a role shows to be here
        self._people: dict[str, Known] = {}  # those of ``own``
        self._under_forms: dict[tuple[str, str, str], Known] = {}
        self._unlisted: dict[tuple[str, str, str, Case | None, Certainty], Known] = {}
        self._settlings = 0
        self._learnt = (0, 0, 0)  # what ``_found`` was found with
        self._found: dict[tuple[str, str], tuple[tuple[Match, Known], ...]] = {}

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
        if found and case == "nomn" and language == "ru" and not _is_nominative(found, bare):
            found = None
        meant = self._listed(inner, "en", ("person",)) if inner else None
        if found and inner and (alias := self._alias(found, inner)):
            return Known(found.entity, alias)
        if found and not meant:
            return self._without_witness(found, bare)
        if meant and not (found and found.form and found.form.kind != "pseudonym"):
            return self._pseudonym_of(meant, found, bare, language)
        if not found and inner and not self._is_variant(bare, inner):
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

    @staticmethod
    def _is_variant(bare: str, inner: str) -> bool:
        """Tell whether a bracket spells the same name in another way, not another name."""
        one, other = (re.sub(r"\W", "", romanise(name)).lower() for name in (bare, inner))
        return one in other or other in one or SequenceMatcher(None, one, other).ratio() >= 0.6

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
        text = nominative(bare) if language == "ru" else _capitalised(bare)
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
        asked = bare, language, kind, case, certainty
        if asked not in self._unlisted:
            self._unlisted[asked] = self._make_unlisted(*asked)
        return self._unlisted[asked]

    def _make_unlisted(
        self, bare: str, language: str, kind: str, case: Case | None, certainty: Certainty
    ) -> Known:
        text = nominative(bare, case) if language == "ru" else _capitalised(bare)
        if spelled := self._respelled and self._respelled.find(text, language, kind):
            return Known(
                spelled.entity,
                Form(name_key(text, language), text, language, "common"),
                certainty="probable",
                reason=spelled.explanation,
            )
        latin = romanise(text) if language == "ru" else text
        labels = {"en": latin, "ru": text} if language == "ru" else {"en": text}
        form = Form(name_key(text, language), text, language, "common")
        entity = f"{kind}/{slug(latin)}"
        if entity in self.authorities:  # the same letters, but nothing says it is the same one
            entity += "-unidentified"
        self._labels.setdefault(entity, latin)
        return Known(entity, form, False, certainty, labels)

    def person(self, words: str, language: str) -> Known | None:
        """Return the listed person that *words* name, or None."""
        return self._listed(words, language, ("person",))

    def again(self, entity: str, words: str, language: str) -> Known:
        """Return a person of this document under another spelling of the name."""
        text = nominative(words) if language == "ru" else _capitalised(words)
        form = Form(name_key(text, language), text, language, "common")
        before = self._people.get(entity) or Known(entity, None)
        return replace(before, form=form, listed=entity in self.authorities)

    def take(self, known: Known, name: str, *, full: bool = False) -> None:
        """Let *name* stand for *known* in this document; *full* where it is the whole name."""
        self.own.add(name, known.entity, full=full)
        self._people.setdefault(known.entity, known)

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
        self.matcher.keep(text)
        self.own.keep(text)

    def find(self, text: str, language: str) -> Iterator[tuple[Match, Known]]:
        """Yield the names of entities in running text, in order, none overlapping.

        Shape: of two names that overlap the longer one counts; letters that an editor restored
            within a word belong to it.
        """
        return iter(self._in_words(text, language))

    def _in_words(self, text: str, language: str) -> tuple[tuple[Match, Known], ...]:
        """Find names, or remember them: the rules ask for the same texts when all is learnt."""
        learnt = (self._settlings, len(self.present), self.own.additions)
        if learnt != self._learnt:
            self._learnt = learnt
            self._found.clear()
        asked = text, language
        if asked not in self._found:
            joined = join_restored(text) if "[" in text else None
            found = self._search(joined.text if joined else text, language)
            self._found[asked] = tuple(_put_back(found, joined, text) if joined else found)
        return self._found[asked]

    def _search(self, text: str, language: str) -> list[tuple[Match, Known]]:
        found = self.own.find(text)
        own = [
            (Match(start, end, text[start:end], ()), self._under(entity, text[start:end], language))
            for start, end, entity in found
        ]
        mine = {(start, end) for start, end, _ in found}
        listed = []
        for match in self.matcher.find(text, language):
            known = self._known(match.forms)
            if known is None or _is_given(text, match, known):
                continue
            if known.entity.startswith("place/") and (match.start, match.end) in mine:
                continue  # the text showed it to be somebody's surname
            listed.append((match, known))
        return _longest(own, listed) if own and listed else own or listed

    def _under(self, entity: str, written: str, language: str) -> Known:
        """Return one of the document's own people, under the form in which the name stands."""
        key = (entity, written, language)
        if key not in self._under_forms:
            form = _own_form(written, language)
            self._under_forms[key] = replace(self._people[entity], form=form)
        return self._under_forms[key]

    def label(self, entity: str) -> str:
        """Return how English prose names an entity: as the catalogue does, else its label."""
        for known in self._settled.values():
            if known.entity == entity and known.labels.get("en"):
                return known.labels["en"]
        if entity in self.authorities:
            return self.authorities.entity(entity).label_en
        return self._labels.get(entity, entity.rpartition("/")[2])

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
            return _sure(forms[0])
        for form in forms:
            settled = self._settled.get(self._fold(form.form))
            if settled and settled.entity == form.entity:
                return Known(form.entity, form_of(form))
        here = [f for f in forms if f.entity in self.present and f.kind != "pseudonym"]
        return Known(here[0].entity, form_of(here[0])) if len(here) == 1 else None

    @staticmethod
    def _fold(words: str) -> str:
        return re.sub(r"[\s-]+", "", words).lower().replace("ё", "е")


# "[Given] Surname": what a bracket before a surname holds is no name by itself.
_BEFORE_SURNAME = re.compile(r"\]\s+[^\W\d_a-zа-яё]")


def _is_given(text: str, match: Match, known: Known) -> bool:
    """Tell whether a single name is the given name that a bracket sets before a surname."""
    if not known.entity.startswith("person/") or " " in match.written:
        return False
    return bool(_BEFORE_SURNAME.match(text, match.end) and "[" in text[: match.start])


def _put_back(
    found: Iterable[tuple[Match, Known]], joined: Editorial, text: str
) -> Iterator[tuple[Match, Known]]:
    """Yield what was found in a text with joined letters as it stands in the text as written."""
    for match, known in found:
        start, end = joined.places[match.start], joined.places[match.end - 1] + 1
        yield match._replace(start=start, end=end, written=text[start:end]), known


def _longest(*found: list[tuple[Match, Known]]) -> list[tuple[Match, Known]]:
    """Return the matches in order, of those that overlap the longest, else the last given.

    Shape: those given together do not overlap.
    """
    every = sorted((one for some in found for one in some), key=_place)
    if all(one[0].end <= other[0].start for one, other in pairwise(every)):
        return every
    ranked = [
        (one[0].start - one[0].end, -rank, one) for rank, some in enumerate(found) for one in some
    ]
    kept: list[tuple[Match, Known]] = []
    for _, _, one in sorted(ranked, key=lambda item: (item[0], item[1], item[2][0].start)):
        first, last = one[0].start, one[0].end
        if all(last <= other.start or other.end <= first for other, _ in kept):
            kept.append(one)
    return sorted(kept, key=_place)


def _place(one: tuple[Match, Known]) -> int:
    return one[0].start


@lru_cache(maxsize=1 << 14)
def form_of(name: NameForm) -> Form:
    """Return a form of the authority file as claims carry it."""
    return Form(name.key, name.form, name.language, name.kind, name.correct_key)


@lru_cache(maxsize=1 << 12)
def _sure(name: NameForm) -> Known:
    """Return whom a form names that leaves no doubt."""
    return Known(name.entity, form_of(name))


@lru_cache(maxsize=1 << 12)
def _own_form(written: str, language: str) -> Form:
    text = nominative(written) if language == "ru" else _capitalised(written)
    text = " ".join(text.split())
    return Form(name_key(text, language), text, language, "common")


def _is_nominative(found: Known, bare: str) -> bool:
    """Tell whether a name stands in the nominative: as such, «Орлова» is not «Орлов»."""
    return found.form is None or fold(bare).endswith(fold(found.form.text))


def _capitalised(words: str) -> str:
    """Write a name in capitals as a name: KIM IL SUNG, Kim Il Sung; McNeil stays."""
    small = ("of", "the", "and", "in", "for", "to")
    if not words.isupper() and BODY.search(words):  # "Embassy of the DPRK": an abbreviation
        return " ".join(words.split())
    parts = [
        word.capitalize() if word.isupper() and not re.search(r"\w\.\w", word) else word
        for word in words.split()
    ]
    return " ".join(part.lower() if part.lower() in small else part for part in parts)
