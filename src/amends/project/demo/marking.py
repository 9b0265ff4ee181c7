"""Which directories `amends demo` may use. Knows no Django: it is asked before anything is written."""

from pathlib import Path

MARKER = "demonstration"
WHAT_IT_IS = "This directory holds a demonstration. `amends demo --fresh` empties it.\n"
#: What the command line itself may have put there on an earlier try.
HARMLESS = frozenset({"keys"})


def may_be_used(data_dir: Path) -> bool:
    """Whether the directory is new, empty, or an earlier demonstration; anything else may be somebody's work."""
    found = {path.name for path in data_dir.iterdir()} if data_dir.is_dir() else set()
    return MARKER in found or found <= HARMLESS


def mark(data_dir: Path) -> None:
    """Say that this is a demonstration, before it becomes one."""
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / MARKER).write_text(WHAT_IT_IS, encoding="utf-8")
