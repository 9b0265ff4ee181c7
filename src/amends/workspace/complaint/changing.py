"""What would change a deadline: standing still, more time, the notices before it, and who hears when it passes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.calendars.counting import before
from amends.calendars.limits import Limit, read_limit
from amends.calendars.loading import working_calendar
from amends.complaints.actions.extend import Room
from amends.complaints.foreseeing import could_stand_still, room_of
from amends.complaints.models import Deadline, EscalatedTo, Escalation, Pause
from amends.complaints.pausing import time_left
from amends.framework.ladder import HANDLER, level_at, rungs_now
from amends.framework.which_packs import rules_of
from amends.workspace.complaint.clocks import places_of
from amends.workspace.complaint.opening import Case
from amends.workspace.settings.ladder_words import RECIPIENTS

Words = str | Promise


@dataclass(frozen=True)
class Permit:
    """A reason to stand still: for how long in all, what is left of it, and until when if it began now."""

    why: Words
    cap: Limit
    left: Limit | None
    ends_by: datetime | None
    is_used: bool


@dataclass(frozen=True)
class Notice:
    """Who hears when: to come, or told already."""

    at: datetime
    what: Words
    who: Sequence[Words] = ()
    is_over: bool = False


@dataclass(frozen=True)
class Changes:
    """Everything that can still happen to a deadline."""

    permits: Sequence[Permit]
    may_pause: bool
    room: Room | None
    no_room: Words
    extend_href: str
    notices: Sequence[Notice]
    passing: Words
    promise: Limit | None


def changes_of(case: Case, clock: Deadline, clocks: Sequence[Deadline]) -> Changes:
    """What would change a deadline, as it stands for this person."""
    room = room_of(clock, case.now)
    can_extend = isinstance(room, Room) and "extend" in case.open_to
    return Changes(
        permits=list(_permits(clock, case.now)),
        may_pause="pause" in case.open_to and bool(could_stand_still([clock], case.now)),
        room=room if isinstance(room, Room) else None,
        no_room="" if isinstance(room, Room) else room.sentence,
        extend_href=case.at("extension", number=places_of(clocks)[clock.pk]) if can_extend else "",
        notices=sorted(_notices(clock, case.now), key=lambda notice: notice.at) if clock.is_open else [],
        passing=_passing(clock),
        promise=rules_of(clock.pack).clock(clock.code).new_date_when_late if clock.pack else None,
    )


def _permits(clock: Deadline, now: datetime) -> Iterator[Permit]:
    if clock.pack is None:
        return
    able = could_stand_still([clock], now)
    for permit in rules_of(clock.pack).clock(clock.code).pauses:
        why, left = Pause.Why(permit.why.value), time_left(clock, permit)
        ends_by = able[why][0].ends_by if why in able else None
        yield Permit(why.label, permit.cap, left, ends_by, left != permit.cap)


def _notices(clock: Deadline, now: datetime) -> Iterator[Notice]:
    """Reminders before the date, the date itself, and the ladder after it."""
    calendar, is_late = working_calendar(clock.calendar), clock.overdue_at is not None
    if not is_late:
        ahead = [(_("Reminder"), limit) for limit in clock.basis.get("remind", ())]
        if clock.basis.get("update_before"):
            ahead.append((_("The complainant is to hear where it stands"), clock.basis["update_before"]))
        for what, limit in ahead:
            at = before(clock.due_at, read_limit(limit), calendar)
            if at > clock.starts_at:
                yield Notice(at, what, [RECIPIENTS[HANDLER]], is_over=at <= now and not clock.is_paused)
    yield Notice(clock.due_at, _("The date passes"), [RECIPIENTS[HANDLER]], is_late)
    if clock.basis.get("on_pass") == "lapse":
        return
    told = _told(clock) if is_late else {}
    for level in rungs_now().levels:
        what = _("Level %(number)s") % {"number": level.number}
        if level.number in told:
            at, people = told[level.number]
            yield Notice(at, what, people, is_over=True)
        elif level.number > clock.level:
            yield Notice(level_at(level, clock.due_at, calendar), what, [RECIPIENTS[level.to]])


def _told(clock: Deadline) -> dict[int, tuple[datetime, list[Words]]]:
    """Who was told on which level. Two queries."""
    people: dict[int, list[Words]] = {}
    for told in EscalatedTo.objects.filter(escalation__deadline=clock).select_related("person").order_by("pk"):
        people.setdefault(told.escalation_id, []).append(told.person.name)
    rows: Any = Escalation.objects.filter(deadline=clock).order_by("level")
    return {row.level: (row.at, people.get(row.pk) or [_("Nobody could be told")]) for row in rows}


def _passing(clock: Deadline) -> Words:
    """What the passing of the date means."""
    if clock.basis.get("on_pass") == "deem":
        return _("If it passes, silence counts as an answer by law, and the complainant may turn to the outside body.")
    if clock.basis.get("on_pass") == "lapse" and clock.kind == Deadline.Kind.ANSWER:
        return _("If it passes, the complainant has not answered. Silence is not acceptance: a task to reach them.")
    if clock.basis.get("on_pass") == "lapse":
        return _("If it passes, the time for it is over.")
    return _("If it passes, the complaint counts as late.")
