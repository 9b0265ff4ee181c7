"""Following a complaint: reference and access code open a session on the server, for an hour without use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth import SESSION_KEY as STAFF_SESSION
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from amends.complaints.acting import Permission, permission_now
from amends.complaints.actors import Complainant
from amends.complaints.models import Complaint
from amends.complaints.queries import speaking_for
from amends.kit.clock import to_the_minute
from amends.kit.ids import keyed_hash, same
from amends.portal.visiting import PortalVisit, for_the_public
from amends.ui.kept import kept_from

FOLLOWS = "follows"
IDLE = timedelta(minutes=60)
#: The end of the hour is moved no more often than this: reading a page should not always write.
MOVED_EVERY = timedelta(minutes=5)

P = ParamSpec("P")


@dataclass(frozen=True)
class Following:
    """The complaint that is followed, and the complainant as actor. Of the anonymous `at` is cut to the minute."""

    complaint: Complaint
    by: Complainant
    at: datetime

    @property
    def permission(self) -> Permission:
        """How the permission of whoever acts for the complainant stands."""
        return permission_now(self.complaint, self.at)


def begin(visit: PortalVisit, complaint: Complaint) -> None:
    """Open the complaint in this browser. The session gets a new key, so that one known before opens nothing."""
    visit.session.cycle_key()
    visit.session[FOLLOWS] = {"complaint": complaint.pk, "mark": _mark(complaint)}
    _move_end(visit)


def end(visit: PortalVisit) -> None:
    """Close it. Somebody who is also signed in as staff stays so."""
    visit.session.pop(FOLLOWS, None)
    if STAFF_SESSION not in visit.session:
        visit.session.flush()


def followed(visit: PortalVisit) -> Following | None:
    """What this browser follows, while its hour has not run out and the access code is still the same."""
    kept = visit.session.get(FOLLOWS)
    if kept is None or datetime.fromisoformat(kept["until"]) <= visit.now:
        return None
    complaint = (
        Complaint.objects.filter(pk=kept["complaint"])
        .select_related("pack", "product")
        .prefetch_related("parties")
        .first()
    )
    if complaint is None or not same(kept["mark"], _mark(complaint)):
        return None
    _move_end(visit)
    at = to_the_minute(visit.now) if complaint.is_anonymous else visit.now
    return Following(complaint, speaking_for(complaint), at)


def for_the_complainant(
    view: Callable[Concatenate[PortalVisit, Following, P], HttpResponseBase],
) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """The view is opened by reference and access code. Without them: the page that asks for both.

    Whoever acts for the complainant without permission sees only that it is missing, and how to send it.
    """

    @wraps(view)
    def told(visit: PortalVisit, following: Following, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if following.permission.is_good:
            return view(visit, following, *args, **kwargs)
        return permission_missing(visit, following)

    return for_whoever_wrote(told)


def for_whoever_wrote(
    view: Callable[Concatenate[PortalVisit, Following, P], HttpResponseBase],
) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """As `for_the_complainant`, also for somebody whose permission is missing: the view tells nothing."""

    @wraps(view)
    def opened(visit: PortalVisit, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        following = followed(visit)
        if following is not None:
            return view(visit, following, *args, **kwargs)
        if visit.method == "POST":
            return codes_again(visit)
        return HttpResponseRedirect(reverse("portal:track"))

    return for_the_public(opened)


def permission_missing(visit: PortalVisit, following: Following) -> HttpResponse:
    """Nothing about the complaint: that the permission is missing, and how to send it."""
    context = {"reference": following.complaint.reference, "permission": following.permission}
    return render(visit, "portal/permission_missing.html", context, status=403 if visit.method == "POST" else 200)


def codes_again(visit: PortalVisit) -> HttpResponse:
    """The hour ran out while somebody wrote: what they wrote is given back."""
    return render(visit, "portal/codes_again.html", {"kept": kept_from(visit)}, status=401)


def _mark(complaint: Complaint) -> str:
    """Changes with the access code: a new code closes what an old one opened."""
    return keyed_hash(complaint.access_code_hash, settings.AMENDS_TRACKING_KEY, "following")[:32]


def _move_end(visit: PortalVisit) -> None:
    """Begin the hour anew. All moments are whole minutes: a session must not tell more of the anonymous."""
    until = to_the_minute(visit.now) + IDLE
    kept = visit.session[FOLLOWS]
    if "until" in kept and until - datetime.fromisoformat(kept["until"]) < MOVED_EVERY:
        return
    visit.session[FOLLOWS] = {**kept, "until": until.isoformat()}
    if STAFF_SESSION not in visit.session:
        visit.session.set_expiry(until)
