"""The cookie by which a device opens its draft: the number, which is no secret, and the secret."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from amends.complaints import drafts
from amends.complaints.drafts import KEPT_FOR
from amends.complaints.models import Draft
from amends.portal.visiting import PortalVisit, for_the_public
from amends.ui.kept import kept_from

P = ParamSpec("P")

NAME = "__Host-draft" if settings.IS_HTTPS else "draft"


def put(response: HttpResponse, draft: Draft, secret: str) -> None:
    """Let this device open the draft."""
    response.set_cookie(
        NAME,
        f"{draft.number}.{secret}",
        max_age=int(KEPT_FOR.total_seconds()),
        path="/",
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def take_away(response: HttpResponse) -> None:
    """Let this device open nothing any more."""
    response.delete_cookie(NAME, path="/", samesite="Lax")


def draft_of(visit: PortalVisit) -> Draft | None:
    """The draft of this device, sent or not, while it can be opened."""
    number, _dot, secret = visit.COOKIES.get(NAME, "").partition(".")
    return drafts.opened_by(number, secret, visit.now) if number and secret else None


def for_the_draft(
    view: Callable[Concatenate[PortalVisit, Draft, P], HttpResponseBase],
) -> Callable[Concatenate[Any, str, P], HttpResponseBase]:
    """The view shows a draft, which only its own device opens. One that was sent leads to its confirmation."""

    @wraps(view)
    def opened(visit: PortalVisit, number: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        draft = draft_of(visit)
        if draft is None or draft.number != number:
            return not_opened(visit)
        if draft.complaint_id is not None:
            return HttpResponseRedirect(reverse("portal:done"))
        return view(visit, draft, *args, **kwargs)

    return for_the_public(cast("Callable[Concatenate[PortalVisit, str, P], HttpResponseBase]", opened))


def not_opened(visit: PortalVisit) -> HttpResponse:
    """The same for a draft that ran out, that belongs to somebody else, or that never was."""
    return render(visit, "portal/draft_not_opened.html", {"kept": kept_from(visit)}, status=404)
