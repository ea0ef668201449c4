"""Requests to a service that may be down, slow, endless or hostile.

Each goes to a network address that was checked, so that the name can't lead elsewhere meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from cablegraph import __version__
from cablegraph.errors import ServiceError, shown
from cablegraph.reconciliation.client.addresses import find_kinds, resolve
from cablegraph.reconciliation.client.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

#: Bytes of one answer; fifty queries with a hundred candidates each stay under two million.
LARGEST_ANSWER = 8_000_000
#: Seconds that a service may ask us to wait; past it the user decides.
LONGEST_WAIT = 120.0
_REDIRECTS = 5
_TRIES = 4
_MOVED = frozenset({301, 302, 303, 307, 308})
#: What may go away by itself.
_PASSING = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and from where at last."""

    url: str
    body: bytes


class _PassingError(ServiceError):
    """May be tried again after ``wait`` seconds."""

    wait: float = 0.0


@dataclass
class Fetcher:
    """Asks one service, never faster than *rate* a second.

    Units: ``timeout`` in seconds, for the whole of one answer.
    """

    url: str
    rate: float = 2.0
    timeout: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    _next: float = field(default=0.0, init=False)
    _inside: frozenset[str] | None = field(default=None, init=False)

    def get(self, url: str) -> Answer:
        """Fetch a page, wherever it has moved to."""
        return self._try("GET", url, None)

    def post(self, url: str, form: Mapping[str, str]) -> Answer:
        """Send a form and fetch the answer."""
        return self._try("POST", url, form)

    def _try(self, method: str, url: str, form: Mapping[str, str] | None) -> Answer:
        for again in range(1, _TRIES):
            try:
                return self._follow(method, url, form)
            except _PassingError as error:
                if error.wait > LONGEST_WAIT:
                    raise _plain(error) from error
                self.sleep(max(error.wait, 2.0 ** (again - 1)))
        try:
            return self._follow(method, url, form)
        except _PassingError as error:
            raise _plain(error) from error

    def _follow(self, method: str, url: str, form: Mapping[str, str] | None) -> Answer:
        for _ in range(_REDIRECTS + 1):
            with self._open(method, url, form, self._addresses(url)) as response:
                if response.status_code not in _MOVED:
                    return Answer(url, self._read(response, url))
                if method == "POST" and response.status_code not in (307, 308):
                    raise _fault(url, "sends a form elsewhere", "give the address it moved to")
                target = _join(url, response.headers.get("location", ""))
            if url.startswith("https:") and not target.startswith("https:"):
                raise _fault(url, f"leads out of https, to {shown(target)}", "ask its keeper")
            url = target
        raise _fault(url, f"leads elsewhere more than {_REDIRECTS} times", "ask its keeper")

    def _addresses(self, url: str) -> tuple[str, ...]:
        """Check where the URL leads: what the user gave may be inside, and then its like too."""
        if self._inside is None:
            self._inside = find_kinds(self.url)
        return resolve(url, inside=self._inside)

    @contextmanager
    def _open(
        self, method: str, url: str, form: Mapping[str, str] | None, addresses: tuple[str, ...]
    ) -> Iterator[httpx.Response]:
        import httpx

        self._keep_pace()
        until = time.monotonic() + self.timeout
        # The environment could put a proxy between, which would resolve the name anew.
        client = httpx.Client(timeout=self.timeout, trust_env=False)
        with client, Watch(self.timeout) as watch:
            try:
                response = _send(client, watch, method, httpx.URL(url), form, addresses)
                try:
                    yield response
                    if time.monotonic() >= until:
                        raise self._late(url)
                finally:
                    response.close()
            except httpx.TransportError as cause:
                if isinstance(cause, httpx.TimeoutException) or time.monotonic() >= until:
                    raise self._late(url) from cause
                said = " ".join(str(cause).split())[:80] or type(cause).__name__
                raise _passing(url, f"breaks off ({said})") from cause
            except (httpx.HTTPError, httpx.InvalidURL) as cause:
                raise _fault(
                    url, f"can't be asked ({type(cause).__name__})", "see to it"
                ) from cause

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if self._next > now:
            self.sleep(self._next - now)
        self._next = max(now, self._next) + 1.0 / self.rate

    def _late(self, url: str) -> ServiceError:
        return _passing(url, f"gives no whole answer in {self.timeout:g} s")

    def _read(self, response: httpx.Response, url: str) -> bytes:
        status = response.status_code
        if status in _PASSING:
            raise _passing(url, f"answers {status}", _read_wait(response.headers))
        if status == 413:
            raise _fault(url, "takes fewer queries at once", "give a smaller --batch")
        if status != 200:
            raise _fault(url, f"answers {status}", "see that this is a reconciliation service")
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise _fault(url, "compresses what was asked for plain", "ask its keeper")
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > LARGEST_ANSWER:
                problem = f"answers with more than {LARGEST_ANSWER} bytes"
                raise _fault(url, problem, "give a smaller --batch or --limit")
        return bytes(body)


def _join(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as cause:
        raise _fault(url, f"leads to {shown(location)}, no address", "ask its keeper") from cause


def _send(
    client: httpx.Client,
    watch: Watch,
    method: str,
    url: httpx.URL,
    form: Mapping[str, str] | None,
    addresses: tuple[str, ...],
) -> httpx.Response:
    """Send to the first of the addresses that takes a connection."""
    import httpx

    headers = {
        "Host": url.netloc.decode("ascii"),
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": f"cablegraph/{__version__}",
    }
    extensions: dict[str, Any] = {"sni_hostname": url.host, "trace": watch.note}
    for last, address in enumerate(addresses, 1 - len(addresses)):
        request = client.build_request(
            method, url.copy_with(host=address), headers=headers, data=form, extensions=extensions
        )
        try:
            return client.send(request, stream=True)
        except httpx.ConnectError:
            if last == 0:
                raise
    raise httpx.ConnectError("no address")


def _read_wait(headers: Mapping[str, str]) -> float:
    """Return the seconds of Retry-After, which is a number or a date."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max((until.astimezone(UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _fault(url: str, problem: str, remedy: str) -> ServiceError:
    return ServiceError(problem, where=url[:200], remedy=remedy)


def _passing(url: str, problem: str, wait: float = 0.0) -> _PassingError:
    again = f"try again after {wait:g} s" if wait else "try again later"
    error = _PassingError(problem, where=url[:200], remedy=f"{again}; answers so far are kept")
    error.wait = wait
    return error


def _plain(error: _PassingError) -> ServiceError:
    return ServiceError(error.problem, where=error.where, remedy=error.remedy)
