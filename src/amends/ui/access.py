"""Who may open a view: each one says so, and a test fails for one that does not.

@public
def home(request): ...

@needs(May.WORK_HERE)
def queue(request): ...
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from amends.people.models import Person
from amends.people.standing import Staff
from amends.permissions.engine import may
from amends.ui import error_pages

#: What `view.access` says of a view that anybody may open.
PUBLIC = "public"

P = ParamSpec("P")
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Visit(HttpRequest):
    """A request with its moment, taken once, and who acts (None on public pages)."""

    now: datetime
    actor: Staff | None


class StaffVisit(HttpRequest):
    """A request by a signed-in member of staff."""

    now: datetime
    actor: Staff
    user: Person
    #: Set by a view whose reader may not know some words: they are taken out of what people wrote.
    hides: Callable[[str], str]


def public(view: View) -> View:
    """Anybody may open the view."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def needs(
    act: StrEnum,
) -> Callable[
    [Callable[Concatenate[StaffVisit, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """Only signed-in staff whose role allows the act at all may open the view. What it is done to, the verb checks."""

    def decorate(
        view: Callable[Concatenate[StaffVisit, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def checked(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.actor is None:
                if request.method in {"GET", "HEAD"}:
                    return redirect_to_login(request.get_full_path(), reverse("account_login"))
                return error_pages.signed_out(request)
            if not may(request.actor, act):
                return error_pages.permission_denied(request)
            return view(request, *args, **kwargs)

        checked.access = act  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", checked)

    return decorate
