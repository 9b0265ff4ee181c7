"""Reads over complaints for lists and pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.actors import Complainant, complainant_of
from amends.complaints.due_soon import window_called
from amends.complaints.four_eyes import has_had_a_part
from amends.complaints.lifecycle import Step, Verb, check, steps_open_to
from amends.complaints.models import Complaint, Deadline, HandOver, OneTimeCode, Party, Pause, UnsentLetter
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.models.hand_over import HandOverQuerySet
from amends.complaints.permissions import visible_to
from amends.complaints.relations import HANDLERS, READERS
from amends.complaints.stages import Stage
from amends.framework.models import Organisation
from amends.kit.ids import (
    keyed_hash,
    one_time_code_from,
    read_access_code,
    read_one_time_code,
    read_reference,
    same,
)
from amends.people.standing import Staff
from amends.permissions.roles import Role

__all__ = ["READERS", "Step", "Verb", "check", "steps_open_to", "visible_to"]

COUNT_UP_TO = 1000

#: So many one-time codes of a complaint work at once.
MOST_AT_ONCE = 3


class View(StrEnum):
    """The saved views of the queue."""

    MINE = "mine"
    HANDED = "handed"
    UNASSIGNED = "unassigned"
    OVERDUE = "overdue"
    SAFETY = "safety"
    WAITING = "waiting"
    APPROVAL = "approval"
    OPEN = "open"
    ALL = "all"

    @property
    def label(self) -> str | Promise:
        """Its name on the tab."""
        return _LABELS[self]


_LABELS: dict[View, str | Promise] = {
    View.MINE: _("My work"),
    View.HANDED: _("To take over"),
    View.UNASSIGNED: _("Unassigned"),
    View.OVERDUE: _("Overdue"),
    View.SAFETY: _("Safety"),
    View.WAITING: _("Waiting for complainant"),
    View.APPROVAL: _("For approval"),
    View.OPEN: _("All open"),
    View.ALL: _("All"),
}


def in_view(view: View, complaints: ComplaintQuerySet, person: Staff, at: datetime) -> ComplaintQuerySet:
    """Those complaints that a view shows."""
    if view is View.ALL:
        return complaints.counted()
    complaints = complaints.open()
    if view is View.MINE:
        return complaints.filter(handler_id=person.person_id)
    if view is View.HANDED:
        return complaints.filter(Exists(_offered_to(person)))
    if view is View.UNASSIGNED:
        return complaints.filter(handler__isnull=True)
    if view is View.OVERDUE:
        return complaints.overdue(at)
    if view is View.SAFETY:
        return complaints.filter(is_safety=True)
    if view is View.WAITING:
        return complaints.filter(Q(waits_for_complainant=True) | Q(stage=Stage.COMMUNICATED))
    if view is View.APPROVAL:
        return for_approval_by(complaints, person)
    return complaints


def _offered_to(person: Staff) -> HandOverQuerySet:
    """Hand-overs that wait for this person, by name or as one of a unit."""
    scope = person.scope(*HANDLERS)
    unit = Q(to_person__isnull=True) if scope.everywhere else Q(to_person__isnull=True, to_unit__in=scope.units)
    mine = Q(to_person_id=person.person_id) | unit
    return HandOver.objects.open().filter(mine, complaint=OuterRef("pk"))


def for_approval_by(complaints: ComplaintQuerySet, person: Staff) -> ComplaintQuerySet:
    """Responses that this person could decide on: proposed, in their units, and with eyes that are new to it.

    In the small profile one person may do both, so that there also their own ones wait for them.
    """
    proposed = complaints.filter(stage=Stage.PROPOSED)
    scope = person.scope(Role.DECISION_MAKER, Role.MANAGEMENT_REPRESENTATIVE)
    if not scope.everywhere:
        proposed = proposed.filter(lead_unit_id__in=scope.units)
    is_small = Organisation.objects.filter(profile=Organisation.Profile.SMALL)
    return proposed.filter(Exists(is_small) | ~has_had_a_part(person.person_id))


def capped_count(complaints: ComplaintQuerySet) -> int:
    """How many there are, counted up to one more than a thousand."""
    return complaints.order_by()[: COUNT_UP_TO + 1].count()


def capped_counts(*lists: QuerySet[Any]) -> list[int]:
    """As `capped_count` for many lists, in one statement: a page with nine numbers asks once."""
    columns: list[str] = []
    parameters: list[Any] = []
    for place, rows in enumerate(lists):
        limited = rows.order_by().values("pk")[: COUNT_UP_TO + 1]
        try:
            statement, its_own = limited.query.get_compiler(rows.db).as_sql()
        except EmptyResultSet:  # nothing can be in it, for somebody without a unit for example
            columns.append("0")
            continue
        columns.append(f"(SELECT COUNT(*) FROM ({statement}) AS list_{place})")  # noqa: S608 - Django's own statement
        parameters += its_own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", parameters)
        return [int(count) for count in cursor.fetchone()]


def for_list(complaints: ComplaintQuerySet) -> ComplaintQuerySet:
    """With everything a row of a list shows, in a constant number of queries."""
    people = Party.objects.filter(role__in=[Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE])
    standing = Prefetch("pauses", queryset=Pause.objects.filter(ended_at__isnull=True), to_attr="now")
    running = Deadline.objects.open().select_related("pack").defer("pack__document").prefetch_related(standing)
    unsent = UnsentLetter.objects.filter(complaint=OuterRef("pk")).waiting()
    complaints = complaints.annotate(has_unsent_letter=Exists(unsent))
    return complaints.select_related("handler", "lead_unit", "product").prefetch_related(
        Prefetch("parties", queryset=people, to_attr="complaining"),
        Prefetch("hand_overs", HandOver.objects.open().select_related("to_person", "to_unit"), to_attr="offered"),
        Prefetch("deadlines", queryset=running.order_by("due_at", "id"), to_attr="running"),
    )


class Sort(StrEnum):
    """The orders in which lists come: each stands on an index."""

    DUE = "due"
    RECEIVED = "received"
    PRIORITY = "priority"


#: How long ago complaints came in, in days: from, and up to but not including.
AGES: Mapping[str, tuple[int | None, int | None]] = {
    "week": (None, 7),
    "month": (7, 30),
    "quarter": (30, 90),
    "older": (90, None),
}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to."""

    stage: str = ""
    severity: str = ""
    channel: str = ""
    language: str = ""
    product: str = ""
    unit: str = ""
    due: str = ""
    handler: str = ""
    age: str = ""

    def applied_to(self, complaints: ComplaintQuerySet, at: datetime, organisation: Organisation) -> ComplaintQuerySet:
        """The complaints that match every filter that is set; what is due when is seen from a moment."""
        columns: Mapping[str, str] = {
            "stage": self.stage,
            "severity": self.severity if self.severity.isdecimal() else "",
            "channel": self.channel,
            "language": self.language,
            "product__code": self.product,
            "lead_unit_id": self.unit if self.unit.isdecimal() else "",
            "handler_id": self.handler if self.handler.isdecimal() else "",
        }
        begins, ends = AGES.get(self.age, (None, None))
        if begins is not None:
            complaints = complaints.filter(received_at__lte=at - timedelta(days=begins))
        if ends is not None:
            complaints = complaints.filter(received_at__gt=at - timedelta(days=ends))
        window = window_called(self.due, at, organisation)
        if window is not None:
            complaints = window.of(complaints)
        return complaints.filter(**{column: value for column, value in columns.items() if value})


def end_of_today(at: datetime, organisation: Organisation) -> datetime:
    """The moment at which today ends where the organisation is."""
    tomorrow = at.astimezone(organisation.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, organisation.zone).astimezone(UTC)


def end_of_week(at: datetime, organisation: Organisation) -> datetime:
    """The moment at which this week (Monday to Sunday) ends where the organisation is."""
    today = at.astimezone(organisation.zone).date()
    monday = today + timedelta(days=8 - today.isoweekday())
    return datetime.combine(monday, time.min, organisation.zone).astimezone(UTC)


def tracked_by(reference: str, code: str) -> tuple[Complaint, Complainant] | None:
    """The complaint of a reference and access code, with its complainant as actor. One answer for every mistake.

    The work is the same whether the reference exists or not: both hashes are always made and compared, and of a
    complaint no more is read than that of its code until the code fits.
    """
    known_reference, known_code = read_reference(reference), read_access_code(code)
    row = Complaint.objects.filter(reference=known_reference or "").values_list("pk", "access_code_hash").first()
    given = keyed_hash(known_code or "", settings.AMENDS_TRACKING_KEY, "access code")
    nobody = keyed_hash("", b"nobody", "access code")
    key, kept = row or (0, nobody)
    fits = same(given, kept or nobody)
    if not key or known_code is None or not kept or not fits:
        return None
    complaint = Complaint.objects.filter(pk=key, access_code_hash=kept).first()
    return (complaint, speaking_for(complaint)) if complaint is not None else None


def one_time_code_of(reference: str, typed: str, at: datetime) -> tuple[Complaint, OneTimeCode] | None:
    """The complaint and the one-time code that were typed, while it works. One answer for every mistake."""
    known_reference, known_code = read_reference(reference), read_one_time_code(typed)
    row = Complaint.objects.filter(reference=known_reference or "").values_list("pk", "is_anonymous").first()
    key = row[0] if row is not None and not row[1] else 0
    codes = OneTimeCode.objects.filter(complaint=key, used_at__isnull=True, expires_at__gt=at).order_by("-id")
    # As many as can work at once, and always compared: nobody learns from the time whether there are any.
    nonces = [*codes[:MOST_AT_ONCE], *[None] * MOST_AT_ONCE][:MOST_AT_ONCE]
    found = None
    for code in nonces:
        kept = one_time_code_from(code.nonce if code else "nobody", settings.AMENDS_TRACKING_KEY).replace("-", "")
        if same(known_code or "", kept) and code is not None:
            found = code
    return (Complaint.objects.get(pk=key), found) if found is not None else None


def speaking_for(complaint: Complaint) -> Complainant:
    """The complainant as an actor: the representative where there is one."""
    parties = {party.role: party for party in complaint.parties.all()}
    party = parties.get(Party.Role.REPRESENTATIVE) or parties[Party.Role.COMPLAINANT]
    return complainant_of(complaint, party)
