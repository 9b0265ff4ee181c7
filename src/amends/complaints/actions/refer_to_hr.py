"""Noting that it is a personnel matter too: when and to whom it was passed on, and nothing else (annex D)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party, PassedToHr
from amends.complaints.subject_rights import subject_of
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def refer_to_hr(
    complaint: Complaint, party: Party, *, addressee: str, passed_on: date, by: engine.Person, at: datetime
) -> PassedToHr:
    """Note it. Refusals: `addressee_needed`, `passed_in_future`, `passed_already`."""
    addressee = clean_line(addressee)[:120]
    if not addressee:
        raise Refusal("addressee_needed", _("Say to whom it was passed on."), field="addressee")
    if passed_on > at.astimezone(the_organisation().zone).date():
        raise Refusal("passed_in_future", _("Choose today or an earlier day."), field="passed_on")
    person = subject_of(complaint, party)
    lifecycle.take(Verb.REFER_TO_HR, complaint, by=by, at=at)
    try:
        with transaction.atomic():
            passed = PassedToHr.objects.create(
                party=party, addressee=addressee, passed_on=passed_on, person_id=staff_id_of(by), at=at
            )
    except IntegrityError as error:
        raise Refusal("passed_already", _("This is noted already.")) from error
    record(
        events.HandedToHr(complaint=complaint.subject, person=person, passed_on=passed_on),
        by=by,
        at=at,
        payload={"addressee": addressee},
    )
    return passed
