"""Files that a URL names: in an object store, on a server, in an archive, as fsspec reads them.

Nothing here is reached for unless a URL is named; fsspec is imported then, and never for a path.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import get_ident
from typing import Any, NamedTuple
from urllib.parse import unquote

from cablegraph.errors import SourceError
from cablegraph.sources.files import LARGEST

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")
_WEB = ("http://", "https://")
_LOCAL = ("file://", "local://")
#: What stands in place of a secret.
HIDDEN = "xxxxx"
_SECRET = re.compile(
    r"((?:^|//)[^/\s:@?#]*:)[^/\s?#]+(@)"
    r"|([?&][\w.-]*(?:token|sig|signature|secret|passwd|password|credential)=)[^&#\s\"')>:]+",
    re.IGNORECASE,
)
#: A user in front of a host, with or without a password.
_USER = re.compile(rf"^([^/@]*?):{re.escape(HIDDEN)}(?=@)")
#: What drivers say of a file that changes with its content, letters and figures alone.
_OF_CONTENT = frozenset({
    "etag", "md5", "md5hash", "md5checksum", "contentmd5", "digest", "crc", "crc32c", "sha", "hex",
    "blobid", "generation", "versionid",
})  # fmt: skip
#: What they say of it that changes when it is written, and may be as it was within one tick.
_OF_TIME = frozenset({
    "lastmodified", "mtime", "modified", "modify", "modifiedtime", "modificationtime", "updated",
    "lastwritetime", "datetime", "created", "ino",
})  # fmt: skip
_GONE = "check the URL"
_BARRED = "give its driver credentials that may read it"
_UNREAD = "check the address, the connection and the credentials, and build again"
_NO_FSSPEC = "pip install 'cablegraph[remote]'"
_NO_DRIVER = "install its driver, as pip install s3fs for s3, or check the URL"
#: Remedies of what may be read the next time though nothing about the file changes.
RETRIED = frozenset((_GONE, _BARRED, _UNREAD, _NO_FSSPEC, _NO_DRIVER))

#: Archives that are open, by what names them and by thread, since some are read by one at a time:
#: a driver would read their contents again for each file.
_archives: dict[tuple[str, str, str, int], Any] = {}
_MOST_ARCHIVES = 4


class Seen(NamedTuple):
    """What a listing says of a file.

    Units: ``stamp`` tells that it was touched; ``latest`` is when it was at last, in nanoseconds,
        beyond every clock if nothing tells.
    """

    size: int
    stamp: str
    latest: int


class Entry(NamedTuple):
    """A file of a listing; ``inside`` is its path from the source, nothing if it is the source."""

    url: str
    inside: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Remote:
    """What a URL names: links joined by ``::``, of which the first with a path has the file."""

    before: str
    scheme: str
    path: str
    after: str

    @classmethod
    def of(cls, url: str) -> Remote:
        """Take a URL apart; what it says of this machine's files is made absolute.

        >>> str(Remote.of("zip://texts/::/tmp/a.zip").beside("b.txt"))
        'zip://b.txt::/tmp/a.zip'
        """
        links = url.split("::")
        at = next(number for number, link in enumerate(links) if "://" in link)
        scheme, path = links[at].split("://", 1)
        scheme = f"{scheme}://"
        if at < len(links) - 1 and "://" not in links[-1]:
            links[-1] = os.path.abspath(links[-1])  # noqa: PTH100  links stay
        if scheme in _LOCAL and not path.startswith("/"):
            path = os.path.abspath(path)  # noqa: PTH100  links stay
        if scheme not in _WEB:
            path = path.rstrip("/") or path[:1]
        before = "".join(f"{link}::" for link in links[:at])
        return cls(before, scheme, path, "".join(f"::{link}" for link in links[at + 1 :]))

    def __str__(self) -> str:
        """Return the URL."""
        return f"{self.before}{self.scheme}{self.path}{self.after}"

    @property
    def concealed(self) -> Remote:
        """The same without the secrets in it, as it may be shown and kept."""
        return Remote(*map(conceal, (self.before, self.scheme, self.path, self.after)))

    def conceal(self, url: str) -> str:
        """Return the URL of a file of this source without the secrets of the source."""
        for secret in _SECRET.finditer(str(self)):
            url = url.replace(secret.group(), conceal(secret.group()), 1)
        return url

    def reveal(self, url: str) -> str:
        """Return a URL of which the secrets of this source were concealed as it was."""
        for secret in _SECRET.finditer(str(self)):
            url = url.replace(conceal(secret.group()), secret.group(), 1)
        return url

    def covers(self, url: str) -> bool:
        """Tell whether a file is the one that the URL names, or may be one of several.

        >>> zipped = Remote.of("zip://texts/*.txt::/a.zip")
        >>> [zipped.covers(f"zip://{path}::/a.zip") for path in ("texts/b.txt", "more/b.txt")]
        [True, False]
        """
        if not is_url(url):
            return False
        other = Remote.of(url)
        if (self.before, self.scheme, self.after) != (other.before, other.scheme, other.after):
            return False
        base = _above_pattern(self.path) if self.has_pattern else self.path
        return not base or other.path == base or other.path.startswith(f"{base.rstrip('/')}/")

    @property
    def has_pattern(self) -> bool:
        """Whether an asterisk stands for several files."""
        return "*" in self.path and self.scheme not in _WEB

    @property
    def names(self) -> tuple[str, ...]:
        """Names that tell the source from others: those of folders and file, the last one last.

        >>> Remote.of("https://example.org/a%20b/c.txt?raw=1").names
        ('https', 'raw=1', 'example.org', 'a b', 'c.txt')
        """
        path, more = _USER.sub(r"\1", conceal(self.path)), conceal(self.after)
        if self.scheme in _WEB:
            path, *others = re.split("[?#]", path, maxsplit=1)
            path, more = unquote(path), "/".join(others)
        elif self.has_pattern:
            path = _above_pattern(path)
        outer = re.split("[/:]+", f"{self.before}{self.scheme}{more}")
        return tuple(filter(None, (*outer, *path.split("/"))))

    def within(self, inside: str) -> Remote:
        """Return a file below the folder that the URL names."""
        base = _above_pattern(self.path) if self.has_pattern else self.path
        path = f"{base}{'' if not base or base.endswith('/') else '/'}{inside}"
        return Remote(self.before, self.scheme, path, self.after)

    def beside(self, inside: str) -> Remote:
        """Return a file by its path from the folder of this one."""
        folder, stroke, _ = self.path.rpartition("/")
        return Remote(self.before, self.scheme, f"{folder}{stroke}{inside}", self.after)


def conceal(words: str) -> str:
    """Return words with a sign in place of each secret of the URLs in them.

    Shape: secret are the password after a user's name, and what a query gives as token, signature
        and the like.

    >>> conceal("sftp://ann:pa:ss@host/a?x=1&X-Amz-Signature=f00")
    'sftp://ann:xxxxx@host/a?x=1&X-Amz-Signature=xxxxx'
    """
    return _SECRET.sub(lambda found: f"{found[1] or found[3]}{HIDDEN}{found[2] or ''}", words)


def is_url(name: str) -> bool:
    """Tell whether a source is named by a URL; an absolute path never has two strokes in it.

    >>> [is_url(name) for name in ("s3://bucket/cables", "zip://a::b.zip", "cables/a.txt")]
    [True, True, False]
    """
    return "://" in name and _SCHEME.match(name) is not None


def list_remote(source: Remote) -> list[Entry]:
    """List the files that a URL names, in order of their URLs.

    Raises:
        SourceError: if there is nothing, or it can't be listed.
    """
    url = str(source)
    if source.scheme in _WEB and source.path.endswith("/"):
        raise _refuse(url, "a folder of a web server, which has no listing", "name a file in it")
    fs, path = _open(url, anew=True)
    if source.has_pattern:
        found = _ask(url, fs.glob, path, detail=True)
        if not found:
            raise _refuse(url, "no file of that pattern", _GONE)
        return _entries(source, _above_pattern(path), found.values())
    info = _ask(url, fs.info, path)
    if info["type"] != "directory":
        return [Entry(url, "", _see(info))]
    return _entries(source, path, _ask(url, fs.find, path, detail=True).values())


def is_there(url: str) -> bool:
    """Tell whether there is a file of that URL.

    Raises:
        SourceError: if nobody can tell.
    """
    fs, path = _open(url)
    try:
        _ask(url, fs.info, path)
    except SourceError as fault:
        if fault.remedy == _GONE:
            return False
        raise
    return True


def read_remote(url: str, size: int = 0, sha256: str = "") -> bytes:
    """Read a file whole; if it is not what *sha256* says, once more, past what drivers keep.

    Shape: so a worker that outlives a build does not take an archive for what it was.

    Raises:
        SourceError: if it is larger than a document may be, or can't be read.
    """
    if size > LARGEST:
        found = f"{size} bytes, more than {LARGEST}"
        raise _refuse(url, found, "split it into one file a document")
    with suppress(SourceError):
        data = _read(url)
        if not sha256 or hashlib.sha256(data).hexdigest() == sha256:
            return data
    return _read(url, anew=True)


def is_read_at_once(url: str) -> bool:
    """Tell whether several files may be read at a time, as from a server."""
    return bool(_open(url)[0].async_impl)


def _read(url: str, *, anew: bool = False) -> bytes:
    fs, path = _open(url, anew=anew)
    return bytes(_ask(url, fs.cat_file, path))


def _entries(source: Remote, root: str, found: Iterable[Mapping[str, Any]]) -> list[Entry]:
    entries = []
    for info in found:
        if info["type"] != "directory" and not info["name"].endswith("/"):
            inside = info["name"].removeprefix(root).lstrip("/")
            entries.append(Entry(str(source.within(inside)), inside, _see(info)))
    return sorted(entries)


def _above_pattern(path: str) -> str:
    return path[: path.index("*")].rpartition("/")[0]


def _open(url: str, *, anew: bool = False) -> tuple[Any, str]:
    """Return the driver of a URL and the path that it knows; *anew* it forgets what it has seen."""
    named = Remote.of(url)
    whole = (named.before, named.scheme, named.after, get_ident())
    if anew:
        _archives.pop(whole, None)
    elif fs := _archives.get(whole):
        return fs, fs._strip_protocol(f"{named.scheme}{named.path}")
    fs, path = _choose(url)
    if anew:
        fs.invalidate_cache()
    if named.after and not named.before:
        if len(_archives) >= _MOST_ARCHIVES:
            _archives.clear()
        _archives[whole] = fs
    return fs, path


def _choose(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as cause:
        found = "URLs are read by fsspec, which is not installed"
        raise _refuse(url, found, _NO_FSSPEC) from cause
    try:
        fs, path = _ask(url, url_to_fs, url)
    except (ImportError, ValueError) as cause:
        if isinstance(cause, SourceError):
            raise
        found = f"no driver of fsspec reads it ({_words(cause)})"
        raise _refuse(url, found, _NO_DRIVER) from cause
    return fs, path


def _ask(url: str, call: Callable[..., Any], *args: object, **options: object) -> Any:
    """Have a driver do something.

    Raises:
        SourceError: if it fails; there is no telling by which class of exception it says so.
        ImportError, ValueError: as the opening of a driver says that there is none.
    """
    try:
        return call(*args, **options)
    except (MemoryError, ImportError):
        raise
    except Exception as cause:
        if call.__name__ == "url_to_fs" and isinstance(cause, ValueError):
            raise
        raise _refused(url, cause) from cause


def _refused(url: str, cause: BaseException) -> SourceError:
    reason = cause.__cause__
    if isinstance(cause, FileNotFoundError) and reason and _is_other(reason):
        cause = reason
    if isinstance(cause, FileNotFoundError | NotADirectoryError):
        return _refuse(url, "no such file, folder or bucket", _GONE)
    if isinstance(cause, PermissionError) or getattr(cause, "status", 0) in (401, 403):
        return _refuse(url, "no permission to read it", _BARRED)
    return _refuse(url, f"not read ({_words(cause)})", _UNREAD)


def _is_other(reason: BaseException) -> bool:
    """Tell whether a driver calls a file missing that it could not ask for."""
    if isinstance(reason, OSError):
        return not isinstance(reason, FileNotFoundError)
    return getattr(reason, "status", 404) not in (404, 410)


def _refuse(url: str, found: str, remedy: str) -> SourceError:
    return SourceError(conceal(found), where=f"{conceal(url)}:1:1", remedy=remedy)


def _words(cause: BaseException) -> str:
    words = conceal(" ".join(f"{type(cause).__name__}: {cause}".split()))
    return words if len(words) <= 200 else f"{words[:199]}…"


def _see(info: Mapping[str, Any]) -> Seen:
    said = {re.sub("[^a-z0-9]", "", str(key).lower()): value for key, value in info.items()}
    kept = {key: said[key] for key in sorted(said) if key in _OF_CONTENT | _OF_TIME}
    known = {key: value for key, value in kept.items() if value not in (None, "")}
    size = int(info.get("size") or 0)
    stamp = ";".join([str(size), *(f"{key}={value}" for key, value in known.items())])
    return Seen(size, stamp, _latest(known))


def _latest(known: Mapping[str, Any]) -> int:
    """Return when a file was written at last; 0 if a sum of its content tells that anyway."""
    if not _OF_CONTENT.isdisjoint(known):
        return 0
    times = [_seconds(value) for key, value in known.items() if key in _OF_TIME - {"ino"}]
    return int(max(times) * 1e9) if times else 1 << 62


def _seconds(value: object) -> float:
    if isinstance(value, str):
        from email.utils import parsedate_to_datetime

        with suppress(ValueError):
            value = parsedate_to_datetime(value)  # as web servers write it
    if isinstance(value, datetime):
        return value.timestamp()
    return float(value) if isinstance(value, int | float) else 0.0
