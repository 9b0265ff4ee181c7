"""How django-allauth behaves here: nobody signs up by themselves, and it writes to nobody."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

_LOG = logging.getLogger(__name__)


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation. What they have to know follows from the journal and leaves through the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one way in which the library would send: closed, and the request goes on without."""
        _LOG.warning("The sign-in library wanted to send %s. It does not send mails here.", template_prefix)
