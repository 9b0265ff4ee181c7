"""Secrets that `amends init` makes: one file each in DATA/keys, readable by their owner only."""

import os
import secrets
from pathlib import Path

NAMES = ("secret-key", "tracking-key")


def read(data_dir: Path, name: str) -> str:
    """The secret, or nothing where the data directory is not set up yet (commands check before they serve)."""
    path = data_dir / "keys" / name
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def create_missing(data_dir: Path) -> None:
    """Make those that are not there yet."""
    directory = data_dir / "keys"
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in NAMES:
        if (directory / name).exists():
            continue
        descriptor = os.open(directory / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
