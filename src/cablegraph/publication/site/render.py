"""Pages from templates: every value escaped, every link relative, one frame for all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup, escape

from cablegraph.publication.site.addresses import page_file, root_of
from cablegraph.publication.site.staging import Staging, Stamp
from cablegraph.publication.site.told import OWN_LANGUAGE, Value

_HERE = Path(__file__).parent
#: No script but our own files, no style but our own, no other host.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'"
)


@dataclass(frozen=True, slots=True)
class About:
    """What the collection says of itself, shown on every page."""

    title: str
    description: str
    publisher: str
    licence: str
    rights: str
    issued: str
    base_url: str  # where the site will lie; empty if it may lie anywhere


class Pages:
    """Writes pages of one site."""

    def __init__(self, out: Staging, about: About) -> None:
        self.out, self.about = out, about
        self._env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            auto_reload=False,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters.update(FILTERS)
        self._env.globals.update(about=about, policy=POLICY, page_file=page_file)

    def write(
        self,
        file: str,
        template: str,
        *,
        title: str,
        schema: Mapping[str, Any] | None = None,
        data: str | None = None,
        **values: Any,
    ) -> None:
        """Write one page.

        Shape: *data* is the path of the files that hold the same as data, without their ending.
        """
        html = self._env.get_template(template).render(
            title=title,
            root=root_of(file),
            file=file,
            address=file.removesuffix("index.html"),
            schema=_script(schema) if schema else None,
            data=data,
            **values,
        )
        self.out.write(file, [html])

    def copy_assets(self) -> None:
        """Copy style sheets and scripts."""
        for path in sorted((_HERE / "assets").iterdir()):
            self.out.write(f"assets/{path.name}", [path.read_bytes()])


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A file of the whole as it was left: a digest of what it shows, if that is known."""

    digest: bytes
    stamp: Stamp


class KeptPages(Pages):
    """Writes those pages of the whole that show something else than last time."""

    def __init__(self, out: Staging, about: About, kept: Mapping[str, Kept]) -> None:
        super().__init__(out, about)
        self._kept = kept
        self._made: dict[str, bytes] = {}
        self._same: dict[str, Kept] = {}

    def write(self, file: str, template: str, **values: Any) -> None:
        """Write a page, if the values that it is made of are new."""
        shown = _encode([template, sorted(values.items())])
        digest = hashlib.blake2b(shown, digest_size=16).digest()
        kept = self._kept.get(file)
        if kept and kept.digest == digest:
            self._same[file] = kept
            return
        super().write(file, template, **values)
        self._made[file] = digest

    def list_kept(self) -> dict[str, Kept]:
        """Return every file of the whole, the search and the style sheets among them."""
        stamps = self.out.take_stamps()
        made = {file: Kept(self._made.get(file, b""), stamps[file]) for file in stamps}
        return made | self._same


_encode = msgspec.json.Encoder(enc_hook=str).encode


@lru_cache(maxsize=65536)
def show(value: Value) -> Markup:
    """Return a value as a link, or as words that keep their direction to themselves."""
    language = f' lang="{escape(value.language)}"' if value.language else ""
    words = escape(value.text)
    if not value.href:
        return Markup(f"<bdi{language}>{words}</bdi>")  # escaped above
    away = ' class="away" rel="external"' if value.away else ""
    return Markup(  # every part is escaped
        f'<a href="{escape(value.href)}"{away}{language}><bdi>{words}</bdi></a>'
    )


@lru_cache(maxsize=8192)
def show_all(values: tuple[Value, ...]) -> str:
    """Return values one after the other."""
    return '<span class="sep">; </span>'.join(str(show(value)) for value in values)


@lru_cache(maxsize=8192)
def to_html(value: str | int) -> str:
    """Return words escaped; those that come again are not escaped again."""
    return str(escape(value))


def long_to_html(text: str) -> str:
    """Return a text escaped that is not kept, since it comes but once."""
    return str(escape(text))


@lru_cache(maxsize=8192)
def quoted(text: str, language: str) -> Markup:
    """Return words of a document as a quotation."""
    other = f' lang="{escape(language)}"' if language and language != OWN_LANGUAGE else ""
    return Markup(f'<q{other} dir="auto">{escape(text.strip())}</q>')  # escaped here


#: Each escapes what it is given; a template that turns escaping off has all its values from them.
#: Only ``at_once`` takes what is HTML already: a long stretch of a page as one piece.
FILTERS: dict[str, Callable[..., str]] = {
    "show": show, "show_all": show_all, "quoted": quoted, "html": to_html,
    "html_long": long_to_html, "at_once": str,
}  # fmt: skip


def _script(value: Mapping[str, Any]) -> Markup:
    # Within a script element nothing is unescaped by the browser; no tag can begin without <.
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # escaped for its place above
