"""How our time stands, said to the person who complained: on time, standing still, longer than we said, or late."""

from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.models import Complaint, Deadline, DeemedOutcome, Pause
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from amends.framework.rules.vocabulary import DeemedAs
from amends.portal.facts import Clocks, Facts
from amends.ui import formatting

Kind = Deadline.Kind
Why = Pause.Why

#: While we owe a decision.
UNDECIDED = frozenset(
    {
        Stage.RECEIVED,
        Stage.ASSESSED,
        Stage.INVESTIGATING,
        Stage.PROPOSED,
        Stage.DECIDED,
        Stage.IN_REVIEW,
        Stage.REOPENED,
    }
)

#: What a decision is owed by, in first handling and when it is looked at again.
DECIDING = (Kind.REVIEW, Kind.DECISION)
#: What else we owe by a day while we have not decided.
BESIDE = (Kind.ACKNOWLEDGEMENT, Kind.UPDATE, Kind.OTHER)


@dataclass(frozen=True)
class Timing:
    """The words about our time. `headline` takes the place of the one that says what we are doing.

    `more` are sentences of less weight. `is_dated`: there is a day that can be explained.
    """

    sentence: SafeString
    more: tuple[SafeString, ...] = ()
    headline: str = ""
    is_late: bool = False
    is_waiting: bool = False
    is_dated: bool = True
    deemed: DeemedOutcome | None = None


def dated(complaint: Complaint, clocks: Clocks, *kinds: Kind) -> dict[Kind, list[Deadline]]:
    """The clocks that the complainant knows of and that were counted, by kind, the weightiest and strictest first."""
    told = kinds or (*DECIDING, Kind.ACKNOWLEDGEMENT, Kind.UPDATE, Kind.ANSWER, Kind.EXTERNAL)
    if complaint.stage not in UNDECIDED:
        told = tuple(kind for kind in told if kind != Kind.ACKNOWLEDGEMENT)  # who has our decision needs none
    found = {kind: [deadline for deadline in clocks.running(kind) if "limit" in deadline.basis] for kind in told}
    return {kind: deadlines for kind, deadlines in found.items() if deadlines}


def timing_of(facts: Facts, now: datetime) -> Timing:
    """The strictest of our clocks decides; while we are late with any of them we do not say that we are on time."""
    clocks = facts.clocks
    deadline = clocks.strictest(*DECIDING)
    late = next((beside for beside in clocks.running(*BESIDE) if beside.due_at < now), None)
    if deadline is not None and deadline.due_at < now:
        return _late(facts, deadline, now)
    if late is not None:
        return _late_beside(late, deadline)
    if deadline is None:
        return _without_date(clocks.strictest(Kind.ACKNOWLEDGEMENT))
    if deadline.is_paused:
        return _standing_still(facts, deadline)
    if deadline.extended_from is not None:
        sentence = _("We need longer than we first said. You will have our decision by {day}.")
        return Timing(with_days(sentence, day=deadline.due_at), _why_longer(facts, deadline))
    sentence = with_days(_("You will have our decision by {day}. We are on time."), day=deadline.due_at)
    return Timing(sentence, _moved(deadline))


def _without_date(confirming: Deadline | None) -> Timing:
    if confirming is None:
        return Timing(escape(_("We will write to you here as soon as there is something new.")), is_dated=False)
    sentence = _("You will have our confirmation by {day}. After that you see here how it goes on.")
    return Timing(with_days(sentence, day=confirming.due_at))


# ---------------------------------------------------------------- a date that moved

_WAITING_HEADLINES: dict[str, str | Promise] = {
    Why.COMPLAINANT: gettext_lazy("We need an answer from you"),
    Why.THIRD_PARTY: gettext_lazy("We are waiting for somebody outside"),
    Why.COURT: gettext_lazy("A court or authority is dealing with it"),
    Why.OTHER: gettext_lazy("Our time stands still at the moment"),
}
_WAITING: dict[str, str | Promise] = {
    Why.COMPLAINANT: gettext_lazy(
        "We have been waiting for your answer since {since}. Our date moves by the time we wait. You will have our "
        "decision by {day} at the latest."
    ),
    Why.THIRD_PARTY: gettext_lazy(
        "We have been waiting for somebody outside since {since}. Our date moves by the time we wait. You will have "
        "our decision by {day} at the latest."
    ),
    Why.COURT: gettext_lazy(
        "A court or authority has been dealing with it since {since}. Our date moves by the time that takes. You will "
        "have our decision by {day} at the latest."
    ),
    Why.OTHER: gettext_lazy(
        "Our time has been standing still since {since}, and our date moves by that time. You will have our decision "
        "by {day} at the latest."
    ),
}


def _standing_still(facts: Facts, deadline: Deadline) -> Timing:
    pause = facts.clocks.standing[deadline.pk]
    sentence = with_days(str(_WAITING[pause.why]), since=pause.began_at, day=deadline.due_at)
    until = with_days(_("We do not wait longer than until {day}."), day=pause.ends_by)
    if pause.why == Why.COMPLAINANT:
        until = with_days(
            _("The sooner you answer, the sooner you have it. We wait until {day} at the longest, and then go on."),
            day=pause.ends_by,
        )
    more = _why_longer(facts, deadline) if deadline.extended_from is not None else ()
    return Timing(sentence, (until, *more), headline=str(_WAITING_HEADLINES[pause.why]), is_waiting=True)


def _why_longer(facts: Facts, deadline: Deadline) -> tuple[SafeString, ...]:
    """From which day it was moved, and where we said why."""
    given = facts.clocks.extensions.get(deadline.pk, [])
    if not given:
        return _moved(deadline)
    last = given[-1]
    if last.message_id is None:
        return (with_days(_("Before, we had said {old}."), old=last.from_due_at),)
    sentence = _("Before, we had said {old}. Our message of {told} says why we need longer.")
    return (with_days(sentence, old=last.from_due_at, told=last.at),)


def _moved(deadline: Deadline) -> tuple[SafeString, ...]:
    """The day that was first named, where it is another one by now."""
    if _day(deadline.first_due_at) == _day(deadline.due_at):
        return ()
    return (
        with_days(_("At first we said {old}. “Why this date?” tells what has changed."), old=deadline.first_due_at),
    )


# ---------------------------------------------------------------- late

_LATE_BESIDE: dict[str, str | Promise] = {
    Kind.ACKNOWLEDGEMENT: gettext_lazy("You should have had our confirmation by {day}. We are late, and we are sorry."),
    Kind.UPDATE: gettext_lazy("You should have had news from us by {day}. We are late, and we are sorry."),
    Kind.OTHER: gettext_lazy("You should have heard from us by {day}. We are late, and we are sorry."),
}


def _late(facts: Facts, deadline: Deadline, now: datetime) -> Timing:
    deemed = facts.clocks.deemed.get(deadline.pk)
    more = _told_since(facts, deadline)
    if deemed is not None:
        return Timing(
            _by_silence(deemed, deadline),
            (*_still_owed(deadline, now), *more),
            headline=_("We did not answer in time"),
            is_late=True,
            deemed=deemed,
        )
    return Timing(_apology(facts, deadline, now), more, headline=_("We are late with our decision"), is_late=True)


def _apology(facts: Facts, deadline: Deadline, now: datetime) -> SafeString:
    due_at, promised_at = deadline.due_at, deadline.promised_at
    if promised_at is not None and promised_at >= now:
        sentence = _(
            "You should have had our decision by {day}. We are late, and we are sorry. You will have it by {new}."
        )
        return with_days(sentence, day=due_at, new=promised_at)
    if promised_at is not None:
        sentence = _(
            "You should have had our decision by {day}. We have not kept the new date, {new}, either. We are sorry. "
            "We are still working on it."
        )
        return with_days(sentence, day=due_at, new=promised_at)
    if facts.question is not None:
        return with_days(_("You should have had our decision by {day}. We are late, and we are sorry."), day=due_at)
    sentence = _(
        "You should have had our decision by {day}. We are late, and we are sorry. We are still working on it. "
        "You need not do anything."
    )
    return with_days(sentence, day=due_at)


def _by_silence(deemed: DeemedOutcome, deadline: Deadline) -> SafeString:
    if deemed.outcome == DeemedAs.ACCEPTED:
        sentence = _(
            "You should have had our answer by {day}. We are late, and we are sorry. By law that counts as if we had "
            "agreed with your complaint."
        )
    else:
        sentence = _(
            "You should have had our answer by {day}. We are late, and we are sorry. By law that counts as if we had "
            "refused your complaint."
        )
    return with_days(sentence, day=deadline.due_at)


def _still_owed(deadline: Deadline, now: datetime) -> tuple[SafeString, ...]:
    if deadline.promised_at is not None and deadline.promised_at >= now:
        return (with_days(_("We still owe you an answer. You will have it by {day}."), day=deadline.promised_at),)
    return (escape(_("We still owe you an answer. You will find it on this page.")),)


def _told_since(facts: Facts, deadline: Deadline) -> tuple[SafeString, ...]:
    """Where we have said why: since the day has passed, else when we took more time."""
    ours = (message for message in facts.messages if message.direction == Message.Direction.OUT)
    newest = next(ours, None)
    if newest is not None and newest.at > deadline.due_at:
        return (with_days(_("Our message of {day} says more."), day=newest.at),)
    given = [extension for extension in facts.clocks.extensions.get(deadline.pk, []) if extension.message_id]
    if given:
        return (with_days(_("Our message of {day} says why we needed longer."), day=given[-1].at),)
    return ()


def _late_beside(late: Deadline, deadline: Deadline | None) -> Timing:
    sentence = with_days(str(_LATE_BESIDE[late.kind]), day=late.due_at)
    more = (with_days(_("You will have our decision by {day}."), day=deadline.due_at),) if deadline else ()
    return Timing(sentence, more, headline=_("We are late"), is_late=True)


# ---------------------------------------------------------------- small parts


def with_days(sentence: str, **days: date | datetime) -> SafeString:
    """A sentence with days in it, which stand out. The sentence itself is text and never markup."""
    pieces: list[tuple[str]] = []
    for text, name, _format, _conversion in Formatter().parse(sentence):
        pieces.append((text,))
        if name is not None:
            pieces.append((in_bold(days[name]),))
    return format_html_join("", "{}", pieces)


def in_bold(day: date | datetime) -> SafeString:
    """A day that stands out."""
    return format_html("<b>{}</b>", formatting.long_day(day))


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
