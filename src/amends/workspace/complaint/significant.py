"""A significant complaint: telling top management, that one has read it, and what is being done (5.4.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import raise_significant, react_to_significant, read_significant
from amends.complaints.models import Complaint, SignificantAlert, SignificantReader
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.framework.significance import Why
from amends.people.standing import Staff
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.sentences_of_routing import time_taken
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise

WHY: dict[Why, Words] = {
    Why.SEVERITY: _("It is as severe as the criteria say"),
    Why.SAFETY: _("Somebody could be harmed"),
    Why.BLOCKED_ACTION: _("Immediate action is needed, but not possible"),
    Why.PEOPLE: _("Many people may be affected"),
    Why.STAFF: _("A member of staff says so"),
}

RAISING = Screen(
    verb=Verb.RAISE_SIGNIFICANT,
    title=_("Tell top management"),
    button=_("Tell them now"),
    said=_("Top management is told now."),
    intro=_(
        "Top management and the management representative get a mail at once, at any hour, and are asked to confirm "
        "that they have read it. Nobody whom the complaint is about is told."
    ),
)
READING = Screen(
    verb=Verb.READ_SIGNIFICANT,
    title=_("I have read this"),
    button=_("I have read this"),
    said=_("It is noted that you have read it."),
)
REACTING = Screen(
    verb=Verb.REACT_TO_SIGNIFICANT,
    title=_("What is being done"),
    button=_("Save"),
    said=_("It is noted what is being done."),
    intro=_("The first reaction counts, with the time from the alert until now. Everybody who handles it reads it."),
)


class RaiseForm(StepForm):
    """Why."""

    reason = LineField(
        label=_("Why does top management have to hear of this now?"),
        max_length=1000,
        error_messages={"required": _("Say why top management has to hear of this now.")},
    )


class ReactionForm(StepForm):
    """What is being done."""

    reaction = long_text(
        _("What is being done?"), longest=2000, rows=4, missing=_("Say what is being done, and by whom.")
    )


@needs(May.RAISE_SIGNIFICANT)
def raised(request: StaffVisit, reference: str) -> HttpResponse:
    """Anybody who may read it can tell top management."""

    def act(case: Case, form: RaiseForm) -> None:
        raise_significant(
            case.complaint, reason=form.cleaned_data["reason"], by=case.actor, at=case.now, seen=form.version
        )

    return RAISING.answer(request, opened(request, reference), RaiseForm, act)


@needs(May.ANSWER_SIGNIFICANT)
def reading(request: StaffVisit, reference: str) -> HttpResponse:
    """One button, here or in the list of significant complaints; the list comes back where it was pressed there."""

    def act(case: Case, form: StepForm) -> None:
        read_significant(case.complaint, by=case.actor, at=case.now)

    then = reverse("workspace:significant") if "list" in request.POST else ""
    return READING.answer(request, opened(request, reference), StepForm, act, then=then)


@needs(May.ANSWER_SIGNIFICANT)
def reaction(request: StaffVisit, reference: str) -> HttpResponse:
    """What is being done, said once for each alert."""

    def act(case: Case, form: ReactionForm) -> None:
        react_to_significant(case.complaint, reaction=form.cleaned_data["reaction"], by=case.actor, at=case.now)

    return REACTING.answer(request, opened(request, reference), ReactionForm, act)


@dataclass(frozen=True)
class Reader:
    """Somebody who was told."""

    name: str
    read: Words
    has_read: bool


@dataclass(frozen=True)
class Alert:
    """An alert as it is shown: why, who has read it, and what is being done."""

    alert: SignificantAlert
    why: Sequence[Words]
    readers: Sequence[Reader]
    reaction_after: str
    waits_for_me: bool


def alerts_with_readers() -> "Prefetch[Any, Any, Any]":
    """The alerts of complaints with those who were told, the newest first: three queries for any number."""
    readers = SignificantReader.objects.select_related("person").order_by("person__name", "id")
    rows = SignificantAlert.objects.select_related("raised_by", "reacted_by").order_by("-number")
    return Prefetch("significant_alerts", rows.prefetch_related(Prefetch("readers", readers)))


def alerts_of(complaint: Complaint, actor: Staff) -> list[Alert]:
    """The alerts of a complaint in words, the newest first."""
    if complaint.significant_at is None:
        return []
    prefetch_related_objects([complaint], alerts_with_readers())
    return [_alert(row, actor) for row in complaint.significant_alerts.all()]


def _alert(row: SignificantAlert, actor: Staff) -> Alert:
    readers = list(row.readers.all())
    after = row.reaction_time
    return Alert(
        row,
        [WHY[Why(code)] for code in row.why if code in set(Why)],
        [_reader(each) for each in readers],
        time_taken(int(after.total_seconds() // 60)) if after is not None else "",
        any(each.person_id == actor.person_id and each.read_at is None for each in readers),
    )


def _reader(row: SignificantReader) -> Reader:
    if row.read_at is None:
        return Reader(row.person.name, gettext("not read yet"), False)
    return Reader(row.person.name, gettext("read %(moment)s") % {"moment": formatting.moment(row.read_at)}, True)
