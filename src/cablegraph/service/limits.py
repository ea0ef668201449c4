"""How much one query and one request may take."""

from __future__ import annotations

import os
import resource

import msgspec

_MB = 1024 * 1024
#: On few cores a few workers more than cores keep short queries from waiting for one another.
_CORES = os.cpu_count() or 1


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of a service; what a query meets is told to the client.

    Units: seconds of the clock, bytes.
    """

    seconds: float = 10.0
    #: A query that is still running then makes room for short ones.
    short_seconds: float = 0.3
    #: The same while more wait than run: most questions take a twentieth of a second.
    crowded_seconds: float = 0.15
    short_workers: int = max(4, 2 * _CORES)
    long_workers: int = max(1, _CORES // 2)
    short_line: int = 64
    long_line: int = 4
    #: Under way at once for one client; half of what can wait, and more than a browser opens.
    client_queries: int = 32
    #: In either line.
    wait_seconds: float = 3.0
    memory: int = 512 * _MB
    rows: int = 100_000
    result: int = 64 * _MB
    body: int = _MB
    #: Address and headers together; more than browsers send, and long enough for most queries.
    head: int = 48 * 1024
    headers: int = 100
    #: For a client to send its request.
    patience: float = 10.0
    #: For a client that was turned away.
    retry_after: int = 5
    connections: int = 400


def confine(limits: Limits, *, descriptors: int) -> None:
    """Bind this process to its memory, time and result, and to so many files and sockets.

    The store that it inherited does not count: the limit is on what comes on top.
    """
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
        inherited = int(statm.read().split()[0]) * resource.getpagesize()
    seconds = int(limits.seconds) + 2
    for kind, most in (
        (resource.RLIMIT_AS, inherited + limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.result + _MB),
        (resource.RLIMIT_NOFILE, descriptors),
    ):
        resource.setrlimit(kind, (most, most))
