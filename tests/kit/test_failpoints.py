"""Named places where a test may make the process die, fail or wait; nothing happens unless the environment says so."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from amends.kit.failpoints import KNOWN, failpoint

SOURCE = Path(__file__).parents[2] / "src"


def run(
    setting: str | None, code: str = "failpoint('after_entry'); print('passed')"
) -> subprocess.CompletedProcess[str]:
    """A process of its own that passes a failpoint."""
    environment = {name: value for name, value in os.environ.items() if name != "AMENDS_FAILPOINTS"}
    environment["PYTHONPATH"] = str(SOURCE)
    if setting is not None:
        environment["AMENDS_FAILPOINTS"] = setting
    program = f"from amends.kit.failpoints import failpoint, FailpointError\n{code}"
    return subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=30)


@pytest.mark.parametrize("setting", [None, "", " , ", "after_facts:kill", "after_entry:kill@2"])
def test_a_process_that_is_not_meant_passes(setting):
    assert run(setting).stdout == "passed\n"


@pytest.mark.parametrize("setting", ["after_entry", "after_entry:kill", " before_seal:raise , after_entry:kill "])
def test_the_process_dies(setting):
    done = run(setting)
    assert (done.returncode, done.stdout) == (-9, "")


def test_an_error_is_raised():
    done = run(
        "after_entry:raise", "try:\n    failpoint('after_entry')\nexcept FailpointError as e:\n    print('raised', e)"
    )
    assert done.stdout == "raised after_entry\n"


def test_the_process_waits():
    begun = time.monotonic()
    assert run("after_entry:sleep=0.7").stdout == "passed\n"
    assert time.monotonic() - begun > 0.7


def test_the_first_passes_are_let_through():
    done = run("after_entry:kill@3", "for n in range(1, 5):\n    print(n, flush=True)\n    failpoint('after_entry')")
    assert (done.returncode, done.stdout) == (-9, "1\n2\n3\n")


@pytest.mark.parametrize(
    "setting",
    ["after_nothing", "after_entry:explode", "after_entry:sleep=", "after_entry:kill@0", "after_entry:kill@x"],
)
def test_a_setting_that_means_nothing_ends_the_process_at_once(setting):
    """Not when the place is passed: a test that never gets there would look green."""
    done = run(setting, "print('passed')")
    assert (done.returncode, done.stdout) == (1, "")
    assert "AMENDS_FAILPOINTS" in done.stderr


def test_the_list_and_the_code_name_the_same_places():
    named = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r'failpoint\("(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert named == set(KNOWN)


def test_nothing_happens_in_this_process():
    for name in KNOWN:
        failpoint(name)
