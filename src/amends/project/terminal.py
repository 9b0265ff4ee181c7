"""Talking to the terminal: sentences for people, JSON for scripts, progress bars."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


def say(text: str = "") -> None:
    """A line on stdout, at once."""
    print(text, flush=True)  # noqa: T201 - a command talks to its terminal


def complain(text: str) -> None:
    """A line on stderr, so that stdout holds only what was asked for."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - a command talks to its terminal


def report(values: dict[str, Any]) -> None:
    """The result as one line of JSON on stdout."""
    say(json.dumps(values, ensure_ascii=False, default=str))


def with_data(parser: ArgumentParser, *, reports: bool = False) -> ArgumentParser:
    """Add the options that every command has."""
    parser.add_argument("--data", metavar="DIR", help="data directory (default: AMENDS_DATA_DIR, else ./amends-data)")
    if reports:
        parser.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    return parser


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr, where that is a terminal; gives a function that moves it on by so many."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True, highlight=False)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(title, total=total)
        yield lambda steps: bar.advance(task, steps)
