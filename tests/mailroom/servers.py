"""A real IMAP server (pymap) with one mailbox, and a real SMTP server that keeps what it is given."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from imap_tools import MailBoxUnencrypted

from tests.project.installation import free_port

PATIENCE = 20.0


class ImapServer:
    """The mailbox of the organisation, as its own mail server fills it."""

    user, password = "complaints", "quite secret"

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"imap://{self.user}:{self.password.replace(' ', '%20')}@127.0.0.1:{port}/INBOX?tls=no"

    def open(self) -> MailBoxUnencrypted:
        mailbox = MailBoxUnencrypted("127.0.0.1", self.port, timeout=10)
        mailbox.login(self.user, self.password)
        return mailbox

    def deliver(self, *raws: bytes) -> None:
        """Mails arrive."""
        with self.open() as mailbox:
            for raw in raws:
                mailbox.append(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), "INBOX")

    def count(self, folder: str) -> int:
        """How many mails lie in a folder."""
        with self.open() as mailbox:
            if not mailbox.folder.exists(folder):
                return 0
            mailbox.folder.set(folder)
            return len(mailbox.uids("ALL"))


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Runs as long as the block does."""
    port = free_port()
    command = [sys.executable, "-c", "import sys; from pymap.main import main; sys.exit(main())"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "admin", "dict", "--demo-data"]
    who = ["--demo-user", ImapServer.user, "--demo-password", ImapServer.password]
    process = subprocess.Popen([*command, *options, *who], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        server, until = ImapServer(port), time.monotonic() + PATIENCE
        while True:
            try:
                with server.open() as mailbox:
                    mailbox.delete(mailbox.uids("ALL"))
                break
            except OSError:
                assert time.monotonic() < until, "the IMAP server does not start"
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


class SmtpServer:
    """Takes every mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - the name that aiosmtpd calls
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What somebody got, the oldest first."""
        return [mail for mail in self.mails if str(mail["To"]) == address]


@contextmanager
def smtp_server(settings) -> Iterator[SmtpServer]:
    """Runs as long as the block does, and is where our mails go."""
    server, port = SmtpServer(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    try:
        yield server
    finally:
        controller.stop()
