"""How django-allauth behaves here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation; mails of the library go through our own outbox later than the request."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
