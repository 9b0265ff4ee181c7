"""Secrets that `amends init` makes: one file each in DATA/keys, readable by their owner only."""

import os
import secrets
from pathlib import Path

#: Each with the variable that may hold it instead.
NAMES = {"secret-key": "AMENDS_SECRET_KEY", "tracking-key": "AMENDS_TRACKING_SECRET"}


def read(data_dir: Path, name: str) -> str:
    """The secret, or nothing where the data directory is not set up yet (commands check before they serve)."""
    path = data_dir / "keys" / name
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def are_there(data_dir: Path) -> bool:
    """Whether each secret is in its file or in the environment."""
    return all(os.environ.get(variable) or read(data_dir, name) for name, variable in NAMES.items())


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
