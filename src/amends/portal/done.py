"""The confirmation: reference, access code, and what happens next with dates."""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.complaints import drafts
from amends.complaints.actions import acknowledge
from amends.complaints.actions.receive import hash_of_access_code
from amends.complaints.models import Acknowledgement, Complaint, Deadline, Draft
from amends.kit.clock import to_the_minute
from amends.kit.ids import access_code_from, same
from amends.people.standing import SYSTEM
from amends.portal import draft_cookie
from amends.portal.receipts import receipt_for
from amends.portal.visiting import PortalVisit, for_the_public
from amends.reactions.notices.mailing import reachable_by_mail
from amends.ui import formatting
from amends.ui.parts import Step


@require_safe
@for_the_public
def done(visit: PortalVisit) -> HttpResponse:
    """Shown for half an hour on the device that sent the complaint; afterwards a page that says where to go."""
    draft = draft_cookie.draft_of(visit)
    if draft is None or draft.complaint is None or not drafts.may_show_confirmation(draft, visit.now):
        return render(visit, "portal/done_over.html", status=404)
    complaint = draft.complaint
    _acknowledge(complaint, visit.now)
    context = {
        "complaint": complaint,
        "code": _access_code(draft, complaint),
        "steps": _what_happens_next(complaint),
        "receipt": receipt_for(complaint),
        "by_mail": reachable_by_mail(complaint) is not None,
    }
    return render(visit, "portal/done.html", context)


@require_POST
@for_the_public
def leave(visit: PortalVisit) -> HttpResponse:
    """Leave and clear: this device shows the codes no more."""
    draft = draft_cookie.draft_of(visit)
    if draft is not None and draft.complaint_id is not None:
        drafts.forget(draft)
    response = HttpResponseRedirect(reverse("portal:leave"))
    draft_cookie.take_away(response)
    return response


def _acknowledge(complaint: Complaint, at: datetime) -> None:
    """Where no mail confirms receipt, this page does, once."""
    if complaint.is_ended or reachable_by_mail(complaint) is not None:
        return
    moment = to_the_minute(at) if complaint.is_anonymous else at
    # Two windows that open this page at the same moment: the database keeps one acknowledgement.
    with suppress(IntegrityError):
        acknowledge(complaint, how=Acknowledgement.How.PAGE, by=SYSTEM, at=moment)


def _access_code(draft: Draft, complaint: Complaint) -> str:
    """The code follows from the draft's token, so it need not be kept. Empty when a new one was given meanwhile."""
    code = access_code_from(draft.token, settings.AMENDS_TRACKING_KEY)
    return code if same(hash_of_access_code(code), complaint.access_code_hash) else ""


def _what_happens_next(complaint: Complaint) -> list[Step]:
    deadlines = {deadline.kind: deadline for deadline in complaint.deadlines.order_by("id")}
    confirming, deciding = deadlines.get(Deadline.Kind.ACKNOWLEDGEMENT), deadlines.get(Deadline.Kind.DECISION)
    steps = [Step(_("Received"), "done", formatting.long_day(complaint.received_at))]
    if confirming is not None and confirming.met_at is not None:
        steps.append(Step(_("Receipt confirmed"), "done", formatting.long_day(confirming.met_at)))
    elif confirming is not None:
        steps.append(Step(_("We confirm that we have it"), "ahead", _by(confirming)))
    if deciding is not None:
        steps.append(Step(_("Decision with reasons"), "ahead", _by(deciding)))
    return steps


def _by(deadline: Deadline) -> str:
    return _("By %(day)s") % {"day": formatting.long_day(deadline.due_at)}
