"""A mail server that keeps what it is given, so that a test can read the letters of everybody.

What goes to the organisation itself lies in its mailbox afterwards, from where Amends takes it.
"""

import smtplib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.journeys.installation import PATIENCE, free_port


@dataclass(frozen=True)
class Letter:
    """A mail as its recipient reads it."""

    to: str
    sender: str
    language: str
    subject: str
    text: str
    mail: EmailMessage


class Letterbox:
    """Listens on a port of loopback until it is closed."""

    def __init__(self, organisation: str, put_into_mailbox: Callable[[bytes], None]) -> None:
        self.organisation, self.put_into_mailbox = organisation, put_into_mailbox
        self.letters: list[Letter] = []
        self._arrival = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self._controller.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    def close(self) -> None:
        """Stop listening."""
        self._controller.stop()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a mail."""
        if any(self._is_ours(recipient) for recipient in envelope.rcpt_tos):
            self.put_into_mailbox(envelope.content)
            return "250 OK"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        body = mail.get_body(("plain",))
        assert body is not None
        text = body.get_content().replace("\r\n", "\n")
        sender, language, subject = (str(mail[name]) for name in ("From", "Content-Language", "Subject"))
        with self._arrival:
            for recipient in envelope.rcpt_tos:
                self.letters.append(Letter(recipient, sender, language, subject.strip(), text, mail))
            self._arrival.notify_all()
        return "250 OK"

    def _is_ours(self, recipient: str) -> bool:
        """The mailbox and its addresses for answers: complaints@… and complaints+token@…"""
        name, _at, domain = recipient.partition("@")
        return f"{name.partition('+')[0]}@{domain}" == self.organisation

    def send(self, mail: EmailMessage) -> None:
        """Somebody's mail program sends a mail."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE) as server:
            server.send_message(mail)

    def letter(self, to: str, subject: str) -> Letter:
        """The newest letter to somebody with that subject; waits for it."""

        def found() -> Letter | None:
            return next((each for each in reversed(self.letters) if (each.to, each.subject) == (to, subject)), None)

        with self._arrival:
            self._arrival.wait_for(found, timeout=PATIENCE)
            letter = found()
        assert letter is not None, f"no letter “{subject}” to {to}; there are {self.subjects_to(to)}"
        return letter

    def letter_about(self, to: str, *words: str) -> Letter:
        """The newest letter to somebody in whose text all these words stand; waits for it."""

        def found() -> Letter | None:
            mine = (each for each in reversed(self.letters) if each.to == to)
            return next((each for each in mine if all(word in each.text for word in words)), None)

        with self._arrival:
            # Mails about deadlines keep half a minute between them, and what comes in between waits for the next.
            self._arrival.wait_for(found, timeout=7 * PATIENCE)
            letter = found()
        assert letter is not None, f"no letter about {', '.join(words)} to {to}; there are {self.subjects_to(to)}"
        return letter

    def subjects_to(self, to: str) -> list[str]:
        """What somebody was sent so far, oldest first."""
        return [each.subject for each in self.letters if each.to == to]
