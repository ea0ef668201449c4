"""Rules by which a web server turns names into addresses for a site of plain files.

Apache, nginx and Caddy answer 303 from a thing to its page or data; w3id.org does it for the
permanent names. None of them reads weights; the rules therefore ask for each tenth in turn, from
1 down, so that weights count in steps of a tenth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from cablegraph.publication.about import list_media_types
from cablegraph.publication.forms import list_static_forms

_FOLDER = Path(__file__).with_name("rules_templates")
# Parameters other than the weight; written without lookahead, which Caddy does not know.
_NAME = r"(?:[a-pr-z0-9_][a-z0-9_-]*|q[a-z0-9_-]+)"
_PARAMETERS = rf'(?:;\s*(?:{_NAME}=(?:"(?:[^"\\]|\\.)*"|[^;,"\s]*)\s*)?)*'
_WEIGHTS = (
    r"(?:;\s*q=1(?:\.0*)?\s*)?",
    *(rf";\s*q=0?\.{tenth}[0-9]*\s*" for tenth in range(9, 0, -1)),
    r";\s*q=0?\.0[0-9]*[1-9][0-9]*\s*",
)
#: Which form a range with a star means, after those that name one.
_STARS = ((r"text/\*", "html"), (r"application/\*", "jsonld"), (r"\*(?:/\*)?", "html"))
_DATA = "(?:" + "|".join(f.extension for f in list_static_forms() if f.extension != "html") + ")"


def make_rules(
    base: str, parts_of: Mapping[str, Sequence[str]], folder: str = "/srv/www/cablegraph"
) -> dict[str, str]:
    """Return the files by name for a site at the address *base*, which ends in a stroke.

    Shape: *parts_of* has for each kind of thing, which is the first step of its path, the steps
        that lead to parts; *folder* is where the site lies on the server; Apache finds that itself.
    """
    parts = urlsplit(base)
    shared = {"base": base, "path": parts.path, "limits": _read_limits(), "folder": folder}
    port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    return {
        ".htaccess": _fill(
            "htaccess", shared, negotiation=_join(_apache()), types=_join(_apache_types()),
            things=_join(_apache_things(parts_of, parts.path, "END")),
        ),
        "w3id.htaccess": _fill(
            "w3id", shared, negotiation=_join(_apache()),
            things=_join(_apache_things(parts_of, base, "L")),
        ),
        "nginx.conf": _fill(
            "nginx", shared, negotiation=_join(_nginx()), types=_join(_nginx_types()),
            things=_join(_nginx_things(parts_of, parts.path)),
            host=parts.hostname or "_", listen=str(port),
        ),
        "Caddyfile": _fill(
            "caddy", shared, negotiation=_join(_caddy()), types=_join(_caddy_types()),
            things=_join(_caddy_things(parts_of, parts.path)), site=f"{parts.scheme}://{parts.netloc}",
        ),
    }  # fmt: skip


def _fill(name: str, shared: dict[str, str], **more: str) -> str:
    template = Template((_FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    return template.substitute({**shared, **more})


def _read_limits() -> str:
    """Return what the rules can't do, as lines of a comment."""
    lines = (_FOLDER / "limits.txt").read_text(encoding="utf-8").splitlines()
    return "\n# ".join(lines)


def _join(lines: Iterator[str]) -> str:
    return "\n".join(lines)


def _patterns() -> Iterator[tuple[str, str]]:
    """Yield each pattern of an Accept header with the form it means, the best first."""
    yield r"^\s*,?\s*$", "html"
    for weight in _WEIGHTS:
        for form in list_static_forms():
            names = "|".join(map(_escape, (form.media_type, *form.aliases)))
            yield _pattern(f"(?:{names})", weight), form.extension
        for star, extension in _STARS:
            yield _pattern(star, weight), extension


def _pattern(media_type: str, weight: str) -> str:
    return rf"(?:^|,)\s*{media_type}\s*{_PARAMETERS}{weight}(?:,|$)"


def _escape(media_type: str) -> str:
    return media_type.replace("+", r"\+").replace(".", r"\.")


def _things(parts_of: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield for each kind a pattern whose groups are the thing and, if there is one, its part."""
    for kind, steps in sorted(parts_of.items()):
        part = f"(?:/((?:{'|'.join(map(_escape, steps))})(?:/.*)?))?" if steps else "()"
        yield f"({_escape(kind)}/.+?){part}/?"


# Apache


def _apache() -> Iterator[str]:
    for pattern, extension in _patterns():
        yield "RewriteCond %{ENV:CG_FORM} ^$"
        # No pattern has an apostrophe, and mod_rewrite has no way to escape a quotation mark.
        yield f"RewriteCond %{{HTTP:Accept}} '{pattern}' [NC]"
        yield f"RewriteRule ^ - [E=CG_FORM:{extension}]"
    yield "RewriteCond %{ENV:CG_FORM} ^$"
    yield rf"RewriteCond %{{REQUEST_URI}} !\.{_DATA}$"
    yield "RewriteRule ^(?:id|data|scheme|def)(?:/|$) - [R=406,L]"


def _apache_things(parts_of: Mapping[str, Sequence[str]], target: str, end: str) -> Iterator[str]:
    for thing in _things(parts_of):
        yield "RewriteCond %{ENV:CG_FORM}::$2 ^html::$"
        yield rf"RewriteRule ^id/{thing}$ {target}page/$1/ [R=303,{end}]"
        yield "RewriteCond %{ENV:CG_FORM} ^html$"
        yield rf"RewriteRule ^id/{thing}$ {target}page/$1/#$2 [R=303,NE,{end}]"
        yield "RewriteCond %{ENV:CG_FORM} ^(.+)$"
        yield rf"RewriteRule ^id/{thing}$ {target}data/$1.%1 [R=303,{end}]"


def _apache_types() -> Iterator[str]:
    yield "<IfModule mod_mime.c>"
    for extension, media_type in sorted(list_media_types().items()):
        yield f"  AddType {media_type} .{extension}"
        if media_type.startswith("text/"):
            yield f"  AddCharset utf-8 .{extension}"
    yield "</IfModule>"


def _quoted(pattern: str) -> str:
    """Return a pattern for quotation marks, inside which a backslash stands for the next sign."""
    return pattern.replace("\\", "\\\\").replace('"', r"\"")


# nginx


def _nginx() -> Iterator[str]:
    for pattern, extension in _patterns():
        yield f'    "~*{_quoted(pattern)}" {extension};'


def _nginx_things(parts_of: Mapping[str, Sequence[str]], path: str) -> Iterator[str]:
    for thing in _things(parts_of):
        named = thing.replace("(", "(?<cg_whole>", 1).replace("/((", "/(?<cg_part>(", 1)
        yield f"    location ~ ^{path}id/{named}$ {{"
        yield '        if ($cg_form = "") { return 406; }'
        yield f'        set $cg_page "{path}page/$cg_whole/";'
        if "cg_part" in named:
            yield f'        if ($cg_part) {{ set $cg_page "{path}page/$cg_whole/#$cg_part"; }}'
        yield "        if ($cg_form = html) { return 303 $cg_page; }"
        yield f"        return 303 {path}data/$cg_whole.$cg_form;"
        yield "    }"


def _nginx_types() -> Iterator[str]:
    for extension, media_type in sorted(list_media_types().items()):
        yield f"        {media_type} {extension};"


# Caddy


def _caddy() -> Iterator[str]:
    for pattern, extension in _patterns():
        yield f"\t\t`~(?i){pattern}` {extension}"


def _caddy_things(parts_of: Mapping[str, Sequence[str]], path: str) -> Iterator[str]:
    for number, thing in enumerate(_things(parts_of)):
        name = f"thing{number}"
        for form, test in (("html", "=="), ("data", "!=")):
            yield f"\t\t@{name}{form} {{"
            yield f"\t\t\tpath_regexp {name} ^{path}id/{thing}$"
            yield f'\t\t\texpression {{cg_form}} {test} "html" && {{cg_form}} != "none"'
            yield "\t\t}"
            target = "page/{re.%s.1}/" if form == "html" else "data/{re.%s.1}.{cg_form}"
            yield f"\t\tredir @{name}{form} {path}{target % name} 303"


def _caddy_types() -> Iterator[str]:
    for form in list_static_forms():
        yield f"\t@{form.extension} path *.{form.extension}"
        yield f'\theader @{form.extension} Content-Type "{form.content_type}"'
