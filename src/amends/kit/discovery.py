"""Loads the modules by which a package makes itself known: its events, rules and invariants."""

from importlib import import_module
from importlib.util import find_spec

NAMES = ("events", "permissions", "invariants")


def discover(package: str, *more: str) -> None:
    """Import those of the well-known modules that a package has. Called from its AppConfig, when models exist."""
    for name in (*NAMES, *more):
        if find_spec(f"{package}.{name}") is not None:
            import_module(f"{package}.{name}")
