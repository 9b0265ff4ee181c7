"""Noting what somebody needs so that they can complain as well as anybody (ISO 10002, 4.5, 4.6, annex D)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.acting import today
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Need
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@dataclass(frozen=True)
class Particulars:
    """What is kept, and on what ground: consent, how and when it was given, or a recorded basis."""

    driver: str
    adjustment: str
    basis: str
    basis_on: date
    text: str = ""


@transaction.atomic
def record_need(complaint: Complaint, about: Particulars, *, by: engine.Person, at: datetime) -> Need:
    """Keep a need. Everybody who handles the complaint sees the adjustment; the reason only after saying why.

    Refusals: `driver_needed`, `adjustment_needed`, `consent_needed`, `consent_in_future`.
    """
    adjustment = clean_line(about.adjustment)[:300]
    if about.driver not in Need.Driver.values:
        raise Refusal("driver_needed", _("Choose what it comes from."), field="driver")
    if not adjustment:
        raise Refusal("adjustment_needed", _("Write what we do differently."), field="adjustment")
    if about.basis not in Need.Basis.values:
        raise Refusal("consent_needed", _("Say how they agreed, or on what ground it is kept."), field="basis")
    if about.basis_on > today(at):
        raise Refusal("consent_in_future", _("This day is in the future."), field="basis_on")
    lifecycle.take(Verb.RECORD_NEED, complaint, by=by, at=at)
    Complaint.objects.select_for_update().get(pk=complaint.pk)  # two at once get two numbers
    last = Need.objects.filter(complaint=complaint).aggregate(last=Max("number"))["last"]
    need = Need.objects.create(
        complaint=complaint,
        number=(last or 0) + 1,
        driver=about.driver,
        text=clean_line(about.text)[:500],
        adjustment=adjustment,
        basis=about.basis,
        basis_on=about.basis_on,
        person_id=staff_id_of(by),
        at=at,
    )
    record(
        # What it comes from is as private as the words: it stands in what can be erased.
        events.NeedRecorded(complaint=complaint.subject, number=need.number, basis=need.basis, basis_on=need.basis_on),
        by=by,
        at=at,
        payload={"driver": need.driver, "text": need.text, "adjustment": need.adjustment},
    )
    return need
