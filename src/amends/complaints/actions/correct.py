"""Putting right a fact that was recorded wrongly, with a reason (ISO 10002, 4.9 of 2004; 8.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.alarms import set_alarm
from amends.complaints.counting import count
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Correction, Deadline, Issue, Party
from amends.complaints.models.complaint import Origin, Precision
from amends.complaints.permissions import May
from amends.correspondence.writing import checked_text
from amends.framework.models import Category, Product
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.money import Money
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

Fact = Correction.Fact
_BY_THE_HOUR = ("hours", "working_hours")


@dataclass(frozen=True)
class Right:
    """What is right. What is None stays as it is."""

    title: str | None = None
    product: Product | None = None
    category: Category | None = None
    received_on: date | None = None
    occurred_on: date | None = None
    channel: str | None = None
    language: str | None = None
    amount: Money | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Change:
    """One fact that differs: how both values are written, and what sets the new one."""

    fact: Correction.Fact
    old: str
    new: str
    apply: Callable[[], object]


@transaction.atomic
def correct(
    complaint: Complaint, right: Right, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> list[Correction]:
    """Set what is right, keep what was wrong, and count again what follows from it.

    Refusals: `nothing_differs`, `received_in_future`, `received_by_itself`, `language_unknown`.
    """
    reason = checked_text(reason, longest=2000, field="reason")
    lifecycle.take(Verb.CORRECT, complaint, by=by, at=at, seen=seen)
    changes = [change for change in _about_it(complaint, right, at) + _about_people(complaint, right, by) if change]
    if not changes:
        raise Refusal("nothing_differs", _("Nothing differs from what is recorded. Change what is wrong."))
    for change in changes:
        change.apply()
    moved = _count_again(complaint, at) if any(change.fact == Fact.RECEIVED_ON for change in changes) else 0
    person_id = staff_id_of(by)
    made = [
        Correction.objects.create(
            complaint=complaint, fact=each.fact, old=each.old, new=each.new, reason=reason, person_id=person_id, at=at
        )
        for each in changes
    ]
    record(
        events.Corrected(
            complaint=complaint.subject, facts_of_it=tuple(each.fact.value for each in changes), moved=moved
        ),
        by=by,
        at=at,
        payload={"reason": reason, "changes": [[each.fact.value, each.old, each.new] for each in changes]},
    )
    return made


def _about_it(complaint: Complaint, right: Right, at: datetime) -> list[Change | None]:
    issue = Issue.objects.filter(complaint=complaint).select_related("category").order_by("number").first()
    money = Money(complaint.amount_claimed, complaint.currency) if complaint.amount_claimed is not None else None
    title = clean_line(right.title)[:160] if right.title else None
    return [
        _set(complaint, Fact.TITLE, complaint.title, title, title=title),
        _set(complaint, Fact.PRODUCT, _code(complaint.product), _code(right.product) or None, product=right.product),
        _set_category(issue, right.category),
        _received(complaint, right.received_on, at),
        _set(
            complaint,
            Fact.OCCURRED_ON,
            complaint.occurred_on.isoformat() if complaint.occurred_on else "",
            right.occurred_on.isoformat() if right.occurred_on else None,
            occurred_on=right.occurred_on,
        ),
        _set(complaint, Fact.CHANNEL, complaint.channel, right.channel, channel=right.channel),
        _set(complaint, Fact.LANGUAGE, complaint.language, _spoken(right.language), language=right.language),
        _set(
            complaint,
            Fact.AMOUNT,
            f"{money.minor} {money.currency}" if money else "",
            f"{right.amount.minor} {right.amount.currency}" if right.amount else None,
            amount_claimed=right.amount.minor if right.amount else None,
            currency=right.amount.currency if right.amount else "",
        ),
    ]


def _spoken(language: str | None) -> str | None:
    if language is not None and language not in the_organisation().languages:
        raise Refusal("language_unknown", _("Choose a language."), field="language")
    return language


def _code(row: Product | None) -> str:
    return row.code if row is not None else ""


def _set(complaint: Complaint, fact: Correction.Fact, old: str, new: str | None, **columns: object) -> Change | None:
    def apply() -> None:
        for name, value in columns.items():
            setattr(complaint, name, value)
        complaint.save(update_fields=list(columns))

    return None if new is None or new == old else Change(fact, old, new, apply)


def _set_category(issue: Issue | None, category: Category | None) -> Change | None:
    if issue is None or category is None or issue.category_id == category.pk:
        return None

    def apply() -> None:
        issue.category = category
        issue.save(update_fields=["category"])

    return Change(Fact.CATEGORY, issue.category.code if issue.category else "", category.code, apply)


def _received(complaint: Complaint, day: date | None, at: datetime) -> Change | None:
    """The day alone is corrected: the clocks count from its beginning, as for a letter."""
    zone = the_organisation().zone
    was = complaint.received_at.astimezone(zone).date()
    if day is None or day == was:
        return None
    if complaint.origin == Origin.PORTAL:
        raise Refusal(
            "received_by_itself",
            _("It came by the public form, which noted the moment itself. That cannot be wrong."),
            field="received_on",
        )
    if day > complaint.recorded_at.astimezone(zone).date():
        raise Refusal(
            "received_in_future", _("It cannot have been received after it was written down."), field="received_on"
        )
    moment = datetime.combine(day, time.min, zone).astimezone(UTC)
    return _set(
        complaint,
        Fact.RECEIVED_ON,
        was.isoformat(),
        day.isoformat(),
        received_at=moment,
        received_precision=Precision.DAY,
    )


def _count_again(complaint: Complaint, at: datetime) -> int:
    """Clocks that run from receipt run from the right day. What has passed stays passed, and what was met stays met."""
    moved = []
    for clock in deadlines.held(complaint):
        limit = clock.basis.get("limit")
        if clock.basis.get("event") != "received" or limit is None or clock.overdue_at is not None or clock.is_paused:
            continue
        by_the_hour = limit.get("unit") in _BY_THE_HOUR
        clock.starts_at = complaint.recorded_at if by_the_hour else complaint.received_at
        clock.due_at, clock.outer_at = count(clock)
        set_alarm(clock, after=at)
        moved.append(clock)
    Deadline.objects.bulk_update(moved, ["starts_at"])
    deadlines.save_counted(moved, complaint)
    return len(moved)


def _about_people(complaint: Complaint, right: Right, by: engine.Person) -> list[Change | None]:
    party = Party.objects.filter(complaint=complaint, role=Party.Role.COMPLAINANT).first()
    given = {Fact.NAME: right.name, Fact.EMAIL: right.email, Fact.PHONE: right.phone}
    if party is None or all(value is None for value in given.values()):
        return []
    engine.require(by, May.SEE_IDENTITY, complaint)
    if complaint.is_anonymous:
        raise Refusal("anonymous", _("Of an anonymous complaint nothing is kept about the person."), field="name")
    return [_of_party(party, fact, value) for fact, value in given.items()]


def _of_party(party: Party, fact: Correction.Fact, value: str | None) -> Change | None:
    old = str(getattr(party, fact.value))
    new = clean_line(value)[:160] if value is not None else old

    def apply() -> None:
        setattr(party, fact.value, new)
        party.save(update_fields=[fact.value])

    return Change(fact, old, new, apply) if new != old else None
