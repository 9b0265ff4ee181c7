"""The tracking page: where it stands, what we ask, what was written, and what is still to come."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from amends.complaints import events
from amends.complaints.actions.unwithdraw import can_be_taken_back
from amends.complaints.automatic_letters import summaries
from amends.complaints.models import Complaint, Party
from amends.complaints.models.complaint import MailDetail
from amends.complaints.stages import Stage
from amends.complaints.translating import told_translations
from amends.correspondence.models import Message
from amends.portal import thread
from amends.portal.facts import Facts, facts_of
from amends.portal.following import Following, for_the_complainant
from amends.portal.forms import ReplyForm
from amends.portal.progress_steps import steps_of
from amends.portal.receipts import receipt_for
from amends.portal.status import body_of, status_of
from amends.portal.visiting import PortalVisit
from amends.surveys.asking import open_survey
from amends.ui import formatting
from amends.ui.parts import Translated

_PERMISSION: dict[Party.Authority, str | Promise] = {
    Party.Authority.CLAIMED: gettext_lazy("You told us that they agree"),
    Party.Authority.TO_FOLLOW: gettext_lazy("You will send it"),
    Party.Authority.SEEN: gettext_lazy("We have seen it"),
    Party.Authority.ENDED: gettext_lazy("It has ended"),
}
_TOLD_BY: dict[Party.ContactBy, str | Promise] = {
    Party.ContactBy.PORTAL: gettext_lazy("Only on this page"),
    Party.ContactBy.EMAIL: gettext_lazy("By e-mail. Our mails never say what it is about"),
    Party.ContactBy.PHONE: gettext_lazy("By telephone"),
    Party.ContactBy.POST: gettext_lazy("By letter"),
}


_BEFORE_DECISION = frozenset({Stage.RECEIVED, Stage.ASSESSED, Stage.INVESTIGATING, Stage.REOPENED})


@require_safe
@for_the_complainant
def progress(visit: PortalVisit, following: Following) -> HttpResponse:
    """Everything about the complaint that its complainant may see."""
    complaint = following.complaint
    facts = facts_of(complaint)
    context = {
        "complaint": complaint,
        "status": status_of(facts, visit.organisation, visit.now),
        "body": body_of(visit.organisation),
        "question": facts.question,
        "question_translations": _translated(facts.question),
        "form": ReplyForm(initial={"once": uuid4().hex}) if facts.question else None,
        # The open question stands above, in a box of its own.
        "messages_shown": thread.shown(
            [m for m in facts.messages if m != facts.question], complaint, visit.organisation
        ),
        "steps": steps_of(facts),
        "details": _details(following),
        "told": facts.told,
        "is_ready": complaint.stage == Stage.COMMUNICATED,
        # One highlighted box at a time: a question comes before the decision.
        "frame": "" if facts.question else "callout",
        "understood": _understood(facts),
        "may_withdraw": not complaint.is_ended,
        "may_take_back": can_be_taken_back(complaint, visit.now) is not None,
        "receipt": receipt_for(complaint),
        "survey": open_survey(complaint, visit.now),
    }
    return render(visit, "portal/progress.html", context)


def _translated(question: Message | None) -> list[Translated]:
    return thread.of_ours(told_translations([question]).get(question.pk, ())) if question is not None else []


def _understood(facts: Facts) -> list[str]:
    """The points as we wrote them down, until the complainant has said whether they are right, or we have decided."""
    if Stage(facts.complaint.stage) not in _BEFORE_DECISION or facts.happened.has(events.SummaryConfirmed):
        return []
    return summaries(facts.complaint)


def _details(following: Following) -> list[tuple[str, Any]]:
    complaint = following.complaint
    received = formatting.day if complaint.received_by_day else formatting.moment
    rows: list[tuple[str, Any]] = [(_("Received"), received(complaint.received_at))]
    if complaint.product is not None:
        rows.append((_("About"), str(complaint.product)))
    if complaint.is_anonymous:
        return [*rows, (_("Your name"), _("You stay anonymous"))]
    return [*rows, *_of_people(complaint)]


def _of_people(complaint: Complaint) -> list[tuple[str, Any]]:
    parties = {party.role: party for party in complaint.parties.all()}
    acting, affected = parties.get(Party.Role.REPRESENTATIVE), parties[Party.Role.COMPLAINANT]
    talked_to = acting or affected
    rows: list[tuple[str, Any]] = []
    if acting is not None and affected.name:
        rows.append((_("On behalf of"), affected.name))
    if acting is not None and acting.authority != Party.Authority.NONE:
        rows.append((_("Their permission"), _PERMISSION[Party.Authority(acting.authority)]))
    told_by = _TOLD_BY[Party.ContactBy(talked_to.contact_by)]
    if talked_to.contact_by == Party.ContactBy.EMAIL and complaint.mail_detail == MailDetail.FULL:
        told_by = _("By e-mail")
    rows.append((_("How we tell you of news"), told_by))
    return rows
