"""The forms in which a description is given: their media types and file extensions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("forms.toml")


@dataclass(frozen=True, slots=True)
class Form:
    """One form; ``aliases`` are other media types under which it is asked for.

    ``is_static`` tells whether a site of plain files has it.
    """

    name: str
    extension: str
    media_type: str
    aliases: tuple[str, ...] = ()
    is_static: bool = True

    @property
    def content_type(self) -> str:
        """The value of Content-Type; text is UTF-8."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


@lru_cache(maxsize=1)
def list_forms() -> tuple[Form, ...]:
    """Return the forms, best first.

    >>> [form.extension for form in list_forms()]
    ['html', 'ttl', 'jsonld', 'nt', 'rdf']
    """
    return tuple(_read())


def list_data_forms() -> tuple[Form, ...]:
    """Return the forms that hold statements, so all but the page."""
    return tuple(form for form in list_forms() if form.extension != "html")


def list_static_forms() -> tuple[Form, ...]:
    """Return the forms that a site of plain files has, the page among them."""
    return tuple(form for form in list_forms() if form.is_static)


def find_form(extension: str) -> Form | None:
    """Return the form with an extension, which has no point; None if there is none."""
    return next((form for form in list_forms() if form.extension == extension), None)


def _read() -> Iterator[Form]:
    with _FILE.open("rb") as file:
        listed = tomllib.load(file)["form"]
    for entry in listed:
        aliases = tuple(entry["aliases"])
        yield Form(entry["name"], entry["extension"], entry["media_type"], aliases, entry["static"])
