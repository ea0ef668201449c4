"""Requests to a triple store that may be down, slow, busy or hostile.

A redirect to another host is never followed: what we send and who we are stay with the store that
was named.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from cablegraph import __version__
from cablegraph.errors import ServiceError, shown

#: Seconds that a store may ask us to wait; past it the user decides.
LONGEST_WAIT = 120.0
_TRIES = 5
_TRIES_SLOW = 2  # where each costs the whole of --timeout
_REDIRECTS = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
#: What may go away by itself.
_PASSING = frozenset({429, 502, 503, 504})
_REFUSED = frozenset({401, 403, 407})
#: Characters of an answer in a message.
_SAID = 160


class GoneError(ServiceError):
    """The store does not answer, or does not know us: another request would fare no better."""


class _PassingError(GoneError):
    """May be tried again after ``wait`` seconds, up to ``tries`` times in all."""

    wait: float = 0.0
    tries: int = _TRIES


@dataclass(frozen=True, slots=True)
class Reply:
    """What a store answered."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def media(self) -> str:
        """The media type, as the header has it."""
        return str(self.headers.get("content-type", ""))

    def say(self) -> str:
        """Return status and first words of the answer, for a message."""
        words = " ".join(self.body[:2000].decode("utf-8", "replace").split())
        return f"{self.status} ({words[:_SAID]})" if words else str(self.status)


@dataclass
class Client:
    """Asks one store, from any thread, never faster than *rate* a second.

    Units: ``timeout`` in seconds, for the whole of one answer; a rate of 0 sets no limit.
    """

    auth: httpx.Auth | None = None
    rate: float = 0.0
    timeout: float = 300.0
    passing: tuple[str, ...] = ()
    _next: float = field(default=0.0, init=False)
    _pace: threading.Lock = field(default_factory=threading.Lock, init=False)
    _http: httpx.Client | None = field(default=None, init=False)

    def __enter__(self) -> Client:
        # The environment could put a proxy between, or name credentials of its own.
        self._http = httpx.Client(timeout=self.timeout, trust_env=False, auth=self.auth)
        return self

    def __exit__(self, *_: object) -> None:
        if self._http:
            self._http.close()

    def read_server(self, url: str) -> str:
        """Return the Server header of what answers at *url*, whatever it answers."""
        return str(self._try("GET", url, {}, {}, b"", only_head=True).headers.get("server", ""))

    def send(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Reply:
        """Send a request, as often as is worth while, and return the answer.

        Raises:
            GoneError: if none came, or we are refused.
            ServiceError: if it leads to another host.
        """
        return self._try(method, url, parameters or {}, headers or {}, body)

    def _try(
        self,
        method: str,
        url: str,
        parameters: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        *,
        only_head: bool = False,
    ) -> Reply:
        address = httpx.URL(url).copy_merge_params(dict(parameters))
        for again in range(_TRIES):
            try:
                return self._follow(method, address, headers, body, only_head)
            except _PassingError as error:
                if again + 1 >= error.tries or error.wait > LONGEST_WAIT:
                    raise GoneError(error.problem, where=error.where, remedy=error.remedy) from None
                time.sleep(max(error.wait, 0.5 * 2.0**again))
        raise AssertionError("the last try returns or raises")

    def _follow(
        self, method: str, url: httpx.URL, headers: Mapping[str, str], body: bytes, only_head: bool
    ) -> Reply:
        for _ in range(_REDIRECTS + 1):
            reply = self._ask(method, url, headers, body, only_head)
            if reply.status not in _MOVED:
                return self._check(reply, url, only_head)
            target = url.join(reply.headers.get("location", ""))
            if _origin(target) != _origin(url):
                raise ServiceError(
                    f"leads to {shown(str(target))}, which is another host",
                    where=_place(url),
                    remedy="give that address to --to if you trust it",
                )
            if method != "GET" and reply.status not in (307, 308):
                problem, remedy = "sends a request elsewhere", f"give {target} to --to"
                raise ServiceError(problem, where=_place(url), remedy=remedy)
            url = target
        raise ServiceError("leads in a circle", where=_place(url), remedy="ask its keeper")

    def _ask(
        self, method: str, url: httpx.URL, headers: Mapping[str, str], body: bytes, only_head: bool
    ) -> Reply:
        if self._http is None:
            raise RuntimeError("the client is not open")
        self._keep_pace()
        until = time.monotonic() + self.timeout
        given = {
            "User-Agent": f"cablegraph/{__version__}", "Accept-Encoding": "identity", **headers
        }  # fmt: skip
        try:
            with self._http.stream(method, url, headers=given, content=body or None) as answer:
                parts = bytearray()
                for chunk in () if only_head else answer.iter_bytes():
                    parts += chunk
                    if time.monotonic() > until:
                        raise httpx.ReadTimeout("slow")
                return Reply(answer.status_code, answer.headers, bytes(parts))
        except httpx.TimeoutException as cause:
            problem = f"gives no whole answer in {self.timeout:g} s"
            raise _passing(url, problem, tries=_TRIES_SLOW) from cause
        except httpx.TransportError as cause:
            said = " ".join(str(cause).split())[:80] or type(cause).__name__
            raise _passing(url, f"can't be reached or breaks off ({said})") from cause
        except (httpx.HTTPError, httpx.InvalidURL) as cause:
            problem = f"can't be asked ({type(cause).__name__})"
            raise ServiceError(problem, where=_place(url), remedy="see to it") from cause

    def _check(self, reply: Reply, url: httpx.URL, only_head: bool) -> Reply:
        if reply.status in _PASSING or (
            reply.status == 500 and any(word.encode() in reply.body for word in self.passing)
        ):
            raise _passing(url, f"answers {reply.say()}", _read_wait(reply.headers))
        if reply.status in _REFUSED and not only_head:
            raise GoneError(
                f"answers {reply.status}: it does not let us in",
                where=_place(url),
                remedy="set CABLEGRAPH_STORE_USER and CABLEGRAPH_STORE_PASSWORD, or "
                "CABLEGRAPH_STORE_TOKEN, or netrc",
            )
        return reply

    def _keep_pace(self) -> None:
        if not self.rate:
            return
        with self._pace:
            now = time.monotonic()
            wait = self._next - now
            self._next = max(now, self._next) + 1.0 / self.rate
        if wait > 0:
            time.sleep(wait)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _place(url: httpx.URL) -> str:
    return str(url.copy_with(query=None))[:200]


def _passing(url: httpx.URL, problem: str, wait: float = 0.0, tries: int = _TRIES) -> _PassingError:
    again = f"try again after {wait:g} s" if wait else "try again later"
    error = _PassingError(problem, where=_place(url), remedy=again)
    error.wait, error.tries = wait, tries
    return error


def _read_wait(headers: Mapping[str, str]) -> float:
    """Return the seconds of Retry-After, which is a number or a date."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)
