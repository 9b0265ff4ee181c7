"""From complaints to the rows of a list, and the groups in which they stand."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.acting import permission_of
from amends.complaints.masking import pseudonym_of
from amends.complaints.models import Complaint, Deadline, Party
from amends.complaints.models.complaint import Severity
from amends.complaints.permissions import May
from amends.complaints.queries import end_of_today, end_of_week
from amends.complaints.stages import Stage
from amends.correspondence.models.message import Channel
from amends.framework.models import Organisation
from amends.people.standing import Staff
from amends.permissions.engine import may
from amends.ui import formatting
from amends.ui.parts import QueueGroup, QueueRow, Tag, Tone
from amends.workspace.addresses import address_of
from amends.workspace.clock_names import title_of
from amends.workspace.permission_words import permission_tags

CHANNEL_ICONS = {
    Channel.PORTAL: "globe",
    Channel.EMAIL: "mail",
    Channel.PHONE: "phone",
    Channel.POST: "file",
    Channel.IN_PERSON: "place",
    Channel.SOCIAL: "message",
    Channel.THIRD_PARTY: "people",
    Channel.OTHER: "more",
}
_SEVERITY: dict[int, tuple[Tone, str]] = {
    Severity.CRITICAL: ("danger", "alert"),
    Severity.HIGH: ("warn", "up"),
    Severity.MEDIUM: ("info", "minus"),
    Severity.LOW: ("", "down"),
}


def row_of(complaint: Complaint, actor: Staff, now: datetime) -> QueueRow:
    """One complaint, with the complainant's name only for those who may see it."""
    due_at, day = complaint.next_due_at, timezone.localtime(now).date()
    return QueueRow(
        href=address_of(complaint),
        subject=complaint.title,
        reference=complaint.reference,
        who=_who(complaint, actor),
        channel=Channel(complaint.channel).label,
        channel_icon=CHANNEL_ICONS[Channel(complaint.channel)],
        severity=_tags(complaint),
        stage=Stage(complaint.stage).label,
        owner_initials=complaint.handler.initials if complaint.handler else "",
        owner=complaint.handler.name if complaint.handler else _("Unassigned"),
        due=formatting.due_day(due_at, now) if due_at else None,
        due_at=due_at,
        due_for=_due_for(complaint),
        is_unread=complaint.has_new_reply,
        signals=[*_signals(complaint, now), *_permission(complaint, day)],
    )


def _running(complaint: Complaint) -> Sequence[Deadline]:
    """Its open deadlines, as `for_list` has fetched them."""
    listed: Any = complaint
    running: Sequence[Deadline] = listed.running
    return running


def _due_for(complaint: Complaint) -> str | Promise:
    """What is due next, as the pack calls it."""
    strictest = next((clock for clock in _running(complaint) if clock.due_at == complaint.next_due_at), None)
    if strictest is not None:
        return title_of(strictest)
    return Deadline.Kind(complaint.next_due_kind).label if complaint.next_due_kind else ""


def _who(complaint: Complaint, actor: Staff) -> str | Promise:
    if complaint.is_anonymous:
        return _("Anonymous")
    if not may(actor, May.SEE_IDENTITY, complaint):
        return pseudonym_of(complaint) if complaint.is_shielded else _("Name hidden")
    listed: Any = complaint
    people = {party.role: party.name for party in listed.complaining}
    name, acting = people.get(Party.Role.COMPLAINANT, ""), people.get(Party.Role.REPRESENTATIVE, "")
    if name and acting:
        return gettext("%(acting)s for %(name)s") % {"acting": acting, "name": name}
    return acting or name or _("Name not given")


def _tags(complaint: Complaint) -> list[Tag]:
    tags = []
    if complaint.severity is not None:
        tags.append(Tag(Severity(complaint.severity).label, *_SEVERITY[complaint.severity]))
    if complaint.is_safety:
        tags.append(Tag(_("Safety"), "danger", "shield"))
    if complaint.significant_at is not None:
        tags.append(Tag(_("Significant"), "danger", "alert"))
    return tags or [Tag(_("Not assessed"), "line")]


def _offered(complaint: Complaint, now: datetime) -> list[Tag]:
    """Whom it waits for to be taken over."""
    listed: Any = complaint
    for offered in listed.offered:
        name = offered.to_person.name if offered.to_person else offered.to_unit.name
        words = _("Handed to %(name)s, late") if offered.is_late(now) else _("Handed to %(name)s")
        return [Tag(str(words) % {"name": name}, "danger" if offered.is_late(now) else "wait", "next")]
    return []


def _signals(complaint: Complaint, now: datetime) -> list[Tag]:
    return [*_unsent(complaint), *_offered(complaint, now), *_news(complaint, now)]


def _unsent(complaint: Complaint) -> list[Tag]:
    """That something that goes out by itself could not, and nobody has told it yet."""
    listed: Any = complaint
    return [Tag(_("A letter could not go out"), "danger", "mail")] if listed.has_unsent_letter else []


def _news(complaint: Complaint, now: datetime) -> list[Tag]:
    if complaint.has_new_reply:
        return [Tag(_("New reply"), "wait", "message")]
    still = _stands_still(complaint, now)
    if still:
        return [Tag(still, "wait", "pause")]
    if complaint.waits_for_complainant:
        return [Tag(_("Waiting for an answer"), "", "pause")]
    return []


def _permission(complaint: Complaint, day: date) -> list[Tag]:
    """Of an open complaint: that whoever acts for somebody has no permission, or soon has none."""
    if complaint.is_ended:
        return []
    listed: Any = complaint
    return [tag for party in listed.complaining for tag in permission_tags(permission_of(party, day))]


def _stands_still(complaint: Complaint, now: datetime) -> str:
    """For how long clocks of it have been standing still; empty when all run."""
    standing: list[Any] = [clock for clock in _running(complaint) if clock.is_paused]
    began = min((pause.began_at for clock in standing for pause in clock.now), default=None)
    if began is None:
        return ""
    days = (timezone.localtime(now).date() - timezone.localtime(began).date()).days
    if not days:
        return gettext("Stands still since today")
    return ngettext("Stands still for %(count)d day", "Stands still for %(count)d days", days) % {"count": days}


def in_one_group(rows: Iterable[QueueRow]) -> list[QueueGroup]:
    """As they come, without headings."""
    return [QueueGroup("", "", list(rows))]


def by_deadline(
    rows: list[QueueRow], now: datetime, organisation: Organisation, *, begins: bool, ends: bool
) -> list[QueueGroup]:
    """Rows that are sorted by their deadline, under headings. A group that may go on elsewhere has no number."""
    today, week = end_of_today(now, organisation), end_of_week(now, organisation)
    places: dict[str, list[QueueRow]] = {}
    for row in rows:
        places.setdefault(_place(row.due_at, now, today, week), []).append(row)
    names = list(places)
    whole = {name: (begins or name != names[0]) and (ends or name != names[-1]) for name in names}
    numbers = {name: formatting.number(len(found)) if whole[name] else "" for name, found in places.items()}
    return [
        QueueGroup(*_HEADINGS[name][:2], found, _HEADINGS[name][2], numbers[name]) for name, found in places.items()
    ]


def _place(due_at: datetime | None, now: datetime, today: datetime, week: datetime) -> str:
    if due_at is None:
        return "none"
    if due_at < now:
        return "overdue"
    if due_at < today:
        return "today"
    return "week" if due_at < week else "later"


_HEADINGS: dict[str, tuple[str | Promise, str, Tone]] = {
    "overdue": (_("Overdue"), "alert", "danger"),
    "today": (_("Due today"), "clock", "warn"),
    "week": (_("This week"), "calendar", ""),
    "later": (_("Later"), "calendar", ""),
    "none": (_("No deadline"), "minus", ""),
}
