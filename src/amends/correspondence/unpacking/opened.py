"""A mail that was opened, as the limited process hands it over. Knows no Django."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class OpenedFile:
    """A file of the mail; `path` is a name in the working place of whoever had it opened."""

    name: str
    kind: str
    path: str
    size: int


@dataclass(frozen=True)
class OpenedMail:
    """What its sender wrote, and what mail programs said about it. Nothing of this is proved."""

    sender_name: str = ""
    sender: str = ""
    senders: int = 0
    to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    language: str = ""
    message_id: str = ""
    answers: tuple[str, ...] = ()
    #: Return-Path; `<>` is the empty one, nothing means that it is not known.
    return_path: str = ""
    auto_submitted: str = ""
    precedence: str = ""
    is_list: bool = False
    is_auto_reply: bool = False
    is_spam: bool = False
    is_receipt: bool = False
    loops: tuple[str, ...] = ()
    is_report: bool = False
    report_action: str = ""
    report_status: str = ""
    report_ids: tuple[str, ...] = ()
    files: tuple[OpenedFile, ...] = ()
    unread: tuple[str, ...] = ()
    #: The most memory that opening it took. Kilobytes.
    peak_kb: int = 0

    def as_json(self) -> dict[str, Any]:
        """Fit for `from_json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "OpenedMail":
        """The mail that another process wrote down."""
        lists = {key: tuple(value) for key, value in found.items() if isinstance(value, list) and key != "files"}
        return cls(**{**found, **lists, "files": tuple(OpenedFile(**each) for each in found["files"])})
