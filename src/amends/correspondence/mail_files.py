"""Where mails go while no mail server is set: one file each, in the order of sending, to be opened and read."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from amends.kit import clock


class MailFiles(BaseEmailBackend):
    """Writes each mail as an .eml file into AMENDS_MAIL_DIR."""

    def __init__(self, fail_silently: bool = False, **_ignored: Any) -> None:
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        directory = Path(settings.AMENDS_MAIL_DIR)
        directory.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{clock.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}.eml"
            half = directory / f".{name}"
            with half.open("wb") as file:
                file.write(message.message().as_bytes())
                file.flush()
                os.fsync(file.fileno())
            half.rename(directory / name)
        return len(email_messages)
