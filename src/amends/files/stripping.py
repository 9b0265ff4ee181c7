"""Makes the copy of a file that people see, without what it tells about its maker.

Pictures are drawn anew (first frame, upright, no EXIF), PDF and office files are written anew without properties,
author names, scripts and signatures. The work is done by a limited process (`workshop`), at most two at a time per
process of ours: hostile input can cost nine seconds of processor time and 256 MB, and crash nothing but itself.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import MappingProxyType

import amends
from amends.files.kinds import Family, Kind
from amends.files.workshop import UnfitError, Verdict

log = logging.getLogger(__name__)

WALL_SECONDS = 40
PATIENCE_SECONDS = 60
AT_A_TIME = 2

_MODULES = MappingProxyType(
    {Family.PICTURE: "amends.files.pictures", Family.PDF: "amends.files.pdfs", Family.OFFICE: "amends.files.office"}
)
_ENDED_BY_LIMITS = {getattr(signal, name) for name in ("SIGKILL", "SIGXCPU") if hasattr(signal, name)}
_PLACES = threading.BoundedSemaphore(AT_A_TIME)


class BusyError(Exception):
    """Too many files are being worked on."""


def strip(source: Path, destination: Path, kind: Kind) -> None:
    """Write the copy. Raises UnfitError with the reason, BusyError when no place becomes free."""
    if not _PLACES.acquire(timeout=PATIENCE_SECONDS):
        raise BusyError
    try:
        verdict = _limited(_MODULES[kind.family], source, destination, kind.code)
    finally:
        _PLACES.release()
    if verdict is not Verdict.DONE:
        raise UnfitError(verdict)


def is_rewritten(kind: Kind) -> bool:
    """Whether the copy of this kind of file differs from what was sent."""
    return kind.family in _MODULES


def _limited(module: str, *arguments: str | Path) -> Verdict:
    """Run one decoder in its own process, with nothing of our environment: it holds secrets."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-P", "-S", "-m", module, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(),
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Verdict.TOO_COMPLEX
    if done.returncode == 0 and done.stdout.decode("ascii", "replace") in set(Verdict):
        return Verdict(done.stdout.decode("ascii"))
    log.warning("the decoder of %s ended with %s", arguments[-1], done.returncode)
    # Killed at the processor limit, or ended by Python itself for want of memory even to say so. Another signal is a
    # crash of the decoder.
    killed_at_limit = -done.returncode in _ENDED_BY_LIMITS or done.returncode > 0
    return Verdict.TOO_COMPLEX if killed_at_limit else Verdict.BROKEN


def bare_environment() -> dict[str, str]:
    """What the limited process needs to find our modules, and nothing else."""
    ours = Path(amends.__file__ or "").parent.parent
    paths = [str(ours), *(path for path in sys.path if path)]
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {"PYTHONPATH": os.pathsep.join(paths), "LC_ALL": "C.UTF-8", **kept}
