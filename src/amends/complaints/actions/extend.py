"""Taking more time, with a reason that the complainant is told (ISO 10002, 7.3, 7.7)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amends.calendars.counting import Plan, due
from amends.calendars.limits import Limit
from amends.calendars.loading import working_calendar
from amends.calendars.working_time import local_day
from amends.complaints import deadlines, events, holding_reply, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.alarms import set_alarm
from amends.complaints.counting import add_extension, count
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Deadline, Extension
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message, checked_text
from amends.framework.queries import the_organisation
from amends.framework.rules.parts import Clock
from amends.framework.which_packs import rules_of
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.locales import plain_day
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.permissions import engine

LONGEST_REASON = 2000


@dataclass(frozen=True)
class Room:
    """How far a deadline can be moved once more, and how often it was. The outer limit may hold it before `most`."""

    clock: Clock
    most: Limit
    latest: datetime
    taken: int
    is_held: bool = False


@transaction.atomic
def extend(
    deadline: Deadline,
    *,
    reason: str,
    by: engine.Person,
    at: datetime,
    until: date | None = None,
    channel: str = Channel.PORTAL,
    language: str = "",
    seen: int | None = None,
) -> Extension:
    """Move a deadline to the end of a day, or by all that the rules give, and tell the complainant why and until when.

    `language` is that of the reply, where what the rules demand does not exist in the language of the complaint.

    Refusals: `not_extendable`, `passed_already`, `extended_enough`, `beyond_limit`, `not_later`, `reason_needed`,
    `block_missing`.
    """
    complaint = deadline.complaint
    reason = checked_text(reason, longest=LONGEST_REASON, field="reason")
    deadlines.hold_one(deadline)
    room = room_for(deadline, at)
    before = deadline.due_at
    lengthen(deadline, room, until)
    lifecycle.take(Verb.EXTEND, complaint, by=by, at=at, seen=seen)
    set_alarm(deadline, after=at)
    person = Person.objects.get(pk=staff_id_of(by))
    reply = holding_reply.compose(complaint, deadline, room.clock, reason, the_organisation(), language)
    message = add_message(
        complaint.thread,
        direction=Message.Direction.OUT,
        text=reply.text,
        at=at,
        channel=channel,
        language=language or complaint.language,
        person=person,
        template=reply.template,
    )
    deadlines.save_counted([deadline], complaint)
    Deadline.objects.open().filter(complaint=complaint).update(update_wanted_at=None)
    extension = Extension.objects.create(
        deadline=deadline,
        number=room.taken + 1,
        from_due_at=before,
        to_due_at=deadline.due_at,
        reason=reason,
        message=message,
        person=person,
        at=at,
    )
    record(
        events.Extended(
            complaint=complaint.subject,
            clock=deadline.code,
            number=deadline.number,
            kind=deadline.kind,
            times=extension.number,
            from_due_at=before,
            to_due_at=deadline.due_at,
            message=Subject("message", message.pk),
        ),
        by=by,
        at=at,
        payload={"reason": reason, "text": reply.text},
    )
    return extension


def room_for(deadline: Deadline, at: datetime) -> Room:
    """How far a deadline may still be moved. Refuses where it may not be moved at all, with the reason."""
    clock = rules_of(deadline.pack).clock(deadline.code) if deadline.pack is not None else None
    if clock is None or clock.extension is None or not deadline.is_open:
        raise Refusal("not_extendable", _("The rules give no more time for this. Answer by the date, or say why not."))
    if deadline.due_at <= at or deadline.overdue_at is not None:
        raise Refusal(
            "passed_already", _("This date has passed. More time can only be taken before; write to the complainant.")
        )
    taken = len(deadline.basis["extensions"])
    if taken >= clock.extension.times:
        raise Refusal(
            "extended_enough", _("The rules give no more time than was taken already."), facts={"taken": taken}
        )
    latest = due(Plan(deadline.due_at, clock.extension.most), working_calendar(deadline.calendar))
    is_held = deadline.outer_at is not None and deadline.outer_at < latest
    if deadline.outer_at is not None:
        latest = min(latest, deadline.outer_at)
    return Room(clock, clock.extension.most, latest, taken, is_held)


def lengthen(deadline: Deadline, room: Room, until: date | None) -> None:
    """Move a deadline that nobody saves here. Refusals: `beyond_limit`, `not_later`."""
    before, given = deadline.due_at, until or room.most
    if until is None and room.is_held:
        given = _latest_day(deadline, room)
    add_extension(deadline, given)
    asked = _uncut(deadline)
    if asked > room.latest:
        raise _beyond(deadline, room)
    if asked <= before:
        raise Refusal("not_later", _("Choose a day after the present date."), field="until")
    deadline.due_at, deadline.outer_at = count(deadline)
    deadline.extended_from = before


def _uncut(deadline: Deadline) -> datetime:
    """What the new date would be if no outer limit held it."""
    outer, deadline.basis = deadline.basis.get("outer"), {**deadline.basis, "outer": None}
    asked, _none = count(deadline)
    deadline.basis = {**deadline.basis, "outer": outer}
    return asked


def _latest_day(deadline: Deadline, room: Room) -> date:
    return local_day(room.latest, working_calendar(deadline.calendar))


def _beyond(deadline: Deadline, room: Room) -> Refusal:
    day = _latest_day(deadline, room)
    return Refusal(
        "beyond_limit",
        _("The rules allow no later day than %(day)s. Choose that day or an earlier one.")
        % {"day": plain_day(day, get_language() or "en")},
        field="until",
        facts={"latest": day.isoformat()},
    )
