"""Take each item of a list as a thing that is put, in the way in which its lead puts them all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cablegraph.extraction.stances.assemble import Draft
from cablegraph.extraction.stances.lists import Item, find_items, leads_to_list
from cablegraph.extraction.stances.phrases import Naming, Register
from cablegraph.extraction.stances.proposals import clean

_PUT = frozenset(
    {"propose", "request", "demand", "insist", "propose-and-insist", "advise", "counter-propose"}
)


@dataclass(slots=True)
class Listed:
    """The list that is being read in a message, if any; offsets are those of the layer's text."""

    text: str
    language: str
    register: Register
    end: int = 0  # up to here the text is taken as items
    _lead: Draft | None = None
    _next: int = 1

    def covers(self, start: int) -> bool:
        """Tell whether a sentence lies in an item, and so is no further stance."""
        return start < self.end

    def follow(
        self, drafts: list[Draft], first: int, sentence: tuple[int, int], end: int
    ) -> tuple[Naming, ...]:
        """Take the items behind a sentence that leads to a list, in place of its own stance.

        Shape: *drafts* from *first* on are those of the sentence; *end* is that of its paragraph.
        """
        if self._lead is None and first == len(drafts):
            return ()
        if not leads_to_list(self.text, *sentence, self.language):
            return ()
        self._lead = next((one for one in reversed(drafts[first:]) if one.kind in _PUT), None)
        self._next = 1
        return self._take(drafts, sentence[1], end)

    def go_on(self, drafts: list[Draft], start: int, end: int) -> tuple[Naming, ...]:
        """Take the items at the beginning of a paragraph; a list ends where there are none."""
        found = self._take(drafts, start, end)
        self._lead = self._lead if found else None
        return found

    def _take(self, drafts: list[Draft], start: int, end: int) -> tuple[Naming, ...]:
        lead = self._lead
        items = find_items(self.text, start, end, self.language, self._next) if lead else []
        if lead is None or not items:
            return ()
        if lead in drafts and not lead.naming.point:
            drafts.remove(lead)
        made = [self._made(lead, item) for item in items]
        drafts += made
        self._next = items[-1].number + 1
        self.end = items[-1].end
        return tuple(draft.naming for draft in made)

    def _made(self, lead: Draft, item: Item) -> Draft:
        naming = Naming(
            item.start,
            item.end,
            phrase=clean(self.text[item.start : item.end]),
            proposers=lead.naming.proposers or lead.speakers,
            is_content=True,
        )
        return replace(
            lead,
            start=item.start,
            end=item.end,
            sentence=item.start,
            naming=self.register.keyed(self.text, naming),
            grounds=[],
            conditions=[],
        )
