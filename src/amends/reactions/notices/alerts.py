"""Telling staff about deadlines. Each alert is a row; what waits for one person goes out as one mail."""

import hashlib
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from amends.calendars.loading import working_calendar
from amends.complaints.models import Deadline, EscalatedTo, Wall
from amends.complaints.recipients import Told, who_hears
from amends.correspondence.delivering import Mail, send_once
from amends.correspondence.models import Delivery
from amends.framework.ladder import HANDLER, rungs_now
from amends.framework.queries import the_organisation
from amends.journal import leases
from amends.journal.models import Entry
from amends.journal.outbox import TryLaterError
from amends.journal.pseudonyms import subjects_named
from amends.kit import clock
from amends.kit.locales import plain_day
from amends.people.models import Person
from amends.permissions.roles import Role
from amends.reactions.models import Alert
from amends.reactions.notices.mailing import Notice
from amends.reactions.quiet import may_send_at
from amends.reactions.true_time import asked
from amends.rendering.wording import Wording

#: A mail names so many complaints and counts the others.
MOST_NAMED = 40

#: Nobody gets another mail about deadlines sooner than this, unless somebody is in danger.
AT_MOST_EVERY = timedelta(seconds=30)

#: When the mail server could not take a mail.
RETRY_AFTER = timedelta(seconds=60)

#: Whoever sends holds this duty, and stops well before the lease runs out, however slow the mail server is.
DUTY = "alerts"
LEASE = timedelta(seconds=60)
LONGEST_TURN = 20.0

ALERTS = Notice(
    name="deadlines",
    subject=_("Deadlines: {count}"),
    body=_("These deadlines need you:\n\n{lines}\n\nAll of them: {link}"),
    variables=("name", "count", "lines", "link"),
)

SENTENCES = {
    Alert.Kind.COMES_NEAR: _("{reference}: {what}, due on {day}"),
    Alert.Kind.NEWS_WANTED: _("{reference}: tell the complainant where it stands before {day} ({what})"),
    Alert.Kind.PASSED: _("{reference}: {what} was due on {day} and is late"),
    Alert.Kind.ESCALATED: _("{reference}: {what} was due on {day}, is late, and was taken to you"),
    Alert.Kind.NO_ANSWER: _("{reference}: the complainant has not answered by {day}. Please try to reach them"),
    Alert.Kind.DEEMED: _("{reference}: {what} was due on {day}; by law silence counts as an answer"),
    Alert.Kind.HAND_OVER: _("{reference}: the hand-over was to be answered by {day} and is not"),
    Alert.Kind.AUTHORITY: _(
        "{reference}: the permission of the representative ends on {day}. Ask for a new one: after that nothing goes "
        "to them"
    ),
    Alert.Kind.NO_REACTION: _("{reference}: significant since {day}, and nobody has said what is being done"),
    Alert.Kind.LOAN_ENDS: _("The role {what} was lent to you until {day}"),
    Alert.Kind.TRAINING: _("Your training {what} counts until {day}; have it renewed"),
}

_KIND_OF = {
    "complaints.reminded": Alert.Kind.COMES_NEAR,
    "complaints.update_wanted": Alert.Kind.NEWS_WANTED,
    "complaints.deadline_missed": Alert.Kind.PASSED,
    "complaints.time_lapsed": Alert.Kind.NO_ANSWER,
    "complaints.deemed": Alert.Kind.DEEMED,
    "complaints.escalated": Alert.Kind.ESCALATED,
}


def alert(entry: Entry) -> None:
    """Note whom an entry about a deadline concerns: the handler or who stands in, or those a level named."""
    kind = _KIND_OF[entry.event]
    deadline = deadline_of(entry)
    if deadline is None or (kind is Alert.Kind.NO_ANSWER and deadline.kind != Deadline.Kind.ANSWER):
        return
    complaint = deadline.complaint
    told: Iterable[Told]
    if kind is Alert.Kind.ESCALATED:
        rows = EscalatedTo.objects.filter(escalation__deadline=deadline, escalation__level=entry.facts["level"])
        told = [Told(row.person, row.instead_of) for row in rows.select_related("person", "instead_of")]
    else:
        told = who_hears(complaint, HANDLER, entry.at)
    calendar = working_calendar(deadline.calendar)
    now = asked()
    send_at = may_send_at(now, rungs_now().quiet, calendar, is_urgent=complaint.is_safety)
    Alert.objects.bulk_create(
        [
            Alert(
                person=each.person,
                complaint=complaint,
                kind=kind,
                entry=entry.uid,
                deadline_kind=deadline.kind,
                due_at=deadline.due_at,
                instead_of=each.instead_of,
                made_at=now,
                send_at=send_at,
            )
            for each in told
        ],
        ignore_conflicts=True,
    )


def deadline_of(entry: Entry) -> Deadline | None:
    """The deadline an entry is about; None when the link to its complaint was cut."""
    subject = subjects_named([entry.subject]).get(entry.subject)
    if subject is None:
        return None
    rows = Deadline.objects.select_related("complaint__handler__manager", "complaint__lead_unit", "calendar")
    mine = rows.filter(complaint=subject.key, code=entry.facts["clock"], number=entry.facts["number"])
    return mine.defer("calendar__document").order_by("-id").first()


def tell(holder: str, at: datetime, lately: dict[int, datetime]) -> int:
    """Send what waits; one worker at a time. Returns how many people were written to. `lately` as for `send_alerts`."""
    if not _waiting(at).exists() or leases.take(DUTY, holder, at, LEASE) is None:
        return 0
    return send_alerts(at, lately)


def send_alerts(at: datetime, lately: dict[int, datetime] | None = None, most: int = 50) -> int:
    """Send what waits, one mail for each person. Returns how many people were written to; twice does no harm.

    `lately` says when each person got the last mail: what comes soon after it waits and stands in one mail together.
    """
    lately = {} if lately is None else lately
    for person_id in [key for key, sent in lately.items() if at - sent >= AT_MOST_EVERY]:
        del lately[person_id]
    now = _waiting(at).filter(~Q(person__in=list(lately)) | Q(complaint__is_safety=True))
    people = list(now.order_by("person").values_list("person", flat=True).distinct()[:most])
    done, began = 0, time.monotonic()
    for person in Person.objects.filter(pk__in=people):
        if time.monotonic() - began > LONGEST_TURN:
            break
        if _send_to(person, at):
            lately[person.pk] = at
            done += 1
    return done


def _waiting(at: datetime) -> QuerySet[Alert]:
    """What nobody heard yet, but for whoever was walled off since it was noted."""
    walled = Wall.objects.filter(complaint=OuterRef("complaint"), person=OuterRef("person"))
    return Alert.objects.filter(~Exists(walled), sent_at__isnull=True, send_at__lte=at)


def _send_to(person: Person, at: datetime) -> bool:
    """One mail for everything that waits for a person."""
    rows = list(_waiting(at).filter(person=person).select_related("complaint").order_by("id"))
    if not rows:
        return False
    if person.is_active and not _is_handed_over(person, rows):
        Alert.objects.filter(pk__in=[row.pk for row in rows]).update(send_at=at + RETRY_AFTER)
        return False
    Alert.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=at)
    return True


def _is_handed_over(person: Person, rows: Sequence[Alert]) -> bool:
    """Whether the mail server has it. What is in a mail is its identity: with one alert more it is another mail.

    A mail that could not be handed over is forgotten: by the next try it may have to say more.
    """
    subject, body = _worded(person, rows)
    said = hashlib.sha256("".join(row.entry.hex for row in rows).encode()).hexdigest()[:16]
    entry, recipient = rows[0].entry, f"person-{person.pk}-{said}"
    try:
        send_once(
            Mail(person.email, subject, body, person.language),
            entry=entry,
            notice=ALERTS.name,
            recipient=recipient,
            thread=None,
            now=clock.now,
        )
    except TryLaterError:
        Delivery.objects.filter(entry=entry, notice=ALERTS.name, recipient=recipient).delete()
        return False
    return True


def _what(row: Alert) -> str:
    """Which clock, role or course."""
    if row.kind == Alert.Kind.LOAN_ENDS:
        return str(Role(row.about).label)
    return str(Deadline.Kind(row.deadline_kind).label) if row.deadline_kind else row.about


def _worded(person: Person, rows: Sequence[Alert]) -> tuple[str, str]:
    zone = the_organisation().zone
    with translation.override(person.language):
        lines = []
        for row in rows[:MOST_NAMED]:
            sentence = Wording(str(SENTENCES[Alert.Kind(row.kind)]), ("reference", "what", "day"))
            lines.append(
                "– "
                + sentence.fill(
                    reference=row.complaint.reference if row.complaint else "",
                    what=_what(row),
                    day=plain_day(row.due_at.astimezone(zone).date(), person.language),
                )
            )
        if len(rows) > MOST_NAMED:
            more = Wording(str(_("and {count} more")), ("count",))
            lines.append("– " + more.fill(count=str(len(rows) - MOST_NAMED)))
    return ALERTS.worded(
        person.language,
        name=person.name,
        count=str(len(rows)),
        lines="\n".join(lines),
        link=f"{settings.AMENDS_PUBLIC_URL}/staff/",
    )
