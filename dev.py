#!/usr/bin/env python3
"""The commands of this repository. Needs Python 3.11 or newer with venv, and nothing else.

    python3 dev.py demo [--port 8000] [--data DIR] [--fresh]   set up, load a demonstration, serve it
    python3 dev.py test [--fast] [--everywhere] [PYTEST ARGS]   set up and run everything that has to pass: fast leaves
                                                                out the browser, everywhere has pages on both engines
    python3 dev.py ci                                           what CI runs: the same tests, with a report of times
    python3 dev.py fmt                                          format and sort imports
    python3 dev.py messages                                     renew the message catalogues from the code
    python3 dev.py docs                                         renew the generated tables in docs/
    python3 dev.py lock                                         renew requirements.lock

Everything is installed into .venv, from requirements.lock, with hashes.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / ".amends-stamp"


def say(text: str) -> None:
    print(f"» {text}", flush=True)


def run(*command: object, check: bool = True, **environment: str) -> int:
    """Run a command in the repository; end with its status when it fails and `check` is set."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **environment}, check=False)
    if check and done.returncode:
        sys.exit(done.returncode)
    return done.returncode


# ---------------------------------------------------------------- setting up


def fingerprint() -> str:
    """Changes when something changes that has to be installed again."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("requirements.lock", "pyproject.toml", "hatch_build.py"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def set_up() -> None:
    """A virtual environment with exactly what the lock names, and Amends itself."""
    if not PYTHON.exists():
        say("making .venv")
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    if not STAMP.exists() or STAMP.read_text() != fingerprint():
        say("installing what requirements.lock names (once)")
        pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "-q", "install")
        run(*pip, "--require-hashes", "-r", "requirements.lock")
        run(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
        STAMP.write_text(fingerprint())
    compile_catalogues()


def compile_catalogues() -> None:
    """The .mo files, where a .po file is newer."""
    sources = list((ROOT / "src/amends/locale").glob("*/LC_MESSAGES/*.po"))
    stale = [po for po in sources if not is_newer(po.with_suffix(".mo"), po)]
    if stale:
        run(PYTHON, "-c", "import hatch_build, pathlib; hatch_build.compile_catalogues(pathlib.Path('.'))")


def is_newer(one: Path, other: Path) -> bool:
    return one.exists() and one.stat().st_mtime >= other.stat().st_mtime


def find_browser() -> str:
    """A Chromium that is on this machine; empty when there is none."""
    given = os.environ.get("AMENDS_CHROMIUM", "")
    names = [given] if given else ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    known = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    asked = subprocess.run([str(PYTHON), "-c", known], cwd=ROOT, capture_output=True, text=True, check=False)
    own = asked.stdout.strip()
    return own if own and Path(own).exists() else ""


def get_browser() -> str:
    """A Chromium, fetched when there is none: Playwright's own, else the package manager's when we are root."""
    found = find_browser()
    if found:
        return found
    say("no Chromium here; fetching Playwright's own")
    run(PYTHON, "-m", "playwright", "install", "chromium", check=False)
    found = find_browser()
    if not found and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("fetching Chromium from the package manager")
        run("apt-get", "update", "-qq", check=False)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", check=False)
        found = find_browser()
    if not found:
        sys.exit("No Chromium could be had. Install one, or say where it is in AMENDS_CHROMIUM; or use --fast.")
    return found


# ---------------------------------------------------------------- commands


def demo(arguments: list[str]) -> int:
    set_up()
    if "--data" not in arguments:
        arguments = [*arguments, "--data", str(ROOT / "var" / "demo")]
    os.execv(BIN / "amends", [str(BIN / "amends"), "demo", *arguments])


def test(arguments: list[str]) -> int:
    """SQLite first, PostgreSQL second; the last line is pytest's."""
    set_up()
    is_fast, is_everywhere = "--fast" in arguments, "--everywhere" in arguments
    arguments = [argument for argument in arguments if argument not in {"--fast", "--everywhere"}]
    environment = {} if is_fast else {"AMENDS_CHROMIUM": get_browser()}
    if is_everywhere:
        environment["AMENDS_EVERY_LOOK"] = "yes"
    narrowed = any(not argument.startswith("-") for argument in arguments)
    pytest: list[object] = [PYTHON, "-m", "pytest", *(() if narrowed else ("-n", "2", "--dist", "loadfile"))]
    statuses = []
    for engine in ("sqlite", "postgresql"):
        say(f"tests on {engine}")
        left_out = ["browser"] if is_fast else []
        if engine == "postgresql":
            # Style, types and floors do not depend on the database, and pages look and answer alike on both.
            left_out += ["engineless", "looks"] if is_everywhere else ["engineless", "looks", "once"]
        chosen = ["-m", " and ".join(f"not {mark}" for mark in left_out)] if left_out else []
        began = time.monotonic()
        statuses.append(run(*pytest, *chosen, *arguments, check=False, AMENDS_TEST_ENGINE=engine, **environment))
        if engine == "sqlite":
            say(f"{time.monotonic() - began:.0f} s on {engine}")
    return max(statuses)


def ci(arguments: list[str]) -> int:
    return test(["--durations=15", *arguments])


def fmt(arguments: list[str]) -> int:
    set_up()
    run(BIN / "ruff", "check", "--fix", "--quiet", ".", check=False)
    return run(BIN / "ruff", "format", ".")


def messages(arguments: list[str]) -> int:
    set_up()
    run(PYTHON, "tools/catalogues.py", "update")
    compile_catalogues()
    return 0


def docs(arguments: list[str]) -> int:
    set_up()
    return run(PYTHON, "tools/tables.py", "write")


def lock(arguments: list[str]) -> int:
    set_up()
    run(
        BIN / "uv", "pip", "compile", "pyproject.toml", "--extra", "dev", "--universal", "--generate-hashes",
        "--no-header", "--python-version", "3.11", "--upgrade", "--quiet", "-o", "requirements.lock",
    )  # fmt: skip
    return 0


COMMANDS = {"demo": demo, "test": test, "ci": ci, "fmt": fmt, "messages": messages, "docs": docs, "lock": lock}


def main() -> int:
    if sys.version_info < (3, 11):
        sys.exit(f"Amends needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(__doc__)
        return 0 if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help", "help"} else 2
    return COMMANDS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
