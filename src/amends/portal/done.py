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
from amends.portal.facts import Clocks, clocks_of
from amends.portal.receipts import receipt_for
from amends.portal.times import times_of
from amends.portal.visiting import PortalVisit, for_the_public
from amends.portal.why import dates_of
from amends.reactions.notices.mailing import reachable_by_mail, whoever_wrote
from amends.ui import formatting
from amends.ui.parts import Step

Kind = Deadline.Kind


@require_safe
@for_the_public
def done(visit: PortalVisit) -> HttpResponse:
    """Shown for half an hour on the device that sent the complaint; afterwards a page that says where to go."""
    draft = draft_cookie.draft_of(visit)
    if draft is None or draft.complaint is None or not drafts.may_show_confirmation(draft, visit.now):
        return render(visit, "portal/done_over.html", status=404)
    complaint = draft.complaint
    _acknowledge(complaint, visit.now)
    clocks = clocks_of(complaint)
    context = {
        "complaint": complaint,
        "code": _access_code(draft, complaint),
        "steps": _what_happens_next(complaint, clocks),
        "dates": list(dates_of(complaint, clocks, visit.now, Kind.DECISION)),
        "receipt": receipt_for(complaint),
        "by_mail": reachable_by_mail(complaint, whoever_wrote, visit.now) is not None,
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
    if complaint.is_ended or reachable_by_mail(complaint, whoever_wrote, at) is not None:
        return
    moment = to_the_minute(at) if complaint.is_anonymous else at
    # Two windows that open this page at the same moment: the database keeps one acknowledgement.
    with suppress(IntegrityError):
        acknowledge(complaint, how=Acknowledgement.How.PAGE, by=SYSTEM, at=moment)


def _access_code(draft: Draft, complaint: Complaint) -> str:
    """The code follows from the draft's token, so it need not be kept. Empty when a new one was given meanwhile."""
    code = access_code_from(draft.token, settings.AMENDS_TRACKING_KEY)
    return code if same(hash_of_access_code(code), complaint.access_code_hash) else ""


def _what_happens_next(complaint: Complaint, clocks: Clocks) -> list[Step]:
    """What is still to come, each with its day where there is one already."""
    steps = [Step(_("Received"), "done", formatting.long_day(complaint.received_at))]
    confirming = clocks.strictest(Kind.ACKNOWLEDGEMENT)
    confirmed = next((d for d in clocks.deadlines if d.kind == Kind.ACKNOWLEDGEMENT and d.met_at is not None), None)
    if confirming is not None:
        steps.append(Step(_("We confirm that we have it"), "ahead", _by(confirming)))
    elif confirmed is not None and confirmed.met_at is not None:
        steps.append(Step(_("Receipt confirmed"), "done", formatting.long_day(confirmed.met_at)))
    if complaint.is_ended:
        return steps
    news = clocks.strictest(Kind.UPDATE)
    if news is not None:
        steps.append(Step(_("We tell you where it stands"), "ahead", _by(news)))
    return [*steps, Step(_("Decision with reasons"), "ahead", _when_decided(complaint, clocks))]


def _when_decided(complaint: Complaint, clocks: Clocks) -> str:
    """The day; where its time begins only later, how long it is; nothing where no rule says so."""
    deciding = clocks.strictest(Kind.DECISION)
    if deciding is not None:
        return _by(deciding)
    times = times_of(complaint)
    if times.decision is None or not times.decision_waits:
        return ""
    return _("After our confirmation: %(time)s") % {"time": formatting.limit(times.decision.limit)}


def _by(deadline: Deadline) -> str:
    return _("By %(day)s") % {"day": formatting.long_day(deadline.due_at)}
