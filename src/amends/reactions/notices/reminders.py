"""Telling staff what waits for them or ends soon, beside the deadlines; it waits for the end of quiet hours too."""

from collections.abc import Iterable
from datetime import datetime

from amends.calendars.loading import working_calendar
from amends.complaints.fitness import fit_handlers
from amends.complaints.models import Complaint, HandOver, SignificantReader
from amends.complaints.recipients import Told, in_their_place, who_hears
from amends.framework.ladder import HANDLER, rungs_now
from amends.framework.which_calendar import NoCalendarError, calendar_of
from amends.journal.models import Entry
from amends.people.models import Delegation, Person, Training, Unit
from amends.permissions.roles import Role
from amends.reactions.models import Alert
from amends.reactions.notices.mailing import complaint_of, person_of
from amends.reactions.quiet import may_send_at
from amends.reactions.true_time import asked

_KINDS = {
    "hand_over": Alert.Kind.HAND_OVER,
    "authority": Alert.Kind.AUTHORITY,
    "significant": Alert.Kind.NO_REACTION,
    "loan": Alert.Kind.LOAN_ENDS,
    "training": Alert.Kind.TRAINING,
}


def something_waits(entry: Entry) -> None:
    """Note whom it concerns that something of a complaint waits or ends soon."""
    complaint = complaint_of(entry)
    if complaint is None or complaint.is_ended:
        return
    what, key = entry.facts["what"], entry.facts["key"]
    told: Iterable[Told]
    if what == "hand_over":
        told = in_their_place(_of_hand_over(complaint, key, entry.at), complaint, entry.at)
    elif what == "significant":
        readers = SignificantReader.objects.filter(alert=key).select_related("person").order_by("person_id")
        told = in_their_place([row.person for row in readers], complaint, entry.at)
        told = told or who_hears(complaint, Role.MANAGEMENT_REPRESENTATIVE.value, entry.at)
    else:
        told = who_hears(complaint, HANDLER, entry.at)
    _note(entry, told, unit=complaint.lead_unit, complaint=complaint)


def _of_hand_over(complaint: Complaint, key: int, at: datetime) -> list[Person]:
    """Whoever was asked, and the giver: it is still theirs."""
    offered = HandOver.objects.open().filter(pk=key).select_related("given_by", "to_person", "to_unit").first()
    if offered is None:
        return []
    asked_people = [offered.to_person] if offered.to_person else fit_handlers(complaint, offered.to_unit, at)
    return [*asked_people, offered.given_by]


def something_ends(entry: Entry) -> None:
    """Note for a member of staff that what they hold ends soon."""
    person, what = person_of(entry), entry.facts["what"]
    if person is None:
        return
    if what == "loan":
        loan = Delegation.objects.filter(pk=entry.facts["key"]).select_related("unit").first()
        if loan is not None:
            _note(entry, [Told(person)], unit=loan.unit, about=loan.role)
        return
    training = Training.objects.filter(pk=entry.facts["key"]).first()
    if training is not None:
        _note(entry, [Told(person)], unit=Unit.objects.order_by("path")[0], about=training.course)


def _note(
    entry: Entry, told: Iterable[Told], *, unit: Unit, complaint: Complaint | None = None, about: str = ""
) -> None:
    now = asked()
    try:
        calendar = working_calendar(calendar_of(unit=unit))
        is_urgent = complaint is not None and complaint.is_safety
        send_at = may_send_at(now, rungs_now().quiet, calendar, is_urgent=is_urgent)
    except NoCalendarError:
        send_at = now
    ends = entry.facts.get("due_at") or entry.facts["ends_at"]
    Alert.objects.bulk_create(
        [
            Alert(
                person=each.person,
                complaint=complaint,
                kind=_KINDS[entry.facts["what"]],
                entry=entry.uid,
                about=about,
                due_at=datetime.fromisoformat(ends),
                instead_of=each.instead_of,
                made_at=now,
                send_at=send_at,
            )
            for each in told
        ],
        ignore_conflicts=True,
    )
