"""Confirming that one has read how a complaint was decided (7.8), and who else has."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.actions import read_notice
from amends.complaints.models import InternalNotice
from amends.complaints.permissions import May
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.opening import Case, opened

Words = str | Promise


@dataclass(frozen=True)
class NoticeShown:
    """Somebody who was told, and when they read it."""

    name: str
    why: Words
    read_at: datetime | None


@dataclass(frozen=True)
class NoticesShown:
    """Who was told of the newest decision; `is_mine` where the reader has not confirmed theirs."""

    rows: list[NoticeShown]
    is_mine: bool


def notices_shown(case: Case) -> NoticesShown:
    """Those who were told. One query."""
    rows = list(InternalNotice.objects.filter(complaint=case.complaint).select_related("person").order_by("-at", "pk"))
    newest = [row for row in rows if row.communication_id == rows[0].communication_id]
    shown = [NoticeShown(row.person.name, InternalNotice.Why(row.why).label, row.read_at) for row in newest]
    return NoticesShown(shown, any(row.person_id == case.actor.person_id and row.read_at is None for row in rows))


@needs(May.READ)
def notice(request: StaffVisit, reference: str) -> HttpResponse:
    """The button below the decision. Pressed twice, it says so and changes nothing."""
    case = opened(request, reference)
    if request.method == "POST":
        try:
            read_notice(case.complaint, by=case.actor, at=case.now)
        except Refusal as refusal:
            if refusal.code != "nothing_unread":
                raise
            messages.info(request, str(refusal.sentence))
        else:
            messages.success(request, _("It is noted that you have read it."))
    return HttpResponseRedirect(case.at("response"))
