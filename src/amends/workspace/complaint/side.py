"""What stands beside a complaint: its clocks, its people, what it is about and what it resembles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.calendars.loading import working_calendar
from amends.calendars.working_time import WorkingCalendar, local_day, working_days_between
from amends.complaints.form_definition import COMPLAINT_FORM, Question
from amends.complaints.models import Complaint, Deadline, Party
from amends.complaints.models.complaint import Pattern
from amends.complaints.next_step import Point
from amends.complaints.queries import visible_to
from amends.framework.models import RemedyKind
from amends.ui import formatting
from amends.ui.parts import Deadline as Line
from amends.ui.parts import Tone
from amends.workspace.complaint.opening import NAME_HIDDEN, Case

Words = str | Promise | SafeString
Pair = tuple[Words, Words]

MOST_RELATED = 5


def clocks_of(case: Case) -> list[Deadline]:
    """Every deadline the complaint ever had, in the order in which they were due. One query."""
    rows = Deadline.objects.filter(complaint=case.complaint).select_related("calendar", "pack")
    return list(rows.defer("calendar__document", "pack__document").order_by("due_at", "id"))


def deadline_lines(case: Case, clocks: Sequence[Deadline]) -> list[Line]:
    """The clocks of this round: met, due or late. What fell away is not shown."""
    return [
        _line(clock, case.now, working_calendar(clock.calendar))
        for clock in clocks
        if clock.dropped_at is None and (clock.round == case.complaint.round or clock.is_open)
    ]


def _line(clock: Deadline, now: datetime, calendar: WorkingCalendar) -> Line:
    title: Words = Deadline.Kind(clock.kind).label
    if clock.kind == Deadline.Kind.REMEDY:
        title = _("Remedy %(number)s") % {"number": clock.number}
    if clock.met_at is not None:
        words, tone = _met(clock, clock.met_at, calendar)
        return Line(title, words, tone)
    left = formatting.until(clock.due_at, now)
    tone = "danger" if left.is_late else "warn" if left.tone == "warn" else ""
    whole = (clock.due_at - clock.starts_at).total_seconds()
    gone = (now - clock.starts_at).total_seconds()
    used = 100 if whole <= 0 else max(0, min(100, round(100 * gone / whole)))
    return Line(title, f"{formatting.short_day(clock.due_at)}, {left}", tone, used)


def _met(clock: Deadline, met_at: datetime, calendar: WorkingCalendar) -> tuple[Words, Tone]:
    if clock.was_late:
        days = max(1, working_days_between(local_day(clock.due_at, calendar), local_day(met_at, calendar), calendar))
        return ngettext("met, %(count)d day late", "met, %(count)d days late", days) % {"count": days}, "danger"
    limit = clock.basis.get("limit", {})
    allowed = limit.get("count")
    if allowed is None or limit.get("unit") != "working_days":
        return _("met on time"), "ok"
    used = max(0, working_days_between(local_day(clock.starts_at, calendar), local_day(met_at, calendar), calendar))
    words = ngettext("met, %(used)d of %(count)d day", "met, %(used)d of %(count)d days", allowed)
    return words % {"used": used, "count": allowed}, "ok"


def people_lines(case: Case) -> list[Pair]:
    """Who handles it and who complains. Names only for those who may know them, addresses for nobody here."""
    complaint = case.complaint
    handler = complaint.handler.name if complaint.handler else _("Unassigned")
    lines: list[Pair] = [(_("Handler"), handler), (_("Unit"), complaint.lead_unit.name)]
    for role in (Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE):
        party = case.parties.get(role)
        if party is not None:
            lines.append((role.label, _name(case, party)))
    told = case.told
    if told is None:
        return lines
    for party in complaint.parties.all():
        if party.role == Party.Role.SUBJECT and case.sees_identity:
            lines.append((Party.Role.SUBJECT.label, party.name))
    needs = _needs(told)
    if needs:
        lines.append((_("Needs"), needs))
    if told.authority != Party.Authority.NONE:
        lines.append((_("Permission"), Party.Authority(told.authority).label))
    if not complaint.is_anonymous:
        lines.append((_("Told by"), Party.ContactBy(told.contact_by).label))
    return lines


def _name(case: Case, party: Party) -> Words:
    if case.complaint.is_anonymous:
        return _("Anonymous")
    if not case.sees_identity:
        return NAME_HIDDEN
    name = party.name or _("Name not given")
    return format_html("<bdi>{}</bdi> ({})", name, party.relation) if party.relation else name


def labels_of(key: str) -> dict[str, Words]:
    """The choices of a question of the complaint form, by their codes."""
    questions: list[Question] = [question for step in COMPLAINT_FORM.steps for question in step.questions]
    question = next(question for question in questions if question.key == key)
    return {str(code): words for code, words in (question.choices or list)() if isinstance(words, str | Promise)}


def _needs(party: Party) -> str:
    known = labels_of("needs")
    named = [str(known.get(code, code)) for code in party.needs]
    return "; ".join([*named, *([party.needs_text] if party.needs_text else [])])


def classification_lines(case: Case, points: Sequence[Point]) -> list[Pair]:
    """What it is about, what went wrong and why, and what would put it right. At most one query."""
    complaint = case.complaint
    categories = list(dict.fromkeys(str(point.issue.category) for point in points if point.issue.category))
    causes = list(dict.fromkeys(str(p.finding.cause) for p in points if p.finding and p.finding.cause))
    product = str(complaint.product) if complaint.product else _("Not set")
    lines: list[Pair] = [
        (_("Product or service"), product),
        (_("Category"), "; ".join(categories) or _("Not set")),
        (_("Cause"), "; ".join(causes) or _("Known when the investigation ends")),
    ]
    if complaint.pattern != Pattern.UNKNOWN:
        lines.append((_("Pattern"), Pattern(complaint.pattern).label))
    if complaint.remedy_wanted:
        lines.append((_("Asked for"), wanted_in_words(complaint)))
    lines += [
        (name, value) for name, value in ((_("Place"), complaint.site), (_("Segment"), complaint.segment)) if value
    ]
    return lines


def wanted_in_words(complaint: Complaint) -> str:
    """What the complainant ticked, as labels. One query."""
    known = {kind.code: str(kind) for kind in RemedyKind.objects.filter(code__in=complaint.remedy_wanted)}
    return "; ".join(known[code] for code in complaint.remedy_wanted if code in known)


@dataclass(frozen=True)
class Related:
    """Another complaint that may be the same matter."""

    title: str
    reference: str
    href: str


def related_to(case: Case) -> list[Related]:
    """Complaints with the same text, as far as this person may see them. One query."""
    complaint = case.complaint
    same = Q(possible_duplicate_of=complaint)
    if complaint.possible_duplicate_of_id is not None:
        same |= Q(pk=complaint.possible_duplicate_of_id)
        same |= Q(possible_duplicate_of=complaint.possible_duplicate_of_id) & ~Q(pk=complaint.pk)
    rows = visible_to(case.actor).filter(same).order_by("-received_at", "-id")[:MOST_RELATED]
    return [Related(row.title, row.reference, Case(row, case.actor, case.now, case.organisation).at()) for row in rows]
