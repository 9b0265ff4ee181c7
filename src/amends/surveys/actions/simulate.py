"""Simulated complaints: marked, judged, and taken back where the mark was a mistake (ISO 10002, 8.3)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.actors import staff_id_of
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.permissions import engine
from amends.surveys import events
from amends.surveys.models import SimulatedContact, Survey
from amends.surveys.permissions import May


@transaction.atomic
def mark_simulated(
    complaint: Complaint, *, scenario: str, reason: str, by: engine.Person, at: datetime
) -> SimulatedContact:
    """Say that a complaint was made up: it counts in no statistics, and nobody is asked about it.

    Refusals: `marked_already`, `void`, and a text that is missing or too long.
    """
    scenario = _text(scenario, 2000, "scenario", _("Describe what is tried."))
    reason = _text(reason, 500, "reason", _("Say why it is done."))
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    engine.require(by, May.SIMULATE, complaint)
    if Stage(complaint.stage) is Stage.VOID:
        raise Refusal("void", _("This complaint does not count any more."), field="reference")
    try:
        with transaction.atomic():
            row = SimulatedContact.objects.create(
                complaint=complaint, scenario=scenario, reason=reason, person_id=staff_id_of(by), at=at
            )
    except IntegrityError as error:
        sentence = _("This complaint is marked as simulated already.")
        raise Refusal("marked_already", sentence, field="reference") from error
    Complaint.objects.filter(pk=complaint.pk).update(is_simulated=True)
    waiting = Survey.objects.filter(complaint=complaint, state__in=[Survey.State.PLANNED, Survey.State.OPEN])
    waiting.update(state=Survey.State.DROPPED, why=Survey.Why.SIMULATED, ended_at=at)
    record(
        events.SimulationMarked(simulation=row.subject, complaint=complaint.subject),
        by=by,
        at=at,
        payload={"scenario": scenario, "reason": reason},
    )
    return row


@transaction.atomic
def judge_simulated(simulation: SimulatedContact, *, result: str, by: engine.Person, at: datetime) -> SimulatedContact:
    """Write down how it was handled. Refuses `judged_already`: what was found is not written over."""
    result = _text(result, 4000, "result", _("Write what was found."))
    row = SimulatedContact.objects.select_for_update().select_related("complaint").get(pk=simulation.pk)
    engine.require(by, May.SIMULATE, row.complaint)
    if row.result or row.ended_at is not None:
        raise Refusal("judged_already", _("This has been settled already. Look at it again."), field="result")
    row.result, row.result_by_id, row.result_at = result, staff_id_of(by), at
    row.save(update_fields=["result", "result_by", "result_at"])
    record(
        events.SimulationJudged(simulation=row.subject, complaint=row.complaint.subject),
        by=by,
        at=at,
        payload={"result": result},
    )
    return row


@transaction.atomic
def end_simulation(simulation: SimulatedContact, *, reason: str, by: engine.Person, at: datetime) -> SimulatedContact:
    """The complaint is real after all: it counts again from now on."""
    reason = _text(reason, 500, "ended_why", _("Say why."))
    row = SimulatedContact.objects.select_for_update().select_related("complaint").get(pk=simulation.pk)
    engine.require(by, May.SIMULATE, row.complaint)
    if row.result or row.ended_at is not None:
        raise Refusal("judged_already", _("This has been settled already. Look at it again."), field="ended_why")
    row.ended_why, row.ended_by_id, row.ended_at = reason, staff_id_of(by), at
    row.save(update_fields=["ended_why", "ended_by", "ended_at"])
    Complaint.objects.filter(pk=row.complaint_id).update(is_simulated=False)
    record(
        events.SimulationEnded(simulation=row.subject, complaint=row.complaint.subject),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return row


def _text(typed: str, longest: int, field: str, missing: str | Promise) -> str:
    text = clean_text(typed)
    if not text:
        raise Refusal("text_needed", missing, field=field)
    if len(text) > longest:
        raise Refusal(
            "text_too_long", _("Shorten the text to %(longest)d characters.") % {"longest": longest}, field=field
        )
    return text
