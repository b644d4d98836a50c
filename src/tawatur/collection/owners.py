"""Who means to read what was captured: a name for this process, and whether the process behind a name still runs."""

from __future__ import annotations

import os
import socket
from functools import cache

import psutil


def this_process() -> str:
    """``host:pid:start``: a process id alone is given again to somebody else one day."""
    return _named(os.getpid())


@cache
def _named(pid: int) -> str:
    # by its id, for a process that forks is another afterwards
    return f"{socket.gethostname()}:{pid}:{psutil.Process(pid).create_time():.2f}"


def alive(owner: str) -> bool:
    """Whether the process that ``owner`` names still runs. One on another machine is taken to run: only that machine
    can tell."""
    host, _, rest = owner.rpartition(":")[0].partition(":")
    started = owner.rpartition(":")[2]
    if host != socket.gethostname():
        return True
    try:
        process = psutil.Process(int(rest))
        return f"{process.create_time():.2f}" == started and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, ValueError):
        return False
