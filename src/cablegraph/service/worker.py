"""The process of one query: forked from the broker, bound to its limits, gone after its answer."""

from __future__ import annotations

import ctypes
import fcntl
import io
import os
import signal
import sys
import traceback
from typing import IO, NoReturn

import msgspec

from cablegraph.service.evaluate import Holdings, answer
from cablegraph.service.limits import Limits, confine
from cablegraph.service.messages import Job, Outcome
from cablegraph.service.store import Stored

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>
_JOB, _RESULT, _OUTCOME, _FREE = 3, 4, 5, 6
_LIBC = ctypes.CDLL(None, use_errno=True)


def fork_worker(
    job: int, result: int, holdings: Holdings | Stored, limits: Limits
) -> tuple[int, int]:
    """Start a worker; return its process number and the pipe on which it says how it ended.

    Shape: *job* is a file with a Job as JSON, *result* an empty file; both stay the caller's.
    Raises:
        OSError: if no process can be started.
    """
    read, write = os.pipe()
    parent = os.getpid()
    try:
        pid = os.fork()
    except OSError:
        os.close(read)
        raise
    finally:
        if os.getpid() == parent:
            os.close(write)
    if not pid:
        _live(parent, (job, result, write), holdings, limits)
    os.set_blocking(read, False)
    return pid, read


def _live(
    parent: int, files: tuple[int, int, int], holdings: Holdings | Stored, limits: Limits
) -> NoReturn:
    code = 1
    try:
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == parent:
            _keep_only(files)
            opened = holdings.open()  # before the limits, which are on what comes on top
            confine(limits, descriptors=_FREE + holdings.descriptors)
            _work(opened, limits)
            code = 0
    finally:
        if bug := sys.exc_info()[1]:
            traceback.print_exception(bug)
        os._exit(code)


def _keep_only(files: tuple[int, int, int]) -> None:
    """Bring the files to fixed numbers and close the broker's connections."""
    for known in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(known, signal.SIG_DFL)
    # First above the fixed numbers, so that none overwrites another.
    high = [fcntl.fcntl(file, fcntl.F_DUPFD, _FREE) for file in files]
    for file, number in zip(high, (_JOB, _RESULT, _OUTCOME), strict=True):
        os.dup2(file, number)
    os.closerange(_FREE, os.sysconf("SC_OPEN_MAX"))


def _work(holdings: Holdings, limits: Limits) -> None:
    with io.FileIO(_JOB, closefd=False) as file:
        job = msgspec.json.decode(file.readall(), type=Job)
    with io.FileIO(_RESULT, "w", closefd=False) as raw, io.BufferedWriter(raw, 1 << 20) as out:
        outcome = _answer(job, holdings, out, limits)
    os.write(_OUTCOME, msgspec.json.encode(outcome))


def _answer(job: Job, holdings: Holdings, out: IO[bytes], limits: Limits) -> Outcome:
    outcome = answer(job, holdings, out, limits)
    try:
        out.flush()
    except OSError as cause:
        told = f"the result can't be kept ({cause.strerror})"
        return Outcome(status=503, reason="bytes", text=told)
    return outcome
