"""What happens inside the limited process that opens hostile files. Knows no Django.

Every decoder (pictures, PDF, office packages) runs in a process of its own that lives for one file. It may use nine
seconds of processor time and 256 MB beyond what it has when it starts, writes one file, and holds no secret.
"""

import errno
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

if sys.platform != "win32":
    import resource

CPU_SECONDS = 9
EXTRA_MEMORY = 256 * 1024 * 1024
LARGEST_RESULT = 256 * 1024 * 1024
OPEN_FILES = 32

DISK_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})

#: Makes a copy of a file without what it tells about its maker; the text says which kind it is.
Strip = Callable[[Path, Path, str], None]


class Verdict(StrEnum):
    """How a file did. All but DONE mean that it is refused."""

    DONE = "done"
    BROKEN = "broken"
    LOCKED = "locked"
    ACTIVE = "active"
    TOO_COMPLEX = "too_complex"
    OTHER_KIND = "other_kind"
    DISK_FULL = "disk_full"


class UnfitError(Exception):
    """A file cannot be taken in."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.value)
        self.verdict = verdict


def answer(strip: Strip) -> None:
    """The whole life of a limited process: limit itself, make the copy, say the verdict on standard output."""
    source, destination, kind = sys.argv[1:4]
    limit_this_process()
    sys.stdout.write(verdict_on(strip, Path(source), Path(destination), kind))


def verdict_on(strip: Strip, source: Path, destination: Path, kind: str) -> Verdict:
    """Make the copy and tell how it went. Decoders raise anything at all on hostile input."""
    try:
        strip(source, destination, kind)
    except UnfitError as unfit:
        return unfit.verdict
    except (MemoryError, RecursionError):
        return Verdict.TOO_COMPLEX
    except OSError as error:
        return Verdict.DISK_FULL if error.errno in DISK_FAULTS else Verdict.BROKEN
    except Exception:
        return Verdict.BROKEN
    return Verdict.DONE


def limit_this_process(extra_memory: int = EXTRA_MEMORY) -> None:
    """Set the limits, where the operating system has them; elsewhere the parent's clock is the only one."""
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_CPU, CPU_SECONDS)
    _lower(resource.RLIMIT_FSIZE, LARGEST_RESULT)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_AS, _size_now() + extra_memory)


def _lower(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def _size_now() -> int:
    """Bytes of address space in use; a generous guess where there is no /proc."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[0]) * resource.getpagesize()
    return EXTRA_MEMORY
