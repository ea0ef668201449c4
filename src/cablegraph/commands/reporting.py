"""How the command meets trouble: our own errors one line each, bugs with their traceback."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterable

import click

from cablegraph.errors import CablegraphError, Faults, lines

#: 128 and the number of SIGINT, as shells report an interrupted command.
INTERRUPTED = 130
TERMINATED = 143


class Reporting(click.Group):
    """Prints the errors raised on purpose on stderr and ends with 1; 130 after Ctrl-C."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was chosen."""
        try:
            return super().invoke(ctx)
        except (CablegraphError, Faults) as error:
            print_faults([error])
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("interrupted; what was written before is unchanged", err=True)
            ctx.exit(INTERRUPTED)


def stop_on_terminate() -> None:
    """Let a plain kill end a command as Ctrl-C does: unfinished files are taken away."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))


def print_faults(faults: Iterable[BaseException]) -> None:
    """Print errors on stderr, one line each, groups taken apart."""
    for fault in faults:
        for line in lines(fault):
            click.echo(line, err=True)


def never_choke() -> None:
    """Let a terminal of a narrow encoding show escapes where it lacks a letter."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
