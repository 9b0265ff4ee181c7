"""Parts of `mailroom.py`, which sets Django up first: a database of its own, mails, and how they come in."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from amends.complaints.actions import keep_mail
from amends.correspondence.models import IncomingMail, SortedMail
from amends.correspondence.unpacking import limited
from amends.mailroom.email import sorting
from amends.people.standing import SYSTEM
from tests import builders

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Limits:
    """The CPU time of children, and how much memory they had at most."""

    def __init__(self) -> None:
        self.peak_kb = 0
        opened = limited._opened

        def watched(*arguments):
            found = opened(*arguments)
            self.peak_kb = max(self.peak_kb, found.peak_kb)
            return found

        limited._opened = watched  # type: ignore[assignment]


def own_database(place: Path, name: str) -> None:
    """A database of its own with an organisation in it."""
    connections["default"].close()
    connection.settings_dict["NAME"] = str(place / f"{name}.sqlite3")
    call_command("migrate", verbosity=0)
    builders.a_world(at=AT - timedelta(days=1))


def good_mail(number: int) -> bytes:
    """A mail by somebody with a complaint."""
    made = EmailMessage()
    made["From"], made["To"] = f"Good {number} <good{number}@example.org>", settings.AMENDS_MAIL_REPLY_TO
    made["Subject"], made["Message-ID"] = f"Complaint {number}", f"<good-{number}@example.org>"
    made.set_content(f"This is what happened to me, number {number}.")
    return made.as_bytes()


def come(raw: bytes, at: datetime) -> SortedMail:
    """A mail comes in."""
    kept = keep_mail(raw, way=IncomingMail.Way.PIPE, by=SYSTEM, at=at)
    sorting.sort_one(kept.sorted.pk, at)
    return SortedMail.objects.select_related("mail").get(mail=kept)


def corpus_of(directory: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file of the manifest."""
    with (directory / "MANIFEST.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            yield row["file"], (directory / row["file"]).read_bytes()
