"""How long a hand-over may wait for an answer, and how it ends without one."""

from datetime import datetime, timedelta

from amends.calendars.counting import Plan, due
from amends.calendars.limits import Limit
from amends.calendars.limits import Unit as In
from amends.calendars.loading import working_calendar
from amends.calendars.working_time import NoWorkingTimeError
from amends.complaints.models import Complaint, HandOver
from amends.framework.which_calendar import NoCalendarError, calendar_of
from amends.people.models import Unit

#: Whoever is asked answers until the close of the next working day.
ANSWER_WITHIN = Limit(1, In.WORKING_DAYS)


def answer_due(unit: Unit, at: datetime) -> datetime:
    """Until when those who are asked should answer, by the calendar of their unit."""
    try:
        return due(Plan(at, ANSWER_WITHIN), working_calendar(calendar_of(unit=unit)))
    except (NoCalendarError, NoWorkingTimeError):
        return at + timedelta(days=1)


def open_hand_over(complaint: Complaint) -> HandOver | None:
    """The hand-over that waits for an answer, if there is one."""
    rows = HandOver.objects.open().filter(complaint=complaint)
    return rows.select_related("given_by", "to_person", "to_unit").first()


def let_in(complaint: Complaint, unit: Unit) -> bool:
    """Let those who are asked read it: their unit takes part meanwhile. Whether it did not before."""
    taking_part = complaint.participating_units
    if unit.pk == complaint.lead_unit_id or taking_part.filter(pk=unit.pk).exists():
        return False
    taking_part.add(unit)
    return True


def let_out(hand_over: HandOver) -> None:
    """The unit takes part no longer, where it did only to be asked."""
    if hand_over.lets_unit_in:
        hand_over.complaint.participating_units.remove(hand_over.to_unit)


def end_hand_over(complaint: Complaint, at: datetime) -> None:
    """Somebody was made responsible another way: nobody is asked any more."""
    hand_over = open_hand_over(complaint)
    if hand_over is not None and HandOver.objects.open().filter(pk=hand_over.pk).update(ended_at=at):
        let_out(hand_over)
