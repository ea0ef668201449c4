"""Who we are to a store: from the environment or netrc, never from the command line.

Nothing here is written anywhere, and no message repeats it.
"""

from __future__ import annotations

import netrc
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from cablegraph.errors import ConfigError

USER = "CABLEGRAPH_STORE_USER"
PASSWORD = "CABLEGRAPH_STORE_PASSWORD"
TOKEN = "CABLEGRAPH_STORE_TOKEN"
_REFUSED = 401


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name with a password, or a token; ``source`` says where they were found."""

    source: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def to_auth(self) -> httpx.Auth:
        """Return what adds them to requests."""
        return Bearer(self.token) if self.token else Challenged(self.user, self.password)


def find_credentials(url: str, environment: Mapping[str, str]) -> Credentials | None:
    """Return what the environment has, or else the netrc file has for the host of *url*.

    Raises:
        ConfigError: if there is a name without a password, or the netrc file can't be read.
    """
    if token := environment.get(TOKEN):
        return Credentials(TOKEN, token=token)
    if user := environment.get(USER):
        if PASSWORD not in environment:
            raise ConfigError(
                f"{USER} is set and {PASSWORD} is not",
                where="environment:1:1",
                remedy="set both, or neither to use netrc",
            )
        return Credentials(USER, user, environment[PASSWORD])
    named = environment.get("NETRC")
    path = Path(named) if named else Path(environment.get("HOME") or Path.home()) / ".netrc"
    return _read_netrc(path, urlsplit(url).hostname or "", required=bool(named))


def _read_netrc(path: Path, host: str, *, required: bool) -> Credentials | None:
    if not required and not path.is_file():
        return None
    try:
        found = netrc.netrc(path).authenticators(host)
    except netrc.NetrcParseError as cause:
        # Its words may repeat a part of the file.
        where = f"{path}:{cause.lineno or 1}:1"
        raise ConfigError("not readable as netrc", where=where, remedy="mend the line") from None
    except (OSError, UnicodeDecodeError) as cause:
        reason = getattr(cause, "strerror", None) or "no UTF-8"
        raise ConfigError(
            f"can't be read ({reason})", where=f"{path}:1:1", remedy="name another with NETRC"
        ) from cause
    return Credentials(str(path), found[0], found[2]) if found else None


class Bearer(httpx.Auth):
    """Sends a token with every request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class Challenged(httpx.Auth):
    """Gives name and password in the way the store asks for: digest if it can, or basic."""

    def __init__(self, user: str, password: str) -> None:
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._is_basic = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request; again with an answer to the challenge where one comes."""
        if self._is_basic:
            yield from self._basic.auth_flow(request)
            return
        flow = self._digest.auth_flow(request)
        response = yield next(flow)
        try:
            again = flow.send(response)
        except StopIteration:
            offers = response.headers.get("www-authenticate", "").lower()
            if response.status_code == _REFUSED and "basic" in offers:
                self._is_basic = True
                yield from self._basic.auth_flow(request)
            return
        yield again
