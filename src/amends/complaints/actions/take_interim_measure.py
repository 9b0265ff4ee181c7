"""Doing something at once where it cannot be solved yet, and telling the plan with its days (ISO 10002, 7.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.letter_blocks import worded
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, InterimMeasure, PlannedStep
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message, checked_text
from amends.framework.models import MessageTemplate, Organisation
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.locales import plain_day
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.models import Person
from amends.permissions import engine


@dataclass(frozen=True)
class Planned:
    """One step with its day."""

    text: str
    due_on: date


@transaction.atomic
def take_interim_measure(
    complaint: Complaint,
    *,
    measure: str,
    steps: Sequence[Planned],
    by: engine.Person,
    at: datetime,
    channel: str = Channel.PORTAL,
    seen: int | None = None,
) -> InterimMeasure:
    """Write down what is done until the decision, and tell the complainant so with the plan.

    Refusals: `text_needed`, `steps_needed`, `step_in_past`.
    """
    measure = checked_text(measure, longest=2000, field="measure")
    planned = [Planned(clean_line(step.text)[:300], step.due_on) for step in steps]
    if not planned or not all(step.text for step in planned):
        raise Refusal("steps_needed", _("Say what comes next, and by which day."), field="step_1")
    today = at.astimezone(the_organisation().zone).date()
    if any(step.due_on < today for step in planned):
        raise Refusal("step_in_past", _("Choose today or a later day."), field="day_1")
    lifecycle.take(Verb.TAKE_INTERIM_MEASURE, complaint, by=by, at=at, seen=seen)
    text, template = interim_reply(measure, planned, complaint.language, the_organisation())
    message = add_message(
        complaint.thread,
        direction=Message.Direction.OUT,
        text=text,
        at=at,
        channel=channel,
        language=complaint.language,
        person=Person.objects.get(pk=staff_id_of(by)),
        template=template,
    )
    interim = InterimMeasure.objects.create(
        complaint=complaint,
        number=InterimMeasure.objects.filter(complaint=complaint).count() + 1,
        measure=measure,
        message=message,
        person_id=staff_id_of(by),
        at=at,
    )
    rows = [PlannedStep(interim=interim, number=n, text=s.text, due_on=s.due_on) for n, s in enumerate(planned, 1)]
    PlannedStep.objects.bulk_create(rows)
    record(
        events.InterimMeasureTaken(
            complaint=complaint.subject,
            number=interim.number,
            steps=len(planned),
            message=Subject("message", message.pk),
            channel=channel,
        ),
        by=by,
        at=at,
        payload={"text": text},
    )
    return interim


def interim_reply(
    measure: str, steps: Sequence[Planned], language: str, organisation: Organisation
) -> tuple[str, MessageTemplate | None]:
    """The reply in the language of the complaint: what was done at once, what comes next and by when."""
    values = {
        "measure": measure,
        "steps": "\n".join(f"{plain_day(step.due_on, language)}: {step.text}" for step in steps),
        "organisation": organisation.name,
    }
    return worded("letter_interim", values, language)
