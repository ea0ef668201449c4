"""The web process's side of the broker: start it, ask it, start it again if it died."""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from cablegraph.errors import DataError
from cablegraph.service.broker import READY, Request
from cablegraph.service.clients import Clients
from cablegraph.service.limits import Limits
from cablegraph.service.messages import Job, Outcome, State, Summary
from cablegraph.service.shape import find_shape

#: Seconds to load the graph at the start.
_LOADING = 600.0
#: Seconds for the broker to end its workers.
_ENDING = 5.0
_SHORT_ANSWER = 8192
_AWAY = "queries can't be answered now; come again in a moment"


class Engine:
    """Answers jobs from the graph of an output folder, or from the *store* prepared of it.

    Raises:
        DataError: if there is no graph, or it can't be read.
    """

    def __init__(self, output: Path, limits: Limits, store: Path | None = None) -> None:
        self.limits = limits
        self.clients = Clients(limits.client_queries)
        self.restarts = 0
        self._output, self._store = output, store
        self._ready = self._stopped = False
        self._start()
        self._master.settimeout(_LOADING)
        self._greet()
        self._facts.seek(0)
        self.summary = msgspec.json.decode(self._facts.read(), type=Summary)

    @property
    def pid(self) -> int:
        """The broker's process number."""
        return self._process.pid

    async def ask(self, job: Job) -> tuple[Outcome, IO[bytes]]:
        """Return how a job ended, and its result at the start of a file that the caller closes.

        Shape: where the caller is cancelled, the query ends at once.
        """
        spool = tempfile.TemporaryFile()  # noqa: SIM115  the caller's
        try:
            with _keep(msgspec.json.encode(job)) as asked:
                line = await self._say(_key_of(job), [asked.fileno(), spool.fileno()])
        except BaseException:
            spool.close()
            raise
        if not line.endswith(b"\n"):
            return Outcome(status=503, reason="broker", text=_AWAY), spool
        spool.seek(0)
        return msgspec.json.decode(line, type=Outcome), spool

    async def find_state(self) -> State | None:
        """Return what the broker is doing, or None if it can't say."""
        try:
            line = await asyncio.wait_for(self._say("state", []), timeout=2.0)
        except TimeoutError:
            return None
        return msgspec.json.decode(line, type=State) if line.endswith(b"\n") else None

    def stop(self) -> None:
        """End the broker and with it every query; those who wait are told."""
        self._stopped = True
        self._master.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)
        self._process.kill()
        self._process.wait()
        self._facts.close()

    async def _say(self, key: str, files: list[int]) -> bytes:
        if not self._is_ready():
            return b""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                message = msgspec.json.encode(Request(key))
                socket.send_fds(self._master, [message], [theirs.fileno(), *files])
        except OSError:  # it died just now, or more come than it can take in
            ours.close()
            return b""
        async with _reading(ours) as reader:
            return await reader.readline()

    def _start(self) -> None:
        self._facts = tempfile.TemporaryFile()  # noqa: SIM115  closed by stop
        self._master, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        settings = msgspec.json.encode(self.limits).decode("ascii")
        files = [theirs.fileno(), self._facts.fileno()]
        # -P: nothing is imported from the folder that the service was started in.
        command = [sys.executable, "-P", "-m", "cablegraph.service.broker", *map(str, files)]
        places = [str(self._store.resolve())] if self._store else []
        self._process = subprocess.Popen(
            [*command, str(self._output.resolve()), settings, *places],
            pass_fds=files,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        theirs.close()

    def _greet(self) -> None:
        """Wait for the first word of the broker."""
        try:
            said = self._master.recv(65536)
        except BlockingIOError:
            return
        self._master.setblocking(False)
        self._ready = said == READY
        if not said or self._ready:
            return
        self.stop()
        raise DataError(
            f"the graph can't be served ({said.decode('utf-8', 'replace')})",
            where=f"{self._output}:1:1",
            remedy="run the build first",
        )

    def _is_ready(self) -> bool:
        """Say whether the broker can take a job; one that died is started again."""
        if self._stopped:
            return False
        if self._process.poll() is not None:
            self._master.close()
            self._facts.close()
            self._start()
            self._master.setblocking(False)
            self._ready = False
            self.restarts += 1
        if not self._ready:
            self._greet()
        return self._ready


def _key_of(job: Job) -> str:
    """Return the same for queries of one shape on one dataset."""
    said = msgspec.json.encode([find_shape(job.query), job.graph, job.default, job.named])
    return hashlib.sha256(said).hexdigest()


def _keep(content: bytes) -> IO[bytes]:
    """Return a file in memory."""
    file = os.fdopen(os.memfd_create("job"), "w+b")
    file.write(content)
    file.seek(0)
    return file


@asynccontextmanager
async def _reading(connection: socket.socket) -> AsyncIterator[asyncio.StreamReader]:
    reader, writer = await asyncio.open_connection(sock=connection)
    try:
        yield reader
    finally:
        writer.close()
