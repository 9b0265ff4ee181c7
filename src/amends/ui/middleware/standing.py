"""When it is, and who acts: found out once per request and then passed on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from amends.kit import clock
from amends.people.standing import standing_of
from amends.ui.access import PUBLIC

#: A session lasts for so many hours without use; use is noted no more often than this.
NOTED_EVERY = timedelta(minutes=10)


class Standing:
    """Sets `request.now`, and `request.actor` for views that are not public: Staff, or None if nobody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        visit: Any = request
        visit.now = clock.now()
        visit.actor = None
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Public views cost no query for somebody who happens to be signed in."""
        visit: Any = request
        if getattr(view, "access", PUBLIC) != PUBLIC and visit.user.is_authenticated and visit.user.is_active:
            visit.actor = standing_of(visit.user, visit.now)
            _note_use(visit)
        return None


def _note_use(visit: Any) -> None:
    """Begin the hours of the session anew. Reading goes on where nothing can be written."""
    noted = visit.session.get("used_at")
    if noted and visit.now - datetime.fromisoformat(noted) < NOTED_EVERY:
        return
    visit.session["used_at"] = visit.now.isoformat()
    with suppress(DatabaseError, UpdateError):
        visit.session.save()
    visit.session.modified = False
